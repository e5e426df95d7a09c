"""Our own small SVG icons, recoloured by the theme."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap


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
