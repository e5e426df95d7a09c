"""What a test sees of a widget.

A test imports this after it has made sure that there is Qt.
"""

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget


def image_of(widget: QWidget) -> QImage:
    """Return what a widget looks like now."""
    QApplication.processEvents()
    return widget.grab().toImage()


def is_near(seen: QColor, wanted: QColor, most: int = 12) -> bool:
    """Tell whether two colours are alike, each of their parts within `most` of 255."""
    return all(
        abs(a - b) <= most
        for a, b in zip(seen.getRgb()[:3], wanted.getRgb()[:3], strict=True)  # type: ignore[index]
    )
