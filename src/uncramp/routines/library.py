"""All routines and exercises: those that come with the program, and the user's own on top."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from uncramp.model.errors import EnvironmentFault
from uncramp.model.exercise import Exercise
from uncramp.model.figure import Figure
from uncramp.model.language import tr
from uncramp.model.problem import Problem, Severity
from uncramp.model.routine import Routine
from uncramp.routines.cache import Checked
from uncramp.routines.draft import KeyPath, RoutineDraft
from uncramp.routines.folders import (
    ENDING,
    EXERCISES_FOLDER,
    MAX_FILES,
    ROUTINE_ENDING,
    ROUTINES_FOLDER,
)
from uncramp.routines.rules import breaches, filled_in
from uncramp.routines.source import Source, printable, read_source, shown, unreadable


@dataclass(frozen=True, slots=True)
class Looks:
    """How an exercise is shown.

    Attributes:
        name: shown where nothing can be drawn.
        figure: how it is drawn.
        picture: the file of a picture that stands in for the figure; None for the figure.
    """

    name: str
    figure: Figure
    picture: Path | None


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that can be done and played, by id; the user's own files included.

    Attributes:
        exercises: every exercise of the catalogue and of the user.
        routines: in the order of the catalogue, then the user's own by id.
        routine_files: where each routine was read, by id.
        exercise_files: where each exercise of the user was read, by id.
    """

    exercises: Mapping[str, Exercise]
    routines: Mapping[str, Routine]
    routine_files: Mapping[str, Path] = field(default_factory=dict)
    exercise_files: Mapping[str, Path] = field(default_factory=dict)

    def picture(self, exercise: str) -> Path | None:
        """Return the file of the picture that stands in for an exercise's figure, if one does."""
        name = self.exercises[exercise].picture
        file = self.exercise_files.get(exercise)
        return file.with_name(name) if name and file is not None else None

    def looks(self, exercise: str) -> Looks:
        """Return how an exercise is shown, by its id."""
        shown = self.exercises[exercise]
        return Looks(shown.name.default, shown.figure, self.picture(exercise))

    def find_routine(self, name: str) -> Routine | None:
        """Return the routine with that id, number ("r02") or exact name."""
        wanted = name.strip()
        if wanted in self.routines:
            return self.routines[wanted]
        for routine in self.routines.values():
            if routine.ref and routine.ref.casefold() == wanted.casefold():
                return routine
        for routine in self.routines.values():
            texts = [routine.name.default, *(text for _, text in routine.name.translations)]
            if wanted.casefold() in (text.casefold() for text in texts):
                return routine
        return None

    def closest(self, name: str) -> str | None:
        """Return the id of the routine that was probably meant, or None."""
        return _closest(name, self.routines.values())


def load_library(
    built_in: Path, user: Path | None, cache: Path | None = None
) -> tuple[Library, tuple[Problem, ...]]:
    """Read all files; what is wrong in one never hides the others.

    Args:
        built_in: the folder of the shipped routines, with its folder of exercises.
        user: the user's data folder, with `routines/` and `routines/exercises/` or without.
        cache: a file that keeps what unchanged files gave; None checks every file anew.

    Returns:
        The library and every problem, the user's files in the order of their names.

    Raises:
        EnvironmentFault: the shipped folder is not there.
    """
    if not built_in.is_dir():
        raise EnvironmentFault(
            tr(
                "The routines of Uncramp are missing from {folder}; please install it again."
            ).format(folder=built_in)
        )
    checked = Checked(cache)
    shelves = [Shelf(checked)]
    shelves[0].read_folder(built_in)
    if user is not None:
        shelves.append(Shelf(checked))
        shelves[1].read_folder(user / ROUTINES_FOLDER)
    library, problems = assemble(shelves)
    checked.save()
    return library, problems


Value = TypeVar("Value", Exercise, RoutineDraft)


@dataclass(slots=True)
class Found(Generic[Value]):
    """The files of one kind in one folder.

    Attributes:
        values: by id, with the text they come from.
        refused: ids that files claim which cannot be used, with the file's name.
        partial: of refused routines what is right, for the rules.
    """

    values: dict[str, tuple[Value, Source]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    partial: list[tuple[RoutineDraft, Source]] = field(default_factory=list)


class Shelf:
    """One folder of routines with its folder of exercises, read.

    Args:
        checked: what unchanged files gave before.
    """

    def __init__(self, checked: Checked) -> None:
        self.problems: list[Problem] = []
        self._checked: Final = checked
        self.exercises: Final = Found[Exercise]()
        self.routines: Final = Found[RoutineDraft]()

    def read_folder(self, folder: Path) -> None:
        """Read the routines of a folder and the exercises in it; it need not exist."""
        for path in self._files(folder / EXERCISES_FOLDER, ENDING):
            self.add_exercise(path)
        for path in self._files(folder, ROUTINE_ENDING):
            self.add_routine(path)

    def add_exercise(self, path: Path, *, follow_link: bool = False) -> None:
        """Read one exercise file."""
        source = self._source(path, follow_link)
        if source is None:
            return
        known = self._checked.get(source.digest)
        if isinstance(known, Exercise):
            self._place(self.exercises, known, source)
            return
        # pydantic is only imported when there is a file that was not seen before.
        from uncramp.routines.parse import parse_exercise

        parsed = parse_exercise(source)
        self.problems.extend(parsed.problems)
        if parsed.value is None:
            self.exercises.refused[parsed.claimed_id or path.stem] = source.file
            return
        self._checked.put(source.digest, parsed.value)
        self._place(self.exercises, parsed.value, source)

    def add_routine(self, path: Path, *, follow_link: bool = False) -> None:
        """Read one routine file."""
        source = self._source(path, follow_link)
        if source is None:
            return
        known = self._checked.get(source.digest)
        if isinstance(known, RoutineDraft):
            self._place(self.routines, known, source)
            return
        from uncramp.routines.parse import parse_routine

        parsed = parse_routine(source)
        self.problems.extend(parsed.problems)
        if parsed.partial is not None:
            self.routines.partial.append((parsed.partial, source))
        if parsed.value is None:
            return
        self._checked.put(source.digest, parsed.value)
        self._place(self.routines, parsed.value, source)

    def _source(self, path: Path, follow_link: bool) -> Source | None:
        source, problem = read_source(path, follow_link=follow_link)
        if problem is not None:
            self.problems.append(problem)
        return source

    def _place(self, found: Found[Value], value: Value, source: Source) -> None:
        if value.id in found.values:
            other = found.values[value.id][1]
            message = tr('the id "{id}" is already taken by {file}').format(
                id=value.id, file=other.file
            )
            self.problems.append(source.problem_at_value(("id",), message))
            return
        found.values[value.id] = (value, source)

    def _files(self, folder: Path, ending: str) -> list[Path]:
        try:
            if folder.is_symlink() and folder.name == EXERCISES_FOLDER:
                message = tr("is a link; put the folder itself here")
                self.problems.append(Problem(shown(folder), 0, 0, message))
                return []
            names = sorted(p.name for p in folder.iterdir() if p.name.endswith(ENDING))
        except FileNotFoundError:
            return []
        except OSError as fault:
            self.problems.append(Problem(shown(folder), 0, 0, unreadable(fault)))
            return []
        names = [name for name in names if not name.startswith(".")]
        for name in names:
            if not name.endswith(ending):
                message = tr(
                    "is not read: a routine's file name must end in .routine.toml, and exercises "
                    "belong in the folder exercises"
                )
                self.problems.append(
                    Problem(shown(folder / name), 0, 0, message, severity=Severity.WARNING)
                )
        names = [name for name in names if name.endswith(ending)]
        if len(names) > MAX_FILES:
            message = tr("has {n} files; only the first {limit} are read").format(
                n=len(names), limit=MAX_FILES
            )
            self.problems.append(Problem(shown(folder), 0, 0, message))
        return [folder / name for name in names[:MAX_FILES]]


def assemble(
    shelves: list[Shelf],
    below: Mapping[str, Exercise] = MappingProxyType({}),
    routines_below: Collection[str] = (),
) -> tuple[Library, tuple[Problem, ...]]:
    """Lay the shelves on top of each other, later ones over earlier ones.

    A file that cannot be used leaves the one below it in its place.

    Args:
        shelves: the lowest first.
        below: exercises that are known already.
        routines_below: ids of routines that are known already.

    Returns:
        The library and the problems by file, line and column.
    """
    exercises: dict[str, Exercise] = dict(below)
    refused: dict[str, str] = {}
    for shelf in shelves:
        exercises |= {name: value for name, (value, _) in shelf.exercises.values.items()}
        refused |= shelf.exercises.refused
    routines: dict[str, Routine] = {}
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for number, shelf in enumerate(shelves):
        problems += shelf.problems
        for draft, source in shelf.routines.partial:
            problems += wrong_with(draft, source, exercises, refused)
        for draft, source in shelf.routines.values.values():
            wrong = list(wrong_with(draft, source, exercises, refused))
            problems += wrong
            if all(problem.severity is Severity.WARNING for problem in wrong):
                routines[draft.id] = filled_in(draft, exercises, built_in=number == 0)
                files[draft.id] = Path(source.file)
    known = {*routines, *routines_below}
    for shelf in shelves:
        for draft, source in shelf.routines.values.values():
            problems += _unknown_routines(draft, source, known)
    ordered = sorted(routines.values(), key=_catalogue_order)
    library = Library(
        MappingProxyType(exercises),
        MappingProxyType({routine.id: routine for routine in ordered}),
        MappingProxyType(files),
        MappingProxyType(
            {
                name: Path(source.file)
                for shelf in shelves[1:]
                for name, (_, source) in shelf.exercises.values.items()
            }
        ),
    )
    return library, tuple(sorted(problems, key=lambda p: (p.file, p.line, p.column)))


def _closest(name: str, things: Iterable[Exercise] | Iterable[Routine]) -> str | None:
    """Return the id of what was probably meant by an id, a number or a name."""
    from difflib import get_close_matches  # only for what was mistyped

    names: dict[str, str] = {}
    for thing in things:
        for known in (thing.id, thing.name.default.casefold(), thing.ref.casefold()):
            names.setdefault(known, thing.id)
    names.pop("", None)
    # Comparing takes long with a "name" of thousands of letters, and finds nothing.
    found = get_close_matches(name.strip().casefold()[:80], names, n=1)
    return names[found[0]] if found else None


def _catalogue_order(routine: Routine) -> tuple[bool, str, str]:
    return (not routine.ref, routine.ref, routine.id)


def wrong_with(
    draft: RoutineDraft,
    source: Source,
    exercises: Mapping[str, Exercise],
    refused: Mapping[str, str],
) -> Iterator[Problem]:
    """Find unknown exercises and broken rules.

    Args:
        draft: a routine, or what is right in a refused one.
        source: its text.
        exercises: those that are known, by id.
        refused: files that claim an exercise's id and cannot be used, by that id.
    """
    for step in draft.steps:
        if step.exercise in exercises:
            continue
        if step.exercise in refused:
            message = tr('the exercise "{name}" cannot be used, see {file}').format(
                name=printable(step.exercise), file=refused[step.exercise]
            )
        else:
            message = tr('unknown exercise "{name}"').format(name=printable(step.exercise))
            near = _closest(step.exercise, exercises.values())
            if near is not None:
                message += tr(' (did you mean "{word}"?)').format(word=near)
        yield source.problem_at_value((*step.path, "exercise"), step.label + message)
    yield from _unknown_alternatives(draft, source, exercises)
    for breach in breaches(draft, exercises):
        yield source.problem_at_value(breach.path, breach.message, breach.severity)


def _unknown_alternatives(
    draft: RoutineDraft, source: Source, exercises: Mapping[str, Exercise]
) -> Iterator[Problem]:
    for step in draft.steps:
        for other in step.instead:
            if other.exercise not in exercises:
                message = tr('unknown exercise "{name}"').format(name=printable(other.exercise))
                path = (*step.path, "instead", other.site.value)
                yield source.problem_at_value(path, step.label + message)


def _unknown_routines(
    draft: RoutineDraft, source: Source, known: Collection[str]
) -> Iterator[Problem]:
    """Find routines that are offered but not there; they are just not offered then."""
    named: list[tuple[KeyPath, str]] = [
        (("offers", number), name) for number, name in enumerate(draft.offers)
    ]
    named += [
        (("prompts", number, "routine"), prompt.routine)
        for number, prompt in enumerate(draft.prompts)
        if prompt.routine is not None
    ]
    for path, name in named:
        if name not in known:
            message = tr('unknown routine "{name}"; it is not offered').format(name=printable(name))
            yield source.problem_at_value(path, message, Severity.WARNING)
