"""The journal: sessions in, sessions out."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from uncramp.journal.database import connect, identity, reading, writing
from uncramp.journal.instants import local, stamp, utc
from uncramp.journal.presence import Presence
from uncramp.model.body import Side
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.record import Outcome, PartRecord, SessionRecord

FILE_NAME = "journal.sqlite"


class Journal:
    """The user's journal in one SQLite file.

    Every method raises EnvironmentFault when the file cannot be read or written; a write either
    happens whole or not at all.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._connection = connect(self.path)
        self._file = identity(self.path)
        self._presence = Presence(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Closing twice does nothing."""
        self._presence.release_all()
        self._connection.close()

    def save_session(self, record: SessionRecord, now: datetime) -> None:
        """Write `record`, replacing what was known of the same session.

        While it is running, other processes do not take it for one that was cut short.
        """
        if record.outcome is Outcome.RUNNING:
            self._presence.hold(record.id)
        with self.changes() as connection:
            write_session(connection, record, now)
        if record.outcome is not Outcome.RUNNING:
            self._presence.release(record.id)

    @contextmanager
    def changes(self) -> Iterator[sqlite3.Connection]:
        """Let everything inside be written together or not at all.

        Raises:
            EnvironmentFault: nothing was written.
        """
        if identity(self.path) != self._file:
            # The open file would take it, and nobody would find it there.
            raise EnvironmentFault(
                tr("The journal {path} was moved or deleted while it was in use.").format(
                    path=self.path
                )
            )
        with writing(self._connection, self.path):
            yield self._connection

    @contextmanager
    def look(self) -> Iterator[sqlite3.Connection]:
        """Read inside; what cannot have been written by us is damage.

        Raises:
            EnvironmentFault: the file could not be read.
        """
        with reading(self.path):
            yield self._connection

    def sessions(self, *, limit: int = 1_000, offset: int = 0) -> tuple[SessionRecord, ...]:
        """Return the sessions, newest first."""
        with reading(self.path):
            rows = self._connection.execute(
                f"SELECT {SESSION} FROM session ORDER BY started_utc DESC, id LIMIT ? OFFSET ?",
                (limit, offset),
            ).fetchall()
            return self._records(rows)

    def unfinished_sessions(self) -> tuple[SessionRecord, ...]:
        """Return the sessions that were running when the program ended, newest first.

        Those that another process guides right now are not among them.
        """
        with reading(self.path):
            rows = self._connection.execute(
                f"SELECT {SESSION} FROM session WHERE outcome = 'running' "
                "ORDER BY started_utc DESC, id"
            ).fetchall()
            cut_short = [row for row in rows if not self._presence.is_elsewhere(str(row[0]))]
            return self._records(cut_short)

    def last_done(self) -> dict[str, datetime]:
        """Return, by routine id, when it was last done with at least some work in it."""
        with reading(self.path):
            rows = self._connection.execute(
                "SELECT routine, started_utc, offset_min FROM session "
                "WHERE id IN (SELECT session_id FROM session_part WHERE done_ms > 0) "
                "ORDER BY started_utc"
            ).fetchall()
            return {routine: local(started, offset) for routine, started, offset in rows}

    def times_done(self) -> dict[str, int]:
        """Return, by routine id, how many times it was done with at least some work in it."""
        with reading(self.path):
            rows = self._connection.execute(
                "SELECT routine, count(*) FROM session "
                "WHERE id IN (SELECT session_id FROM session_part WHERE done_ms > 0) "
                "GROUP BY routine"
            ).fetchall()
            return {str(routine): int(times) for routine, times in rows}

    def _records(self, rows: Sequence[tuple[str, ...]]) -> tuple[SessionRecord, ...]:
        parts = self._parts(row[0] for row in rows)
        return tuple(read_session(row, parts.get(row[0], ())) for row in rows)

    def _parts(self, ids: Iterable[str]) -> dict[str, tuple[PartRecord, ...]]:
        found: dict[str, tuple[PartRecord, ...]] = {}
        for session_id in ids:
            rows = self._connection.execute(
                "SELECT exercise, side, planned_ms, done_ms FROM session_part "
                "WHERE session_id = ? ORDER BY number",
                (session_id,),
            ).fetchall()
            found[session_id] = tuple(
                PartRecord(exercise, Side(side), planned, done)
                for exercise, side, planned, done in rows
            )
        return found


SESSION = "id, routine, routine_name, started_utc, offset_min, ended_utc, outcome, progress"

_UPSERT_SESSION = """
    INSERT INTO session (
        id, routine, routine_name, started_utc, offset_min, ended_utc, outcome, progress,
        updated_at
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
        ended_utc = excluded.ended_utc, outcome = excluded.outcome,
        progress = excluded.progress, updated_at = excluded.updated_at
"""


def write_session(connection: sqlite3.Connection, record: SessionRecord, now: datetime) -> None:
    """Write a session within a transaction, replacing what was known of the same one."""
    row = (
        record.id,
        record.routine,
        record.routine_name,
        *stamp(record.started_at),
        None if record.ended_at is None else utc(record.ended_at),
        record.outcome.value,
        record.progress,
        utc(now),
    )
    parts = [
        (record.id, number, part.exercise, part.side.value, part.planned_ms, part.done_ms)
        for number, part in enumerate(record.parts)
    ]
    connection.execute(_UPSERT_SESSION, row)
    connection.execute("DELETE FROM session_part WHERE session_id = ?", (record.id,))
    connection.executemany("INSERT INTO session_part VALUES (?, ?, ?, ?, ?, ?)", parts)


def read_session(row: Sequence[object], parts: tuple[PartRecord, ...]) -> SessionRecord:
    """Return a session from the columns of SESSION and its parts."""
    session_id, routine, name, started, offset, ended, outcome, progress = row
    offset_min = int(str(offset))
    return SessionRecord(
        id=str(session_id),
        routine=str(routine),
        routine_name=str(name),
        started_at=local(str(started), offset_min),
        ended_at=None if ended is None else local(str(ended), offset_min),
        outcome=Outcome(str(outcome)),
        parts=parts,
        progress=str(progress),
    )
