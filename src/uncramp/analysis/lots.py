"""The lots of a randomised experiment, drawn from its seed and shown day by day."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from uncramp.model.experiment import Design, Experiment
from uncramp.model.week import DAYS_A_WEEK

PAIR = 2
"""Nights of which one has the routine."""


class Chance(Protocol):
    """What lots are drawn from; a seeded one, so that the draw can be looked through later."""

    def random(self) -> float:
        """Return the next number, from 0 to below 1."""


def allocation(experiment: Experiment, chance: Chance) -> tuple[bool, ...]:
    """Return for each night whether the routine was drawn for it.

    Args:
        experiment: whose lots are drawn.
        chance: fresh from the experiment's seed; only its `random` is used, because nothing else
            gives the same lots in every version of the language.
    """
    if experiment.design is Design.NIGHT_PAIRS:
        drawn: list[bool] = []
        for _ in range(experiment.nights // PAIR):
            first = chance.random() < 0.5
            drawn += [first, not first]
        return tuple(drawn)
    keys = [(chance.random(), week) for week in range(experiment.weeks)]
    with_it = {week for _, week in sorted(keys)[: experiment.weeks // 2]}
    return tuple(night // DAYS_A_WEEK in with_it for night in range(experiment.nights))


@dataclass(frozen=True, slots=True)
class Trial:
    """An experiment with its lots.

    Attributes:
        experiment: what was fixed.
        drawn: for each of its nights whether the routine was drawn.
    """

    experiment: Experiment
    drawn: tuple[bool, ...]

    def on(self, day: date, today: date) -> bool | None:
        """Return whether the routine was drawn for a night.

        None for nights that are not part of it, and for those after `today`: the lots are shown
        day by day, so that nobody can plan by them.
        """
        if day > today or not self.experiment.covers(day):
            return None
        return self.drawn[(day - self.experiment.start).days]
