"""What is asked about a day: the user ticks it."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from uncramp.coach.diary.tracking import MOST, Field
from uncramp.model.language import tr
from uncramp.ui.cramp.chips import Chips
from uncramp.ui.page import Page
from uncramp.ui.widgets import button, card, label, scroll_area


class DiaryFieldsPage(Page):
    """Everything that can be noted about a day, in groups, to be ticked.

    Signals:
        chosen: the keys of what is asked, with blanks between.
        done: back to the day.
    """

    chosen = Signal(str)
    done = Signal()

    def __init__(self, fields: Sequence[Field], asked: Collection[str]) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._groups: list[Chips] = []
        done = button(tr("Done"), kind="primary", tip=tr("Esc"))
        done.clicked.connect(self.done)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 8, 0)
        head.addWidget(label("title", tr("Questions about the day"), wrap=True), 1)
        head.addWidget(done)
        self._told = label("soft", wrap=True)
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        made = card()
        rows = QVBoxLayout(made)
        rows.setContentsMargins(24, 16, 24, 18)
        rows.setSpacing(8)
        for group in dict.fromkeys(field.group for field in fields):
            rows.addSpacing(6)
            rows.addWidget(label("heading", group))
            answers = [(field.key, field.title) for field in fields if field.group == group]
            chips = Chips(answers, group, several=True)
            chips.set_values([key for key in asked if chips.has(key)])
            chips.changed.connect(self._changed)
            rows.addWidget(chips)
            self._groups.append(chips)
        column.addWidget(made)
        column.addStretch(1)
        area = scroll_area(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 24, 26, 18)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addWidget(self._told)
        whole.addWidget(area, 1)
        self._tell()

    @property
    def keys(self) -> tuple[str, ...]:
        """What is asked."""
        return tuple(str(key) for chips in self._groups for key in chips.values)

    def take_focus(self) -> None:
        """Begin with the first group."""
        self._groups[0].take_focus()

    def _changed(self) -> None:
        self._tell()
        self.chosen.emit(" ".join(self.keys))

    def _tell(self) -> None:
        words = tr(
            "A few are better than many: each one is a question every day. Only what is "
            "ticked here is asked; what you recorded before stays in the journal."
        )
        if len(self.keys) > MOST:
            words = tr(
                "{n} are ticked: more than fit on a screen, and more than most people answer."
            )
        self._told.setText(words.format(n=len(self.keys)))

    def leave(self) -> None:
        """Go back to the day."""
        self.done.emit()
