"""Several comparisons below each other: a point with its interval on one common scale."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from uncramp.analysis.binomial import Interval
from uncramp.model.language import tr
from uncramp.ui.theme import Theme

LOW, HIGH = 0.25, 4.0
"""The ends of the scale; what goes beyond ends in an arrow."""
_POINT_PX = 5.0
_ARROW_PX = 5.0
_TICKS = (0.5, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One comparison.

    Attributes:
        name: of the factor.
        counts: what was counted, in words.
        told: the step of the ladder, in words.
        ratio: with the factor to without; None while nothing is compared.
        interval: of it.
    """

    name: str
    counts: str
    told: str
    ratio: float | None = None
    interval: Interval | None = None


class Forest(QWidget):
    """Names at the left, intervals in the middle, words at the right.

    In a narrow window the words stand below the names.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: Sequence[ForestRow] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def fill(self, rows: Sequence[ForestRow]) -> None:
        """Show comparisons, all of them."""
        self._rows = tuple(rows)
        self.setAccessibleName("\n".join(f"{row.name}: {row.told}. {row.counts}" for row in rows))
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    # -- geometry

    def sizeHint(self) -> QSize:
        """Ask for room for all rows."""
        return QSize(420, self.heightForWidth(10_000))

    def minimumSizeHint(self) -> QSize:
        """Return the least width; every row is needed."""
        return QSize(280, self.heightForWidth(10_000))

    def hasHeightForWidth(self) -> bool:
        """Tell that long names take more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows and the scale."""
        return round(sum(self._heights(width)) + self._line() * 1.6)

    def x_of(self, ratio: float) -> float:
        """Return where a ratio is, in pixels of the widget."""
        left, right = self._scale(self.width())
        share = (math.log(ratio) - math.log(LOW)) / (math.log(HIGH) - math.log(LOW))
        return left + (right - left) * min(1.0, max(0.0, share))

    def row_middle(self, number: int) -> float:
        """Return the height at which the interval of a row is, in pixels of the widget."""
        heights = self._heights(self.width())
        return sum(heights[:number]) + heights[number] / 2

    def _line(self) -> float:
        return QFontMetricsF(self.font()).height()

    def _name_px(self, width: int) -> float:
        return width * 0.52

    def _scale(self, width: int) -> tuple[float, float]:
        return self._name_px(width) + 16.0, width - 12.0

    def _heights(self, width: int) -> list[float]:
        return [self._words_height(row, width) + self._line() * 0.9 for row in self._rows]

    def _words_height(self, row: ForestRow, width: int) -> float:
        room = QRectF(0, 0, self._name_px(width), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        bold, small = QFontMetricsF(self._bold()), QFontMetricsF(self._small())
        first = bold.boundingRect(room, flags, row.name).height()
        return first + small.boundingRect(room, flags, _detail(row)).height() + 2

    def _bold(self) -> QFont:
        made = QFont(self.font())
        made.setWeight(QFont.Weight.DemiBold)
        return made

    def _small(self) -> QFont:
        made = QFont(self.font())
        made.setPointSizeF(max(1.0, made.pointSizeF() * 0.9))
        return made

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scale and the rows."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        heights = self._heights(self.width())
        self._paint_scale(painter, sum(heights))
        top = 0.0
        for number, row in enumerate(self._rows):
            self._paint_words(painter, row, top + self._line() * 0.4)
            self._paint_interval(painter, row, top + heights[number] / 2)
            top += heights[number]
        painter.end()

    def _paint_scale(self, painter: QPainter, bottom: float) -> None:
        names = {0.5: tr("half as often"), 1.0: tr("no difference"), 2.0: tr("twice")}
        metrics = QFontMetricsF(self._small())
        left, right = self._scale(self.width())
        painter.setFont(self._small())
        crowded = right - left < 1.4 * sum(metrics.horizontalAdvance(one) for one in names.values())
        for value in _TICKS:
            x = self.x_of(value)
            style = Qt.PenStyle.SolidLine if value == 1.0 else Qt.PenStyle.DotLine
            painter.setPen(
                QPen(self._theme.qcolor("text_soft" if value == 1.0 else "line"), 1, style)
            )
            painter.drawLine(QPointF(x, 0.0), QPointF(x, bottom))
            name = f"{value:g}×" if crowded else names[value]
            width = metrics.horizontalAdvance(name)
            at = min(max(x - width / 2, left - 14), self.width() - width)
            painter.setPen(self._theme.qcolor("text_soft"))
            painter.drawText(QPointF(at, bottom + metrics.ascent() + 4), name)

    def _paint_words(self, painter: QPainter, row: ForestRow, top: float) -> None:
        room = QRectF(0, top, self._name_px(self.width()), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        painter.setFont(self._bold())
        painter.setPen(self._theme.qcolor("text"))
        painter.drawText(room, flags, row.name)
        painter.setFont(self._small())
        painter.setPen(self._theme.qcolor("text_soft"))
        height = QFontMetricsF(self._bold()).boundingRect(room, flags, row.name).height()
        painter.drawText(room.adjusted(0, height + 2, 0, 0), flags, _detail(row))

    def _paint_interval(self, painter: QPainter, row: ForestRow, y: float) -> None:
        if row.ratio is None or row.interval is None:
            return
        y = float(round(y))  # between two rows of pixels the line would be pale
        colour = self._theme.qcolor("text_soft")
        painter.setPen(QPen(colour, 2))
        low, high = self.x_of(max(row.interval.low, 1e-9)), self.x_of(row.interval.high)
        painter.drawLine(QPointF(low, y), QPointF(high, y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for beyond, x, way in (
            (row.interval.low < LOW, low, -1.0),
            (row.interval.high > HIGH, high, 1.0),
        ):
            if beyond:
                arrow = [
                    QPointF(x + way * _ARROW_PX, y),
                    QPointF(x, y - _ARROW_PX),
                    QPointF(x, y + _ARROW_PX),
                ]
                painter.drawPolygon(QPolygonF(arrow))
        if LOW <= row.ratio <= HIGH:
            painter.setBrush(self._theme.qcolor("accent"))
            painter.drawEllipse(QPointF(self.x_of(row.ratio), y), _POINT_PX, _POINT_PX)


def _detail(row: ForestRow) -> str:
    return f"{row.told}. {row.counts}" if row.counts else row.told
