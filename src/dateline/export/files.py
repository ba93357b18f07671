"""Writing a file whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from dateline.errors import ConfigError


@contextmanager
def open_whole(path: Path) -> Iterator[TextIO]:
    """Open a UTF-8 file that appears under its name only once it is complete.

    An error inside leaves what was there before. A path that is no plain file (`/dev/stdout`) is
    written to directly. Raises ConfigError if the place cannot be written.
    """
    if path.exists() and not path.is_file():
        with _refusing(path), path.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        return
    with _refusing(path):
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error


def _umask() -> int:
    """The process's own mask: temporary files are private, exports are as any other file."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
