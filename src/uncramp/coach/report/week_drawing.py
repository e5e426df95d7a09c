"""The weeks as a drawing: how the plan was kept to, and the nights with a cramp."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from uncramp.analysis.columns import Column, columns
from uncramp.analysis.level import Season
from uncramp.analysis.weeks import MarkKind, Week
from uncramp.coach.daywords import months
from uncramp.coach.insight.week_words import short_day, warmer_half
from uncramp.coach.report.svg import Canvas, Drawing
from uncramp.model.language import tr
from uncramp.model.week import DAYS_A_WEEK

MOST_COLUMNS = 160
"""More cannot be told apart on a page."""
_TOGETHER = (1, 4, 13, 26, 52)
_NUMBERED = 30
"""So many columns have room for a number each."""
_NAMED = 9
"""So few columns are named by their day."""
_MONTHS_UP_TO = timedelta(days=500)
_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 16.0, 31.0, 22.0
_WIDEST = 26.0
"""Of a bar, however few there are."""
_CHANGES: Final = frozenset(
    {MarkKind.PLANNED, MarkKind.CHANGED, MarkKind.ENDED, MarkKind.PAUSED, MarkKind.RESUMED}
)


def week_columns(weeks: Sequence[Week]) -> tuple[Column, ...]:
    """Return the weeks as columns, as many weeks in each as leaves them apart."""
    together = next(
        (n for n in _TOGETHER if -(-len(weeks) // n) <= MOST_COLUMNS),
        -(-len(weeks) // MOST_COLUMNS),
    )
    return columns(weeks, together=together) if weeks else ()


def week_drawing(
    shown: Sequence[Column], warmer: Sequence[Season], width: float, height: float
) -> Drawing:
    """Return the columns with bars, points, gaps, seasons and changes of the plan.

    Args:
        shown: in order, without gaps; at least one.
        warmer: halves of years that are shaded.
        width: of the drawing in points.
        height: of the drawing in points.
    """
    return _WeekDrawing(shown, warmer, Canvas(width, height)).drawing()


def week_caption(shown: Sequence[Column], warmer: Sequence[Season]) -> str:
    """Return what the legend has no room for."""
    parts: list[str] = []
    if shown and shown[-1].kept.done and not shown[-1].kept.is_over:
        parts.append(tr("The outlined bar is this week, which is not over."))
    if warmer:
        parts.append(tr("Shaded: {half}.").format(half=warmer_half(warmer[0])))
    return " ".join(parts)


class _WeekDrawing:
    def __init__(self, shown: Sequence[Column], warmer: Sequence[Season], canvas: Canvas) -> None:
        self._shown = shown
        self._warmer = warmer
        self._canvas = canvas
        self._wide = canvas.width - _LEFT - _RIGHT
        self._high = canvas.height - _TOP - _BOTTOM
        self._base = _TOP + self._high
        self._step = self._wide / len(shown)
        heights = [one.height or 0 for one in shown]
        self._most = max(3, int(-(-max(heights) // 1)))
        self._first = shown[0].first
        self._days = (shown[-1].last - self._first).days + 1

    def drawing(self) -> Drawing:
        self._bands()
        self._axes()
        for number, column in enumerate(self._shown):
            self._bar(number, column)
        self._names()
        self._line()
        self._legend()
        return self._canvas.drawing(tr("Plan and cramps, week by week"), self._description())

    def _middle(self, number: int) -> float:
        return _LEFT + (number + 0.5) * self._step

    def _x(self, day: date) -> float:
        # Columns are equally wide; only the first one may hold fewer weeks than the others.
        number = next((n for n, one in enumerate(self._shown) if day <= one.last), None)
        if number is None:
            return _LEFT + self._wide
        column = self._shown[number]
        share = max(0, (day - column.first).days) / (DAYS_A_WEEK * column.weeks)
        return _LEFT + (number + share) * self._step

    def _bands(self) -> None:
        for half in self._warmer:
            left, right = self._x(half.first), self._x(half.last + timedelta(days=1))
            self._canvas.rect(left, _TOP - 17, right - left, self._high + 17, "season")

    def _axes(self) -> None:
        canvas = self._canvas
        for share in (0, 0.5, 1):
            y = self._base - share * self._high
            canvas.line(_LEFT, y, _LEFT + self._wide, y, "grid" if share else "axis")
            canvas.text(_LEFT - 4, y + 2.4, f"{share * 100:.0f} %", anchor="end")
        for nights in range(0, self._most + 1, 1 if self._most < DAYS_A_WEEK else 2):
            y = self._base - nights / self._most * self._high
            canvas.text(_LEFT + self._wide + 5, y + 2.4, str(nights), "alarm")

    def _bar(self, number: int, column: Column) -> None:
        wide = min(_WIDEST, self._step * 0.68)
        left = self._middle(number) - wide / 2
        share = column.kept.share
        if share:
            high = share * self._high
            meaning = "kept" if column.kept.is_over else "kept-so-far"
            self._canvas.rect(left, self._base - high, wide, high, meaning)
        elif share is not None and column.kept.is_over:
            # Planned, and nothing done: a zero is drawn as one.
            self._canvas.rect(left, self._base - 1.2, wide, 1.2, "none-kept")
        if any(mark.kind in _CHANGES for mark in column.marks):
            self._canvas.triangle(
                self._middle(number), _TOP - 1.5, min(5.0, 2 + self._step), "change"
            )
        under = self._base + 8.5
        if len(self._shown) <= _NUMBERED:
            words = str(column.logged) if column.logged else "–"
            self._canvas.text(self._middle(number), under, words, anchor="middle", size=6.5)
        else:
            high = 6 * min(1.0, column.logged / (DAYS_A_WEEK * column.weeks))
            self._canvas.rect(left, under - high, wide, high, "logged")

    def _names(self) -> None:
        canvas, y = self._canvas, self._base + 19
        canvas.text(_LEFT - 4, self._base + 8.5, tr("logged"), anchor="end", size=6.5)
        if len(self._shown) <= _NAMED:
            for number, column in enumerate(self._shown):
                canvas.text(self._middle(number), y, short_day(column.first), anchor="middle")
            return
        free = _LEFT - 1.0
        for day in self._named_days():
            x = self._x(day)
            by_year = self._days > _MONTHS_UP_TO.days
            words = str(day.year) if by_year else months()[day.month - 1][:3]
            if not by_year and (day.month == 1 or free < _LEFT):
                words = f"{words} {day.year}"
            needed = 3.75 * len(words) + 4
            if x >= free and x + needed <= canvas.width:
                canvas.line(x, self._base, x, self._base + 12, "grid")
                canvas.text(x + 2, y, words)
                free = x + needed

    def _named_days(self) -> list[date]:
        """Return the firsts of months or years, and the very first day where it has room."""
        last = self._shown[-1].last
        found: list[date] = []
        for year in range(self._first.year, last.year + 1):
            every = (1,) if self._days > _MONTHS_UP_TO.days else range(1, 13)
            found.extend(date(year, month, 1) for month in every)
        return [day for day in found if self._first <= day <= last]

    def _line(self) -> None:
        """Join the points; a column without any logged night is a gap."""
        part: list[tuple[float, float]] = []
        parts = [part]
        for number, column in enumerate(self._shown):
            if column.height is None:
                part = []
                parts.append(part)
            else:
                y = self._base - column.height / self._most * self._high
                part.append((self._middle(number), y))
        radius = max(0.7, min(2.1, self._step * 0.28))
        for part in parts:
            self._canvas.path(part, "line", 1.0 if radius > 1 else 0.7)
            for x, y in part:
                self._canvas.circle(x, y, radius, "dot", 0.9 if radius > 1 else 0.5)

    def _legend(self) -> None:
        canvas, y = self._canvas, 8.0
        x = _LEFT
        canvas.rect(x, y - 5.5, 8, 6, "kept")
        x = self._told(x + 11, y, tr("planned sessions that were done (left)"))
        canvas.path(((x, y - 2.5), (x + 12, y - 2.5)), "line", 1.0)
        canvas.circle(x + 6, y - 2.5, 2.1, "dot", 0.9)
        words = tr("nights with a cramp in the week (right)")
        if self._shown[-1].weeks > 1:
            words = tr("nights with a cramp per logged week (right)")
        x = self._told(x + 15, y, words)
        canvas.triangle(x + 2.5, y, 5, "change")
        self._told(x + 8, y, tr("plan begun or changed, pause"))

    def _told(self, x: float, y: float, words: str) -> float:
        self._canvas.text(x, y, words)
        return x + 3.75 * len(words) + 9

    def _description(self) -> str:
        each = self._shown[-1].weeks
        words = (
            tr("{n} columns of one week each.") if each == 1 else tr("{n} columns of {w} weeks.")
        )
        nights = sum(one.cramp_nights for one in self._shown)
        logged = sum(one.logged for one in self._shown)
        counts = tr("In all, {x} of {n} logged nights had a cramp.")
        alternative = tr("The same numbers are in the table below.")
        parts = (
            words.format(n=len(self._shown), w=each),
            counts.format(x=nights, n=logged),
            alternative,
        )
        return " ".join(parts)
