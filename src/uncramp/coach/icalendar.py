"""Files for calendars (iCalendar, RFC 5545): the only place that writes them.

An event is of whole days, at a floating time (without an offset: where the reader is), or at an
instant (with an offset: written in UTC, which Outlook, Apple and Google read alike and which needs
no table of time zones). A library for so few lines would bring two others along, and all the
world's time zones.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from uncramp.model.week import DAYS_A_WEEK

LONGEST_LINE: Final = 75
"""In octets, without the line's end (RFC 5545, 3.1)."""
_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of a calendar.

    Attributes:
        uid: the same for what is to take the place of an earlier entry.
        start: a day, or a time with or without an offset.
        title: in a few words.
        text: the rest.
        length: of an event with a time.
        alarm: so long before the start; None for no alarm.
        days: of the week on which it comes again, 0 for Monday; empty for once.
        until: the last day on which it may come again; None for no end.
        left_out: days on which it does not come.
    """

    uid: str
    start: date
    title: str
    text: str
    length: timedelta = timedelta()
    alarm: timedelta | None = None
    days: frozenset[int] = frozenset()
    until: date | None = None
    left_out: tuple[date, ...] = ()


def event_lines(event: Event) -> list[str]:
    """Return the lines of an event without its history."""
    lines = ["BEGIN:VEVENT", f"UID:{event.uid}", _when("DTSTART", event.start)]
    if isinstance(event.start, datetime):
        lines.append(_when("DTEND", event.start + event.length))
    if event.days:
        lines.append(_rule(event))
    for day in event.left_out:
        begin = event.start
        if isinstance(begin, datetime):
            lines.append(_when("EXDATE", datetime.combine(day, begin.timetz())))
        else:
            lines.append(_when("EXDATE", day))
    lines += [
        f"SUMMARY:{text_value(event.title)}",
        f"DESCRIPTION:{text_value(event.text)}",
        "TRANSP:TRANSPARENT",
    ]
    if event.alarm is not None:
        lines += [
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{text_value(event.title)}",
            f"TRIGGER:-PT{round(event.alarm.total_seconds() / 60)}M",
            "END:VALARM",
        ]
    return [*lines, "END:VEVENT"]


def with_history(lines: Sequence[str], now: datetime, last: str = "") -> list[str]:
    """Return the lines of an event that is newer than the one whose SEQUENCE was `last`."""
    minutes = int((now - _EPOCH).total_seconds() // 60)
    sequence = max(minutes, int(last) + 1 if re.fullmatch(r"[0-9]{1,9}", last) else 0)
    stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    history = [f"SEQUENCE:{sequence}", f"DTSTAMP:{stamp}", f"LAST-MODIFIED:{stamp}"]
    return [*lines[:2], *history, *lines[2:]]


def calendar_bytes(mark: str, events: Iterable[Sequence[str]]) -> bytes:
    """Return a whole file.

    Args:
        mark: its PRODID.
        events: the lines of each, with their history.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{mark}", "CALSCALE:GREGORIAN"]
    lines += [line for event in events for line in event]
    return b"".join(_content_line(line) for line in [*lines, "END:VCALENDAR"])


def _when(name: str, at: date) -> str:
    if not isinstance(at, datetime):
        return f"{name};VALUE=DATE:{at:%Y%m%d}"
    if at.tzinfo is None:
        return f"{name}:{at:%Y%m%dT%H%M%S}"
    return f"{name}:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _rule(event: Event) -> str:
    rule = "RRULE:FREQ=DAILY"
    if len(event.days) < DAYS_A_WEEK:
        days = ",".join(_DAYS[day] for day in sorted(event.days))
        rule = f"RRULE:FREQ=WEEKLY;BYDAY={days}"
    if event.until is None:
        return rule
    # It has to be of the same kind as the start (RFC 5545, 3.3.10).
    time = "T235959" if isinstance(event.start, datetime) else ""
    return f"{rule};UNTIL={event.until:%Y%m%d}{time}"


def text_value(text: str) -> str:
    """Return words as the value of a property."""
    for letter in "\\;,":
        text = text.replace(letter, "\\" + letter)
    lines = "".join(letter if letter >= " " else "\n" for letter in text.replace("\r\n", "\n"))
    return lines.replace("\n", "\\n")


def _content_line(line: str) -> bytes:
    """Break a line at 75 octets, never inside a letter (RFC 5545, 3.1)."""
    parts: list[bytes] = []
    part = b""
    for letter in line:
        encoded = letter.encode("utf-8", "replace")
        if len(part) + len(encoded) > LONGEST_LINE:
            parts.append(part)
            part = b" "
        part += encoded
    return b"\r\n".join([*parts, part]) + b"\r\n"
