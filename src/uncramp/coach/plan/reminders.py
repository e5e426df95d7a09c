"""Which reminder is due now, and which comes next.

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
from uncramp.coach.plan.planning import HOUR, open_on, reminder_slots
from uncramp.model.plan import Plan, PlanItem, Tie, read_time
from uncramp.model.week import DAYS_A_WEEK

HALF_AN_HOUR: Final = timedelta(minutes=30)
"""Who did it so short a time before its hour has done it for that hour."""
LATE: Final = timedelta(hours=2)
"""So long after its time a reminder still makes sense; what is open stands on the day's page."""
_KEPT: Final = timedelta(days=8)


class Snooze(Enum):
    """How long a reminder is put off."""

    TEN_MINUTES = timedelta(minutes=10)
    HOUR = timedelta(hours=1)


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
        times: when they come, likewise.
    """

    welcomed: bool = False
    has_plan: bool = False
    told: frozenset[str] = frozenset()
    later: Mapping[str, datetime] = MappingProxyType({})
    muscles: tuple[str, ...] = ()
    times: tuple[str, ...] = ()

    @property
    def first_ties(self) -> frozenset[Tie]:
        """What the routines are tied to that the user needs most."""
        ties = {"night": Tie.BEDTIME, "run": Tie.BEFORE_RUN, "after": Tie.AFTER_RUN}
        return frozenset(ties[time] for time in self.times if time in ties)


class Outlook(NamedTuple):
    """The reminders as they are at one instant.

    Attributes:
        due: to be told now.
        coming: the next one; None when there is none within a week.
        fired: those of the last hours, told or not, whose routine is still open.
    """

    due: tuple[Reminder, ...] = ()
    coming: Reminder | None = None
    fired: tuple[Reminder, ...] = ()


def outlook(plan: Plan, done: Iterable[Doing], memory: Memory, now: datetime) -> Outlook:
    """Return what is due and next; what was done is neither.

    Args:
        plan: all that was planned.
        done: sessions of this week and the last.
        memory: what was told already.
        now: with the local offset; only what the clock on the wall shows counts.
    """
    wall = now.replace(tzinfo=None)
    done = tuple(done)
    due: list[Reminder] = []
    coming: list[Reminder] = []
    fired: list[Reminder] = []
    for back in (1, 0):
        day = wall.date() - timedelta(days=back)
        for one in _of_day(plan, done, memory, day, wall):
            if one.at > wall:
                coming.append(one)
            elif wall - one.at <= LATE:
                fired.append(one)
                if one.key not in memory.told:
                    due.append(one)
    coming.extend(_of_next_days(plan, wall.date()))
    first = min(coming, key=lambda one: (one.at, one.item.id), default=None)
    return Outlook(tuple(due), first, tuple(fired))


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


def put_off(memory: Memory, reminder: Reminder, by: Snooze, now: datetime) -> Memory:
    """Return the memory in which a reminder comes back later."""
    return memory._replace(
        told=memory.told - {reminder.key},
        later={**memory.later, reminder.key: now.replace(tzinfo=None) + by.value},
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
            tuple(str(time) for time in known.get("times", ())),
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
        "times": memory.times,
        "told": told_still,
        "later": later,
    }
    write_own(folder / FILE_NAME, json.dumps(content, indent=1).encode())


def _is_kept(key: str, today: date) -> bool:
    try:
        return abs(today - date.fromisoformat(key.rpartition(" ")[2])) <= _KEPT
    except ValueError:
        return False
