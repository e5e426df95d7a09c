"""How the plan was kept to: the last weeks, by item of the plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from uncramp.analysis.adherence import Adherence, total, weekly
from uncramp.coach.plan.planning import doings
from uncramp.coach.plan.today import plan_day
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.plan import Plan
from uncramp.model.week import DAYS_A_WEEK, week_start

if TYPE_CHECKING:
    from uncramp.coach.coach import Coach
    from uncramp.journal.sums import SessionSum

WEEKS: Final = 8


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the plan.

    Attributes:
        start: its Monday.
        total: of all items.
        items: by item of the plan.
    """

    start: date
    total: Adherence
    items: Mapping[str, Adherence]


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """The plan and how it was kept to.

    Attributes:
        plan: all that was planned.
        day: from which changes count.
        weeks: the running one, and those before it in which anything was planned, newest first.
    """

    plan: Plan
    day: date
    weeks: tuple[Week, ...]

    @property
    def this_week(self) -> Week:
        """The running week, also when nothing of it was planned."""
        return self.weeks[0]


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
    begin = now - timedelta(days=(WEEKS + 1) * DAYS_A_WEEK)
    sums = session_sums(journal, begin, now + timedelta(days=1))
    return record(diary.plan(), sums, now)


def record(plan: Plan, sums: "tuple[SessionSum, ...]", now: datetime) -> PlanRecord:
    """Judge the sessions by what was planned in their weeks."""
    day = plan_day(now)
    done = doings(plan, sums)
    weeks: list[Week] = []
    for back in range(WEEKS):
        start = week_start(day) - timedelta(days=back * DAYS_A_WEEK)
        items = weekly(plan, done, start, day)
        if items or not back:
            weeks.append(Week(start, total(items.values()), items))
    return PlanRecord(plan, day, tuple(weeks))
