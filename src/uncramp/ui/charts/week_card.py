"""The card of the weeks: what the colours mean, the chart or its table, and exact numbers."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from uncramp.analysis.columns import TOGETHER, WEEKS_APART, Column, columns
from uncramp.analysis.level import Season, shaded
from uncramp.analysis.weeks import Week
from uncramp.coach.insight.week_words import column_row, column_words, table_head, warmer_half
from uncramp.model.language import tr
from uncramp.ui.charts.week_ground import is_plan_changed
from uncramp.ui.charts.week_plot import WeekPlot
from uncramp.ui.flow import FlowLayout
from uncramp.ui.painted import ChoiceBox
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, label
from uncramp.ui.word_table import WordTable, table_view

PLOT_LINES = 15.0
"""Height of the chart, in lines of text."""


_NARROW = 26
"""In heights of a line."""


_ONE_ROUTINE = 2
"""Entries of the choice when one routine is planned: the whole plan, and that one."""


class Sign(StrEnum):
    """What a colour of the chart means."""

    BAR = "bar"
    SO_FAR = "so_far"
    POINT = "point"
    NIGHTS = "nights"
    MARK = "mark"
    SEASON = "season"


_SQUARES = {
    Sign.BAR: ("bar", "bar"),
    Sign.SO_FAR: ("card", "accent"),
    Sign.SEASON: ("season", "text_soft"),
}
"""Signs that are a square, with the names of the colours of its inside and its edge."""


class LegendEntry(QWidget):
    """A sign as the chart paints it, and its words."""

    def __init__(self, theme: Theme, sign: Sign, words: str) -> None:
        super().__init__()
        self._theme = theme
        self._sign = sign
        self._words = words
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str) -> None:
        """Say it otherwise."""
        self._words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for sign and words."""
        metrics = QFontMetricsF(self.font())
        width = metrics.horizontalAdvance(self._words) + self._indent() + 4
        return QSize(round(width), round(metrics.height() + 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint sign and words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(self.font())
        middle = self.height() / 2
        if self._sign in _SQUARES:
            fill, edge = _SQUARES[self._sign]
            painter.setPen(self._theme.qcolor(edge))
            painter.setBrush(self._theme.qcolor(fill))
            painter.drawRoundedRect(0, round(middle - 6), 12, 12, 3, 3)
        elif self._sign is Sign.POINT:
            painter.setPen(QPen(self._theme.qcolor("cramp"), 2.2))
            painter.setBrush(self._theme.qcolor("card"))
            painter.drawEllipse(2, round(middle - 4), 9, 9)
        elif self._sign is Sign.MARK:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.qcolor("accent"))
            corners = [(2.0, -4.5), (11.0, -4.5), (6.5, 4.5)]
            painter.drawPolygon(QPolygonF([QPointF(x, middle + y) for x, y in corners]))
        else:
            painter.setPen(self._theme.qcolor("text_soft"))
            painter.drawText(2, round(middle + metrics.capHeight() / 2), "7")
        painter.setPen(self._theme.qcolor("text"))
        words = QPointF(self._indent(), middle + metrics.capHeight() / 2)
        painter.drawText(words, self._words)
        painter.end()

    def _indent(self) -> float:
        return max(20.0, 1.1 * QFontMetricsF(self.font()).height())


class WeekCard(QFrame):
    """The weeks as a chart, or as a table."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._weeks: Sequence[Week] = ()
        self._seasons: Sequence[Season] = ()
        self._names: Mapping[str, str] = {}
        self._shown: tuple[Column, ...] = ()
        self._span: int | None = None
        self.plot = WeekPlot(theme)
        self.plot.week_pointed.connect(self._tell)
        self._model = WordTable(table_head())
        self.table = table_view(self._model, tr("The weeks as a table"))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._faces = QStackedWidget()
        self._faces.addWidget(self.plot)
        self._faces.addWidget(self.table)
        self._told = label("soft", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 16, 12)
        column.setSpacing(8)
        self._title = label("heading", tr("Routine and cramps, week by week"))
        self._title.hide()
        column.addWidget(self._title)
        column.addLayout(self._built_head(theme))
        column.addWidget(self._faces)
        column.addWidget(self._told)
        self._fit()
        self._tell(-1)

    def _built_head(self, theme: Theme) -> QBoxLayout:
        self._bar = LegendEntry(theme, Sign.BAR, tr("kept to the plan, per week"))
        self._point = LegendEntry(theme, Sign.POINT, "")
        self._nights = LegendEntry(theme, Sign.NIGHTS, tr("logged nights of the week"))
        self._legend = QWidget()
        self._legend.setObjectName("on_card")
        flow = FlowLayout(18, self._legend)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._legend.setSizePolicy(policy)
        self._mark = LegendEntry(theme, Sign.MARK, tr("plan changed"))
        self._so_far = LegendEntry(theme, Sign.SO_FAR, tr("this week so far"))
        self._season = LegendEntry(theme, Sign.SEASON, "")
        for entry in self._entries:
            flow.addWidget(entry)
        self._routines = ChoiceBox()
        self._routines.setAccessibleName(tr("Routine shown"))
        self._routines.currentIndexChanged.connect(self._show)
        self._as_table = button(tr("Table"), kind="small", tip=tr("The same numbers as a table"))
        self._as_table.setCheckable(True)
        self._as_table.toggled.connect(self._turn)
        choices = QHBoxLayout()
        choices.setSpacing(8)
        choices.addStretch(1)
        choices.addWidget(self._routines, 0, Qt.AlignmentFlag.AlignTop)
        choices.addWidget(self._as_table, 0, Qt.AlignmentFlag.AlignTop)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(8)
        self._head.addWidget(self._legend, 1)
        self._head.addLayout(choices)
        return self._head

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the choices stand below what the colours mean."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW * self.fontMetrics().height()
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._head.setDirection(way)

    @property
    def _entries(self) -> tuple[LegendEntry, ...]:
        return (
            self._bar,
            self._so_far,
            self._point,
            self._nights,
            self._mark,
            self._season,
        )

    # -- filling

    def fill(
        self, weeks: Sequence[Week], seasons: Sequence[Season], names: Mapping[str, str]
    ) -> None:
        """Show the weeks of the whole record.

        Args:
            weeks: in order.
            seasons: halves of the years.
            names: of routines by their ids.
        """
        self._weeks, self._seasons, self._names = weeks, seasons, names
        planned = sorted(
            {routine for week in weeks for routine in week.routines},
            key=lambda one: names.get(one, one),
        )
        chosen = self._routines.currentData()
        self._routines.blockSignals(True)
        self._routines.clear()
        self._routines.addItem(tr("Whole plan"), "")
        for routine in planned:
            self._routines.addItem(names.get(routine, routine), routine)
        self._routines.setCurrentIndex(max(0, self._routines.findData(chosen)))
        self._routines.blockSignals(False)
        self._routines.setVisible(len(planned) > 1)
        self._show()

    def show_span(self, weeks: int | None) -> None:
        """Spread the last weeks over the width; None for all."""
        self._span = weeks
        self._show()

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns of the chart, those beside what is seen too."""
        return self._shown

    @property
    def weeks_seen(self) -> Sequence[Week]:
        """The weeks of the span."""
        return self._weeks if self._span is None else self._weeks[-self._span :]

    @property
    def first_seen(self) -> date | None:
        """The first day that the span shows; None for an empty record."""
        if not self._shown:
            return None
        return self._shown[0 if self._span is None else max(0, len(self._shown) - self._span)].first

    def _show(self) -> None:
        many = self._span is None and len(self._weeks) > WEEKS_APART
        routine = self._routines.currentData() or ""
        self._shown = columns(self._weeks, routine, together=TOGETHER if many else 1)
        self._bar.set_words(
            tr("kept to the plan, four weeks each") if many else tr("kept to the plan, per week")
        )
        self._point.set_words(
            tr("nights with a cramp, per logged week") if many else tr("nights with a cramp")
        )
        self._nights.setVisible(not many)
        warmer = shaded(self._seasons, len(self._weeks))
        counts = [column.kept for column in self._shown]
        self._so_far.setVisible(any(kept.done and not kept.is_over for kept in counts))
        self._mark.setVisible(any(is_plan_changed(column) for column in self._shown))
        self._season.setVisible(bool(warmer))
        self._season.set_words(warmer_half(warmer[0]) if warmer else "")
        self.plot.fill(self._shown, warmer)
        self.plot.show_last(self._span)
        self._model.fill([column_row(one, self._names) for one in reversed(self._shown)])
        self._tell(-1)

    def _tell(self, number: int) -> None:
        if 0 <= number < len(self._shown):
            self._told.setText(column_words(self._shown[number], self._names))
        else:
            self._told.setText(
                tr("Point at a week, or choose it with the arrow keys, for its numbers.")
            )

    def bare(self, *, is_bare: bool) -> None:
        """Show only what belongs on a picture of the chart, with its title, or all of it again."""
        self._title.setVisible(is_bare)
        self._as_table.setVisible(not is_bare)
        self._routines.setVisible(not is_bare and self._routines.count() > _ONE_ROUTINE)
        self._told.setVisible(not is_bare and not self._as_table.isChecked())
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def _turn(self, checked: bool) -> None:
        self._faces.setCurrentIndex(1 if checked else 0)
        self._legend.setVisible(not checked)
        self._told.setVisible(not checked)

    # -- looks

    def take_focus(self) -> None:
        """Let the keys go to the chart, or to the table in its place."""
        (self.table if self._as_table.isChecked() else self.plot).setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.plot.set_theme(theme)
        for entry in self._entries:
            entry.set_theme(theme)

    def _fit(self) -> None:
        line = QFontMetricsF(self.font()).height()
        self._faces.setFixedHeight(round(min(420.0, max(250.0, line * PLOT_LINES))))
