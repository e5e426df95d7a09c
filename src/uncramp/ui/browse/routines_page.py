"""The routines: a list of cards to be narrowed, and beside it the chosen one."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from uncramp.coach.browse.cards import RoutineCard
from uncramp.model.language import tr, trn
from uncramp.ui.browse.finder import Finder
from uncramp.ui.browse.routine_detail import RoutineDetail
from uncramp.ui.browse.routine_list import RoutineList
from uncramp.ui.flow import FlowLayout
from uncramp.ui.page import Page
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, label

if TYPE_CHECKING:
    from uncramp.routines.library import Looks

_MINUTES = (5, 10, 15, 20, 30)
_COMPACT_LINES = 30
"""Width, in heights of a line, below which list and routine do not fit beside each other."""
_LOW_LINES = 36
"""Height, in heights of a line, below which the title makes room for the list."""
_EDGE_PX = 34
_NARROW_EDGE_PX = 16


class RoutinesPage(Page):
    """Find a routine, look at it, start it.

    Signals:
        start_requested: the id of the routine to start.
        edit_requested: the id of the routine to edit; empty for a new one.
        export_requested: the id of the routine to give away.
        file_requested: a file that somebody gave shall be opened.
        favourite_requested: the id of a routine to mark, or whose mark is to go.
        exercise_requested: the id of an exercise whose page is wanted, and those beside it.
        problems_requested: the user's files have problems and he wants to see them.
        figure_requested: the id of the exercise that is to be previewed; `show_figure` answers.
        pictures_requested: ids of exercises and the side in logical pixels of the small square
            drawings that are wanted of them; `show_pictures` answers.
    """

    start_requested = Signal(str)
    edit_requested = Signal(str)
    export_requested = Signal(str)
    file_requested = Signal()
    favourite_requested = Signal(str)
    exercise_requested = Signal(str, list)
    problems_requested = Signal()
    figure_requested = Signal(str)
    pictures_requested = Signal(list, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self._rows: tuple[RoutineCard, ...] = ()
        self._theme: Theme | None = None
        self._finder: Finder | None = None
        self._is_compact = False
        self._is_opened = False
        self._build()

    def fill(self, cards: Sequence[RoutineCard]) -> None:
        """Show the routines; the chosen one stays chosen if it is still there."""
        self._rows = tuple(cards)
        if self._finder is None:
            self._build_finder()
        self._list.painter_of_cards.forget_pictures()
        chosen = self._list.chosen()
        self._list.model_of_routines.set_rows(self._rows)
        self._choose_again(chosen.id if chosen else "")
        self._ask_for_pictures()

    def show_pictures(self, pictures: Mapping[str, QPixmap]) -> None:
        """Show small drawings on the cards, by exercise id."""
        self._list.painter_of_cards.add_pictures(pictures)
        self._list.model_of_routines.show_again()

    def repeat_request(self) -> None:
        """Ask for the figure of the current step once more."""
        self._detail.repeat_request()

    def show_history(self, history: Mapping[str, str]) -> None:
        """Tell when routines were last done, in words, by id."""
        self._list.model_of_routines.set_history(history)

    def show_favourites(self, favourites: frozenset[str]) -> None:
        """Put the favourites first; the chosen routine stays chosen."""
        chosen = self._list.chosen()
        self._list.model_of_routines.set_favourites(favourites)
        self._choose_again(chosen.id if chosen else "")

    def show_figure(self, looks: "Looks", *, calm: bool = False) -> None:
        """Let an exercise move in the preview; a `calm` one stands still while it is held."""
        self._detail.show_figure(looks, calm=calm)

    def show_problems(self, count: int) -> None:
        """Tell how many problems there are in the user's files."""
        text = trn("{n} problem in your routine files", "{n} problems in your routine files", count)
        self._problems.setText(text.format(n=count))
        self._problems.setVisible(count > 0)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._list.painter_of_cards.set_theme(theme)
        self._detail.set_theme(theme)
        self._list.model_of_routines.show_again()

    def take_focus(self) -> None:
        """Let Enter start the chosen routine."""
        self._list.setFocus()

    def choose(self, routine: str) -> None:
        """Choose a routine, even one that what is looked for would hide."""
        index = self._list.model_of_routines.index_of(routine)
        if not index.isValid() and self._finder is not None:
            self._finder.clear()
            index = self._list.model_of_routines.index_of(routine)
        if index.isValid():
            self._list.setCurrentIndex(index)
            self._show_both(detail=True)

    # -- building

    def _build(self) -> None:
        self._list = RoutineList()
        self._list.activated.connect(self._start)
        self._list.selectionModel().currentChanged.connect(self._show_chosen)
        self._list.favourite_requested.connect(self.favourite_requested)
        self._list.pictures_missing.connect(self._ask_for_pictures)
        self._list.opened.connect(self._open_detail)
        self._list.clicked.connect(self._open_in_compact)
        self._waits = label("soft", tr("Loading the routines…"), wrap=True)
        self._nothing = label(
            "body",
            tr("No routine fits all of that. A little more time or one more item may help."),
            wrap=True,
        )
        self._clear = button(tr("Show all routines"), kind="primary")
        self._clear.clicked.connect(self._show_all)
        self._problems = button("", kind="alert")
        self._problems.clicked.connect(self.problems_requested)
        for part in (self._nothing, self._clear, self._problems):
            part.hide()
        self._side = QWidget()
        self._column = left = QVBoxLayout(self._side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addLayout(self._built_head())
        left.addWidget(self._problems, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self._waits)
        left.addWidget(self._nothing)
        left.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self._list, 1)
        left.addStretch(0)
        self._detail = RoutineDetail()
        self._detail.hide()
        self._connect_detail()
        whole = QHBoxLayout(self)
        whole.setSpacing(20)
        whole.addWidget(self._side, 5)
        whole.addWidget(self._detail, 6)

    def _built_head(self) -> QHBoxLayout:
        self._title = label("display", tr("Routines"))
        new = button(tr("New routine"), kind="small", tip=tr("Ctrl+N"))
        new.clicked.connect(self._ask_for_new)
        begin = QShortcut(QKeySequence(QKeySequence.StandardKey.New), self)
        begin.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        begin.activated.connect(self._ask_for_new)
        file = button(tr("Open a file…"), kind="small", tip=tr("A routine that somebody gave you"))
        file.clicked.connect(self.file_requested)
        actions = FlowLayout(8)
        actions.addWidget(new)
        actions.addWidget(file)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title, 1)
        head.addLayout(actions, 1)
        return head

    def _connect_detail(self) -> None:
        detail = self._detail
        detail.start_requested.connect(self._start)
        detail.edit_requested.connect(self._edit)
        detail.export_requested.connect(self._export)
        detail.back_requested.connect(self._back_to_list)
        detail.figure_requested.connect(self.figure_requested)
        detail.exercise_opened.connect(self._open_exercise)
        detail.routine_opened.connect(self.choose)

    def _build_finder(self) -> None:
        moments = dict.fromkeys((card.when, card.moment) for card in self._rows)
        lengths = [(n, trn("{n} minute", "{n} minutes", n).format(n=n)) for n in _MINUTES]
        self._finder = Finder(
            tr("Search routines"),
            tr("Search: name, exercise, muscle"),
            {
                "moment": (tr("Occasion"), [("", tr("Any occasion")), *moments]),
                "minutes": (tr("Time available"), [(0, tr("Any length")), *lengths]),
            },
            self._list,
        )
        self._finder.wish_changed.connect(self._narrow)
        self._column.insertWidget(2, self._finder)
        self._fold_finder()
        for keys in (QKeySequence(QKeySequence.StandardKey.Find), QKeySequence("/")):
            self._shortcut(keys).activated.connect(self._finder.begin)
        self._shortcut(QKeySequence("F")).activated.connect(self._mark)

    def _shortcut(self, keys: QKeySequence) -> QShortcut:
        made = QShortcut(keys, self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return made

    # -- what Qt asks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window leave out what can be done without."""
        super().resizeEvent(event)
        line = self.fontMetrics().height()
        self._is_compact = self.width() < _COMPACT_LINES * line
        low = self.height() < _LOW_LINES * line
        edge = _NARROW_EDGE_PX if low or self._is_compact else _EDGE_PX
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(edge, min(edge, 28), edge, min(edge, 28))
        self._title.setVisible(not low and not self._is_compact)
        self._fold_finder()
        self._detail.show_back(self._is_compact)
        kept = self._detail.sizePolicy()
        kept.setRetainSizeWhenHidden(not self._is_compact)  # the list stays where it is
        self._detail.setSizePolicy(kept)
        self._show_both(detail=self._is_opened)

    def _fold_finder(self) -> None:
        if self._finder is not None:
            low = self.height() < _LOW_LINES * self.fontMetrics().height()
            self._finder.set_folded(low or self._is_compact)

    # -- what is looked for

    def _narrow(self) -> None:
        if self._finder is None:
            return
        chosen = self._list.chosen()
        self._list.model_of_routines.narrow(self._finder.wish())
        self._choose_again(chosen.id if chosen else "")

    def _show_all(self) -> None:
        if self._finder is not None:
            self._finder.clear()
        self._list.setFocus()

    def _choose_again(self, routine: str) -> None:
        model = self._list.model_of_routines
        found = model.rowCount() > 0
        self._waits.setVisible(not self._rows)
        self._nothing.setVisible(bool(self._rows) and not found)
        self._clear.setVisible(bool(self._rows) and not found)
        self._list.setVisible(found)
        index = model.index_of(routine)
        self._list.setCurrentIndex(index if index.isValid() else self._first_index())
        if not found:
            self._detail.hide()

    def _first_index(self) -> QModelIndex:
        """Before a run is when a warm-up is wanted at once: the short one is offered first."""
        model = self._list.model_of_routines
        quick = model.index_of("prerun_quick")
        first = model.row(model.index(0)) if model.rowCount() else None
        if first is not None and model.is_favourite(first):
            return model.index(0)
        return quick if quick.isValid() else model.index(0)

    def _ask_for_pictures(self) -> None:
        wanted = self._list.wanted_pictures()
        if self._theme is not None and wanted:
            px = self._list.painter_of_cards.picture_px(self._list.font())
            self.pictures_requested.emit(wanted, px)

    # -- the chosen one

    def _show_chosen(self, index: QModelIndex) -> None:
        row = self._list.model_of_routines.row(index)
        if row is not None:
            self._detail.show_card(row)
        self._show_both(detail=self._is_opened)

    def _show_both(self, *, detail: bool) -> None:
        """Show list and routine side by side, or where they do not fit one of them."""
        there = self._list.chosen() is not None
        self._is_opened = detail and there and self._is_compact
        self._side.setVisible(not (self._is_compact and detail and there))
        self._detail.setVisible(there and (detail or not self._is_compact))

    def _open_detail(self) -> None:
        if self._list.chosen() is not None:
            self._show_both(detail=True)
            self._detail.take_focus()

    def _open_in_compact(self) -> None:
        if self._is_compact:
            self._open_detail()

    def _back_to_list(self) -> None:
        self._show_both(detail=False)
        self._list.setFocus()

    def _mark(self) -> None:
        chosen = self._list.chosen()
        if chosen is not None:
            self.favourite_requested.emit(chosen.id)

    def _start(self) -> None:
        chosen = self._list.chosen()
        if chosen is not None:
            self.start_requested.emit(chosen.id)

    def _edit(self) -> None:
        chosen = self._list.chosen()
        if chosen is not None:
            self.edit_requested.emit(chosen.id)

    def _export(self) -> None:
        chosen = self._list.chosen()
        if chosen is not None:
            self.export_requested.emit(chosen.id)

    def _ask_for_new(self) -> None:
        self.edit_requested.emit("")

    def _open_exercise(self, exercise: str) -> None:
        chosen = self._list.chosen()
        if chosen is not None:
            beside = list(dict.fromkeys(step.exercise for step in chosen.steps))
            self.exercise_requested.emit(exercise, beside)
