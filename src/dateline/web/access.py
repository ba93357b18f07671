"""Who may do what: every request passes here before any code that reads or writes the record.

On loopback without tokens whoever sits at the machine is admin. From the first token on, and always
when the explorer listens elsewhere, each request needs one. What is refused, is refused in
one place and in one order: wrong host, unknown proxy, read-only, forged, unknown visitor, wrong
role, too often, wrong type, too large.
"""

import asyncio
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.errors import ConfigError
from dateline.store.token_secrets import ROLES, Role, check_name, find_hashed, hash_of
from dateline.web.limits import MOST_BODY, SLOWEST, Buckets
from dateline.web.problems import Problem, problem_response
from dateline.web.sessions import COOKIE, Sessions

if TYPE_CHECKING:
    from dateline.store.database import Store
    from dateline.store.tokens import TokenIndex

_SAFE = {"GET", "HEAD", "OPTIONS"}
_OPEN = {"/api/meta", "/api/session", "/api/openapi.json"}
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host")
_EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104  (compared with, not bound to)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: the name and role of a token, or no name where nobody has to say who they are."""

    name: str | None
    role: Role

    def may(self, role: Role) -> bool:
        """Tell whether a role, or all that it may, is this visitor's."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True)
class Policy:
    """Whom one server lets in; sessions and buckets live as long as it does.

    `hosts` are the names it answers to beside loopback and addresses in digits.
    """

    tokens: "TokenIndex"
    is_local: bool = True
    read_only: bool = False
    hosts: frozenset[str] = frozenset()
    most_body: int = MOST_BODY
    sessions: Sessions = field(default_factory=Sessions)
    buckets: Buckets = field(default_factory=Buckets)

    def needs_token(self) -> bool:
        """Tell whether a visitor has to show a token: revoking the last one opens nothing."""
        return not self.is_local or bool(self.tokens.all())

    def visitor(self, bearer: str | None, session: str | None) -> Visitor | None:
        """Give who shows a token or a session; None for nobody known."""
        hashed = hash_of(bearer) if bearer else self.sessions.find(session or "")
        token = find_hashed(self.tokens, hashed) if hashed else None
        if token is not None and token.role in ROLES:
            return Visitor(token.name, token.role)
        return None if bearer or self.needs_token() else Visitor(None, "admin")


def make_policy(
    store: "Store", host: str = "127.0.0.1", *, read_only: bool = False, names: Sequence[str] = ()
) -> Policy:
    """Give the policy of a server that listens at `host` and is called by `names`.

    Raises ConfigError where it would listen beyond this machine without a token to ask for.
    """
    is_local = _is_loopback(host)
    tokens = store.token_index()
    if not is_local and all(token.revoked for token in tokens.all()):
        raise ConfigError(
            f"{host}: others could reach the record; make a token first "
            "(dateline token create NAME --role coder), or listen at 127.0.0.1"
        )
    hosts = frozenset(name.lower() for name in (*names, host) if name not in _EVERYWHERE)
    return Policy(tokens, is_local=is_local, read_only=read_only, hosts=hosts)


class Guard:
    """ASGI middleware that admits a request or answers with the problem.

    An admitted request has its `Visitor` in `request.state.visitor`, None where it is not known
    and the path is open to anybody; its body was read and is within bounds.
    """

    def __init__(self, app: ASGIApp, policy: Policy) -> None:
        """Keep the policy."""
        self._app = app
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            visitor = await self._admit(request)
            body = None if request.method in _SAFE else await self._body(request)
        except Problem as problem:
            await problem_response(problem, request.url.path)(scope, receive, send)
            return
        scope.setdefault("state", {})["visitor"] = visitor
        await self._app(scope, receive if body is None else _replay(body, receive), send)

    async def _admit(self, request: Request) -> Visitor | None:
        policy, path = self._policy, request.url.path
        _check_host(request, policy)
        is_session = path == "/api/session"
        if request.method not in _SAFE:
            if policy.read_only and not is_session:
                raise Problem(403, "Read-only", "This server only shows the record.")
            _check_own_page(request)
        if not path.startswith("/api") and request.method in _SAFE:
            return None
        bearer, session = _bearer(request), request.cookies.get(COOKIE)
        visitor = await run_in_threadpool(policy.visitor, bearer, session)
        if visitor is None and path not in _OPEN:
            raise unknown("Token needed", "Show a token that was not revoked.")
        if visitor is not None and visitor.name is None:
            _check_direct(request)
        if request.method not in _SAFE:
            if visitor is not None and not is_session and not visitor.may("coder"):
                raise _forbidden("coder")
            self._check_pace(request, visitor)
        return visitor

    def _check_pace(self, request: Request, visitor: Visitor | None) -> None:
        address = request.client.host if request.client else "unknown"
        client = f"token {visitor.name}" if visitor and visitor.name else f"address {address}"
        wait = self._policy.buckets.take(client)
        if wait:
            seconds = int(wait) + 1
            raise Problem(
                429,
                "Too many changes",
                f"Try again in {seconds} s.",
                headers={"Retry-After": str(seconds)},
            )

    async def _body(self, request: Request) -> bytes:
        """Read a body whole, so that one without a stated length is bounded too."""
        most = self._policy.most_body
        too_large = Problem(413, "Too large", f"A request may have {most:,} bytes at most.")
        stated = request.headers.get("content-length", "0")
        if not stated.isdecimal() or int(stated) > most:
            raise too_large
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(SLOWEST):
                async for part in request.stream():
                    size += len(part)
                    if size > most:
                        raise too_large
                    parts.append(part)
        except (TimeoutError, ClientDisconnect) as error:
            raise Problem(408, "Too slow", f"A request is read for {SLOWEST} s at most.") from error
        body = b"".join(parts)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json" and (body or request.method != "DELETE"):
            raise Problem(415, "Not JSON", "Send Content-Type: application/json.")
        return body


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def receive_again() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again


def _check_host(request: Request, policy: Policy) -> None:
    """Refuse a name that is not ours: a page elsewhere may have made it point here."""
    name = _host_name(request.headers.get("host", ""))
    if name in policy.hosts or _is_loopback(name):
        return
    if not policy.is_local and _is_address(name):
        return
    raise Problem(
        421,
        "Not the name of this server",
        "Open it under the address it printed, or name this one: dateline serve --name HOST.",
    )


def _check_own_page(request: Request) -> None:
    """Refuse a write that a page of another site could have sent with this browser's cookie."""
    headers = request.headers
    origin = headers.get("origin")
    foreign = origin is not None and _netloc(origin) != headers.get("host", "").lower()
    fetched = headers.get("sec-fetch-site", "same-origin")
    if headers.get("x-dateline") != "1" or foreign or fetched not in {"same-origin", "none"}:
        raise Problem(403, "Not from this page", "Send X-Dateline: 1, and from no other site.")


def _check_direct(request: Request) -> None:
    """Refuse strangers that a proxy on this machine lets in while nobody has to show a token."""
    if any(name in request.headers for name in _FORWARDED):
        raise Problem(
            403,
            "Tokens needed behind a proxy",
            "Make one first: dateline token create NAME --role admin.",
        )


def _bearer(request: Request) -> str | None:
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() or None if kind.lower() == "bearer" else None


def _netloc(origin: str) -> str:
    return origin.partition("://")[2].lower()


def _host_name(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower().rstrip(".")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(name: str) -> bool:
    return name == "localhost" or (_is_address(name) and ipaddress.ip_address(name).is_loopback)


def _forbidden(role: Role) -> Problem:
    return Problem(403, "Not allowed", f"This needs the role {role}.")


def unknown(title: str, detail: str) -> Problem:
    """Give the refusal of a visitor who is not known; it says how to show a token."""
    return Problem(401, title, detail, headers={"WWW-Authenticate": "Bearer"})


def visitor_of(request: Request) -> Visitor:
    """Give who asks; a Problem if nobody known does."""
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    if visitor is None:
        raise unknown("Token needed", "Show a token that was not revoked.")
    return visitor


def _needs(request: Request, role: Role) -> Visitor:
    visitor = visitor_of(request)
    if not visitor.may(role):
        raise _forbidden(role)
    return visitor


def coder(request: Request) -> Visitor:
    """Give who asks if they may judge, correct, review and add; a Problem otherwise."""
    return _needs(request, "coder")


def admin(request: Request) -> Visitor:
    """Give who asks if they may do everything; a Problem otherwise."""
    return _needs(request, "admin")


Coder = Annotated[Visitor, Depends(coder)]
Admin = Annotated[Visitor, Depends(admin)]


def author_of(visitor: Visitor, by: str | None) -> str:
    """Give the name a change is recorded under: the token's, else the one that was sent.

    A Problem where neither is there, or the name could not stand on record.
    """
    if visitor.name is not None:
        return visitor.name
    name = " ".join((by or "").split())
    try:
        check_name(name)
    except ConfigError as error:
        detail = f"Say who you are: {error}."
        raise Problem(
            422, "Name needed", detail, errors=({"parameter": "by", "detail": str(error)},)
        ) from error
    return name
