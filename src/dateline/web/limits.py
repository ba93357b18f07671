"""Bounds on what one client may ask: how often it writes, and how large a request is."""

import time
from collections import OrderedDict
from collections.abc import Callable

Clock = Callable[[], float]

MOST_BODY = 2_000_000
"""Bytes of a request; a report pasted as text is a hundredth of it."""
SLOWEST = 60
"""Seconds in which a request must have been sent."""
BURST = 60
PER_SECOND = 2.0
_REMEMBERED = 10_000  # clients; the one that was quiet longest is forgotten first


class Buckets:
    """A token bucket a client: `burst` writes at once, then `per_second` of them."""

    def __init__(
        self, burst: int = BURST, per_second: float = PER_SECOND, clock: Clock = time.monotonic
    ) -> None:
        """Begin with every bucket full."""
        self._burst = burst
        self._per_second = per_second
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> float:
        """Take one write from a client's bucket; give 0, or the seconds until there is one."""
        now = self._clock()
        left, since = self._left.pop(client, (float(self._burst), now))
        left = min(self._burst, left + (now - since) * self._per_second)
        granted = left >= 1
        self._left[client] = (left - 1 if granted else left, now)
        while len(self._left) > _REMEMBERED:
            self._left.popitem(last=False)
        return 0.0 if granted else (1 - left) / self._per_second
