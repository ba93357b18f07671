"""Showing a token, leaving again, and what an admin does with tokens."""

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from dateline.errors import ConfigError
from dateline.store.token_secrets import Role, find_token, issue_token
from dateline.store.tokens import Token, TokenIndex
from dateline.web.access import Admin, Policy, unknown
from dateline.web.forms import Name
from dateline.web.problems import Problem, refusal
from dateline.web.sessions import COOKIE, LASTS

router = APIRouter(tags=["access"])


class Shown(BaseModel):
    """A token that a browser shows to come in."""

    model_config = ConfigDict(extra="forbid")
    token: str = Field(max_length=200, examples=["dateline_V0p4…"])


class Entered(BaseModel):
    """Who came in."""

    name: str = Field(examples=["amina"])
    role: str = Field(examples=["coder"])


class NewToken(BaseModel):
    """A token to be made."""

    model_config = ConfigDict(extra="forbid")
    name: Name
    role: Role = Field(examples=["coder"])


class TokenForm(BaseModel):
    """A token as it is listed; its secret is not known."""

    name: str = Field(examples=["amina"])
    role: str = Field(examples=["coder"])
    made: str = Field(examples=["2021-07-06T08:00:00+00:00"])
    revoked: str | None = Field(examples=[None])


class MadeToken(TokenForm):
    """A token just made; `token` is its secret, shown this once."""

    token: str = Field(examples=["dateline_V0p4…"])


class Tokens(BaseModel):
    """All tokens ever made, oldest first."""

    items: list[TokenForm]
    next: str | None = None
    total: int = Field(examples=[1])


def _policy(request: Request) -> Policy:
    policy: Policy = request.app.state.policy
    return policy


def _form(token: Token) -> dict[str, Any]:
    return {n: getattr(token, n) for n in ("name", "role", "made", "revoked")}


@router.post(
    "/session",
    responses={401: refusal("Token not known", "This token was revoked or never made.")},
)
def enter(request: Request, response: Response, shown: Shown) -> Entered:
    """Open a session with a token; the answer sets a cookie that scripts cannot read."""
    policy = _policy(request)
    token = find_token(policy.tokens, shown.token.strip())
    if token is None:
        raise unknown("Token not known", "This token was revoked or never made.")
    response.set_cookie(
        COOKIE,
        policy.sessions.open(token.hash),
        max_age=LASTS,
        path="/",
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return Entered(name=token.name, role=token.role)


@router.delete("/session", status_code=204)
def leave(request: Request) -> Response:
    """End the session of this browser."""
    _policy(request).sessions.close(request.cookies.get(COOKIE, ""))
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    return response


@router.get("/tokens")
def list_tokens(request: Request, _: Admin) -> Tokens:
    """List the tokens ever made, without their secrets."""
    items = [TokenForm(**_form(token)) for token in _policy(request).tokens.all()]
    return Tokens(items=items, total=len(items))


@router.post(
    "/tokens",
    status_code=201,
    responses={
        409: refusal(
            "Token not made", "amina: has a token; revoke it first, or choose another name."
        )
    },
)
def make_token(request: Request, new: NewToken, _: Admin) -> MadeToken:
    """Make a token; its secret is in the answer and nowhere else."""
    index = _policy(request).tokens
    if new.role != "admin" and not _admins(index):
        detail = "Make a token for an admin first: from the first token on, everybody needs one."
        raise Problem(409, "No admin yet", detail)
    try:
        secret = issue_token(index, new.name, new.role)
    except ConfigError as error:
        raise Problem(409, "Token not made", f"{error}.") from error
    token = find_token(index, secret)
    if token is None:
        raise Problem(409, "Token not made", "It was revoked at once by somebody else.")
    return MadeToken(token=secret, **_form(token))


@router.delete(
    "/tokens/{name}",
    status_code=204,
    responses={
        404: refusal("No such token", "amina: no token of that name holds."),
        409: refusal("The last admin", "Make another admin first, or use the command line."),
    },
)
def revoke_token(
    request: Request,
    name: Annotated[Name, Path()],
    visitor: Admin,
) -> None:
    """End a token at once, and every session opened with it; not the token that is shown."""
    index = _policy(request).tokens
    if _admins(index) == [name]:
        raise Problem(409, "The last admin", "Make another admin first, or use the command line.")
    if visitor.name == name:
        raise Problem(409, "Your own token", "Let another admin end it, or use the command line.")
    if not index.revoke(name, dt.datetime.now(dt.UTC).isoformat(timespec="seconds")):
        raise Problem(404, "No such token", f"{name}: no token of that name holds.")


def _admins(index: TokenIndex) -> list[str]:
    return [t.name for t in index.all() if t.role == "admin" and t.revoked is None]
