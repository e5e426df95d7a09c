"""One exercise: large and moving, with everything that there is to know about it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.browse.exercise_cards import ExerciseCard, Section
from uncramp.coach.works import Citation
from uncramp.model.body import Side
from uncramp.model.language import tr
from uncramp.routines.library import Looks
from uncramp.ui.figure.exercise_view import ExerciseView
from uncramp.ui.figure.view import telling_time
from uncramp.ui.flow import FlowLayout
from uncramp.ui.links import link_label
from uncramp.ui.page import Page
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import Button, button, card, clear_layout, label

_BESIDE_LINES = 40
"""Width, in heights of a line, from which words stand beside the drawing."""
_VIEW_LINES = 12
"""Height of the drawing above the words, in heights of a line."""
_VIEW_SHARE = 0.4
"""Of the page's height that the drawing takes at most there."""
_LEAST_VIEW_PX = 150
_BELOW_NAME = 2
_EDGE_PX = 34
_NARROW_EDGE_PX = 16


class ExercisePage(Page):
    """One exercise.

    Signals:
        back_requested: the user leaves.
        step_requested: 1 for the next exercise, -1 for the one before.
        routine_requested: the id of a routine that uses it.
        edit_requested: the id of the exercise, which is to be edited, or a copy of it.
    """

    back_requested = Signal()
    step_requested = Signal(int)
    routine_requested = Signal(str)
    edit_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.exercise = ""
        self._theme = theme
        self._looks: Looks | None = None
        self._is_beside: bool | None = None
        self._build()

    def show_card(self, card: ExerciseCard, looks: Looks, *, calm: bool = False) -> None:
        """Show an exercise from its beginning."""
        is_new = card.id != self.exercise
        self.exercise, self._looks = card.id, looks
        self._muscles.setText(card.muscles[:1].upper() + card.muscles[1:])
        self._name.setText(card.name)
        self._facts.setText(card.facts)
        self._edit.setText(tr("Edit") if card.is_own else tr("Edit a copy"))
        self._show_words(card)
        moves = looks.picture is None
        for part in self._movement:
            part.setVisible(moves)
        if is_new:
            self._sides.button(_SIDES.index(Side.NONE)).setChecked(True)
            self._scroll.verticalScrollBar().setValue(0)
        self._view.set_calm(calm)
        self._view.set_looks(looks, self._side())
        self._view.set_time(0.0)
        self._go_on()

    def show_place(self, number: int, count: int) -> None:
        """Tell which of how many this is; the first one is 0."""
        self._place.setText(tr("{n} of {count}").format(n=number + 1, count=count))
        for part in (self._previous, self._next):
            part.setEnabled(count > 1)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._view.set_theme(theme)

    # -- building

    def _build(self) -> None:
        self._stage = self._built_stage()
        self._words = QVBoxLayout()
        self._words.setSpacing(6)
        self._muscles = label("kicker", wrap=True)
        self._name = label("display", wrap=True)
        self._facts = label("soft", wrap=True)
        inner = QWidget()
        inner.setObjectName("scrolled")
        self._inner = QVBoxLayout(inner)
        self._inner.setContentsMargins(0, 0, 10, 0)
        self._inner.setSpacing(6)
        for part in (self._muscles, self._name, self._facts):
            self._inner.addWidget(part)
        self._inner.addLayout(self._words)
        self._inner.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(tr("About this exercise"))
        self._scroll.setWidget(inner)
        self._row = QHBoxLayout()
        self._row.setSpacing(24)
        self._row.addWidget(self._scroll, 6)
        self._whole = QVBoxLayout(self)
        self._whole.setSpacing(12)
        self._whole.addLayout(self._built_head())
        self._whole.addLayout(self._row, 1)

    def _built_head(self) -> QHBoxLayout:
        back = button(tr("Back"), kind="small", tip=tr("Esc"))
        back.clicked.connect(self.back_requested)
        self._previous = button(tr("Previous"), kind="small", tip=tr("Left arrow"))
        self._previous.clicked.connect(self._ask_for_previous)
        self._next = button(tr("Next"), kind="small", tip=tr("Right arrow"))
        self._next.clicked.connect(self._ask_for_next)
        self._place = label("soft")
        self._edit = button(tr("Edit"), kind="small")
        self._edit.clicked.connect(self._ask_to_edit)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(back)
        head.addWidget(self._edit)
        head.addStretch(1)
        for part in (self._place, self._previous, self._next):
            head.addWidget(part)
        return head

    def _built_stage(self) -> QFrame:
        made = card()
        self._view = ExerciseView(self._theme)
        self._sides = self._choices(
            (
                (tr("As drawn"), tr("Key {key}").format(key="A")),
                (tr("Left"), tr("Key {key}").format(key="L")),
                (tr("Right"), tr("Key {key}").format(key="R")),
            ),
        )
        self._sides.idClicked.connect(self._choose_side)
        self._pause = button(tr("Pause"), kind="small", tip=tr("Space"))
        self._pause.clicked.connect(self._toggle_pause)
        telling = button(
            tr("Key moment"),
            kind="small",
            tip=tr("Key {key}: stops where the movement shows best").format(key="T"),
        )
        telling.clicked.connect(self._show_telling)
        self._speeds = self._choices(
            tuple((words, tr("Key {key}").format(key=key)) for key, _, words in _speeds()),
        )
        self._speeds.button(len(_SPEEDS) - 1).setChecked(True)
        self._speeds.idClicked.connect(self._choose_speed)
        controls = FlowLayout(12)
        for parts in (self._sides.buttons(), [self._pause, telling], self._speeds.buttons()):
            controls.addWidget(_together(parts))
        self._movement: tuple[QWidget, ...] = (
            *self._sides.buttons(),
            *self._speeds.buttons(),
            self._pause,
            telling,
        )
        inside = QVBoxLayout(made)
        inside.setContentsMargins(16, 16, 16, 12)
        inside.setSpacing(10)
        inside.addWidget(self._view, 1)
        inside.addLayout(controls)
        return made

    def _choices(self, choices: tuple[tuple[str, str], ...]) -> QButtonGroup:
        """Return buttons of which one is chosen."""
        group = QButtonGroup(self)
        for number, (words, tip) in enumerate(choices):
            made = button(words, kind="small", tip=tip)
            made.setCheckable(True)
            group.addButton(made, number)
        group.button(0).setChecked(True)
        return group

    # -- words

    def _show_words(self, card: ExerciseCard) -> None:
        clear_layout(self._words)
        for section in card.sections:
            self._words.addWidget(_built_section(section))
        if card.uses:
            self._words.addWidget(self._built_uses(card))
        if card.sources:
            self._words.addWidget(_built_sources(card.sources))

    def _built_uses(self, card: ExerciseCard) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(6)
        column.addWidget(label("heading", tr("Used in")))
        links = FlowLayout(8)
        for use in card.uses:
            link: Button = button(use.name, kind="small")
            link.setProperty("routine", use.routine)
            link.clicked.connect(self._follow)
            links.addWidget(link)
        column.addLayout(links)
        return made

    def _ask_to_edit(self) -> None:
        self.edit_requested.emit(self.exercise)

    def _follow(self) -> None:
        self.routine_requested.emit(str(self.sender().property("routine")))

    # -- what Qt asks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the words beside the drawing, or in a narrow page below it."""
        super().resizeEvent(event)
        line = self.fontMetrics().height()
        beside = self.width() >= _BESIDE_LINES * line
        edge = _EDGE_PX if beside else _NARROW_EDGE_PX
        self._whole.setContentsMargins(edge, min(edge, 24), edge, min(edge, 24))
        if not beside:
            height = min(_VIEW_LINES * line, round(_VIEW_SHARE * self.height()))
            self._view.setFixedHeight(max(height, _LEAST_VIEW_PX))
        if beside == self._is_beside:
            return
        self._is_beside = beside
        if beside:
            self._view.setMinimumHeight(_LEAST_VIEW_PX)
            self._view.setMaximumHeight(_NO_LIMIT)
            self._row.insertWidget(0, self._stage, 6)
        else:
            self._inner.insertWidget(_BELOW_NAME, self._stage)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of the page."""
        key = Qt.Key(event.key())
        speeds = {Qt.Key.Key_1: 0, Qt.Key.Key_2: 1, Qt.Key.Key_3: 2}
        sides = {Qt.Key.Key_A: 0, Qt.Key.Key_L: 1, Qt.Key.Key_R: 2}
        moves = self._looks is not None and self._looks.picture is None
        if key == Qt.Key.Key_Escape:
            self.back_requested.emit()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.step_requested.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self._scroll_by(key)
        elif moves and key == Qt.Key.Key_Space:
            self._toggle_pause()
        elif moves and key == Qt.Key.Key_T:
            self._show_telling()
        elif moves and key in speeds:
            self._speeds.button(speeds[key]).click()
        elif moves and key in sides:
            self._sides.button(sides[key]).click()
        else:
            super().keyPressEvent(event)

    def _scroll_by(self, key: Qt.Key) -> None:
        bar = self._scroll.verticalScrollBar()
        page = key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
        step = bar.pageStep() if page else 3 * bar.singleStep()
        down = key in {Qt.Key.Key_Down, Qt.Key.Key_PageDown}
        bar.setValue(bar.value() + (step if down else -step))

    # -- the drawing

    def _side(self) -> Side:
        return _SIDES[self._sides.checkedId()]

    def _choose_side(self) -> None:
        if self._looks is not None:
            time_s = self._view.time_s
            self._view.set_looks(self._looks, self._side())
            self._view.set_time(time_s)

    def _choose_speed(self) -> None:
        self._view.set_tempo(_SPEEDS[self._speeds.checkedId()])

    def _toggle_pause(self) -> None:
        if self._view.is_running:
            self._stop()
        else:
            self._go_on()

    def _go_on(self) -> None:
        self._view.run()
        self._pause.setText(tr("Pause"))

    def _stop(self) -> None:
        self._view.pause()
        self._pause.setText(tr("Continue"))

    def _show_telling(self) -> None:
        if self._looks is not None:
            self._stop()
            self._view.set_time(telling_time(self._looks.figure))

    def _ask_for_previous(self) -> None:
        self.step_requested.emit(-1)

    def _ask_for_next(self) -> None:
        self.step_requested.emit(1)


_SIDES = (Side.NONE, Side.LEFT, Side.RIGHT)
_SPEEDS = (0.25, 0.5, 1.0)
_NO_LIMIT = 16_777_215
"""Qt's own word for no largest height."""


def _together(parts: Sequence[QWidget]) -> QWidget:
    """Return the parts on one line that is not broken."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for part in parts:
        row.addWidget(part)
    return made


def _speeds() -> tuple[tuple[str, float, str], ...]:
    words = ("¼ ×", "½ ×", "1 ×")
    return tuple(
        (str(number), speed, said)
        for number, (speed, said) in enumerate(zip(_SPEEDS, words, strict=True), 1)
    )


def _built_sources(sources: Sequence[Citation]) -> QWidget:
    shown = QWidget()
    column = QVBoxLayout(shown)
    column.setContentsMargins(0, 10, 0, 0)
    column.setSpacing(4)
    column.addWidget(label("heading", tr("Sources")))
    for source in sources:
        column.addWidget(link_label(source.words, source.link))
    return shown


def _built_section(section: Section) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 10, 0, 0)
    column.setSpacing(4)
    heading = label("alert" if section.is_warning else "heading", section.heading)
    column.addWidget(heading)
    listed = len(section.lines) > 1
    for line in section.lines:
        column.addWidget(label("body", f"•  {line}" if listed else line, wrap=True))
    return made
