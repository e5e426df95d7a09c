"""The routines: a list of cards, and beside it the chosen one with a moving preview."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QListView,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.cards import RoutineCard, StepLine
from uncramp.model.language import tr, trn
from uncramp.ui.routine_list import RoutineDelegate, RoutineModel
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import KeyButton, button, card, label

if TYPE_CHECKING:
    from uncramp.model.figure import Figure
    from uncramp.ui.figure_view import FigureView

_PREVIEW_MS = 4_000
_PREVIEW_PX = 120
_NARROW_PX = 860
_LOW_PX = 640


class RoutinesPage(QWidget):
    """Choose a routine, look at it, start it.

    Signals:
        start_requested: the id of the routine to start.
        edit_requested: the id of the routine to edit; empty for a new one.
        problems_requested: the user's files have problems and he wants to see them.
        figure_requested: the id of the exercise that is to be previewed; `show_figure` answers.
        pictures_requested: ids of exercises and the side in logical pixels of the small square
            drawings that are wanted of them; `show_pictures` answers.
    """

    start_requested = Signal(str)
    edit_requested = Signal(str)
    problems_requested = Signal()
    figure_requested = Signal(str)
    pictures_requested = Signal(list, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self._rows: tuple[RoutineCard, ...] = ()
        self._theme: Theme | None = None
        self._steps_shown: tuple[StepLine, ...] = ()
        self._figure: FigureView | None = None
        self._turn = QTimer(self)
        self._turn.setInterval(_PREVIEW_MS)
        self._turn.timeout.connect(self._next_preview)
        self._build()

    def fill(self, cards: Sequence[RoutineCard]) -> None:
        """Show the routines; the chosen one stays chosen if it is still there."""
        chosen = self._chosen()
        self._rows = tuple(cards)
        self._model.set_rows(self._rows)
        self._ask_for_pictures()
        self._empty.setVisible(not self._rows)
        self._cards.setVisible(bool(self._rows))
        index = self._model.index_of(chosen.id) if chosen else QModelIndex()
        self._cards.setCurrentIndex(index if index.isValid() else self._first_index())

    def show_pictures(self, pictures: Mapping[str, QPixmap]) -> None:
        """Show small drawings on the cards, by exercise id."""
        self._delegate.set_pictures(pictures)
        self._cards.viewport().update()

    def repeat_request(self) -> None:
        """Ask for the figure of the current step once more."""
        self._show_step(self._steps.currentItem())

    def show_history(self, history: Mapping[str, str]) -> None:
        """Tell when routines were last done, in words, by id."""
        self._model.set_history(history)

    def show_figure(self, figure: "Figure", name: str) -> None:
        """Let a figure move in the preview."""
        if self._figure is None:
            from uncramp.ui.figure_view import FigureView  # after the page is filled

            assert self._theme is not None
            self._figure = FigureView(self._theme.figure)
            self._preview.addWidget(self._figure)
        from uncramp.model.exercise import Side

        self._figure.set_figure(figure, Side.NONE, name)
        self._figure.set_time(0.0)
        self._figure.run()

    def show_problems(self, count: int) -> None:
        """Tell how many problems there are in the user's files."""
        text = trn("{n} problem in your routine files", "{n} problems in your routine files", count)
        self._problems.setText(text.format(n=count))
        self._problems.setVisible(count > 0)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._delegate.set_theme(theme)
        if self._figure is not None:
            self._figure.set_colours(theme.figure)
        self._ask_for_pictures()
        self._cards.viewport().update()

    def take_focus(self) -> None:
        """Let Enter start the chosen routine."""
        self._cards.setFocus()

    # -- building

    def _build(self) -> None:
        self._model = RoutineModel()
        self._delegate = RoutineDelegate()
        self._cards = _CardList()
        self._cards.setModel(self._model)
        self._cards.setItemDelegate(self._delegate)
        self._cards.setAccessibleName(tr("Routines"))
        self._cards.activated.connect(self._start)
        self._cards.selectionModel().currentChanged.connect(self._show_chosen)
        self._empty = label("soft", tr("The routines are being read ..."), wrap=True)
        self._problems = button("", kind="alert")
        self._problems.hide()
        self._problems.clicked.connect(self.problems_requested)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(label("display", tr("Routines")))
        left.addWidget(self._problems, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self._empty)
        left.addWidget(self._cards, 1)
        left.addStretch(0)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(34, 28, 34, 28)
        whole.setSpacing(20)
        whole.addLayout(left, 5)
        whole.addWidget(self._built_detail(), 6)

    def _built_detail(self) -> QFrame:
        self._preview = QVBoxLayout()
        preview = QWidget()
        preview.setMinimumHeight(_PREVIEW_PX)
        preview.setLayout(self._preview)
        self._preview.setContentsMargins(0, 0, 0, 0)
        self._kicker = label("kicker")
        self._name = label("title", wrap=True)
        self._summary = label("soft", wrap=True)
        self._facts = label("soft", wrap=True)
        self._steps = _StepList()
        self._steps.currentItemChanged.connect(self._show_step)
        self._advice = label("soft", wrap=True)
        self._start_button = KeyButton(tr("Start"), tr("Enter"), kind="primary")
        self._start_button.clicked.connect(self._start)
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(4)
        for part in (self._kicker, self._name, self._facts):
            words.addWidget(part)
        head.addLayout(words, 1)
        head.addWidget(self._start_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._detail_card = card()
        inside = QVBoxLayout(self._detail_card)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(12)
        inside.addWidget(preview, 5)
        inside.addLayout(head)
        inside.addWidget(self._summary)
        inside.addWidget(self._steps, 4)
        inside.addWidget(self._advice)
        self._detail_card.setVisible(False)
        return self._detail_card

    # -- what Qt asks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the key makes room for the words."""
        super().resizeEvent(event)
        self._start_button.show_key(self.width() >= _NARROW_PX)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the preview move."""
        super().showEvent(event)
        self._turn.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing moves while nobody looks."""
        super().hideEvent(event)
        self._turn.stop()

    # -- what is shown

    def _first_index(self) -> QModelIndex:
        """Before a run is when a warm-up is wanted at once: the short one is offered first."""
        quick = self._model.index_of("prerun_quick")
        return quick if quick.isValid() else self._model.index(0)

    def _chosen(self) -> RoutineCard | None:
        return self._model.row(self._cards.currentIndex())

    def _show_chosen(self, index: QModelIndex) -> None:
        row = self._model.row(index)
        self._detail_card.setVisible(row is not None)
        if row is None:
            return
        self._kicker.setText(row.moment)
        self._name.setText(row.name)
        self._summary.setText(row.summary)
        self._facts.setText(row.detail)
        self._steps_shown = row.steps
        self._steps.show_steps(row.steps)
        if self.isVisible():
            self._turn.start()

    def _show_step(self, current: QTreeWidgetItem | None) -> None:
        if current is not None:
            step = self._steps_shown[self._steps.indexOfTopLevelItem(current)]
            self._advice.setText(step.advice)
            self._advice.setVisible(bool(step.advice) and self.height() >= _LOW_PX)
            self.figure_requested.emit(step.exercise)

    def _next_preview(self) -> None:
        count = self._steps.topLevelItemCount()
        current = self._steps.currentItem()
        if current is not None and not self._steps.hasFocus():
            self._steps.choose((self._steps.indexOfTopLevelItem(current) + 1) % count)

    def _start(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.start_requested.emit(chosen.id)

    def _ask_for_pictures(self) -> None:
        if self._theme is not None and self._rows:
            wanted = list(dict.fromkeys(row.picture for row in self._rows))
            self.pictures_requested.emit(wanted, self._delegate.picture_px(self._cards.font()))


class _CardList(QListView):
    def __init__(self) -> None:
        super().__init__()
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setMinimumWidth(220)
        self.setObjectName("cards")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start on Enter on every desktop; some would only do so after a double click."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _StepList(QTreeWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Steps"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(90)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def show_steps(self, steps: Sequence[StepLine]) -> None:
        """Show names and doses, the first one chosen."""
        self.clear()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for number, step in enumerate(steps, 1):
            item = QTreeWidgetItem([f"{number}.  {step.name}", step.dose])
            item.setTextAlignment(1, right)
            self.addTopLevelItem(item)
        self.choose(0)

    def choose(self, row: int) -> None:
        """Make `row` the current step, if it is there."""
        item = self.topLevelItem(row)
        if item is not None:
            self.setCurrentItem(item)
