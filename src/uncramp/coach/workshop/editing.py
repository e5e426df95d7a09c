"""The editor of routines without its face: a text, what it means, and its history."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tomli

from uncramp.coach.coach import Coach
from uncramp.coach.session.announce import side_text
from uncramp.coach.wording import dose_words
from uncramp.coach.workshop.own_files import free_id, routine_file
from uncramp.coach.workshop.written_file import WrittenFile, read_text, untranslated
from uncramp.model.exercise import Exercise, Kind, Sides
from uncramp.model.language import tr, trn
from uncramp.model.moment import Moment
from uncramp.model.problem import Problem
from uncramp.model.routine import Routine
from uncramp.routines import edit
from uncramp.routines.check import check_routine
from uncramp.routines.edit import Place
from uncramp.session.timeline import Segment, SegmentKind, Timeline

HOLD_S: Final = 30
OTHER_S: Final = 20
REPETITIONS: Final = 10
"""What a new step begins with where the exercise does not say its usual dose."""


@dataclass(frozen=True, slots=True)
class EditedStep:
    """One line of the editor's list: a step, or a group of rounds.

    Attributes:
        place: where it stands.
        exercise: the exercise's id; empty for a group.
        name: shown.
        dose: in words.
        each_side: left and right are done one after the other.
        values: what its text says, by key.
        rounds: how often a group is repeated; None for a step.
        problems: what is wrong with it.
    """

    place: Place
    exercise: str
    name: str
    dose: str
    each_side: bool
    values: Mapping[str, Any]
    rounds: int | None
    problems: tuple[Problem, ...]


class RoutineEditor(WrittenFile[str]):
    """A routine while it is being written.

    Args:
        coach: the library, and where files belong.
        text: TOML that the parser accepts.
        file: the user's file that it was read from; None for one that is not saved yet.
    """

    def __init__(self, coach: Coach, text: str, file: Path | None) -> None:
        super().__init__(coach, text, file)
        self._show(text)

    # -- how it begins

    @classmethod
    def new(cls, coach: Coach, name: str = "") -> "RoutineEditor":
        """Begin an empty routine."""
        shown = name or tr("My routine")
        values: dict[str, str | int] = {
            "format": 1,
            "id": free_id(shown, coach.library.routines, "my_routine"),
            "name": shown,
            "summary": tr("A routine of my own."),
            "moment": Moment.AFTER_RUN.value,
        }
        text = "#:schema ./routine.schema.json\n"
        for key, value in values.items():
            text = edit.with_value(text, (key,), value)
        return cls(coach, text, None)

    @classmethod
    def of(cls, coach: Coach, routine_id: str) -> "RoutineEditor":
        """Open a routine of the user, or a copy of a shipped one.

        Raises:
            EnvironmentFault: its file cannot be read.
        """
        if coach.library.routines[routine_id].built_in:
            return cls.copy_of(coach, routine_id)
        return cls.of_file(coach, coach.library.routine_files[routine_id])

    @classmethod
    def of_file(cls, coach: Coach, file: Path) -> "RoutineEditor":
        """Open a file of the user.

        Raises:
            EnvironmentFault: it cannot be read, or is not TOML: the sentence says where.
        """
        return cls(coach, read_text(file), file)

    @classmethod
    def copy_of(cls, coach: Coach, routine_id: str) -> "RoutineEditor":
        """Begin a new routine with what another one says.

        Raises:
            EnvironmentFault: its file cannot be read.
        """
        routine = coach.library.routines[routine_id]
        text = read_text(coach.library.routine_files[routine_id])
        name = tr("{name} (my copy)").format(name=routine.name)[:60]
        text = edit.with_value(text, ("id",), free_id(name, coach.library.routines, "my_routine"))
        text = edit.with_value(text, ("name",), name)
        text = edit.with_value(text, ("ref",), None)
        # The sources speak of the doses as they are; whoever copies it is about to change them.
        origin = tr('Based on "{name}".').format(name=routine.name)
        text = edit.with_value(text, ("sources",), [origin])
        lines = text.split("\n")
        if lines[0].startswith("#:schema"):
            lines[0] = "#:schema ./routine.schema.json"
        return cls(coach, "\n".join(lines), None)

    # -- what it says

    @property
    def steps(self) -> tuple[EditedStep, ...]:
        """Steps and groups in their order, the steps of a group right behind it."""
        return self._steps

    @property
    def routine(self) -> Routine | None:
        """The routine, or None while a problem keeps it from being used."""
        return self._routine

    @property
    def timeline(self) -> Timeline | None:
        """The routine laid out in time, or None while it cannot be used."""
        return None if self._routine is None else self._coach.timeline(self._routine)

    @property
    def is_usable(self) -> bool:
        """Whether no problem keeps it from being used."""
        return self.routine is not None

    @property
    def is_changed(self) -> bool:
        """Whether something would be lost without saving."""
        return self._text != self._saved and bool(self._history.can_undo or self._file)

    def place_of(self, problem: Problem) -> Place | None:
        """Return which step a problem is about, or None when it is about the whole."""
        return edit.place_of_line(self._text, problem.line) if problem.line else None

    def number_of(self, place: Place) -> int | None:
        """Return which step of the timeline begins what stands at `place`."""
        places = self._places_done()
        return next((at for at, one in enumerate(places) if one[: len(place)] == place), None)

    def place_of_step(self, number: int) -> Place:
        """Return where the step stands that is `number` in the timeline."""
        return self._places_done()[number]

    def _places_done(self) -> list[Place]:
        """Return the place of each step as it is done, those of a group once for each round."""
        done: list[Place] = []
        for step in self._steps:
            inner = [one.place for one in self._steps if one.place[:-1] == step.place]
            if step.rounds is not None:
                done += inner * step.rounds
            elif len(step.place) == 1:
                done.append(step.place)
        return done

    # -- changes

    def set_value(self, key: str, value: edit.Value | None) -> None:
        """Change a value of the top level; a new routine's id follows its name."""
        text = edit.with_value(self._text, (key,), value)
        if key == "name" and self._file is None and isinstance(value, str):
            wanted = free_id(value, self._coach.library.routines, "my_routine")
            text = edit.with_value(text, ("id",), wanted)
        self._change(text, (key,))

    def set_step(self, place: Place, key: str, value: edit.Value | None) -> None:
        """Change a value of a step, or with None leave it to the usual."""
        path = (*_path(place), key)
        self._change(edit.with_value(self._text, path, value), path)

    def set_dose(self, place: Place, *, repetitions: bool) -> None:
        """Count repetitions instead of seconds, or seconds instead of repetitions."""
        step = self._step_at(place)
        exercise = self._coach.library.exercises.get(step.exercise)
        tempo = step.values.get("repetition_s") or (exercise.cycle_s if exercise else None)
        gone, come = ("seconds", "repetitions") if repetitions else ("repetitions", "seconds")
        old = step.values.get(gone)
        text = self._text
        if step.values.get(come) is None:
            new = (REPETITIONS if repetitions else HOLD_S) if not old or not tempo else None
            if new is None:
                assert old is not None
                assert tempo is not None
                new = max(1, round(old / tempo if repetitions else old * tempo))
            text = edit.with_value(text, (*_path(place), come), new)
        text = edit.with_value(text, (*_path(place), gone), None)
        if not repetitions:
            text = edit.with_value(text, (*_path(place), "repetition_s"), None)
        self._change(text, None)

    def add(self, exercise_id: str, place: Place) -> None:
        """Put a new step at `place`, in the exercise's usual dose."""
        step = {"exercise": exercise_id, **usual_dose(self._coach.library.exercises[exercise_id])}
        self._change(edit.with_step(self._text, place, step), None)

    def remove(self, place: Place) -> None:
        """Take a step or a group away; a group without steps goes too."""
        text = edit.without_step(self._text, place)
        if len(place) > 1 and not self._steps_of(text)[place[0]].get(edit.STEPS):
            text = edit.without_step(text, place[:1])
        self._change(text, None)

    def copy(self, place: Place) -> None:
        """Put the same step once more behind it."""
        self._change(edit.with_copy(self._text, place), None)

    def move(self, place: Place, to: Place) -> None:
        """Let a step stand at `to`, counted without it.

        Raises:
            ValueError: a group was to go into a group.
        """
        text = edit.with_step_moved(self._text, place, to)
        if len(place) > 1:
            group = place[0] + (len(to) == 1 and to[0] <= place[0])
            if not self._steps_of(text)[group].get(edit.STEPS):
                text = edit.without_step(text, (group,))
        self._change(text, None)

    def group(self, first: int, last: int, rounds: int = 2) -> None:
        """Repeat the steps `first` to `last` together.

        Raises:
            ValueError: one of them is a group already.
        """
        self._change(edit.with_group(self._text, first, last, rounds), None)

    def ungroup(self, number: int) -> None:
        """Let the steps of a group stand for themselves."""
        self._change(edit.without_group(self._text, number), None)

    def undo(self) -> None:
        """Go back before the last change."""
        self._show(self._history.undo(self._text))

    def redo(self) -> None:
        """Make the change again that was undone."""
        self._show(self._history.redo(self._text))

    def check_again(self) -> None:
        """Look at the text with the exercises that there are now."""
        self._show(self._text)

    # -- the file

    def save(self, *, over_changes: bool = False) -> Path:
        """Write the user's file; problems in it do not keep it from being saved.

        Args:
            over_changes: also when another program has changed the file meanwhile.

        Raises:
            ChangedMeanwhileError: another program has changed the file.
            EnvironmentFault: it could not be written.
        """
        path = self._file or routine_file(self._coach.places, self._own_id())
        self._look_for_changes(path, over_changes=over_changes)
        self._write(path, "routine")
        return path

    def _own_id(self) -> str:
        """Return the id, made possible and free for a routine that is not saved yet."""
        wanted = str(self._data.get("id", ""))
        taken = {*self._coach.library.routines} - {wanted}
        if routine_file(self._coach.places, wanted).exists():
            taken.add(wanted)
        found = free_id(wanted, taken, "my_routine")
        if found != wanted:
            self._show(edit.with_value(self._text, ("id",), found))
        return found

    # -- inside

    def _change(self, text: str, kind: object) -> None:
        """Show another text; changes of one kind right after each other are undone together."""
        if text == self._text:
            return
        self._history.leave(self._text, kind)
        self._show(text)

    def _show(self, text: str) -> None:
        self._read(text)
        name = self._file.name if self._file else tr("This routine")
        self._routine, self._problems = check_routine(text, name, self._coach.library)
        self._steps = tuple(self._edited_steps())

    def _steps_of(self, text: str) -> list[dict[str, Any]]:
        steps: list[dict[str, Any]] = tomli.loads(text).get(edit.STEPS, [])
        return steps

    def _step_at(self, place: Place) -> EditedStep:
        return next(step for step in self._steps if step.place == place)

    def _edited_steps(self) -> Iterator[EditedStep]:
        wrong: dict[Place | None, list[Problem]] = {}
        for problem in self._problems:
            wrong.setdefault(self.place_of(problem), []).append(problem)
        for place, values in _places(self._data.get(edit.STEPS)):
            inner = values.get(edit.STEPS)
            name = values.get("exercise")
            exercise = self._coach.library.exercises.get(name) if isinstance(name, str) else None
            rounds = values.get(edit.ROUNDS) if inner is not None else None
            yield EditedStep(
                place=place,
                exercise=exercise.id if exercise else "",
                name=self._name(values, exercise),
                dose=_dose(values, exercise),
                each_side=exercise is not None and exercise.sides is Sides.EACH,
                values=values,
                rounds=(rounds if isinstance(rounds, int) else 1) if inner is not None else None,
                problems=tuple(wrong.get(place, ())),
            )

    def _name(self, values: Mapping[str, Any], exercise: Exercise | None) -> str:
        if values.get(edit.STEPS) is not None:
            return tr("Rounds")
        named = untranslated(values.get("name"))
        if named:
            return named
        return exercise.name.default if exercise else str(values.get("exercise", "?"))


def usual_dose(exercise: Exercise) -> dict[str, float | int]:
    """Return what a new step of that exercise says about its dose."""
    dose = exercise.dose
    if dose is None and exercise.kind is Kind.REPETITIONS and exercise.cycle_s:
        return {"repetitions": REPETITIONS}
    if dose is None:
        return {"seconds": HOLD_S if exercise.kind is Kind.HOLD else OTHER_S}
    said: dict[str, float | int] = {}
    if dose.seconds is not None:
        said["seconds"] = _whole(dose.seconds)
    if dose.repetitions is not None:
        said["repetitions"] = dose.repetitions
    if dose.sets > 1:
        said["sets"] = dose.sets
    if dose.rest_s:
        said["rest_s"] = _whole(dose.rest_s)
    return said


def segment_words(segment: Segment, exercise: Exercise) -> str:
    """Return what happens during a segment, for example "Left leg: Wall calf stretch"."""
    name = exercise.name.default
    if segment.kind is SegmentKind.REST:
        return tr("Rest")
    if segment.kind is SegmentKind.SWITCH:
        return tr("Change sides")
    if segment.kind is not SegmentKind.WORK:
        return tr("Get into place: {name}").format(name=name)
    side = side_text(exercise, segment.side)
    return f"{side}: {name}" if side else name


def _whole(number: float) -> float | int:
    return int(number) if float(number).is_integer() else number


def _places(steps: object) -> Iterator[tuple[Place, dict[str, Any]]]:
    for number, step in enumerate(steps if isinstance(steps, list) else ()):
        if not isinstance(step, dict):
            continue
        yield (number,), step
        inner = step.get(edit.STEPS)
        for within, one in enumerate(inner if isinstance(inner, list) else ()):
            if isinstance(one, dict):
                yield (number, within), one


def _path(place: Place) -> tuple[str | int, ...]:
    path: Sequence[str | int] = [part for number in place for part in (edit.STEPS, number)]
    return tuple(path)


def _dose(values: Mapping[str, Any], exercise: Exercise | None) -> str:
    if values.get(edit.STEPS) is not None:
        rounds = values.get(edit.ROUNDS)
        if not isinstance(rounds, int):
            return ""
        return trn("{n} time", "{n} times", rounds).format(n=rounds)
    seconds, repetitions = values.get("seconds"), values.get("repetitions")
    tempo = values.get("repetition_s") or (exercise.cycle_s if exercise else None)
    if seconds is None and isinstance(repetitions, int) and isinstance(tempo, int | float):
        seconds = repetitions * tempo
    sets = values.get("sets", 1)
    if not isinstance(seconds, int | float) or not isinstance(sets, int):
        return ""
    counted = repetitions if isinstance(repetitions, int) else None
    return dose_words(seconds, counted, sets, exercise is not None and exercise.sides is Sides.EACH)
