"""What of the plan is due now, what comes later, and what Enter starts.

A plan says which routines a day has; this says which of them makes sense at this hour. What is
due now comes first and is what Enter starts. Routines around runs are offered while people run,
or around a run that is known of, and the bedtime routine in the evening.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final, NamedTuple

from uncramp.model.plan import PlanItem, Tie, read_time

DAY_BEGINS_H: Final = 4
"""Until then the evening before is not over: its bedtime routine can still be done."""
EVENING_H: Final = 20
"""From then on it is time for what is tied to bedtime."""
NOON_H: Final = 12
NIGHT_H: Final = 21
"""From then on nobody is sent on a run, nor to what can be done at any time."""
HOURS_A_DAY: Final = 24
AFTER_RUN: Final = timedelta(hours=3)
"""So long after a run a cool-down makes sense."""
RUN_AHEAD: Final = timedelta(hours=4)
"""So long after its warm-up a run may end."""
EARLY: Final = timedelta(hours=1)
"""So long before its reminder a routine can be due."""


class DueTime(IntEnum):
    """When a routine of today makes sense, in the order in which they are shown."""

    NOW = 0
    LATER = 1
    PAST = 2
    NOT_AT_NIGHT = 3


class Due(NamedTuple):
    """A routine that is still open today.

    Attributes:
        item: of the plan.
        when: whether its time is now.
        is_reminded: its reminder has come.
    """

    item: PlanItem
    when: DueTime
    is_reminded: bool = False


class Lately(NamedTuple):
    """What was done today that a routine may follow.

    Attributes:
        warm_up: when the last routine tied to a run's beginning was begun; None for none.
        run_end: when the last run ended; None for none.
    """

    warm_up: datetime | None = None
    run_end: datetime | None = None


def arrange(
    items: Iterable[PlanItem],
    now: datetime,
    lately: Lately,
    reminded: Collection[str] = (),
    first_ties: Collection[Tie] = (),
) -> tuple[Due, ...]:
    """Return what is open with its time, what is due now first.

    Args:
        items: that are still to be done, in the order of a day.
        now: with the local offset.
        lately: what was done before.
        reminded: ids of items whose reminder has come.
        first_ties: of the routines that the user needs most; they come first among equals.
    """
    due = [
        Due(item, DueTime.NOW, is_reminded=True)
        if item.id in reminded
        else Due(item, _when(item, now, lately))
        for item in items
    ]
    # The sort is stable: among equals the order of a day stays.
    return tuple(
        sorted(
            due,
            key=lambda entry: (
                entry.when,
                not entry.is_reminded,
                entry.item.tie is not Tie.AFTER_RUN or entry.when is not DueTime.NOW,
                entry.item.tie not in first_ties,
            ),
        )
    )


def _when(item: PlanItem, now: datetime, lately: Lately) -> DueTime:
    hour = _hour(now)
    remind = read_time(item.remind)
    if item.tie is Tie.MORNING:
        return DueTime.NOW if hour < NOON_H else DueTime.PAST
    if item.tie is Tie.BEDTIME:
        begins = EVENING_H
        if remind is not None and remind.hour >= NOON_H:
            begins = min(begins, remind.hour)
        return DueTime.NOW if hour >= begins else DueTime.LATER
    if item.tie is Tie.AFTER_RUN:
        if _follows_a_run(now, lately):
            return DueTime.NOW
        return DueTime.LATER if hour < NIGHT_H else DueTime.NOT_AT_NIGHT
    if hour >= NIGHT_H:
        return DueTime.NOT_AT_NIGHT
    if item.tie is Tie.BEFORE_RUN and lately.run_end is not None:
        return DueTime.PAST
    if remind is not None and now.time() < remind:
        begin = datetime.combine(now.date(), remind, now.tzinfo) - EARLY
        return DueTime.NOW if now >= begin else DueTime.LATER
    return DueTime.NOW


def _follows_a_run(now: datetime, lately: Lately) -> bool:
    if lately.run_end is not None:
        return now <= lately.run_end + AFTER_RUN
    return lately.warm_up is not None and now <= lately.warm_up + RUN_AHEAD


def _hour(now: datetime) -> int:
    """Return the hour of the plan's day: one after midnight is the 25th of the day before."""
    return now.hour + (HOURS_A_DAY if now.hour < DAY_BEGINS_H else 0)
