"""A file of the user while it is written: its text, what it says, its history, and its saving."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Generic

import tomli

from uncramp.coach.coach import Coach
from uncramp.coach.whole_file import write_own
from uncramp.coach.workshop.history import History, State
from uncramp.coach.workshop.own_files import put_schema_beside, read_own
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.problem import Problem
from uncramp.routines.source import read_source


class ChangedMeanwhileError(EnvironmentFault):
    """Another program changed the file while it was open in the editor."""


class WrittenFile(Generic[State]):
    """What the editors of routines and of exercises have in common.

    Args:
        coach: the library, and where files belong.
        text: TOML that the parser accepts.
        file: the user's file that it was read from; None for one that is not saved yet.
    """

    def __init__(self, coach: Coach, text: str, file: Path | None) -> None:
        self._coach: Final = coach
        self._file = file
        self._on_disk = None if file is None else read_own(file)
        self._saved = text if file is not None else ""
        self._history = History[State]()
        self._text = text
        self._data: dict[str, Any] = {}
        self._problems: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        """The text as it would be saved."""
        return self._text

    @property
    def file(self) -> Path | None:
        """The user's file, once it is saved."""
        return self._file

    @property
    def values(self) -> Mapping[str, Any]:
        """What the text says at its top level, by key."""
        return self._data

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What `routines check` would say of the file, in its order."""
        return self._problems

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether something was undone."""
        return self._history.can_redo

    def text_of(self, key: str) -> str:
        """Return a text of the top level, untranslated; empty when there is none."""
        return untranslated(self._data.get(key))

    def _read(self, text: str) -> None:
        self._text = text
        self._data = tomli.loads(text)

    def _look_for_changes(self, path: Path, *, over_changes: bool) -> None:
        if read_own(path) != self._on_disk and not over_changes:
            raise ChangedMeanwhileError(
                tr("{file} has been changed by another program in the meantime.").format(
                    file=path.name
                )
            )

    def _write(self, path: Path, kind: str) -> None:
        """Write the text, with the schema of its kind beside it for other editors."""
        content = self._text.encode("utf-8")
        write_own(path, content)
        put_schema_beside(self._coach.places, path, kind)
        self._file, self._on_disk, self._saved = path, content, self._text


def untranslated(value: object) -> str:
    """Return a text of a file without its translations; empty for anything else."""
    if isinstance(value, dict):
        value = value.get("default")
    return value if isinstance(value, str) else ""


def read_text(file: Path) -> str:
    """Return the text of a file that is TOML.

    Raises:
        EnvironmentFault: it cannot be read, or is not TOML: the sentence says where.
    """
    source, problem = read_source(file)
    if source is None:
        raise EnvironmentFault(str(problem))
    try:
        tomli.loads(source.text)
    except (ValueError, RecursionError) as fault:
        raise EnvironmentFault(
            tr("{file} cannot be opened here: {reason}. Correct it in a text editor first.").format(
                file=file.name, reason=fault
            )
        ) from fault
    return source.text
