"""The verbs about who may come in: token create, list, revoke."""

import datetime as dt
from enum import StrEnum
from typing import Annotated

import typer

from dateline.cli.settings import settings_of
from dateline.cli.terminal import print_table, say
from dateline.errors import ConfigError

token = typer.Typer(help="Let others into the explorer, or no longer.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="NAME", help="Whose token it is.")]


class Role(StrEnum):
    """What a token lets its bearer do."""

    VIEWER = "viewer"
    CODER = "coder"
    ADMIN = "admin"


@token.command("create")
def create(
    context: typer.Context,
    name: Name,
    role: Annotated[
        Role,
        typer.Option(help="viewer reads; coder also judges, corrects and adds; admin also tokens."),
    ] = Role.VIEWER,
) -> None:
    """Make a token and print its secret, once.

    The store keeps a hash only. NAME stands on record beside what its bearer changes.
    """
    from dateline.store.token_secrets import issue_token

    with settings_of(context).open_store(must_exist=False) as store:
        secret = issue_token(store.token_index(), name, role.value)
    say(
        f"{name} may come in as {role.value} with this token, which is not shown again:", error=True
    )
    say(secret)


@token.command("list")
def list_tokens(context: typer.Context) -> None:
    """List the tokens ever made."""
    with settings_of(context).open_store() as store:
        tokens = store.token_index().all()
    if tokens:
        rows = [(one.name, one.role, one.made, one.revoked or "") for one in tokens]
        print_table(("name", "role", "made", "revoked"), rows)
    held = sum(one.revoked is None for one in tokens)
    say(f"{held} token{'' if held == 1 else 's'} in force")


@token.command("revoke")
def revoke(context: typer.Context, name: Name) -> None:
    """End a token at once, and every session opened with it."""
    with settings_of(context).open_store() as store:
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        if not store.token_index().revoke(name, now):
            raise ConfigError(f"{name}: has no token in force; dateline token list shows them")
    say(f"{name} may no longer come in")
