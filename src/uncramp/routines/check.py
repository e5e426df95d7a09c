"""Checking files that the user names, as the command line does, and a text being written."""

from collections.abc import Iterable
from pathlib import Path

from uncramp.model.exercise import Exercise
from uncramp.model.language import tr
from uncramp.model.problem import Problem, Severity
from uncramp.model.routine import Routine
from uncramp.routines.cache import Checked
from uncramp.routines.folders import (
    ENDING,
    EXERCISES_FOLDER,
    ROUTINE_ENDING,
    ROUTINES_FOLDER,
)
from uncramp.routines.library import Library, Shelf, assemble, wrong_with
from uncramp.routines.parse import in_order, parse_exercise, parse_routine
from uncramp.routines.rules import filled_in
from uncramp.routines.source import Source, shown


def check_paths(paths: Iterable[Path], library: Library) -> tuple[Problem, ...]:
    """Check files and folders against each other and the library.

    Args:
        paths: routine files (`*.routine.toml`), exercise files (any other `*.toml`), folders
            of routines, or a data folder.
        library: whose exercises the routines may use.

    Returns:
        Every problem, by file, line and column.
    """
    shelves: dict[Path, Shelf] = {}
    problems: list[Problem] = []
    seen: set[Path] = set()
    for path in paths:
        folders = _is_folder(path)
        files = _files_below(path) if folders else [path]
        if folders and not files:
            message = tr("has no routine and no exercise in it")
            problems.append(Problem(shown(path), 0, 0, message))
        for file in files:
            if file.absolute() in seen:
                continue
            seen.add(file.absolute())
            shelf = shelves.setdefault(_root(file), Shelf(Checked(None)))
            _add(shelf, file, named_by_user=not folders)
    _, found = assemble(list(shelves.values()), library.exercises, library.routines)
    return (*problems, *found)


def check_routine(
    text: str, file: str, library: Library
) -> tuple[Routine | None, tuple[Problem, ...]]:
    """Check a text that is being written, as its file would be.

    Args:
        text: the routine's TOML.
        file: what problems call it.
        library: whose exercises it may use.

    Returns:
        The routine, or None when an error keeps it from being used, and every problem.
    """
    source = Source(file, text, "")
    parsed = parse_routine(source)
    draft = parsed.value or parsed.partial
    problems = list(parsed.problems)
    if draft is not None:
        problems += wrong_with(draft, source, library.exercises, {})
    usable = all(problem.severity is Severity.WARNING for problem in problems)
    routine = None
    if parsed.value is not None and usable:
        routine = filled_in(parsed.value, library.exercises, built_in=False)
    return routine, in_order(problems)


def check_exercise(text: str, file: str) -> tuple[Exercise | None, tuple[Problem, ...]]:
    """Check an exercise's text that is being written, as its file would be.

    Args:
        text: the exercise's TOML.
        file: what problems call it.

    Returns:
        The exercise, or None when it cannot be used, and every problem.
    """
    parsed = parse_exercise(Source(file, text, ""))
    return parsed.value, parsed.problems


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # no right to look: reading it will say so
        return False


def _add(shelf: Shelf, file: Path, *, named_by_user: bool) -> None:
    if file.name.endswith(ROUTINE_ENDING):
        shelf.add_routine(file, follow_link=named_by_user)
    else:
        shelf.add_exercise(file, follow_link=named_by_user)


def _root(file: Path) -> Path:
    """Return the folder within which an id may be given once."""
    folder = file.absolute().parent
    return folder.parent if folder.name == EXERCISES_FOLDER else folder


def _files_below(folder: Path) -> list[Path]:
    if (folder / ROUTINES_FOLDER).is_dir():
        folder = folder / ROUTINES_FOLDER
    patterns = [(folder, f"*{ROUTINE_ENDING}"), (folder / EXERCISES_FOLDER, f"*{ENDING}")]
    if folder.name == EXERCISES_FOLDER:
        patterns = [(folder, f"*{ENDING}")]
    return [path for place, pattern in patterns for path in sorted(place.glob(pattern))]
