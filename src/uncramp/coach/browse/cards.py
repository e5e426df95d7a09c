"""What the list of routines shows, as plain values, kept from one start to the next.

To make the cards anew takes the whole library, the timeline and the figures' poses: about as
long as an empty window takes to open. They only change when a file does, so they are kept as
JSON together with a fingerprint of all files. What cannot be read, or was made from other files,
is simply made again.
"""

import json
import os
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import uncramp
from uncramp.coach.browse.finding import folded
from uncramp.coach.places import Places
from uncramp.model.language import tr, trn
from uncramp.routines.folders import ROUTINES_FOLDER, Fingerprint, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from uncramp.coach.coach import Coach
    from uncramp.model.exercise import Exercise
    from uncramp.model.routine import Prompt, Routine, Step

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


def make_cards(coach: "Coach") -> tuple[RoutineCard, ...]:
    """Put the coach's library into words, ordered by the moments of a runner's day."""
    from uncramp.model.moment import Moment  # only where cards are made

    taken: set[str] = set()
    made = [_made(coach, routine, taken) for routine in coach.library.routines.values()]
    places = {moment.value: place for place, moment in enumerate(Moment)}
    return tuple(sorted(made, key=lambda card: places[card.when]))


def _made(coach: "Coach", routine: "Routine", taken: set[str]) -> RoutineCard:
    from uncramp.coach.times import clock
    from uncramp.coach.wording import (
        advice,
        afterwards,
        dose,
        moment_name,
        needs,
        relief_words,
        worded_steps,
    )
    from uncramp.session.timeline import total_ms

    library = coach.library
    used = worded_steps(routine, library.exercises)
    count = trn("{n} exercise", "{n} exercises", len(used)).format(n=len(used))
    length_ms = total_ms(routine, library.exercises.__getitem__)
    picture = _picture(routine, taken)
    taken.add(picture)
    return RoutineCard(
        id=routine.id,
        name=routine.name.default,
        moment=moment_name(routine.moment),
        summary=routine.summary.default,
        detail=" · ".join((clock(length_ms), count, needs(used))),
        picture=picture,
        relief=relief_words(routine),
        when=routine.moment.value,
        words=_words(routine, used),
        length_s=-(-length_ms // 1000),
        built_in=routine.built_in,
        props=tuple(dict.fromkeys(prop.value for one in used for prop in one.props)),
        ending=afterwards(routine),
        prompts=tuple(_prompt(prompt, library.routines) for prompt in routine.prompts),
        offers=tuple(
            Offer(name, library.routines[name].name.default)
            for name in routine.offers
            if name in library.routines
        ),
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


def _words(routine: "Routine", used: "Iterable[Exercise]") -> str:
    """Return all that a routine is found by: its words and those of its exercises."""
    texts = [routine.name, routine.summary]
    for exercise in {exercise.id + exercise.name.default: exercise for exercise in used}.values():
        texts += [exercise.name, *exercise.muscles]
    said = (
        _folded(words)
        for text in texts
        for words in (text.default, *(other for _, other in text.translations))
    )
    return "\n".join((*dict.fromkeys(said), routine.id, routine.ref.lower()))


# A thousand routines say the same few dozen names of exercises and muscles.
_folded = lru_cache(maxsize=4096)(folded)


def _prompt(prompt: "Prompt", routines: "Mapping[str, Routine]") -> PromptLine:
    from uncramp.coach.wording import prompt_time

    meant = routines.get(prompt.routine or "")
    return PromptLine(
        prompt_time(prompt),
        prompt.text.default,
        meant.id if meant else "",
        meant.name.default if meant else "",
    )


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
