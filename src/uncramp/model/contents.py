"""All that a journal holds, as one value."""

from dataclasses import dataclass, field

from uncramp.model.check_in import CheckIn
from uncramp.model.diary import Cramp, DayContext, Night, Run
from uncramp.model.experiment import Experiment
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
    experiments: tuple[Experiment, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()

    @property
    def count(self) -> int:
        """How many things were recorded; the plan is none."""
        kinds = (
            self.sessions,
            self.nights,
            self.cramps,
            self.days,
            self.runs,
            self.experiments,
            self.check_ins,
        )
        return sum(len(kind) for kind in kinds)
