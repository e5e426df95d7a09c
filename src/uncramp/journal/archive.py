"""Everything in the journal at once: read past damaged rows, written whole, or erased."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from uncramp.journal import rows, study_rows
from uncramp.journal.session_rows import SESSION, read_session, write_session
from uncramp.journal.store import Journal
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.plan import Plan
from uncramp.model.record import PartRecord

T = TypeVar("T")

_TABLES = (
    "session_part",
    "session",
    "night",
    "cramp",
    "day_context",
    "run",
    "run_import_part",
    "entry_import_part",
    "run_import",
    "plan_item",
    "plan_pause",
    "plan_skip",
    "experiment",
    "check_in",
)

_WITHOUT_ROWID = frozenset({"session_part", "run_import_part", "entry_import_part", "plan_skip"})


@dataclass(frozen=True, slots=True)
class Losses:
    """What of a journal could not be read.

    Attributes:
        rows: single entries that cannot have been written by us.
        tables: of which a part, nobody knows how large, is gone.
    """

    rows: int = 0
    tables: tuple[str, ...] = ()


def write_contents(connection: sqlite3.Connection, contents: Contents, now: datetime) -> None:
    """Write `contents` within a transaction, replacing what was known of the same things."""
    for session in contents.sessions:
        write_session(connection, session, now)
    for table, found in (
        ("night", [rows.night_row(night, now) for night in contents.nights]),
        ("cramp", [rows.cramp_row(cramp, now) for cramp in contents.cramps]),
        ("day_context", [rows.day_row(day, now) for day in contents.days]),
        ("run", [rows.run_row(run, now) for run in contents.runs]),
        *rows.plan_rows(contents.plan, now).items(),
        ("experiment", [study_rows.experiment_row(one, now) for one in contents.experiments]),
        ("check_in", [study_rows.check_in_row(one, now) for one in contents.check_ins]),
    ):
        if found:
            connection.executemany(
                f"INSERT OR REPLACE INTO {table} VALUES ({rows.marks(found[0])})", found
            )


class Archive:
    """The whole journal.

    Every method raises EnvironmentFault when the file cannot be read or written; a write either
    happens whole or not at all.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def version(self) -> tuple[int, int]:
        """Return what is another pair after every change, by this program or by another one."""
        with self._journal.look() as connection:
            (others,) = connection.execute("PRAGMA data_version").fetchone()
            return connection.total_changes, int(others)

    def read(self) -> tuple[Contents, int]:
        """Return everything that can be read, and how many rows cannot.

        What was deleted and can still be brought back is not in it.
        """
        contents, losses = self._read(_Reader)
        return contents, losses.rows

    def rescue(self) -> "tuple[Contents, Losses]":
        """Return everything that can be read, also of a damaged file, and what cannot."""
        return self._read(_Rescuer)

    def _read(self, kind: "type[_Reader]") -> "tuple[Contents, Losses]":
        with self._journal.look() as connection:
            reader = kind(connection)
            parts = reader.parts()
            contents = Contents(
                sessions=reader.all(
                    f"SELECT {SESSION} FROM session ORDER BY started_utc, id",
                    lambda row: read_session(row, tuple(parts.get(row[0], ()))),
                ),
                nights=reader.all(
                    f"SELECT {rows.NIGHT} FROM night ORDER BY day",
                    rows.read_night,
                ),
                cramps=reader.all(
                    f"SELECT {rows.CRAMP} FROM cramp WHERE deleted_utc IS NULL ORDER BY at_utc, id",
                    rows.read_cramp,
                ),
                days=reader.all(
                    f"SELECT {rows.DAY} FROM day_context ORDER BY day",
                    rows.read_day,
                ),
                runs=reader.all(
                    f"SELECT {rows.RUN} FROM run WHERE deleted_utc IS NULL "
                    "ORDER BY started_utc, id",
                    rows.read_run,
                ),
                plan=Plan(
                    reader.all(
                        f"SELECT {rows.ITEM} FROM plan_item ORDER BY start_day, id",
                        rows.read_item,
                    ),
                    reader.all(
                        f"SELECT {rows.PAUSE} FROM plan_pause ORDER BY start_day, id",
                        rows.read_pause,
                    ),
                    frozenset(reader.all(f"SELECT {rows.SKIP} FROM plan_skip", rows.read_skip)),
                ),
                experiments=reader.all(
                    f"SELECT {study_rows.EXPERIMENT} FROM experiment WHERE deleted_utc IS NULL "
                    "ORDER BY start_day, id",
                    study_rows.read_experiment,
                ),
                check_ins=reader.all(
                    f"SELECT {study_rows.CHECK_IN} FROM check_in ORDER BY day",
                    study_rows.read_check_in,
                ),
            )
            return contents, Losses(reader.unreadable, tuple(reader.broken))

    def add(self, contents: Contents, now: datetime) -> None:
        """Write `contents`, replacing what was known of the same things."""
        with self._journal.changes() as connection:
            write_contents(connection, contents, now)

    def forget_session(self, session_id: str) -> None:
        """Take a session out of the journal; saving it again brings it back."""
        with self._journal.changes() as connection:
            connection.execute("DELETE FROM session WHERE id = ?", (session_id,))

    def erase(self) -> None:
        """Take everything out for good; nothing of it stays in the file.

        Raises:
            EnvironmentFault: as always; or another program reads the file, which keeps what it
                reads, so that it has to be done again.
        """
        with self._journal.look() as connection:
            connection.execute("PRAGMA secure_delete = ON")
        with self._journal.changes() as connection:
            for table in _TABLES:
                connection.execute(f"DELETE FROM {table}")  # our own words
        with self._journal.look() as connection:
            connection.execute("VACUUM")
            (is_kept, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_kept:
            raise EnvironmentFault(
                tr(
                    "Another program is reading the journal, so a part of it is still in its file. "
                    "Please close that program and erase again."
                )
            )


class _Reader:
    """Reads rows one by one and counts those that cannot have been written by us."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.unreadable = 0
        self.broken: list[str] = []

    def all(self, query: str, read: Callable[[Sequence[Any]], T]) -> tuple[T, ...]:
        """Return what `read` makes of each row."""
        found = []
        for row in self._rows(query):
            try:
                found.append(read(row))
            except (ValueError, TypeError, OverflowError, AttributeError):
                self.unreadable += 1
        return tuple(found)

    def parts(self) -> dict[str, list[PartRecord]]:
        """Return the parts of all sessions, by session."""
        found: dict[str, list[PartRecord]] = defaultdict(list)
        query = (
            "SELECT session_id, exercise, side, planned_ms, done_ms, number FROM session_part "
            "ORDER BY session_id, number"
        )
        for session, exercise, side, planned, done, _ in self._rows(query):
            try:
                found[session].append(PartRecord(exercise, Side(side), planned, done))
            except ValueError:
                self.unreadable += 1
        return found

    def _rows(self, query: str) -> list[Sequence[Any]]:
        # One text that is no UTF-8 must not hide all the others.
        usual = self._connection.text_factory
        self._connection.text_factory = _text
        try:
            return self._fetched(query)
        finally:
            self._connection.text_factory = usual

    def _fetched(self, query: str) -> list[Sequence[Any]]:
        return self._connection.execute(query).fetchall()


class _Rescuer(_Reader):
    """Reads past damaged places: from both ends of a table up to where it is damaged."""

    def _fetched(self, query: str) -> list[Sequence[Any]]:
        try:
            return super()._fetched(query)
        except sqlite3.Error as error:
            if _is_locked(error):
                raise
        unordered = query.partition(" ORDER BY ")[0]
        table = unordered.partition(" FROM ")[2].split()[0]
        self.broken.append(table)
        backwards = f"{unordered} ORDER BY {self._key(table)}"
        both = [*self._as_far_as_possible(unordered), *self._as_far_as_possible(backwards)]
        return list(dict.fromkeys(both))

    def _key(self, table: str) -> str:
        """Return the order in which the table lies in the file, from its end."""
        if table not in _WITHOUT_ROWID:
            return "rowid DESC"
        columns = self._connection.execute(f"PRAGMA table_info({table})").fetchall()
        keys = sorted((row[5], row[1]) for row in columns if row[5])
        return ", ".join(f"{name} DESC" for _, name in keys)

    def _as_far_as_possible(self, query: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        try:
            rows.extend(self._connection.execute(query))
        except sqlite3.Error as error:
            if _is_locked(error):
                raise
        return rows


def _is_locked(error: sqlite3.Error) -> bool:
    """Whether another program is in the way, which is no damage."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def _text(raw: bytes) -> str | bytes:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw
