"""What endpoints ask for: the store, the codebook, the incidents in memory, a fresh tag."""

import hashlib
import secrets
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request, Response

from dateline.codebook import Codebook
from dateline.web.desk import Desk
from dateline.web.explorer import Explorer

if TYPE_CHECKING:
    from dateline.store.database import Store

_RUN = secrets.token_hex(4)  # another run may have another codebook or another program


class NotModified(Exception):  # noqa: N818  (no error: the browser has the answer already)
    """What the visitor keeps is still right."""


def explorer_of(request: Request) -> Explorer:
    """Give the incidents in memory."""
    explorer: Explorer = request.app.state.explorer
    return explorer


def store_of(request: Request) -> "Store":
    """Give the store."""
    store: Store = request.app.state.store
    return store


def codebook_of(request: Request) -> Codebook:
    """Give the codebook."""
    codebook: Codebook = request.app.state.codebook
    return codebook


def desk_of(request: Request) -> Desk:
    """Give where changes are made."""
    desk: Desk = request.app.state.desk
    return desk


def fresh_explorer(request: Request, response: Response) -> Explorer:
    """Give the incidents in memory; raises NotModified where the visitor's copy still holds.

    The tag of an answer hashes the address asked for and the version of the columns, so an answer
    that did not change costs no more than the look at the version.
    """
    explorer = explorer_of(request)
    explorer.columns()
    asked = f"{_RUN} {explorer.version} {request.url.path}?{request.url.query}"
    tag = f'W/"{hashlib.sha256(asked.encode()).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        raise NotModified(headers)
    response.headers.update(headers)
    return explorer


AnyExplorer = Annotated[Explorer, Depends(explorer_of)]
FreshExplorer = Annotated[Explorer, Depends(fresh_explorer)]
AnyDesk = Annotated[Desk, Depends(desk_of)]
AnyCodebook = Annotated[Codebook, Depends(codebook_of)]
AnyStore = Annotated["Store", Depends(store_of)]
