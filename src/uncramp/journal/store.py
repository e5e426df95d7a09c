"""The journal: sessions in, sessions out."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from uncramp.journal.database import (
    CannotWrite,
    connect,
    connect_for_reading,
    identity,
    reading,
    writing,
)
from uncramp.journal.instants import local
from uncramp.journal.presence import Presence
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr

if TYPE_CHECKING:
    from uncramp.model.record import SessionRecord

FILE_NAME = "journal.sqlite"


class Journal:
    """The user's journal in one SQLite file.

    Where it cannot be written, on a full disk or one that may only be read, it is read all the
    same, as it was when it was opened.

    Every method raises EnvironmentFault when the file cannot be read or written; a write either
    happens whole or not at all.
    """

    def __init__(self, folder: Path) -> None:
        # Behind a link: SQLite, too, has its second file beside that.
        self.path = Path(os.path.realpath(folder / FILE_NAME))
        self._refusal: CannotWrite | None = None
        try:
            self._connection = connect(self.path)
        except CannotWrite as fault:
            if not self.path.exists():
                raise
            self._connection = connect_for_reading(self.path)
            self._refusal = fault
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

    @property
    def refusal(self) -> str:
        """Why it can only be read, as a sentence; empty when it can be written."""
        return "" if self._refusal is None else str(self._refusal)

    def close(self) -> None:
        """Close the file. Closing twice does nothing."""
        self._presence.release_all()
        self._connection.close()

    def save_session(self, record: "SessionRecord", now: datetime) -> None:
        """Write `record`, replacing what was known of the same session.

        While it is running, other processes do not take it for one that was cut short.
        """
        from uncramp.journal.session_rows import write_session  # the day's page needs none

        if record.is_running:
            self._presence.hold(record.id)
        with self.changes() as connection:
            write_session(connection, record, now)
        if not record.is_running:
            self._presence.release(record.id)

    @contextmanager
    def changes(self) -> Iterator[sqlite3.Connection]:
        """Let everything inside be written together or not at all.

        Raises:
            EnvironmentFault: nothing was written.
        """
        if self._refusal is not None:
            self._open_for_writing()
        if identity(self.path) != self._file:
            # The open file would take it, and nobody would find it there.
            raise EnvironmentFault(
                tr("The journal {path} was moved or deleted while it was in use.").format(
                    path=self.path
                )
            )
        with writing(self._connection, self.path):
            yield self._connection

    def _open_for_writing(self) -> None:
        """The disk may have room again, or be another one."""
        connection = connect(self.path)
        self._connection.close()
        self._connection, self._file, self._refusal = connection, identity(self.path), None

    @contextmanager
    def look(self) -> Iterator[sqlite3.Connection]:
        """Read inside; what cannot have been written by us is damage.

        Raises:
            EnvironmentFault: the file could not be read.
        """
        with reading(self.path):
            yield self._connection

    def sessions(self, *, limit: int = 1_000, offset: int = 0) -> "tuple[SessionRecord, ...]":
        """Return the sessions, newest first."""
        from uncramp.journal.session_rows import SESSION, with_parts  # the day's page needs none

        with reading(self.path):
            rows = self._connection.execute(
                f"SELECT {SESSION} FROM session ORDER BY started_utc DESC, id LIMIT ? OFFSET ?",
                (limit, offset),
            ).fetchall()
            return with_parts(self._connection, rows)

    def unfinished_sessions(self) -> "tuple[SessionRecord, ...]":
        """Return the sessions that were running when the program ended, newest first.

        Those that another process guides right now are not among them.
        """
        from uncramp.journal.session_rows import SESSION, with_parts  # as above

        with reading(self.path):
            rows = self._connection.execute(
                f"SELECT {SESSION} FROM session WHERE outcome = 'running' "
                "ORDER BY started_utc DESC, id"
            ).fetchall()
            cut_short = [row for row in rows if not self._presence.is_elsewhere(str(row[0]))]
            return with_parts(self._connection, cut_short)

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
