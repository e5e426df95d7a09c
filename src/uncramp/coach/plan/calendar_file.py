"""The plan as a file for the calendar of a phone (iCalendar, RFC 5545).

Times are floating: 22:00 is where the runner is. A routine keeps its UID, so that a file that is
imported again changes the entry instead of adding one. A library for so few lines would bring
two others and the world's time zones along, none of which a floating time needs.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from uncramp.coach.plan.planning import planned, read_time
from uncramp.model.language import tr
from uncramp.model.plan import DAYS_A_WEEK, Plan, PlanItem, Tie

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST_LINE: Final = 75
"""In octets, without the line's end (RFC 5545, 3.1)."""
_WARNING: Final = "-PT5M"
_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)
_USUAL: Final = {
    Tie.MORNING: time(7, 30),
    Tie.BEFORE_RUN: time(17, 30),
    Tie.AFTER_RUN: time(18, 30),
    Tie.BEDTIME: time(22, 0),
    Tie.ANY_TIME: time(12, 0),
}


def calendar(
    plan: Plan, names: Mapping[str, str], lengths_s: Mapping[str, float], now: datetime
) -> bytes:
    """Return the file.

    Args:
        plan: what is planned at `now` is written.
        names: of the routines by id.
        lengths_s: of the routines by id, in seconds; without one it is a quarter of an hour.
        now: with its offset; later files count as newer.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Uncramp//Plan//EN", "CALSCALE:GREGORIAN"]
    for item in planned(plan, now.date()):
        length_s = lengths_s.get(item.routine, 15 * 60.0)
        lines += _event(item, names.get(item.routine, item.routine), length_s, now)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(item: PlanItem, name: str, length_s: float, now: datetime) -> list[str]:
    at = read_time(item.remind) or _USUAL[item.tie]
    days, first = _days(item, now.date())
    start = datetime.combine(first, at)
    end = start + timedelta(minutes=max(1, -(-round(length_s) // 60)))
    note = tr("Start it in Uncramp.")
    if item.times:
        note = tr("{n} times a week, on days of your choice.").format(n=item.times) + " " + note
    return [
        "BEGIN:VEVENT",
        f"UID:{item.routine}-{item.tie.value}@plan.uncramp",
        f"SEQUENCE:{int((now - _EPOCH).total_seconds() // 60)}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART:{start:%Y%m%dT%H%M%S}",
        f"DTEND:{end:%Y%m%dT%H%M%S}",
        "RRULE:FREQ=DAILY" if len(days) == DAYS_A_WEEK else f"RRULE:FREQ=WEEKLY;BYDAY={_by(days)}",
        f"SUMMARY:{_escaped(name)}",
        f"DESCRIPTION:{_escaped(note)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(name)}",
        f"TRIGGER:{_WARNING}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _days(item: PlanItem, today: date) -> tuple[frozenset[int], date]:
    """Return the days of the week and the first date; what has no days is spread over the week."""
    spread = {number * DAYS_A_WEEK // item.times for number in range(item.times)}
    days = item.days or frozenset(spread)
    after_midnight = item.tie is Tie.BEDTIME and (read_time(item.remind) or time(22)) < time(12)
    if after_midnight:
        days = frozenset((day + 1) % DAYS_A_WEEK for day in days)
    dates = (today + timedelta(days=number) for number in range(DAYS_A_WEEK))
    return days, next(one for one in dates if one.weekday() in days)


def _by(days: frozenset[int]) -> str:
    return ",".join(_DAYS[day] for day in sorted(days))


def _escaped(text: str) -> str:
    for letter in "\\;,":
        text = text.replace(letter, "\\" + letter)
    lines = "".join(one if one >= " " else "\n" for one in text.replace("\r\n", "\n"))
    return lines.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Break a line at 75 octets, never inside a letter (RFC 5545, 3.1)."""
    parts: list[bytes] = []
    part = b""
    for letter in line:
        encoded = letter.encode("utf-8", "replace")
        if len(part) + len(encoded) > _LONGEST_LINE:
            parts.append(part)
            part = b" "
        part += encoded
    return b"\r\n".join([*parts, part]) + b"\r\n"
