"""A large button for the night: words that wrap, and its key below."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from uncramp.ui.widgets import Button, label


class ChoiceButton(Button):
    """One of two choices, large enough for somebody who is half asleep."""

    def __init__(self, key: str, *, first: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setProperty("kind", "choice_first" if first else "choice")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._words = label("choice", wrap=True)
        self._key = label("choice_key", key)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 12, 22, 12)
        column.setSpacing(2)
        for part in (self._words, self._key):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column.addWidget(self._words, 1)
        column.addWidget(self._key)
        self._key.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)

    def set_words(self, words: str) -> None:
        """Show other words."""
        if words != self._words.text():
            self._words.setText(words)
            self.setAccessibleName(words)
            self.setAccessibleDescription(self._key.text())
            self._fit()

    def sizeHint(self) -> QSize:
        """Return the room for words and key."""
        return QSize(240, self._needed(max(240, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Return the least."""
        return QSize(140, self._needed(max(140, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow in height where the words wrap."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit once more: only now the words have the letters of the style sheet."""
        super().showEvent(event)
        self._words.ensurePolished()
        self._key.ensurePolished()
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.invalidate()  # it remembers heights in the letters of before
        height = self._needed(self.width())
        if self.minimumHeight() != height:
            self.setMinimumHeight(height)
            self.updateGeometry()

    def _needed(self, width: int) -> int:
        inner = max(60, width - 44)
        return 28 + self._words.heightForWidth(inner) + self._key.sizeHint().height()
