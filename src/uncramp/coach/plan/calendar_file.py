"""The plan as a file for the calendar of a phone (iCalendar, RFC 5545).

Times are floating: 22:00 is where the runner is. A routine keeps its UID, so that a file that is
imported again changes the entry instead of adding one; days of a pause and days left out as planned
are taken out of it. A file that is kept in a folder is written anew with the plan: what has not
changed stays as it was, to the letter. A library for so few lines would bring
two others and the world's time zones along, none of which a floating time needs.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from uncramp.coach.icalendar import content_line, text_value
from uncramp.coach.plan.planning import planned
from uncramp.coach.whole_file import write_whole
from uncramp.model.crampday import NOON
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.plan import DAYS_A_WEEK, Plan, PlanItem, Tie, read_time

FILE_NAME: Final = "uncramp-plan.ics"
_MARK: Final = "PRODID:-//Uncramp//Plan//EN"
_LARGEST: Final = 1_000_000
_LONGEST_PAUSE: Final = 400
"""So many days of a pause are taken out at most."""
_CHANGING: Final = ("SEQUENCE:", "DTSTAMP:", "LAST-MODIFIED:", "DTSTART:", "DTEND:")
"""What may differ although the plan is the same: the first day is that of the writing."""
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WARNING: Final = "-PT5M"
_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)
_USUAL: Final = {
    Tie.MORNING: time(7, 30),
    Tie.BEFORE_RUN: time(17, 30),
    Tie.AFTER_RUN: time(18, 30),
    Tie.BEDTIME: time(22, 0),
    Tie.ANY_TIME: time(12, 0),
}


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
            told = tr("The calendar file was not written: the folder {folder} is not there.")
            raise EnvironmentFault(told.format(folder=folder))
        before = b""
        if path.exists():
            with path.open("rb") as file:
                before = file.read(_LARGEST)
    except OSError as error:
        told = tr("The calendar file {path} cannot be read: {reason}.")
        reason = error.strerror or error
        raise EnvironmentFault(told.format(path=path, reason=reason)) from error
    if before and _MARK.encode() not in before:
        told = tr("{path} is not a calendar file of Uncramp; it was left as it is.")
        raise EnvironmentFault(told.format(path=path))
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
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", _MARK, "CALSCALE:GREGORIAN"]
    old = dict(_events(before))
    written: set[str] = set()
    for item in planned(plan, now.date()):
        uid = f"{item.routine}-{item.tie.value}@plan.uncramp"
        event = [] if uid in written else _event(item, uid, plan, known, now)
        if event:
            written.add(uid)
            lines += _with_history(event, old.get(uid, []), now)
    lines.append("END:VCALENDAR")
    return b"".join(content_line(line) for line in lines)


def _events(file: bytes) -> Iterator[tuple[str, list[str]]]:
    """Return the events of an earlier file, line by line, by their UID."""
    text = file.decode("utf-8", "replace").replace("\r\n ", "")
    event: list[str] = []
    for line in text.split("\r\n"):
        event = [line] if line == "BEGIN:VEVENT" else [*event, line]
        if line == "END:VEVENT":
            yield _value(event, "UID"), event
            event = []


def _with_history(event: list[str], old: list[str], now: datetime) -> list[str]:
    """Return the old form of an event that has not changed, or the new one with a higher number."""
    if (
        old
        and _lasting(old) == _lasting(event)
        and _value(old, "DTSTART") <= _value(event, "DTSTART")
    ):
        return old
    minutes = int((now - _EPOCH).total_seconds() // 60)
    last = _value(old, "SEQUENCE")
    sequence = max(minutes, int(last) + 1 if re.fullmatch(r"[0-9]{1,9}", last) else 0)
    stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    history = [f"SEQUENCE:{sequence}", f"DTSTAMP:{stamp}", f"LAST-MODIFIED:{stamp}"]
    return [*event[:2], *history, *event[2:]]


def _lasting(event: list[str]) -> list[str]:
    """Return what makes an event another one: all but its history and its first day."""
    times = [_value(event, name).partition("T")[2] for name in ("DTSTART", "DTEND")]
    return [*times, *(line for line in event if not line.startswith(_CHANGING))]


def _value(event: list[str], name: str) -> str:
    return next((one[len(name) + 1 :] for one in event if one.startswith(f"{name}:")), "")


def _event(item: PlanItem, uid: str, plan: Plan, known: Known, now: datetime) -> list[str]:
    """Return the lines of an event without its history; none when it never takes place."""
    name = known.names.get(item.routine, item.routine)
    length_s = known.lengths_s.get(item.routine, 15 * 60.0)
    at = read_time(item.remind) or _USUAL[item.tie]
    days, first = _days(item, now.date())
    last = _last_day(plan)
    if last is not None and first > last:
        return []
    start = datetime.combine(first, at)
    end = start + timedelta(minutes=max(1, -(-round(length_s) // 60)))
    note = tr("Start it in Uncramp.")
    if item.times:
        note = tr("{n} times a week, on days of your choice.").format(n=item.times) + " " + note
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTART:{start:%Y%m%dT%H%M%S}",
        f"DTEND:{end:%Y%m%dT%H%M%S}",
        _rule(days) + (f";UNTIL={last:%Y%m%d}T235959" if last else ""),
        *(f"EXDATE:{datetime.combine(day, at):%Y%m%dT%H%M%S}" for day in _left_out(item, plan)),
        f"SUMMARY:{text_value(name)}",
        f"DESCRIPTION:{text_value(note)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{text_value(name)}",
        f"TRIGGER:{_WARNING}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _days(item: PlanItem, today: date) -> tuple[frozenset[int], date]:
    """Return the days of the week and the first date; what has no days is spread over the week."""
    spread = {number * DAYS_A_WEEK // item.times for number in range(item.times)}
    days = item.days or frozenset(spread)
    days = frozenset((day + _shift(item)) % DAYS_A_WEEK for day in days)
    dates = (today + timedelta(days=number) for number in range(DAYS_A_WEEK))
    return days, next(one for one in dates if one.weekday() in days)


def _shift(item: PlanItem) -> int:
    """Return how many days later it takes place: bedtime may be after midnight."""
    at = read_time(item.remind)
    return int(item.tie is Tie.BEDTIME and at is not None and at < NOON)


def _rule(days: frozenset[int]) -> str:
    if len(days) == DAYS_A_WEEK:
        return "RRULE:FREQ=DAILY"
    return "RRULE:FREQ=WEEKLY;BYDAY=" + ",".join(_DAYS[day] for day in sorted(days))


def _last_day(plan: Plan) -> date | None:
    """Return the last day before a pause without an end."""
    begun = [pause.start for pause in plan.pauses if pause.end is None]
    return min(begun) - timedelta(days=1) if begun else None


def _left_out(item: PlanItem, plan: Plan) -> list[date]:
    """Return the days of an item, as they are in a calendar, on which it does not take place."""
    days = {skip.day for skip in plan.skips if skip.item == item.id}
    for pause in plan.pauses:
        length = min(_LONGEST_PAUSE, (pause.end - pause.start).days) if pause.end else 0
        days |= {pause.start + timedelta(days=number) for number in range(length)}
    of_week, _ = _days(item, item.start)
    shown = (day + timedelta(days=_shift(item)) for day in days if day >= item.start)
    return sorted(day for day in shown if day.weekday() in of_week)
