"""A page in the charts' room with a way back, and what is told on it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from uncramp.model.language import tr
from uncramp.ui.page import Page
from uncramp.ui.widgets import Button, button, label, scroll_area

_WIDEST = 50
"""In heights of a line: longer lines are hard to follow."""


class StudyPage(Page):
    """A title, a way back, and a column of cards.

    Signals:
        back_requested: the charts are wanted again.
    """

    back_requested = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._back: Button = button(tr("Back"), kind="quiet", tip=tr("Esc"))
        self._back.clicked.connect(self.back_requested)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(label("display", title, wrap=True), 1)
        head.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        self._told = label("alert", wrap=True)
        self._told.hide()
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setMaximumWidth(_WIDEST * self.fontMetrics().height())
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 10, 12)
        self.column.setSpacing(16)
        self._area = scroll_area(inside)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 28, 24, 12)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addWidget(self._told)
        whole.addWidget(self._area, 1)

    def tell(self, sentence: str) -> None:
        """Show a sentence above the cards; an empty one takes it away."""
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    def take_focus(self) -> None:
        """Let the keys go to the way back."""
        self._back.setFocus()

    def leave(self) -> None:
        """Go back to the charts."""
        self.back_requested.emit()
