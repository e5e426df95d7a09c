"""All that a journal holds, as one value."""

from dataclasses import dataclass, field

from uncramp.model.diary import Cramp, DayContext, Night, Run
from uncramp.model.plan import Plan
from uncramp.model.record import SessionRecord


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a journal holds; each kind in the order of time."""

    sessions: tuple[SessionRecord, ...] = ()
    nights: tuple[Night, ...] = ()
    cramps: tuple[Cramp, ...] = ()
    days: tuple[DayContext, ...] = ()
    runs: tuple[Run, ...] = ()
    plan: Plan = field(default_factory=Plan)

    @property
    def count(self) -> int:
        """How many things were recorded; the plan is none."""
        kinds = (self.sessions, self.nights, self.cramps, self.days, self.runs)
        return sum(len(kind) for kind in kinds)
