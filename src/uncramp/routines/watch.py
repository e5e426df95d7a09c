"""Noticing that files of a folder changed, without reading them."""

from pathlib import Path
from typing import Final

from uncramp.routines.folders import ROUTINES_FOLDER, fingerprint


class FolderWatch:
    """Tells when the user's routines or exercises appear, change or go.

    Args:
        user: the user's data folder, as for `load_library`; need not have routines yet.
    """

    def __init__(self, user: Path) -> None:
        self._folder: Final = user / ROUTINES_FOLDER
        self._last = fingerprint(self._folder)

    def changed(self) -> bool:
        """Return whether anything is different from the last time that this was asked."""
        now = fingerprint(self._folder)
        before, self._last = self._last, now
        return now != before
