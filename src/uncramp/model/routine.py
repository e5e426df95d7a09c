"""A routine: which exercises, how long, in which order."""

from dataclasses import dataclass
from enum import StrEnum

from uncramp.model.text import Text

SET_UP_S = 6.0
"""Seconds to get from one step to the next (routine catalogue, note on totals)."""
SWITCH_S = 5.0
"""Seconds to change sides (routine catalogue, note on totals)."""


class Moment(StrEnum):
    """When a routine is meant for."""

    BEFORE_RUN = "before_run"
    AFTER_RUN = "after_run"
    MORNING = "morning"
    BEDTIME = "bedtime"
    CRAMP = "cramp"
    STRENGTH = "strength"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Step:
    """One exercise with its dose.

    Attributes:
        exercise: the exercise's id.
        seconds: length of one block of work; per side when the exercise has sides.
        repetitions: shown and spoken beside the time; None for time alone.
        sets: how many blocks of work (per side).
        rest_s: seconds of rest between the sets.
        alternate: change sides after every set instead of after all sets of a side.
        set_up_s: seconds to get into place before this step; not used by the first step.
        switch_s: seconds to change sides.
        half_way: announce the middle of a block; None leaves it to its length.
        note: one sentence shown with the step.
    """

    exercise: str
    seconds: float
    repetitions: int | None = None
    sets: int = 1
    rest_s: float = 0.0
    alternate: bool = False
    set_up_s: float = SET_UP_S
    switch_s: float = SWITCH_S
    half_way: bool | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Routine:
    """An ordered list of steps with a purpose.

    Attributes:
        id: the name in files and on the command line, for example "prerun_quick".
        ref: the number in the routine catalogue, for example "R02"; empty for the user's own.
        name: short, in title position: "Quick 5".
        summary: one sentence: what for, when.
        moment: when it is meant for.
        steps: at least one.
        sources: where the facts come from.
        built_in: false for the user's own files.
    """

    id: str
    ref: str
    name: Text
    summary: Text
    moment: Moment
    steps: tuple[Step, ...]
    sources: tuple[str, ...]
    built_in: bool = True
