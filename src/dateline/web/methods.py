"""Which methods a path knows: any other is refused with the list of those (RFC 9110, 9.1)."""

from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.web.problems import Problem, problem_response

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Methods:
    """ASGI middleware that refuses methods by path, answers OPTIONS, and HEAD like GET."""

    def __init__(self, app: ASGIApp) -> None:
        """Keep the app; its routes are asked at each request."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            scope, send = {**scope, "method": "GET"}, _without_body(send)
        if not _knows(scope, scope["method"]):
            known = [method for method in _METHODS if _knows(scope, method)]
            if known:
                await _list(scope, known)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _knows(scope: Scope, method: str) -> bool:
    asked = {**scope, "method": method}
    routes = scope["app"].routes
    if scope["path"].startswith("/api/"):  # the page of wrong addresses answers none of these
        routes = [route for route in routes if getattr(route, "include_in_schema", True)]
    return any(route.matches(asked)[0] is Match.FULL for route in routes)


def _list(scope: Scope, known: list[str]) -> Response:
    if "GET" in known:
        known = ["GET", "HEAD", *known[1:]]
    allow = {"Allow": ", ".join(known)}
    if scope["method"] == "OPTIONS":
        return Response(status_code=204, headers=allow)
    detail = f"{scope['method']}: this path knows {allow['Allow']}"
    return problem_response(
        Problem(405, "Method not allowed", detail, headers=allow), scope["path"]
    )


def _without_body(send: Send) -> Send:
    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return send_head
