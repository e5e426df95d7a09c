"""The rows of the sessions, and the values that they hold.

Readers raise ValueError or TypeError for what cannot have been written by us.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from uncramp.journal.instants import local, stamp, utc
from uncramp.model.body import Side
from uncramp.model.record import Outcome, PartRecord, SessionRecord

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


def with_parts(
    connection: sqlite3.Connection, rows: Iterable[Sequence[Any]]
) -> tuple[SessionRecord, ...]:
    """Return the sessions of rows with the columns of SESSION, each with its blocks of work."""
    return tuple(read_session(row, _parts(connection, row[0])) for row in rows)


def _parts(connection: sqlite3.Connection, session_id: str) -> tuple[PartRecord, ...]:
    rows = connection.execute(
        "SELECT exercise, side, planned_ms, done_ms FROM session_part "
        "WHERE session_id = ? ORDER BY number",
        (session_id,),
    ).fetchall()
    return tuple(
        PartRecord(exercise, Side(side), planned, done) for exercise, side, planned, done in rows
    )


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
