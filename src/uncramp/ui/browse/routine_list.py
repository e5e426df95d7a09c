"""Routines as a list of cards: a model and a delegate that paints them."""

import math
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from uncramp.coach.browse.cards import RoutineCard
from uncramp.coach.browse.finding import Finder, Wish
from uncramp.model.language import tr
from uncramp.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_MARGIN = 6
_PADDING = 16
_RADIUS = 14
_STAR_PX = 18
_STAR_INSIDE = 0.45
"""Radius of a star's inner corners, as a share of the outer ones'."""


class RoutineModel(QAbstractListModel):
    """The rows of the list: those that fit what is looked for, favourites first."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[RoutineCard, ...] = ()
        self._rows: tuple[RoutineCard, ...] = ()
        self._wish = Wish()
        self._favourites: frozenset[str] = frozenset()
        self._history: Mapping[str, str] = {}

    def set_rows(self, rows: Sequence[RoutineCard]) -> None:
        """Replace all rows."""
        self._all = tuple(rows)
        self._arrange()

    def narrow(self, wish: Wish) -> None:
        """Show only what fits a wish."""
        self._wish = wish
        self._arrange()

    def set_favourites(self, favourites: frozenset[str]) -> None:
        """Put the favourites first."""
        self._favourites = favourites
        if self._all:
            self._arrange()

    def set_history(self, history: Mapping[str, str]) -> None:
        """Tell when routines were last done, in words, by id."""
        self._history = history
        self.show_again()

    def show_again(self) -> None:
        """Let what is seen be painted anew."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def history(self, card: RoutineCard) -> str:
        """Return when a routine was last done, in words; empty when it never was."""
        return self._history.get(card.id, "")

    def is_favourite(self, card: RoutineCard) -> bool:
        """Tell whether a routine is marked."""
        return card.id in self._favourites

    def row(self, index: _Index) -> RoutineCard | None:
        """Return the row at `index`, or None."""
        return self._rows[index.row()] if index.isValid() else None

    def rows(self, count: int) -> tuple[RoutineCard, ...]:
        """Return the first rows."""
        return self._rows[:count]

    def index_of(self, routine_id: str) -> QModelIndex:
        """Return where a routine stands; an invalid index when it is not there."""
        for number, row in enumerate(self._rows):
            if row.id == routine_id:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, and for screen readers all that the card says."""
        row = self.row(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            mark = tr("Favourite") if self.is_favourite(row) else ""
            parts = (row.name, mark, row.moment, row.detail, self.history(row))
            return ", ".join(part for part in parts if part)
        return None

    def _arrange(self) -> None:
        self.beginResetModel()
        rows = self._all
        if not self._wish.is_open:
            fits = Finder(self._wish).fits
            rows = tuple(
                card
                for card in rows
                if fits(card.words, (card.when,), card.props, length_s=card.length_s)
            )
        if self._favourites:
            marked = self._favourites
            rows = tuple(sorted(rows, key=lambda card: card.id not in marked))
        self._rows = rows
        self.endResetModel()


class RoutineDelegate(QStyledItemDelegate):
    """Paints a card: a small figure, when, name, length."""

    def __init__(self) -> None:
        super().__init__()
        self._theme: Theme | None = None
        self._pictures: dict[str, QPixmap] = {}

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours; pictures have to be given anew."""
        self._theme = theme
        self._pictures.clear()

    def add_pictures(self, pictures: Mapping[str, QPixmap]) -> None:
        """Give more of the small drawings, by exercise id."""
        self._pictures.update(pictures)

    def forget_pictures(self) -> None:
        """Ask for all drawings anew."""
        self._pictures.clear()

    def missing(self, cards: Iterable[RoutineCard]) -> list[str]:
        """Return the exercises whose drawing is wanted and not there."""
        names = dict.fromkeys(card.picture for card in cards)
        return [name for name in names if name not in self._pictures]

    def star_area(self, card_area: QRect) -> QRect:
        """Return where the star of a card stands, with room for a finger."""
        side = 44
        corner = card_area.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN).topRight()
        return QRect(corner.x() - side + 1, corner.y(), side, side)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height for four lines of text."""
        del index
        return QSize(240, self.card_height(option.font))

    def card_height(self, font: QFont) -> int:
        """Return a card's height for the user's font."""
        lines = sum(QFontMetricsF(_scaled(font, share)).lineSpacing() for share in _LINES)
        return round(lines + 2 * _PADDING + 2 * _MARGIN + 6)

    def picture_px(self, font: QFont) -> int:
        """Return the side of the small drawing."""
        return self.card_height(font) - 2 * _MARGIN - 2 * 12

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one card."""
        model = index.model()
        if self._theme is None or not isinstance(model, RoutineModel):
            return
        row = model.row(index)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        self._paint_ground(painter, area, option)
        stage = self._paint_picture(painter, area, row)
        texts = (row.moment, row.name, row.detail, model.history(row))
        room = QRectF(area)
        room.setLeft(stage.right() + _PADDING)
        room.setRight(area.right() - _PADDING - _STAR_PX)
        self._paint_words(painter, room, texts, option.font)
        self._paint_star(painter, self.star_area(option.rect), marked=model.is_favourite(row))
        painter.restore()

    def _paint_star(self, painter: QPainter, place: QRect, *, marked: bool) -> None:
        assert self._theme is not None
        middle, radius = QRectF(place).center(), _STAR_PX / 2
        corners = [
            QPointF(
                middle.x() + radius * share * math.sin(turn * math.pi / 5),
                middle.y() - radius * share * math.cos(turn * math.pi / 5),
            )
            for turn in range(10)
            for share in (_STAR_INSIDE if turn % 2 else 1.0,)
        ]
        painter.setPen(QPen(self._theme.qcolor("accent" if marked else "text_soft"), 1.4))
        painter.setBrush(self._theme.qcolor("accent" if marked else "card"))
        painter.drawPolygon(QPolygonF(corners))

    def _paint_ground(self, painter: QPainter, area: QRectF, option: QStyleOptionViewItem) -> None:
        assert self._theme is not None
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        pen = QPen(self._theme.qcolor("accent" if chosen else "line"), 2.0 if chosen else 1.0)
        if focused and chosen:
            pen.setColor(self._theme.qcolor("focus"))
        painter.setPen(pen)
        painter.setBrush(self._theme.qcolor("card"))
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)

    def _paint_picture(self, painter: QPainter, area: QRectF, row: RoutineCard) -> QRectF:
        assert self._theme is not None
        side = area.height() - 24
        stage = QRectF(area.left() + 12, area.top() + 12, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.qcolor("stage"))
        painter.drawRoundedRect(stage, 10, 10)
        picture = self._pictures.get(row.picture)
        if picture is not None:
            painter.drawPixmap(stage.toRect(), picture)
        return stage

    def _paint_words(
        self, painter: QPainter, area: QRectF, texts: tuple[str, ...], font: QFont
    ) -> None:
        assert self._theme is not None
        tokens = ("accent_text", "text", "text_soft", "text_soft")
        weights = (600, 700, 400, 400)
        shown = [part for part in zip(texts, _LINES, tokens, weights, strict=True) if part[0]]
        fonts = [_scaled(font, share, weight) for _, share, _, weight in shown]
        heights = [QFontMetricsF(one).lineSpacing() + 2 for one in fonts]
        top = area.center().y() - sum(heights) / 2
        for (text, _, token, _), one, height in zip(shown, fonts, heights, strict=True):
            painter.setFont(one)
            painter.setPen(self._theme.qcolor(token))
            elided = QFontMetricsF(one).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            place = QRectF(area.left(), top, area.width(), height)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided)
            top += height


class RoutineList(QListView):
    """The cards of routines.

    Signals:
        favourite_requested: the id of a routine whose star was clicked.
        opened: the details of the chosen routine are wanted.
        pictures_missing: cards are seen whose drawing is not there.
    """

    favourite_requested = Signal(str)
    opened = Signal()
    pictures_missing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.model_of_routines = RoutineModel()
        self.painter_of_cards = RoutineDelegate()
        self.setModel(self.model_of_routines)
        self.setItemDelegate(self.painter_of_cards)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setMinimumWidth(220)
        self.setObjectName("cards")
        self.setAccessibleName(tr("Routines"))
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(0)
        self._ask.timeout.connect(self.pictures_missing)

    def chosen(self) -> RoutineCard | None:
        """Return the chosen routine."""
        return self.model_of_routines.row(self.currentIndex())

    def seen(self) -> tuple[RoutineCard, ...]:
        """Return the routines whose cards are at least partly seen."""
        height = max(1, self.painter_of_cards.card_height(self.font()))
        first = self.verticalScrollBar().value() // height
        last = first + self.height() // height + 2
        return self.model_of_routines.rows(last)[first:]

    def wanted_pictures(self) -> list[str]:
        """Return the exercises whose drawing is wanted for what is seen."""
        return self.painter_of_cards.missing(self.seen())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards; ask for drawings that came into sight."""
        super().paintEvent(event)
        if self.wanted_pictures() and not self._ask.isActive():
            self._ask.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start on Enter on every desktop; some would only do so after a double click."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        elif key == Qt.Key.Key_Right:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a star marks the routine and leaves the chosen one chosen."""
        place = event.position().toPoint()
        card = self.model_of_routines.row(self.indexAt(place))
        star = self.painter_of_cards.star_area(self.visualRect(self.indexAt(place)))
        if card is not None and star.contains(place):
            self.favourite_requested.emit(card.id)
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A star clicked twice is marked twice, and starts nothing."""
        place = event.position().toPoint()
        if self.painter_of_cards.star_area(self.visualRect(self.indexAt(place))).contains(place):
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)


_LINES = (0.86, 1.2, 1.0, 0.92)
"""The lines of a card, as shares of the font's size: kicker, name, detail, history."""


def _scaled(font: QFont, share: float, weight: int = 400) -> QFont:
    made = QFont(font)
    if font.pointSizeF() > 0:
        made.setPointSizeF(font.pointSizeF() * share)
    else:
        made.setPixelSize(round(font.pixelSize() * share))
    made.setWeight(QFont.Weight(weight))
    return made
