"""What the list of routines shows, as plain values, kept from one start to the next.

To make the cards anew takes the whole library, the timeline and the figures' poses: about as
long as an empty window takes to open. They only change when a file does, so they are kept as
JSON together with a fingerprint of all files. What cannot be read, or was made from other files,
is simply made again.
"""

import json
import os
from typing import NamedTuple

import uncramp
from uncramp.coach.places import Places
from uncramp.routines.folders import ROUTINES_FOLDER, Fingerprint, fingerprint

FILE_NAME = "cards.json"
_LARGEST = 32_000_000


class StepLine(NamedTuple):
    """One step of a routine in words."""

    exercise: str
    """The exercise's id."""
    name: str
    dose: str
    advice: str
    """What to mind: the step's note and the exercise's caution; may be empty."""


class PromptLine(NamedTuple):
    """One prompt of a day in words."""

    time: str
    text: str
    routine: str
    """The id of a routine to do then; may be empty."""
    routine_name: str


class Offer(NamedTuple):
    """A routine that is offered afterwards."""

    routine: str
    name: str


class RoutineCard(NamedTuple):
    """One routine in words, and what it is found by."""

    id: str
    name: str
    moment: str
    """When it is meant for, in words."""
    summary: str
    detail: str
    """Length, number of exercises, what is needed."""
    picture: str
    """The exercise that stands for it."""
    relief: str
    """Which cramp it is for; may be empty."""
    when: str
    """When it is meant for, by the moment's own name."""
    words: str
    """All that it can be found by, folded."""
    length_s: int
    built_in: bool
    props: tuple[str, ...]
    """What is needed, by the props' own names."""
    ending: tuple[str, ...]
    """What is said and to be seen to when it is finished."""
    prompts: tuple[PromptLine, ...]
    offers: tuple[Offer, ...]
    steps: tuple[StepLine, ...]


class CardCache:
    """Cards of the files as they are now.

    Attributes:
        key: tells one state of all files, and one version of the program, from every other.
    """

    def __init__(self, places: Places) -> None:
        self._path = places.cache / FILE_NAME
        files: Fingerprint = (
            *fingerprint(places.routines),
            *fingerprint(places.data / ROUTINES_FOLDER),
        )
        self.key = f"{uncramp.__version__} {files!r}"

    def read(self) -> tuple[RoutineCard, ...] | None:
        """Return the cards, or None when they have to be made."""
        try:
            if self._path.stat().st_size > _LARGEST:
                return None
            known = json.loads(self._path.read_bytes())
            if known["key"] != self.key:
                return None
            return tuple(_card(row) for row in known["cards"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def write(self, cards: tuple[RoutineCard, ...]) -> None:
        """Keep the cards; where that cannot be done, the next start is slower."""
        fresh = self._path.with_name(f"{FILE_NAME}.{os.getpid()}.new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh.write_text(json.dumps({"key": self.key, "cards": cards}), encoding="utf-8")
            fresh.replace(self._path)
        except OSError:
            return


def _card(row: list[object]) -> RoutineCard:
    if len(row) != len(RoutineCard._fields):
        raise ValueError("not a card")
    words = _texts(row[:9])
    length_s, built_in, props, ending, prompts, offers, steps = row[9:]
    if not isinstance(length_s, int) or not isinstance(built_in, bool) or not steps:
        raise ValueError("not a card")
    lists = (
        _texts(props),
        _texts(ending),
        tuple(PromptLine(*_texts(one)) for one in _rows(prompts)),
        tuple(Offer(*_texts(one)) for one in _rows(offers)),
        tuple(StepLine(*_texts(one)) for one in _rows(steps)),
    )
    return RoutineCard._make((*words, length_s, built_in, *lists))


def _rows(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise ValueError("not texts")
    return tuple(value)
