"""The journal read for a review, in pieces that are each quick."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from uncramp.analysis.adherence import Doing
from uncramp.analysis.record import Record
from uncramp.analysis.review import FARTHEST_DAYS, Review, review
from uncramp.coach.insight.factors import chosen_factors
from uncramp.coach.insight.trials import trial_of
from uncramp.coach.plan.planning import bedtime_routines, day_of
from uncramp.coach.plan.today import nights_told, plan_day
from uncramp.journal.diary import Diary
from uncramp.journal.studies import Studies
from uncramp.journal.sums import SessionSum, session_sums
from uncramp.model.diary import Cramp, DayContext, Night, Run
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.moment import Moment

if TYPE_CHECKING:
    from uncramp.coach.coach import Coach

_PIECE = timedelta(days=366)
"""So much is read at once, so that no single query holds up the window."""
_YEARS_AHEAD = 100
"""What is dated after today is read too: a clock was wrong, and that is told."""


def read_review(coach: "Coach", span: int | None = None) -> Review:
    """Return what is shown of the journal.

    Args:
        coach: with the journal and what is tracked.
        span: how many weeks are shown; None for all.

    Raises:
        EnvironmentFault: the journal cannot be read.
        ValueError: `span` is less than 1.
    """
    return review(read_record(coach), coach.read_date().date(), span)


def read_record(coach: "Coach") -> Record:
    """Return all of the journal that a review looks at.

    Raises:
        EnvironmentFault: the journal cannot be read.
    """
    diary, journal = coach.diary, coach.journal
    if diary is None or journal is None:
        raise coach.journal_fault or EnvironmentFault(tr("The journal cannot be opened."))
    now = coach.read_date()
    nights: list[Night] = []
    cramps: list[Cramp] = []
    days: list[DayContext] = []
    runs: list[Run] = []
    sums: list[SessionSum] = []
    for first, last in _pieces(diary, now):
        nights.extend(diary.nights(first.date(), last.date() - timedelta(days=1)))
        cramps.extend(diary.cramps(first, last))
        days.extend(diary.days(first.date(), last.date() - timedelta(days=1)))
        runs.extend(diary.runs(first, last))
        sums.extend(session_sums(journal, first, last))
    plan = diary.plan()
    known = coach.library.routines.values()
    planned = bedtime_routines(plan)
    return Record(
        nights=nights_told(nights, cramps),
        cramps=tuple(cramps),
        days=tuple(days),
        runs=tuple(runs),
        plan=plan,
        doings=tuple(_doing(one, planned) for one in sums),
        bedtime=planned | {one.id for one in known if one.moment is Moment.BEDTIME},
        strength=frozenset(one.id for one in known if one.moment is Moment.STRENGTH),
        first_day=_first_day(nights, cramps, days, sums),
        factors=chosen_factors(coach.settings.tracked),
        plan_day=plan_day(now),
        trials=tuple(trial_of(one) for one in Studies(journal).experiments()),
    )


def _pieces(diary: Diary, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the parts of the time in which there is anything, each at midnight of the place."""
    begun = diary.first_day()
    if begun is None:
        return
    begun = max(begun, now.date() - timedelta(days=FARTHEST_DAYS))
    first = datetime.combine(begun - timedelta(days=1), time(), now.tzinfo)
    end = datetime.combine(now.date() + timedelta(days=2), time(), now.tzinfo)
    while first < end:
        last = min(first + _PIECE, end)
        yield first, last
        first = last
    # What is dated after today is hardly anything, if it is there at all.
    yield end, end.replace(year=min(end.year + _YEARS_AHEAD, date.max.year - 1), month=12, day=31)


def _doing(one: SessionSum, bedtime: frozenset[str]) -> Doing:
    return Doing(
        one.routine,
        day_of(one, bedtime),
        one.done_ms / 1000,
        one.planned_ms / 1000,
        one.started_at,
        one.left_ms / 1000,
        one.right_ms / 1000,
    )


def _first_day(
    nights: list[Night], cramps: list[Cramp], days: list[DayContext], sums: list[SessionSum]
) -> date | None:
    """Return when the program was first used: the earliest day on which anything was told."""
    told = [one.answered for one in nights]
    told.extend(one.noted or one.at for one in cramps)
    told.extend(one.answered for one in days)
    told.extend(one.started_at for one in sums)
    return min((at.date() for at in told), default=None)
