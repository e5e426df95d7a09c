"""Instants as the journal keeps them: in UTC, with the offset of the place beside them."""

from datetime import UTC, datetime, timedelta, timezone


def utc(instant: datetime) -> str:
    """Return the text of an instant.

    Raises:
        ValueError: it has no offset.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant in the journal needs its offset")
    return instant.astimezone(UTC).isoformat(timespec="milliseconds")


def stamp(instant: datetime) -> tuple[str, int]:
    """Return the text of an instant and its offset in minutes."""
    offset = instant.utcoffset() or timedelta()
    return utc(instant), round(offset.total_seconds() / 60)


def local(text: str, offset_min: int) -> datetime:
    """Return an instant as the clock on the wall showed it there."""
    return datetime.fromisoformat(text).astimezone(timezone(timedelta(minutes=offset_min)))
