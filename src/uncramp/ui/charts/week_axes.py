"""The axes of the weeks: months below, with the logged nights of each week above them."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtGui import QFont, QFontMetricsF

from uncramp.analysis.columns import Column
from uncramp.coach.daywords import months
from uncramp.ui.theme import Theme

_MONTH_LETTERS = 3
_GAP_PX = 14.0
_YEAR = 12
_WEEKS_A_MONTH = 4.35
_STEPS = (1, 2, 3, 6, _YEAR, 2 * _YEAR, 5 * _YEAR, 20 * _YEAR)


def dressed(axis: pg.AxisItem, theme: Theme, font: QFont, token: str = "text_soft") -> None:
    """Let an axis show numbers only: no line, no ticks."""
    axis.setPen(pg.mkPen(None))
    axis.setTextPen(theme.qcolor(token))
    axis.setStyle(
        tickLength=0, tickAlpha=0, tickFont=font, tickTextOffset=6, hideOverlappingLabels=False
    )


class _WeekAxis(pg.AxisItem):  # type: ignore[misc]  # the library has no types
    """An axis below the weeks."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self._weeks: Sequence[Column] = ()

    def fill(self, weeks: Sequence[Column]) -> None:
        """Tell of these weeks."""
        self._weeks = weeks
        self.picture = None
        self.update()


class MonthAxis(_WeekAxis):
    """Below the week in which a month begins stands its name; the year in January."""

    def tickValues(
        self, minVal: float, maxVal: float, size: float
    ) -> list[tuple[float, list[int]]]:
        """Return the weeks that are named: as many as their names leave room for."""
        first, last = max(0, round(minVal)), min(len(self._weeks) - 1, round(maxVal))
        if last < first or size <= 0:
            return []
        starts = [
            number
            for number in range(first, last + 1)
            if number == 0 or self._weeks[number].first.month != self._weeks[number - 1].first.month
        ]
        metrics = QFontMetricsF(self.style["tickFont"] or QFont())
        per_week = size / max(1e-9, maxVal - minVal)
        room = (metrics.horizontalAdvance("Mmm 2026") * 0.72 + _GAP_PX) / per_week
        months_each = _WEEKS_A_MONTH / self._weeks[last].weeks
        every = next((step for step in _STEPS if step * months_each >= room), _STEPS[-1])
        named = [n for n in starts if (self._weeks[n].first.month - 1) % min(every, _YEAR) == 0]
        if every > _YEAR:
            named = [n for n in named if self._weeks[n].first.year % (every // _YEAR) == 0]
        return [(4.0, named or starts[:1])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the names."""
        del scale, spacing
        return [self._name(round(value)) for value in values]

    def _name(self, number: int) -> str:
        monday = self._weeks[number].first
        name = months()[monday.month - 1][:_MONTH_LETTERS]
        return f"{name} {monday.year}" if monday.month == 1 else name


class NightsAxis(_WeekAxis):
    """Under each week stands how many of its nights were logged."""

    def tickValues(
        self, minVal: float, maxVal: float, size: float
    ) -> list[tuple[float, list[int]]]:
        """Return all weeks that are seen, where there is room for a digit each."""
        first, last = max(0, round(minVal)), min(len(self._weeks) - 1, round(maxVal))
        metrics = QFontMetricsF(self.style["tickFont"] or QFont())
        per_week = size / max(1e-9, maxVal - minVal)
        if last < first or per_week < metrics.horizontalAdvance("0") + 4.0:
            return []
        return [(1.0, list(range(first, last + 1)))]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the counts; a dash where nothing was logged."""
        del scale, spacing
        logged = (self._weeks[round(value)].logged for value in values)
        return [str(count) if count else "–" for count in logged]
