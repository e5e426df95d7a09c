"""Nights, cramps, days, runs and the plan in the journal's file."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from uncramp.journal.instants import local, stamp, utc
from uncramp.journal.store import Journal
from uncramp.model.diary import (
    Cramp,
    CrampContext,
    CrampMuscle,
    DayContext,
    Night,
    Relief,
    Run,
    Terrain,
)
from uncramp.model.exercise import Side
from uncramp.model.plan import Pause, Plan, PlanItem, Skip, Tie


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
        answered, offset = stamp(night.answered)
        row = (night.day.isoformat(), night.cramps, answered, offset, int(night.recalled), utc(now))
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
                "SELECT day, cramps, answered_utc, offset_min, recalled FROM night "
                "WHERE day BETWEEN ? AND ? ORDER BY day",
                (first.isoformat(), last.isoformat()),
            ).fetchall()
            return tuple(
                Night(date.fromisoformat(day), cramps, local(answered, offset), bool(recalled))
                for day, cramps, answered, offset, recalled in rows
            )

    # -- cramps

    def save_cramp(self, cramp: Cramp, now: datetime) -> None:
        """Write a cramp, replacing what was known of the same one."""
        row = (
            cramp.id,
            *stamp(cramp.at),
            cramp.context.value,
            cramp.muscle.value,
            cramp.side.value,
            cramp.seconds,
            cramp.pain,
            cramp.disturbance,
            " ".join(cramp.relief),
            cramp.soreness,
            cramp.notes,
            cramp.session,
            None if cramp.noted is None else utc(cramp.noted),
            None,
            utc(now),
        )
        with self._journal.changes() as connection:
            connection.execute(f"INSERT OR REPLACE INTO cramp VALUES ({_marks(row)})", row)

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
                "SELECT id, at_utc, offset_min, context, muscle, side, seconds, pain, "
                "disturbance, relief, soreness, notes, session, noted_utc FROM cramp "
                "WHERE at_utc >= ? AND at_utc < ? AND deleted_utc IS NULL ORDER BY at_utc, id",
                (utc(first), utc(last)),
            ).fetchall()
            return tuple(_cramp(row) for row in rows)

    # -- days

    def save_day(self, context: DayContext, now: datetime) -> None:
        """Write what was noted about a day, replacing what was there."""
        content = json.dumps(dict(context.values), ensure_ascii=False, sort_keys=True)
        row = (context.day.isoformat(), *stamp(context.answered), content, utc(now))
        with self._journal.changes() as connection:
            connection.execute("INSERT OR REPLACE INTO day_context VALUES (?, ?, ?, ?, ?)", row)

    def days(self, first: date, last: date) -> tuple[DayContext, ...]:
        """Return what was noted about the days from `first` to `last`, in order."""
        with self._journal.look() as connection:
            rows = connection.execute(
                "SELECT day, answered_utc, offset_min, content FROM day_context "
                "WHERE day BETWEEN ? AND ? ORDER BY day",
                (first.isoformat(), last.isoformat()),
            ).fetchall()
            return tuple(
                DayContext(date.fromisoformat(day), local(answered, offset), _content(content))
                for day, answered, offset, content in rows
            )

    # -- runs

    def save_run(self, run: Run, now: datetime) -> None:
        """Write a run, replacing what was known of the same one."""
        row = (
            run.id,
            *stamp(run.started),
            run.seconds,
            run.metres,
            run.effort,
            None if run.terrain is None else run.terrain.value,
            run.temperature_c,
            run.humid,
            run.fast_start,
            run.electrolytes,
            run.cramp,
            run.notes,
            run.source,
            None,
            utc(now),
        )
        with self._journal.changes() as connection:
            connection.execute(f"INSERT OR REPLACE INTO run VALUES ({_marks(row)})", row)

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
                "SELECT id, started_utc, offset_min, seconds, metres, effort, terrain, "
                "temperature_c, humid, fast_start, electrolytes, cramp, notes, source FROM run "
                "WHERE started_utc >= ? AND started_utc < ? AND deleted_utc IS NULL "
                "ORDER BY started_utc, id",
                (utc(first), utc(last)),
            ).fetchall()
            return tuple(_run(row) for row in rows)

    # -- the plan

    def plan(self) -> Plan:
        """Return all that was ever planned."""
        with self._journal.look() as connection:
            items = connection.execute(
                "SELECT id, routine, tie, days, times, start_day, end_day, remind FROM plan_item "
                "ORDER BY start_day, id"
            ).fetchall()
            pauses = connection.execute(
                "SELECT id, start_day, end_day, reason FROM plan_pause ORDER BY start_day, id"
            ).fetchall()
            skips = connection.execute("SELECT item, day FROM plan_skip").fetchall()
            return Plan(
                tuple(_item(row) for row in items),
                tuple(
                    Pause(pause_id, date.fromisoformat(start), _day(end), reason)
                    for pause_id, start, end, reason in pauses
                ),
                frozenset(Skip(item, date.fromisoformat(day)) for item, day in skips),
            )

    def save_plan(self, plan: Plan, now: datetime) -> None:
        """Write the plan in the place of the one before."""
        written = utc(now)
        items = [
            (
                item.id,
                item.routine,
                item.tie.value,
                "".join(str(day) for day in sorted(item.days)),
                item.times,
                item.start.isoformat(),
                None if item.end is None else item.end.isoformat(),
                item.remind,
                written,
            )
            for item in plan.items
        ]
        pauses = [
            (
                pause.id,
                pause.start.isoformat(),
                None if pause.end is None else pause.end.isoformat(),
                pause.reason,
                written,
            )
            for pause in plan.pauses
        ]
        skips = [(skip.item, skip.day.isoformat(), written) for skip in plan.skips]
        with self._journal.changes() as connection:
            for table, rows in (("item", items), ("pause", pauses), ("skip", skips)):
                connection.execute(f"DELETE FROM plan_{table}")  # our own words
                if rows:
                    marks = _marks(rows[0])
                    connection.executemany(
                        f"INSERT INTO plan_{table} VALUES ({marks})",
                        rows,
                    )

    def _mark_deleted(self, table: str, row_id: str, deleted: str | None) -> None:
        with self._journal.changes() as connection:
            connection.execute(
                f"UPDATE {table} SET deleted_utc = ? WHERE id = ?",  # our own words
                (deleted, row_id),
            )


def _marks(row: Sequence[object]) -> str:
    return ", ".join("?" * len(row))


def _cramp(row: Sequence[Any]) -> Cramp:
    (cramp_id, at, offset, context, muscle, side, seconds, pain, disturbance) = row[:9]
    relief, soreness, notes, session, noted = row[9:]
    return Cramp(
        id=cramp_id,
        at=local(at, offset),
        context=CrampContext(context),
        muscle=CrampMuscle(muscle),
        side=Side(side),
        seconds=seconds,
        pain=pain,
        disturbance=disturbance,
        relief=tuple(Relief(word) for word in relief.split()),
        soreness=soreness,
        notes=notes,
        session=session,
        noted=None if noted is None else local(noted, offset),
    )


def _run(row: Sequence[Any]) -> Run:
    run_id, started, offset, seconds, metres, effort, terrain, temperature = row[:8]
    humid, fast_start, electrolytes, cramp, notes, source = row[8:]
    return Run(
        id=run_id,
        started=local(started, offset),
        seconds=seconds,
        metres=metres,
        effort=effort,
        terrain=None if terrain is None else Terrain(terrain),
        temperature_c=temperature,
        humid=_maybe(humid),
        fast_start=_maybe(fast_start),
        electrolytes=_maybe(electrolytes),
        cramp=_maybe(cramp),
        notes=notes,
        source=source,
    )


def _item(row: Sequence[Any]) -> PlanItem:
    item_id, routine, tie, days, times, start, end, remind = row
    return PlanItem(
        item_id,
        routine,
        Tie(tie),
        frozenset(int(day) for day in days),
        times,
        date.fromisoformat(start),
        _day(end),
        remind,
    )


def _content(text: str) -> dict[str, bool | int | float | str]:
    content = json.loads(text)
    if not isinstance(content, dict) or not all(
        isinstance(value, bool | int | float | str) for value in content.values()
    ):
        raise ValueError("not what was noted about a day")
    return content


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _maybe(value: int | None) -> bool | None:
    return None if value is None else bool(value)
