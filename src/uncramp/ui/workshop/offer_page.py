"""What a file would bring, shown before it is taken."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
)

from uncramp.coach.workshop.handoff import Offer, Offered, Standing
from uncramp.model.language import tr
from uncramp.ui.text_pages import ReadingPage, problem_card
from uncramp.ui.widgets import button, card, label


class OfferPage(ReadingPage):
    """A routine that somebody gave the user, with its exercises and its problems.

    Signals:
        take_requested: whether what is there already is to be kept beside it.
    """

    take_requested = Signal(bool)

    def __init__(self, offer: Offer) -> None:
        only_exercises = offer.routine is None and bool(offer.exercises)
        title = tr("An exercise for you") if only_exercises else tr("A routine for you")
        super().__init__(title, tr("No, thanks"))
        if offer.can_be_taken:
            self.set_back_kind("plain")
        self.offer = offer
        self.column.addWidget(label("soft", tr("File: {name}").format(name=offer.file), wrap=True))
        self._told = label("alert", wrap=True)
        self._told.hide()
        self._both = QRadioButton(tr("Keep both: the new one gets another name"))
        self._both.setChecked(True)
        self._replace = QRadioButton(tr("Replace the one you have"))
        if offer.routine is not None:
            self.column.addWidget(self._built_routine(offer.routine))
        if offer.exercises:
            self.column.addWidget(self._built_exercises())
        if offer.problems:
            self._add_problems()
        if offer.can_be_taken:
            self._add_choice()
        self.column.addWidget(self._told)
        self.column.addStretch(1)

    def tell(self, sentence: str) -> None:
        """Show why it could not be taken."""
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    def take_focus(self) -> None:
        """Let Enter take it, if it can be taken."""
        take = self.findChild(QFrame, "choice")
        if take is None:
            super().take_focus()
        else:
            self._take.setFocus()

    def _built_routine(self, routine: Offered) -> QFrame:
        inside = card()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label("title", routine.name, wrap=True), 1)
        head.addWidget(label("title", routine.detail))
        column.addLayout(head)
        if routine.standing is not Standing.NEW:
            column.addWidget(label("alert", _remark(routine.standing), wrap=True))
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setVerticalSpacing(6)
        for row, (name, dose) in enumerate(self.offer.steps):
            grid.addWidget(label("body", f"{row + 1}.  {name}", wrap=True), row, 0)
            grid.addWidget(label("soft", dose), row, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(grid)
        return inside

    def _built_exercises(self) -> QFrame:
        inside = card()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(8)
        column.addWidget(label("heading", tr("Exercises that come with it")))
        for one in self.offer.exercises:
            column.addWidget(label("body", one.name, wrap=True))
            if one.standing is not Standing.NEW:
                column.addWidget(label("alert", _remark(one.standing), wrap=True))
        return inside

    def _add_problems(self) -> None:
        if not self.offer.can_be_taken:
            words = tr(
                "It cannot be added as it is. These are the places to correct; whoever wrote it "
                "will know what to do."
            )
            self.column.addWidget(label("alert", words, wrap=True))
        for problem in self.offer.problems:
            self.column.addWidget(problem_card(problem))

    def _add_choice(self) -> None:
        inside = QFrame()
        inside.setObjectName("choice")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        if self.offer.has_conflict:
            group = QButtonGroup(inside)
            for choice in (self._both, self._replace):
                group.addButton(choice)
                column.addWidget(choice)
        words = tr(
            "Nothing in it is run as a program; it is only read. It is added to your own "
            "routines, where you can change or delete it."
        )
        column.addWidget(label("soft", words, wrap=True))
        self._take = button(tr("Add it"), kind="primary")
        self._take.clicked.connect(self._ask)
        column.addWidget(self._take, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(inside)

    def _ask(self) -> None:
        self.take_requested.emit(not self._replace.isChecked())


def _remark(standing: Standing) -> str:
    return {
        Standing.NEW: "",
        Standing.SAME: tr("You already have this, word for word."),
        Standing.DIFFERENT: tr("You have a different one with the same name."),
        Standing.SHIPPED: tr("Uncramp has a built-in one with the same name."),
    }[standing]
