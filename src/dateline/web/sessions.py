"""Sessions of a browser: a random id in a cookie, and here the token it was opened with.

They are kept in memory: a restart ends them, and revoking a token ends them at once, since each
request looks the token up again.
"""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable

COOKIE = "dateline"
LASTS = 12 * 60 * 60
"""Seconds after which a browser has to show its token again."""
_MOST = 10_000
_BYTES = 32


class Sessions:
    """Open sessions; the oldest go first where there are too many."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with none."""
        self._clock = clock
        self._open: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def open(self, hashed: str) -> str:
        """Open a session for the hash of a token; give its id."""
        name = secrets.token_urlsafe(_BYTES)
        self._open[name] = (hashed, self._clock() + LASTS)
        while len(self._open) > _MOST:
            self._open.popitem(last=False)
        return name

    def find(self, name: str) -> str | None:
        """Give the hash that a session was opened with; None if it is over or was never open."""
        hashed, until = self._open.get(name, ("", 0.0))
        if not hashed:
            return None
        if self._clock() >= until:
            self.close(name)
            return None
        return hashed

    def close(self, name: str) -> None:
        """End a session."""
        self._open.pop(name, None)
