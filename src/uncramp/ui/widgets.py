"""Labels, buttons and cards in the few forms that the window uses."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QThread, QTimer
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent

from uncramp.ui.early import ENTER_KEYS, NEVER_A_SCROLL_BAR, PLAIN_TEXT, show_hand


def label(role: str, text: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label that the style sheet dresses by `role`."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setProperty("textFormat", PLAIN_TEXT)
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
    """A button that Enter presses as well as Space; Qt leaves that to dialogs.

    Of a choice that is made already Enter is for the page: it goes on, and takes nothing back.
    """

    def enterEvent(self, event: "QEnterEvent") -> None:
        """Show that it can be pressed."""
        super().enterEvent(event)
        show_hand(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter."""
        if event.key() not in ENTER_KEYS:
            super().keyPressEvent(event)
        elif self.isChecked():
            event.ignore()
        elif not event.isAutoRepeat():
            self.click()


def button(text: str, *, kind: str = "plain", tip: str = "") -> Button:
    """Return a button; `kind` is plain, primary, quiet or alert."""
    made = Button(text)
    made.setProperty("kind", kind)
    if tip:
        made.setToolTip(tip)
    return made


class KeyButton(Button):
    """A button that shows its key in a small cap beside its words."""

    def __init__(self, text: str, key: str, *, kind: str = "plain") -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self._words = label("on_button")
        self._key = label("key", key)
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 8, 16, 8)
        row.setSpacing(12)
        row.addStretch(1)
        for part in (self._words, self._key):
            part.setProperty("kind", kind)
            part.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(part)
        row.addStretch(1)
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


def at_left(shown: QWidget) -> QHBoxLayout:
    """Return a line with a widget at its left, no wider than it asks for."""
    row = QHBoxLayout()
    row.addWidget(shown)
    row.addStretch(1)
    return row


def scroll_area(inside: QWidget | None = None) -> QScrollArea:
    """Return an area as wide as its content may be, which scrolls up and down alone."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setProperty("horizontalScrollBarPolicy", NEVER_A_SCROLL_BAR)
    if inside is not None:
        made.setWidget(inside)
    return made


def discard(widget: QWidget) -> None:
    """Take a widget out of sight, and delete it once nothing of it can still be at work.

    The signal of a button or of an open list may be what has led here: whoever deletes it at once
    lets Qt return into an object that is gone. `deleteLater` waits for the event loop, but any
    loop will do, also that of a dialog which the very widget has opened; so this waits for the
    program's own.
    """
    widget.hide()
    if QThread.currentThread().loopLevel() > 1:
        _Discarding(widget)
    else:
        widget.deleteLater()


def replace_content(area: QScrollArea, inside: QWidget) -> None:
    """Let a scroll area show another content; Qt alone would delete the old one at once."""
    old = area.takeWidget()
    area.setWidget(inside)
    if old is not None:
        discard(old)


def clear_layout(layout: QLayout) -> None:
    """Discard all that stands in a layout, also in those within it."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear_layout(inner)
        elif widget is not None:
            discard(widget)


class _Discarding(QTimer):
    """Waits until no dialog runs a loop of its own any more."""

    _AGAIN_MS = 200

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self.timeout.connect(self._look)
        self.start(self._AGAIN_MS)

    def _look(self) -> None:
        if QThread.currentThread().loopLevel() <= 1:
            self.stop()
            self._widget.deleteLater()
