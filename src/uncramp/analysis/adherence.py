"""How much of the plan was done, and how much of a habit it has become.

Adherence is sessions done over sessions prescribed, at most whole for each day, and beside it the
seconds done over those prescribed (evidence page, adherence). Habit strength follows the formula
of Loop Habit Tracker: s = s m + c (1 - m), m = 0.5 ** (sqrt(f) / 13).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from uncramp.model.plan import DAYS_A_WEEK, Plan, PlanItem, monday

HALF_LIFE_DAYS = 13
"""Days after which half of a daily habit is forgotten (Loop Habit Tracker)."""


class Doing(NamedTuple):  # made in a seventh of the time of a dataclass
    """A session that was done for the plan.

    Attributes:
        routine: its id.
        day: that it counts for; a bedtime routine after midnight counts for the evening before.
        done_s: seconds of work done.
        planned_s: seconds of work that the routine asks for.
        at: when it began, with the offset of the place; None when not known.
        left_s: how much of it the left side did.
        right_s: and the right one.
    """

    routine: str
    day: date
    done_s: float
    planned_s: float
    at: datetime | None = None
    left_s: float = 0.0
    right_s: float = 0.0

    @property
    def share(self) -> float:
        """How much of it was done, 0 to 1."""
        return min(1.0, self.done_s / self.planned_s) if self.planned_s > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Adherence:
    """Done and prescribed.

    Attributes:
        done: sessions, in parts for those that were left early.
        prescribed: sessions.
        done_s: seconds of work.
        prescribed_s: seconds of work.
    """

    done: float = 0.0
    prescribed: float = 0.0
    done_s: float = 0.0
    prescribed_s: float = 0.0

    @property
    def share(self) -> float | None:
        """Sessions done over prescribed, 0 to 1; None when nothing was."""
        return min(1.0, self.done / self.prescribed) if self.prescribed > 0 else None

    @property
    def dose_share(self) -> float | None:
        """Seconds done over prescribed, 0 to 1; None when nothing was."""
        return min(1.0, self.done_s / self.prescribed_s) if self.prescribed_s > 0 else None

    def __add__(self, other: "Adherence") -> "Adherence":
        return Adherence(
            self.done + other.done,
            self.prescribed + other.prescribed,
            self.done_s + other.done_s,
            self.prescribed_s + other.prescribed_s,
        )


def weekly(
    plan: Plan,
    doings: Iterable[Doing],
    week: date,
    work_s: Mapping[str, float],
    until: date | None = None,
) -> dict[str, Adherence]:
    """Return the adherence of one week by routine.

    Args:
        plan: all that was planned; the items of that week count.
        doings: sessions; others than those of the week are ignored.
        week: any day of it.
        work_s: seconds of work of each routine, for days on which it was not done.
        until: the first day that is not judged yet; None judges the whole week.
    """
    first = monday(week)
    days = [first + timedelta(days=number) for number in range(DAYS_A_WEEK)]
    days = [day for day in days if until is None or day < until]
    shares: dict[tuple[str, date], float] = {}
    for doing in doings:
        key = (doing.routine, doing.day)
        # Twice on one day is one day kept to: at most whole.
        shares[key] = min(1.0, shares.get(key, 0.0) + doing.share)
    found: dict[str, Adherence] = {}
    for item in plan.items:
        made = _of_item(plan, item, days, shares, work_s.get(item.routine, 0.0))
        if made.prescribed:
            found[item.routine] = found.get(item.routine, Adherence()) + made
    return found


def week_so_far(
    plan: Plan, doings: Iterable[Doing], today: date, work_s: Mapping[str, float] | None = None
) -> dict[str, Adherence]:
    """Return how the plan was kept to, by routine, from this Monday on.

    What is due today is only judged when it was done: the day is not over.
    """
    done = tuple(doings)
    begun = {one.routine for one in done if one.day == today and one.share > 0}
    found: dict[str, Adherence] = {}
    for is_begun, until in ((True, today + timedelta(days=1)), (False, today)):
        items = tuple(item for item in plan.items if (item.routine in begun) is is_begun)
        part = weekly(plan._replace(items=items), done, today, work_s or {}, until)
        for routine, made in part.items():
            found[routine] = found.get(routine, Adherence()) + made
    return found


def _of_item(
    plan: Plan,
    item: PlanItem,
    days: Sequence[date],
    shares: Mapping[tuple[str, date], float],
    work_s: float,
) -> Adherence:
    active = [day for day in days if item.is_planned(day) and not plan.is_neutral(item, day)]
    if item.days:
        due = [day for day in active if day.weekday() in item.days]
        prescribed = float(len(due))
        done = sum(shares.get((item.routine, day), 0.0) for day in due)
    else:
        prescribed = item.times * len(active) / DAYS_A_WEEK
        done = min(prescribed, sum(shares.get((item.routine, day), 0.0) for day in active))
    return Adherence(done, prescribed, done * work_s, prescribed * work_s)


def due_on(plan: Plan, day: date) -> tuple[PlanItem, ...]:
    """Return what is planned for a day; items of so many times a week are due on every day."""
    return tuple(
        item
        for item in plan.items
        if item.is_planned(day)
        and not plan.is_neutral(item, day)
        and (not item.days or day.weekday() in item.days)
    )


def habit_strength(checks: Iterable[float | None], times_a_day: float, start: float = 0.0) -> float:
    """Return how strong a habit is, 0 to 1.

    Args:
        checks: how much was done on each day, 0 to 1, in order; None for a planned skip, which
            leaves the strength as it is.
        times_a_day: how often it is planned; 3 a week is 3/7.
        start: the strength before the first day.
    """
    kept = 0.5 ** (math.sqrt(times_a_day) / HALF_LIFE_DAYS)
    strength = start
    for check in checks:
        if check is not None:
            strength = strength * kept + min(1.0, check) * (1 - kept)
    return strength


def rolling_checks(done: Sequence[float | None], times: int, interval: int) -> list[float | None]:
    """Return what `habit_strength` takes of a habit of `times` in `interval` days.

    Each day is worth what was done in the last two intervals over twice the target, at most
    whole (Loop Habit Tracker, habits that are not daily).
    """
    window = 2 * interval
    checks: list[float | None] = []
    for number, value in enumerate(done):
        recent = [one for one in done[max(0, number - window + 1) : number + 1] if one is not None]
        checks.append(None if value is None else min(1.0, sum(recent) / (2 * times)))
    return checks
