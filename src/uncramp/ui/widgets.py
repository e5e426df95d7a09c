"""Labels, buttons and cards in the few forms that the window uses."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy


def label(role: str, text: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label that the style sheet dresses by `role`."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made


def button(text: str, *, kind: str = "plain", tip: str = "") -> QPushButton:
    """Return a button; `kind` is plain, primary, quiet or alert."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if tip:
        made.setToolTip(tip)
    return made


def card() -> QFrame:
    """Return an empty card."""
    made = QFrame()
    made.setObjectName("card")
    return made
