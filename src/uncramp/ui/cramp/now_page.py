"""The first screen of a cramp: one question, and where it is; Enter answers both."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from uncramp.coach.cramp.wording import place_name
from uncramp.model.body import Side
from uncramp.model.diary import CrampMuscle
from uncramp.model.language import tr
from uncramp.ui.cramp.choice import ChoiceButton
from uncramp.ui.cramp.leg_map import LegMap
from uncramp.ui.page import Page, plain_key
from uncramp.ui.painted import Switch
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, label, scroll_area, set_role

_NARROW_PX = 680
_LOW_PX = 480
_ANSWERS_AT = 5
"""After a stretch, three lines of words and a gap."""


class CrampNowPage(Page):
    """Asks whether it may be more than a cramp, and shows on the legs what is taken for granted.

    Signals:
        started: nothing speaks against relief; muscle and side.
        warned: a sign was there.
        run_changed: the runner is, or is not, on a run.
        cancelled: there is no cramp.
    """

    started = Signal(object, object)
    warned = Signal()
    run_changed = Signal(bool)
    cancelled = Signal()

    def __init__(self, muscle: CrampMuscle, side: Side, *, on_a_run: bool, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._is_low = False
        self._map = LegMap(theme)
        self._map.choose(muscle, side)
        self._map.chosen.connect(self._show_place)
        self._map.accepted.connect(self.start)
        self._no = ChoiceButton(tr("Enter"), first=True)
        self._no.clicked.connect(self.start)
        self._yes = ChoiceButton(tr("Y"))
        self._yes.set_words(tr("Yes, one of these"))
        self._yes.clicked.connect(self.warned)
        self._run = Switch()
        self._run.setChecked(on_a_run)
        self._run.setAccessibleName(tr("I am on a run"))
        self._run.toggled.connect(self.run_changed)
        self._build()
        self._show_place()

    def _build(self) -> None:
        area = scroll_area(self._built_words())
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        leave = button(tr("Cancel"), kind="quiet", tip=tr("Esc: nothing is recorded"))
        leave.clicked.connect(self.cancelled)
        head = QHBoxLayout()
        head.addWidget(label("kicker", tr("CRAMP NOW")), 1)
        head.addWidget(leave)
        halves = QHBoxLayout()
        halves.setSpacing(28)
        halves.addWidget(self._map, 5)
        halves.addWidget(area, 5)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(14)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 16, 34, 20)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addLayout(halves, 1)
        whole.addLayout(self._foot)

    def _built_words(self) -> QWidget:
        words = QWidget()
        words.setObjectName("scrolled")
        self._question = label(
            "question",
            tr("Is the leg swollen, warm or cold, changed in colour, numb or injured?"),
            wrap=True,
        )
        self._first = label("soft", tr("First, one question"))
        self._then = label("soft", tr("If so, no massage and no heat."), wrap=True)
        self._column = column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(14)
        column.addStretch(1)
        for part in (self._first, self._question, self._then):
            column.addWidget(part)
        column.addSpacing(10)
        column.addWidget(self._no)
        column.addWidget(self._yes)
        column.addSpacing(10)
        column.addLayout(self._built_run())
        column.addStretch(1)
        return words

    def _built_run(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._run)
        row.addWidget(label("soft", tr("I am on a run (R)"), wrap=True), 1)
        return row

    def _show_place(self) -> None:
        place = place_name(self._map.muscle, self._map.side)
        self._no.set_words(tr("No, begin: {place}").format(place=_within(place)))

    def start(self) -> None:
        """Go on to the relief."""
        self.started.emit(self._map.muscle, self._map.side)

    def take_focus(self) -> None:
        """Let the arrows choose and Enter go on."""
        self._map.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._map.set_theme(theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of the page."""
        key = plain_key(event)
        if event.isAutoRepeat():
            return
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_N}:
            self.start()
        elif key in {Qt.Key.Key_Y, Qt.Key.Key_X}:
            self.warned.emit()
        elif key == Qt.Key.Key_R:
            self._run.toggle()
        elif key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short the answers come below everything, always in sight."""
        super().resizeEvent(event)
        letters = max(1.0, self.fontMetrics().horizontalAdvance("0") / 9)
        low = self.height() < _LOW_PX * letters or self.width() < _NARROW_PX * letters
        if low == self._is_low:
            return
        self._is_low = low
        for number, part in enumerate((self._no, self._yes)):
            if low:
                self._column.removeWidget(part)
                self._foot.addWidget(part, 1)
            else:
                self._foot.removeWidget(part)
                self._column.insertWidget(_ANSWERS_AT + number, part)
        set_role(self._question, "heading" if low else "question")
        self._first.setVisible(not low)
        self._then.setVisible(not low)


def _within(place: str) -> str:
    """Return a place as it stands within a sentence."""
    return place[:1].lower() + place[1:]
