"""Files that are dropped on the window: a routine is opened, anything else may hold runs."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

from uncramp.coach.opening import ROUTINE_ENDINGS, may_hold_runs
from uncramp.ui.parts import Parts


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
        paths = _dropped(event)
        if not paths or not self._is_wanted():
            event.ignore()
            return True
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            routine = next((path for path in paths if not may_hold_runs(path)), None)
            if routine is None:
                self._parts.import_runs(paths)
            else:
                self._parts.open_file(routine)
        return True

    def _is_wanted(self) -> bool:
        """Whether nothing stands in the way: the rooms are shown, or the page of imports."""
        return self._parts.frame.page is None or self._parts.is_importing


def _dropped(event: QDropEvent) -> list[Path]:
    """Return what of a drop may hold a routine or runs: files by their endings, and folders."""
    files = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return [path for path in files if path.suffix in ROUTINE_ENDINGS or may_hold_runs(path)]
