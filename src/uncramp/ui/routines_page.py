"""The routines: a list of cards, and beside it the chosen one with a moving preview."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
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

from uncramp.coach.wording import ago, clock, dose, moment_name, needs
from uncramp.model.exercise import Exercise, Side
from uncramp.model.language import tr, trn
from uncramp.model.problem import Problem
from uncramp.model.routine import Routine
from uncramp.routines.library import Library
from uncramp.ui.figure_view import FigureView, thumbnail
from uncramp.ui.routine_list import RoutineDelegate, RoutineModel, RoutineRow
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import KeyButton, button, card, label

_PREVIEW_MS = 4_000


class RoutinesPage(QWidget):
    """Choose a routine, look at it, start it.

    Signals:
        start_requested: the id of the routine to start.
        problems_requested: the user's files have problems and he wants to see them.
    """

    start_requested = Signal(str)
    problems_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self._library = Library({}, {})
        self._totals: Mapping[str, int] = {}
        self._theme: Theme | None = None
        self._steps_shown: tuple[Exercise, ...] = ()
        self._turn = QTimer(self)
        self._turn.setInterval(_PREVIEW_MS)
        self._turn.timeout.connect(self._next_preview)
        self._build()

    def fill(
        self,
        library: Library,
        totals_ms: Mapping[str, int],
        last_done: Mapping[str, datetime],
        now: datetime,
    ) -> None:
        """Show `library`; the chosen routine stays chosen if it is still there."""
        chosen = self._chosen()
        self._library, self._totals = library, totals_ms
        rows = [
            RoutineRow(
                routine,
                moment_name(routine.moment),
                self._detail(routine),
                _history(last_done.get(routine.id), now),
            )
            for routine in library.routines.values()
        ]
        self._model.set_rows(rows)
        self._paint_pictures()
        self._empty.setVisible(not rows)
        self._cards.setVisible(bool(rows))
        index = self._model.index_of(chosen.id) if chosen else QModelIndex()
        self._cards.setCurrentIndex(index if index.isValid() else self._first_index())

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Tell that some of the user's files cannot be used."""
        text = trn(
            "{n} problem in your routine files",
            "{n} problems in your routine files",
            len(problems),
        ).format(n=len(problems))
        self._problems.setText(text)
        self._problems.setVisible(bool(problems))

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._delegate.set_theme(theme)
        self._figure.set_colours(theme.figure)
        self._paint_pictures()
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
        whole.setSpacing(24)
        whole.addLayout(left, 5)
        whole.addWidget(self._built_detail(), 6)

    def _built_detail(self) -> QFrame:
        self._figure = FigureView({})
        self._figure.setMinimumHeight(160)
        self._kicker = label("kicker")
        self._name = label("title", wrap=True)
        self._summary = label("soft", wrap=True)
        self._facts = label("soft", wrap=True)
        self._steps = _StepList()
        self._steps.currentItemChanged.connect(self._show_step)
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
        inside.addWidget(self._figure, 5)
        inside.addLayout(head)
        inside.addWidget(self._summary)
        inside.addWidget(self._steps, 4)
        self._detail_card.setVisible(False)
        return self._detail_card

    # -- what Qt asks

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

    def _chosen(self) -> Routine | None:
        row = self._model.row(self._cards.currentIndex())
        return None if row is None else row.routine

    def _detail(self, routine: Routine) -> str:
        steps = trn("{n} exercise", "{n} exercises", len(routine.steps))
        parts = [clock(self._totals.get(routine.id, 0)), steps.format(n=len(routine.steps))]
        parts.append(needs(self._exercises_of(routine)))
        return " · ".join(part for part in parts if part)

    def _exercises_of(self, routine: Routine) -> tuple[Exercise, ...]:
        return tuple(self._library.exercises[step.exercise] for step in routine.steps)

    def _show_chosen(self, index: QModelIndex) -> None:
        row = self._model.row(index)
        self._detail_card.setVisible(row is not None)
        if row is None:
            return
        routine = row.routine
        self._kicker.setText(row.kicker)
        self._name.setText(routine.name.default)
        self._summary.setText(routine.summary.default)
        self._facts.setText(row.detail)
        self._steps_shown = self._exercises_of(routine)
        self._steps.show_steps(
            [
                (exercise.name.default, dose(step, exercise))
                for step, exercise in zip(routine.steps, self._steps_shown, strict=True)
            ]
        )
        if self.isVisible():
            self._turn.start()

    def _show_step(self, current: QTreeWidgetItem | None) -> None:
        if current is None:
            return
        exercise = self._steps_shown[self._steps.indexOfTopLevelItem(current)]
        self._figure.set_figure(exercise.figure, Side.LEFT, exercise.name.default)
        self._figure.set_time(0.0)
        self._figure.run()

    def _next_preview(self) -> None:
        count = self._steps.topLevelItemCount()
        current = self._steps.currentItem()
        if current is not None and not self._steps.hasFocus():
            self._steps.choose((self._steps.indexOfTopLevelItem(current) + 1) % count)

    def _start(self) -> None:
        routine = self._chosen()
        if routine is not None:
            self.start_requested.emit(routine.id)

    def _paint_pictures(self) -> None:
        if self._theme is None:
            return
        size = self._delegate.picture_px(self._cards.font())
        ratio = self.devicePixelRatioF()
        for routine in self._library.routines.values():
            # The last exercise is the one that a routine is remembered by.
            figure = self._exercises_of(routine)[-1].figure
            picture = thumbnail(figure, QSize(size, size), self._theme.figure, ratio)
            self._delegate.set_picture(routine.id, picture)


class _CardList(QListView):
    def __init__(self) -> None:
        super().__init__()
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setMinimumWidth(300)

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

    def show_steps(self, steps: Sequence[tuple[str, str]]) -> None:
        """Show names and doses, the first one chosen."""
        self.clear()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for number, (name, what) in enumerate(steps, 1):
            item = QTreeWidgetItem([f"{number}.  {name}", what])
            item.setTextAlignment(1, right)
            self.addTopLevelItem(item)
        self.choose(0)

    def choose(self, row: int) -> None:
        """Make `row` the current step, if it is there."""
        item = self.topLevelItem(row)
        if item is not None:
            self.setCurrentItem(item)


def _history(last: datetime | None, now: datetime) -> str:
    return "" if last is None else tr("last done {when}").format(when=ago(last, now))
