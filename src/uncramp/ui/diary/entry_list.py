"""The list of everything in the journal: two lines each, found by words and by kind."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from uncramp.coach.daywords import months, weekdays
from uncramp.coach.diary.entries import Entry, EntryKind
from uncramp.model.language import tr
from uncramp.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_ENTRY = int(Qt.ItemDataRole.UserRole)
_PAD_PX = 10
_DOT = {
    EntryKind.SESSION: "good",
    EntryKind.CRAMP: "cramp",
    EntryKind.RUN: "accent",
    EntryKind.DAY: "text_soft",
}


class _Model(QAbstractListModel):
    """One entry a row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Entry] = ()

    def set_rows(self, rows: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.rows[index.row()]
        if role == _ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            day = entry.order.date()
            when = f"{short_day(day)} {day.year} {entry.time}".strip()
            return f"{entry.title}. {when}. {entry.detail}"
        return None


class _Delegate(QStyledItemDelegate):
    """Paints a dot for the kind, title and day in one line, the rest below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.year = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del index
        line = QFontMetrics(option.font).height()
        return QSize(120, round(line * 2.15) + 2 * _PAD_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry = index.data(_ENTRY)
        assert isinstance(entry, Entry)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(option.rect)
        colour = self.theme.qcolor
        state = option.state
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent_soft"))
            painter.drawRoundedRect(whole.adjusted(0, 1, 0, -1), 8, 8)
        else:
            painter.setPen(colour("line"))
            painter.drawLine(whole.bottomLeft(), whole.bottomRight())
        font = QFont(option.font)
        line = float(QFontMetrics(font).height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(_DOT[entry.kind]))
        middle = whole.top() + _PAD_PX + line / 2
        painter.drawEllipse(QRectF(whole.left() + 8, middle - 4, 8, 8))
        self._paint_words(painter, font, whole.adjusted(26, _PAD_PX, -10, -_PAD_PX), entry)
        painter.restore()

    def _paint_words(self, painter: QPainter, font: QFont, room: QRectF, entry: Entry) -> None:
        colour, line = self.theme.qcolor, float(QFontMetrics(font).height())
        day = entry.order.date()  # of a cramp at night not its cramp-day, but what the clock said
        when = f"{short_day(day)} {entry.time}".strip()
        if day.year != self.year:
            when = f"{short_day(day)} {day.year}"
        soft = QFont(font)
        soft.setPointSizeF(font.pointSizeF() * 0.93)
        width = QFontMetrics(soft).horizontalAdvance(when) + 12
        first = QRectF(room.left(), room.top(), room.width(), line)
        painter.setFont(soft)
        painter.setPen(colour("text_soft"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(first, right, when)
        below = first.translated(0, line * 1.15)
        detail = QFontMetrics(soft).elidedText(
            entry.detail, Qt.TextElideMode.ElideRight, round(below.width())
        )
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(below, left, detail)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(colour("text"))
        title = QFontMetrics(font).elidedText(
            entry.title, Qt.TextElideMode.ElideRight, round(max(40.0, first.width() - width))
        )
        painter.drawText(first, left, title)


_BY_TAB = frozenset({Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason})


class DiaryList(QListView):
    """Entries, newest first.

    Signals:
        open_requested: the Entry that was double-clicked or chosen by Enter.
        delete_requested: the Entry that shall go.
        entry_changed: another entry is chosen, or none.
    """

    open_requested = Signal(object)
    delete_requested = Signal(object)
    entry_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._model = _Model()
        self._delegate = _Delegate(theme, self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Entries"))
        self.doubleClicked.connect(self._open)
        self.selectionModel().selectionChanged.connect(self._moved)

    def show_entries(self, rows: Sequence[Entry], year: int) -> None:
        """Show other entries; days of `year` go without their year."""
        self._delegate.year = year
        self._model.set_rows(rows)
        self.entry_changed.emit()

    @property
    def entry(self) -> Entry | None:
        """The entry that is chosen, and seen to be; the keys alone may be at another one."""
        chosen = self.selectionModel().selectedIndexes()
        return self._model.rows[chosen[0].row()] if chosen else None

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by Tab chooses where he arrives."""
        super().focusInEvent(event)
        index = self.currentIndex()
        if event.reason() in _BY_TAB and self.entry is None and index.isValid():
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete deletes."""
        entry = self.entry
        if entry is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_requested.emit(entry)
        elif entry is not None and event.key() == Qt.Key.Key_Delete:
            self.delete_requested.emit(entry)
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self.entry is not None:
            self.open_requested.emit(self.entry)

    def _moved(self) -> None:
        self.entry_changed.emit()


def short_day(day: date) -> str:
    """Return a day like "Sun 22 Nov"."""
    return f"{weekdays()[day.weekday()][:3]} {day.day} {months()[day.month - 1][:3]}"
