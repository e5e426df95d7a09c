"""The steps of a routine: names and doses, as high as they need to be."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from uncramp.coach.browse.cards import StepLine
from uncramp.model.language import tr
from uncramp.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_PADDING = 8
_GAP = 16


class _Steps(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[StepLine, ...] = ()

    def set_steps(self, steps: Sequence[StepLine]) -> None:
        self.beginResetModel()
        self._steps = tuple(steps)
        self.endResetModel()

    def show_again(self) -> None:
        # Not by the view's viewport: to ask for that the first time takes Qt for Python 8 ms.
        if self._steps:
            self.dataChanged.emit(self.index(0), self.index(len(self._steps) - 1))

    def step(self, row: int) -> StepLine:
        return self._steps[row]

    def name(self, row: int) -> str:
        return f"{row + 1}.  {self._steps[row].name}"

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._steps)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.name(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            step = self._steps[index.row()]
            return f"{self.name(index.row())}, {step.dose}"
        return None


class _Row(QStyledItemDelegate):
    """Paints a name at the left and a dose at the right, or below where there is no room."""

    is_double = False
    theme: Theme | None = None

    def row_height(self, metrics: QFontMetricsF) -> int:
        return round(metrics.lineSpacing() * (2 if self.is_double else 1)) + 2 * _PADDING

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del index
        return QSize(10, self.row_height(QFontMetricsF(option.font)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        steps = index.model()
        assert isinstance(steps, _Steps)
        if self.theme is None:
            return
        area = QRectF(option.rect)
        lit = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver
        if option.state & lit:
            painter.fillRect(area, self.theme.qcolor("accent_soft"))
        painter.setPen(self.theme.qcolor("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self.theme.qcolor("focus"), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        inside = area.adjusted(_PADDING + 4, _PADDING, -_PADDING, -_PADDING)
        metrics = QFontMetricsF(option.font)
        dose = steps.step(index.row()).dose
        top = Qt.AlignmentFlag.AlignTop
        painter.setPen(self.theme.qcolor("text_soft"))
        if self.is_double:
            painter.drawText(inside, int(Qt.AlignmentFlag.AlignBottom), dose)
            room = inside.width()
        else:
            painter.drawText(inside, int(top | Qt.AlignmentFlag.AlignRight), dose)
            room = inside.width() - metrics.horizontalAdvance(dose) - _GAP
        painter.setPen(self.theme.qcolor("text"))
        name = metrics.elidedText(steps.name(index.row()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inside, int(top), name)


class StepList(QListView):
    """All steps, one below the other; it does not scroll, what holds it does.

    Signals:
        step_looked_at: the number of the step that is current now.
        step_opened: the number of a step that was activated.
    """

    step_looked_at = Signal(int)
    step_opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._steps = _Steps()
        self._row = _Row()
        self.setModel(self._steps)
        self.setItemDelegate(self._row)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Steps"))
        self.setToolTip(tr("Enter or a double click opens the exercise"))
        self.selectionModel().currentChanged.connect(self._look)
        self.doubleClicked.connect(self._open)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._row.theme = theme
        self._steps.show_again()

    def show_steps(self, steps: Sequence[StepLine]) -> None:
        """Show names and doses, the first one chosen."""
        self._steps.set_steps(steps)
        self._fit()
        self.choose(0)

    def choose(self, row: int) -> None:
        """Make `row` the current step, if it is there."""
        if 0 <= row < self._steps.rowCount():
            self.setCurrentIndex(self._steps.index(row))

    def current(self) -> int:
        """Return the number of the current step; -1 without one."""
        return self.currentIndex().row()

    def count(self) -> int:
        """Return how many steps there are."""
        return self._steps.rowCount()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the exercise of the current step on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current() >= 0:
            self.step_opened.emit(self.current())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the room that the rows need."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetricsF(self.font())
        widest = max(
            (
                metrics.horizontalAdvance(self._steps.name(row))
                + metrics.horizontalAdvance(self._steps.step(row).dose)
                for row in range(self.count())
            ),
            default=0.0,
        )
        double = widest + _GAP + 2 * _PADDING + 8 > self.width()
        if double != self._row.is_double:
            self._row.is_double = double
            self.scheduleDelayedItemsLayout()
        height = self._row.row_height(metrics) * self.count() + 2
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _look(self, index: QModelIndex) -> None:
        if index.isValid():
            self.step_looked_at.emit(index.row())

    def _open(self, index: QModelIndex) -> None:
        self.step_opened.emit(index.row())
