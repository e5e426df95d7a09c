"""A record that was kept in a spreadsheet: its templates, and how its files are read.

Only a date and what happened are needed; everything else has a default, and a session counts
whole. Nobody can see when the rows were written, and a comparison needs nights and routines that
were noted before anybody knew what they would be compared with. So a night counts like one that was
answered in the program only where the file says that it was written down the next morning, and
whether the routine was done before bed; all others are shown as filled in later
(docs/evidence.md#data-model).
"""

import csv
import errno
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from uncramp.coach.diary.causes import one_for_each_cause
from uncramp.coach.diary.history_known import settled, turned_nights
from uncramp.coach.diary.history_rows import FORMS, Kind, RowReader, kind_of_head, plain_name
from uncramp.coach.diary.recognising import is_journal
from uncramp.coach.diary.spreadsheet import UTF_16, Table, TableError, days_of, read_table
from uncramp.coach.diary.tables import CellError, quoted
from uncramp.coach.whole_file import make_folder, write_whole
from uncramp.model.contents import Contents
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr, trn
from uncramp.model.moment import Moment
from uncramp.model.plan import Plan, Tie
from uncramp.model.problem import Problem, Severity

if TYPE_CHECKING:
    from uncramp.coach.coach import Coach
    from uncramp.model.routine import Routine

LARGEST_BYTES: Final = 20_000_000
_ENDINGS: Final = frozenset({".csv", ".tsv", ".txt"})
_HEAD_BYTES: Final = 4096


@dataclass(frozen=True, slots=True)
class History:
    """What the files of a spreadsheet say.

    Attributes:
        contents: entries for the journal.
        problems: what cannot be understood, one for each cause.
        notes: sentences that the user should know before he agrees.
    """

    contents: Contents
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def write_templates(folder: Path) -> tuple[Path, ...]:
    """Write a table with one example row for each kind, and return the files.

    Raises:
        FileExistsError: one is there already; none was written.
        EnvironmentFault: they cannot be written.
    """
    files = {folder / f"{kind}.csv": form for kind, form in FORMS.items()}
    for path in files:
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    make_folder(folder)
    for path, form in files.items():
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerows([form.columns, form.example])
        write_whole(path, out.getvalue().encode())
    return tuple(files)


def holds_entries(paths: Sequence[Path]) -> bool:
    """Whether paths are for the journal itself: tables of a spreadsheet, or what it has written.

    Anything else may be recordings, or is not there.
    """
    return (len(paths) == 1 and is_journal(paths[0])) or is_history(paths)


def is_history(paths: Sequence[Path]) -> bool:
    """Whether these are tables of a spreadsheet by their heads; a folder is asked for its own."""
    try:
        return any(_has_head(path) for path in _tables(paths))
    except OSError:
        return False


def read_history(coach: "Coach", paths: Sequence[Path], present: Contents) -> History:
    """Read files, and the tables of folders, for a journal that holds `present`.

    Raises:
        EnvironmentFault: a file cannot be read at all.
    """
    now = coach.read_date()
    bedtime = _bedtime(coach, present.plan)
    reader = RowReader(coach, bedtime, now)
    problems: list[Problem] = []
    for path in _tables(paths):
        problems.extend(_read_file(path, reader, is_named=path in paths))
    contents, left_out = settled(reader.contents, present)
    notes = _notes(reader, bedtime, left_out, len(turned_nights(contents, present)))
    return History(contents, one_for_each_cause(problems), notes)


def _tables(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            inside = (file for file in path.iterdir() if file.suffix.casefold() in _ENDINGS)
            yield from sorted(file for file in inside if file.is_file())
        elif path.is_file() and path.suffix.casefold() in _ENDINGS:
            yield path


def _has_head(path: Path) -> bool:
    with path.open("rb") as file:
        begin = file.read(_HEAD_BYTES)
    encoding = "utf-16" if begin.startswith(UTF_16) else "utf-8-sig"
    # The end of what was read may be in the middle of a letter; the head is before it.
    lines = begin.decode(encoding, "replace").split("\n")
    head = lines[:2] if lines[0].startswith("sep=") else lines[:1]
    try:
        return kind_of_head(read_table("\n".join(head).encode()).head) is not None
    except TableError:
        return False


def _read_file(path: Path, reader: RowReader, *, is_named: bool) -> Iterator[Problem]:
    name = str(path)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        words = tr("{path} cannot be read: {reason}.")
        reason = error.strerror or error
        raise EnvironmentFault(words.format(path=path, reason=reason)) from error
    if len(content) > LARGEST_BYTES:
        yield Problem(name, 0, 0, tr("is too large"))
        return
    try:
        table = read_table(content)
    except TableError as error:
        yield Problem(name, error.line, 1 if error.line else 0, str(error))
        return
    kind = kind_of_head(table.head)
    if kind is None:
        words = tr("its first line matches none of {tables}; it was left out")
        tables = ", ".join(f"{kind} ({', '.join(form.needed)})" for kind, form in FORMS.items())
        severity = Severity.ERROR if is_named else Severity.WARNING
        yield Problem(name, 1, 1, words.format(tables=tables), severity=severity)
        return
    yield from _read_rows(name, table, kind, reader)


def _read_rows(name: str, table: Table, kind: Kind, reader: RowReader) -> Iterator[Problem]:
    form = FORMS[kind]
    names = [plain_name(column) for column in table.head]
    for column, written in zip(names, table.head, strict=True):
        if column and column not in {*form.columns, *form.more}:
            words = tr("the column {name} is unknown; it was left out")
            words = words.format(name=quoted(written))
            yield Problem(name, 1, 1, words, severity=Severity.WARNING)
        if column and names.count(column) > 1:
            words = tr("the column {name} appears more than once")
            yield Problem(name, 1, 1, words.format(name=quoted(written)))
            return
    at = names.index("date")
    days = days_of(row[at] if at < len(row) else "" for _, row in table.rows)
    for line, row in table.rows:
        if any(cell.strip() for cell in row[len(names) :]):
            words = tr("has {n} cells, not {wanted}")
            yield Problem(name, line, 1, words.format(n=len(row), wanted=len(names)))
            continue
        day = days[row[at] if at < len(row) else ""]
        try:
            if isinstance(day, CellError):
                raise CellError(f"date: {day}")
            reader.take(kind, day, dict(zip(names, row, strict=False)), Path(name).name)
        except CellError as error:
            yield Problem(name, line, 1, str(error))


def _bedtime(coach: "Coach", plan: Plan) -> "Routine | None":
    """Return the routine that is planned for bedtime, or the one for beginners."""
    routines = coach.library.routines
    for item in reversed(plan.items):
        if item.tie is Tie.BEDTIME and item.end is None and item.routine in routines:
            return routines[item.routine]
    at_bedtime = [routine for routine in routines.values() if routine.moment is Moment.BEDTIME]
    first = (routine for routine in at_bedtime if routine.for_beginners)
    return next(first, at_bedtime[0] if at_bedtime else None)


def _notes(
    reader: RowReader, bedtime: "Routine | None", left_out: int, turned: int
) -> tuple[str, ...]:
    notes: list[str] = []
    if reader.examples:
        notes.append(tr("The example rows, dated 2001-01-01, were left out."))
    if reader.recalled:
        words = trn(
            "{n} night counts as filled in later: it is shown, but not used in any rate or "
            "comparison. A night counts in full if the file says yes under next_morning, and yes "
            "or no under before_bed.",
            "{n} nights count as filled in later: they are shown, but not used in any rate or "
            "comparison. A night counts in full if the file says yes under next_morning, and yes "
            "or no under before_bed.",
            reader.recalled,
        )
        notes.append(words.format(n=reader.recalled))
    if reader.has_before_bed and bedtime is not None:
        words = tr("before_bed counts as a whole session of {routine}.")
        notes.append(words.format(routine=bedtime.name))
    if reader.not_done:
        words = trn(
            "{n} session that was not done was left out.",
            "{n} sessions that were not done were left out.",
            reader.not_done,
        )
        notes.append(words.format(n=reader.not_done))
    if left_out:
        words = trn(
            "{n} entry is already in the journal in more detail; it was left out.",
            "{n} entries are already in the journal in more detail; they were left out.",
            left_out,
        )
        notes.append(words.format(n=left_out))
    if turned:
        words = trn(
            "{n} night that was logged without a cramp becomes a night with a cramp.",
            "{n} nights that were logged without a cramp become nights with a cramp.",
            turned,
        )
        notes.append(words.format(n=turned))
    return tuple(notes)
