"""One day: how its night was, what was noted about it, and everything of that day."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.daywords import weekdays
from uncramp.coach.diary.entries import Entry, long_day
from uncramp.coach.diary.tracking import LONGEST_TEXT, NOTES, Field
from uncramp.model.diary import DayValue
from uncramp.model.language import tr
from uncramp.ui.cramp.chips import Chips
from uncramp.ui.diary.entry_list import DiaryList
from uncramp.ui.diary.fields import FieldEditor
from uncramp.ui.fields import Line
from uncramp.ui.page import Page
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, card, label, scroll_area

_MOST_CHIPS = 5
_TWO_COLUMNS_PX = 900


class DayPage(Page):
    """Everything about one day; each answer is written at once.

    Signals:
        night_answered: the number of cramps, or None when the answer is taken back.
        value_changed: key and value of a field; None when the answer is taken back.
        day_requested: another day.
        cramp_requested: a cramp of this night shall be described.
        fields_requested: what is asked shall be chosen.
        open_requested: an Entry to be changed.
        delete_requested: an Entry to be taken out.
        done: back to the journal.
    """

    night_answered = Signal(object)
    value_changed = Signal(str, object)
    day_requested = Signal(object)
    cramp_requested = Signal()
    fields_requested = Signal()
    open_requested = Signal(object)
    delete_requested = Signal(object)
    done = Signal()

    def __init__(self, day: date, today: date, fields: Sequence[Field], theme: Theme) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.day, self._today = day, today
        self._editors = {field.key: FieldEditor(field) for field in fields}
        self._rows: list[tuple[QWidget, QWidget]] = []
        self._columns = 0
        self.list = DiaryList(theme)
        self.list.open_requested.connect(self.open_requested)
        self.list.delete_requested.connect(self.delete_requested)
        self._fault = label("alert", wrap=True)
        self._fault.hide()
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(14)
        column.addWidget(self._built_night())
        column.addWidget(self._built_day())
        self._entries_card = self._built_entries()
        column.addWidget(self._entries_card, 1)
        column.addStretch(0)
        area = scroll_area(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 24, 26, 18)
        whole.setSpacing(12)
        whole.addLayout(self._built_head())
        whole.addWidget(self._fault)
        whole.addWidget(area, 1)

    # -- building

    def _built_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(label("title", long_day(self.day), wrap=True), 1)
        before = button("‹", kind="small", tip=tr("The day before (Page up)"))
        before.setAccessibleName(tr("The day before"))
        before.clicked.connect(self._go_back)
        after = button("›", kind="small", tip=tr("The day after (Page down)"))
        after.setAccessibleName(tr("The day after"))
        after.clicked.connect(self._go_on)
        after.setEnabled(self.day < self._today)
        done = button(tr("Done"), kind="primary", tip=tr("Esc"))
        done.clicked.connect(self.done)
        for part in (before, after, done):
            row.addWidget(part)
        return row

    def _built_night(self) -> QFrame:
        made = card()
        self._night_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, made)
        self._night_row.setContentsMargins(22, 14, 22, 14)
        self._night_row.setSpacing(14)
        names = weekdays()
        title = tr("The night from {first} to {last}").format(
            first=names[self.day.weekday()],
            last=names[(self.day + timedelta(days=1)).weekday()],
        )
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label("heading", title, wrap=True))
        self._night_told = label("soft", wrap=True)
        words.addWidget(self._night_told)
        self._night_row.addLayout(words, 1)
        numbers = [(n, str(n)) for n in range(1, _MOST_CHIPS + 1)]
        self._night = Chips([(0, tr("No cramp")), *numbers], tr("Cramps that night"))
        self._night.changed.connect(self._answer_night)
        self._night_row.addWidget(self._night, 1)
        if self.day >= self._today:
            self._night.hide()
        cramp = button(tr("Describe a cramp…"))
        cramp.clicked.connect(self.cramp_requested)
        self._night_row.addWidget(cramp, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _built_day(self) -> QFrame:
        made = card()
        column = QVBoxLayout(made)
        column.setContentsMargins(22, 14, 22, 16)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label("heading", tr("The day")), 1)
        choose = button(tr("Choose the questions"), kind="quiet")
        choose.clicked.connect(self.fields_requested)
        head.addWidget(choose)
        column.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        for key, editor in self._editors.items():
            title = label("body", editor.field.title, wrap=True)
            title.setToolTip(editor.field.hint)
            editor.setToolTip(editor.field.hint)
            editor.changed.connect(self._value_changed)
            self._rows.append((title, editor))
            editor.setObjectName(key)
        column.addLayout(self._grid)
        self._notes = Line(LONGEST_TEXT, tr("Notes: anything else about this day"))
        self._notes.setAccessibleName(tr("Notes"))
        self._notes.committed.connect(self._notes_changed)
        column.addWidget(self._notes)
        return made

    def _built_entries(self) -> QFrame:
        made = card()
        column = QVBoxLayout(made)
        column.setContentsMargins(18, 12, 18, 12)
        column.addWidget(label("heading", tr("On this day")))
        column.addWidget(self.list, 1)
        return made

    # -- what is shown

    def show_night(self, cramps: int | None, described: int, *, recalled: bool) -> None:
        """Show the answer for the night, and how many cramps of it are described."""
        if cramps is not None and not self._night.has(cramps):
            self._night.add(cramps, str(cramps))
        self._night.set_values(() if cramps is None else (cramps,))
        # What was described cannot be answered away; it can be deleted below.
        self._night.setEnabled(described == 0 or cramps != described)
        if self.day >= self._today:
            words = tr("Still to come.")
        elif cramps is None:
            words = tr("Not logged yet. One click says how it was.")
        elif recalled:
            words = tr("Filled in later: kept and shown, but not used in comparisons.")
        else:
            words = tr("Logged.")
        self._night_told.setText(words)

    def show_values(self, values: Mapping[str, DayValue]) -> None:
        """Show what was noted about the day."""
        for key, editor in self._editors.items():
            editor.show_value(values.get(key))
        self._notes.show_text(str(values.get(NOTES, "")))

    def show_entries(self, found: Sequence[Entry]) -> None:
        """Show what else there is of this day."""
        self.list.show_entries(found, self.day.year)
        self._entries_card.setVisible(bool(found))
        line = self.fontMetrics().height() * 3 + 16
        self.list.setMinimumHeight(min(len(found), 3) * line)

    def tell(self, sentence: str) -> None:
        """Show a sentence; an empty one hides it."""
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))

    def take_focus(self) -> None:
        """Begin with the night."""
        if self._night.isEnabled() and self.day < self._today:
            self._night.take_focus()
        elif self._rows:
            self._rows[0][1].setFocus()
        else:
            self._notes.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.list.set_theme(theme)

    # -- what is done

    def _answer_night(self) -> None:
        self.night_answered.emit(self._night.value)

    def _value_changed(self, key: str) -> None:
        self.value_changed.emit(key, self._editors[key].value)

    def _notes_changed(self, text: str) -> None:
        self.value_changed.emit(NOTES, text or None)

    def _go_back(self) -> None:
        self.day_requested.emit(self.day - timedelta(days=1))

    def _go_on(self) -> None:
        if self.day < self._today:
            self.day_requested.emit(self.day + timedelta(days=1))

    def leave(self) -> None:
        """Go back to the journal."""
        self.setFocus()  # what is being typed is written
        self.done.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the days beside it by Page up and down."""
        if event.key() == Qt.Key.Key_PageUp:
            self._go_back()
        elif event.key() == Qt.Key.Key_PageDown:
            self._go_on()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the fields in two columns where there is room."""
        super().resizeEvent(event)
        letters = max(1.0, self.fontMetrics().height() / 17)
        wide = self.width() >= _TWO_COLUMNS_PX * letters
        way = QBoxLayout.Direction
        self._night_row.setDirection(way.LeftToRight if wide else way.TopToBottom)
        columns = 2 if wide and len(self._rows) > 1 else 1
        if columns != self._columns:
            self._columns = columns
            self._lay_out(columns)

    def _lay_out(self, columns: int) -> None:
        per_column = -(-len(self._rows) // columns)
        for number, (title, editor) in enumerate(self._rows):
            column, row = divmod(number, max(1, per_column))
            self._grid.addWidget(title, row, 3 * column)
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(editor, row, 3 * column + 1, left)
        for column in range(5):
            self._grid.setColumnStretch(column, 1 if column % 3 == 0 else 0)
        self._grid.setColumnMinimumWidth(2, 24 if columns == 2 else 0)
