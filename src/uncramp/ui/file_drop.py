"""Files that are dropped on the window: those that may hold a routine are opened."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

from uncramp.ui.parts import Parts

_OPENED = {".uncramp", ".toml"}


class FileDrop(QObject):
    """Takes what is dropped on the window, unless something else fills it."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        window = parts.frame.window
        window.installEventFilter(self)
        window.setAcceptDrops(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files that can be opened, and show what they offer when they are let go."""
        if not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        path = _dropped_file(event)
        if path is None or self._parts.frame.page is not None:
            event.ignore()
            return True
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self._parts.open_file(path)
        return True


def _dropped_file(event: QDropEvent) -> Path | None:
    """Return the first file of a drop that may hold a routine."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return next((path for path in files if path.suffix in _OPENED), None)
