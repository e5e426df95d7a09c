"""A session that was done without the program, as the journal keeps it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from uncramp.model.diary import is_hour_known
from uncramp.model.record import Outcome, PartRecord, SessionRecord
from uncramp.session.timeline import SegmentKind

if TYPE_CHECKING:
    from uncramp.coach.coach import Coach
    from uncramp.model.routine import Routine

SECOND_MS = 1_000


def past_session(
    coach: "Coach",
    routine: "Routine",
    session_id: str,
    started_at: datetime,
    *,
    work_s: float | None = None,
    exercises: Collection[str] | None = None,
) -> SessionRecord:
    """Return a session that was done whole, or in part.

    Args:
        coach: knows the exercises.
        routine: what was done.
        session_id: a UUID.
        started_at: with its offset; at a guessed hour where nobody says when it was.
        work_s: so many seconds of its work were done, from the beginning; None for all.
        exercises: ids of what was done of it; None for all.
    """
    timeline = coach.timeline(routine)
    left_ms = None if work_s is None else round(work_s * SECOND_MS)
    parts: list[PartRecord] = []
    for segment in timeline.segments:
        if segment.kind is not SegmentKind.WORK:
            continue
        done_ms = segment.duration_ms
        if left_ms is not None:
            done_ms = min(done_ms, left_ms)
            left_ms -= done_ms
        if exercises is not None and segment.exercise not in exercises:
            done_ms = 0
        parts.append(PartRecord(segment.exercise, segment.side, segment.duration_ms, done_ms))
    is_whole = all(part.done_ms == part.planned_ms for part in parts)
    length_ms = timeline.total_ms if is_whole else sum(part.done_ms for part in parts)
    ended_at = started_at + timedelta(milliseconds=length_ms)
    return SessionRecord(
        id=session_id,
        routine=routine.id,
        routine_name=routine.name.default,
        started_at=started_at,
        ended_at=ended_at if is_hour_known(started_at) else None,
        outcome=Outcome.FINISHED if is_whole else Outcome.ENDED_EARLY,
        parts=tuple(parts),
    )
