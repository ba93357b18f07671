"""The explorer as one ASGI app: the API, the built front end, and what guards both."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

from dateline import __version__
from dateline.codebook import Codebook
from dateline.errors import ConfigError
from dateline.web.access import Guard, Policy, make_policy
from dateline.web.api import gather
from dateline.web.desk import Desk
from dateline.web.document import describe
from dateline.web.explorer import Explorer
from dateline.web.headers import SecurityHeaders, content_policy
from dateline.web.memory import hold_little
from dateline.web.methods import Methods
from dateline.web.parts import NotModified
from dateline.web.problems import tell_problems

if TYPE_CHECKING:
    import socket

    from dateline.store.database import Store

STATIC = Path(__file__).with_name("static")
PAGES = ("incidents", "reports", "review", "actors", "tallies")
_FOREVER = "public, max-age=31536000, immutable"


def make_app(
    store: "Store",
    codebook: Codebook,
    *,
    policy: Policy | None = None,
    tiles: str | None = None,
    static: Path = STATIC,
    background: bool = False,
) -> FastAPI:
    """Make the app over an open store, which must outlive it.

    `policy` says whom it lets in; by default anybody on this machine. `tiles` is the URL template
    of a map server. In the `background` overviews are kept up to date; without, the first request
    does it. Raises ConfigError if `tiles` names no web server.
    """
    try:
        content_policy(tiles)
    except ValueError as error:
        raise ConfigError(str(error)) from error
    app = FastAPI(
        title="dateline",
        version=__version__,
        summary="Incidents of armed violence as news reports tell them, with every quote.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan if background else None,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.store = store
    app.state.codebook = codebook
    app.state.policy = policy or make_policy(store)
    app.state.tiles = tiles
    app.state.explorer = Explorer(store, codebook)
    app.state.desk = Desk(app.state.explorer)
    app.include_router(gather())
    describe(app, codebook)
    tell_problems(app)
    app.add_exception_handler(NotModified, _not_modified)
    _serve_pages(app, static)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    # What is added last is outermost: a refusal carries the headers too.
    app.add_middleware(Guard, policy=app.state.policy)
    app.add_middleware(Methods)
    app.add_middleware(SecurityHeaders, tiles=tiles)
    return app


def run_app(app: FastAPI, listening: "socket.socket") -> None:
    """Answer at an open socket until the process is interrupted."""
    import uvicorn

    hold_little()
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listening])


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.explorer.start()
    yield
    app.state.explorer.stop()


async def _not_modified(_: Request, found: Exception) -> Response:
    return Response(status_code=304, headers=found.args[0])


def _serve_pages(app: FastAPI, static: Path) -> None:
    """Answer the front end's own paths with its page, and its files by name."""
    index = static / "index.html"

    def page() -> Response:
        if not index.exists():
            text = "The explorer's pages are not built; its API is under /api.\n"
            return Response(text, 200, media_type="text/plain; charset=utf-8")
        return FileResponse(index, headers={"Cache-Control": "no-cache"})

    def file(name: str, request: Request) -> Response:
        found = {path.name: path for path in static.glob("*") if path.is_file()}
        if name in found:
            return FileResponse(found[name])
        if "text/html" in request.headers.get("accept", "") and not name.startswith("api/"):
            answer = page()  # it says that there is no such page, and where to go
            answer.status_code = 404
            return answer
        raise HTTPException(404, f"/{name}: there is nothing of that name")

    app.add_api_route("/", page, include_in_schema=False)
    for name in PAGES:
        app.add_api_route(f"/{name}", page, include_in_schema=False)
        app.add_api_route(f"/{name}/{{rest:path}}", page, include_in_schema=False)
    if (static / "assets").is_dir():
        app.mount("/assets", Assets(directory=static / "assets"))
    app.add_api_route("/{name:path}", file, include_in_schema=False)


class Assets(StaticFiles):
    """The built files; their names carry a hash of their content."""

    def file_response(self, *arguments: object, **options: object) -> Response:
        """Let browsers keep what can never change."""
        response = super().file_response(*arguments, **options)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = _FOREVER
        return response
