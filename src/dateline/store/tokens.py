"""Who may come in: tokens by name and role, of which only a hash is kept."""

from dataclasses import asdict, dataclass

import sqlalchemy as sa

from dateline.store import schema as t
from dateline.store.opening import transaction


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is kept: `hash` is all that is known of it, `revoked` when it ended."""

    name: str
    role: str
    hash: str
    made: str
    revoked: str | None = None


class TokenIndex:
    """The tokens of a store; a revoked one keeps its row."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, token: Token) -> bool:
        """Keep a token; False, and nothing kept, where an unrevoked one has its name."""
        taken = sa.select(t.tokens.c.number).where(
            t.tokens.c.name == token.name, t.tokens.c.revoked.is_(None)
        )
        row = asdict(token)
        with transaction(self._engine, writes=True) as connection:
            if connection.execute(taken.limit(1)).first():
                return False
            connection.execute(t.tokens.insert(), [row])
        return True

    def all(self) -> list[Token]:
        """Give every token ever made, oldest first."""
        with transaction(self._engine) as connection:
            rows = connection.execute(sa.select(t.tokens).order_by(t.tokens.c.number)).all()
        return [Token(row.name, row.role, row.hash, row.made, row.revoked) for row in rows]

    def find(self, hashed: str) -> Token | None:
        """Give the unrevoked token of a hash, or None."""
        query = sa.select(t.tokens).where(t.tokens.c.hash == hashed, t.tokens.c.revoked.is_(None))
        with transaction(self._engine) as connection:
            row = connection.execute(query).first()
        return Token(row.name, row.role, row.hash, row.made) if row else None

    def revoke(self, name: str, when: str) -> bool:
        """End the token of a name; give whether there was one that held."""
        statement = (
            t.tokens.update()
            .where(t.tokens.c.name == name, t.tokens.c.revoked.is_(None))
            .values(revoked=when)
        )
        with transaction(self._engine, writes=True) as connection:
            return bool(connection.execute(statement).rowcount)
