"""The first questions, all on one page, none of which needs an answer."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from uncramp.coach.browse.cards import RoutineCard
from uncramp.coach.cramp.wording import muscle_name
from uncramp.coach.daywords import rhythm_words, tie_name
from uncramp.coach.plan.first_start import Answers, CrampTime
from uncramp.model.diary import CrampMuscle
from uncramp.model.language import tr
from uncramp.model.plan import Plan
from uncramp.ui.early import ENTER_KEYS
from uncramp.ui.flow import FlowLayout
from uncramp.ui.page import Page
from uncramp.ui.painted import ChoiceBox
from uncramp.ui.widgets import Button, button, card, label, scroll_area

_WIDEST_PX = 820
_HOURS = ("20:00", "20:30", "21:00", "21:30", "22:00", "22:30", "23:00", "23:30", "00:00")
_USUAL = "22:00"


class FirstStartPage(Page):
    """Three questions and the plan that is proposed.

    Signals:
        answered: another answer was chosen, so another plan may be proposed.
        accepted: the `Answers`; the plan shall begin.
        skipped: nothing of this is wanted now.
        safety_requested: the signs that are reasons to get help are wanted.
    """

    answered = Signal()
    accepted = Signal(object)
    skipped = Signal()
    safety_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._times: list[Button] = []
        self._muscles: list[Button] = []
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setMaximumWidth(_WIDEST_PX)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 12)
        column.setSpacing(14)
        column.addWidget(label("display", tr("Welcome to Uncramp"), wrap=True))
        told = tr("Three questions, all optional. Everything can be changed later.")
        column.addWidget(label("soft", told, wrap=True))
        column.addWidget(self._built_questions())
        column.addWidget(self._built_plan())
        column.addLayout(self._built_end())
        column.addStretch(1)
        area = scroll_area(inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 28, 26, 12)
        whole.setSpacing(12)
        whole.addWidget(area, 1)
        whole.addWidget(self._built_buttons())

    def show_proposal(self, plan: Plan, cards: Mapping[str, RoutineCard]) -> None:
        """Show the plan to begin with; `cards` are those of its routines, by id."""
        lines = []
        for item in plan.items:
            shown = cards.get(item.routine)
            if shown is not None:
                length = shown.detail.partition(" · ")[0]
                rhythm = rhythm_words(item.days, item.times)
                lines.append(f"{shown.name}: {tie_name(item.tie).lower()}, {rhythm}, {length}")
        self._proposal.setText("\n".join(lines))

    def take_focus(self) -> None:
        """Let Enter accept the plan."""
        self._accept_button.setFocus()

    def leave(self) -> None:
        """Go to the routines without a plan."""
        self.skipped.emit()

    @property
    def answers(self) -> Answers:
        """What is chosen now."""
        return Answers(
            frozenset(CrampTime(chip.objectName()) for chip in self._times if chip.isChecked()),
            frozenset(CrampMuscle(chip.objectName()) for chip in self._muscles if chip.isChecked()),
            str(self._hour.currentData()),
        )

    def _built_questions(self) -> QWidget:
        inside = card()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(8)
        times = (
            (CrampTime.NIGHT, tr("At night")),
            (CrampTime.RUN, tr("While running")),
            (CrampTime.AFTER, tr("After a run")),
        )
        column.addWidget(label("heading", tr("When do you get cramps?"), wrap=True))
        column.addWidget(self._chips([(time.value, text) for time, text in times], self._times))
        column.addSpacing(6)
        column.addWidget(label("heading", tr("Where?"), wrap=True))
        muscles = [(muscle.value, muscle_name(muscle)) for muscle in CrampMuscle]
        column.addWidget(self._chips(muscles, self._muscles))
        column.addSpacing(6)
        column.addWidget(label("heading", tr("When should the evening reminder come?"), wrap=True))
        self._hour = ChoiceBox()
        self._hour.setAccessibleName(tr("Time of the evening reminder"))
        self._hour.addItem(tr("No reminder"), "")
        for hour in _HOURS:
            self._hour.addItem(hour, hour)
        self._hour.setCurrentIndex(self._hour.findData(_USUAL))
        column.addWidget(self._hour, 0, Qt.AlignmentFlag.AlignLeft)
        return inside

    def _built_plan(self) -> QWidget:
        inside = card()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(8)
        column.addWidget(label("heading", tr("To begin with"), wrap=True))
        self._proposal = label("body", "\n\n", wrap=True)
        column.addWidget(self._proposal)
        column.addWidget(
            label("soft", tr("You can change this at any time on the Plan page."), wrap=True)
        )
        return inside

    def _built_end(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        told = tr(
            "Uncramp gives information, not a diagnosis: it cannot tell why you cramp, and it "
            "does not replace a doctor or a physiotherapist."
        )
        column.addWidget(label("soft", told, wrap=True))
        signs = button(tr("When to get help"), kind="tight")
        signs.clicked.connect(self.safety_requested)
        column.addWidget(signs, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def _built_buttons(self) -> QWidget:
        self._accept_button = button(tr("Begin with these"), kind="primary", tip=tr("Enter"))
        self._accept_button.clicked.connect(self._accept)
        skip = button(tr("Not now, show the routines"), kind="quiet", tip=tr("Esc"))
        skip.clicked.connect(self.skipped)
        room = QWidget()
        row = FlowLayout(parent=room)
        row.addWidget(self._accept_button)
        row.addWidget(skip)
        return room

    def _accept(self) -> None:
        self.accepted.emit(self.answers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin on Enter, also where the focus is on an answer."""
        if event.key() in ENTER_KEYS:
            self._accept()
        else:
            super().keyPressEvent(event)

    def _chips(self, choices: Sequence[tuple[str, str]], into: list[Button]) -> QWidget:
        """Return buttons that can be chosen, and add them to `into`."""
        line = QWidget()
        row = FlowLayout(parent=line)
        for name, text in choices:
            chip = button(text)
            chip.setObjectName(name)
            chip.setCheckable(True)
            chip.toggled.connect(self.answered)
            into.append(chip)
            row.addWidget(chip)
        return line
