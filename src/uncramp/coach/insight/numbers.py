"""How days, ratios and rates are written in what the record says."""

import math
from datetime import date

from uncramp.analysis.binomial import Interval
from uncramp.coach.daywords import months
from uncramp.model.language import tr

_WHOLE_FROM = 10


def plain_day(day: date) -> str:
    """Return a day as "22 November 2026"."""
    words = tr("{day} {month} {year}")
    return words.format(day=day.day, month=months()[day.month - 1], year=day.year)


def number(value: float) -> str:
    """Return a ratio in as many digits as it deserves."""
    if math.isinf(value):
        return tr("any number")
    return f"{value:.0f}" if value >= _WHOLE_FROM else f"{value:.2f}"


def rate_number(value: float) -> str:
    """Return a number of nights a week."""
    return f"{value:.1f}"


def range_words(interval: Interval) -> str:
    """Return the interval of a ratio, for example "0.20 to 1.07"."""
    if math.isinf(interval.high):
        return tr("{low} or more").format(low=number(interval.low))
    return tr("{low} to {high}").format(low=number(interval.low), high=number(interval.high))


def rate_range(interval: Interval) -> str:
    """Return the interval of nights a week, for example "1.9 to 2.8"."""
    low, high = rate_number(interval.low), rate_number(interval.high)
    return tr("{low} to {high}").format(low=low, high=high)
