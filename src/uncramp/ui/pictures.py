"""Small drawings of exercises, painted once and kept as files from one start to the next."""

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap

from uncramp.ui.theme import Theme

if TYPE_CHECKING:
    from uncramp.model.figure import Figure

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
        figure_of: "Callable[[str], Figure]",
    ) -> QPixmap:
        """Return a square drawing of an exercise, `side_px` logical pixels wide.

        `figure_of` returns an exercise's figure by id; only asked when the picture is missing.
        """
        name = f"{self._mark}-{exercise}-{theme.name}-{side_px}-{ratio:g}.png"
        path = self._folder / name
        kept = QPixmap(str(path)) if path.exists() else QPixmap()
        if kept.isNull():
            kept = _painted(figure_of(exercise), side_px, theme, ratio)
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


def _painted(figure: "Figure", side_px: int, theme: Theme, ratio: float) -> QPixmap:
    from uncramp.ui.figure_view import thumbnail  # only where a picture is missing

    return thumbnail(figure, QSize(side_px, side_px), theme.figure, ratio)
