"""The first questions: when cramps come, where, and when to be reminded."""

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
    """Whether there is neither a plan nor anything in the journal.

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


_TABLES = ("session", "night", "cramp", "day_context", "run", "plan_item")


def proposed(routines: tuple[Routine, ...], answers: Answers, day: date) -> Plan:
    """Return the plan to begin with: the routines for beginners, those that answer first.

    The bedtime routine is for every evening (trial of Hallegraeff 2012), those around a run
    for three runs a week, which the plan page changes.
    """
    plan = Plan()
    for routine in sorted(routines, key=lambda one: (not _answers(one, answers), one.ref)):
        tie = tie_of(routine.moment)
        if tie is Tie.BEDTIME:
            rhythm = Rhythm(tie, remind=answers.bedtime)
        else:
            rhythm = Rhythm(tie, frozenset(), RUNS_A_WEEK)
        plan = with_routine(plan, routine.id, rhythm, day)
    return plan


def beginners(coach: Coach) -> tuple[Routine, ...]:
    """Return the few routines that a first-time user is given."""
    return tuple(one for one in coach.library.routines.values() if one.for_beginners)


def _answers(routine: Routine, answers: Answers) -> bool:
    wanted = {
        Tie.BEDTIME: CrampTime.NIGHT,
        Tie.BEFORE_RUN: CrampTime.RUN,
        Tie.AFTER_RUN: CrampTime.AFTER,
    }
    return wanted.get(tie_of(routine.moment)) in answers.times
