"""What the lot of a running experiment says about this evening, for the day's page."""

from typing import TYPE_CHECKING

from uncramp.journal.studies import Studies
from uncramp.model.errors import EnvironmentFault

if TYPE_CHECKING:
    from uncramp.coach.coach import Coach


def lot_sentence(coach: "Coach") -> str:
    """Return what was drawn for tonight; empty where no experiment asks for anything.

    A journal that cannot be read is told of elsewhere.
    """
    try:
        if coach.journal is None or not Studies(coach.journal).experiments():
            return ""
    except EnvironmentFault:
        return ""
    # Most people have no experiment: what judges one is loaded for those who do.
    from uncramp.coach.insight.trial_words import tonight_sentence
    from uncramp.coach.insight.trials import read_trials, running, tonight
    from uncramp.coach.plan.today import plan_day

    trial = running(read_trials(coach), plan_day(coach.read_date()))
    if trial is None:
        return ""
    known = coach.library.routines.get(trial.experiment.routine)
    name = str(known.name) if known is not None else trial.experiment.routine
    return tonight_sentence(tonight(coach, trial), name)
