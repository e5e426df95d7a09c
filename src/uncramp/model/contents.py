"""All that a journal holds, as one value."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

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


class EntryImport(NamedTuple):
    """One import of entries of the journal, which can be undone as a whole.

    Attributes:
        id: a UUID.
        at: when it was made.
        name: of the files, for the user.
        entries: how many rows it brought or replaced.
        undone: whether it was undone.
    """

    id: str
    at: datetime
    name: str
    entries: int = 0
    undone: bool = False
