"""What the pages of exercises show, in words."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from uncramp.coach.browse.finding import folded
from uncramp.coach.times import clock
from uncramp.coach.wording import dose_words, prop_name
from uncramp.coach.works import Citation, Work, citations
from uncramp.model.exercise import Exercise, Prop, Sides
from uncramp.model.figure import Muscle
from uncramp.model.language import tr, trn
from uncramp.model.text import Text
from uncramp.routines.library import Library

_GROUPS = {
    "calf": ({Muscle.GASTROCNEMIUS, Muscle.SOLEUS}, ("calf", "calves", "soleus", "whole leg")),
    "hamstring": ({Muscle.HAMSTRINGS}, ("hamstring", "back of the thigh", "thighs", "whole leg")),
    "quad": ({Muscle.QUADRICEPS}, ("quadriceps", "front of the thigh", "thighs", "whole leg")),
    "hip": (
        {Muscle.HIP_FLEXORS, Muscle.GLUTES, Muscle.ADDUCTORS, Muscle.ABDUCTORS},
        ("hip", "glute", "adductor", "abductor", "inner thigh", "seat"),
    ),
    "foot": ({Muscle.PLANTAR}, ("foot", "plantar")),
    "trunk": (
        {Muscle.OBLIQUES, Muscle.ABDOMINALS, Muscle.SHOULDERS},
        ("waist", "oblique", "abdom", "shoulder", "lower back", "trunk", "whole body"),
    ),
}
"""Groups of muscles by name: which muscles glow, or how they are called in the file."""


class Section(NamedTuple):
    """A heading with what stands below it."""

    heading: str
    lines: tuple[str, ...]
    is_warning: bool = False


class Use(NamedTuple):
    """A routine in which an exercise is used."""

    routine: str
    name: str


class ExerciseCard(NamedTuple):
    """One exercise in words, and what it is found by."""

    id: str
    name: str
    muscles: str
    facts: str
    """Usual dose and what is needed."""
    words: str
    """All that it can be found by, folded."""
    moments: frozenset[str]
    """When the routines that use it are meant for, by the moments' own names."""
    groups: frozenset[str]
    """Groups of muscles, see `group_names`."""
    props: tuple[str, ...]
    has_sides: bool
    sections: tuple[Section, ...]
    uses: tuple[Use, ...]
    sources: tuple[Citation, ...]
    is_own: bool = False
    """Whether it is the user's own, not one that comes with the program."""


def group_names() -> tuple[tuple[str, str], ...]:
    """Return the groups of muscles, by name and in words."""
    return (
        ("calf", tr("Calf")),
        ("hamstring", tr("Back of the thigh")),
        ("quad", tr("Front of the thigh")),
        ("hip", tr("Hip and seat")),
        ("foot", tr("Foot")),
        ("trunk", tr("Trunk and shoulders")),
    )


def make_exercise_cards(library: Library, works: Mapping[str, Work]) -> tuple[ExerciseCard, ...]:
    """Put all exercises of a library into words; those of the catalogue first, in its order.

    Args:
        library: what there is.
        works: by the keys that the sources name.
    """
    uses: dict[str, list[Use]] = {}
    moments: dict[str, set[str]] = {}
    for routine in library.routines.values():
        names = dict.fromkeys(name for step in routine.steps for name in step.exercises)
        for name in names:
            uses.setdefault(name, []).append(Use(routine.id, routine.name.default))
            moments.setdefault(name, set()).add(routine.moment.value)
    ordered = sorted(library.exercises.values(), key=_catalogue_order)
    return tuple(
        _card(one, tuple(uses.get(one.id, ())), frozenset(moments.get(one.id, ())))._replace(
            is_own=one.id in library.exercise_files,
            sources=citations(one.sources, works),
        )
        for one in ordered
    )


def usual_dose(exercise: Exercise) -> str:
    """Return how much is usual, in words; empty when the file does not say."""
    dose = exercise.dose
    if dose is None or (dose.seconds is None and dose.repetitions is None):
        return ""
    each_side = exercise.sides is Sides.EACH
    if dose.seconds is not None:
        return dose_words(dose.seconds, dose.repetitions, dose.sets, each_side)
    words = trn("{n} time", "{n} times", dose.repetitions or 0).format(n=dose.repetitions)
    if dose.sets > 1:
        words = f"{dose.sets} × {words}"
    return tr("{time} each side").format(time=words) if each_side else words


def _card(exercise: Exercise, uses: tuple[Use, ...], moments: frozenset[str]) -> ExerciseCard:
    muscles = ", ".join(muscle.default for muscle in exercise.muscles)
    usual = usual_dose(exercise)
    facts = [tr("usually {dose}").format(dose=usual)] if usual else []
    facts.append(", ".join(map(prop_name, exercise.props)) or tr("nothing needed"))
    if exercise.dose is not None and exercise.dose.sets > 1 and exercise.dose.rest_s:
        rest = clock(round(exercise.dose.rest_s * 1000))
        facts.append(tr("{time} of rest between sets").format(time=rest))
    return ExerciseCard(
        id=exercise.id,
        name=exercise.name.default,
        muscles=muscles,
        facts=" · ".join(facts),
        words=_words(exercise),
        moments=moments,
        groups=_groups(exercise),
        props=tuple(prop.value for prop in exercise.props),
        has_sides=exercise.sides is Sides.EACH,
        sections=tuple(_sections(exercise)),
        uses=uses,
        sources=(),
    )


def _sections(exercise: Exercise) -> Iterator[Section]:
    steps = tuple(text.default for text in (exercise.start, *exercise.cues) if text is not None)
    yield Section(tr("What to do"), steps)
    yield from _one(tr("What it feels like"), exercise.feel)
    if exercise.mistakes:
        mistakes = tuple(text.default for text in exercise.mistakes)
        yield Section(tr("Common mistakes"), mistakes)
    yield from _one(tr("Take care"), exercise.caution, is_warning=True)
    yield from _one(tr("Before you start this"), exercise.gate, is_warning=True)
    yield from _one(tr("Easier"), exercise.easier)
    yield from _one(tr("Harder"), exercise.harder)


def _one(heading: str, text: Text | None, *, is_warning: bool = False) -> Iterator[Section]:
    if text is not None:
        yield Section(heading, (text.default,), is_warning)


def _words(exercise: Exercise) -> str:
    texts = [exercise.name, *exercise.muscles]
    said = [
        words
        for text in texts
        for words in (text.default, *(other for _, other in text.translations))
    ]
    props = [prop_name(Prop(prop)) for prop in exercise.props]
    return folded("\n".join((*said, *props, exercise.id, exercise.ref)))


def _groups(exercise: Exercise) -> frozenset[str]:
    called = folded(" ".join(muscle.default for muscle in exercise.muscles))
    return frozenset(
        name
        for name, (muscles, names) in _GROUPS.items()
        if muscles.intersection(exercise.figure.glow) or any(one in called for one in names)
    )


def _catalogue_order(exercise: Exercise) -> tuple[bool, int, str, str]:
    digits = "".join(ch for ch in exercise.ref if ch.isdigit())
    return not exercise.ref, int(digits or 0), exercise.ref, exercise.name.default.casefold()
