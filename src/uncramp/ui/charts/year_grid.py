"""A year of nights at a glance: a column each week, a square each night."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from uncramp.analysis.tally import NightCell, NightState
from uncramp.coach.daywords import months, weekday_short
from uncramp.coach.diary.entries import night_words
from uncramp.model.language import tr
from uncramp.model.week import DAYS_A_WEEK, week_order, week_start
from uncramp.ui.theme import Theme, mixed

WEEKS = 53
_GAP = 0.18
_MOST_CELL_PX = 22.0
_SHADES = (0.55, 0.78, 1.0)
"""How strong the colour of one, two, and more cramps is."""


class YearGrid(QWidget):
    """The nights of 53 weeks, ending with one that is chosen.

    Signals:
        opened: the day of a night that was clicked, or chosen by Enter.
    """

    opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._nights: Mapping[date, NightCell] = {}
        self._last = date(2000, 1, 1)
        self._current = self._last
        self._short = tuple(weekday_short(day) for day in week_order())
        self._month_names = tuple(name[:3] for name in months())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)

    # -- what is shown

    def fill(self, nights: Iterable[NightCell], last: date) -> None:
        """Show the nights of the 53 weeks up to the one with `last` in it.

        Args:
            nights: those that get a square; the place of any other one stays blank.
            last: the last day that can be chosen.
        """
        self._nights = {cell.day: cell for cell in nights}
        self._last = last
        self._current = min(max(self._current, self.first), last)
        self._tell_current()
        self.update()

    @property
    def first(self) -> date:
        """The first day that is shown, the first of its week."""
        return week_start(self._last) - timedelta(days=DAYS_A_WEEK * (WEEKS - 1))

    @property
    def current(self) -> date:
        """The day that the keys are at."""
        return self._current

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def words_of(self, day: date) -> str:
        """Return a night and what is known of it."""
        cell = self._nights.get(day)
        known = cell is not None and cell.state is not NightState.NOT_LOGGED
        cramps = cell.cramps if cell is not None and known else None
        return night_words(day, cramps, recalled=cell is not None and cell.recalled)

    # -- geometry

    def sizeHint(self) -> QSize:
        """Ask for small squares."""
        return QSize(620, self.heightForWidth(300))

    def minimumSizeHint(self) -> QSize:
        """Return the least at which a square can still be seen."""
        return QSize(300, self.heightForWidth(300))

    def hasHeightForWidth(self) -> bool:
        """Tell that squares stay square."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of seven squares and the names of the months."""
        return round(self._cell_px(width) * DAYS_A_WEEK + self._head_px() + 2)

    def cell_of(self, day: date) -> QRectF:
        """Return the square of a day, in pixels of the widget."""
        side = self._cell_px(self.width())
        week, weekday = divmod((day - self.first).days, DAYS_A_WEEK)
        left = self._left_px() + week * side
        top = self._head_px() + weekday * side
        gap = side * _GAP / 2
        return QRectF(left, top, side, side).adjusted(gap, gap, -gap, -gap)

    def day_at(self, point: QPointF) -> date | None:
        """Return the day at a point; None where there is none."""
        side = self._cell_px(self.width())
        week = int((point.x() - self._left_px()) // side)
        weekday = int((point.y() - self._head_px()) // side)
        if not (0 <= week < WEEKS and 0 <= weekday < DAYS_A_WEEK):
            return None
        day = self.first + timedelta(days=DAYS_A_WEEK * week + weekday)
        return day if day <= self._last else None

    def _head_px(self) -> float:
        return QFontMetricsF(self.font()).height() * 1.25

    def _left_px(self) -> float:
        metrics = QFontMetricsF(self.font())
        return max(map(metrics.horizontalAdvance, self._short)) + 8.0

    def _cell_px(self, width: int) -> float:
        return min(_MOST_CELL_PX, max(3.0, (width - self._left_px()) / WEEKS))

    # -- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from night to night; Enter opens."""
        steps = {
            Qt.Key.Key_Left: -DAYS_A_WEEK,
            Qt.Key.Key_Right: DAYS_A_WEEK,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            wanted = self._current + timedelta(days=step)
            self._go_to(min(max(wanted, self.first), self._last))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.opened.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the night that is clicked."""
        day = self.day_at(event.position())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go_to(day)
            self.opened.emit(day)

    def event(self, event: QEvent) -> bool:
        """Tell of the night under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self.day_at(QPointF(event.pos()))
            if day is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self.words_of(day), self)
            return True
        return super().event(event)

    def _go_to(self, day: date) -> None:
        self._current = day
        self._tell_current()
        self.update()

    def _tell_current(self) -> None:
        told = tr("A year of nights. {night}").format(night=self.words_of(self._current))
        self.setAccessibleName(told)
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint squares, months and weekdays."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_words(painter)
        day = self.first
        while day <= self._last:
            self._paint_night(painter, day)
            day += timedelta(days=1)
        if self.hasFocus():
            ring = self.cell_of(self._current).adjusted(-1.5, -1.5, 1.5, 1.5)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.qcolor("focus"), 2))
            painter.drawRoundedRect(ring, 4, 4)
        painter.end()

    def _paint_night(self, painter: QPainter, day: date) -> None:
        cell = self._nights.get(day)
        if cell is None:
            return  # an empty square would call it not logged
        square = self.cell_of(day)
        radius = min(4.0, square.width() / 4)
        if cell.state is NightState.NOT_LOGGED:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.qcolor("line"), 1))
            painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(night_colour(self._theme, cell.cramps))
        painter.drawRoundedRect(square, radius, radius)
        if cell.recalled:
            painter.setBrush(self._theme.qcolor("card"))
            hole = square.width() * 0.3
            painter.drawEllipse(square.center(), hole / 2, hole / 2)

    def _paint_words(self, painter: QPainter) -> None:
        painter.setPen(self._theme.qcolor("text_soft"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        side, head = self._cell_px(self.width()), self._head_px()
        metrics = QFontMetricsF(self.font())
        every = 1 if side >= metrics.height() else 2
        for number in range(0, DAYS_A_WEEK, every):
            if side * every < metrics.ascent():
                break
            row = QRectF(0, head + number * side, self._left_px(), side)
            painter.drawText(row, int(middle), self._short[number])
        free = 0.0
        for week in range(WEEKS):
            day = self.first + timedelta(days=DAYS_A_WEEK * week)
            begins = day.day <= DAYS_A_WEEK
            left = self._left_px() + week * side
            if begins and left >= free:
                name = self._month_names[day.month - 1]
                width = metrics.horizontalAdvance(name)
                if left + width <= self.width():
                    painter.drawText(QPointF(left + 1, metrics.ascent()), name)
                    free = left + width + 8


def night_colour(theme: Theme, cramps: int) -> QColor:
    """Return the colour of a logged night with so many cramps."""
    if not cramps:
        return theme.qcolor("good_soft")
    share = _SHADES[min(cramps, len(_SHADES)) - 1]
    return mixed(theme.qcolor("card"), theme.qcolor("cramp"), share)
