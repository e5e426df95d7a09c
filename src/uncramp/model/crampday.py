"""The cramp-day: from noon to noon, so that one night belongs to one day.

A cramp at two in the morning belongs to the evening before (docs/evidence.md#data-model). What
counts is the wall clock where the user was: an instant brings its offset along.
"""

from datetime import date, datetime, time, timedelta

NOON = time(12)
EVENING_ENDS = time(4)
"""Of the next day: until then the evening before is not over."""


def cramp_day(at: datetime) -> date:
    """Return the cramp-day of an instant.

    Args:
        at: with its offset from UTC, as the clock on the wall showed it.

    Raises:
        ValueError: `at` has no offset.
    """
    if at.tzinfo is None:
        raise ValueError("an instant of the diary needs its offset")
    return at.date() if at.time() >= NOON else at.date() - timedelta(days=1)


def last_night(now: datetime) -> date:
    """Return the cramp-day that the question "how was last night?" is about.

    In the afternoon and evening the latest night is still the one that ended this noon.
    """
    return now.date() - timedelta(days=1)


def is_recalled(day: date, answered: datetime) -> bool:
    """Tell whether a night was answered too late to count as fresh.

    Answers of the day after are fresh; later ones are memories, which are kept and shown but
    never compared (docs/evidence.md#data-model).
    """
    return answered.date() > day + timedelta(days=1)
