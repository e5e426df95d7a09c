"""The first questions: when cramps come, where, and when to be reminded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from uncramp.coach.coach import Coach
from uncramp.coach.plan.planning import Rhythm, tie_of, with_routine
from uncramp.journal.store import FILE_NAME
from uncramp.model.diary import CrampMuscle
from uncramp.model.plan import Plan, Tie
from uncramp.model.routine import Routine

RUNS_A_WEEK = 3


class CrampTime(StrEnum):
    """When cramps come."""

    NIGHT = "night"
    RUN = "run"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered; nothing of it is needed.

    Attributes:
        times: when cramps come.
        muscles: where.
        bedtime: "HH:MM" of the evening's reminder; empty for none.
    """

    times: frozenset[CrampTime] = frozenset()
    muscles: frozenset[CrampMuscle] = frozenset()
    bedtime: str = ""


def is_first_start(coach: Coach) -> bool:
    """Whether there is neither a plan nor anything that its user has answered or noted.

    A session that was done on the way to the first questions does not answer them.

    Raises:
        EnvironmentFault: the journal cannot be read.
    """
    if not (coach.places.data / FILE_NAME).exists():
        return True
    journal = coach.journal
    if journal is None:
        return False
    with journal.look() as connection:
        query = " UNION ALL ".join(f"SELECT 1 FROM {table}" for table in _TABLES)
        (is_there,) = connection.execute(f"SELECT EXISTS ({query})").fetchone()
        return not is_there


_TABLES = ("night", "cramp", "day_context", "plan_item")


def proposal(coach: Coach, answers: Answers) -> tuple[Routine, ...]:
    """Return the few routines to begin with, those that answer first.

    Without an answer these are the three for beginners. Cramps at night ask for the one at
    bedtime, those of runs for the ones around a run, and a muscle for the routine that stretches
    it.
    """
    library = coach.library.routines
    first = [routine for routine in library.values() if routine.for_beginners]
    if not answers.times:
        return tuple(sorted(first, key=lambda routine: routine.ref))
    wanted = {tie for time in answers.times for tie in _TIES[time]}
    chosen = [routine.id for routine in first if tie_of(routine.moment) in wanted]
    if CrampTime.NIGHT in answers.times:
        if CrampMuscle.FOOT in answers.muscles:
            chosen = [_WIND_DOWN if routine == _BEDTIME else routine for routine in chosen]
        if CrampMuscle.QUAD in answers.muscles:
            chosen.append(_MORNING)  # it stretches the front of the thigh, as none at bedtime does
    routines = [library[routine] for routine in chosen if routine in library]
    return tuple(
        sorted(routines, key=lambda routine: (not _answers(routine, answers), routine.ref))
    )


def proposed(routines: Iterable[Routine], answers: Answers, day: date) -> Plan:
    """Return the plan of some routines from a day on.

    The bedtime routine is for every evening (trial of Hallegraeff 2012), one for the morning for
    every morning, those around a run for three runs a week, which the plan page changes.
    """
    plan = Plan()
    for routine in routines:
        tie = tie_of(routine.moment)
        if tie is Tie.BEDTIME:
            rhythm = Rhythm(tie, remind=answers.bedtime)
        elif tie is Tie.MORNING:
            rhythm = Rhythm(tie)
        else:
            rhythm = Rhythm(tie, frozenset(), RUNS_A_WEEK)
        plan = with_routine(plan, routine.id, rhythm, day)
    return plan


_TIES = {
    CrampTime.NIGHT: (Tie.BEDTIME,),
    CrampTime.RUN: (Tie.BEFORE_RUN, Tie.AFTER_RUN),
    CrampTime.AFTER: (Tie.AFTER_RUN,),
}
_BEDTIME, _WIND_DOWN, _MORNING = "bedtime_trial", "bedtime_plus", "morning"
"""The trial's two stretches; the same with one for calf and sole; the one on rising."""


def _answers(routine: Routine, answers: Answers) -> bool:
    """Whether a routine is the first for one of the times at which cramps come."""
    return any(_TIES[time][0] is tie_of(routine.moment) for time in answers.times)
