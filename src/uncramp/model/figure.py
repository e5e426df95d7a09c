"""How an exercise is drawn: joint angles at key frames, and what touches what."""

from dataclasses import dataclass
from enum import StrEnum


class View(StrEnum):
    """From where the runner is seen."""

    SIDE = "side"
    FRONT = "front"


@dataclass(frozen=True, slots=True)
class Figure:
    """The drawing of one exercise."""

    view: View
