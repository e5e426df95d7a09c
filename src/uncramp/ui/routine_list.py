"""Routines as a list of cards: a model and a delegate that paints them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from uncramp.coach.cards import RoutineCard
from uncramp.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_MARGIN = 6
_PADDING = 16
_RADIUS = 14


class RoutineModel(QAbstractListModel):
    """The rows of the list."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[RoutineCard, ...] = ()
        self._history: Mapping[str, str] = {}

    def set_rows(self, rows: Sequence[RoutineCard]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def set_history(self, history: Mapping[str, str]) -> None:
        """Tell when routines were last done, in words, by id."""
        self._history = history
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def history(self, card: RoutineCard) -> str:
        """Return when a routine was last done, in words; empty when it never was."""
        return self._history.get(card.id, "")

    def row(self, index: _Index) -> RoutineCard | None:
        """Return the row at `index`, or None."""
        return self._rows[index.row()] if index.isValid() else None

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
            parts = (row.name, row.moment, row.detail, self.history(row))
            return ", ".join(part for part in parts if part)
        return None


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

    def set_pictures(self, pictures: Mapping[str, QPixmap]) -> None:
        """Give the small drawings, by exercise id."""
        self._pictures = dict(pictures)

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
        self._paint_words(painter, area, stage.right() + _PADDING, texts, option.font)
        painter.restore()

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
        self, painter: QPainter, area: QRectF, left: float, texts: tuple[str, ...], font: QFont
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
            width = area.right() - left - _PADDING
            elided = QFontMetricsF(one).elidedText(text, Qt.TextElideMode.ElideRight, width)
            place = QRectF(left, top, width, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided)
            top += height


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
