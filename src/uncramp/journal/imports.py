"""Whole imports of runs in the journal's file: made, undone, brought back."""

from collections.abc import Sequence
from datetime import datetime

from uncramp.journal.instants import local, stamp, utc
from uncramp.journal.rows import marks, run_row
from uncramp.journal.store import Journal
from uncramp.model.diary import Run
from uncramp.model.recording import RunImport


class RunImports:
    """The imports, in the file of a journal.

    Every method raises EnvironmentFault when the file cannot be read or written; a write either
    happens whole or not at all.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def add(self, made: RunImport, runs: Sequence[Run], now: datetime) -> None:
        """Write all runs of an import, together."""
        rows = [run_row(run, now) for run in runs]
        if not rows:
            return
        with self._journal.changes() as connection:
            connection.execute(
                "INSERT INTO run_import VALUES (?, ?, ?, ?, NULL, ?, 'runs')",
                (made.id, *stamp(made.at), made.name, utc(now)),
            )
            connection.executemany(f"INSERT INTO run VALUES ({marks(rows[0])})", rows)
            connection.executemany(
                "INSERT INTO run_import_part VALUES (?, ?)", [(made.id, run.id) for run in runs]
            )

    def all(self) -> tuple[RunImport, ...]:
        """Return the imports, newest first."""
        with self._journal.look() as connection:
            rows = connection.execute(_IMPORTS).fetchall()
            return tuple(
                RunImport(import_id, local(at, offset), name, runs, undone is not None)
                for import_id, at, offset, name, runs, undone in rows
            )

    def undo(self, import_id: str, now: datetime) -> int:
        """Take the runs of an import out, and return how many; `redo` brings them back."""
        deleted = utc(now)
        with self._journal.changes() as connection:
            taken = connection.execute(
                f"UPDATE run SET deleted_utc = ? WHERE deleted_utc IS NULL AND id IN ({_PARTS})",
                (deleted, import_id),
            ).rowcount
            connection.execute(
                "UPDATE run_import SET undone_utc = ?, updated_at = ? WHERE id = ?",
                (deleted, deleted, import_id),
            )
        return int(taken)

    def redo(self, import_id: str, now: datetime) -> int:
        """Bring back what `undo` took out, and return how many; what was deleted singly stays."""
        with self._journal.changes() as connection:
            brought = connection.execute(
                "UPDATE run SET deleted_utc = NULL WHERE deleted_utc = "
                f"(SELECT undone_utc FROM run_import WHERE id = ?) AND id IN ({_PARTS})",
                (import_id, import_id),
            ).rowcount
            connection.execute(
                "UPDATE run_import SET undone_utc = NULL, updated_at = ? WHERE id = ?",
                (utc(now), import_id),
            )
        return int(brought)


_PARTS = "SELECT run_id FROM run_import_part WHERE import_id = ?"
_IMPORTS = """
    SELECT id, at_utc, offset_min, name, count(run_id), undone_utc
    FROM run_import LEFT JOIN run_import_part ON import_id = id
    WHERE kind = 'runs'
    GROUP BY id ORDER BY at_utc DESC, run_import.rowid DESC
"""
