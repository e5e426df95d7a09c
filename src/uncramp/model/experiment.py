"""A randomised experiment of one person: some nights with a routine, some without, by lot."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from uncramp.model.week import DAYS_A_WEEK

LONGEST_WEEKS = 24
LARGEST_SEED = 2**53


class Design(StrEnum):
    """What is drawn by lot."""

    NIGHT_PAIRS = "night_pairs"
    RANDOM_WEEKS = "random_weeks"


class Ending(StrEnum):
    """Why an experiment was ended before its last night."""

    PAIN = "pain"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Experiment:
    """One experiment; what is analysed and how is fixed before its first night.

    Attributes:
        id: a UUID.
        routine: that is done on some nights, and on the others not.
        design: what is drawn by lot.
        start: the first night.
        weeks: how long it lasts; even, 2 to 24.
        washout_days: nights at the beginning of each week that are left out; with random weeks
            only.
        seed: from which the lots are drawn, 0 to 2**53.
        agreed: when it was fixed.
        stopped: the first night that is no part of it any more; None when it was not ended early.
        ending: why it was; None when it was not.
        notes: free words.
    """

    id: str
    routine: str
    design: Design
    start: date
    weeks: int
    washout_days: int
    seed: int
    agreed: datetime
    stopped: date | None = None
    ending: Ending | None = None
    notes: str = ""

    def __post_init__(self) -> None:
        if not 2 <= self.weeks <= LONGEST_WEEKS or self.weeks % 2:
            raise ValueError(f"weeks is {self.weeks}, not an even number from 2 to {LONGEST_WEEKS}")
        if not 0 <= self.washout_days < DAYS_A_WEEK:
            raise ValueError(f"washout_days is {self.washout_days}")
        if self.washout_days and self.design is not Design.RANDOM_WEEKS:
            raise ValueError("nights are left out with random weeks only")
        if not 0 <= self.seed <= LARGEST_SEED:
            raise ValueError(f"seed is {self.seed}")
        if (self.stopped is None) != (self.ending is None):
            raise ValueError("an end needs its day and its reason")

    @property
    def nights(self) -> int:
        """How many nights it was planned for."""
        return DAYS_A_WEEK * self.weeks

    @property
    def end(self) -> date:
        """The first night after the last one that was planned."""
        return self.start + timedelta(days=self.nights)

    def is_over(self, today: date) -> bool:
        """Whether all its nights are over, or it was ended early."""
        return self.stopped is not None or today >= self.end

    def covers(self, day: date) -> bool:
        """Whether a night is one of it."""
        end = self.end if self.stopped is None else min(self.end, self.stopped)
        return self.start <= day < end
