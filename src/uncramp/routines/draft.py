"""A routine as its file gives it, before the exercises are known; and places in a file."""

from dataclasses import dataclass

from uncramp.model.routine import Alternative, CrampSite, Moment, Prompt
from uncramp.model.text import Text

KeyPath = tuple[str | int, ...]
"""Keys and 0-based list indices from the top of a file."""


@dataclass(frozen=True, slots=True)
class StepDraft:
    """One `[[steps]]` of a file.

    Attributes:
        number: 0-based place in the file.
        seconds: None when only repetitions are given.
        repetition_s: seconds of one repetition; None leaves it to the exercise.

    The other attributes are those of `uncramp.model.routine.Step`.
    """

    number: int
    exercise: str
    seconds: float | None
    repetitions: int | None
    repetition_s: float | None
    sets: int
    rest_s: float
    alternate: bool
    set_up_s: float
    switch_s: float
    half_way: bool | None
    note: Text | None
    name: Text | None = None
    cues: tuple[Text, ...] = ()
    instead: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class RoutineDraft:
    """A routine file; attributes as of `uncramp.model.routine.Routine`.

    Attributes:
        moment: None in a file that is refused and does not say a possible one.
    """

    id: str
    ref: str
    name: Text
    summary: Text
    moment: Moment | None
    steps: tuple[StepDraft, ...]
    sources: tuple[str, ...]
    relieves: tuple[CrampSite, ...] = ()
    for_beginners: bool = False
    prompts: tuple[Prompt, ...] = ()
    afterwards: Text | None = None
    checklist: tuple[Text, ...] = ()
    offers: tuple[str, ...] = ()
