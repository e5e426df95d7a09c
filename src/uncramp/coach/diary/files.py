"""The journal written out as CSV or JSON, and read again: nothing is lost either way.

What is read is compared with the journal before anything is written (`taking`).
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from uncramp.coach.diary.causes import one_for_each_cause
from uncramp.coach.diary.spreadsheet import TableError, read_table
from uncramp.coach.diary.tables import TABLES, CellError, Plain, plain, quoted, text_of
from uncramp.coach.whole_file import make_folder, write_whole
from uncramp.model.check_in import CheckIn
from uncramp.model.contents import Contents
from uncramp.model.diary import Cramp, DayContext, Night, Run
from uncramp.model.errors import EnvironmentFault
from uncramp.model.experiment import Experiment
from uncramp.model.language import tr
from uncramp.model.plan import Pause, Plan, PlanItem, Skip
from uncramp.model.problem import Problem, Severity
from uncramp.model.record import PartRecord, SessionRecord

FORMAT = 1
LARGEST_BYTES = 200_000_000
MOST_PROBLEMS = 10_000
PROGRAM = "uncramp"
ZIP_FAULTS = (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError)

Record = dict[str, Any]
T = TypeVar("T")


# -- writing


def as_json(contents: Contents) -> bytes:
    """Return everything as one JSON text."""
    whole: dict[str, object] = {"program": PROGRAM, "format": FORMAT}
    whole.update(_tables_of(contents))
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(contents: Contents) -> dict[str, bytes]:
    """Return one CSV text for each table, by file name; also for tables without rows."""
    found = {}
    for table, rows in _tables_of(contents).items():
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        names = [column.name for column in TABLES[table]]
        writer.writerow(names)
        writer.writerows([text_of(row[name]) for name in names] for row in rows)
        found[f"{table}.csv"] = out.getvalue().encode()
    return found


def as_zip(contents: Contents) -> bytes:
    """Return the CSV texts as one zip file, the same for the same contents."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in as_csv(contents).items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def export(contents: Contents, out: Path, kind: str) -> tuple[Path, ...]:
    """Write everything and return the files.

    Args:
        contents: of the journal.
        out: a file; for CSV a folder, or a file that ends in .zip.
        kind: "csv" or "json".

    Raises:
        EnvironmentFault: it could not be written whole; an older file is untouched.
    """
    if kind == "json":
        write_whole(out, as_json(contents))
        return (out,)
    if out.suffix.casefold() == ".zip":
        write_whole(out, as_zip(contents))
        return (out,)
    make_folder(out)
    written = []
    for name, content in as_csv(contents).items():
        write_whole(out / name, content)
        written.append(out / name)
    return tuple(written)


def already_there(out: Path, kind: str) -> bool:
    """Whether an export would write over something."""
    if kind == "csv" and out.suffix.casefold() != ".zip":
        return any((out / f"{table}.csv").exists() for table in TABLES) or out.is_file()
    return out.exists()


def kind_of(out: Path) -> str:
    """Return the kind that a file's name asks for."""
    return "json" if out.suffix.casefold() == ".json" else "csv"


def _tables_of(contents: Contents) -> dict[str, list[dict[str, Plain]]]:
    values: dict[str, Iterable[Mapping[str, object]]] = {
        "sessions": map(_attributes, contents.sessions),
        "session_parts": (
            {**part._asdict(), "session": session.id}
            for session in contents.sessions
            for part in session.parts
        ),
        "nights": map(_attributes, contents.nights),
        "cramps": map(_attributes, contents.cramps),
        "days": (one._asdict() for one in contents.days),
        "day_values": (
            {
                "day": day.day,
                "field": key,
                "value": json.dumps(value, ensure_ascii=False),
                "changed": day.changed.get(key),
            }
            for day in contents.days
            for key, value in sorted(day.values.items())
        ),
        "runs": (one._asdict() for one in contents.runs),
        "plan_items": map(_attributes, contents.plan.items),
        "plan_pauses": (one._asdict() for one in contents.plan.pauses),
        "plan_skips": (one._asdict() for one in sorted(contents.plan.skips, key=_skip_order)),
        "experiments": map(_attributes, contents.experiments),
        "check_ins": map(_attributes, contents.check_ins),
    }
    return {
        table: [
            {column.name: plain(row[column.name]) for column in columns} for row in values[table]
        ]
        for table, columns in TABLES.items()
    }


def _attributes(value: Any) -> dict[str, object]:  # noqa: ANN401  # any of our dataclasses
    return {one.name: getattr(value, one.name) for one in fields(value)}


def _skip_order(skip: Skip) -> tuple[str, str]:
    return skip.item, skip.day.isoformat()


# -- reading


@dataclass(slots=True)
class _Found:
    """Rows as they are read, with where each stands."""

    problems: list[Problem] = field(default_factory=list)
    tables: dict[str, list[tuple[Record, str, int]]] = field(default_factory=dict)

    def tell(self, file: str, line: int, message: str, *, warning: bool = False) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            severity = Severity.WARNING if warning else Severity.ERROR
            column = 1 if line else 0
            self.problems.append(Problem(file, line, column, message, severity=severity))


def read_files(path: Path) -> tuple[Contents, tuple[Problem, ...]]:
    """Read what an export wrote: a JSON file, a zip file, a folder, or one CSV file of it.

    What is wrong is told with its places, once for each cause, and left out. A table that a
    spreadsheet has saved again may have other separators.

    Raises:
        EnvironmentFault: it cannot be read at all.
    """
    found = _Found()
    for name, content in _texts(path):
        if name.casefold().endswith(".json"):
            _read_json(found, name, content)
        else:
            _read_csv(found, name, content)
    return _contents(found), one_for_each_cause(found.problems)


def _texts(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if path.is_dir():
            files = [path / f"{table}.csv" for table in TABLES]
            present = [file for file in files if file.is_file()]
            if not present:
                raise EnvironmentFault(tr("{path} contains no journal tables.").format(path=path))
            for file in present:
                yield str(file), _bounded(file)
        elif not path.is_file():
            sentence = tr("There is no file {path}.")
            if path.exists():  # a device has no end, and a pipe is waited for
                sentence = tr("{path} is not an ordinary file; it was not read.")
            raise EnvironmentFault(sentence.format(path=path))
        elif zipfile.is_zipfile(path):
            yield from _unpacked(path)
        else:
            yield str(path), _bounded(path)
    except OSError as error:
        raise EnvironmentFault(
            tr("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror or error)
        ) from error


def _bounded(file: Path) -> bytes:
    with file.open("rb") as opened:
        content = opened.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise EnvironmentFault(tr("{path} is too large.").format(path=file))
    return content


def _unpacked(path: Path) -> Iterator[tuple[str, bytes]]:
    wanted = {f"{table}.csv" for table in TABLES}
    left = LARGEST_BYTES
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name in wanted]
            if not names:
                raise EnvironmentFault(tr("{path} contains no journal tables.").format(path=path))
            for name in dict.fromkeys(names):
                with archive.open(name) as member:
                    content = member.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise EnvironmentFault(tr("{path} is too large.").format(path=path))
                yield f"{path}/{name}", content
    except ZIP_FAULTS as error:
        raise EnvironmentFault(
            tr("{path} is not a zip file that can be read: {reason}.").format(
                path=path, reason=error
            )
        ) from error


def _read_json(found: _Found, name: str, content: bytes) -> None:
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        found.tell(name, 0, tr("is not UTF-8"))
        return
    except json.JSONDecodeError as error:
        found.problems.append(Problem(name, error.lineno, error.colno, error.msg))
        return
    except (RecursionError, ValueError):
        found.tell(name, 0, tr("contains no journal"))
        return
    if not isinstance(whole, dict) or whole.get("program") != PROGRAM:
        found.tell(name, 0, tr("contains no Uncramp journal"))
        return
    if whole.get("format") != FORMAT:
        words = tr("has format {n}, which this version of Uncramp cannot read")
        found.tell(name, 0, words.format(n=quoted(whole.get("format"))))
        return
    for table, rows in whole.items():
        if table in TABLES:
            _read_objects(found, name, table, rows)
        elif table not in {"program", "format"}:
            words = tr("{table} is unknown; it was left out").format(table=quoted(table))
            found.tell(name, 0, words, warning=True)


def _read_objects(found: _Found, name: str, table: str, rows: object) -> None:
    if not isinstance(rows, list):
        found.tell(name, 0, tr("{table}: is not a list").format(table=table))
        return
    for number, row in enumerate(rows):
        place = f"{table}[{number}]"
        if not isinstance(row, dict):
            found.tell(name, 0, f"{place}: " + tr("is not an object"))
            continue
        values: Record = {}
        for column in TABLES[table]:
            try:
                values[column.name] = column.value(row.get(column.name, column.default))
            except CellError as error:
                found.tell(name, 0, f"{place}.{column.name}: {error}")
                break
        else:
            found.tables.setdefault(table, []).append((values, f"{name}: {place}", 0))


def _read_csv(found: _Found, name: str, content: bytes) -> None:
    table = Path(name).stem
    if table not in TABLES:
        known = ", ".join(f"{one}.csv" for one in TABLES)
        found.tell(name, 0, tr("is not one of the files {names}").format(names=known))
        return
    try:
        rows = read_table(content)
    except TableError as error:
        found.tell(name, error.line, str(error))
        return
    if _head_fits(found, name, table, rows.head):
        for line, row in rows.rows:
            _read_row(found, name, table, rows.head, row, line)


def _head_fits(found: _Found, name: str, table: str, head: Sequence[str]) -> bool:
    names = {column.name: column.default for column in TABLES[table]}
    missing = [name for name, default in names.items() if name not in head and default is None]
    if missing:
        words = tr("there is no column {names}").format(names=", ".join(sorted(missing)))
        found.tell(name, 1, words)
    for one in head:
        if one not in names:
            words = tr("the column {name} is unknown; it was left out")
            found.tell(name, 1, words.format(name=quoted(one)), warning=True)
    return not missing


def _read_row(
    found: _Found, name: str, table: str, head: Sequence[str], row: Sequence[str], line: int
) -> None:
    if len(row) != len(head):
        words = tr("has {n} cells, not {wanted}").format(n=len(row), wanted=len(head))
        found.tell(name, line, words)
        return
    cells = dict(zip(head, row, strict=True))
    values: Record = {}
    for column in TABLES[table]:
        try:
            cell = cells.get(column.name)
            values[column.name] = (
                column.value(column.default) if cell is None else column.value_of_text(cell)
            )
        except CellError as error:
            found.tell(name, line, f"{column.name}: {error}")
            return
    found.tables.setdefault(table, []).append((values, name, line))


def _contents(found: _Found) -> Contents:
    parts: dict[str, list[PartRecord]] = {}
    known = {values["id"] for values, _, _ in found.tables.get("sessions", ())}
    for values, file, line in found.tables.get("session_parts", ()):
        session = values.pop("session")
        if session in known:
            parts.setdefault(session, []).append(PartRecord(**values))
        else:
            words = tr("session: there is no session {id}").format(id=quoted(session))
            found.tell(file, line, words)
    day_values: dict[object, dict[str, Any]] = {}
    day_changes: dict[object, dict[str, datetime]] = {}
    for values, _, _ in found.tables.get("day_values", ()):
        day_values.setdefault(values["day"], {})[values["field"]] = values["value"]
        if values["changed"] is not None:
            day_changes.setdefault(values["day"], {})[values["field"]] = values["changed"]

    def session_of(**values: Any) -> SessionRecord:  # noqa: ANN401  # as the table holds them
        return SessionRecord(**values, parts=tuple(parts.get(values["id"], ())))

    def day_of(**values: Any) -> DayContext:  # noqa: ANN401  # as above
        day = values["day"]
        return DayContext(
            **values, values=day_values.get(day, {}), changed=day_changes.get(day, {})
        )

    return Contents(
        sessions=_made(found, "sessions", session_of, "id"),
        nights=_made(found, "nights", Night, "day"),
        cramps=_made(found, "cramps", Cramp, "id"),
        days=_made(found, "days", day_of, "day"),
        runs=_made(found, "runs", Run, "id"),
        plan=Plan(
            _made(found, "plan_items", PlanItem, "id"),
            _made(found, "plan_pauses", Pause, "id"),
            frozenset(_made(found, "plan_skips", Skip, "")),
        ),
        experiments=_made(found, "experiments", Experiment, "id"),
        check_ins=_made(found, "check_ins", CheckIn, "day"),
    )


def _made(found: _Found, table: str, make: Callable[..., T], key: str) -> tuple[T, ...]:
    made: dict[object, T] = {}
    for values, file, line in found.tables.get(table, ()):
        name = values[key] if key else len(made)
        if name in made:
            words = tr("{key}: {name} appears twice").format(key=key, name=quoted(str(name)))
            found.tell(file, line, words)
            continue
        try:
            made[name] = make(**values)
        except ValueError as error:
            found.tell(file, line, str(error))
    return tuple(made.values())


# -- taking
