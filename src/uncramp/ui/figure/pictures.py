"""Pictures of exercises: drawn small once and kept, or read from a file of the user."""

import math
import zlib
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from uncramp.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

    from uncramp.routines.library import Looks

FOLDER = "pictures"
_PROBE_PX = 96
_DRAWING_S = 0.25
"""How long the drawing of one picture may take."""


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
            kept = _painted(looks_of(exercise), side_px, theme, ratio)
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


def load_picture(path: Path, longest_px: int) -> QPixmap | None:
    """Return a picture of the user as large as it fits, or None when it cannot be drawn.

    Args:
        path: an SVG or PNG file.
        longest_px: of the longer side, in pixels of the screen.
    """
    from uncramp.routines.picture import RefusedPictureError, read_picture  # few have pictures

    try:
        data = read_picture(path)
    except RefusedPictureError:
        return None
    return drawn_picture(data, path.suffix, longest_px)


def drawn_picture(data: bytes, ending: str, longest_px: int) -> QPixmap | None:
    """Return a picture as large as it fits, or None when it cannot be drawn.

    Args:
        data: what `read_picture` or `check_picture` has looked through.
        ending: ".svg" or ".png".
        longest_px: of the longer side, in pixels of the screen.
    """
    if ending.lower() == ".png":
        image = QImage.fromData(QByteArray(data))
        if image.isNull():
            return None
        box, smooth = QSize(longest_px, longest_px), Qt.TransformationMode.SmoothTransformation
        keep = Qt.AspectRatioMode.KeepAspectRatio
        return QPixmap.fromImage(image.scaled(box, keep, smooth))
    return _drawn_svg(data, longest_px)


def _drawn_svg(data: bytes, longest_px: int) -> QPixmap | None:
    """Draw an SVG as large as `longest_px`, or only as large as can be done in short time.

    A few thousand lines that cross each other take minutes at full size, and nothing can stop
    the renderer; but what a drawing takes grows with its area. So a small one is timed first.
    """
    from PySide6.QtSvg import QSvgRenderer  # few have pictures

    renderer = QSvgRenderer(QByteArray(data))
    if not renderer.isValid() or renderer.viewBoxF().isEmpty():
        return None
    took_s = _DRAWING_S
    for _ in range(2):  # the first time, fonts may have to be found
        begun = monotonic()
        small = _drawn(renderer, min(longest_px, _PROBE_PX))
        took_s = min(took_s, max(monotonic() - begun, 1e-6))
    affordable_px = round(_PROBE_PX * math.sqrt(_DRAWING_S / took_s))
    if min(longest_px, affordable_px) <= _PROBE_PX:
        return small
    return _drawn(renderer, min(longest_px, affordable_px))


def _drawn(renderer: "QSvgRenderer", longest_px: int) -> QPixmap:
    box = QSizeF(longest_px, longest_px)
    size = renderer.viewBoxF().size().scaled(box, Qt.AspectRatioMode.KeepAspectRatio).toSize()
    made = QPixmap(size.expandedTo(QSize(1, 1)))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(made.rect()))
    painter.end()
    return made


def paint_name(painter: QPainter, area: QRectF, name: str, theme: Theme) -> None:
    """Write a name where a picture cannot be drawn."""
    painter.setPen(theme.qcolor("text_soft"))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(area, int(flags), name)


def _painted(looks: "Looks", side_px: int, theme: Theme, ratio: float) -> QPixmap:
    if looks.picture is None:
        from uncramp.ui.figure.view import thumbnail  # only where a picture is missing

        return thumbnail(looks.figure, QSize(side_px, side_px), theme.figure, ratio)
    shown = load_picture(looks.picture, round(side_px * ratio))
    square = QPixmap(round(side_px * ratio), round(side_px * ratio))
    square.setDevicePixelRatio(ratio)
    square.fill(Qt.GlobalColor.transparent)
    painter = QPainter(square)
    if shown is None:
        paint_name(painter, QRectF(4, 4, side_px - 8, side_px - 8), looks.name, theme)
    else:
        shown.setDevicePixelRatio(ratio)
        left, top = (side_px * ratio - shown.width()) / 2, (side_px * ratio - shown.height()) / 2
        painter.drawPixmap(round(left / ratio), round(top / ratio), shown)
    painter.end()
    return square
