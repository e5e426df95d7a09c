"""Time that passes when a test says so: the clock on the wall and the one of sessions together."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from uncramp.model.clocks import Clocks

SECOND_NS = 1_000_000_000


@dataclass
class PassingTime:
    """Both clocks.

    Attributes:
        now: what the clock on the wall shows, with the offset of the place.
        passed_ns: the monotonic clock.
    """

    now: datetime
    passed_ns: int = 5 * SECOND_NS

    def read_date(self) -> datetime:
        """Read the clock on the wall."""
        return self.now

    def read(self) -> Clocks:
        """Read the clock of a session."""
        return Clocks(self.passed_ns, self.passed_ns)

    def pass_s(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)
        self.passed_ns += round(seconds * SECOND_NS)
