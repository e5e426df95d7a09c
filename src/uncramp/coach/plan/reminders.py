"""Which reminder is due now, which was missed, and which comes next.

Everything is asked of the clock on the wall each time, never counted: a computer that slept, a
clock that was set and a journey change nothing but the answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from uncramp.analysis.adherence import Doing, due_on
from uncramp.coach.opening import FILE_NAME, read_notes
from uncramp.coach.plan.planning import HOUR, open_on, reminder_at, reminder_slots
from uncramp.model.plan import DAYS_A_WEEK, Plan, PlanItem, read_time

LATE: Final = timedelta(hours=2)
"""So long after its time a reminder still makes sense; later it is told as missed."""
HALF_AN_HOUR: Final = timedelta(minutes=30)
"""Who did it so short a time before its hour has done it for that hour."""
FORGOTTEN: Final = timedelta(hours=24)
"""After this nothing is told of it any more."""
_KEPT: Final = timedelta(days=8)


class Snooze(Enum):
    """How long a reminder is put off."""

    TEN_MINUTES = timedelta(minutes=10)
    HOUR = timedelta(hours=1)
    TOMORROW = timedelta(days=1)


class Reminder(NamedTuple):  # made in a seventh of the time of a dataclass
    """One reminder of one day.

    Attributes:
        item: the item of the plan.
        day: that it is planned for.
        at: when it is due, by the clock on the wall.
        slot: the time that it was planned for, where the item has more than one on a day.
    """

    item: PlanItem
    day: date
    at: datetime
    slot: str = ""

    @property
    def key(self) -> str:
        """What tells it from every other."""
        slot = f" {self.slot}" if self.slot else ""
        return f"{self.item.id}{slot} {self.day.isoformat()}"


class Memory(NamedTuple):
    """What is kept from one start to the next beside the journal.

    Attributes:
        welcomed: whether the first questions were answered or put away.
        has_plan: whether the program opens on the day's page.
        told: keys of reminders that were told.
        later: when reminders that were put off come back, by key.
        muscles: where cramps come, as the first questions were answered.
    """

    welcomed: bool = False
    has_plan: bool = False
    told: frozenset[str] = frozenset()
    later: Mapping[str, datetime] = MappingProxyType({})
    muscles: tuple[str, ...] = ()


class Outlook(NamedTuple):
    """The reminders as they are at one instant.

    Attributes:
        due: to be told now.
        missed: to be told once as missed.
        coming: the next one; None when there is none within a week.
    """

    due: tuple[Reminder, ...] = ()
    missed: tuple[Reminder, ...] = ()
    coming: Reminder | None = None


def outlook(plan: Plan, done: Iterable[Doing], memory: Memory, now: datetime) -> Outlook:
    """Return what is due, missed and next; what was done is none of these.

    Args:
        plan: all that was planned.
        done: sessions of this week and the last.
        memory: what was told already.
        now: with the local offset; only what the clock on the wall shows counts.
    """
    wall = now.replace(tzinfo=None)
    done = tuple(done)
    due: list[Reminder] = []
    missed: list[Reminder] = []
    coming: list[Reminder] = []
    for back in (1, 0):
        day = wall.date() - timedelta(days=back)
        for one in _of_day(plan, done, memory, day, wall):
            if one.at > wall:
                coming.append(one)
            elif one.key in memory.told or wall - one.at >= FORGOTTEN:
                continue
            elif wall - one.at <= LATE:
                due.append(one)
            else:
                missed.append(one)
    coming.extend(_of_next_days(plan, wall.date()))
    first = min(coming, key=lambda one: (one.at, one.item.id), default=None)
    return Outlook(tuple(due), tuple(missed), first)


def _of_day(
    plan: Plan, done: tuple[Doing, ...], memory: Memory, day: date, wall: datetime
) -> Iterable[Reminder]:
    still_open = open_on(plan, done, day)
    for item in due_on(plan, day):
        reminders = [
            reminder._replace(at=max(reminder.at, memory.later.get(reminder.key, reminder.at)))
            for reminder in _reminders(item, day)
        ]
        if len(reminders) > 1:
            yield from _hourly(reminders, done, wall)
        elif item in still_open:
            yield from reminders


def _reminders(item: PlanItem, day: date) -> tuple[Reminder, ...]:
    slots = reminder_slots(item, day)
    if len(slots) == 1:
        return (Reminder(item, day, slots[0]),)
    return tuple(Reminder(item, day, at, f"{at:%H:%M}") for at in slots)


def _hourly(
    reminders: Sequence[Reminder], done: Iterable[Doing], wall: datetime
) -> Iterable[Reminder]:
    """Yield what is still to come, and the last hour's where nothing was done for it.

    Having done it once does not end the others, and an hour that has passed is not missed: the
    next one makes up for it.
    """
    begun = [
        doing.at.replace(tzinfo=None)
        for doing in done
        if doing.routine == reminders[0].item.routine and doing.at is not None
    ]
    passed = [reminder for reminder in reminders if reminder.at <= wall]
    yield from (reminder for reminder in reminders if reminder.at > wall)
    last = max(passed, key=_time, default=None)
    if (
        last is not None
        and wall - last.at < HOUR
        and not any(last.at - HALF_AN_HOUR <= at <= wall for at in begun)
    ):
        yield last


def _time(reminder: Reminder) -> datetime:
    return reminder.at


def _of_next_days(plan: Plan, today: date) -> Iterable[Reminder]:
    for ahead in range(1, DAYS_A_WEEK + 1):
        day = today + timedelta(days=ahead)
        for item in due_on(plan, day):
            yield from _reminders(item, day)[:1]


def told(memory: Memory, reminders: Iterable[Reminder]) -> Memory:
    """Return the memory of having told them."""
    return memory._replace(told=memory.told | {one.key for one in reminders})


def put_off(memory: Memory, reminder: Reminder, by: Snooze, plan: Plan, now: datetime) -> Memory:
    """Return the memory in which a reminder comes back later.

    "Tomorrow" leaves it to tomorrow's own reminder where there is one; of one that comes every
    hour, the rest of the day is silent.
    """
    wall = now.replace(tzinfo=None)
    if by is Snooze.TOMORROW:
        tomorrow = reminder.day + timedelta(days=1)
        of_day = _reminders(reminder.item, reminder.day)
        if len(of_day) > 1 or any(item.id == reminder.item.id for item in due_on(plan, tomorrow)):
            return told(memory, of_day)
        at = (reminder_at(reminder.item, reminder.day) or wall) + by.value
    else:
        at = wall + by.value
    return memory._replace(
        told=memory.told - {reminder.key},
        later={**memory.later, reminder.key: at},
    )


def is_quiet(now: datetime, start: str, end: str) -> bool:
    """Whether the quiet hours from `start` to `end` ("HH:MM") hold; never when one is missing."""
    first, last = read_time(start), read_time(end)
    if first is None or last is None or first == last:
        return False
    at = now.time()
    return first <= at < last if first < last else at >= first or at < last


def load_memory(folder: Path) -> Memory:
    """Return what was kept; what cannot be read is as if it were new."""
    known: dict[str, Any] = dict(read_notes(folder))
    try:
        return Memory(
            known.get("welcomed") is True,
            known.get("has_plan") is True,
            frozenset(str(key) for key in known.get("told", ())),
            {
                str(key): datetime.fromisoformat(at).replace(tzinfo=None)
                for key, at in known.get("later", {}).items()
            },
            tuple(str(muscle) for muscle in known.get("muscles", ())),
        )
    except (ValueError, TypeError, AttributeError):
        return Memory(known.get("welcomed") is True, known.get("has_plan") is True)


def save_memory(folder: Path, memory: Memory, today: date) -> None:
    """Keep it, without what nobody will ask for any more.

    Raises:
        EnvironmentFault: it cannot be written.
    """
    import json

    from uncramp.coach.whole_file import write_own  # when something is saved

    told_still = sorted(key for key in memory.told if _is_kept(key, today))
    later = {key: at.isoformat() for key, at in memory.later.items() if _is_kept(key, today)}
    content = {
        "welcomed": memory.welcomed,
        "has_plan": memory.has_plan,
        "muscles": memory.muscles,
        "told": told_still,
        "later": later,
    }
    write_own(folder / FILE_NAME, json.dumps(content, indent=1).encode())


def _is_kept(key: str, today: date) -> bool:
    try:
        return abs(today - date.fromisoformat(key.rpartition(" ")[2])) <= _KEPT
    except ValueError:
        return False
