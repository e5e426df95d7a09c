"""The keys that work wherever one is in the window: help with a cramp, and the full screen."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from uncramp.ui.parts import Parts


class WindowKeys(QObject):
    """F9 and C for a cramp, F11 for the full screen."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        for key, does in (
            (Qt.Key.Key_F11, self._toggle_full_screen),
            (Qt.Key.Key_F9, parts.help_cramp),
            (Qt.Key.Key_C, self._help_by_letter),  # a field that is typed into keeps the letter
        ):
            QShortcut(QKeySequence(key), parts.frame.window).activated.connect(does)

    def take(self, event: QKeyEvent) -> bool:
        """Take the keys of a cramp also where no window counts as active, and shortcuts rest."""
        if event.key() == Qt.Key.Key_F9:
            self._parts.help_cramp()
        elif event.text().casefold() == "c":
            self._help_by_letter()
        else:
            return False
        return True

    def _help_by_letter(self) -> None:
        """Help, but not where much is typed: a letter beside its field must not end the writing."""
        if not getattr(self._parts.frame.page, "is_typed_into", False):
            self._parts.help_cramp()

    def _toggle_full_screen(self) -> None:
        window = self._parts.frame.window
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()
