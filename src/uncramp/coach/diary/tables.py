"""The tables that the journal is written out in: their columns, and how cells become values.

One description serves CSV and JSON, so that both hold the same and a table is read in one way.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from uncramp.model.body import Side
from uncramp.model.diary import (
    MOST_CRAMPS,
    WORST,
    CrampContext,
    CrampMuscle,
    DayValue,
    Relief,
    Terrain,
)
from uncramp.model.experiment import LARGEST_SEED, LONGEST_WEEKS, Design, Ending
from uncramp.model.language import tr
from uncramp.model.plan import Tie
from uncramp.model.record import Outcome

Plain = str | int | float | bool | None | list[str]
"""What a cell holds in JSON."""
LARGEST = 2**53
LONGEST_TEXT = 1_000_000


class CellError(ValueError):
    """A cell holds what its column cannot; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: in the head of the table.
        read: makes the value of what a cell holds in JSON; raises CellError.
        from_text: makes what JSON would hold of the text of a cell.
        optional: an empty cell means that nothing is known.
        default: what the cells hold where the column is missing, as in files written before there
            was such a column; None where it may not be missing.
    """

    name: str
    read: Callable[[Any], Any]
    from_text: Callable[[str], Plain]
    optional: bool = False
    default: Plain = None

    def value(self, cell: Plain) -> Any:  # noqa: ANN401  # each column has its own type
        """Return the value of a cell.

        Raises:
            CellError: it cannot be one.
        """
        if cell is None:
            if self.optional:
                return None
            raise CellError(tr("is missing"))
        return self.read(cell)

    def value_of_text(self, text: str) -> Any:  # noqa: ANN401  # as above
        """Return the value of a cell of a CSV file.

        Raises:
            CellError: it cannot be one.
        """
        if self.optional and not text:
            return None
        return self.value(self.from_text(text))


def plain(value: object) -> Plain:
    """Return what JSON holds of a value."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | frozenset | list):
        return [str(one) for one in (sorted(value) if isinstance(value, frozenset) else value)]
    if isinstance(value, StrEnum):
        return value.value
    assert value is None or isinstance(value, str | int | float)
    return value


def text_of(cell: Plain) -> str:
    """Return a cell of a CSV file."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, list):
        return " ".join(cell)
    return _guarded(cell) if isinstance(cell, str) else repr(cell)


# A spreadsheet takes a text that begins like this for a formula and runs it.
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "'")


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_RUN_BY_SPREADSHEETS) else text


def _unguarded(text: str) -> str:
    guarded = text[:1] == "'" and text[1:].startswith(_RUN_BY_SPREADSHEETS)
    return text[1:] if guarded else text


# -- the kinds of columns


def _words(name: str, default: str | None = None) -> Column:
    return Column(name, _read_text, _unguarded, default=default)


def _whole(name: str, lowest: int, highest: int = LARGEST, *, optional: bool = False) -> Column:
    def read(cell: object) -> int:
        if isinstance(cell, bool) or not isinstance(cell, int | float) or cell != cell // 1:
            raise CellError(tr("{cell} is not a whole number").format(cell=quoted(cell)))
        if not lowest <= cell <= highest:
            message = tr("{cell} is not between {lowest} and {highest}")
            raise CellError(message.format(cell=quoted(cell), lowest=lowest, highest=highest))
        return int(cell)

    return Column(name, read, _number_of, optional)


def _number(name: str, lowest: float, highest: float) -> Column:
    def read(cell: object) -> float:
        if isinstance(cell, bool) or not isinstance(cell, int | float):
            raise CellError(tr("{cell} is not a number").format(cell=quoted(cell)))
        if not (math.isfinite(cell) and lowest <= cell <= highest):
            message = tr("{cell} is not between {lowest:g} and {highest:g}")
            raise CellError(message.format(cell=quoted(cell), lowest=lowest, highest=highest))
        return float(cell)

    return Column(name, read, _number_of, optional=True)


def _flag(name: str, *, optional: bool = False) -> Column:
    return Column(name, _read_flag, _flag_of, optional)


def _instant(name: str, *, optional: bool = False) -> Column:
    return Column(name, _read_instant, str, optional)


def _day(name: str, *, optional: bool = False) -> Column:
    return Column(name, _read_day, str, optional)


def _one_of(name: str, kinds: type[StrEnum], *, optional: bool = False) -> Column:
    def read(cell: object) -> StrEnum:
        if cell in [kind.value for kind in kinds]:
            return kinds(cell)
        known = ", ".join(kind.value for kind in kinds)
        raise CellError(tr("{cell} is not one of {names}").format(cell=quoted(cell), names=known))

    return Column(name, read, str, optional)


def _read_text(cell: object) -> str:
    if not isinstance(cell, str):
        raise CellError(tr("{cell} is not text").format(cell=quoted(cell)))
    if len(cell) > LONGEST_TEXT:
        raise CellError(tr("the text is too long"))
    try:
        cell.encode()
    except UnicodeEncodeError:
        raise CellError(tr("{cell} is not text").format(cell=quoted(cell))) from None
    return cell


def _read_flag(cell: object) -> bool:
    if not isinstance(cell, bool):
        raise CellError(tr("{cell} is neither yes nor no").format(cell=quoted(cell)))
    return cell


def _read_instant(cell: object) -> datetime:
    try:
        found = datetime.fromisoformat(cell if isinstance(cell, str) else "")
        found.timestamp()
    except (ValueError, OverflowError):
        found = None
    if found is None or found.tzinfo is None or not 2 <= found.year <= 9998:
        message = tr("{cell} is not a time like 2026-11-22T03:10:00+01:00")
        raise CellError(message.format(cell=quoted(cell)) + _rewritten(cell))
    return found


def _read_change(cell: object) -> datetime | None:
    return None if cell == "" else _read_instant(cell)


def _read_day(cell: object) -> date:
    try:
        return date.fromisoformat(cell if isinstance(cell, str) else "")
    except ValueError:
        message = tr("{cell} is not a date like 2026-11-22").format(cell=quoted(cell))
        raise CellError(message + _rewritten(cell)) from None


_LOCAL_DAY = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}(?![0-9T])")


def _rewritten(cell: object) -> str:
    """Return what has probably happened to a date of ours."""
    if not isinstance(cell, str) or not _LOCAL_DAY.match(cell):
        return ""
    return tr("; a spreadsheet program has changed it: use the file as it was exported")


def _read_reliefs(cell: object) -> tuple[Relief, ...]:
    known = [one.value for one in Relief]
    if not isinstance(cell, list) or not all(one in known for one in cell):
        message = tr("{cell} is not one of {names}")
        raise CellError(message.format(cell=quoted(cell), names=", ".join(known)))
    return tuple(Relief(one) for one in cell)


def _read_weekdays(cell: object) -> frozenset[int]:
    if not isinstance(cell, list) or not all(one in tuple("0123456") for one in cell):
        message = tr("{cell} is not a list of 0 (Monday) to 6").format(cell=quoted(cell))
        raise CellError(message)
    return frozenset(int(one) for one in cell)


def _read_day_value(cell: object) -> DayValue:
    """A JSON text, because a day's values are of several kinds."""
    try:
        found = json.loads(cell) if isinstance(cell, str) else None
    except (ValueError, RecursionError):
        found = None
    too_large = isinstance(found, int | float) and not abs(found) <= LARGEST  # also not a number
    if not isinstance(found, bool | int | float | str) or too_large:
        message = tr('{cell} is not true, false, a number, or text in "…"')
        raise CellError(message.format(cell=quoted(cell)))
    return _read_text(found) if isinstance(found, str) else found


def _number_of(text: str) -> Plain:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _flag_of(text: str) -> Plain:
    known = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
    return known.get(text.strip().casefold(), text)


def _list_of(text: str) -> Plain:
    return list(text.split())


def quoted(cell: object) -> str:
    """Return a cell short, and without what a terminal would obey instead of show."""
    shown = ascii(cell) if isinstance(cell, str) and not cell.isprintable() else repr(cell)
    return shown if len(shown) <= 60 else shown[:60] + "…"


SCALE = (0, WORST)

TABLES: Mapping[str, tuple[Column, ...]] = {
    "sessions": (
        _words("id"),
        _words("routine"),
        _words("routine_name"),
        _instant("started_at"),
        _instant("ended_at", optional=True),
        _one_of("outcome", Outcome),
        _words("progress"),
    ),
    "session_parts": (
        _words("session"),
        _words("exercise"),
        _one_of("side", Side),
        _whole("planned_ms", 0),
        _whole("done_ms", 0),
    ),
    "nights": (
        _day("day"),
        _whole("cramps", 0, MOST_CRAMPS),
        _instant("answered"),
        _flag("recalled"),
    ),
    "cramps": (
        _words("id"),
        _instant("at"),
        _one_of("context", CrampContext),
        _one_of("muscle", CrampMuscle),
        _one_of("side", Side),
        _whole("seconds", 0, 24 * 3600, optional=True),
        _whole("pain", *SCALE, optional=True),
        _whole("disturbance", *SCALE, optional=True),
        Column("relief", _read_reliefs, _list_of),
        _whole("soreness", *SCALE, optional=True),
        _words("notes"),
        _words("session"),
        _instant("noted", optional=True),
    ),
    "days": (
        _day("day"),
        _instant("answered"),
    ),
    "day_values": (
        _day("day"),
        _words("field"),
        Column("value", _read_day_value, _unguarded),
        Column("changed", _read_change, str, optional=True, default=""),
    ),
    "runs": (
        _words("id"),
        _instant("started"),
        _whole("seconds", 0),
        _number("metres", 0, 1e9),
        _whole("effort", *SCALE, optional=True),
        _one_of("terrain", Terrain, optional=True),
        _number("temperature_c", -100, 100),
        _flag("humid", optional=True),
        _flag("fast_start", optional=True),
        _flag("electrolytes", optional=True),
        _flag("cramp", optional=True),
        _words("notes"),
        _words("source"),
    ),
    "plan_items": (
        _words("id"),
        _words("routine"),
        _one_of("tie", Tie),
        Column("days", _read_weekdays, _list_of),
        _whole("times", 0, 7),
        _day("start"),
        _day("end", optional=True),
        _words("remind"),
        _words("remind_until", default=""),
    ),
    "plan_pauses": (
        _words("id"),
        _day("start"),
        _day("end", optional=True),
        _words("reason"),
    ),
    "plan_skips": (
        _words("item"),
        _day("day"),
    ),
    "experiments": (
        _words("id"),
        _words("routine"),
        _one_of("design", Design),
        _day("start"),
        _whole("weeks", 2, LONGEST_WEEKS),
        _whole("washout_days", 0, 6),
        _whole("seed", 0, LARGEST_SEED),
        _instant("agreed"),
        _day("stopped", optional=True),
        _one_of("ending", Ending, optional=True),
        _words("notes"),
    ),
    "check_ins": (
        _day("day"),
        _instant("answered"),
        _words("changed"),
        _words("tried"),
        _words("to_try"),
        _whole("rating", *SCALE, optional=True),
    ),
}
"""The tables by name; in CSV each is a file `NAME.csv`, in JSON a list of objects."""
