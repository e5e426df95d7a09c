"""One routine: a moving preview, what it is for, its steps, and what comes around it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from uncramp.coach.browse.cards import RoutineCard
from uncramp.model.language import tr
from uncramp.ui.browse.step_list import StepList
from uncramp.ui.flow import FlowLayout
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import Button, KeyButton, button, discard, label

if TYPE_CHECKING:
    from uncramp.routines.library import Looks
    from uncramp.ui.figure.exercise_view import ExerciseView

_PREVIEW_MS = 4_000
_PREVIEW_LINES = 7
"""Height of the smallest preview, in lines of text."""
_PREVIEW_FROM_LINES = 20
"""Height, in heights of a line, from which there is a preview."""
_NARROW_LINES = 24
"""Width, in heights of a line, below which the key makes room for the words."""


class RoutineDetail(QFrame):
    """The chosen routine.

    Signals:
        start_requested: it shall be started.
        edit_requested: it, or a copy of it, shall be edited.
        export_requested: it shall be given away.
        back_requested: the list is wanted again.
        figure_requested: the id of the exercise that is to be previewed; `show_figure` answers.
        exercise_opened: the id of an exercise whose page is wanted.
        routine_opened: the id of another routine that is spoken of here.
    """

    start_requested = Signal()
    edit_requested = Signal()
    export_requested = Signal()
    back_requested = Signal()
    figure_requested = Signal(str)
    exercise_opened = Signal(str)
    routine_opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._card: RoutineCard | None = None
        self._theme: Theme | None = None
        self._figure: ExerciseView | None = None
        self._around: list[QWidget] = []
        self._turn = QTimer(self)
        self._turn.setInterval(_PREVIEW_MS)
        self._turn.timeout.connect(self._next_preview)
        self._build()

    def show_card(self, card: RoutineCard) -> None:
        """Show a routine."""
        if card == self._card:
            return
        self._card = card
        self._kicker.setText(card.moment)
        self._name.setText(card.name)
        self._facts.setText(card.detail)
        self._summary.setText(card.summary)
        self._relief.setText(card.relief)
        self._relief.setVisible(bool(card.relief))
        self._edit.setText(tr("Edit a copy") if card.built_in else tr("Edit"))
        self._show_around(card)
        self._steps.show_steps(card.steps)
        self._scroll.verticalScrollBar().setValue(0)
        if self.isVisible():
            self._turn.start()

    def show_figure(self, looks: "Looks", *, calm: bool = False) -> None:
        """Let an exercise move in the preview; a `calm` one stands still while it is held."""
        if self._figure is None:
            from uncramp.ui.figure.exercise_view import ExerciseView  # after the page is filled

            assert self._theme is not None
            self._figure = ExerciseView(self._theme)
            self._preview.addWidget(self._figure)
        from uncramp.model.body import Side

        self._figure.set_calm(calm)
        self._figure.set_looks(looks, Side.NONE)
        self._figure.set_time(0.0)
        self._figure.run()

    def repeat_request(self) -> None:
        """Ask for the figure of the current step once more."""
        self._look_at(self._steps.current())

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._steps.set_theme(theme)
        if self._figure is not None:
            self._figure.set_theme(theme)

    def show_back(self, shown: bool) -> None:
        """Show the way back to the list, where both do not fit beside each other."""
        self._back.setVisible(shown)

    def take_focus(self) -> None:
        """Let Enter start the routine."""
        self._start.setFocus()

    # -- building

    def _build(self) -> None:
        self._room = room = QWidget()
        self._preview = QVBoxLayout(room)
        self._preview.setContentsMargins(0, 0, 0, 0)
        room.setMinimumHeight(_PREVIEW_LINES * self.fontMetrics().height())
        self._back = button(tr("All routines"), kind="quiet", tip=tr("Esc"))
        self._back.clicked.connect(self.back_requested)
        self._back.hide()
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(24, 18, 20, 16)
        self._inside.setSpacing(12)
        self._inside.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._inside.addWidget(room, 5)
        self._inside.addLayout(self._built_head())
        self._inside.addWidget(self._built_words(), 6)
        self._inside.addLayout(self._built_foot())

    def _built_head(self) -> QHBoxLayout:
        self._kicker = label("kicker")
        self._name = label("title", wrap=True)
        self._facts = label("soft", wrap=True)
        self._start = KeyButton(tr("Start"), tr("Enter"), kind="primary")
        self._start.clicked.connect(self.start_requested)
        words = QVBoxLayout()
        words.setSpacing(4)
        for part in (self._kicker, self._name, self._facts):
            words.addWidget(part)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self._start, 0, Qt.AlignmentFlag.AlignVCenter)
        return head

    def _built_words(self) -> QScrollArea:
        self._summary = label("soft", wrap=True)
        self._relief = label("body", wrap=True)
        self._steps = StepList()
        self._steps.step_looked_at.connect(self._look_at)
        self._steps.step_opened.connect(self._open_step)
        self._advice = label("soft", wrap=True)
        inner = QWidget()
        inner.setObjectName("on_card")
        self._words = QVBoxLayout(inner)
        self._words.setContentsMargins(0, 0, 8, 0)
        self._words.setSpacing(10)
        for part in (self._summary, self._relief, self._steps, self._advice):
            self._words.addWidget(part)
        self._words.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("on_card")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setMinimumHeight(4 * self.fontMetrics().height())
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        return self._scroll

    def _built_foot(self) -> FlowLayout:
        self._edit = button(tr("Edit a copy"), kind="small")
        self._edit.clicked.connect(self.edit_requested)
        export = button(tr("Share…"), kind="small", tip=tr("Save it as one file"))
        export.clicked.connect(self.export_requested)
        foot = FlowLayout(8)
        for part in (self._edit, export):
            foot.addWidget(part)
        return foot

    # -- what comes around the steps

    def _show_around(self, card: RoutineCard) -> None:
        for part in self._around:
            self._words.removeWidget(part)
            discard(part)
        before = [self._built_prompts(card)] if card.prompts else []
        after = [self._built_ending(card)] if card.ending or card.offers else []
        for part in before:
            self._words.insertWidget(self._words.indexOf(self._steps), part)
        for part in after:
            self._words.insertWidget(self._words.indexOf(self._advice), part)
        self._around = [*before, *after]

    def _built_prompts(self, card: RoutineCard) -> QWidget:
        """Return the times of a day with what is to be done then."""
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 6)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        beside = self.width() > _NARROW_LINES * self.fontMetrics().height()
        top = Qt.AlignmentFlag.AlignTop
        for number, prompt in enumerate(card.prompts):
            time = label("kicker", prompt.time)
            words = QVBoxLayout()
            words.setSpacing(4)
            words.addWidget(label("body", prompt.text, wrap=True))
            if prompt.routine:
                words.addWidget(self._link(prompt.routine, prompt.routine_name), 0, _LEFT)
            grid.addWidget(time, 2 * number, 0, top)
            grid.addLayout(words, 2 * number + (not beside), int(beside))
        heading = label("heading", tr("Then, after the finish"))
        grid.addWidget(heading, 2 * len(card.prompts), 0, 1, 2)
        return made

    def _built_ending(self, card: RoutineCard) -> QWidget:
        """Return what is said, seen to and offered at the end."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        column.addWidget(label("heading", tr("Afterwards")))
        for words in card.ending:
            column.addWidget(label("body", words, wrap=True))
        links = FlowLayout(8)
        for offer in card.offers:
            links.addWidget(self._link(offer.routine, offer.name))
        column.addLayout(links)
        return made

    def _link(self, routine: str, name: str) -> Button:
        made = button(name, kind="small")
        made.setProperty("routine", routine)
        made.clicked.connect(self._follow)
        return made

    def _follow(self) -> None:
        self.routine_opened.emit(str(self.sender().property("routine")))

    # -- what Qt asks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the key makes room for the words, and the preview for the steps."""
        super().resizeEvent(event)
        self._room.setVisible(self.height() >= _PREVIEW_FROM_LINES * self.fontMetrics().height())
        self._start.show_key(self.width() >= _NARROW_LINES * self.fontMetrics().height())

    def showEvent(self, event: QShowEvent) -> None:
        """Let the preview move."""
        super().showEvent(event)
        self._turn.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing moves while nobody looks."""
        super().hideEvent(event)
        self._turn.stop()

    # -- the steps

    def _look_at(self, row: int) -> None:
        if self._card is None or not 0 <= row < len(self._card.steps):
            return
        step = self._card.steps[row]
        self._advice.setText(step.advice)
        self._advice.setVisible(bool(step.advice))
        self.figure_requested.emit(step.exercise)

    def _open_step(self, row: int) -> None:
        if self._card is not None:
            self.exercise_opened.emit(self._card.steps[row].exercise)

    def _next_preview(self) -> None:
        if self._steps.count() and not self._steps.hasFocus():
            self._steps.choose((self._steps.current() + 1) % self._steps.count())


_LEFT = Qt.AlignmentFlag.AlignLeft
