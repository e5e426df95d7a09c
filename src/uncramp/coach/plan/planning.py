"""The plan: what changes it, and how the sessions of the journal answer to it.

Every change has a day. What was planned before stays in the plan with its end, so that old weeks
are judged by what was planned then.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

from uncramp.analysis.adherence import Doing, open_items
from uncramp.model.crampday import EVENING_ENDS, NOON
from uncramp.model.plan import Pause, Plan, PlanItem, Skip, Tie, read_time
from uncramp.model.week import DAYS_A_WEEK

if TYPE_CHECKING:
    from uncramp.model.moment import Moment

EVERY_DAY = frozenset(range(DAYS_A_WEEK))
HOUR = timedelta(hours=1)


class SessionDone(Protocol):
    """What the plan asks of a session of the journal."""

    @property
    def routine(self) -> str:
        """The routine's id."""

    @property
    def started_at(self) -> datetime:
        """With the local offset of that place and time."""

    @property
    def planned_ms(self) -> int:
        """The prescribed work."""

    @property
    def done_ms(self) -> int:
        """The completed work."""


class Rhythm(NamedTuple):  # made in a seventh of the time of a dataclass
    """How often, and when, a routine is planned.

    Attributes:
        tie: what it is tied to.
        days: of the week, 0 for Monday; empty for so many times a week.
        times: a week; 0 when there are days.
        remind: "HH:MM" of the reminder; empty for none.
        remind_until: "HH:MM" until which it comes again every hour; empty for once.
    """

    tie: Tie
    days: frozenset[int] = EVERY_DAY
    times: int = 0
    remind: str = ""
    remind_until: str = ""

    @classmethod
    def of(cls, item: PlanItem) -> "Rhythm":
        """Return the rhythm of an item of the plan."""
        return cls(item.tie, item.days, item.times, item.remind, item.remind_until)


def tie_of(moment: "Moment") -> Tie:
    """Return what a routine is tied to, unless the runner wants something else."""
    from uncramp.model.moment import Moment  # when something is planned, not when it is looked at

    return {
        Moment.BEFORE_RUN: Tie.BEFORE_RUN,
        Moment.AFTER_RUN: Tie.AFTER_RUN,
        Moment.MORNING: Tie.MORNING,
        Moment.BEDTIME: Tie.BEDTIME,
    }.get(moment, Tie.ANY_TIME)


def planned(plan: Plan, day: date) -> tuple[PlanItem, ...]:
    """Return the items of that day's plan in the order of a day, whether they are due or not."""
    order = list(Tie)
    items = [item for item in plan.items if item.is_planned(day)]
    return tuple(sorted(items, key=lambda item: (order.index(item.tie), item.start, item.id)))


def with_routine(plan: Plan, routine: str, rhythm: Rhythm, day: date) -> Plan:
    """Return the plan with a routine from `day` on, beside what is planned of it already."""
    return plan._replace(items=(*plan.items, _item(routine, rhythm, day)))


def without_item(plan: Plan, item_id: str, day: date) -> Plan:
    """Return the plan that ends an item before `day`; what was never planned leaves it whole."""
    items = tuple(
        replace(item, end=day) if item.id == item_id else item
        for item in plan.items
        if item.id != item_id or item.start < day
    )
    return plan._replace(items=items)


def with_rhythm(plan: Plan, item_id: str, rhythm: Rhythm, day: date) -> Plan:
    """Return the plan in which an item has another rhythm from `day` on.

    Only another time of the reminder changes no week, so the item stays the same one.
    """
    old = next((item for item in plan.items if item.id == item_id), None)
    if old is None or Rhythm.of(old) == rhythm:
        return plan
    remind, until = rhythm.remind, rhythm.remind_until
    if Rhythm.of(old)._replace(remind=remind, remind_until=until) == rhythm:
        same = replace(old, remind=remind, remind_until=until)
        items = (same if item is old else item for item in plan.items)
        return plan._replace(items=tuple(items))
    new = _item(old.routine, rhythm, day)
    # A day that was already skipped stays skipped.
    kept = {Skip(new.id, skip.day) for skip in plan.skips if skip.item == item_id}
    changed = without_item(plan, item_id, day)
    return changed._replace(
        items=(*changed.items, new),
        skips=changed.skips | {skip for skip in kept if skip.day >= day},
    )


def with_pause(plan: Plan, start: date, end: date | None, reason: str) -> Plan:
    """Return the plan with a pause from `start` to before `end`; None until it is ended.

    Raises:
        ValueError: it would end before it begins.
    """
    if end is not None and end <= start:
        raise ValueError(f"a pause from {start} to {end}")
    return plan._replace(pauses=(*plan.pauses, Pause(_fresh_id(), start, end, reason)))


def resumed(plan: Plan, day: date) -> Plan:
    """Return the plan that goes on at `day`: pauses that cover it end there."""
    pauses = (
        pause._replace(end=day) if pause.covers(day) else pause
        for pause in plan.pauses
        if not (pause.covers(day) and pause.start >= day)
    )
    return plan._replace(pauses=tuple(pauses))


def with_skip(plan: Plan, item_id: str, day: date) -> Plan:
    """Return the plan that leaves an item out on one day."""
    return plan._replace(skips=plan.skips | {Skip(item_id, day)})


def without_skip(plan: Plan, item_id: str, day: date) -> Plan:
    """Return the plan that leaves it out no longer."""
    return plan._replace(skips=plan.skips - {Skip(item_id, day)})


def pause_on(plan: Plan, day: date) -> Pause | None:
    """Return the pause that covers a day."""
    return next((pause for pause in plan.pauses if pause.covers(day)), None)


def day_of(session: SessionDone, bedtime: frozenset[str]) -> date:
    """Return the day that a session counts for.

    What is done at bedtime after midnight belongs to the evening before, until that is over
    (docs/evidence.md#exposure-windows).
    """
    at = session.started_at
    is_late = session.routine in bedtime and at.time() < EVENING_ENDS
    return at.date() - timedelta(days=1 if is_late else 0)


def bedtime_routines(plan: Plan) -> frozenset[str]:
    """Return the routines that were ever tied to bedtime."""
    return frozenset(item.routine for item in plan.items if item.tie is Tie.BEDTIME)


def doings(plan: Plan, sessions: Iterable[SessionDone]) -> tuple[Doing, ...]:
    """Return the sessions as the adherence judges them."""
    bedtime = bedtime_routines(plan)
    return tuple(
        Doing(
            session.routine,
            day_of(session, bedtime),
            session.done_ms / 1000,
            session.planned_ms / 1000,
            session.started_at,
        )
        for session in sessions
    )


def open_on(plan: Plan, done: Iterable[Doing], day: date) -> tuple[PlanItem, ...]:
    """Return what is still to be done on a day, in the order of a day."""
    still_open = {item.id for item in open_items(plan, done, day)}
    return tuple(item for item in planned(plan, day) if item.id in still_open)


def reminder_slots(item: PlanItem, day: date) -> tuple[datetime, ...]:
    """Return when an item of a day is to be reminded of, by the clock on the wall.

    A reminder that comes every hour comes up to the last whole hour before `remind_until`.
    """
    first, last = reminder_at(item, day), read_time(item.remind_until)
    if first is None:
        return ()
    end = first if last is None else datetime.combine(first.date(), last)
    hours = int((end - first) / HOUR) if end > first else 0
    return tuple(first + HOUR * number for number in range(hours + 1))


def reminder_at(item: PlanItem, day: date) -> datetime | None:
    """Return when an item of a day is first reminded of, by the clock on the wall; None for never.

    A reminder for bedtime after midnight falls into the night of its day.
    """
    at = read_time(item.remind)
    if at is None:
        return None
    after_midnight = item.tie is Tie.BEDTIME and at < NOON
    return datetime.combine(day + timedelta(days=1 if after_midnight else 0), at)


def _item(routine: str, rhythm: Rhythm, day: date) -> PlanItem:
    return PlanItem(
        _fresh_id(),
        routine,
        rhythm.tie,
        rhythm.days,
        rhythm.times,
        day,
        remind=rhythm.remind,
        remind_until=rhythm.remind_until,
    )


def _fresh_id() -> str:
    from uuid import uuid4  # when something changes, not when the plan is looked at

    return str(uuid4())
