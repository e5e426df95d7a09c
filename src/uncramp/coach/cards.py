"""What the list of routines shows, as plain values, kept from one start to the next.

To make the cards anew takes the whole library, the timeline and the figures' poses: about as
long as an empty window takes to open. They only change when a file does, so they are kept as
JSON together with a fingerprint of all files. What cannot be read, or was made from other files,
is simply made again.
"""

import json
import os
from typing import TYPE_CHECKING, NamedTuple

import uncramp
from uncramp.coach.places import Places
from uncramp.model.language import tr
from uncramp.routines.folders import ROUTINES_FOLDER, Fingerprint, fingerprint

if TYPE_CHECKING:
    from uncramp.coach.coach import Coach
    from uncramp.model.exercise import Exercise
    from uncramp.model.routine import Routine, Step

FILE_NAME = "cards.json"
_LARGEST = 4_000_000


class StepLine(NamedTuple):
    """One step of a routine in words."""

    exercise: str
    """The exercise's id."""
    name: str
    dose: str
    advice: str
    """What to mind: the step's note and the exercise's caution; may be empty."""


class RoutineCard(NamedTuple):
    """One routine in words."""

    id: str
    name: str
    moment: str
    """When it is meant for, in words."""
    summary: str
    detail: str
    """Length, number of exercises, what is needed."""
    picture: str
    """The exercise that stands for it."""
    steps: tuple[StepLine, ...]


def make_cards(coach: "Coach") -> tuple[RoutineCard, ...]:
    """Put the coach's library into words."""
    from uncramp.coach.wording import advice, clock, dose, moment_name, needs, worded_steps
    from uncramp.model.language import trn

    made: list[RoutineCard] = []
    exercises = coach.library.exercises
    for routine in coach.library.routines.values():
        used = worded_steps(routine, exercises)
        count = trn("{n} exercise", "{n} exercises", len(used)).format(n=len(used))
        total = clock(coach.timeline(routine).total_ms)
        made.append(
            RoutineCard(
                id=routine.id,
                name=routine.name.default,
                moment=moment_name(routine.moment),
                summary=routine.summary.default,
                detail=" · ".join((total, count, needs(used))),
                picture=_picture(routine, {card.picture for card in made}),
                steps=tuple(
                    StepLine(
                        exercise.id,
                        _name(step, exercise),
                        dose(step, exercise, one_sided=routine.is_one_sided),
                        advice(step, exercise),
                    )
                    for step, exercise in zip(routine.steps, used, strict=True)
                ),
            )
        )
    return tuple(made)


def _name(step: "Step", exercise: "Exercise") -> str:
    name = exercise.name.default
    if step.rounds == 1:
        return name
    return tr("{name} (round {n} of {rounds})").format(
        name=name, n=step.round_number, rounds=step.rounds
    )


def _picture(routine: "Routine", taken: set[str]) -> str:
    """Return the last exercise, by which a routine is remembered, that no other stands for."""
    names = [step.exercise for step in reversed(routine.steps)]
    return next((name for name in names if name not in taken), names[0])


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
    *words, steps = row
    if len(words) != 6 or not all(isinstance(word, str) for word in words):
        raise ValueError("not a card")
    if not isinstance(steps, list) or not steps:
        raise ValueError("a card without steps")
    identity, name, moment, summary, detail, picture = map(str, words)
    lines = tuple(StepLine(*map(str, step)) for step in steps)
    return RoutineCard(identity, name, moment, summary, detail, picture, lines)
