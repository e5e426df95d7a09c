"""The rows of the diary's tables, and the values that they hold.

Readers raise ValueError or TypeError for what cannot have been written by us.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from uncramp.journal.instants import local, stamp, utc
from uncramp.model.body import Side
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
from uncramp.model.plan import Pause, Plan, PlanItem, Skip, Tie

NIGHT = "day, cramps, answered_utc, offset_min, recalled"
CRAMP = (
    "id, at_utc, offset_min, context, muscle, side, seconds, pain, disturbance, relief, "
    "soreness, notes, session, noted_utc"
)
DAY = "day, answered_utc, offset_min, content, changed"
RUN = (
    "id, started_utc, offset_min, seconds, metres, effort, terrain, temperature_c, humid, "
    "fast_start, electrolytes, cramp, notes, source"
)
ITEM = "id, routine, tie, days, times, start_day, end_day, remind, remind_until"
PAUSE = "id, start_day, end_day, reason"
SKIP = "item, day"

Row = tuple[str | int | float | None, ...]


def night_row(night: Night, now: datetime) -> Row:
    """Return the whole row of a night."""
    answered, offset = stamp(night.answered)
    return night.day.isoformat(), night.cramps, answered, offset, int(night.recalled), utc(now)


def cramp_row(cramp: Cramp, now: datetime) -> Row:
    """Return the whole row of a cramp."""
    return (
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


def day_row(context: DayContext, now: datetime) -> Row:
    """Return the whole row of what was noted about a day."""
    content = json.dumps(dict(context.values), ensure_ascii=False, sort_keys=True)
    changed = json.dumps({key: stamp(at) for key, at in sorted(context.changed.items())})
    return context.day.isoformat(), *stamp(context.answered), content, utc(now), changed


def run_row(run: Run, now: datetime) -> Row:
    """Return the whole row of a run."""
    return (
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


def plan_rows(plan: Plan, now: datetime) -> dict[str, list[Row]]:
    """Return the whole rows of the plan, by table."""
    written = utc(now)
    return {
        "plan_item": [
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
                item.remind_until,
            )
            for item in plan.items
        ],
        "plan_pause": [
            (
                pause.id,
                pause.start.isoformat(),
                None if pause.end is None else pause.end.isoformat(),
                pause.reason,
                written,
            )
            for pause in plan.pauses
        ],
        "plan_skip": [(skip.item, skip.day.isoformat(), written) for skip in plan.skips],
    }


def read_night(row: Sequence[Any]) -> Night:
    """Return an answer from the columns of NIGHT."""
    day, cramps, answered, offset, recalled = row
    return Night(date.fromisoformat(day), cramps, local(answered, offset), bool(recalled))


def read_day(row: Sequence[Any]) -> DayContext:
    """Return what was noted about a day from the columns of DAY."""
    day, answered, offset, content, changed = row
    values = _content(content)
    times = {key: local(*at) for key, at in json.loads(changed).items() if key in values}
    return DayContext(date.fromisoformat(day), local(answered, offset), values, times)


def read_pause(row: Sequence[Any]) -> Pause:
    """Return a pause from the columns of PAUSE."""
    pause_id, start, end, reason = row
    return Pause(pause_id, date.fromisoformat(start), maybe_day(end), reason)


def read_skip(row: Sequence[Any]) -> Skip:
    """Return a planned skip from the columns of SKIP."""
    item, day = row
    return Skip(item, date.fromisoformat(day))


def marks(row: Sequence[object]) -> str:
    """Return a question mark for each column."""
    return ", ".join("?" * len(row))


def read_cramp(row: Sequence[Any]) -> Cramp:
    """Return a cramp from the columns of CRAMP."""
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


def read_run(row: Sequence[Any]) -> Run:
    """Return a run from the columns of RUN."""
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


def read_item(row: Sequence[Any]) -> PlanItem:
    """Return a routine of the plan from the columns of ITEM."""
    item_id, routine, tie, days, times, start, end, remind, until = row
    return PlanItem(
        item_id,
        routine,
        Tie(tie),
        frozenset(int(day) for day in days),
        times,
        date.fromisoformat(start),
        maybe_day(end),
        remind,
        until,
    )


def _content(text: str) -> dict[str, bool | int | float | str]:
    content = json.loads(text)
    if not isinstance(content, dict) or not all(
        isinstance(value, bool | int | float | str) for value in content.values()
    ):
        raise ValueError("not what was noted about a day")
    return content


def maybe_day(text: str | None) -> date | None:
    """Return a day, or None where none is written."""
    return None if text is None else date.fromisoformat(text)


def _maybe(value: int | None) -> bool | None:
    return None if value is None else bool(value)
