"""How the plan was kept to: week by week, by routine, and what has become a habit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Final

from uncramp.analysis.adherence import Adherence, week_so_far, weekly
from uncramp.coach.plan.planning import doings, habits
from uncramp.coach.plan.today import plan_day
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.plan import DAYS_A_WEEK, Plan, monday

if TYPE_CHECKING:
    from uncramp.coach.coach import Coach
    from uncramp.journal.sums import SessionSum

WEEKS: Final = 8
_BACK: Final = timedelta(days=400)
"""What is older has no weight in a habit any more: less than a thousandth even once a week."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the plan.

    Attributes:
        start: its Monday.
        total: of all routines.
        routines: by routine id.
    """

    start: date
    total: Adherence
    routines: Mapping[str, Adherence]


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """The plan and how it was kept to.

    Attributes:
        plan: all that was planned.
        day: from which changes count.
        weeks: the last ones in which anything was planned, newest first.
        habits: strength by routine id, 0 to 1.
    """

    plan: Plan
    day: date
    weeks: tuple[Week, ...]
    habits: Mapping[str, float]


def read_record(coach: "Coach") -> PlanRecord:
    """Return the plan's record as the journal knows it.

    Raises:
        EnvironmentFault: the journal cannot be read.
    """
    from uncramp.journal.sums import session_sums  # with the first look at the plan

    diary, journal = coach.diary, coach.journal
    if diary is None or journal is None:
        raise coach.journal_fault or EnvironmentFault(tr("The journal cannot be opened."))
    now = coach.read_date()
    sums = session_sums(journal, now - _BACK, now + timedelta(days=1))
    return record(diary.plan(), sums, now)


def record(plan: Plan, sums: "tuple[SessionSum, ...]", now: datetime) -> PlanRecord:
    """Judge the sessions by what was planned in their weeks."""
    day = plan_day(now)
    done = doings(plan, sums)
    weeks: list[Week] = []
    for back in range(WEEKS):
        start = monday(day) - timedelta(days=back * DAYS_A_WEEK)
        kept = week_so_far(plan, done, day) if back == 0 else weekly(plan, done, start, {})
        if kept:
            weeks.append(Week(start, reduce(add, kept.values(), Adherence()), kept))
    return PlanRecord(plan, day, tuple(weeks), habits(plan, done, day))
