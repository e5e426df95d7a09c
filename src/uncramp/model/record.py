"""What the journal keeps of a session."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from uncramp.model.body import Side


class Outcome(StrEnum):
    """How a session ended, or that it has not."""

    RUNNING = "running"
    FINISHED = "finished"
    ENDED_EARLY = "ended_early"
    TOO_SHARP = "too_sharp"


class PartRecord(NamedTuple):  # made in a seventh of the time of a dataclass
    """One block of work within a session.

    Attributes:
        exercise: the exercise's id.
        side: which side worked.
        planned_ms: prescribed milliseconds.
        done_ms: completed milliseconds; skipped and slept-through time is not in it.
    """

    exercise: str
    side: Side
    planned_ms: int
    done_ms: int


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One guided session.

    Attributes:
        id: a UUID in its usual text form.
        routine: the routine's id.
        routine_name: its name when it was done.
        started_at: with the local offset of that place and time.
        ended_at: None while it runs, or when the program ended before the session did.
        outcome: how it ended.
        parts: the blocks of work, in order.
        progress: how to go on after a crash, opaque to the journal; empty when there is nothing.
    """

    id: str
    routine: str
    routine_name: str
    started_at: datetime
    ended_at: datetime | None
    outcome: Outcome
    parts: tuple[PartRecord, ...]
    progress: str = ""

    @property
    def is_running(self) -> bool:
        """Whether it has not ended, as far as it was told."""
        return self.outcome is Outcome.RUNNING

    @property
    def planned_ms(self) -> int:
        """The prescribed work."""
        return sum(part.planned_ms for part in self.parts)

    @property
    def done_ms(self) -> int:
        """The completed work."""
        return sum(part.done_ms for part in self.parts)

    def done_on(self, side: Side) -> int:
        """Return the completed work of one side, in milliseconds."""
        return sum(part.done_ms for part in self.parts if part.side is side)
