"""The machine's clocks, read in one place and handed on as values."""

import sys
import time
from collections.abc import Callable
from datetime import datetime

from uncramp.model.clocks import Clocks


def read_clocks() -> Clocks:
    """Return the monotonic clock, and the one that also counts suspended time where there is one.

    On Windows the monotonic clock itself runs on during a suspend; the long silence between two
    ticks tells of it there.
    """
    if sys.platform == "linux":
        return Clocks(time.monotonic_ns(), time.clock_gettime_ns(time.CLOCK_BOOTTIME))
    now_ns = time.monotonic_ns()
    return Clocks(now_ns, now_ns)


def read_date() -> datetime:
    """Return the wall clock with the local offset."""
    return datetime.now().astimezone()


class Pace:
    """A clock that runs `speed` times as fast, to look through a session quickly."""

    def __init__(self, speed: float, read: Callable[[], Clocks] = read_clocks) -> None:
        self._speed = speed
        self._read = read
        self._from = read()

    def read(self) -> Clocks:
        """Return the fast clock's readings."""
        clocks = self._read()
        return Clocks(self._fast(clocks.now_ns, self._from.now_ns), self._boot(clocks))

    def real_ns(self, fast_ns: int) -> int:
        """Return the instant of the real monotonic clock at which the fast one shows `fast_ns`."""
        start_ns = self._from.now_ns
        return start_ns + round((fast_ns - start_ns) / self._speed)

    def _fast(self, now_ns: int, from_ns: int) -> int:
        return from_ns + round((now_ns - from_ns) * self._speed)

    def _boot(self, clocks: Clocks) -> int:
        # A suspend keeps its own length: only the time between is stretched.
        slept_ns = (clocks.boot_ns - self._from.boot_ns) - (clocks.now_ns - self._from.now_ns)
        return self._fast(clocks.now_ns, self._from.now_ns) + slept_ns
