"""The record week by week: what was done of the plan, and what the nights were like."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from uncramp.analysis.adherence import Adherence, Doing, by_routine, total, weekly
from uncramp.analysis.record import Record
from uncramp.model.diary import Cramp, CrampContext, Night, Run
from uncramp.model.plan import Plan
from uncramp.model.week import DAYS_A_WEEK, week_start

_T = TypeVar("_T")
NOTES = "notes"
"""The key of the free words that are noted about a day."""
AFTER_RUN = timedelta(hours=6)
"""So long after a run a cramp still belongs to it (docs/evidence.md#exposure-windows)."""


class MarkKind(StrEnum):
    """What a mark on the weeks is about."""

    PLANNED = "planned"
    CHANGED = "changed"
    ENDED = "ended"
    PAUSED = "paused"
    RESUMED = "resumed"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day.

    Attributes:
        day: when.
        kind: what.
        routine: that was planned, changed or ended; else empty.
        text: of a note, or the reason of a pause; else empty.
    """

    day: date
    kind: MarkKind
    routine: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """One week, from Monday to Sunday.

    Attributes:
        monday: its first day.
        days: how many of its nights are over and count, 0 to 7; a week with less than 7 is cut.
        routines: how the plan was kept to, by routine.
        total: the same of all routines.
        work_s: seconds of work done, planned or not.
        logged: nights that were told, in time or from memory.
        recalled: how many of these were told from memory.
        cramp_nights: logged nights with a cramp, of both kinds.
        recalled_cramp_nights: how many of these were told from memory.
        cramps: in these nights.
        pain: the mean of the week's cramps, 0 to 10; None when none was said.
        marks: what happened.
    """

    monday: date
    days: int
    routines: Mapping[str, Adherence]
    total: Adherence
    work_s: float = 0.0
    logged: int = 0
    recalled: int = 0
    cramp_nights: int = 0
    recalled_cramp_nights: int = 0
    cramps: int = 0
    pain: float | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether all its nights are over and could have been told."""
        return self.days == DAYS_A_WEEK


@dataclass(frozen=True, slots=True)
class Load:
    """The runs of one week.

    Attributes:
        monday: its first day.
        runs: how many.
        metres: in all; runs of unknown distance add nothing.
        seconds: in all.
        longest_metres: of one run.
        longest_seconds: of one run.
        cramps: runs with a cramp in them or within six hours after.
    """

    monday: date
    runs: int
    metres: float
    seconds: int
    longest_metres: float
    longest_seconds: int
    cramps: int


def weeks(record: Record, first: date, last: date, begun: date) -> tuple[Week, ...]:
    """Return the weeks in order.

    Args:
        record: up to `last`.
        first: any day of the first week.
        last: today; its own night is not over.
        begun: the first day whose night counts.
    """
    mondays = _mondays(first, last)
    doings = _by_week((one.day, one) for one in record.doings)
    nights = _by_week((one.day, one) for one in record.nights)
    cramps = _by_week((one.day, one) for one in record.cramps)
    marked = _by_week((mark.day, mark) for mark in marks(record, last))
    found: list[Week] = []
    for start in mondays:
        done = doings.get(start, ())
        end = min(start + timedelta(days=DAYS_A_WEEK), last)
        found.append(
            _week(
                start,
                max(0, (end - max(start, begun)).days),
                by_routine(record.plan, weekly(record.plan, done, start, record.plan_day or last)),
                done,
                nights.get(start, ()),
                cramps.get(start, ()),
                tuple(marked.get(start, ())),
            )
        )
    return tuple(found)


def loads(runs: Iterable[Run], cramps: Iterable[Cramp], first: date) -> tuple[Load, ...]:
    """Return the runs of each week from that of `first` on, weeks without runs left out."""
    from_week = week_start(first)
    at = sorted(one.at for one in cramps if one.context is not CrampContext.NIGHT)
    by_week = _by_week((run.started.date(), run) for run in runs)
    return tuple(
        Load(
            week,
            len(ones),
            sum(run.credible_m or 0.0 for run in ones),
            sum(run.seconds for run in ones),
            max(run.credible_m or 0.0 for run in ones),
            max(run.seconds for run in ones),
            sum(_cramped(run, at) for run in ones),
        )
        for week, ones in sorted(by_week.items())
        if week >= from_week
    )


def _cramped(run: Run, at: Sequence[datetime]) -> bool:
    """Whether there was a cramp in a run, or within six hours after its end."""
    if run.cramp:
        return True
    later = bisect_left(at, run.started)
    until = run.started + timedelta(seconds=run.seconds) + AFTER_RUN
    return later < len(at) and at[later] <= until


def marks(record: Record, today: date) -> tuple[Mark, ...]:
    """Return what happened up to `today`, in order."""
    found = [*_plan_marks(record.plan), *_pause_marks(record.plan)]
    found.extend(
        Mark(day.day, MarkKind.NOTE, text=str(day.values[NOTES]))
        for day in record.days
        if day.values.get(NOTES)
    )
    order = list(MarkKind)
    known = (mark for mark in found if mark.day <= today)
    return tuple(sorted(known, key=lambda mark: (mark.day, order.index(mark.kind), mark.routine)))


def _plan_marks(plan: Plan) -> Iterable[Mark]:
    starts = {(item.routine, item.start) for item in plan.items}
    ends = {(item.routine, item.end) for item in plan.items if item.end is not None}
    for routine, day in starts:
        kind = MarkKind.CHANGED if (routine, day) in ends else MarkKind.PLANNED
        yield Mark(day, kind, routine)
    for routine, day in ends - starts:
        yield Mark(day, MarkKind.ENDED, routine)


def _pause_marks(plan: Plan) -> Iterable[Mark]:
    for pause in plan.pauses:
        yield Mark(pause.start, MarkKind.PAUSED, text=pause.reason)
        if pause.end is not None:
            yield Mark(pause.end, MarkKind.RESUMED)


def _week(
    start: date,
    days: int,
    kept: Mapping[str, Adherence],
    done: Iterable[Doing],
    nights: Iterable[Night],
    cramps: Iterable[Cramp],
    marked: tuple[Mark, ...],
) -> Week:
    told = tuple(nights)
    with_cramp = [one for one in told if one.cramps]
    pains = [cramp.pain for cramp in cramps if cramp.pain is not None]
    return Week(
        monday=start,
        days=days,
        routines=kept,
        total=total(kept.values()),
        work_s=sum(doing.done_s for doing in done),
        logged=len(told),
        recalled=sum(one.recalled for one in told),
        cramp_nights=len(with_cramp),
        recalled_cramp_nights=sum(one.recalled for one in with_cramp),
        cramps=sum(one.cramps for one in told),
        pain=sum(pains) / len(pains) if pains else None,
        marks=marked,
    )


def _mondays(first: date, last: date) -> tuple[date, ...]:
    start = week_start(first)
    count = (week_start(last) - start).days // DAYS_A_WEEK + 1
    return tuple(start + timedelta(days=DAYS_A_WEEK * number) for number in range(count))


def _by_week(dated: Iterable[tuple[date, _T]]) -> dict[date, list[_T]]:
    found: dict[date, list[_T]] = {}
    for day, one in dated:
        found.setdefault(week_start(day), []).append(one)
    return found
