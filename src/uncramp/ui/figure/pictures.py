"""Small pictures of exercises, drawn once and kept."""

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap

from uncramp.ui.theme import Theme

if TYPE_CHECKING:
    from uncramp.routines.library import Looks

FOLDER = "pictures"


class Pictures:
    """Draws exercises small.

    Args:
        cache: the folder in which a folder for the pictures is kept.
        key: tells one state of all files from every other; pictures of others are thrown away.
    """

    def __init__(self, cache: Path, key: str) -> None:
        self._folder = cache / FOLDER
        self._mark = f"{zlib.crc32(key.encode()):08x}"

    def picture(
        self,
        exercise: str,
        side_px: int,
        theme: Theme,
        ratio: float,
        looks_of: "Callable[[str], Looks]",
    ) -> QPixmap:
        """Return a square drawing of an exercise, `side_px` logical pixels wide.

        `looks_of` tells by id how an exercise is shown; only asked when the picture is missing.
        """
        name = f"{self._mark}-{exercise}-{theme.name}-{side_px}-{ratio:g}.png"
        path = self._folder / name
        kept = QPixmap(str(path)) if path.exists() else QPixmap()
        if kept.isNull():
            from uncramp.ui.figure.painted_pictures import painted  # few are not there yet

            kept = painted(looks_of(exercise), side_px, theme, ratio)
            self._keep(kept, path)
        kept.setDevicePixelRatio(ratio)
        return kept

    def _keep(self, picture: QPixmap, path: Path) -> None:
        """Write a picture; where that cannot be done, it is painted anew the next time."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for old in self._folder.glob("*.png"):
                if not old.name.startswith(self._mark):
                    old.unlink(missing_ok=True)
        except OSError:
            return
        picture.save(str(path))
