"""A randomised experiment of one's own: begun, followed night by night, ended."""

import random
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from uncramp.analysis.experiment import ended, power_of
from uncramp.analysis.lots import Trial, allocation
from uncramp.coach.plan.today import plan_day
from uncramp.journal.studies import Studies
from uncramp.model.errors import EnvironmentFault
from uncramp.model.experiment import LARGEST_SEED, Design, Ending, Experiment
from uncramp.model.language import tr

if TYPE_CHECKING:
    from uncramp.coach.coach import Coach

WEEKS = (8, 12, 16, 24)
"""How long an experiment may last."""
WASHOUT_DAYS = 2
"""At the beginning of each random week, when it is chosen (docs/evidence.md#self-experiment)."""
RATIOS = (0.65, 0.5, 0.3)
"""Of cramp-nights, for which the power is told before it begins."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a design can be expected to see.

    Attributes:
        design: what is drawn by lot.
        weeks: how long it lasts.
        ratio: of cramp-nights with the routine to those without, if that were the truth.
        power: how likely it finds that, 0 to 1.
    """

    design: Design
    weeks: int
    ratio: float
    power: float


def prospects(a_week: float, weeks: int) -> tuple[Prospect, ...]:
    """Return what each design can see in so many weeks, told before anything begins.

    Args:
        a_week: cramp-nights a week without the routine.
        weeks: how long it lasts.
    """
    return tuple(
        # The same diaries for every question: what is told must not change by being asked again.
        Prospect(design, weeks, ratio, power_of(design, a_week, ratio, weeks, random.Random(1)))
        for design in Design
        for ratio in RATIOS
    )


def trial_of(experiment: Experiment) -> Trial:
    """Return an experiment with the lots of its seed."""
    return Trial(experiment, allocation(experiment, random.Random(experiment.seed)))


def fresh_seed() -> int:
    """Return a seed that nobody could foresee."""
    return secrets.randbelow(LARGEST_SEED)


def read_trials(coach: "Coach") -> tuple[Trial, ...]:
    """Return all experiments, in the order of their first nights.

    Raises:
        EnvironmentFault: the journal cannot be read.
    """
    return tuple(trial_of(one) for one in _studies(coach).experiments())


def running(trials: Iterable[Trial], today: date) -> Trial | None:
    """Return the experiment that is not over; None when there is none."""
    return next((one for one in trials if not one.experiment.is_over(today)), None)


def begin_trial(
    coach: "Coach",
    routine: str,
    design: Design,
    weeks: int,
    *,
    washout: bool = False,
    seed: Callable[[], int] = fresh_seed,
) -> Trial:
    """Fix and keep an experiment that begins with the next evening.

    Args:
        coach: with the journal.
        routine: that is done on some nights.
        design: what is drawn by lot.
        weeks: one of `WEEKS`.
        washout: leave the first nights of each random week out.
        seed: draws the seed of the lots.

    Raises:
        EnvironmentFault: it could not be kept, so it has not begun.
        ValueError: one is running, or it would last otherwise than `WEEKS` allow.
    """
    now = coach.read_date()
    today = plan_day(now)
    if weeks not in WEEKS:
        raise ValueError(f"{weeks} weeks")
    if running(read_trials(coach), today) is not None:
        raise ValueError("an experiment is running")
    experiment = Experiment(
        id=str(uuid4()),
        routine=routine,
        design=design,
        start=today + timedelta(days=1),
        weeks=weeks,
        washout_days=WASHOUT_DAYS if washout and design is Design.RANDOM_WEEKS else 0,
        seed=seed(),
        agreed=now,
    )
    _studies(coach).save_experiment(experiment, now)
    return trial_of(experiment)


def stop_trial(coach: "Coach", trial: Trial, ending: Ending) -> Trial:
    """End an experiment before its last night; for pain that is right at any time.

    Raises:
        EnvironmentFault: it could not be kept.
    """
    now = coach.read_date()
    stopped = ended(trial.experiment, plan_day(now), ending)
    _studies(coach).save_experiment(stopped, now)
    return trial_of(stopped)


def tonight(coach: "Coach", trial: Trial) -> bool | None:
    """Return whether the routine is drawn for tonight; None when tonight is no part of it."""
    today = plan_day(coach.read_date())
    return trial.on(today, today)


def _studies(coach: "Coach") -> Studies:
    if coach.journal is None:
        raise coach.journal_fault or EnvironmentFault(tr("The journal cannot be opened."))
    return Studies(coach.journal)
