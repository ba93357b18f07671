"""The verb `serve`: the explorer in a browser."""

from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.settings import settings_of
from dateline.cli.terminal import say
from dateline.errors import ConfigError

if TYPE_CHECKING:
    import socket

PORT = 8765


def serve(
    context: typer.Context,
    host: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="Where to listen; beyond this machine with tokens."),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="0 takes any free port.")
    ] = PORT,
    names: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="HOST", help="Another name it is reached by; repeatable."),
    ] = None,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Show the record; let nobody change it.")
    ] = False,
    tiles: Annotated[
        str | None,
        typer.Option(metavar="URL", help="A map server's tiles, https://HOST/{z}/{x}/{y}.png."),
    ] = None,
    open_browser: Annotated[
        bool, typer.Option("--open", help="Open it in this machine's browser.")
    ] = False,
) -> None:
    """Open the record in a browser.

    A map, a timeline and a list; each incident with its quotes; a desk for reviewing. Stop it with
    Ctrl-C.
    """
    from dateline.web.access import make_policy
    from dateline.web.app import STATIC, make_app, run_app

    settings = settings_of(context)
    codebook = settings.codebook()
    with settings.open_store() as store:
        policy = make_policy(store, host, read_only=read_only, names=names or ())
        app = make_app(store, codebook, policy=policy, tiles=tiles, background=True)
        listening = listen(host, port)
        address = address_of(host, listening.getsockname()[1])
        waiting = store.overview_index().version()[1]
        if waiting:
            say(f"{waiting} incidents are being prepared; the lists fill up meanwhile", error=True)
        if not (STATIC / "index.html").exists():
            say("the pages are not built (DATELINE_SKIP_WEB was set); only the API is served")
        say(f"{settings.shown_database} at {address}; Ctrl-C stops it")
        if open_browser:
            typer.launch(address)
        run_app(app, listening)


def listen(host: str, port: int) -> "socket.socket":
    """Open the socket before anything is said; raises ConfigError if it cannot be had."""
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or asyncio leaves answers to wait for one another (Nagle), 40 ms each.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        reason = error.strerror or "cannot be listened at"
        raise ConfigError(f"{host} port {port}: {reason}; --port takes another one") from error
    return listening


def address_of(host: str, port: int) -> str:
    """Give what a browser opens."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"
