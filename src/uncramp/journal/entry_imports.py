"""Whole imports of entries in the journal's file: made, and undone.

What an import replaces is kept beside it, so that undoing brings it back. What was changed since
is the user's own and stays.
"""

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from uncramp.journal.archive import write_contents
from uncramp.journal.instants import local, stamp, utc
from uncramp.journal.rows import marks
from uncramp.journal.store import Journal
from uncramp.model.contents import Contents, EntryImport

_KEYS: Final = {
    "session": "id",
    "night": "day",
    "cramp": "id",
    "day_context": "day",
    "run": "id",
    "plan_item": "id",
    "plan_pause": "id",
    "plan_skip": "item || ' ' || day",
    "experiment": "id",
    "check_in": "day",
}
"""What tells the rows of a table apart, in SQL."""
_REWRITTEN: Final = frozenset({"plan_item", "plan_pause", "plan_skip"})
"""Tables that are written anew as a whole: when a row was written says nothing of its change."""

_Row = dict[str, Any]


class EntryImports:
    """The imports, in the file of a journal.

    Every method raises EnvironmentFault when the file cannot be read or written; a write either
    happens whole or not at all.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def add(self, entry_import: EntryImport, contents: Contents, now: datetime) -> None:
        """Write `contents`, replacing what was known of the same things."""
        with self._journal.changes() as connection:
            parts = [
                (entry_import.id, table, key, _kept(connection, table, key))
                for table, key in _keys_of(contents)
            ]
            if not parts:
                return
            write_contents(connection, contents, now)
            connection.execute(
                "INSERT INTO run_import VALUES (?, ?, ?, ?, NULL, ?, 'entries')",
                (entry_import.id, *stamp(entry_import.at), entry_import.name, utc(now)),
            )
            connection.executemany("INSERT INTO entry_import_part VALUES (?, ?, ?, ?)", parts)

    def all(self) -> tuple[EntryImport, ...]:
        """Return the imports, newest first."""
        with self._journal.look() as connection:
            rows = connection.execute(_IMPORTS).fetchall()
            return tuple(
                EntryImport(import_id, local(at, offset), name, entries, undone is not None)
                for import_id, at, offset, name, entries, undone in rows
            )

    def undo(self, import_id: str, now: datetime) -> tuple[int, int]:
        """Take an import back; return how many rows went, and how many were changed and stay."""
        undone = kept = 0
        with self._journal.changes() as connection:
            (written,) = connection.execute(
                "SELECT updated_at FROM run_import WHERE id = ?", (import_id,)
            ).fetchone()
            parts = connection.execute(
                "SELECT part_of, row_key, row_before FROM entry_import_part WHERE import_id = ?",
                (import_id,),
            ).fetchall()
            for table, key, before in parts:
                row = _row(connection, table, key)
                if row is None or (table not in _REWRITTEN and row["updated_at"] != written):
                    kept += 1
                    continue
                connection.execute(f"DELETE FROM {table} WHERE {_KEYS[table]} = ?", (key,))
                if before is not None:
                    _bring_back(connection, table, json.loads(before))
                undone += 1
            connection.execute(
                "UPDATE run_import SET undone_utc = ?, updated_at = ? WHERE id = ?",
                (utc(now), utc(now), import_id),
            )
        return undone, kept


def _keys_of(contents: Contents) -> Iterator[tuple[str, str]]:
    kinds: tuple[tuple[str, tuple[Any, ...], str], ...] = (
        ("session", contents.sessions, "id"),
        ("night", contents.nights, "day"),
        ("cramp", contents.cramps, "id"),
        ("day_context", contents.days, "day"),
        ("run", contents.runs, "id"),
        ("plan_item", contents.plan.items, "id"),
        ("plan_pause", contents.plan.pauses, "id"),
        ("experiment", contents.experiments, "id"),
        ("check_in", contents.check_ins, "day"),
    )
    for table, values, name in kinds:
        for value in values:
            key = getattr(value, name)
            yield table, key if name == "id" else key.isoformat()
    for skip in contents.plan.skips:
        yield "plan_skip", f"{skip.item} {skip.day.isoformat()}"


def _row(connection: sqlite3.Connection, table: str, key: str) -> _Row | None:
    """Return a whole row by the names of its columns; None where there is none."""
    query = f"SELECT * FROM {table} WHERE {_KEYS[table]} = ?"  # our own words
    cursor = connection.execute(query, (key,))
    row = cursor.fetchone()
    names = [column[0] for column in cursor.description]
    return None if row is None else dict(zip(names, row, strict=True))


def _kept(connection: sqlite3.Connection, table: str, key: str) -> str | None:
    """Return a row as JSON, a session with its parts; None where there is none."""
    row = _row(connection, table, key)
    if row is None:
        return None
    parts = []
    if table == "session":
        query = "SELECT * FROM session_part WHERE session_id = ?"
        parts = connection.execute(query, (key,)).fetchall()
    return json.dumps({"row": row, "parts": parts}, ensure_ascii=False)


def _bring_back(connection: sqlite3.Connection, table: str, kept: dict[str, Any]) -> None:
    row = kept["row"]
    connection.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks(tuple(row))})", tuple(row.values())
    )
    for part in kept["parts"]:
        connection.execute(f"INSERT INTO session_part VALUES ({marks(part)})", part)


_IMPORTS = """
    SELECT id, at_utc, offset_min, name, count(row_key), undone_utc
    FROM run_import LEFT JOIN entry_import_part ON import_id = id
    WHERE kind = 'entries'
    GROUP BY id ORDER BY at_utc DESC, run_import.rowid DESC
"""
