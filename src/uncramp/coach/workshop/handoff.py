"""Handing a routine over: as one file, shown before it is taken, and taken whole or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

import tomli

from uncramp.coach.coach import Coach
from uncramp.coach.times import clock
from uncramp.coach.whole_file import write_own
from uncramp.coach.wording import dose
from uncramp.coach.workshop.own_files import exercise_file, free_id, read_own, routine_file
from uncramp.model.errors import EnvironmentFault
from uncramp.model.exercise import Exercise
from uncramp.model.language import tr
from uncramp.model.problem import Problem, Severity
from uncramp.model.routine import Routine
from uncramp.routines import edit
from uncramp.routines.check import check_routine
from uncramp.routines.folders import ENDING, ROUTINE_ENDING
from uncramp.routines.library import Library
from uncramp.routines.parcel import (
    PARCEL_LIMIT,
    PICTURE_LIMIT,
    ROUTINE_NAME,
    Parcel,
    pack,
    unpack,
)
from uncramp.routines.parse import parse_exercise
from uncramp.routines.source import SIZE_LIMIT, Source, printable, read_bytes
from uncramp.session.timeline import compile_routine


class Standing(StrEnum):
    """How something that is offered stands to what the user has."""

    NEW = "new"
    SAME = "same"
    """The user has it already, word for word."""
    DIFFERENT = "different"
    """The user has another one under the same id."""
    SHIPPED = "shipped"
    """It would stand in the place of one that comes with the program."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A routine or an exercise that is offered.

    Attributes:
        id: as its text says.
        name: shown.
        detail: length, or dose, in words.
        standing: how it stands to what the user has.
    """

    id: str
    name: str
    detail: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Offer:
    """What a file would bring; nothing has been taken yet.

    Attributes:
        file: the name of the file.
        parcel: its content.
        routine: the routine, or None when there is none or it cannot be used.
        exercises: the exercises that come along and can be used.
        steps: name and dose of each step.
        problems: everything that is wrong with it.
    """

    file: str
    parcel: Parcel
    routine: Offered | None
    exercises: tuple[Offered, ...]
    steps: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]

    @property
    def can_be_taken(self) -> bool:
        """Whether there is something in it, and nothing in it is broken."""
        whole = all(problem.severity is Severity.WARNING for problem in self.problems)
        return whole and (self.routine is not None or bool(self.exercises))

    @property
    def has_conflict(self) -> bool:
        """Whether something of the same id is there and says something else."""
        offered = (*((self.routine,) if self.routine else ()), *self.exercises)
        return any(one.standing in {Standing.DIFFERENT, Standing.SHIPPED} for one in offered)


def exported(coach: Coach, routine_id: str) -> bytes:
    """Return a routine, and the user's own exercises that it needs, as one file.

    Raises:
        EnvironmentFault: one of the texts cannot be read.
    """
    routine = coach.library.routines[routine_id]
    exercises: dict[str, bytes] = {}
    pictures: dict[str, bytes] = {}
    for name in sorted({name for step in routine.steps for name in step.exercises}):
        path = coach.library.exercise_files.get(name)
        if path is None:
            continue
        exercises[name] = _bytes(path, SIZE_LIMIT)
        picture = coach.library.exercises[name].picture
        if picture:
            pictures[picture] = _bytes(path.with_name(picture), PICTURE_LIMIT)
    text = _bytes(coach.library.routine_files[routine_id], SIZE_LIMIT)
    return pack(Parcel(text, exercises, pictures))


def look_at(coach: Coach, path: Path) -> Offer:
    """Read what a file offers, and change nothing.

    Args:
        coach: the user's library.
        path: a parcel, a routine file, or an exercise file.

    Raises:
        EnvironmentFault: the file cannot be read.
    """
    file = printable(path.name)
    problems: tuple[Problem, ...] = ()
    if path.name.endswith(ROUTINE_ENDING):
        parcel: Parcel | None = Parcel(_bytes(path, SIZE_LIMIT))
    elif path.name.endswith(ENDING):
        parcel = Parcel(b"", {path.stem: _bytes(path, SIZE_LIMIT)})
    else:
        parcel, problems = unpack(_bytes(path, PARCEL_LIMIT), file)
    if parcel is None:
        return Offer(file, Parcel(b""), None, (), (), problems)
    return _offer(coach, file, parcel, problems)


def take(coach: Coach, offer: Offer, *, keep_both: bool) -> tuple[Path, ...]:
    """Write what is offered into the user's folder: everything, or nothing.

    Args:
        coach: the user's library; read it again afterwards.
        offer: what `look_at` returned; it can be taken.
        keep_both: let what is there under the same id stay, and give the new one another id;
            otherwise the new one takes its place.

    Returns:
        The files that were written, the routine's last.

    Raises:
        EnvironmentFault: one could not be written; those before it are as they were.
    """
    if not offer.can_be_taken:
        raise ValueError("this offer cannot be taken")
    if keep_both:
        offer = _renamed(coach, offer)
    written: list[tuple[Path, bytes | None]] = []
    try:
        for path, content in _files(coach, offer):
            before = read_own(path)
            if before != content:
                write_own(path, content)
                written.append((path, before))
    except EnvironmentFault:
        for path, before in reversed(written):
            if before is None:
                path.unlink(missing_ok=True)
            else:
                write_own(path, before)
        raise
    return tuple(path for path, _ in written)


# -- looking


def _offer(coach: Coach, file: str, parcel: Parcel, problems: tuple[Problem, ...]) -> Offer:
    found = list(problems)
    usable: dict[str, Exercise] = {}
    texts: dict[str, bytes] = {}
    for name, content in parcel.exercises.items():
        exercise, wrong = _exercise(f"{name}{ENDING}", content)
        found += wrong
        if exercise is None:
            continue
        if exercise.id in usable:
            message = tr('the id "{id}" is already taken').format(id=exercise.id)
            found.append(Problem(f"{name}{ENDING}", 0, 0, message))
        usable[exercise.id], texts[exercise.id] = exercise, content
        found += _missing_picture(exercise, parcel)
    parcel = replace(parcel, exercises=texts)
    library = Library({**coach.library.exercises, **usable}, coach.library.routines)
    name = file if file.endswith(ROUTINE_ENDING) else ROUTINE_NAME
    routine, of_routine = _routine(parcel.routine, name, library)
    return Offer(
        file,
        parcel,
        None if routine is None else _offered_routine(coach, parcel, routine, library),
        tuple(_offered_exercise(coach, parcel, one) for one in usable.values()),
        () if routine is None else tuple(_lines(routine, library)),
        (*found, *of_routine),
    )


def _exercise(file: str, content: bytes) -> tuple[Exercise | None, tuple[Problem, ...]]:
    text, problems = _decoded(content, file)
    if text is None:
        return None, problems
    parsed = parse_exercise(Source(file, text, ""))
    return parsed.value, parsed.problems


def _missing_picture(exercise: Exercise, parcel: Parcel) -> tuple[Problem, ...]:
    if not exercise.picture or exercise.picture in parcel.pictures:
        return ()
    message = tr('its picture "{name}" is missing').format(name=exercise.picture)
    return (Problem(f"{exercise.id}{ENDING}", 0, 0, message, "", Severity.WARNING),)


def _routine(
    content: bytes, file: str, library: Library
) -> tuple[Routine | None, tuple[Problem, ...]]:
    if not content:
        return None, ()
    text, problems = _decoded(content, file)
    return (None, problems) if text is None else check_routine(text, file, library)


def _decoded(content: bytes, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return None, (Problem(file, 0, 0, tr("is not UTF-8")),)


def _lines(routine: Routine, library: Library) -> Iterator[tuple[str, str]]:
    for step in routine.steps:
        exercise = step.worded(library.exercises[step.exercise])
        yield exercise.name.default, dose(step, exercise, one_sided=routine.is_one_sided)


def _offered_routine(coach: Coach, parcel: Parcel, routine: Routine, library: Library) -> Offered:
    known = coach.library.routines.get(routine.id)
    shipped = known is not None and known.built_in
    there = None if shipped else read_own(_own_routine(coach, routine.id))
    timeline = compile_routine(routine, library.exercises.__getitem__)
    standing = _standing(there, parcel.routine, shipped=shipped)
    return Offered(routine.id, routine.name.default, clock(timeline.total_ms), standing)


def _offered_exercise(coach: Coach, parcel: Parcel, exercise: Exercise) -> Offered:
    path = _own_exercise(coach, exercise.id)
    there = read_own(path)
    shipped = exercise.id in coach.library.exercises and there is None
    standing = _standing(there, parcel.exercises[exercise.id], shipped=shipped)
    return Offered(exercise.id, exercise.name.default, "", standing)


def _standing(there: bytes | None, offered: bytes, *, shipped: bool) -> Standing:
    if there is not None:
        return Standing.SAME if there == offered else Standing.DIFFERENT
    return Standing.SHIPPED if shipped else Standing.NEW


# -- taking


def _renamed(coach: Coach, offer: Offer) -> Offer:
    """Return the offer with another id for whatever would take the place of something."""
    conflict: Final = {Standing.DIFFERENT, Standing.SHIPPED}
    library = coach.library
    names: dict[str, str] = {}
    for one in offer.exercises:
        if one.standing in conflict:
            taken = {*library.exercises, *names.values()}
            names[one.id] = free_id(one.id, taken, "exercise")
    exercises = {
        names.get(name, name): _with_id(text, names[name]) if name in names else text
        for name, text in offer.parcel.exercises.items()
    }
    routine, offered = offer.parcel.routine, offer.routine
    if offered is not None:
        text = routine.decode("utf-8-sig")
        for path, exercise in _uses(tomli.loads(text)):
            if exercise in names:
                text = edit.with_value(text, path, names[exercise])
        if offered.standing in conflict:
            wanted = free_id(offered.id, library.routines, "my_routine")
            text = edit.with_value(text, ("id",), wanted)
            offered = replace(offered, id=wanted)
        routine = text.encode("utf-8")
    moved = tuple(replace(one, id=names.get(one.id, one.id)) for one in offer.exercises)
    parcel = replace(offer.parcel, routine=routine, exercises=exercises)
    return replace(offer, parcel=parcel, routine=offered, exercises=moved)


def _with_id(text: bytes, wanted: str) -> bytes:
    return edit.with_value(text.decode("utf-8-sig"), ("id",), wanted).encode("utf-8")


def _uses(data: dict[str, object]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Find where a routine's text names exercises."""
    steps = data.get(edit.STEPS)
    for number, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step.get("exercise"), str):
            yield (edit.STEPS, number, "exercise"), step["exercise"]
        instead = step.get("instead")
        for site, name in (instead if isinstance(instead, dict) else {}).items():
            yield (edit.STEPS, number, "instead", site), name
        for path, name in _uses(step):
            yield (edit.STEPS, number, *path), name


def _files(coach: Coach, offer: Offer) -> Iterator[tuple[Path, bytes]]:
    for name, picture in offer.parcel.pictures.items():
        yield exercise_file(coach.places, "any").with_name(name), picture
    for name, text in offer.parcel.exercises.items():
        yield _own_exercise(coach, name), text
    if offer.routine is not None:
        yield _own_routine(coach, offer.routine.id), offer.parcel.routine


def _own_routine(coach: Coach, routine_id: str) -> Path:
    """Return where the user's routine of that id is, or would be."""
    known = coach.library.routines.get(routine_id)
    if known is None or known.built_in:
        return routine_file(coach.places, routine_id)
    return coach.library.routine_files[routine_id]


def _own_exercise(coach: Coach, exercise_id: str) -> Path:
    return coach.library.exercise_files.get(exercise_id) or exercise_file(coach.places, exercise_id)


def _bytes(path: Path, limit: int) -> bytes:
    """Read a file that the user named, and not more of it than it should have."""
    try:
        content = read_bytes(path, follow_link=True, limit=limit)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        content = tr("cannot be read: {reason}").format(reason=reason)
    if isinstance(content, str):
        raise EnvironmentFault(f"{printable(path.name)} {content}.")
    return content
