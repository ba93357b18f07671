"""Where reports, claims and judgements are kept: SQLite in a file, or PostgreSQL by URL."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.store.database import Store


def open_store(location: str | Path) -> "Store":
    """Open a store by path or SQLAlchemy URL, making it or bringing its schema up to date.

    Raises StoreError, in one line, when the location cannot be opened, holds something else, or
    was written by a newer dateline.
    """
    from dateline.store.database import Store
    from dateline.store.opening import connect, migrate

    engine = connect(str(location))
    try:
        migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)
