"""Where the window stands and how large it is: kept, and always on the screen that is there."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from uncramp.model.errors import EnvironmentFault
from uncramp.ui.theme import BASE_PT

FILE_NAME: Final = "window.geometry"
SMALLEST: Final = QSize(720, 520)
_USUAL: Final = QSize(1200, 760)
_USUAL_DPI: Final = 96
_FRAME: Final = QSize(8, 44)
"""What a window manager adds around a window, before it is asked for."""
_LARGEST_FILE: Final = 4096


def place(window: QWidget, folder: Path) -> None:
    """Give a window its last size and place, or the usual size, within the screen.

    Args:
        window: that was not shown yet.
        folder: where the last place is kept.
    """
    available = window.screen().availableGeometry()
    most = available.size() - _FRAME
    window.setMinimumSize(SMALLEST.boundedTo(most))
    # Larger letters want more room. What they measure would load the font before the first picture.
    points = max(BASE_PT, window.font().pointSizeF())
    scale = points * window.logicalDpiY() / (BASE_PT * _USUAL_DPI)
    window.resize((_USUAL * scale).boundedTo(most))
    if window.restoreGeometry(_kept(folder)) and not window.isMaximized():
        bring_back(window)


def bring_back(window: QWidget) -> None:
    """Move and shrink a window so that all of it is on its screen."""
    available = window.screen().availableGeometry()
    window.resize(window.size().boundedTo(available.size() - _FRAME))
    shown = QRect(window.pos(), window.size() + _FRAME)
    x = max(available.left(), min(shown.x(), available.right() + 1 - shown.width()))
    y = max(available.top(), min(shown.y(), available.bottom() + 1 - shown.height()))
    if QPoint(x, y) != shown.topLeft():
        # Only then: a window that is moved before it is shown ends up a title bar lower.
        window.move(x, y)


def keep(window: QWidget, folder: Path) -> None:
    """Keep size and place for the next start; a folder that cannot be written is no matter.

    A full screen is for one session, not for the next start.
    """
    from uncramp.coach.whole_file import write_own  # at the end, not before the first picture

    if window.isFullScreen():
        return
    try:
        write_own(folder / FILE_NAME, bytes(window.saveGeometry().data()))
    except EnvironmentFault:
        return


def _kept(folder: Path) -> bytes:
    path = folder / FILE_NAME
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST_FILE)
    except OSError:
        return b""
