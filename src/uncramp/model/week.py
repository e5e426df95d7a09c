"""The week, and on which day it begins.

In most of the world that is Monday, in a good part of it Sunday, in some places Saturday. It is set
once for the program, as its language is; what is compared in statistics goes by `monday`, so that
no result depends on where one lives.
"""

from datetime import date, timedelta

DAYS_A_WEEK = 7
MONDAY = 0

_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6
# By the Unicode CLDR, supplemental data for weeks. A table, because asking Qt or Babel for it takes
# a fifth of the time in which the window opens.
_SATURDAY_FIRST = "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY"
_SUNDAY_FIRST = (
    "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN IS JM JP KE KH KR LA MH MM MO MT "
    "MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW"
)

_first = MONDAY


def begin_weeks_on(weekday: int) -> None:
    """Let weeks begin on a day, 0 for Monday.

    Raises:
        ValueError: there is no such day.
    """
    global _first
    if not MONDAY <= weekday < DAYS_A_WEEK:
        raise ValueError(f"day {weekday} of the week")
    _first = weekday


def usual_first_weekday(locale: str) -> int:
    """Return on which day weeks begin in a country, 0 for Monday.

    Args:
        locale: as systems name it, for example "en_US.UTF-8"; without a country, Monday.
    """
    country = locale.partition(".")[0].partition("@")[0].replace("-", "_").rpartition("_")[2]
    if country in _SUNDAY_FIRST.split():
        return _SUNDAY
    if country in _SATURDAY_FIRST.split():
        return _SATURDAY
    return _FRIDAY if country == "MV" else MONDAY


def week_start(day: date) -> date:
    """Return the first day of a day's week."""
    return day - timedelta(days=place_in_week(day))


def place_in_week(day: date) -> int:
    """Return how many days of its week come before a day, 0 to 6."""
    return (day.weekday() - _first) % DAYS_A_WEEK


def week_order() -> tuple[int, ...]:
    """Return the days of the week in their order, each as 0 for Monday to 6 for Sunday."""
    return tuple((_first + number) % DAYS_A_WEEK for number in range(DAYS_A_WEEK))


def monday(day: date) -> date:
    """Return the Monday of a day's week, wherever weeks begin."""
    return day - timedelta(days=day.weekday())
