"""The charts: what is painted where, keys, spans, and files."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

pytest.importorskip("PySide6")

from pixels import image_of, is_near
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from uncramp.analysis.adherence import Adherence
from uncramp.analysis.binomial import Interval
from uncramp.analysis.columns import Column
from uncramp.analysis.level import Season, seasons
from uncramp.analysis.tally import NightCell, NightState, Place
from uncramp.analysis.weeks import Mark, MarkKind, Week
from uncramp.coach.places import Places
from uncramp.model.body import Side
from uncramp.model.diary import CrampMuscle
from uncramp.ui.charts.count_bars import CountBars
from uncramp.ui.charts.forest import HIGH, LOW, Forest, ForestRow
from uncramp.ui.charts.leg_tally import LegTally
from uncramp.ui.charts.week_card import LegendEntry, WeekCard
from uncramp.ui.charts.week_plot import WeekPlot
from uncramp.ui.charts.year_grid import YearGrid
from uncramp.ui.theme import Theme, load_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

NOW = datetime(2026, 11, 22, 8, 0).astimezone()
MONDAY = date(2026, 8, 31)


def now() -> datetime:
    return NOW


@pytest.fixture
def theme(places: Places) -> Theme:
    return load_theme(places.assets / "themes", "light")


def rows_of(image: QImage, x: int, colour: QColor) -> list[int]:
    return [y for y in range(image.height()) if is_near(image.pixelColor(x, y), colour)]


# -- the weeks


def column(number: int, share: float | None, nights: int | None) -> Column:
    kept = Adherence() if share is None else Adherence(4, round(share * 4))
    logged = 0 if nights is None else 7
    return Column(
        MONDAY + timedelta(days=7 * number), 1, kept, logged, nights or 0, 0, nights or 0, ()
    )


WEEKS = (
    column(0, 1.0, None),
    column(1, 0.5, 4),
    column(2, 0.0, 0),
    column(3, None, None),
    column(4, 0.25, None),
    column(5, 0.5, 2),
)


@pytest.fixture
def plot(qtbot: QtBot, theme: Theme) -> WeekPlot:
    made = WeekPlot(theme)
    qtbot.addWidget(made)
    made.resize(800, 340)
    made.show()
    made.fill(WEEKS, ())
    made.show_last(None)
    QApplication.processEvents()
    return made


def at(plot: WeekPlot, week: float, percent: float) -> QPoint:
    scene = plot.getPlotItem().vb.mapViewToScene(QPointF(week, percent))
    made: QPoint = plot.mapFromScene(scene)
    return made


def test_bars_are_as_high_as_the_plan_was_kept_to(plot: WeekPlot, theme: Theme) -> None:
    image = image_of(plot)
    bar = theme.qcolor("bar")
    for number, share in ((0, 100.0), (1, 50.0), (4, 25.0)):
        x = at(plot, number + 0.22, 0).x()  # beside the point and its line
        rows = rows_of(image, x, bar)
        assert min(rows) == pytest.approx(at(plot, number, share).y(), abs=7), number
        assert max(rows) == pytest.approx(at(plot, number, 0).y(), abs=2), number
    beside = at(plot, 3.0, 0).x()  # nothing was planned
    assert rows_of(image, beside, bar) == []


def test_the_bar_of_a_week_that_is_not_over_is_hollow(plot: WeekPlot, theme: Theme) -> None:
    monday, wednesday = Adherence(4, to_come=4), Adherence(4, 2, 0, 1)
    running = [
        replace(column(6 + n, 0, None), kept=kept) for n, kept in enumerate((monday, wednesday))
    ]
    plot.fill((*WEEKS, *running), ())
    plot.show_last(None)
    QApplication.processEvents()
    image = image_of(plot)
    for number, edges in ((6, []), (7, [50.0])):
        x = at(plot, number + 0.22, 0).x()
        assert rows_of(image, x, theme.qcolor("bar")) == []
        accent = theme.qcolor("accent")
        rows = [y for y in range(image.height()) if is_near(image.pixelColor(x, y), accent, 120)]
        assert bool(rows) is bool(edges)
        for percent in edges:
            assert min(rows) == pytest.approx(at(plot, number, percent).y(), abs=3)


def legend(card: WeekCard) -> set[str]:
    entries = card.findChildren(LegendEntry)
    return {entry.accessibleName() for entry in entries if not entry.isHidden()}


def test_the_legend_names_what_is_drawn_and_nothing_else(qtbot: QtBot, theme: Theme) -> None:
    card = WeekCard(theme)
    qtbot.addWidget(card)
    halves = seasons((), MONDAY, MONDAY + timedelta(days=69))  # 31 August, so all of September
    weeks = [Week(MONDAY + timedelta(days=7 * n), 7, {}, Adherence(7, 3)) for n in range(10)]
    card.fill(weeks, halves, {})
    always = {"kept to the plan, per week", "nights with a cramp", "logged nights of the week"}
    assert legend(card) == always | {"April to September"}
    card.fill(weeks[:7], halves, {})
    assert legend(card) == always
    planned = Mark(MONDAY, MarkKind.PLANNED, "a")
    begun = replace(weeks[-1], total=Adherence(7, 1, 0, 6), marks=(planned,))
    card.fill((*weeks[:-1], begun), (), {})
    assert legend(card) == always | {"this week so far", "plan changed"}


def test_a_zero_is_drawn_and_a_week_without_logging_is_a_gap(plot: WeekPlot, theme: Theme) -> None:
    image = image_of(plot)
    red = theme.qcolor("cramp")
    box = plot.getPlotItem().vb.sceneBoundingRect()
    zero = rows_of(image, at(plot, 2.0, 0).x(), red)
    assert min(abs(y - at(plot, 2.0, 0).y()) for y in zero) <= 6
    for week in (0.0, 3.0, 3.5, 4.0, 4.5):  # no line goes through what nobody told
        x = at(plot, week, 0).x()
        assert [y for y in rows_of(image, x, red) if y < box.bottom()] == [], week
    joined = rows_of(image, at(plot, 1.5, 0).x(), red)  # from 4 nights to none
    assert min(abs(y - at(plot, 1.5, 50.0).y()) for y in joined) <= 4


def test_the_scale_of_nights_fits_the_worst_week(plot: WeekPlot) -> None:
    assert plot.getAxis("right")._tickLevels[0][-1] == (100.0, "4")
    plot.fill((*WEEKS, column(6, 0.5, 5)), ())
    assert plot.getAxis("right")._tickLevels[0][-1] == (100.0, "8")


def test_the_warmer_half_lies_behind(plot: WeekPlot, theme: Theme) -> None:
    season = Season(MONDAY, MONDAY + timedelta(days=13), summer_half=True, warm=True)
    plot.fill(WEEKS, (season,))
    image = image_of(plot)
    y = at(plot, 0, 118.0).y()
    inside, beside = at(plot, 1.4, 118.0).x(), at(plot, 1.6, 118.0).x()
    assert is_near(image.pixelColor(inside, y), theme.qcolor("season"))
    assert not is_near(image.pixelColor(beside, y), theme.qcolor("season"), 4)


def test_arrows_point_at_weeks_and_escape_lets_go(plot: WeekPlot, qtbot: QtBot) -> None:
    plot.setFocus()
    seen: list[int] = []
    plot.week_pointed.connect(seen.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Left):
        QTest.keyClick(plot, key)
    assert seen == [5, 4, 0]
    QTest.keyClick(plot, Qt.Key.Key_End)
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert seen[-2:] == [5, -1]


def test_keys_spread_and_the_view_never_leaves_the_weeks(plot: WeekPlot) -> None:
    plot.setFocus()
    box = plot.getPlotItem().vb
    before = box.viewRect().width()
    QTest.keyClick(plot, Qt.Key.Key_Plus)
    assert box.viewRect().width() < before
    for _ in range(30):
        QTest.keyClick(plot, Qt.Key.Key_Minus)
    seen = box.viewRect()
    assert seen.left() >= -1.0
    assert seen.right() <= len(WEEKS)


def wheel(plot: WeekPlot, modifier: Qt.KeyboardModifier) -> QWheelEvent:
    here = QPointF(at(plot, 3, 50))
    event = QWheelEvent(
        here,
        QPointF(plot.mapToGlobal(here.toPoint())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plot.viewport(), event)
    return event


def test_the_wheel_belongs_to_the_page_unless_ctrl_is_held(plot: WeekPlot) -> None:
    box = plot.getPlotItem().vb
    before = box.viewRect().width()
    wheel(plot, Qt.KeyboardModifier.NoModifier)
    assert box.viewRect().width() == pytest.approx(before)
    wheel(plot, Qt.KeyboardModifier.ControlModifier)
    assert box.viewRect().width() < before


# -- the small ones


def test_squares_of_the_year_have_the_colour_of_their_night(qtbot: QtBot, theme: Theme) -> None:
    last = date(2026, 11, 21)
    clear, bad, worse, unknown = (last - timedelta(days=n) for n in range(4))
    grid = YearGrid(theme)
    qtbot.addWidget(grid)
    grid.resize(1000, grid.heightForWidth(1000))
    grid.show()
    grid.fill(
        [
            NightCell(clear, NightState.CLEAR),
            NightCell(bad, NightState.CRAMPS, 1),
            NightCell(worse, NightState.CRAMPS, 3),
            NightCell(unknown, NightState.NOT_LOGGED),
        ],
        last,
    )
    image = image_of(grid)

    def seen(day: date) -> QColor:
        return image.pixelColor(grid.cell_of(day).center().toPoint())

    assert is_near(seen(clear), theme.qcolor("good_soft"), 2)
    assert is_near(seen(worse), theme.qcolor("cramp"), 2)
    assert seen(bad).greenF() > seen(worse).greenF()
    edge = grid.cell_of(unknown)
    blank = grid.cell_of(grid.first)
    assert is_near(image.pixelColor(*_on_edge(edge)), theme.qcolor("line"), 24)
    assert image.pixelColor(*_on_edge(blank)) == image.pixelColor(blank.center().toPoint())
    empty = seen(unknown)
    assert not is_near(empty, theme.qcolor("good_soft"), 6)
    for day in (clear, unknown, grid.first):
        assert grid.day_at(grid.cell_of(day).center()) == day


def _on_edge(square: QRectF) -> tuple[int, int]:
    return int(square.center().x()), int(square.top() + 0.5)


def test_the_year_is_walked_by_keys_and_opened(qtbot: QtBot, theme: Theme) -> None:
    last = date(2026, 11, 21)
    grid = YearGrid(theme)
    qtbot.addWidget(grid)
    grid.show()
    grid.setFocus()
    grid.fill([NightCell(last, NightState.CRAMPS, 2)], last)
    grid._go_to(last)
    QTest.keyClick(grid, Qt.Key.Key_Right)  # not beyond the last night
    assert grid.current == last
    QTest.keyClick(grid, Qt.Key.Key_Left)
    with qtbot.waitSignal(grid.opened) as opened:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert opened.args == [last - timedelta(days=7)]
    assert "2 cramps" in grid.words_of(last)


def test_bars_are_in_proportion_to_their_counts(qtbot: QtBot, theme: Theme) -> None:
    bars = CountBars(theme, "x")
    qtbot.addWidget(bars)
    bars.resize(300, 200)
    bars.fill([("a", 8), ("b", 4), ("c", 0)])
    high, half, none = (bars.bar_rect(number).height() for number in range(3))
    assert half == pytest.approx(high / 2)
    assert 0 < none < 3
    assert "a: 8" in bars.accessibleName()


def test_a_muscle_is_the_redder_the_more_cramps_it_had(qtbot: QtBot, theme: Theme) -> None:
    legs = LegTally(theme)
    qtbot.addWidget(legs)
    calf, foot = CrampMuscle.CALF, CrampMuscle.FOOT
    legs.fill((Place(calf, Side.LEFT, 9), Place(calf, Side.RIGHT, 2)))
    ground = QColor(theme.figure["skin_near"])
    left = legs.colour_of(calf, Side.LEFT, ground)
    right = legs.colour_of(calf, Side.RIGHT, ground)
    assert left == QColor(theme.figure["glow"])
    assert left.green() < right.green() < ground.green()
    assert legs.colour_of(foot, Side.LEFT, ground) == ground


def test_intervals_stand_on_one_scale(qtbot: QtBot, theme: Theme) -> None:
    forest = Forest(theme)
    qtbot.addWidget(forest)
    forest.fill(
        (
            ForestRow("Sleep", "", "No clear difference", 2.0, Interval(0.5, HIGH * 3)),
            ForestRow("Alcohol", "3 of 4", "Not enough data"),
        )
    )
    forest.resize(600, forest.heightForWidth(600))
    forest.show()
    image = image_of(forest)
    assert forest.x_of(1.0) == pytest.approx((forest.x_of(LOW) + forest.x_of(HIGH)) / 2)
    accent = theme.qcolor("accent")
    y = round(forest.row_middle(0))
    assert is_near(image.pixelColor(round(forest.x_of(2.0)), y), accent)
    line = theme.qcolor("text_soft")
    assert is_near(image.pixelColor(round(forest.x_of(0.6)), y), line, 40)
    below = round(forest.row_middle(1))  # what is not compared has no point
    wide = range(round(forest.x_of(LOW)), image.width())
    assert not any(is_near(image.pixelColor(x, below), accent) for x in wide)
    assert "Alcohol: Not enough data" in forest.accessibleName()
