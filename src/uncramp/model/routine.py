"""A routine: which exercises, how long, in which order."""

from dataclasses import dataclass, replace
from enum import StrEnum

from uncramp.model.body import CrampSite
from uncramp.model.exercise import Exercise
from uncramp.model.moment import Moment
from uncramp.model.text import Text

SET_UP_S = 6.0
"""Seconds to get from one step to the next (routine catalogue, note on totals)."""
SWITCH_S = 5.0
"""Seconds to change sides (routine catalogue, note on totals)."""


class Anchor(StrEnum):
    """What the time of a prompt is counted from."""

    START = "start"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Alternative:
    """The exercise that a step uses for a cramp at `site`, by its id."""

    site: CrampSite
    exercise: str


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
        name: shown and spoken in place of the exercise's name; None keeps that.
        cues: spoken in place of the exercise's cues; empty keeps those.
        instead: what takes the exercise's place when the cramp is elsewhere.
        round_number: which time around this is, from 1.
        rounds: how many times around the steps of its group are done; 1 without a group.
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
    name: Text | None = None
    cues: tuple[Text, ...] = ()
    instead: tuple[Alternative, ...] = ()
    round_number: int = 1
    rounds: int = 1

    @property
    def exercises(self) -> tuple[str, ...]:
        """The ids of all exercises that the step may use."""
        return (self.exercise, *(other.exercise for other in self.instead))

    def for_site(self, site: CrampSite) -> "Step":
        """Return the step with the exercise that is meant for a cramp at `site`."""
        for other in self.instead:
            if other.site is site:
                return replace(self, exercise=other.exercise, name=None, cues=())
        return self

    def worded(self, exercise: Exercise) -> Exercise:
        """Return the exercise in the words of this step."""
        if self.name is None and not self.cues:
            return exercise
        return replace(exercise, name=self.name or exercise.name, cues=self.cues or exercise.cues)


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something to do at a time before or after an event.

    Attributes:
        minutes: from the anchor; negative before it.
        text: what to do, in one or two sentences.
        anchor: what the time is counted from.
        routine: the id of a routine to start then; None when there is nothing to start.
    """

    minutes: float
    text: Text
    anchor: Anchor = Anchor.START
    routine: str | None = None


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
        relieves: where the cramp is that it is for; it is then done on one leg only.
        for_beginners: whether it is among the few that a first-time user is given.
        prompts: what to do when around an event, in order; the steps come after it.
        afterwards: said when it is finished: a question, or what to watch for.
        checklist: things to see to when it is finished.
        offers: ids of routines to offer when it is finished.
    """

    id: str
    ref: str
    name: Text
    summary: Text
    moment: Moment
    steps: tuple[Step, ...]
    sources: tuple[str, ...]
    built_in: bool = True
    relieves: tuple[CrampSite, ...] = ()
    for_beginners: bool = False
    prompts: tuple[Prompt, ...] = ()
    afterwards: Text | None = None
    checklist: tuple[Text, ...] = ()
    offers: tuple[str, ...] = ()

    @property
    def is_one_sided(self) -> bool:
        """Whether only the leg that cramps works."""
        return bool(self.relieves)

    def for_site(self, site: CrampSite) -> "Routine":
        """Return the routine with the exercises that are meant for a cramp at `site`."""
        return replace(self, steps=tuple(step.for_site(site) for step in self.steps))
