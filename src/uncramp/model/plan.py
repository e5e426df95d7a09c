"""What the runner means to do: routines on days, or so many times a week."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import NamedTuple

from uncramp.model.week import DAYS_A_WEEK


class Tie(StrEnum):
    """What a routine of the plan is tied to."""

    MORNING = "morning"
    BEFORE_RUN = "before_run"
    AFTER_RUN = "after_run"
    BEDTIME = "bedtime"
    ANY_TIME = "any_time"


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A routine at its time of the plan, from a day on; the same routine may be there again.

    Attributes:
        id: a UUID; a change makes a new item, so that old weeks keep theirs.
        routine: the routine's id.
        tie: what it is tied to.
        days: of the week, 0 for Monday; empty for so many times a week.
        times: a week, on days of the runner's choice; 0 when there are days.
        start: the first day.
        end: the first day that it is no longer planned; None while it is.
        remind: "HH:MM" of the reminder; empty for none.
        remind_until: "HH:MM" until which the reminder comes again every hour; empty for once.
    """

    id: str
    routine: str
    tie: Tie
    days: frozenset[int]
    times: int
    start: date
    end: date | None = None
    remind: str = ""
    remind_until: str = ""

    def __post_init__(self) -> None:
        if bool(self.days) == bool(self.times):
            raise ValueError("either days or times a week")
        if not self.days <= set(range(DAYS_A_WEEK)) or not 0 <= self.times <= DAYS_A_WEEK:
            raise ValueError(f"days {self.days}, times {self.times}")

    def is_planned(self, day: date) -> bool:
        """Whether it is part of the plan on that day."""
        return self.start <= day and (self.end is None or day < self.end)

    @property
    def a_week(self) -> int:
        """How often in a whole week."""
        return len(self.days) or self.times


class Pause(NamedTuple):  # made in a seventh of the time of a dataclass
    """Days that count neither way: holiday, illness, injury.

    Attributes:
        id: a UUID.
        start: the first day.
        end: the first day after it; None while it lasts.
        reason: free words.
    """

    id: str
    start: date
    end: date | None = None
    reason: str = ""

    def covers(self, day: date) -> bool:
        """Whether the day counts neither way."""
        return self.start <= day and (self.end is None or day < self.end)


class Skip(NamedTuple):
    """One day of one routine, left out as planned."""

    item: str
    day: date


class Plan(NamedTuple):
    """All that was ever planned."""

    items: tuple[PlanItem, ...] = ()
    pauses: tuple[Pause, ...] = ()
    skips: frozenset[Skip] = frozenset()

    def is_neutral(self, item: PlanItem, day: date) -> bool:
        """Whether that day of that routine counts neither way."""
        return Skip(item.id, day) in self.skips or any(pause.covers(day) for pause in self.pauses)


def read_time(text: str) -> time | None:
    """Return the time of "HH:MM", or None when it is no such text."""
    hours, colon, minutes = text.partition(":")
    if not colon or not (hours + minutes).isdecimal() or len(hours) != 2 or len(minutes) != 2:
        return None
    if int(hours) > 23 or int(minutes) > 59:
        return None
    return time(int(hours), int(minutes))
