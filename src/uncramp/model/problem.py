"""What is wrong with a text that somebody wrote, and where."""

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """Whether the file can still be used."""

    ERROR = "error"
    WARNING = "warning"


class Problem(NamedTuple):  # made in a seventh of the time of a dataclass
    """One thing to mend in a file.

    Attributes:
        file: the path as the user would write it.
        line: 1-based; 0 when the whole file is meant.
        column: 1-based; 0 when the whole file is meant.
        message: one sentence without position, for example `step 2: unknown key "secnds"`.
        source_line: the text of that line, without its end; empty when there is none.
        severity: an error keeps the file from being used, a warning does not.
    """

    file: str
    line: int
    column: int
    message: str
    source_line: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        head = f"{place}: {self.message}"
        if not self.source_line or self.column < 1:
            return head
        # A tab before the caret must stay a tab, or the caret points beside its word.
        shown = self.source_line[: self.column - 1]
        indent = "".join("\t" if ch == "\t" else " " for ch in shown)
        return f"{head}\n    {self.source_line}\n    {indent}^"
