"""Tables as a spreadsheet saves them: how they are encoded and separated, and what cells mean.

Nothing is guessed: a date that could be read in two ways over its whole column is refused.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Final, NamedTuple

from uncramp.coach.diary.tables import CellError, quoted
from uncramp.model.language import tr

LARGEST_CELL: Final = 4_000_000
_SEPARATORS: Final = (",", ";", "\t")
UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ISO: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})$")
_DOTS: Final = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})$")
_SLASHES: Final = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})$")
_MIDNIGHT: Final = re.compile(r"[T ]0?0:00(:00)?$")
_TIME: Final = re.compile(
    r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?\s*([ap])?(?:\.?m\.?)?$", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?$")
_SERIAL: Final = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?$")
_NOON_H: Final = 12


class TableError(ValueError):
    """A table that cannot be read at all; the message is for the user.

    Attributes:
        line: where it breaks; 0 for the whole file.
    """

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class Table(NamedTuple):
    """A table.

    Attributes:
        head: the names of its columns, as they are written.
        rows: the line that each begins in, and its cells; empty rows are left out.
        separator: what stands between the cells.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    separator: str


def read_table(content: bytes) -> Table:
    """Read a CSV text with commas, semicolons or tabs, in UTF-8 or, with its mark, in UTF-16.

    Raises:
        TableError: it is none.
    """
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    if re.fullmatch(r"sep=[,;\t]\r?", first):  # which only spreadsheets write and read
        text = text.partition("\n")[2]
        first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    head: tuple[str, ...] | None = None
    rows: list[tuple[int, tuple[str, ...]]] = []
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                if head is None:
                    head = tuple(row)
                else:
                    rows.append((line, tuple(row)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise TableError(str(error), line) from error
    if head is None:
        raise TableError(tr("is empty"))
    return Table(head, tuple(rows), separator)


def _decoded(content: bytes) -> str:
    if content.startswith(UTF_16):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise TableError(tr("is not complete UTF-16")) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TableError(tr('is not UTF-8; save it as "CSV UTF-8"'), line) from error
    if "\0" in text.split("\n", 1)[0]:
        raise TableError(tr('is not UTF-8 text; save it as "CSV UTF-8"'))
    return text


def days_of(cells: Iterable[str]) -> Mapping[str, date | CellError]:
    """Return the day of each cell of a column of dates, or what is wrong with it.

    2026-10-03 and 3.10.2026 are clear. Whether 3/10/2026 is in October or in March is told by the
    other cells of the column, or by none.
    """
    texts = {cell: _MIDNIGHT.sub("", cell.strip()) for cell in cells}
    doubtful = [match for match in map(_SLASHES.match, texts.values()) if match]
    day_first = any(int(match[1]) > _NOON_H for match in doubtful)
    month_first = any(int(match[2]) > _NOON_H for match in doubtful)
    return {
        cell: _day(text, day_first=day_first, month_first=month_first)
        for cell, text in texts.items()
    }


def _day(text: str, *, day_first: bool, month_first: bool) -> date | CellError:
    try:
        if match := _ISO.match(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DOTS.match(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _SLASHES.match(text):
            first, second, year = (int(part) for part in match.groups())
            if first == second or (day_first and not month_first):
                return date(year, second, first)
            if month_first and not day_first:
                return date(year, first, second)
            if day_first:
                words = tr(
                    "{cell}: this column mixes dates with the day first and dates with the month "
                    "first"
                )
                return CellError(words.format(cell=quoted(text)))
            words = tr("{cell} could mean two different dates; write it like 2026-10-03")
            return CellError(words.format(cell=quoted(text)))
    except ValueError:
        return CellError(tr("{cell} is not a date in the calendar").format(cell=quoted(text)))
    if not text:
        return CellError(tr("is missing"))
    if _SERIAL.match(text):
        words = tr("{cell} is a spreadsheet's number for a date; format the column as a date")
        return CellError(words.format(cell=quoted(text)))
    words = tr("{cell} is not a date like 2026-10-03 or 3.10.2026")
    return CellError(words.format(cell=quoted(text)))


def time_of(cell: str) -> time:
    """Return a time like 3:10, 03:10:00 or 3:10 am.

    Raises:
        CellError: it is none.
    """
    match = _TIME.match(cell.strip())
    if match:
        hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
        if half and 1 <= hour <= _NOON_H:
            hour = hour % _NOON_H + (_NOON_H if half == "p" else 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise CellError(tr("{cell} is not a time like 3:10 or 15:40").format(cell=quoted(cell)))


def number_of(cell: str, highest: float) -> float:
    """Return a number, with a point or a comma, from 0 to `highest`.

    Raises:
        CellError: it is none.
    """
    if not _NUMBER.match(cell.strip()):
        raise CellError(tr("{cell} is not a number like 7.5 or 7,5").format(cell=quoted(cell)))
    number = float(cell.strip().replace(",", "."))
    if number > highest:
        words = tr("{cell} is more than {highest:g}")
        raise CellError(words.format(cell=quoted(cell), highest=highest))
    return number


def whole_of(cell: str, highest: int) -> int:
    """Return a whole number from 0 to `highest`.

    Raises:
        CellError: it is none.
    """
    number = number_of(cell, highest)
    if number != int(number):
        raise CellError(tr("{cell} is not a whole number").format(cell=quoted(cell)))
    return int(number)


def flag_of(cell: str) -> bool:
    """Return yes or no.

    Raises:
        CellError: it is neither.
    """
    words = {"yes": True, "y": True, "true": True, "1": True, "x": True}
    words |= {"no": False, "n": False, "false": False, "0": False}
    words |= {tr("yes").casefold(): True, tr("no").casefold(): False}
    answer = words.get(cell.strip().casefold())
    if answer is None:
        raise CellError(tr("{cell} is neither yes nor no").format(cell=quoted(cell)))
    return answer


def minutes_of(cell: str, highest: float) -> float:
    """Return minutes, of a number of them, of 52:30 or of 1:02:30.

    Raises:
        CellError: it is none of these.
    """
    parts = cell.strip().split(":")
    if len(parts) == 1:
        return number_of(cell, highest)
    if len(parts) > 3 or not all(part.isdecimal() and len(part) < 5 for part in parts):
        words = tr("{cell} is not a time like 52, 52:30 or 1:02:30")
        raise CellError(words.format(cell=quoted(cell)))
    hours = int(parts[0]) if len(parts) == 3 else 0
    minutes = hours * 60 + int(parts[-2]) + int(parts[-1]) / 60
    if minutes > highest:
        raise CellError(
            tr("{cell} is more than {highest:g} minutes").format(cell=quoted(cell), highest=highest)
        )
    return minutes
