"""Tables as services export them: decoded, read row by row, told by line."""

import csv
import io
from collections.abc import Iterator, Sequence

from uncramp.model.language import tr
from uncramp.model.problem import Problem

MOST_PROBLEMS = 200
MOST_ROWS = 100_000
LONGEST_CELL = 1 << 20


class Table:
    """The rows of a CSV text with their lines.

    Attributes:
        problems: what is wrong, as far as it was read.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self._text = _decoded(data)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the line that a row begins in, and its cells; empty rows are left out."""
        csv.field_size_limit(LONGEST_CELL)
        reader = csv.reader(io.StringIO(self._text, newline=""), delimiter=delimiter(self._text))
        line = 1
        try:
            for number, row in enumerate(reader):
                if number > MOST_ROWS:
                    self.tell(line, tr("there are too many rows; the rest was left out"))
                    return
                if any(cell.strip() for cell in row):
                    yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            self.tell(line, str(error))

    def tell(self, line: int, message: str) -> None:
        """Note what is wrong in a line."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(self.name, line, 1, message))


def delimiter(text: str) -> str:
    """Return what parts the cells of a table: a comma, or what a spreadsheet program puts."""
    head = text.lstrip().partition("\n")[0]
    return max(",;\t", key=head.count)


def cell(row: Sequence[str], column: int | None) -> str:
    """Return a cell; empty where the row is short or there is no such column."""
    if column is None or column >= len(row):
        return ""
    return row[column].strip()


def _decoded(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")
