"""How much of the plan was done, counted in whole sessions, week by week.

Every page, the report, the command line and the files take their counts from here. Adherence is
sessions done over sessions planned (docs/evidence.md#adherence); an item asks for at most one
session a day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import add
from typing import NamedTuple

from uncramp.model.plan import Plan, PlanItem, Tie, read_time
from uncramp.model.week import DAYS_A_WEEK, week_start

DONE_FROM = 0.9
"""From this share of its work on a session counts as done. A short step that was skipped does not
undo a session (16 s of Quick 5 leave 93 % of it), a side or a set that is missing does."""
_MORNING_H, _NOON_H, _EVENING_H = 4, 12, 18


class Doing(NamedTuple):  # made in a seventh of the time of a dataclass
    """A session that was done for the plan.

    Attributes:
        routine: its id.
        day: that it counts for; a bedtime routine after midnight counts for the evening before.
        done_s: seconds of work done.
        planned_s: seconds of work that the routine asks for; 0 where they are not known, as for
            a session from a spreadsheet, which was written down because it was done.
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
        return min(1.0, self.done_s / self.planned_s) if self.planned_s > 0 else 1.0


@dataclass(frozen=True, slots=True)
class Adherence:
    """Whole sessions of the plan; what is neither done, partly done nor to come was missed.

    Attributes:
        planned: in all, those of this week that are still to come among them.
        done: of the planned ones.
        partly: begun, and left before they counted as done.
        to_come: not done yet, and their time is not over.
    """

    planned: int = 0
    done: int = 0
    partly: int = 0
    to_come: int = 0

    @property
    def share(self) -> float | None:
        """Sessions done over planned, 0 to 1; None when nothing was planned."""
        return self.done / self.planned if self.planned else None

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is to come, so that it can be judged."""
        return not self.to_come

    def __add__(self, other: "Adherence") -> "Adherence":
        return Adherence(
            self.planned + other.planned,
            self.done + other.done,
            self.partly + other.partly,
            self.to_come + other.to_come,
        )


def total(parts: Iterable[Adherence]) -> Adherence:
    """Return the sum of counts."""
    return reduce(add, parts, Adherence())


def weekly(plan: Plan, doings: Iterable[Doing], week: date, today: date) -> dict[str, Adherence]:
    """Return the counts of one week by item of the plan; items that asked for nothing are left out.

    A session on a fixed day is to come until it is done or its day is over; one of so many times a
    week, as long as there are days left for it.

    Args:
        plan: all that was planned; the items of that week count.
        doings: sessions; others than those of the week are ignored.
        week: any day of it.
        today: whose own sessions can still be done.
    """
    due = _due_days(plan, week)
    shares = _item_shares(due, doings)
    counts = {item.id: _count(item, days, shares, week, today) for item, days in due}
    return {item: count for item, count in counts.items() if count.planned}


def by_routine(plan: Plan, counts: Mapping[str, Adherence]) -> dict[str, Adherence]:
    """Return the counts of items as counts of routines, which may be planned more than once."""
    sums: dict[str, Adherence] = {}
    for item in plan.items:
        if item.id in counts:
            sums[item.routine] = sums.get(item.routine, Adherence()) + counts[item.id]
    return sums


def open_items(plan: Plan, doings: Iterable[Doing], day: date) -> tuple[PlanItem, ...]:
    """Return what is planned for a day and not done yet."""
    due = _due_days(plan, day)
    shares = _item_shares(due, doings)
    return tuple(
        item
        for item, days in due
        if day in days
        and not _is_done(shares, item, day)
        and (item.days or _count(item, days, shares, day, day).to_come)
    )


def due_on(plan: Plan, day: date) -> tuple[PlanItem, ...]:
    """Return what is planned for a day; items of so many times a week are due on every day."""
    return tuple(item for item in plan.items if _is_due(plan, item, day))


_Due = Sequence[tuple[PlanItem, Sequence[date]]]
"""Items of the plan, each with its days of a week."""
_Shares = Mapping[tuple[str, date], float]
"""How much of a session each item got on a day, 0 to 1."""


def _is_due(plan: Plan, item: PlanItem, day: date) -> bool:
    return (
        item.is_planned(day)
        and (not item.days or day.weekday() in item.days)
        and not plan.is_neutral(item, day)
    )


def _days(week: date) -> list[date]:
    first = week_start(week)
    return [first + timedelta(days=number) for number in range(DAYS_A_WEEK)]


def _due_days(plan: Plan, week: date) -> _Due:
    days = _days(week)
    # Of the many items of a plan that was changed often, few are of this week.
    items = [
        item
        for item in plan.items
        if item.start <= days[-1] and (item.end is None or item.end > days[0])
    ]
    due = ((item, [day for day in days if _is_due(plan, item, day)]) for item in items)
    return [(item, on) for item, on in due if on]


def _count(
    item: PlanItem, days: Sequence[date], shares: _Shares, week: date, today: date
) -> Adherence:
    planned = len(days) if item.days else _times(item, week, len(days))
    not_done = [day for day in days if not _is_done(shares, item, day)]
    done = min(planned, len(days) - len(not_done))
    to_come = min(planned - done, sum(day >= today for day in not_done))
    begun = sum(day < today and shares.get((item.id, day), 0.0) > 0 for day in not_done)
    return Adherence(planned, done, min(begun, planned - done - to_come), to_come)


def _is_done(shares: _Shares, item: PlanItem, day: date) -> bool:
    return shares.get((item.id, day), 0.0) >= DONE_FROM


def _times(item: PlanItem, week: date, due: int) -> int:
    """Return how many sessions an item of so many times a week asks for.

    Of n times the last one falls due at the end of the week and the others at equal distances
    before it. The parts of a week on both sides of a change thus ask for as many together as the
    whole week would. Days in a pause or left out take their share off, to the nearest whole.

    Args:
        item: of the plan.
        week: any day of it.
        due: how many days are left without pauses and what was left out.
    """
    planned = [number for number, day in enumerate(_days(week)) if item.is_planned(day)]
    before, after = planned[0], planned[-1] + 1
    times = item.times * after // DAYS_A_WEEK - item.times * before // DAYS_A_WEEK
    return (2 * times * due + len(planned)) // (2 * len(planned))


def _item_shares(due: _Due, doings: Iterable[Doing]) -> _Shares:
    """Share out the sessions of a week among the items of their routine.

    Two attempts on one day add up; what is left of a session when an item has enough goes to the
    next item of the same routine.
    """
    items: dict[tuple[str, date], list[PlanItem]] = {}
    for item, days in due:
        for day in days:
            items.setdefault((item.routine, day), []).append(item)
    shares: dict[tuple[str, date], float] = {}
    for doing in doings:
        # What counts as done fills an item, so that two such sessions fill two.
        left = 1.0 if doing.share >= DONE_FROM else doing.share
        for item in _fitting(items.get((doing.routine, doing.day), ()), doing.at):
            before = shares.get((item.id, doing.day), 0.0)
            taken = min(left, 1.0 - before)
            shares[item.id, doing.day] = before + taken
            left -= taken
    return shares


def _fitting(items: Sequence[PlanItem], at: datetime | None) -> Sequence[PlanItem]:
    """Return items in the order in which a session that began then counts for them."""
    if len(items) < 2:  # nearly always
        return items
    order = list(Tie)
    is_evening = at is not None and not _MORNING_H <= at.hour < _EVENING_H
    is_morning = at is not None and _MORNING_H <= at.hour < _NOON_H
    reminded = {item.id: read_time(item.remind) for item in items}

    def minutes_apart(item: PlanItem) -> int:
        """Return how far the session is from the reminder, where every item has one."""
        begin = reminded[item.id]
        if at is None or begin is None or None in reminded.values():
            return 0
        end = max(begin, read_time(item.remind_until) or begin)
        nearest = min(max(at.time(), begin), end)
        return abs((at.hour - nearest.hour) * 60 + at.minute - nearest.minute)

    def rank(item: PlanItem) -> tuple[bool, bool, int, int]:
        misfit = (item.tie is Tie.BEDTIME) != is_evening or (
            item.tie is Tie.MORNING and not is_morning
        )
        return not item.days, misfit, minutes_apart(item), order.index(item.tie)

    return sorted(items, key=rank)
