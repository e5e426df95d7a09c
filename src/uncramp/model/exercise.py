"""An exercise: what to do, how to say it, and the figure that draws it."""

from dataclasses import dataclass
from enum import StrEnum

from uncramp.model.figure import Figure
from uncramp.model.text import Text


class Kind(StrEnum):
    """How the body moves during the exercise."""

    HOLD = "hold"
    OSCILLATE = "oscillate"
    REPETITIONS = "repetitions"
    TRAVEL = "travel"
    STILL = "still"


class Sides(StrEnum):
    """How the exercise treats left and right."""

    BOTH = "both"
    """Both legs at once, or in turn within each cycle: one block of time, no side."""
    EACH = "each"
    """First one side, then a gap to move, then the other for the same time."""


class Prop(StrEnum):
    """A thing that the exercise needs."""

    WALL = "wall"
    CHAIR = "chair"
    STEP = "step"
    MAT = "mat"
    BED = "bed"
    ROLLER = "roller"
    BALL = "ball"
    TOWEL = "towel"
    RAIL = "rail"
    WARM_PACK = "warm_pack"
    COLD_PACK = "cold_pack"


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of an exercise is usual, as a start for a routine of one's own.

    Attributes:
        seconds: of one set, for each side; None where repetitions are counted instead.
        repetitions: in one set, for each side; None for time alone.
        sets: how many sets.
        rest_s: seconds of rest between them.
    """

    seconds: float | None = None
    repetitions: int | None = None
    sets: int = 1
    rest_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise of the library.

    Attributes:
        id: the name in files and on the command line, for example "wall_calf_pump".
        ref: the number in the exercise catalogue, for example "E01"; empty for the user's own.
        name: short, in title position: "Wall calf stretch".
        kind: how the body moves.
        sides: whether left and right are done one after the other.
        side_left: what is said and shown for the left side ("Left leg back"); None: "Left leg".
        side_right: the same for the right side.
        muscles: what is stretched or works, in words, nearest first.
        props: what is needed.
        cues: spoken coaching, short and in the imperative, most important first.
        feel: what it should feel like ("high in the calf: a moderate pull, never sharp").
        mistakes: what goes wrong most often.
        caution: when to leave it out or take care; None when there is nothing to say.
        easier: how to make it easier.
        harder: how to make it harder.
        cycle_s: seconds of one repetition or one in-and-out; None for a plain hold.
        sources: where the facts come from.
        figure: how it is drawn.
        start: how to get into place, in one sentence.
        gate: what must come before it ("Only after two weeks of ..."); None for anyone, at once.
        dose: how much is usual; None leaves it to the routine.
        picture: file name of a picture that stands in for the figure, beside the exercise's file;
            empty for the figure.
    """

    id: str
    ref: str
    name: Text
    kind: Kind
    sides: Sides
    muscles: tuple[Text, ...]
    props: tuple[Prop, ...]
    cues: tuple[Text, ...]
    feel: Text
    mistakes: tuple[Text, ...]
    sources: tuple[str, ...]
    figure: Figure
    side_left: Text | None = None
    side_right: Text | None = None
    caution: Text | None = None
    easier: Text | None = None
    harder: Text | None = None
    cycle_s: float | None = None
    start: Text | None = None
    gate: Text | None = None
    dose: Dose | None = None
    picture: str = ""
