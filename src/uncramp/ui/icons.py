"""Our own small SVG icons, recoloured by the theme."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from uncramp.ui.theme import Theme


def icon(folder: Path, name: str, theme: Theme, size: int, ratio: float) -> QIcon:
    """Return an icon: soft for the normal state, accent for the checked one.

    `ratio` is the device pixel ratio of the screen that it is for.
    """
    made = QIcon()
    for state, token in ((QIcon.State.Off, "text_soft"), (QIcon.State.On, "accent_text")):
        picture = pixmap(folder, name, theme.colour[token], size, ratio)
        made.addPixmap(picture, QIcon.Mode.Normal, state)
    return made


def pixmap(folder: Path, name: str, colour: str, size: int, scale: float = 1.0) -> QPixmap:
    """Return one icon in one colour, `size` logical pixels square."""
    from PySide6.QtSvg import QSvgRenderer  # needs the window's libraries, so not before them

    text = (folder / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    made = QPixmap(QSize(round(size * scale), round(size * scale)))
    made.fill(QColor(0, 0, 0, 0))
    painter = QPainter(made)
    QSvgRenderer(QByteArray(text.encode())).render(
        painter, QRectF(0, 0, size * scale, size * scale)
    )
    painter.end()
    made.setDevicePixelRatio(scale)
    return made
