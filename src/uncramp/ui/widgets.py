"""Labels, buttons and cards in the few forms that the window uses."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)


def label(role: str, text: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label that the style sheet dresses by `role`."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made


def set_role(shown: QLabel, role: str) -> None:
    """Let the style sheet dress a label otherwise."""
    if shown.property("role") != role:
        shown.setProperty("role", role)
        shown.style().polish(shown)


class Button(QPushButton):
    """A button that Enter presses as well as Space; Qt leaves that to dialogs."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


def button(text: str, *, kind: str = "plain", tip: str = "") -> Button:
    """Return a button; `kind` is plain, primary, quiet or alert."""
    made = Button(text)
    made.setProperty("kind", kind)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if tip:
        made.setToolTip(tip)
    return made


class KeyButton(Button):
    """A button that shows its key in a small cap beside its words."""

    def __init__(self, text: str, key: str, *, kind: str = "plain") -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._words = label("on_button")
        self._key = label("key", key)
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 8, 16, 8)
        row.setSpacing(12)
        for part in (self._words, self._key):
            part.setProperty("kind", kind)
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignCenter)
        self.set_words(text)

    def set_words(self, text: str) -> None:
        """Show other words."""
        if text != self._words.text():
            self._words.setText(text)
            self.setAccessibleName(text)
            self.setAccessibleDescription(self._key.text())
            self.updateGeometry()

    def show_key(self, shown: bool) -> None:
        """Show the key, or leave its room to others in a narrow window."""
        self._key.setVisible(shown)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the room for words and key."""
        return self._asked()

    def minimumSizeHint(self) -> QSize:
        """Return the room for words and key."""
        return self._asked()

    def _asked(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint()


def icon_of(picture: QPixmap) -> QIcon:
    """Return a picture as an icon that a chosen row does not tint."""
    made = QIcon(picture)
    made.addPixmap(picture, QIcon.Mode.Selected)
    return made


def card() -> QFrame:
    """Return an empty card."""
    made = QFrame()
    made.setObjectName("card")
    return made


def scroll_area(inside: QWidget | None = None) -> QScrollArea:
    """Return an area as wide as its content may be, which scrolls up and down alone."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if inside is not None:
        made.setWidget(inside)
    return made
