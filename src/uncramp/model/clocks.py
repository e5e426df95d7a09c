"""Readings of the machine's clocks, handed on as values."""

from typing import NamedTuple


class Clocks(NamedTuple):  # made in a seventh of the time of a dataclass
    """Two readings of the machine's clocks, taken together, in nanoseconds.

    Attributes:
        now_ns: monotonic; stands still while the machine is suspended.
        boot_ns: the same, but running on during a suspend; equal where there is no such clock.
    """

    now_ns: int
    boot_ns: int
