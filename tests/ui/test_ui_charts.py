"""The charts: what is painted where, keys, spans, and files."""

import csv
import io
import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from uncramp.analysis.adherence import Adherence
from uncramp.analysis.binomial import Interval
from uncramp.analysis.columns import Column
from uncramp.analysis.level import Season
from uncramp.analysis.tally import NightCell, NightState, Place
from uncramp.coach.coach import Coach
from uncramp.coach.places import Places
from uncramp.coach.plan.planning import Rhythm, with_routine
from uncramp.journal.store import FILE_NAME
from uncramp.model.body import Side
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, Night, Run
from uncramp.model.plan import Plan, Tie
from uncramp.model.record import Outcome, PartRecord, SessionRecord
from uncramp.ui.charts.count_bars import CountBars
from uncramp.ui.charts.details import Details
from uncramp.ui.charts.forest import HIGH, LOW, Forest, ForestRow
from uncramp.ui.charts.leg_tally import LegTally
from uncramp.ui.charts.room import ChartsRoom
from uncramp.ui.charts.week_plot import WeekPlot
from uncramp.ui.charts.year_grid import YearGrid
from uncramp.ui.theme import Theme, load_theme, style_sheet
from uncramp.ui.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

NOW = datetime(2026, 11, 22, 8, 0).astimezone()
MONDAY = date(2026, 8, 31)


def now() -> datetime:
    return NOW


@pytest.fixture
def theme(places: Places) -> Theme:
    return load_theme(places.assets / "themes", "light")


def image_of(widget: QWidget) -> QImage:
    QApplication.processEvents()
    return widget.grab().toImage()


def is_near(seen: QColor, wanted: QColor, most: int = 12) -> bool:
    return all(
        abs(a - b) <= most
        for a, b in zip(seen.getRgb()[:3], wanted.getRgb()[:3], strict=True)  # type: ignore[index]
    )


def rows_of(image: QImage, x: int, colour: QColor) -> list[int]:
    return [y for y in range(image.height()) if is_near(image.pixelColor(x, y), colour)]


# -- the weeks


def column(number: int, share: float | None, nights: int | None) -> Column:
    kept = Adherence() if share is None else Adherence(share * 4, 4.0, share * 240, 240.0)
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
    empty = seen(unknown)
    assert not is_near(empty, theme.qcolor("good_soft"), 6)
    for day in (clear, unknown, grid.first):
        assert grid.day_at(grid.cell_of(day).center()) == day


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


# -- the room


Write = Callable[[int], None]


@pytest.fixture
def write(places: Places) -> Write:
    """Write so many weeks that end yesterday."""

    def written(weeks: int) -> None:
        chance = random.Random(7)
        coach = Coach(places, read_date=now)
        diary, journal = coach.diary, coach.journal
        assert diary is not None
        assert journal is not None
        first = NOW.date() - timedelta(days=7 * weeks)
        plan = with_routine(Plan(), "bedtime_trial", Rhythm(Tie.BEDTIME), first)
        diary.save_plan(plan, NOW)
        for number in range(7 * weeks):
            day = first + timedelta(days=number)
            told = datetime.combine(day + timedelta(days=1), time(7)).astimezone()
            bad = chance.random() < 0.3
            diary.save_night(Night(day, int(bad), told), told)
            if bad:
                at = told.replace(hour=3)
                muscle = chance.choice((CrampMuscle.CALF, CrampMuscle.FOOT))
                cramp = Cramp(f"c{number}", at, CrampContext.NIGHT, muscle, Side.LEFT, 60, 5)
                diary.save_cramp(cramp, at)
            if number % 2:
                evening = datetime.combine(day, time(22)).astimezone()
                parts = (PartRecord("trial_pair", Side.LEFT, 60_000, 60_000),)
                record = SessionRecord(
                    f"s{number}", "bedtime_trial", "B", evening, evening, Outcome.FINISHED, parts
                )
                journal.save_session(record, evening)
            if number % 7 == 3:
                run = Run(f"r{number}", told.replace(hour=18), 3000, 9000.0)
                diary.save_run(run, told)
        coach.close()

    return written


Open = Callable[[], tuple[MainWindow, ChartsRoom]]


@pytest.fixture
def opened(qtbot: QtBot, places: Places, monkeypatch: pytest.MonkeyPatch) -> Open:
    def made() -> tuple[MainWindow, ChartsRoom]:
        window = MainWindow(places)
        qtbot.addWidget(window)
        window.coach.read_date = now
        window.resize(1200, 760)
        window.show()
        qtbot.waitUntil(lambda: window.is_filled)
        show_charts(window)
        room = window.findChild(ChartsRoom)
        assert room is not None
        return window, room

    return made


def show_charts(window: MainWindow) -> None:
    window.frame.room_requested.emit("charts")
    for _ in range(4):
        QApplication.processEvents()


def words(widget: QWidget) -> str:
    shown = (one for one in widget.findChildren(QLabel) if one.isVisible())
    return "\n".join(one.text() for one in shown)


def test_without_any_entry_it_says_what_will_be_here(opened: Open) -> None:
    _, room = opened()
    assert "Nothing to draw yet" in words(room)
    assert not room.page.weeks.isVisible()
    assert room.findChild(Details) is None or not room.page.details.isVisible()


def test_three_days_are_counted_and_nothing_is_claimed(places: Places, opened: Open) -> None:
    coach = Coach(places, read_date=now)
    assert coach.diary is not None
    for number in (1, 2, 3):
        day = NOW.date() - timedelta(days=number)
        told = datetime.combine(day + timedelta(days=1), time(7)).astimezone()
        coach.diary.save_night(Night(day, 1, told), told)
    coach.close()
    _, room = opened()
    said = words(room)
    assert "3 of 3 nights logged" in said
    assert "pattern" not in said
    assert "Nothing that you note" in said


def test_weeks_come_first_and_then_what_they_can_say(
    write: Write, opened: Open, places: Places
) -> None:
    write(30)
    _, room = opened()
    assert room.page.weeks.isVisible()
    assert room.page.details.isVisible()
    said = words(room)
    assert "26 weeks, 181 of 181 nights logged" in said
    assert room.page.details.question.sentences[0].startswith(("No clear difference", "A possible"))
    room.show_span(4)
    assert "4 weeks" in words(room)
    room.show_span(None)
    assert "210 of 210 nights" in words(room)


def test_the_journal_is_read_again_only_when_it_has_changed(
    write: Write, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(5)
    window, room = opened()
    before = room._record
    window.frame.room_requested.emit("today")
    show_charts(window)
    assert room._record is before
    assert window.coach.diary is not None
    window.coach.diary.save_night(Night(NOW.date(), 2, NOW), NOW)
    show_charts(window)
    assert room._record is not before


def test_a_night_of_the_year_opens_its_day(write: Write, opened: Open) -> None:
    write(5)
    window, room = opened()
    day = NOW.date() - timedelta(days=9)
    room.page.details.year.opened.emit(day)
    QApplication.processEvents()
    assert window.rooms.shown == "journal"
    assert any("13 November" in one.text() for one in window.findChildren(QLabel))


def test_the_table_has_the_numbers_of_the_chart(write: Write, opened: Open) -> None:
    write(6)
    _, room = opened()
    card = room.page.weeks
    model = card.table.model()
    assert model.rowCount() == len(card.shown)
    last = card.shown[-2]
    shown = [model.index(1, cell).data() for cell in range(model.columnCount())]
    assert shown[2:4] == [str(last.logged), str(last.cramp_nights)]


def test_the_chart_is_saved_as_picture_drawing_and_numbers(
    write: Write, opened: Open, tmp_path: Path
) -> None:
    write(30)
    _, room = opened()
    for kind in ("png", "svg", "csv"):
        room.save(tmp_path / f"weeks.{kind}")
    picture = QImage(str(tmp_path / "weeks.png"))
    assert picture.width() == 2 * room.page.weeks.width()
    drawing = ET.parse(tmp_path / "weeks.svg").getroot()  # our own file
    tags = [element.tag.rpartition("}")[2] for element in drawing.iter()]
    assert "title" in tags
    assert tags.count("path") + tags.count("rect") + tags.count("polyline") > 26
    text = (tmp_path / "weeks.csv").read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == 26


def test_what_cannot_be_written_is_told(write: Write, opened: Open, tmp_path: Path) -> None:
    write(5)
    window, room = opened()
    (tmp_path / "file").write_text("x")
    room.save(tmp_path / "file" / "weeks.png")
    assert "could not be written" in words(window)
    room.save(tmp_path / "weeks.txt")
    assert "has to end with" in words(window)
    assert not (tmp_path / "weeks.txt").exists()


def test_a_damaged_journal_is_one_sentence(places: Places, opened: Open) -> None:
    (places.data / FILE_NAME).write_bytes(b"no journal at all, but long enough to be one" * 40)
    _, room = opened()
    assert not room.page.weeks.isVisible()
    assert any(one.property("role") == "alert" and one.text() for one in room.findChildren(QLabel))


@pytest.mark.parametrize("name", ["dark", "night"])
def test_every_part_wears_the_theme(write: Write, opened: Open, places: Places, name: str) -> None:
    write(30)
    _, room = opened()
    other = load_theme(places.assets / "themes", name)
    QApplication.instance().setStyleSheet(style_sheet(other, room.font()))  # type: ignore[union-attr]
    room.set_theme(other)
    image = image_of(room.page.weeks.plot)
    light = load_theme(places.assets / "themes", "light").qcolor("card")
    white = sum(
        is_near(image.pixelColor(x, y), light, 4)
        for x in range(0, image.width(), 5)
        for y in range(0, image.height(), 5)
    )
    assert white == 0
