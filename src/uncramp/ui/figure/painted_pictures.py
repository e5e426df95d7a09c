"""Pictures of exercises, drawn small or read from a file of the user."""

import math
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from uncramp.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

    from uncramp.routines.library import Looks

_PROBE_PX = 96
_DRAWING_S = 0.25
"""How long the drawing of one picture may take."""


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


def painted(looks: "Looks", side_px: int, theme: Theme, ratio: float) -> QPixmap:
    """Return a square picture of an exercise, `side_px` logical pixels wide."""
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
