"""The exercises: a grid to be narrowed, and the page of one of them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from uncramp.coach.browse.exercise_cards import ExerciseCard, group_names
from uncramp.coach.wording import moment_name
from uncramp.model.language import tr
from uncramp.model.moment import Moment
from uncramp.routines.library import Looks
from uncramp.ui.browse.exercise_grid import PICTURE_PX, ExerciseGrid
from uncramp.ui.browse.exercise_page import ExercisePage
from uncramp.ui.browse.finder import Finder
from uncramp.ui.page import Page
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, label

_LOW_LINES = 34
_EDGE_PX = 34
_NARROW_EDGE_PX = 16


class ExercisesPage(Page):
    """All exercises, and one of them large.

    Signals:
        pictures_requested: ids of exercises and the side in logical pixels of the small square
            drawings that are wanted of them; `show_pictures` answers.
        looks_requested: the id of an exercise that is to be shown moving; `show_looks` answers.
        routine_requested: the id of a routine to be shown.
        routines_requested: the way back leads to the routines.
        edit_requested: the id of an exercise to edit; empty for a new one.
    """

    pictures_requested = Signal(list, int)
    looks_requested = Signal(str)
    routine_requested = Signal(str)
    routines_requested = Signal()
    edit_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._cards: dict[str, ExerciseCard] = {}
        self._beside: tuple[str, ...] = ()
        self._came_from_routine = False
        self._grid = ExerciseGrid(theme)
        self._page = ExercisePage(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._built_browser())
        self._stack.addWidget(self._page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self._connect()

    def fill(self, cards: Sequence[ExerciseCard]) -> None:
        """Show the exercises; the one that is open stays open if it is still there."""
        self._cards = {card.id: card for card in cards}
        self._grid.fill(cards)
        shown = self._page.exercise
        if self._is_open and shown in self._cards:
            self.looks_requested.emit(shown)
        else:
            self._stack.setCurrentIndex(0)

    def open(self, exercise: str, beside: Sequence[str] = ()) -> None:
        """Show one exercise; `beside` are those of the routine from which it was opened."""
        self._came_from_routine = bool(beside)
        self._beside = tuple(beside) or tuple(card.id for card in self._grid.cards())
        self._show(exercise)

    @property
    def _is_open(self) -> bool:
        """Whether one of them is shown large."""
        return self._stack.currentWidget() is self._page

    def go_home(self) -> None:
        """Show the grid."""
        self._stack.setCurrentIndex(0)
        self._came_from_routine = False

    @property
    def waits_for_pictures(self) -> bool:
        """Whether small drawings are still to come."""
        return bool(self._grid.missing())

    def show_pictures(self, pictures: Mapping[str, QPixmap]) -> None:
        """Show small drawings, by exercise id."""
        self._grid.add_pictures(pictures)

    def show_looks(self, exercise: str, looks: Looks, *, calm: bool = False) -> None:
        """Show how an exercise looks where it is looked at just now.

        A `calm` figure stands still while it holds a pose.
        """
        if self._is_open:
            self._page.show_card(self._cards[exercise], looks, calm=calm)
        else:
            self._grid.show_looks(exercise, looks, calm=calm)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._grid.set_theme(theme)
        self._page.set_theme(theme)

    def take_focus(self) -> None:
        """Let the keys lead on."""
        if self._is_open:
            self._page.setFocus()
        else:
            self._grid.setFocus()

    # -- building

    def _built_browser(self) -> QWidget:
        moments = [(moment.value, moment_name(moment)) for moment in Moment]
        self._finder = Finder(
            tr("Search exercises"),
            tr("Search: name, muscle, equipment"),
            {
                "muscle": (tr("Muscle"), [("", tr("Any muscle")), *group_names()]),
                "moment": (tr("Occasion"), [("", tr("Any occasion")), *moments]),
            },
            self._grid,
            in_one_row=True,
        )
        self._title = label("display", tr("Exercises"))
        self._nothing = label("body", tr("No exercise fits all of that."), wrap=True)
        self._clear = button(tr("Show all exercises"), kind="primary")
        self._nothing.hide()
        self._clear.hide()
        browser = QWidget()
        browser.setObjectName("ground")
        self._column = column = QVBoxLayout(browser)
        column.setSpacing(12)
        new = button(tr("New exercise"), tip=tr("Ctrl+N"))
        new.clicked.connect(self._ask_for_new)
        begin = QShortcut(QKeySequence(QKeySequence.StandardKey.New), self)
        begin.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        begin.activated.connect(self._ask_for_new)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(new)
        column.addLayout(top)
        column.addWidget(self._finder)
        column.addWidget(self._nothing)
        column.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._grid, 1)
        column.addStretch(0)
        for keys in (QKeySequence(QKeySequence.StandardKey.Find), QKeySequence("/")):
            made = QShortcut(keys, browser)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(self._finder.begin)
        return browser

    def _ask_for_new(self) -> None:
        self.edit_requested.emit("")

    def _connect(self) -> None:
        self._finder.wish_changed.connect(self._narrow)
        self._clear.clicked.connect(self._show_all)
        self._grid.opened.connect(self._open_from_grid)
        self._grid.pictures_missing.connect(self._ask_for_pictures)
        self._grid.looks_requested.connect(self.looks_requested)
        self._page.back_requested.connect(self._back)
        self._page.step_requested.connect(self._step)
        self._page.routine_requested.connect(self.routine_requested)
        self._page.edit_requested.connect(self.edit_requested)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the title makes room for the grid."""
        super().resizeEvent(event)
        low = self.height() < _LOW_LINES * self.fontMetrics().height()
        self._title.setVisible(not low)
        self._finder.set_folded(low)
        edge = _NARROW_EDGE_PX if low else _EDGE_PX
        self._column.setContentsMargins(edge, min(edge, 28), edge, min(edge, 28))

    # -- inside

    def _show(self, exercise: str) -> None:
        card = self._cards.get(exercise)
        if card is None:
            return
        self._stack.setCurrentWidget(self._page)
        self._grid.choose(exercise)
        self.looks_requested.emit(exercise)
        self._page.show_place(self._beside.index(exercise), len(self._beside))
        self._page.setFocus()

    def _open_from_grid(self, exercise: str) -> None:
        self.open(exercise)

    def _step(self, by: int) -> None:
        if self._page.exercise in self._beside:
            at = (self._beside.index(self._page.exercise) + by) % len(self._beside)
            self._show(self._beside[at])

    def _back(self) -> None:
        self._stack.setCurrentIndex(0)
        self._grid.setFocus()
        if self._came_from_routine:
            self._came_from_routine = False
            self.routines_requested.emit()

    def _narrow(self) -> None:
        self._grid.narrow(self._finder.wish())
        found = bool(self._grid.cards())
        self._nothing.setVisible(not found)
        self._clear.setVisible(not found)
        self._grid.setVisible(found)

    def _show_all(self) -> None:
        self._finder.clear()
        self._grid.setFocus()

    def _ask_for_pictures(self) -> None:
        wanted = self._grid.missing()
        if wanted:
            self.pictures_requested.emit(wanted, PICTURE_PX)
