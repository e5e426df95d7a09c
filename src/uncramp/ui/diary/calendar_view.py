"""A calendar of nights: which were clear, which had cramps, and which nobody told of."""

import calendar
from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from uncramp.coach.daywords import months, weekdays
from uncramp.coach.diary.entries import night_words
from uncramp.model.language import tr
from uncramp.model.week import DAYS_A_WEEK, place_in_week, week_order
from uncramp.ui.theme import Theme

_GAP_PX = 4.0
_RADIUS_PX = 9.0
_SMALLEST_CELL_PX = 40.0
_LARGEST_CELL_PX = 76.0


class CalendarView(QAbstractScrollArea):
    """Months below each other, the present one at the end; a cell is the night from its evening on.

    Signals:
        opened: the day of a night that was clicked, or chosen by Enter.
    """

    opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._nights: Mapping[date, int] = {}
        self._recalled: frozenset[date] = frozenset()
        self._today = date(2000, 1, 1)
        self._current = self._today
        self._months: list[date] = []
        self._tops: list[float] = []
        names = weekdays()
        self._weekdays = tuple(names[number][:2] for number in week_order())
        self._month_names = months()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Nights"))
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    # -- what is shown

    def fill(
        self, nights: Mapping[date, int], recalled: frozenset[date], today: date, first: date
    ) -> None:
        """Show the nights.

        Args:
            nights: the number of cramps of each night that was logged.
            recalled: those that were filled in later.
            today: later nights are still to come.
            first: the earliest day that is shown.
        """
        anew = not self._months
        self._nights, self._recalled, self._today = nights, recalled, today
        month = min(first, today).replace(day=1)
        self._months = []
        while month <= today:
            self._months.append(month)
            month = _next_month(month)
        if anew or not self._months[0] <= self._current <= today:
            self._current = today - timedelta(days=1)
            self._current = max(self._current, self._months[0])
        self._lay_out()
        if anew:
            self.show_end()
        self._tell_current()

    def show_end(self) -> None:
        """Show the present month."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    @property
    def current(self) -> date:
        """The day that the keys are at."""
        return self._current

    def choose(self, day: date) -> None:
        """Go to a day and show it."""
        if not self._months:
            return
        self._current = min(max(day, self._months[0]), self._today)
        cell = self.cell_of(self._current)
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if cell.top() < self._head_px():
            bar.setValue(round(bar.value() + cell.top() - self._head_px() - self._title_px()))
        elif cell.bottom() > room:
            bar.setValue(round(bar.value() + cell.bottom() - room + _GAP_PX))
        self.viewport().update()
        self._tell_current()

    def words_of(self, day: date) -> str:
        """Return a night and what is known of it."""
        return night_words(day, self._nights.get(day), recalled=day in self._recalled)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.viewport().update()

    # -- geometry

    def cell_of(self, day: date) -> QRectF:
        """Return where a day is, in pixels of the viewport."""
        month = day.replace(day=1)
        number = bisect_right(self._months, month) - 1
        place = place_in_week(month) + day.day - 1
        side = self._cell_px()
        top = self._tops[number] + self._title_px() + place // DAYS_A_WEEK * side
        left = self._left_px() + place % DAYS_A_WEEK * self._column_px()
        top += self._head_px() - self.verticalScrollBar().value()
        return QRectF(left, top, self._column_px(), side).adjusted(
            _GAP_PX / 2, _GAP_PX / 2, -_GAP_PX / 2, -_GAP_PX / 2
        )

    def day_at(self, point: QPointF) -> date | None:
        """Return the day at a point of the viewport; None where there is none."""
        if point.y() < self._head_px() or not self._months:
            return None
        y = point.y() - self._head_px() + self.verticalScrollBar().value()
        number = max(0, bisect_right(self._tops, y) - 1)
        month = self._months[number]
        row = (y - self._tops[number] - self._title_px()) // self._cell_px()
        column = (point.x() - self._left_px()) // self._column_px()
        if row < 0 or not 0 <= column < DAYS_A_WEEK:
            return None
        day = int(row * DAYS_A_WEEK + column) - place_in_week(month) + 1
        if not 1 <= day <= _length(month):
            return None
        found = month.replace(day=day)
        return found if found <= self._today else None

    def sizeHint(self) -> QSize:
        """Ask for a month's room."""
        return QSize(7 * 54, round(7 * self._cell_px()))

    def minimumSizeHint(self) -> QSize:
        """Return the room of a few weeks."""
        return QSize(round(7 * _SMALLEST_CELL_PX), round(self._head_px() + 3 * self._cell_px()))

    def _letter_px(self) -> float:
        return float(self.fontMetrics().height())

    def _head_px(self) -> float:
        return self._letter_px() * 1.7

    def _title_px(self) -> float:
        return self._letter_px() * 2.4

    def _cell_px(self) -> float:
        return max(_SMALLEST_CELL_PX, self._letter_px() * 2.5)

    def _column_px(self) -> float:
        return min(_LARGEST_CELL_PX, self.viewport().width() / DAYS_A_WEEK)

    def _left_px(self) -> float:
        return max(0.0, (self.viewport().width() - DAYS_A_WEEK * self._column_px()) / 2)

    def _lay_out(self) -> None:
        top, self._tops = 0.0, []
        for month in self._months:
            self._tops.append(top)
            # The weeks after this one would fill a small window with nothing.
            until = self._today.day if month == self._months[-1] else _length(month)
            rows = -(-(place_in_week(month) + until) // DAYS_A_WEEK)
            top += self._title_px() + rows * self._cell_px()
        bar = self.verticalScrollBar()
        at_end = bar.value() == bar.maximum()
        room = self.viewport().height() - self._head_px()
        bar.setRange(0, max(0, round(top - room + _GAP_PX)))
        bar.setPageStep(max(1, round(room)))
        bar.setSingleStep(round(self._cell_px() / 2))
        if at_end:
            bar.setValue(bar.maximum())
        self.viewport().update()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the months that are seen."""
        del event
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown_from = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, shown_from) - 1)
        painter.save()
        room = QRectF(self.viewport().rect()).adjusted(0, self._head_px(), 0, 0)
        painter.setClipRect(room)
        paints = _Paints(self._theme, self.font())
        for number in range(first, len(self._months)):
            top = self._tops[number] + self._head_px() - shown_from
            if top > self.viewport().height():
                break
            self._paint_month(painter, paints, self._months[number], top)
        painter.restore()
        self._paint_head(painter, paints)
        painter.end()

    def _paint_head(self, painter: QPainter, paints: "_Paints") -> None:
        painter.setFont(paints.small)
        painter.setPen(paints.soft)
        for column, name in enumerate(self._weekdays):
            left = self._left_px() + column * self._column_px()
            place = QRectF(left, 0, self._column_px(), self._head_px())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_month(self, painter: QPainter, paints: "_Paints", month: date, top: float) -> None:
        painter.setFont(paints.title)
        painter.setPen(paints.text)
        title = f"{self._month_names[month.month - 1]} {month.year}"
        place = QRectF(
            self._left_px() + _GAP_PX, top, self.viewport().width(), self._title_px() - 4
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, title)
        for number in range(1, _length(month) + 1):
            day = month.replace(day=number)
            cell = self.cell_of(day)
            if day > self._today and cell.top() > self.cell_of(self._today).top():
                break
            if cell.bottom() >= 0 and cell.top() <= self.viewport().height():
                self._paint_day(painter, paints, day, cell)

    def _paint_day(self, painter: QPainter, paints: "_Paints", day: date, cell: QRectF) -> None:
        cramps = self._nights.get(day)
        if day > self._today:
            painter.setFont(paints.small)
            painter.setPen(paints.line)
            painter.drawText(_corner(cell), Qt.AlignmentFlag.AlignLeft, str(day.day))
            return
        ground, pen, mark = paints.missing, paints.dashed, paints.soft
        if cramps == 0:
            ground, pen, mark = paints.clear, paints.nothing, paints.good
        elif cramps is not None:
            ground, pen, mark = paints.cramped, paints.nothing, paints.alert
        painter.setBrush(ground)
        painter.setPen(pen)
        painter.drawRoundedRect(cell, _RADIUS_PX, _RADIUS_PX)
        if cramps == 0:
            self._paint_check(painter, paints, cell)
        elif cramps is not None:
            painter.setFont(paints.bold)
            painter.setPen(mark)
            painter.drawText(_middle(cell), Qt.AlignmentFlag.AlignCenter, str(cramps))
        painter.setFont(paints.small)
        painter.setPen(paints.soft)
        painter.drawText(_corner(cell), Qt.AlignmentFlag.AlignLeft, str(day.day))
        if day in self._recalled:
            painter.setPen(QPen(paints.soft, 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(cell.right() - 9, cell.top() + 9), 2.6, 2.6)
        self._paint_rings(painter, paints, day, cell)

    def _paint_rings(self, painter: QPainter, paints: "_Paints", day: date, cell: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inner = cell.adjusted(1, 1, -1, -1)
        if day == self._today:
            painter.setPen(QPen(paints.accent, 1.6))
            painter.drawRoundedRect(inner, _RADIUS_PX, _RADIUS_PX)
        if day == self._current and self.hasFocus():
            painter.setPen(QPen(paints.focus, 2.6))
            painter.drawRoundedRect(inner, _RADIUS_PX, _RADIUS_PX)

    def _paint_check(self, painter: QPainter, paints: "_Paints", cell: QRectF) -> None:
        pen = QPen(paints.good, 2.0)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        middle, size = _middle(cell).center(), self._letter_px() * 0.24
        painter.drawPolyline(
            [
                middle + QPointF(-size, 0),
                middle + QPointF(-size * 0.3, size * 0.75),
                middle + QPointF(size, -size * 0.7),
            ]
        )

    # -- what Qt asks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the months out anew."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Other letters need other cells."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self._months:
            self._lay_out()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the day that is clicked."""
        day = self.day_at(event.position())
        if day is not None and event.button() is Qt.MouseButton.LeftButton:
            self.choose(day)
            self.opened.emit(day)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell of the night below the pointer."""
        if isinstance(event, QHelpEvent):
            day = self.day_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if day is None else self.words_of(day))
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the days, and open one by Enter."""
        key = event.key()
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -DAYS_A_WEEK,
            Qt.Key.Key_Down: DAYS_A_WEEK,
        }
        if key in steps:
            self.choose(self._current + timedelta(days=steps[Qt.Key(key)]))
        elif key == Qt.Key.Key_PageUp:
            self.choose(self._current.replace(day=1) - timedelta(days=1))
        elif key == Qt.Key.Key_PageDown:
            self.choose(_next_month(self._current.replace(day=1)))
        elif key == Qt.Key.Key_Home and self._months:
            self.choose(self._months[0])
        elif key == Qt.Key.Key_End:
            self.choose(self._today)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit(self._current)
        else:
            super().keyPressEvent(event)

    def _tell_current(self) -> None:
        """Let screen readers say the night that the keys are at."""
        self.setAccessibleDescription(self.words_of(self._current))
        if QAccessible.isActive():
            told = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(told)


class _Paints:
    """The colours and fonts of one painting."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        colour = theme.qcolor
        self.text, self.soft, self.line = colour("text"), colour("text_soft"), colour("track")
        self.good, self.alert = colour("good"), colour("alert")
        self.accent, self.focus = colour("accent"), colour("focus")
        self.clear = colour("good_soft")
        self.cramped = _mixed(colour("cramp"), colour("card"), 0.2)
        self.missing = QColor(0, 0, 0, 0)
        self.nothing = QPen(Qt.PenStyle.NoPen)
        self.dashed = QPen(colour("track"), 1.2, Qt.PenStyle.DashLine)
        self.small, self.bold, self.title = QFont(font), QFont(font), QFont(font)
        self.small.setPointSizeF(font.pointSizeF() * 0.8)
        self.bold.setWeight(QFont.Weight.Bold)
        self.bold.setPointSizeF(font.pointSizeF() * 1.1)
        self.title.setWeight(QFont.Weight.DemiBold)


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    pairs = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(a * share + b * (1 - share)) for a, b in pairs))


def _corner(cell: QRectF) -> QRectF:
    return cell.adjusted(6, 3, 0, 0)


def _middle(cell: QRectF) -> QRectF:
    """The mark stands a little lower than the middle, clear of the number of the day."""
    return cell.adjusted(0, cell.height() * 0.2, 0, 0)


def _length(month: date) -> int:
    return calendar.monthrange(month.year, month.month)[1]


def _next_month(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)
