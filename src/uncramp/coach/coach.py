"""What the window and the terminal ask for first: settings, the library, the journal.

Nothing here needs sound or a running session: `coach.sessions` brings those when one begins, so
that the window stands without waiting for them.
"""

import contextlib
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from uncramp.coach.clock import read_date
from uncramp.coach.places import Places
from uncramp.coach.settings import Settings, changed_setting, load_settings, save_settings
from uncramp.journal.store import Journal
from uncramp.model.body import Side
from uncramp.model.errors import EnvironmentFault
from uncramp.model.problem import Problem
from uncramp.routines.watch import FolderWatch

if TYPE_CHECKING:
    from uncramp.journal.diary import Diary
    from uncramp.model.routine import Routine
    from uncramp.routines.library import Library
    from uncramp.session.timeline import Timeline

LIBRARY_CACHE = "library.json"


class Coach:
    """The program without its face.

    Attributes:
        places: where everything is.
        settings: the user's choices.
        setting_problems: what was wrong in the settings file.
        journal_fault: why the journal cannot be used, or None.
    """

    def __init__(
        self,
        places: Places,
        read_date: Callable[[], datetime] = read_date,
        settings: tuple[Settings, tuple[Problem, ...]] | None = None,
    ) -> None:
        self.places = places
        self.settings, self.setting_problems = settings or load_settings(places.config)
        self._library: Library | None = None
        self._problems: tuple[Problem, ...] = ()
        self.journal_fault: EnvironmentFault | None = None
        self.read_date = read_date
        self._journal: Journal | None = None
        self._watch = FolderWatch(places.data)

    def close(self) -> None:
        """Close the journal."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    @property
    def library(self) -> "Library":
        """Exercises and routines, the user's own on top of those shipped; read when first used.

        Raises:
            EnvironmentFault: the shipped files are missing.
        """
        return self._read()[0] if self._library is None else self._library

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the user's files."""
        if self._library is None:
            self._read()
        return self._problems

    def reload_if_changed(self) -> bool:
        """Read the library again when the user's folder has changed; tell whether it had."""
        if not self._watch.changed():
            return False
        self._read()
        return True

    def change_setting(self, key: str, value: object) -> None:
        """Set and save one setting.

        Raises:
            EnvironmentFault: it holds for this run but could not be saved.
        """
        changed = changed_setting(self.settings, key, value)
        if changed is None:
            raise ValueError(f"no setting {key} with value {value!r}")
        self.settings = changed
        save_settings(self.places.config, changed)

    @property
    def journal(self) -> Journal | None:
        """The journal, opened when first asked for; None (see `journal_fault`) when it fails."""
        if self._journal is None:
            try:
                self._journal = Journal(self.places.data)
                self.journal_fault = None
            except EnvironmentFault as fault:
                self.journal_fault = fault
        return self._journal

    @property
    def diary(self) -> "Diary | None":
        """Nights, cramps, days, runs and the plan; None when the journal cannot be opened."""
        from uncramp.journal.diary import Diary  # with the first page that asks

        return None if self.journal is None else Diary(self.journal)

    def timeline(self, routine: "Routine", side: Side = Side.NONE) -> "Timeline":
        """Lay a routine of the library out in time; `side` is the leg that cramps, if one does."""
        from uncramp.session.timeline import compile_routine  # the day's page needs none

        return compile_routine(routine, self.library.exercises.__getitem__, side=side)

    def _read(self) -> "tuple[Library, tuple[Problem, ...]]":
        from uncramp.routines.library import load_library  # the window fills without it

        if self.places.chosen:
            # Else the cache inside it would make it on its way, and readable by everybody.
            with contextlib.suppress(OSError):
                self.places.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        cache = self.places.cache / LIBRARY_CACHE
        found = load_library(self.places.routines, self.places.data, cache)
        self._library, self._problems = found
        return found
