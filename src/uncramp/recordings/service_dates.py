"""Dates as services write them in the language of an account: one form for each language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from uncramp.recordings.bounds import FIRST_YEAR, LAST_YEAR

_SHORT = (
    "en en_GB de fr es es_MX it pt pt_PT nl sv da nb fi pl cs sk hu tr ro id ms el ru uk ca "
    "ja ko zh zh_Hant"
)
LANGUAGES = tuple(_SHORT.split())
"""Those of Strava's interface and a few more. No two of them give a name to different months, which
Croatian and Czech do."""
LONGEST_DATE = 60
_TIME = re.compile(r"(\d{1,2})([:.])(\d\d)(?:\2(\d\d))?([^\d]*)$")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_GAPS = re.compile(r"[\s.]+")
_AFTER_TIMES = {"", "utc", "gmt", "uhr", "h"}


class UnsureDateError(ValueError):
    """It can be two days: the third of January, or the first of March."""


@dataclass(frozen=True, slots=True)
class _Names:
    months: Mapping[str, int] = field(default_factory=dict)
    mornings: frozenset[str] = frozenset()
    afternoons: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def _names() -> _Names:
    """Return the names of months and of halves of a day, from Unicode's CLDR."""
    from babel import Locale  # only with a list of a service: its data are large

    months: dict[str, int] = {}
    halves: dict[str, set[str]] = {"am": set(), "pm": set()}
    for language in LANGUAGES:
        locale = Locale.parse(language)
        for forms in locale.months.values():
            for width in ("wide", "abbreviated"):
                for number, name in forms[width].items():
                    words = _WORD.findall(name.casefold())
                    if words and not _NUMBER.search(name):
                        months[words[-1]] = number
        for forms in locale.day_periods.values():
            for names in forms.values():
                for half, shown in halves.items():
                    if half in names:
                        shown.add(_close(names[half]))
    return _Names(months, frozenset(halves["am"]), frozenset(halves["pm"]))


def instant_in_words(text: str) -> datetime | None:
    """Return the instant of a date in UTC; None for what is none.

    Raises:
        UnsureDateError: day and month cannot be told apart.
    """
    plain = " ".join(text.split())
    if len(plain) > LONGEST_DATE:
        return None
    time = _TIME.search(plain)
    if time is None:
        return None
    hour = _hour(int(time[1]), plain[: time.start()], time[5])
    day = _day(plain[: time.start()])
    if hour is None or day is None:
        return None
    try:
        instant = datetime(*day, hour, int(time[3]), int(time[4] or 0), tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return instant if FIRST_YEAR <= instant.year <= LAST_YEAR else None


def _hour(shown: int, before: str, after: str) -> int | None:
    """Return the hour of the day; `before` and `after` are the words around the time."""
    halves = {_close(after), _close(_WORD.findall(before)[-1]) if _ends_in_word(before) else ""}
    if halves & _names().afternoons:
        return shown % 12 + 12
    if halves & _names().mornings:
        return shown % 12
    return shown if _close(after) in _AFTER_TIMES else None


def _ends_in_word(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]\.? ?$", text))


def _day(text: str) -> tuple[int, int, int] | None:
    numbers = [int(part) for part in _NUMBER.findall(text)]
    words = _WORD.findall(text.casefold())
    months = {_names().months[word] for word in words if word in _names().months}
    years = [number for number in numbers if number > 999]
    if len(years) != 1:
        return None
    if len(months) == 1 and len(numbers) == 2:
        return years[0], months.pop(), min(numbers)
    if months or len(numbers) != 3:
        return None
    if numbers[0] == years[0]:
        return numbers[0], numbers[1], numbers[2]
    if "/" in text:
        raise UnsureDateError
    return numbers[2], numbers[1], numbers[0]


def _close(text: str) -> str:
    return _GAPS.sub("", text.casefold()).strip(",")
