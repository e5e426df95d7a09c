"""What the lot of a running experiment says about this evening, for the day's page."""

from typing import TYPE_CHECKING, NamedTuple

from uncramp.journal.studies import Studies
from uncramp.model.errors import EnvironmentFault

if TYPE_CHECKING:
    from uncramp.coach.coach import Coach


class Lot(NamedTuple):
    """What was drawn for tonight.

    Attributes:
        sentence: in words; empty where no experiment asks for anything.
        left_out: the id of the routine that is drawn not to be done; empty for none.
    """

    sentence: str = ""
    left_out: str = ""


def read_lot(coach: "Coach") -> Lot:
    """Return what was drawn for tonight; a journal that cannot be read is told of elsewhere."""
    try:
        if coach.journal is None or not Studies(coach.journal).experiments():
            return Lot()
    except EnvironmentFault:
        return Lot()
    # Most people have no experiment: what judges one is loaded for those who do.
    from uncramp.coach.insight.trial_words import tonight_sentence
    from uncramp.coach.insight.trials import read_trials, running, tonight
    from uncramp.coach.plan.today import plan_day

    trial = running(read_trials(coach), plan_day(coach.read_date()))
    if trial is None:
        return Lot()
    known = coach.library.routines.get(trial.experiment.routine)
    name = str(known.name) if known is not None else trial.experiment.routine
    drawn = tonight(coach, trial)
    left_out = trial.experiment.routine if drawn is False else ""
    return Lot(tonight_sentence(drawn, name), left_out)
