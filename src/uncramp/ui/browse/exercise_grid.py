"""All exercises as a grid of small drawings; the one that is looked at moves."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.browse.exercise_cards import ExerciseCard
from uncramp.coach.browse.finding import Finder, Wish
from uncramp.model.body import Side
from uncramp.model.language import tr
from uncramp.routines.library import Looks
from uncramp.ui.figure.exercise_view import ExerciseView
from uncramp.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
PICTURE_PX = 132
_GAP = 12
_RADIUS = 14
_SLACK_PX = 14
"""What Qt keeps free at the right before it begins a new line."""
_REST_MS = 150
"""How long the list has to stand still before something moves in it."""


class _Exercises(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[ExerciseCard, ...] = ()
        self.cards: tuple[ExerciseCard, ...] = ()
        self._wish = Wish()

    def set_cards(self, cards: Sequence[ExerciseCard]) -> None:
        self._all = tuple(cards)
        self.narrow(self._wish)

    def narrow(self, wish: Wish) -> None:
        self.beginResetModel()
        self._wish = wish
        fits = Finder(wish).fits
        self.cards = tuple(
            card
            for card in self._all
            if fits(card.words, card.moments, card.props, muscles=card.groups)
        )
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (card.name, card.muscles, card.facts) if part)
        return None


class _Look(NamedTuple):
    """In which of its forms a cell is painted."""

    is_current: bool
    has_focus: bool
    is_hovered: bool


class CellPainter(QStyledItemDelegate):
    """Paints a cell once in each of its forms and keeps it."""

    def __init__(self) -> None:
        super().__init__()
        self.cell = QSize(PICTURE_PX, PICTURE_PX)
        self._theme: Theme | None = None
        self._pictures: dict[str, QPixmap] = {}
        self._kept: dict[tuple[str, _Look, int, int], QPixmap] = {}

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours; drawings have to be given anew."""
        self._theme = theme
        self.forget()

    def forget(self) -> None:
        """Paint all anew."""
        self._pictures.clear()
        self._kept.clear()

    def add_pictures(self, pictures: Mapping[str, QPixmap]) -> None:
        """Give more drawings, by exercise id."""
        self._pictures.update(pictures)
        self._kept = {key: cell for key, cell in self._kept.items() if key[0] not in pictures}

    def missing(self, cards: Sequence[ExerciseCard]) -> list[str]:
        """Return the exercises whose drawing is not there."""
        return [card.id for card in cards if card.id not in self._pictures]

    def cell_size(self, font: QFont) -> QSize:
        """Return the least size of a cell: a drawing and two lines of a name."""
        lines = 2 * QFontMetricsF(font).lineSpacing()
        wide = max(PICTURE_PX + 2 * _GAP, QFontMetricsF(font).averageCharWidth() * 20)
        return QSize(round(wide) + _GAP, round(PICTURE_PX + lines) + 4 * _GAP)

    def picture_area(self, cell: QRect) -> QRect:
        """Return where the drawing stands in a cell."""
        left = cell.x() + (cell.width() - PICTURE_PX) // 2
        return QRect(left, cell.y() + _GAP // 2 + _GAP, PICTURE_PX, PICTURE_PX)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size of a cell."""
        del option, index
        return self.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell from what was kept."""
        exercises, state, flag = index.model(), option.state, QStyle.StateFlag
        if self._theme is None or not isinstance(exercises, _Exercises):
            return
        card = exercises.cards[index.row()]
        look = _Look(
            bool(state & flag.State_Selected),
            bool(state & flag.State_HasFocus),
            bool(state & flag.State_MouseOver),
        )
        size = option.rect.size()
        key = (card.id, look, size.width(), size.height())
        kept = self._kept.get(key)
        if kept is None:
            ratio = painter.device().devicePixelRatioF()
            kept = self._kept[key] = self._painted(card, look, size, option.font, ratio)
        painter.drawPixmap(option.rect.topLeft(), kept)

    def _painted(
        self, card: ExerciseCard, look: _Look, size: QSize, font: QFont, ratio: float
    ) -> QPixmap:
        assert self._theme is not None
        made = QPixmap(size * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(self._theme.qcolor("ground"))
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = "accent" if look.is_current else "text_soft" if look.is_hovered else "line"
        wide = 1.0
        if look.is_current:
            colour, wide = ("focus" if look.has_focus else "accent"), 2.0
        painter.setPen(QPen(self._theme.qcolor(colour), wide))
        painter.setBrush(self._theme.qcolor("card"))
        half = _GAP / 2
        area = QRectF(0, 0, size.width(), size.height()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)
        picture = self._pictures.get(card.id)
        place = QRectF(self.picture_area(QRect(QPoint(0, 0), size)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.qcolor("stage"))
        painter.drawRoundedRect(place, 10, 10)
        if picture is not None:
            painter.drawPixmap(place.toRect(), picture)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(self._theme.qcolor("text"))
        words = QRectF(area.left() + 8, place.bottom() + 4, area.width() - 16, 0)
        words.setBottom(area.bottom() - 2)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(words, int(flags), card.name)
        painter.end()
        return made


class _MovingStage(QWidget):
    """The ground of the one that moves; opaque, so that nothing below it is painted anew."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.colour = QColor()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.colour)
        painter.end()


class ExerciseGrid(QListView):
    """The grid.

    Signals:
        opened: the id of the exercise whose page is wanted.
        pictures_missing: drawings are wanted, see `missing`.
        looks_requested: the id of the exercise that is to move; `show_looks` answers.
    """

    opened = Signal(str)
    pictures_missing = Signal()
    looks_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._exercises = _Exercises()
        self._cells = CellPainter()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setObjectName("cards")
        self.setAccessibleName(tr("Exercises"))
        self._shown = ""
        self._stage = _MovingStage(self.viewport())
        self._view = ExerciseView(theme)
        around = QVBoxLayout(self._stage)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._view)
        self._stage.hide()
        self._hovered = QPersistentModelIndex()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._move_one)
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(0)
        self._ask.timeout.connect(self.pictures_missing)
        self.setModel(self._exercises)
        self.setItemDelegate(self._cells)
        self.entered.connect(self._enter)
        self.clicked.connect(self._open)
        self.set_theme(theme)

    def fill(self, cards: Sequence[ExerciseCard]) -> None:
        """Show exercises; the chosen one stays chosen."""
        chosen = self.chosen()
        self._cells.forget()
        self._exercises.set_cards(cards)
        self._choose_again(chosen.id if chosen else "")

    def narrow(self, wish: Wish) -> None:
        """Show only what fits a wish."""
        chosen = self.chosen()
        self._exercises.narrow(wish)
        self._choose_again(chosen.id if chosen else "")

    def cards(self) -> tuple[ExerciseCard, ...]:
        """Return what is shown, in its order."""
        return self._exercises.cards

    def chosen(self) -> ExerciseCard | None:
        """Return the chosen exercise."""
        index = self.currentIndex()
        return self._exercises.cards[index.row()] if index.isValid() else None

    def choose(self, exercise: str) -> None:
        """Choose an exercise, if it is shown."""
        for row, card in enumerate(self._exercises.cards):
            if card.id == exercise:
                self.setCurrentIndex(self._exercises.index(row))

    def missing(self) -> list[str]:
        """Return the exercises whose drawing is wanted."""
        return self._cells.missing(self._exercises.cards)

    def add_pictures(self, pictures: Mapping[str, QPixmap]) -> None:
        """Show drawings, by exercise id."""
        self._cells.add_pictures(pictures)
        self.viewport().update()

    def show_looks(self, exercise: str, looks: Looks, *, calm: bool = False) -> None:
        """Let an exercise move in its cell, if it still is the one that is looked at."""
        index = self._looked_at()
        if not index.isValid() or self._exercises.cards[index.row()].id != exercise:
            return
        area = self._cells.picture_area(self.visualRect(index)).adjusted(3, 3, -3, -3)
        self._stage.setGeometry(area)
        self._view.set_calm(calm)
        self._view.set_looks(looks, Side.NONE)
        self._view.set_time(0.0)
        self._stage.show()
        self._view.run()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._cells.set_theme(theme)
        self._view.set_theme(theme)
        self._stage.colour = theme.qcolor("stage")
        self.viewport().update()

    # -- what Qt asks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells; ask for drawings that are not there yet."""
        super().paintEvent(event)
        if not self._ask.isActive() and self.missing():
            self._ask.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the columns over the width."""
        least = self._cells.cell_size(self.font())
        width = max(1, self.viewport().width() - _SLACK_PX)
        columns = max(1, width // least.width())
        grid = QSize(width // columns, least.height())
        if grid != self.gridSize():
            self._cells.cell = grid
            self.setGridSize(grid)
        super().resizeEvent(event)
        self._wait()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """While the list scrolls, nothing moves in it."""
        super().scrollContentsBy(dx, dy)
        self._wait()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Let the one that was just chosen move, even while the pointer rests elsewhere."""
        super().currentChanged(current, previous)
        self._hovered = QPersistentModelIndex()
        self._wait()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer looks at nothing any more."""
        super().leaveEvent(event)
        self._hovered = QPersistentModelIndex()
        self._wait()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the chosen one move."""
        super().focusInEvent(event)
        self._wait()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing moves while nobody looks."""
        super().hideEvent(event)
        self._rest.stop()
        self._stage.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the chosen one on Enter or Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    # -- inside

    def _choose_again(self, exercise: str) -> None:
        self._hovered = QPersistentModelIndex()
        self.setCurrentIndex(self._exercises.index(0))
        self.choose(exercise)

    def _enter(self, index: QModelIndex) -> None:
        self._hovered = QPersistentModelIndex(index)
        self._wait()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._exercises.cards[index.row()].id)

    def _looked_at(self) -> QModelIndex:
        """Return the one under the pointer, else the chosen one."""
        if self._hovered.isValid():
            return self._exercises.index(self._hovered.row())
        return self.currentIndex()

    def _wait(self) -> None:
        self._stage.hide()
        self._rest.start()

    def _move_one(self) -> None:
        index = self._looked_at()
        if index.isValid() and self.isVisible():
            self.looks_requested.emit(self._exercises.cards[index.row()].id)
