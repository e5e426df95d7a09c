"""Which sample of the device is heard at which instant."""

from collections import deque

from uncramp.sound.clip import RATE_HZ

_NS = 1_000_000_000
_WINDOW = 10
"""Requests looked back at: a few tenths of a second."""


class DeviceClock:
    """Keeps the line between monotonic time and the device's sample count.

    The device asks for the next block whenever one has left its buffer. A busy machine can
    answer late but never early, so the smallest of the recent differences between the clock and
    the sample count is the true one; the window lets it follow the device's own drift.
    """

    def __init__(self) -> None:
        self._latency_ns = 0
        self._offsets: deque[int] = deque(maxlen=_WINDOW)

    def restart(self, latency_ns: int) -> None:
        """Forget everything: a new device begins, heard `latency_ns` after each request."""
        self._latency_ns = latency_ns
        self._offsets.clear()

    def observe(self, frame: int, now_ns: int) -> None:
        """Note that the device asked for the block that begins at `frame`."""
        offset = now_ns - frame * _NS // RATE_HZ
        if self._offsets and offset - min(self._offsets) > self._latency_ns:
            # Later than the buffer lasts: it ran dry, and the line begins anew from here.
            self._offsets.clear()
        self._offsets.append(offset)

    def frame_heard_at(self, at_ns: int) -> int:
        """Return the frame that leaves the loudspeaker at `at_ns`; at least one observation."""
        since = at_ns - self._latency_ns - min(self._offsets)
        return round(since * RATE_HZ / _NS)
