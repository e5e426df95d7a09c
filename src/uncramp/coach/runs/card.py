"""A card of the sheet for a run: a title, sentences, and a routine that belongs to it."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a card is coloured."""

    PLAIN = "plain"
    CARE = "care"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Card:
    """One part of the sheet.

    Attributes:
        title: in a word or two.
        lines: sentences.
        tone: its colour.
        routine: the id of a routine that belongs to it; empty for none.
    """

    title: str
    lines: tuple[str, ...]
    tone: Tone = Tone.PLAIN
    routine: str = ""
