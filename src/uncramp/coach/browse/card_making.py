"""Putting the routines of the library into words, as cards."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from uncramp.coach.browse.cards import Offer, PromptLine, RoutineCard, StepLine
from uncramp.coach.browse.finding import folded
from uncramp.coach.coach import Coach
from uncramp.coach.times import clock
from uncramp.coach.wording import (
    advice,
    afterwards,
    dose,
    moment_name,
    needs,
    prompt_time,
    relief_words,
    worded_steps,
)
from uncramp.model.exercise import Exercise
from uncramp.model.language import tr, trn
from uncramp.model.moment import Moment
from uncramp.model.routine import Prompt, Routine, Step
from uncramp.session.timeline import total_ms


def make_cards(coach: Coach) -> tuple[RoutineCard, ...]:
    """Put the coach's library into words, ordered by the moments of a runner's day."""
    taken: set[str] = set()
    made = [_made(coach, routine, taken) for routine in coach.library.routines.values()]
    places = {moment.value: place for place, moment in enumerate(Moment)}
    return tuple(sorted(made, key=lambda card: places[card.when]))


def _made(coach: Coach, routine: Routine, taken: set[str]) -> RoutineCard:
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


def _words(routine: Routine, used: Iterable[Exercise]) -> str:
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


def _prompt(prompt: Prompt, routines: Mapping[str, Routine]) -> PromptLine:
    meant = routines.get(prompt.routine or "")
    return PromptLine(
        prompt_time(prompt),
        prompt.text.default,
        meant.id if meant else "",
        meant.name.default if meant else "",
    )


def _name(step: Step, exercise: Exercise) -> str:
    name = exercise.name.default
    if step.rounds == 1:
        return name
    return tr("{name} (round {n} of {rounds})").format(
        name=name, n=step.round_number, rounds=step.rounds
    )


def _picture(routine: Routine, taken: set[str]) -> str:
    """Return the last exercise, by which a routine is remembered, that no other stands for."""
    names = [step.exercise for step in reversed(routine.steps)]
    return next((name for name in names if name not in taken), names[0])
