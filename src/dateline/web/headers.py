"""What every answer tells the browser: run nothing that is not ours, send nothing elsewhere.

Reports come from hostile pages. Their text is only ever a text node, and this policy is the second
line: even markup that slipped through could load no script, no style and no foreign picture.
"""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
    "browsing-topics=()",
}


def content_policy(tiles: str | None = None) -> str:
    """Give the Content-Security-Policy; `tiles` is the URL template of a map server, if any.

    The map library runs its worker from a blob that it makes of its own script.
    """
    tile_origin = f" {origin_of(tiles)}" if tiles else ""
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": f"'self' data: blob:{tile_origin}",
        "font-src": "'self'",
        "connect-src": f"'self'{tile_origin}",
        "worker-src": "'self' blob:",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def origin_of(url: str) -> str:
    """Give scheme and host of a URL, as a policy names it.

    Raises ValueError unless it is http or https and its host is plain: what stands here goes into
    a header.
    """
    parts = urlsplit(url)
    host = parts.netloc.replace("{s}.", "*.", 1)
    plain = host.replace("*.", "", 1).replace(".", "").replace("-", "").replace(":", "")
    if parts.scheme not in {"http", "https"} or not (plain.isascii() and plain.isalnum()):
        raise ValueError(f"{url}: not the address of a map server; write https://HOST/{{z}}/…")
    return f"{parts.scheme}://{host}"


class SecurityHeaders:
    """ASGI middleware that puts the headers on every answer, also on refusals."""

    def __init__(self, app: ASGIApp, tiles: str | None = None) -> None:
        """Make the policy once."""
        self._app = app
        self._headers = {**_FIXED, "Content-Security-Policy": content_policy(tiles)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, with the headers added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_api = scope["path"].startswith("/api")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                if is_api:
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers)
