"""What holds for every verb: where the store is and which codebook is read."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dateline.codebook import FOLDER, Codebook, load_codebook
from dateline.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from dateline.store.database import Store


@dataclass(frozen=True, slots=True)
class Settings:
    """The options before the verb."""

    database: str
    codebook_folder: Path = FOLDER

    @property
    def shown_database(self) -> str:
        """The store as it may be printed: without the password of a URL."""
        return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", self.database)

    def codebook(self) -> Codebook:
        """Load the codebook; a user's own is checked first. Raises ConfigError."""
        if self.codebook_folder != FOLDER:
            from dateline.codebook_check import find_problems

            for problem in find_problems(self.codebook_folder):
                raise ConfigError(f"{problem} (all: dateline codebook --check)")
        return load_codebook(self.codebook_folder)

    def open_store(self, *, must_exist: bool = True) -> "Store":
        """Open the store; where it is only read, a missing file is an error, not a new store."""
        from dateline.store import open_store

        missing = "://" not in self.database and not Path(self.database).expanduser().exists()
        if must_exist and missing:
            hint = "make it with dateline add, or name another with --db"
            raise StoreError(f"{self.database}: no such store; {hint}")
        return open_store(self.database)


def settings_of(context: typer.Context) -> Settings:
    """Give the settings the options before the verb made."""
    settings: Settings = context.find_root().obj
    return settings
