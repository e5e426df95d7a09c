"""A day and a time as people write them, by the clock on the wall."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from uncramp.coach.daywords import months
from uncramp.model.language import tr

_TIME: Final = re.compile(r"(?:^|[T\s])([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?$")
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$")
_NUMBERS: Final = re.compile(
    r"([0-9]{1,2})\s*[./\s-]\s*([0-9]{1,2})(?:\s*[./\s-]\s*([0-9]{2}|[0-9]{4})|\.)?$"
)
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})\.?\s*([^\W\d_]{3,})\.?(?:\s+([0-9]{4}))?$")
_MONTH_FIRST: Final = re.compile(r"([^\W\d_]{3,})\.?\s*([0-9]{1,2})(?:\s+([0-9]{4}))?$")
_LONGEST: Final = 60
_CENTURY: Final = 2000


def when_text(at: datetime) -> str:
    """Return an instant as `read_when` reads it, for example "22 Nov 2026 06:47"."""
    return f"{at.day} {months()[at.month - 1][:3]} {at.year} {at:%H:%M}"


def read_when(
    text: str, shown: datetime, latest: datetime, *, month_first: bool = False
) -> datetime:
    """Return what somebody has written, without an offset.

    Args:
        text: "2026-11-12 23:10", "12.11.", "12.11.26 23:10", "12 Nov", "yesterday 23:10", "23:10".
        shown: what is missing is taken from it: the day of a bare time, the time of a bare day.
        latest: a day without its year is the last one before this.
        month_first: "11/12" is the twelfth of November.

    Raises:
        ValueError: it cannot be read, or is still to come; the message is for the user.
    """
    words = _plain(text)
    found = _TIME.search(words)
    try:
        at = time(int(found[1]), int(found[2])) if found else shown.time()
        rest = words[: found.start()].strip() if found else words
        if not words:
            raise ValueError
        if rest:
            made = _with_day(rest, at, latest, month_first=month_first)
        else:
            made = datetime.combine(shown.date(), at)
    except (ValueError, OverflowError) as error:
        sentence = tr("A day and a time, for example 12.11. 23:10, or 2026-11-12 23:10.")
        raise ValueError(sentence) from error
    if made > latest:
        raise ValueError(tr("That is in the future."))
    return made


def _plain(text: str) -> str:
    return " ".join(text.replace(",", " ").split())[:_LONGEST]


def _with_day(words: str, at: time, latest: datetime, *, month_first: bool) -> datetime:
    near = {tr("today"): 0, tr("yesterday"): 1}
    if words.casefold() in near:
        day = latest.date() - timedelta(days=near[words.casefold()])
        return datetime.combine(day, at)
    if found := _ISO.match(words):
        return datetime.combine(date(int(found[1]), int(found[2]), int(found[3])), at)
    if found := _NUMBERS.match(words):
        first, second = int(found[1]), int(found[2])
        if month_first and "." not in words:
            first, second = second, first
        return _in_year(found[3], second, first, at, latest)
    if found := _DAY_FIRST.match(words):
        return _in_year(found[3], _month(found[2]), int(found[1]), at, latest)
    if found := _MONTH_FIRST.match(words):
        return _in_year(found[3], _month(found[1]), int(found[2]), at, latest)
    raise ValueError


def _in_year(year: str | None, month: int, day: int, at: time, latest: datetime) -> datetime:
    if year is not None:
        number = int(year) if len(year) > 2 else _CENTURY + int(year)
        return datetime.combine(date(number, month, day), at)
    for back in range(5):  # the 29th of February
        try:
            made = datetime.combine(date(latest.year - back, month, day), at)
        except ValueError:
            continue
        if made <= latest:
            return made
    raise ValueError


def _month(word: str) -> int:
    begun = [name.casefold().startswith(word.casefold()) for name in months()]
    if begun.count(True) != 1:
        raise ValueError
    return begun.index(True) + 1


def has_time(text: str) -> bool:
    """Whether somebody has written a time of the day, and not only a day."""
    return _TIME.search(_plain(text)) is not None


def local_instant(wall: datetime) -> tuple[datetime, bool]:
    """Return the instant of a time by the clock on this machine's wall, and whether it was moved.

    Where the clock is put forward an hour is missing. A time in it is moved forward by that hour:
    to what the clock showed instead.

    Raises:
        OverflowError: no clock shows that time.
        OSError: likewise.
    """
    at = wall.astimezone()
    if at.replace(tzinfo=None) == wall:
        return at, False
    return wall.replace(fold=1).astimezone(), True


def instant_like(wall: datetime, other: datetime) -> datetime:
    """Return the instant of a time by the clock on the wall where `other` was noted.

    Where that is this machine's place, it has the offset of that day; else the offset of `other`.
    """
    if other.utcoffset() == other.astimezone().utcoffset():
        return local_instant(wall)[0]
    return wall.replace(tzinfo=other.tzinfo)
