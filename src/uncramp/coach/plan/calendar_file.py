"""The plan as a file for the calendar of a phone (iCalendar, RFC 5545).

Times are floating: 22:00 is where the runner is. What has no reminder is an entry of the whole day,
without an alarm, and what has no fixed days is not in the file. A routine keeps its UID, so that a
file that is imported again changes the entry instead of adding one; days of a pause and days left
out as planned are taken out of it. A file that is kept in a folder is written anew with the plan:
what has not changed stays as it was, to the letter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from uncramp.coach.icalendar import Event, calendar_bytes, event_lines, with_history
from uncramp.coach.plan.planning import planned, reminder_slots
from uncramp.coach.whole_file import write_whole
from uncramp.model.crampday import NOON
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.plan import Plan, PlanItem, Tie, read_time
from uncramp.model.week import DAYS_A_WEEK

FILE_NAME: Final = "uncramp-plan.ics"
_MARK: Final = "-//Uncramp//Plan//EN"
_HOST: Final = "plan.uncramp"
_LARGEST: Final = 1_000_000
_LONGEST_PAUSE: Final = 400
"""So many days of a pause are taken out at most."""
_CHANGING: Final = ("SEQUENCE:", "DTSTAMP:", "LAST-MODIFIED:", "DTSTART", "DTEND")
"""What may differ although the plan is the same: the first day is that of the writing."""
_WARNING: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Known:
    """What the file says of the routines.

    Attributes:
        names: by id.
        lengths_s: by id, in seconds; without one it is a quarter of an hour.
    """

    names: Mapping[str, str]
    lengths_s: Mapping[str, float]


def keep_calendar(folder: Path, plan: Plan, known: Known, now: datetime) -> bool:
    """Write the file into a folder when it differs from the one there; tell whether it did.

    Raises:
        EnvironmentFault: the folder is gone, the file is somebody else's, or cannot be written.
    """
    path = folder / FILE_NAME
    try:
        if not folder.is_dir():
            words = tr("The calendar file was not written: the folder {folder} does not exist.")
            raise EnvironmentFault(words.format(folder=folder))
        before = b""
        if path.exists():
            with path.open("rb") as file:
                before = file.read(_LARGEST)
    except OSError as error:
        words = tr("The calendar file {path} cannot be read: {reason}.")
        reason = error.strerror or error
        raise EnvironmentFault(words.format(path=path, reason=reason)) from error
    if before and _MARK.encode() not in before:
        words = tr("{path} is not an Uncramp calendar file; it was left unchanged.")
        raise EnvironmentFault(words.format(path=path))
    content = calendar(plan, known, now, before)
    if content == before:
        return False
    write_whole(path, content)
    return True


def calendar(plan: Plan, known: Known, now: datetime, before: bytes = b"") -> bytes:
    """Return the file.

    Args:
        plan: what is planned at `now` is written.
        known: what the routines are called, and how long they take.
        now: with its offset; later files count as newer.
        before: the file that this one takes the place of.
    """
    old = dict(_events(before))
    events = []
    written: dict[str, int] = {}
    for item in planned(plan, now.date()):
        name = f"{item.routine}-{item.tie.value}"
        number = written[name] = written.get(name, 0) + 1
        uid = name if number == 1 else f"{name}-{number}"
        for event in _events_of(item, uid, plan, known, now.date()):
            lines = event_lines(event)
            events.append(_newer(lines, old.get(event.uid, []), now))
    return calendar_bytes(_MARK, events)


def without_days(plan: Plan, day: date) -> tuple[PlanItem, ...]:
    """Return what of a day's plan has no fixed days, and so no entry in a calendar."""
    return tuple(item for item in planned(plan, day) if not item.days)


def _events(file: bytes) -> Iterator[tuple[str, list[str]]]:
    """Return the events of an earlier file, line by line, by their UID."""
    text = file.decode("utf-8", "replace").replace("\r\n ", "")
    event: list[str] = []
    for line in text.split("\r\n"):
        event = [line] if line == "BEGIN:VEVENT" else [*event, line]
        if line == "END:VEVENT":
            yield _value(event, "UID"), event
            event = []


def _newer(event: list[str], old: list[str], now: datetime) -> list[str]:
    """Return the old form of an event that has not changed, or the new one with a higher number."""
    if (
        old
        and _lasting(old) == _lasting(event)
        and _value(old, "DTSTART") <= _value(event, "DTSTART")
    ):
        return old
    return with_history(event, now, _value(old, "SEQUENCE"))


def _lasting(event: list[str]) -> list[str]:
    """Return what makes an event another one: all but its history and its first day."""
    times = [_value(event, name).partition("T")[2] for name in ("DTSTART", "DTEND")]
    return [*times, *(line for line in event if not line.startswith(_CHANGING))]


def _value(event: list[str], name: str) -> str:
    """Return the value of a property, whatever its parameters are; "" where there is none."""
    begins = (f"{name}:", f"{name};")
    return next((line.partition(":")[2] for line in event if line.startswith(begins)), "")


def _events_of(item: PlanItem, uid: str, plan: Plan, known: Known, today: date) -> Iterator[Event]:
    """Yield the entries of an item: one for each reminder of a day, or one for the whole day.

    What is planned so many times a week has no day, and what has no reminder has no time: neither
    is made up.
    """
    if not item.days:
        return
    shift = _shift(item)
    days = frozenset((day + shift) % DAYS_A_WEEK for day in item.days)
    dates = (today + timedelta(days=number) for number in range(DAYS_A_WEEK))
    first = next(day for day in dates if day.weekday() in days)
    last = _last_day(plan)
    if last is not None and first > last:
        return
    length_s = known.lengths_s.get(item.routine, 15 * 60.0)
    whole_day = Event(
        f"{uid}@{_HOST}",
        first,
        known.names.get(item.routine, item.routine),
        tr("Start it in Uncramp."),
        days=days,
        until=last,
        left_out=tuple(_left_out(item, plan, days, shift)),
    )
    slots = reminder_slots(item, first - timedelta(days=shift))
    if not slots:
        yield whole_day
    for number, slot in enumerate(slots):
        yield replace(
            whole_day,
            uid=f"{uid}-{slot:%H%M}@{_HOST}" if number else f"{uid}@{_HOST}",
            start=slot,
            length=timedelta(minutes=max(1, -(-round(length_s) // 60))),
            alarm=_WARNING,
        )


def _shift(item: PlanItem) -> int:
    """Return how many days later it takes place: bedtime may be after midnight."""
    at = read_time(item.remind)
    return int(item.tie is Tie.BEDTIME and at is not None and at < NOON)


def _last_day(plan: Plan) -> date | None:
    """Return the last day before a pause without an end."""
    begun = [pause.start for pause in plan.pauses if pause.end is None]
    return min(begun) - timedelta(days=1) if begun else None


def _left_out(item: PlanItem, plan: Plan, days: frozenset[int], shift: int) -> list[date]:
    """Return the days of an item, as they are in a calendar, on which it does not take place."""
    neutral = {skip.day for skip in plan.skips if skip.item == item.id}
    for pause in plan.pauses:
        length = min(_LONGEST_PAUSE, (pause.end - pause.start).days) if pause.end else 0
        neutral |= {pause.start + timedelta(days=number) for number in range(length)}
    shown = (day + timedelta(days=shift) for day in neutral if day >= item.start)
    return sorted(day for day in shown if day.weekday() in days)
