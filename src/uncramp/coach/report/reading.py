"""The journal read for a report."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from uncramp.analysis.record import Record
from uncramp.analysis.review import Review, review
from uncramp.coach.insight.reading import read_record
from uncramp.coach.report.document import Document
from uncramp.coach.report.record_words import RoutineWords
from uncramp.coach.report.report import plain, report
from uncramp.coach.report.telling import document
from uncramp.coach.routine_names import routine_names
from uncramp.coach.wording import dose, worded_steps
from uncramp.journal.sums import stopped_sessions
from uncramp.model.language import tr, trn

if TYPE_CHECKING:
    from uncramp.coach.coach import Coach
    from uncramp.model.routine import Routine

_MOST_STEPS = 12
_LONGEST_CONTENT = 400


def read_report(
    coach: "Coach", span: int | None = None, name: str = "", *, with_notes: bool = True
) -> Document:
    """Return the report of the last weeks.

    Args:
        coach: with the journal and the routines.
        span: how many weeks, this one among them; None for all.
        name: of the runner, which is not kept; empty for none.
        with_notes: whether the user's own words are in it.

    Raises:
        EnvironmentFault: the journal cannot be read.
        ValueError: `span` is less than 1.
    """
    record = read_record(coach)
    return report_of(
        coach, record, review(record, coach.read_date().date(), span), name, with_notes=with_notes
    )


def report_of(
    coach: "Coach", record: Record, seen: Review, name: str = "", *, with_notes: bool = True
) -> Document:
    """Return the report of a record that was read already.

    Args:
        coach: with the journal and the routines.
        record: what the journal knows.
        seen: the review of it, for the period.
        name: of the runner, which is not kept; empty for none.
        with_notes: whether the user's own words are in it.

    Raises:
        EnvironmentFault: the journal cannot be read.
    """
    days = _stopped(coach, seen)
    found = report(record, seen, name, days, with_notes=with_notes)
    words = _words_of(coach, [one.routine for one in found.kept])
    return document(found, words, miles=coach.settings.miles)


def _words_of(coach: "Coach", routines: Sequence[str]) -> dict[str, RoutineWords]:
    """Return names and contents; of one that is no longer there the name that it had."""
    known = coach.library.routines
    return {
        one: RoutineWords(plain(name, 60), _content(coach, known[one]) if one in known else "")
        for one, name in routine_names(coach, routines).items()
    }


def _stopped(coach: "Coach", seen: Review) -> tuple[date, ...]:
    """Return the days on which a session was stopped because it hurt or went numb."""
    if coach.journal is None:
        return ()
    now = coach.read_date()
    first = datetime.combine(seen.first, time(), now.tzinfo)
    stopped = stopped_sessions(coach.journal, first, now + timedelta(days=1))
    return tuple(at.date() for at in stopped)


def _content(coach: "Coach", routine: "Routine") -> str:
    """Return the exercises of a routine with their doses."""
    known = coach.library.exercises
    steps = zip(routine.steps, worded_steps(routine, known), strict=True)
    told = [
        tr("{exercise} {dose}").format(exercise=str(exercise.name), dose=dose(step, exercise))
        for step, exercise in steps
        if step.round_number == 1
    ]
    shown = told[:_MOST_STEPS]
    more = len(told) - len(shown)
    if more:
        shown.append(trn("{n} more", "{n} more", more).format(n=more))
    return plain("; ".join(shown), _LONGEST_CONTENT)
