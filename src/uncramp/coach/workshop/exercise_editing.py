"""The editor of exercises without its face: a text, what it means, and its history."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from uncramp.coach.coach import Coach
from uncramp.coach.whole_file import write_own
from uncramp.coach.workshop.own_files import exercise_file, free_id, read_own
from uncramp.coach.workshop.written_file import WrittenFile, read_text, untranslated
from uncramp.figure.strains import Strain, violations
from uncramp.model.errors import EnvironmentFault
from uncramp.model.exercise import Exercise, Kind, Sides
from uncramp.model.figure import (
    ArmPose,
    Contact,
    Figure,
    KeyFrame,
    Limb,
    Pin,
    Pose,
    Touch,
    View,
)
from uncramp.model.language import tr
from uncramp.model.problem import Problem
from uncramp.routines import edit
from uncramp.routines.check import check_exercise
from uncramp.routines.draft import KeyPath
from uncramp.routines.edit_figure import FIGURE, KEYS, read_figure, with_figure, without_figure
from uncramp.routines.edit_lists import with_list
from uncramp.routines.folders import PICTURE_ENDINGS
from uncramp.routines.picture import RefusedPictureError, read_picture
from uncramp.routines.positions import Positions

LISTS: Final = ("muscles", "props", "cues", "mistakes", "sources")
REQUIRED: Final = ("name", "kind", "sides", "cues", "feel")
"""What a file must say beside its format and id."""
PICTURE: Final = "picture"
_LONGEST_NAME = 60


def standing_figure() -> Figure:
    """Return what a new exercise is drawn as: a runner who stands, and breathes."""
    pins = tuple(
        Pin(limb, Touch.FLOOR, Contact.SOLE) for limb in (Limb.WORKING_FOOT, Limb.OTHER_FOOT)
    )
    arm = ArmPose(shoulder=5.0, elbow=12.0)
    pose = Pose(working_arm=arm, other_arm=arm)
    return Figure(View.SIDE, cycle_s=4.0, keys=(KeyFrame(0.0, pose),), pins=pins)


class ExerciseEditor(WrittenFile[tuple[str, bytes | None]]):
    """An exercise while it is being written.

    Args:
        coach: the library, and where files belong.
        text: TOML that the parser accepts.
        file: the user's file that it was read from; None for one that is not saved yet.
        picture: a picture that stands in for the figure, beside a copied file.
    """

    def __init__(
        self, coach: Coach, text: str, file: Path | None, picture: Path | None = None
    ) -> None:
        super().__init__(coach, text, file)
        self._picture: bytes | None = None
        """The content of the picture that the text names; None when it has none."""
        self._show(text)
        self._picture = self._read_picture(picture)
        self._saved_picture = self._picture

    # -- how it begins

    @classmethod
    def new(cls, coach: Coach, name: str = "") -> "ExerciseEditor":
        """Begin an empty exercise: somebody who stands."""
        shown = name or tr("My exercise")
        values: dict[str, edit.Value] = {
            "format": 1,
            "id": free_id(shown, coach.library.exercises, "my_exercise"),
            "name": shown,
            "kind": Kind.HOLD.value,
            "sides": Sides.EACH.value,
            "dose": {"seconds": 30},
        }
        text = "#:schema ./exercise.schema.json\n"
        for key, value in values.items():
            text = edit.with_value(text, (key,), value)
        return cls(coach, with_figure(text, standing_figure()), None)

    @classmethod
    def of(cls, coach: Coach, exercise_id: str) -> "ExerciseEditor":
        """Open an exercise of the user, or a copy of a shipped one.

        One of the user that cannot be used yet is opened too, so that it can be mended.

        Raises:
            EnvironmentFault: its file cannot be read.
        """
        file = coach.library.exercise_files.get(exercise_id)
        own = exercise_file(coach.places, exercise_id)
        if file is None and own.exists():
            file = own
        return cls.copy_of(coach, exercise_id) if file is None else cls.of_file(coach, file)

    @classmethod
    def of_file(cls, coach: Coach, file: Path) -> "ExerciseEditor":
        """Open a file of the user.

        Raises:
            EnvironmentFault: it cannot be read, or is not TOML: the sentence says where.
        """
        return cls(coach, read_text(file), file)

    @classmethod
    def copy_of(cls, coach: Coach, exercise_id: str) -> "ExerciseEditor":
        """Begin a new exercise with what another one says.

        Raises:
            EnvironmentFault: its file cannot be read.
        """
        exercise = coach.library.exercises[exercise_id]
        file = coach.library.exercise_files.get(exercise_id)
        shipped = coach.places.routines / "exercises" / f"{exercise_id}.toml"
        text = read_text(file or shipped)
        name = tr("{name} (my copy)").format(name=exercise.name)[:_LONGEST_NAME]
        wanted = free_id(name, coach.library.exercises, "my_exercise")
        text = edit.with_value(text, ("id",), wanted)
        text = edit.with_value(text, ("name",), name)
        text = edit.with_value(text, ("ref",), None)
        # The sources speak of the exercise as it is; whoever copies it is about to change it.
        origin = tr('Based on "{name}".').format(name=exercise.name)
        text = with_list(text, ("sources",), [origin])
        lines = text.split("\n")
        if lines[0].startswith("#:schema"):
            lines[0] = "#:schema ./exercise.schema.json"
        picture = coach.library.picture(exercise_id)
        text = "\n".join(lines)
        if picture is not None:
            text = edit.with_value(text, (PICTURE,), f"{wanted}{picture.suffix}")
        return cls(coach, text, None, picture)

    # -- what it says

    @property
    def exercise(self) -> Exercise | None:
        """The exercise, or None while a problem keeps it from being used."""
        return self._exercise

    @property
    def figure(self) -> Figure:
        """How it is drawn; somebody who stands where the text does not say it, or says it wrong."""
        return self._figure

    @property
    def picture(self) -> bytes | None:
        """The content of the picture that stands in for the figure, if one does."""
        return self._picture if self._data.get(PICTURE) else None

    @property
    def is_usable(self) -> bool:
        """Whether no problem keeps it from being used."""
        return self.exercise is not None

    @property
    def is_changed(self) -> bool:
        """Whether something would be lost without saving."""
        differs = self._text != self._saved or self._picture != self._saved_picture
        return differs and bool(self._history.can_undo or self._file)

    def items_of(self, key: str) -> tuple[str, ...]:
        """Return the items of a list of the top level, untranslated."""
        found = self._data.get(key)
        return tuple(untranslated(item) for item in found) if isinstance(found, list) else ()

    def place_of(self, problem: Problem) -> KeyPath:
        """Return which key a problem is about; () when it is about the whole."""
        missing = next((key for key in REQUIRED if f'"{key}"' in problem.message), "")
        if missing and missing not in self._data:
            return (missing,)
        if not problem.line:
            return ()
        lines = self._text.split("\n")
        offset = sum(len(one) + 1 for one in lines[: problem.line - 1]) + problem.column - 1
        positions = Positions(self._text)
        found: KeyPath = ()
        for path, start in (*positions.headers, *((p.path, p.key) for p in positions.pairs)):
            if start <= offset:
                found = max(found, path, key=positions.of_key)
        return found

    def warnings(self) -> tuple[Strain, ...]:
        """Return what the drawn runner does that no body can."""
        return () if self.picture is not None else violations(self._figure)

    # -- changes

    def set_value(self, key: str, value: edit.Value | None) -> None:
        """Change a value of the top level; a new exercise's id follows its name."""
        text = edit.with_value(self._text, (key,), value)
        if key == "name" and self._file is None and isinstance(value, str):
            text = self._with_id(text, self._free_id(value))
        self._change(text, (key,))

    def set_dose(self, key: str, value: float | None) -> None:
        """Change seconds, repetitions, sets or rest of the usual dose; None takes it away."""
        dose = self._data.get("dose")
        table = {k: v for k, v in dose.items() if k != key} if isinstance(dose, dict) else {}
        if value is not None:
            whole = float(value).is_integer()
            table[key] = int(value) if whole else value
        text = edit.with_value(self._text, ("dose",), table or None)
        self._change(text, ("dose", key))

    def set_item(self, key: str, number: int, value: str) -> None:
        """Change one item of a list; its translations stay."""
        items = self._raw(key)
        old = items[number]
        items[number] = {**old, "default": value} if isinstance(old, dict) else value
        self._change(with_list(self._text, (key,), items), (key, number))

    def add_item(self, key: str, value: str) -> None:
        """Put one more item at the end of a list."""
        self._change(with_list(self._text, (key,), [*self._raw(key), value]), None)

    def remove_item(self, key: str, number: int) -> None:
        """Take an item out of a list."""
        items = self._raw(key)
        del items[number]
        self._change(with_list(self._text, (key,), items), None)

    def move_item(self, key: str, number: int, to: int) -> None:
        """Let an item of a list come as the one numbered `to`."""
        items = self._raw(key)
        items.insert(to, items.pop(number))
        self._change(with_list(self._text, (key,), items), None)

    def set_items(self, key: str, values: Sequence[str]) -> None:
        """Give a list other items; one it has already stays as it is, with its translations."""
        old = {untranslated(item): item for item in self._raw(key)}
        items = [old.get(value, value) for value in values]
        self._change(with_list(self._text, (key,), items), None)

    def set_figure(self, figure: Figure, kind: object = None) -> None:
        """Draw it otherwise; changes of one kind right after each other are undone together."""
        self._change(with_figure(self._text, figure), kind)

    def choose_picture(
        self, path: Path, can_be_drawn: Callable[[bytes, str], bool] | None = None
    ) -> None:
        """Let a picture stand in for the figure, which is kept.

        Args:
            path: an SVG or PNG file.
            can_be_drawn: tells it for a content and the ending of its file's name, after that
                content was found to be harmless; None takes its word.

        Raises:
            EnvironmentFault: the file is no picture, too large, or cannot be read.
        """
        try:
            content = read_picture(path, follow_link=True)
        except RefusedPictureError as fault:
            raise EnvironmentFault(f"{path.name} {fault}.") from fault
        if can_be_drawn is not None and not can_be_drawn(content, path.suffix):
            raise EnvironmentFault(tr("{file} cannot be drawn.").format(file=path.name))
        name = f"{self._data.get('id', '')}{path.suffix.lower()}"
        self._change(edit.with_value(self._text, (PICTURE,), name), None, content)

    def remove_picture(self) -> None:
        """Let the figure be drawn again."""
        self._change(edit.with_value(self._text, (PICTURE,), None), None, None)

    def remove_figure(self) -> None:
        """Let the runner just stand."""
        self._change(without_figure(self._text), None)

    def undo(self) -> None:
        """Go back before the last change."""
        text, self._picture = self._history.undo((self._text, self._picture))
        self._show(text)

    def redo(self) -> None:
        """Make the change again that was undone."""
        text, self._picture = self._history.redo((self._text, self._picture))
        self._show(text)

    # -- the file

    def save(self, *, over_changes: bool = False) -> Path:
        """Write the user's file; problems in it do not keep it from being saved.

        Args:
            over_changes: also when another program has changed the file meanwhile.

        Raises:
            ChangedMeanwhileError: another program has changed the file.
            EnvironmentFault: it could not be written.
        """
        path = self._file or exercise_file(self._coach.places, self._own_id())
        self._look_for_changes(path, over_changes=over_changes)
        picture = self._data.get(PICTURE)
        if isinstance(picture, str) and picture and self._picture is not None:
            self._write_picture(path.with_name(picture))
        self._write(path, "exercise")
        self._saved_picture = self._picture
        return path

    def _write_picture(self, path: Path) -> None:
        assert self._picture is not None
        if read_own(path) != self._picture:
            write_own(path, self._picture)

    def _own_id(self) -> str:
        """Return the id, made possible and free for an exercise that is not saved yet."""
        wanted = str(self._data.get("id", ""))
        found = self._free_id(wanted)
        if found != wanted:
            self._show(self._with_id(self._text, found))
        return found

    def _free_id(self, name: str) -> str:
        """Return an id that reads like `name`, and under which no file lies."""
        taken = {*self._coach.library.exercises}
        while True:
            found = free_id(name, taken, "my_exercise")
            file = exercise_file(self._coach.places, found)
            if not any(file.with_suffix(one).exists() for one in (file.suffix, *PICTURE_ENDINGS)):
                return found
            taken.add(found)

    def _with_id(self, text: str, wanted: str) -> str:
        text = edit.with_value(text, ("id",), wanted)
        picture = self._data.get(PICTURE)
        if isinstance(picture, str) and picture:
            text = edit.with_value(text, (PICTURE,), f"{wanted}{Path(picture).suffix}")
        return text

    # -- inside

    def _raw(self, key: str) -> list[Any]:
        found = self._data.get(key)
        return list(found) if isinstance(found, list) else []

    def _read_picture(self, beside: Path | None) -> bytes | None:
        name = self._data.get(PICTURE)
        if not isinstance(name, str) or not name:
            return None
        path = beside or (self._file.with_name(Path(name).name) if self._file else None)
        try:
            return None if path is None else read_picture(path)
        except RefusedPictureError:
            return None

    def _change(self, text: str, kind: object, picture: bytes | str | None = "kept") -> None:
        """Show another text; changes of one kind right after each other are undone together."""
        new = self._picture if isinstance(picture, str) else picture
        if text == self._text and new == self._picture:
            return
        self._history.leave((self._text, self._picture), kind)
        self._picture = new
        self._show(text)

    def _show(self, text: str) -> None:
        self._read(text)
        name = self._file.name if self._file else tr("This exercise")
        self._exercise, self._problems = check_exercise(text, name)
        self._figure = read_figure(text) or standing_figure()


def key_frame_of(path: KeyPath) -> int | None:
    """Return which key frame a place in the file belongs to, or None."""
    if path[:2] == (FIGURE, KEYS) and len(path) > 2 and isinstance(path[2], int):
        return path[2]
    return None
