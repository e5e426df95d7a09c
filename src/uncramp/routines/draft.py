"""A routine as its file gives it, before the exercises are known; and places in a file."""

from dataclasses import dataclass

from uncramp.model.body import CrampSite
from uncramp.model.language import tr
from uncramp.model.moment import Moment
from uncramp.model.routine import Alternative, Prompt
from uncramp.model.text import Text

KeyPath = tuple[str | int, ...]
"""Keys and 0-based list indices from the top of a file."""


@dataclass(frozen=True, slots=True)
class StepDraft:
    """One `[[steps]]` of a file.

    Attributes:
        path: where it stands in the file: ("steps", 2), or within a group of rounds
            ("steps", 2, "steps", 0).
        seconds: None when only repetitions are given.
        repetition_s: seconds of one repetition; None leaves it to the exercise.
        rounds: how often the group that it belongs to is done; 1 without a group.

    The other attributes are those of `uncramp.model.routine.Step`.
    """

    path: KeyPath
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
    rounds: int = 1

    @property
    def label(self) -> str:
        """What stands before a message about it: "step 3: "."""
        numbers = [part + 1 for part in self.path if isinstance(part, int)]
        return "".join(tr("step {number}: ").format(number=number) for number in numbers)


@dataclass(frozen=True, slots=True)
class RoutineDraft:
    """A routine file; attributes as of `uncramp.model.routine.Routine`.

    Attributes:
        steps: as in the file, those of a group once.
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
