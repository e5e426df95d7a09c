"""The rows of experiments and monthly check-ins, and the values that they hold.

Readers raise ValueError or TypeError for what cannot have been written by us.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from uncramp.journal.instants import local, stamp, utc
from uncramp.journal.rows import Row, maybe_day
from uncramp.model.check_in import CheckIn
from uncramp.model.experiment import Design, Ending, Experiment

EXPERIMENT = (
    "id, routine, design, start_day, weeks, washout_days, seed, agreed_utc, offset_min, "
    "stopped_day, ending, notes"
)
CHECK_IN = "day, answered_utc, offset_min, changed, tried, to_try, rating"


def experiment_row(experiment: Experiment, now: datetime) -> Row:
    """Return the whole row of an experiment."""
    stopped, ending = experiment.stopped, experiment.ending
    return (
        experiment.id,
        experiment.routine,
        experiment.design.value,
        experiment.start.isoformat(),
        experiment.weeks,
        experiment.washout_days,
        experiment.seed,
        *stamp(experiment.agreed),
        None if stopped is None else stopped.isoformat(),
        None if ending is None else ending.value,
        experiment.notes,
        None,
        utc(now),
    )


def check_in_row(check_in: CheckIn, now: datetime) -> Row:
    """Return the whole row of a monthly check-in."""
    return (
        check_in.day.isoformat(),
        *stamp(check_in.answered),
        check_in.changed,
        check_in.tried,
        check_in.to_try,
        check_in.rating,
        utc(now),
    )


def read_experiment(row: Sequence[Any]) -> Experiment:
    """Return an experiment from the columns of EXPERIMENT."""
    experiment_id, routine, design, start, weeks, washout, seed, agreed, offset = row[:9]
    stopped, ending, notes = row[9:]
    return Experiment(
        id=experiment_id,
        routine=routine,
        design=Design(design),
        start=date.fromisoformat(start),
        weeks=weeks,
        washout_days=washout,
        seed=seed,
        agreed=local(agreed, offset),
        stopped=maybe_day(stopped),
        ending=None if ending is None else Ending(ending),
        notes=notes,
    )


def read_check_in(row: Sequence[Any]) -> CheckIn:
    """Return a monthly check-in from the columns of CHECK_IN."""
    day, answered, offset, changed, tried, to_try, rating = row
    made = local(answered, offset)
    return CheckIn(date.fromisoformat(day), made, changed, tried, to_try, rating)
