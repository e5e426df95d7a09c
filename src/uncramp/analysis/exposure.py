"""Whether a factor was there before a night, as far as it was known before the night.

What was noted only after a night is not known for it: whoever woke up with a cramp remembers the
day differently (docs/evidence.md#exposure-windows).
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from statistics import median

from uncramp.analysis.adherence import Doing
from uncramp.analysis.record import Comparable, Cut, Factor, Record, Source, Window
from uncramp.model.crampday import EVENING_ENDS, cramp_day, is_recalled
from uncramp.model.diary import DayContext, DayValue, Run
from uncramp.model.week import DAYS_A_WEEK, monday

ENOUGH = 0.5
"""From this share of its work on a routine counts as done; what was begun and left sooner counts
neither way."""
LONG_RUN = 1.5
"""Times one's own median run, by time."""
MILEAGE_JUMP = 1.1
"""Times the mean week of the four before (the rule of a tenth a week)."""
_WEEKS_BEFORE = 4


def exposures(factor: Factor, record: Record, told: Comparable) -> dict[date, bool]:
    """Return whether the factor was there before each night.

    Nights of which that is not known are missing.

    Args:
        factor: what was noted.
        record: with the days that were noted in time only, see `in_time`.
        told: nights.
    """
    days = _days_of(factor, record, told)
    reach = tuple(timedelta(days=back) for back in factor.window.days_back)
    found: dict[date, bool] = {}
    for night in told.days:
        known = [days.get(night - back) for back in reach]
        if any(known):
            found[night] = True
        elif None not in known:
            found[night] = False
    return found


def usual_value(factor: Factor, record: Record, told: Comparable) -> float | None:
    """Return the median of what was noted before the nights that are compared.

    Args:
        factor: what was noted.
        record: with the days that were noted in time only.
        told: nights.
    """
    values = [
        float(value)
        for day in record.days
        if day.day in told.nights
        and (value := day.values.get(factor.key)) is not None
        and not isinstance(value, str)
    ]
    return median(values) if values else None


def in_time(
    days: Iterable[DayContext], told: Comparable, factors: Iterable[Factor]
) -> tuple[DayContext, ...]:
    """Return what was noted before its night, and before that night's first cramp.

    Each value goes by its own time. One that was corrected later is not what was known before the
    night, so it is left out. How one lay in the night just past can only be noted after it: that
    has to be known on the day after, as the answer for the night itself.

    Args:
        days: with all that was noted.
        told: nights.
        factors: that are held against nights.
    """
    of_past_night = {factor.key for factor in factors if factor.window is Window.PAST_NIGHT}
    kept = (
        day._replace(
            values={
                key: value
                for key, value in day.values.items()
                if (
                    not is_recalled(day.day - timedelta(days=1), day.noted_at(key))
                    if key in of_past_night
                    else not _is_late(day.noted_at(key), day.day, told)
                )
            }
        )
        for day in days
    )
    return tuple(day for day in kept if day.values)


def done_before_night(
    doings: Iterable[tuple[date, Doing]], told: Comparable, first: date, last: date
) -> dict[date, bool]:
    """Return on which days something was done before the night.

    A session counts only when it began before the first cramp of the night, and before the
    evening was over; where it came later, or where less than half of it was done, the day is
    missing.

    Args:
        doings: sessions with the day that they count for.
        told: nights.
        first: the first day that is asked for.
        last: the last one.
    """
    shares: dict[date, float] = {}
    late: set[date] = set()
    for day, one in doings:
        if _is_late(one.at, day, told):
            late.add(day)
        else:
            shares[day] = shares.get(day, 0.0) + one.share
    found: dict[date, bool] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        share = shares.get(day, 0.0)
        if share >= ENOUGH:
            found[day] = True
        elif share <= 0 and day not in late:
            found[day] = False
    return found


def evening_of(doing: Doing) -> date:
    """Return the cramp-day in which a session began."""
    return doing.day if doing.at is None else cramp_day(doing.at)


def long_runs(runs: Iterable[Run]) -> frozenset[date]:
    """Return the days with a run of at least `LONG_RUN` times one's own median."""
    known = tuple(runs)
    if not known:
        return frozenset()
    least = LONG_RUN * median(run.seconds for run in known)
    return frozenset(run.started.date() for run in known if run.seconds >= least > 0)


def week_metres(runs: Iterable[Run]) -> dict[date, float]:
    """Return the distance of each week, by its Monday, from the first week with a run to the last.

    A week without a run in between has 0; runs of unknown distance add nothing.
    """
    found: dict[date, float] = {}
    for run in runs:
        week = monday(run.started.date())
        found[week] = found.get(week, 0.0) + (run.credible_m or 0.0)
    if not found:
        return {}
    week, last = min(found), max(found)
    while week < last:
        found.setdefault(week, 0.0)
        week += timedelta(days=DAYS_A_WEEK)
    return found


def _is_late(at: datetime | None, day: date, told: Comparable) -> bool:
    """Whether an instant is not before the night of a day."""
    if at is None:
        return False
    if at.date() > day and (at.date() > day + timedelta(days=1) or at.time() >= EVENING_ENDS):
        return True
    cramp = told.first_cramp.get(day)
    return cramp is not None and at >= cramp


def _days_of(factor: Factor, record: Record, told: Comparable) -> Mapping[date, bool]:
    """Return whether the factor was there on each day of which that is known."""
    if factor.source is Source.NOTED:
        return _noted(factor, record, told)
    if factor.source is Source.STRENGTH:
        return _strength(record, told)
    if factor.source is Source.LONG_RUN:
        return _days_between(record.runs, long_runs(record.runs))
    return _jumps(record.runs)


def _noted(factor: Factor, record: Record, told: Comparable) -> dict[date, bool]:
    usual = usual_value(factor, record, told) if factor.cut is Cut.ABOVE_USUAL else None
    key = factor.key
    found: dict[date, bool] = {}
    for day in record.days:
        value = day.values.get(key)
        if value is None:
            continue
        was = _counts(factor, value, usual)
        if was is not None:
            found[day.day] = was
    return found


def _counts(factor: Factor, value: DayValue, usual: float | None) -> bool | None:
    """Whether a noted value is the factor; None when it is no value of that kind."""
    if factor.cut is Cut.AMONG:
        return value in factor.values if isinstance(value, str) else None
    if isinstance(value, str):
        return None
    if factor.cut is Cut.YES:
        return bool(value)
    if factor.cut is Cut.AT_LEAST:
        return value >= factor.limit
    if factor.cut is Cut.BELOW:
        return value < factor.limit
    return None if usual is None else value > usual


def _strength(record: Record, told: Comparable) -> dict[date, bool]:
    done = [(one.day, one) for one in record.doings if one.routine in record.strength]
    if not done or not told.days:
        return {}
    return done_before_night(done, told, min(day for day, _ in done), told.days[-1])


def _days_between(runs: Iterable[Run], days: frozenset[date]) -> dict[date, bool]:
    """Return which days are among `days`, from the first run to the last one."""
    known = sorted(run.started.date() for run in runs)
    if not known:
        return {}
    span = (known[-1] - known[0]).days
    every = (known[0] + timedelta(days=number) for number in range(span + 1))
    return {day: day in days for day in every}


def _jumps(runs: Iterable[Run]) -> dict[date, bool]:
    """Return which Sundays end a week that jumped; the other days of a week tell nothing.

    Each week is held against the mean of the four before it. The window of the factor is the
    next week, so that each of its nights has just one such Sunday in it.
    """
    weeks = week_metres(runs)
    found: dict[date, bool] = {}
    for week, metres in weeks.items():
        before = [
            weeks.get(week - timedelta(days=DAYS_A_WEEK * back))
            for back in range(1, _WEEKS_BEFORE + 1)
        ]
        usual = [one for one in before if one is not None]
        if len(usual) == _WEEKS_BEFORE and sum(usual) > 0:
            jumped = metres > MILEAGE_JUMP * sum(usual) / _WEEKS_BEFORE
            for number in range(DAYS_A_WEEK):
                found[week + timedelta(days=number)] = False
            found[week + timedelta(days=DAYS_A_WEEK - 1)] = jumped
    return found
