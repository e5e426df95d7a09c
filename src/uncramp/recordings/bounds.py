"""What a number in a recording can be; what is beyond is not believed."""

import math
from datetime import UTC, datetime, timedelta

LONGEST_S = 7 * 86_400.0
LONGEST_M = 1_000_000.0
HIGHEST_M = 30_000.0
COLDEST_C, HOTTEST_C = -60.0, 70.0
LONG_S = 86_400.0
"""Longer from beginning to end: the recording was probably not stopped."""
FIRST_YEAR, LAST_YEAR = 1990, 2100
LONGEST_NAME = 80


def number(value: object, lowest: float, highest: float) -> float | None:
    """Return a finite number within the bounds; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not math.isfinite(value) or not lowest <= value <= highest:
        return None
    return float(value)


def number_of(text: str | None, lowest: float, highest: float) -> float | None:
    """Return the number that a text holds, with a point or a comma; None for anything else.

    With both, commas part the thousands.
    """
    plain = text or ""
    if "," in plain:
        plain = plain.replace(",", "" if "." in plain else ".")
    try:
        return number(float(plain), lowest, highest)
    except ValueError:
        return None


def temperature(value: object) -> float | None:
    """Return degrees Celsius that a device or a place can have."""
    found = number(value, COLDEST_C, HOTTEST_C)
    return None if found is None else round(found, 1)


def instant_of(text: str | None) -> tuple[datetime, bool] | None:
    """Return an instant and whether the offset of the place is in it; None for anything else.

    "Z" and a time without a zone are UTC, and tell nothing about the place.
    """
    try:
        found = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    if found.tzinfo is None:
        return found.replace(tzinfo=UTC), False
    offset = found.utcoffset() or timedelta()
    return found, bool(offset) and offset % timedelta(minutes=1) == timedelta()


def name_of(text: object) -> str:
    """Return a name of a device or a service in one short line that can be shown."""
    shown = "".join(one if one.isprintable() else " " for one in str(text or ""))
    return " ".join(shown.split())[:LONGEST_NAME]
