"""Noticing that files of a folder changed, without reading them."""

import os
from pathlib import Path
from typing import Final

from uncramp.routines.library import ENDING, EXERCISES_FOLDER, MAX_FILES, ROUTINES_FOLDER

_Fingerprint = tuple[tuple[str, int, int], ...]


class FolderWatch:
    """Tells when the user's routines or exercises appear, change or go.

    Args:
        user: the user's data folder, as for `load_library`; need not have routines yet.
    """

    def __init__(self, user: Path) -> None:
        routines = user / ROUTINES_FOLDER
        self._folders: Final = (routines, routines / EXERCISES_FOLDER)
        self._last = self._fingerprint()

    def changed(self) -> bool:
        """Return whether anything is different from the last time that this was asked."""
        now = self._fingerprint()
        before, self._last = self._last, now
        return now != before

    def _fingerprint(self) -> _Fingerprint:
        found: list[tuple[str, int, int]] = []
        for folder in self._folders:
            try:
                with os.scandir(folder) as entries:
                    for entry in entries:
                        if entry.name.endswith(ENDING) and len(found) < 2 * MAX_FILES:
                            state = entry.stat(follow_symlinks=False)
                            found.append((entry.path, state.st_size, state.st_mtime_ns))
            except OSError:  # the folder is not there, or goes while we look
                continue
        return tuple(sorted(found))
