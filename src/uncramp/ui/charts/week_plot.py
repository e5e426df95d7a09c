"""The weeks: how the plan was kept to as bars, nights with a cramp as points above them."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from uncramp.analysis.columns import Column
from uncramp.analysis.level import Season
from uncramp.model.language import tr
from uncramp.ui.charts.week_axes import MonthAxis, NightsAxis, dressed
from uncramp.ui.charts.week_ground import TOP, WeekGround
from uncramp.ui.theme import Theme

FEWEST_WEEKS = 4
_SMALL_PT = 0.86
_ZOOM = 1.25
_LOW = -3.0
"""Below zero there is room for the lower half of a point."""
_FEW_NIGHTS, _ALL_NIGHTS = 4, 8
_POINT_PX, _SMALL_POINT_PX = 9, 6
_ROOMY = 60


class WeekPlot(pg.PlotWidget):  # type: ignore[misc]  # the library has no types
    """The weeks of the whole record, of which some are seen.

    Dragging moves along, Ctrl and the wheel spread; the wheel alone belongs to the page. By keys:
    arrows point at a week, plus and minus spread, Home and End go to the ends.

    Signals:
        week_pointed: the number of a week, or -1 for none.
    """

    week_pointed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._months, self._nights = MonthAxis(), NightsAxis()
        self._theme = theme
        super().__init__(parent, axisItems={"bottom": self._nights}, background=None)
        self._weeks: Sequence[Column] = ()
        self._pointed: int | None = None
        plot = self.getPlotItem()
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.layout.addItem(self._months, 4, 1)
        self._months.linkToView(plot.vb)
        plot.vb.setMouseEnabled(x=True, y=False)
        plot.vb.disableAutoRange()
        plot.vb.setYRange(_LOW, TOP, padding=0.0)
        plot.vb.setDefaultPadding(0.0)
        plot.layout.setContentsMargins(6, 4, 10, 4)
        plot.showAxis("right")
        self._ground = WeekGround(theme)
        self._line = pg.PlotCurveItem(connect="finite", antialias=True)
        self._points = pg.ScatterPlotItem(size=9, antialias=True, pxMode=True)
        for item in (self._ground, self._line, self._points):
            plot.addItem(item)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(230)
        self.setAccessibleName(tr("How well the plan was kept, and nights with a cramp, by week"))
        self.scene().sigMouseMoved.connect(self._moved)
        self.set_theme(theme)

    # -- filling

    def fill(self, weeks: Sequence[Column], warmer: Sequence[Season]) -> None:
        """Show columns.

        Args:
            weeks: all of the record.
            warmer: halves of the years that are shaded.
        """
        self._weeks = weeks
        self._ground.fill(weeks, warmer)
        self._months.fill(weeks)
        self._nights.fill(weeks)
        heights = [week.height for week in weeks]
        highest = max((height for height in heights if height is not None), default=0.0)
        most = _FEW_NIGHTS if highest <= _FEW_NIGHTS else _ALL_NIGHTS
        self._tick_nights(most)
        x = np.arange(len(weeks), dtype=float)
        y = np.array([np.nan if height is None else height for height in heights], dtype=float)
        y *= 100.0 / most
        self._line.setData(x, y)
        known = np.isfinite(y)
        self._points.setData(x[known], y[known])
        end = len(weeks)
        self.getPlotItem().vb.setLimits(
            xMin=-0.8,
            xMax=max(end, FEWEST_WEEKS) - 0.2,
            minXRange=FEWEST_WEEKS,
            yMin=_LOW,
            yMax=TOP,
        )
        self.point(None)

    def show_last(self, count: int | None) -> None:
        """Spread the last `count` weeks over the width; None for all."""
        end = max(len(self._weeks), FEWEST_WEEKS)
        first = 0 if count is None else max(0, end - count)
        self._points.setSize(_POINT_PX if end - first <= _ROOMY else _SMALL_POINT_PX)
        self.getPlotItem().vb.setXRange(first - 0.7, end - 0.3, padding=0.0)

    def _tick_nights(self, most: int) -> None:
        step = most // _FEW_NIGHTS
        ticks = [(number * 100.0 / most, str(number)) for number in range(0, most + 1, step)]
        self.getAxis("right").setTicks([ticks])

    # -- looks

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Wear larger letters when the window does."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_ground"):
            self._dress()

    def _dress(self) -> None:
        font = QFont(self.font())
        font.setPointSizeF(max(1.0, font.pointSizeF() * _SMALL_PT))
        for name in ("left", "right", "bottom"):
            token = "cramp_text" if name == "right" else "text_soft"
            dressed(self.getAxis(name), self._theme, font, token)
        dressed(self._months, self._theme, font)
        for axis in (self._nights, self._months):
            axis.setHeight(round(QFontMetricsF(font).height()) + 8)
        self.getAxis("left").setTicks([[(value, f"{value:g} %") for value in range(0, 101, 25)]])
        self._ground.wear(self._theme, font)
        self.setBackground(self._theme.qcolor("card"))
        red = self._theme.qcolor("cramp")
        self._line.setPen(pg.mkPen(red, width=2.2))
        self._points.setPen(pg.mkPen(red, width=2.2))
        self._points.setBrush(self._theme.qcolor("card"))

    # -- pointing

    @property
    def pointed(self) -> int | None:
        """The number of the week that is pointed at."""
        return self._pointed

    def point(self, number: int | None) -> None:
        """Point at a week, or at none."""
        if number is not None and not 0 <= number < len(self._weeks):
            number = None
        if number == self._pointed:
            return
        self._pointed = number
        self._ground.point(number)
        self.week_pointed.emit(-1 if number is None else number)

    def week_at(self, x_px: float) -> int | None:
        """Return the week at a place of the scene; None beside them."""
        at = round(self.getPlotItem().vb.mapSceneToView(QPointF(x_px, 0.0)).x())
        return at if 0 <= at < len(self._weeks) else None

    def _moved(self, at: QPointF) -> None:
        inside = self.getPlotItem().vb.sceneBoundingRect().contains(at)
        self.point(self.week_at(at.x()) if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing when the mouse leaves."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.point(None)

    # -- keys and wheel

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Point and spread."""
        key = event.key()
        last = len(self._weeks) - 1
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and last >= 0:
            step = -1 if key == Qt.Key.Key_Left else 1
            now = last + 1 if self._pointed is None else self._pointed
            self._go_to(min(last, max(0, now + step)))
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End} and last >= 0:
            self._go_to(0 if key == Qt.Key.Key_Home else last)
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.spread(1 / _ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.spread(_ZOOM)
        elif key == Qt.Key.Key_Escape and self._pointed is not None:
            self.point(None)
        else:
            event.ignore()

    def spread(self, share: float) -> None:
        """See `share` times as many weeks, around the one that is pointed at."""
        box = self.getPlotItem().vb
        middle = self._pointed if self._pointed is not None else box.viewRect().center().x()
        box.scaleBy(x=share, center=pg.Point(middle, 0.0))

    def _go_to(self, number: int) -> None:
        self.point(number)
        box = self.getPlotItem().vb
        seen = box.viewRect()
        if number - 0.5 < seen.left():
            box.translateBy(x=number - 0.5 - seen.left())
        elif number + 0.5 > seen.right():
            box.translateBy(x=number + 0.5 - seen.right())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Spread with Ctrl; the wheel alone scrolls the page, its sideways part moves along."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        across = event.angleDelta().x()
        if across:
            box = self.getPlotItem().vb
            box.translateBy(x=-across / 120.0 * box.viewRect().width() / 20.0)
            event.accept()
            return
        event.ignore()
