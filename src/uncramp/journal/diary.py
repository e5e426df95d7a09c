"""Nights, cramps, days, runs and the plan in the journal's file."""

from datetime import date, datetime

from uncramp.journal.instants import utc
from uncramp.journal.rows import (
    CRAMP,
    DAY,
    ITEM,
    NIGHT,
    PAUSE,
    RUN,
    SKIP,
    cramp_row,
    day_row,
    marks,
    night_row,
    plan_rows,
    read_cramp,
    read_day,
    read_item,
    read_night,
    read_pause,
    read_run,
    read_skip,
    run_row,
)
from uncramp.journal.store import Journal
from uncramp.model.diary import Cramp, DayContext, Night, Run
from uncramp.model.plan import Plan


class Diary:
    """What the user tells, in the file of a journal.

    Every method raises EnvironmentFault when the file cannot be read or written; a write either
    happens whole or not at all. What is deleted can be brought back.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    # -- nights

    def save_night(self, night: Night, now: datetime) -> None:
        """Write the answer for a night, replacing an earlier one."""
        row = night_row(night, now)
        with self._journal.changes() as connection:
            connection.execute("INSERT OR REPLACE INTO night VALUES (?, ?, ?, ?, ?, ?)", row)

    def forget_night(self, day: date) -> None:
        """Take the answer for a night back: it is not logged then."""
        with self._journal.changes() as connection:
            connection.execute("DELETE FROM night WHERE day = ?", (day.isoformat(),))

    def nights(self, first: date, last: date) -> tuple[Night, ...]:
        """Return the answers for the cramp-days from `first` to `last`, in order."""
        with self._journal.look() as connection:
            rows = connection.execute(
                f"SELECT {NIGHT} FROM night WHERE day BETWEEN ? AND ? ORDER BY day",
                (first.isoformat(), last.isoformat()),
            ).fetchall()
            return tuple(read_night(row) for row in rows)

    # -- cramps

    def save_cramp(self, cramp: Cramp, now: datetime) -> None:
        """Write a cramp, replacing what was known of the same one."""
        row = cramp_row(cramp, now)
        with self._journal.changes() as connection:
            connection.execute(f"INSERT OR REPLACE INTO cramp VALUES ({marks(row)})", row)

    def delete_cramp(self, cramp_id: str, now: datetime) -> None:
        """Take a cramp out of the diary; `bring_back_cramp` undoes it."""
        self._mark_deleted("cramp", cramp_id, utc(now))

    def bring_back_cramp(self, cramp_id: str) -> None:
        """Undo a deletion."""
        self._mark_deleted("cramp", cramp_id, None)

    def cramps(self, first: datetime, last: datetime) -> tuple[Cramp, ...]:
        """Return the cramps that began from `first` to before `last`, in order."""
        with self._journal.look() as connection:
            rows = connection.execute(
                f"SELECT {CRAMP} FROM cramp "
                "WHERE at_utc >= ? AND at_utc < ? AND deleted_utc IS NULL ORDER BY at_utc, id",
                (utc(first), utc(last)),
            ).fetchall()
            return tuple(read_cramp(row) for row in rows)

    # -- days

    def save_day(self, context: DayContext, now: datetime) -> None:
        """Write what was noted about a day, replacing what was there."""
        row = day_row(context, now)
        with self._journal.changes() as connection:
            connection.execute("INSERT OR REPLACE INTO day_context VALUES (?, ?, ?, ?, ?, ?)", row)

    def days(self, first: date, last: date) -> tuple[DayContext, ...]:
        """Return what was noted about the days from `first` to `last`, in order."""
        with self._journal.look() as connection:
            rows = connection.execute(
                f"SELECT {DAY} FROM day_context WHERE day BETWEEN ? AND ? ORDER BY day",
                (first.isoformat(), last.isoformat()),
            ).fetchall()
            return tuple(read_day(row) for row in rows)

    def forget_day(self, day: date) -> None:
        """Take what was noted about a day back."""
        with self._journal.changes() as connection:
            connection.execute("DELETE FROM day_context WHERE day = ?", (day.isoformat(),))

    # -- runs

    def save_run(self, run: Run, now: datetime) -> None:
        """Write a run, replacing what was known of the same one."""
        row = run_row(run, now)
        with self._journal.changes() as connection:
            connection.execute(f"INSERT OR REPLACE INTO run VALUES ({marks(row)})", row)

    def delete_run(self, run_id: str, now: datetime) -> None:
        """Take a run out of the diary; `bring_back_run` undoes it."""
        self._mark_deleted("run", run_id, utc(now))

    def bring_back_run(self, run_id: str) -> None:
        """Undo a deletion."""
        self._mark_deleted("run", run_id, None)

    def runs(self, first: datetime, last: datetime) -> tuple[Run, ...]:
        """Return the runs that began from `first` to before `last`, in order."""
        with self._journal.look() as connection:
            rows = connection.execute(
                f"SELECT {RUN} FROM run "
                "WHERE started_utc >= ? AND started_utc < ? AND deleted_utc IS NULL "
                "ORDER BY started_utc, id",
                (utc(first), utc(last)),
            ).fetchall()
            return tuple(read_run(row) for row in rows)

    # -- the plan

    def plan(self) -> Plan:
        """Return all that was ever planned."""
        with self._journal.look() as connection:
            items = connection.execute(
                f"SELECT {ITEM} FROM plan_item ORDER BY start_day, id"
            ).fetchall()
            pauses = connection.execute(
                f"SELECT {PAUSE} FROM plan_pause ORDER BY start_day, id"
            ).fetchall()
            skips = connection.execute(f"SELECT {SKIP} FROM plan_skip").fetchall()
            return Plan(
                tuple(read_item(row) for row in items),
                tuple(read_pause(row) for row in pauses),
                frozenset(read_skip(row) for row in skips),
            )

    def save_plan(self, plan: Plan, now: datetime) -> None:
        """Write the plan in the place of the one before."""
        with self._journal.changes() as connection:
            for table, rows in plan_rows(plan, now).items():
                connection.execute(f"DELETE FROM {table}")  # our own words
                if rows:
                    connection.executemany(f"INSERT INTO {table} VALUES ({marks(rows[0])})", rows)

    def first_day(self) -> date | None:
        """Return the first calendar day, by UTC, of anything but the plan; None for nothing."""
        with self._journal.look() as connection:
            (first,) = connection.execute(_FIRST).fetchone()
            return None if first is None else date.fromisoformat(first[:_DAY_LETTERS])

    def _mark_deleted(self, table: str, row_id: str, deleted: str | None) -> None:
        with self._journal.changes() as connection:
            connection.execute(
                f"UPDATE {table} SET deleted_utc = ? WHERE id = ?",  # our own words
                (deleted, row_id),
            )


_DAY_LETTERS = len("2026-11-22")
_FIRST = """
    SELECT min(day) FROM (
        SELECT min(day) AS day FROM night
        UNION ALL SELECT min(at_utc) FROM cramp
        UNION ALL SELECT min(day) FROM day_context
        UNION ALL SELECT min(started_utc) FROM run
        UNION ALL SELECT min(started_utc) FROM session
    )
"""
