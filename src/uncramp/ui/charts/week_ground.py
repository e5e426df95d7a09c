"""What lies behind the points of the weeks: seasons, lines, bars and marks."""

from collections.abc import Sequence
from datetime import timedelta

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from uncramp.analysis.columns import Column
from uncramp.analysis.level import Season
from uncramp.analysis.weeks import MarkKind
from uncramp.model.week import DAYS_A_WEEK
from uncramp.ui.theme import Theme

TOP = 120.0
"""The upper end of the scale, in percent: above the fullest bar there is room for marks."""
_LINES = (0.0, 25.0, 50.0, 75.0, 100.0)
_BAR_SHARE = 0.66
_RADIUS_PX = 5.0
_ZERO_PX = 2.0
_MARK_PX = 4.5


class WeekGround(pg.GraphicsObject):  # type: ignore[misc]  # the library has no types
    """Bars of how the plan was kept to, on lines and seasons, with marks above.

    It paints in pixels: a rounded corner stays round however far the weeks are spread.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._weeks: Sequence[Column] = ()
        self._seasons: Sequence[tuple[float, float]] = ()
        self._pointed: int | None = None
        self._font = QFont()

    def fill(self, weeks: Sequence[Column], warmer: Sequence[Season]) -> None:
        """Show columns, and the warmer halves of the years behind them."""
        self._weeks = weeks
        self._seasons = _spans(weeks, warmer)
        self.prepareGeometryChange()
        self.update()

    def wear(self, theme: Theme, font: QFont) -> None:
        """Wear other colours and letters."""
        self._theme, self._font = theme, font
        self.update()

    def point(self, number: int | None) -> None:
        """Set off one week, or none."""
        if number != self._pointed:
            self._pointed = number
            self.update()

    def boundingRect(self) -> QRectF:
        """Return all weeks and the whole scale."""
        return QRectF(-1.0, 0.0, len(self._weeks) + 1.0, TOP)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint what is seen."""
        del option, widget
        if not self._weeks:
            return
        place = painter.worldTransform()
        view = place.mapRect(self.viewRect())
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_seasons(painter, place, view)
        if self._pointed is not None:
            self._paint_pointed(painter, place, view, self._pointed)
        painter.setPen(QPen(self._theme.qcolor("line"), 1.0))
        for value in _LINES:
            y = round(place.map(QPointF(0.0, value)).y()) + 0.5
            painter.drawLine(QPointF(view.left(), y), QPointF(view.right(), y))
        seen = self.viewRect()
        first = max(0, int(seen.left() - 1))
        for number in range(first, min(len(self._weeks), int(seen.right()) + 2)):
            self._paint_bar(painter, place, number)
            self._paint_marks(painter, place, number)
        painter.restore()

    def _paint_seasons(self, painter: QPainter, place: QTransform, view: QRectF) -> None:
        for first, last in self._seasons:
            left, right = place.map(QPointF(first, 0.0)).x(), place.map(QPointF(last, 0.0)).x()
            band = QRectF(left, view.top(), right - left, view.height()).intersected(view)
            painter.fillRect(band, self._theme.qcolor("season"))

    def _paint_pointed(
        self, painter: QPainter, place: QTransform, view: QRectF, number: int
    ) -> None:
        left = place.map(QPointF(number - 0.5, 0.0)).x()
        right = place.map(QPointF(number + 0.5, 0.0)).x()
        column = QRectF(left, view.top(), max(3.0, right - left), view.height())
        tint = self._theme.qcolor("accent")
        tint.setAlphaF(0.14)
        painter.fillRect(column.intersected(view), tint)

    def _paint_bar(self, painter: QPainter, place: QTransform, number: int) -> None:
        kept = self._weeks[number].kept
        share = kept.share
        if share is None or (not share and not kept.is_over):
            return
        left = place.map(QPointF(number - _BAR_SHARE / 2, 0.0))
        right = place.map(QPointF(number + _BAR_SHARE / 2, min(1.0, share) * 100.0))
        width = max(1.0, right.x() - left.x())
        height = max(_ZERO_PX, left.y() - right.y())
        bar = QRectF(left.x(), left.y() - height, width, height)
        radius = min(_RADIUS_PX, width / 3, height)
        path = QPainterPath()
        path.addRoundedRect(bar.adjusted(0, 0, 0, radius), radius, radius)
        painter.save()
        painter.setClipRect(bar.adjusted(-1, -1, 1, 0), Qt.ClipOperation.IntersectClip)
        if kept.is_over:
            painter.fillPath(path, self._theme.qcolor("bar"))
        else:
            painter.strokePath(path, QPen(self._theme.qcolor("accent"), 1.2))
        painter.restore()

    def _paint_marks(self, painter: QPainter, place: QTransform, number: int) -> None:
        kinds = {mark.kind for mark in self._weeks[number].marks}
        if not kinds:
            return
        at = place.map(QPointF(number, TOP - 4.0))
        painter.setPen(Qt.PenStyle.NoPen)
        if is_plan_changed(self._weeks[number]):
            painter.setBrush(self._theme.qcolor("accent"))
            size = _MARK_PX
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(at.x() - size, at.y() - size),
                        QPointF(at.x() + size, at.y() - size),
                        QPointF(at.x(), at.y() + size),
                    ]
                )
            )
        elif kinds & {MarkKind.PAUSED, MarkKind.RESUMED}:
            painter.setBrush(self._theme.qcolor("text_soft"))
            for side in (-3.0, 1.0):
                painter.drawRect(QRectF(at.x() + side, at.y() - 4.0, 2.0, 8.0))
        else:
            painter.setBrush(self._theme.qcolor("text_soft"))
            painter.drawEllipse(at, 2.2, 2.2)


def is_plan_changed(week: Column) -> bool:
    """Return whether a routine was planned, changed or ended."""
    kinds = {mark.kind for mark in week.marks}
    return bool(kinds & {MarkKind.PLANNED, MarkKind.CHANGED, MarkKind.ENDED})


def _spans(weeks: Sequence[Column], warmer: Sequence[Season]) -> list[tuple[float, float]]:
    """Return the warmer halves of the years as places on the axis, from and to."""
    if not weeks:
        return []
    last = weeks[-1]

    def at(days: timedelta) -> float:
        # From the end: the first column may hold fewer weeks than the others.
        return len(weeks) - 0.5 - days.days / DAYS_A_WEEK / last.weeks

    after = last.last + timedelta(days=1)
    return [(at(after - half.first), at(after - half.last - timedelta(days=1))) for half in warmer]
