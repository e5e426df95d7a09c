"""The journal: a calendar of nights, and beside it everything that was recorded."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.diary.entries import (
    Entry,
    EntryKind,
    entries,
    matching,
    nights_of,
    recalled_nights,
)
from uncramp.model.contents import Contents
from uncramp.model.language import tr, trn
from uncramp.ui.cramp.chips import Chips
from uncramp.ui.diary.calendar_view import CalendarView
from uncramp.ui.diary.entry_list import DiaryList
from uncramp.ui.flow import FlowLayout
from uncramp.ui.page import Page
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, card, label

_NARROW_PX = 820
_LOW_PX = 420
_MARGIN_PX = 34
_LEAST_MONTHS = timedelta(days=150)
_SUMMED_NIGHTS = 28


class JournalPage(Page):
    """Nights and entries, or what will be here when there are none.

    Signals:
        day_requested: a day of the calendar.
        edit_requested: an Entry to be changed.
        delete_requested: an Entry to be taken out.
        run_requested: a run shall be noted.
        import_requested: runs are to be read from files.
        cramp_requested: a cramp shall be noted.
        files_requested: backups, export and import are wanted.
    """

    day_requested = Signal(object)
    edit_requested = Signal(object)
    delete_requested = Signal(object)
    run_requested = Signal()
    import_requested = Signal()
    cramp_requested = Signal()
    files_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self._entries: tuple[Entry, ...] = ()
        self._year = 0
        self.calendar = CalendarView(theme)
        self.calendar.opened.connect(self.day_requested)
        self.list = DiaryList(theme)
        self.list.open_requested.connect(self.edit_requested)
        self.list.delete_requested.connect(self.delete_requested)
        self.list.entry_changed.connect(self._show_actions)
        self._fault = label("alert", wrap=True)
        self._fault.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_MARGIN_PX, 28, _MARGIN_PX, 24)
        whole.setSpacing(14)
        whole.addLayout(self._built_head())
        whole.addWidget(self._fault)
        self._tabs = Chips(
            (("nights", tr("Nights")), ("entries", tr("Entries"))), tr("View"), needed=True
        )
        self._tabs.set_values(("nights",))
        self._tabs.changed.connect(self._show_fitting)
        whole.addWidget(self._tabs)
        halves = QHBoxLayout()
        halves.setSpacing(18)
        self._nights_card, self._entries_card = self._built_nights(), self._built_entries()
        halves.addWidget(self._nights_card, 5)
        halves.addWidget(self._entries_card, 6)
        whole.addLayout(halves, 1)

    def _built_head(self) -> QBoxLayout:
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(10)
        self._title = label("display", tr("Journal"))
        self._head.addWidget(self._title, 1)
        self._buttons = holder = QWidget()
        buttons = FlowLayout(parent=holder)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        for words, signal in (
            (tr("A cramp…"), self.cramp_requested),
            (tr("A run…"), self.run_requested),
            (tr("Runs from files…"), self.import_requested),
            (tr("Files and backups"), self.files_requested),
        ):
            made = button(words)
            made.clicked.connect(signal)
            buttons.addWidget(made)
        self._head.addWidget(holder)
        return self._head

    def _built_nights(self) -> QFrame:
        made = card()
        column = QVBoxLayout(made)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(8)
        column.addWidget(self.calendar, 1)
        self._sum = label("soft", wrap=True)
        column.addWidget(self._sum)
        return made

    def _built_entries(self) -> QFrame:
        made = card()
        column = QVBoxLayout(made)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        self._search = QLineEdit()
        self._search.setPlaceholderText(tr("Search: notes, routines, or a date like 2026-11"))
        self._search.setAccessibleName(tr("Search"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._show_entries)
        column.addWidget(self._search)
        self._kinds = Chips(
            (
                (EntryKind.SESSION, tr("Sessions")),
                (EntryKind.CRAMP, tr("Cramps")),
                (EntryKind.RUN, tr("Runs")),
                (EntryKind.DAY, tr("Days")),
            ),
            tr("Only"),
        )
        self._kinds.changed.connect(self._show_entries)
        column.addWidget(self._kinds)
        self._told = label("soft", wrap=True)
        column.addWidget(self._told)
        column.addWidget(self.list, 1)
        self._edit, self._delete = button(tr("Change")), button(tr("Delete"), kind="alert")
        self._edit.clicked.connect(self._edit_chosen)
        self._delete.clicked.connect(self._delete_chosen)
        actions = QHBoxLayout()
        actions.addWidget(self._edit)
        actions.addWidget(self._delete)
        actions.addStretch(1)
        column.addLayout(actions)
        column.addStretch(0)
        return made

    # -- what is shown

    def fill(self, contents: Contents, today: date, fault: str = "") -> None:
        """Show what the journal holds, and what is wrong with it."""
        self._entries = entries(contents)
        self._year = today.year
        nights = nights_of(contents)
        days = [*nights, *(entry.day for entry in self._entries[-1:])]
        first = min([*days, today - _LEAST_MONTHS])
        self.calendar.fill(nights, recalled_nights(contents), today, first)
        latest = [today - timedelta(days=n) for n in range(1, _SUMMED_NIGHTS + 1)]
        self._sum.setText(_summed([nights.get(day) for day in latest]))
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))
        self._show_entries()
        self._show_fitting()

    def _show_entries(self) -> None:
        kind = self._kinds.value
        shown = matching(
            self._entries, self._search.text(), kind if isinstance(kind, EntryKind) else None
        )
        self.list.show_entries(shown, self._year)
        self.list.setVisible(bool(shown))
        if shown:
            words = trn("{n} entry", "{n} entries", len(shown)).format(n=f"{len(shown):,}")
        elif self._entries:
            words = tr("No entry contains these words.")
            if not self._search.text():
                words = tr("There are no entries of this kind yet.")
        else:
            words = tr(
                "Every session you do is recorded here automatically: what, when, how "
                "long, left and right. Cramps, runs and days you record yourself; click a "
                "night to say how it was."
            )
        self._told.setText(words)
        self._show_actions()

    def _show_actions(self) -> None:
        entry = self.list.entry if not self.list.isHidden() else None
        self._edit.setVisible(not self.list.isHidden())
        self._delete.setVisible(not self.list.isHidden())
        # What a session was is measured, not told: it can go, but not be changed.
        self._edit.setEnabled(entry is not None and entry.kind is not EntryKind.SESSION)
        self._delete.setEnabled(entry is not None)

    def _edit_chosen(self) -> None:
        if self.list.entry is not None:
            self.edit_requested.emit(self.list.entry)

    def _delete_chosen(self) -> None:
        if self.list.entry is not None:
            self.list.setFocus()  # the button is asleep afterwards; its neighbour is not meant
            self.delete_requested.emit(self.list.entry)

    def _show_fitting(self) -> None:
        """In a narrow window, or with large letters, show one half at a time."""
        letters = self.fontMetrics().height() / 17
        narrow = self.width() < _NARROW_PX * max(1.0, letters)
        way = QBoxLayout.Direction
        self._head.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        low = narrow and self.height() < _LOW_PX * max(1.0, letters)
        # Where there is little room, the nights need it most.
        self._title.setVisible(not low)
        self._sum.setVisible(not low)
        inner = self.width() - 2 * _MARGIN_PX
        layout = self._buttons.layout()
        assert layout is not None
        self._buttons.setMinimumHeight(layout.heightForWidth(inner) if narrow else 0)
        self._tabs.setVisible(narrow)
        self._nights_card.setVisible(not narrow or self._tabs.value == "nights")
        self._entries_card.setVisible(not narrow or self._tabs.value == "entries")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits."""
        super().resizeEvent(event)
        self._show_fitting()

    def take_focus(self) -> None:
        """Let the arrow keys go through the nights."""
        self.calendar.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.calendar.set_theme(theme)
        self.list.set_theme(theme)


def _summed(nights: Sequence[int | None]) -> str:
    """Return how the latest nights were, in a line; nights without an answer are never clear."""
    found = Counter(_state(cramps) for cramps in nights)
    words = tr("Last {n} nights: {clear} clear, {cramp} with a cramp, {missing} not logged")
    return words.format(
        n=len(nights), clear=found["clear"], cramp=found["cramp"], missing=found["missing"]
    )


def _state(cramps: int | None) -> str:
    if cramps is None:
        return "missing"
    return "cramp" if cramps else "clear"
