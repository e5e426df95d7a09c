"""One plan, one count: every place that tells how the plan was kept to tells the same."""

import csv
import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from uncramp.analysis.review import outline
from uncramp.cli.main import run
from uncramp.cli.parser import parse
from uncramp.coach.coach import Coach
from uncramp.coach.insight.reading import read_record, read_review
from uncramp.coach.places import Places
from uncramp.coach.plan.reminders import Memory, save_memory
from uncramp.coach.plan.today import read_today
from uncramp.coach.report.html import html
from uncramp.coach.report.reading import read_report
from uncramp.journal.archive import Archive
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.diary import Night, Run
from uncramp.model.plan import Pause, Plan, PlanItem, Skip, Tie
from uncramp.model.record import Outcome, PartRecord, SessionRecord
from uncramp.ui.charts.page import ChartsPage
from uncramp.ui.charts.room import ChartsRoom
from uncramp.ui.charts.saving import save_chart
from uncramp.ui.theme import load_theme
from uncramp.ui.today.nights import ShareBar
from uncramp.ui.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

CET = timezone(timedelta(hours=1))
BED, QUICK = "bedtime_trial", "prerun_quick"
MON, TUE, WED, THU, FRI, SAT, SUN = (date(2026, 11, 16 + number) for number in range(7))
START = MON - timedelta(days=7)
EVERY_DAY = frozenset(range(7))


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=CET)


def session(routine: str, day: date, share: float | None = 1.0) -> SessionRecord:
    """Return a session; without a share one that was written down as done, without its parts."""
    started = at(day, 22 if routine == BED else 7)
    parts: tuple[PartRecord, ...] = ()
    if share is not None:
        parts = (PartRecord("step", Side.NONE, 240_000, round(240_000 * share)),)
    return SessionRecord(
        f"{routine} {day} {share}", routine, routine, started, started, Outcome.FINISHED, parts
    )


def days_before(first: date, *numbers: int) -> tuple[date, ...]:
    return tuple(first + timedelta(days=number) for number in numbers)


LAST_WEEK = (
    *(session(BED, day) for day in days_before(START, 0, 1, 2, 3, 4)),
    *(session(QUICK, day) for day in days_before(START, 1, 3)),
)
"""Bedtime 5 of 7, the warm-up 2 of 3."""
BEDTIME = PlanItem("bed", BED, Tie.BEDTIME, EVERY_DAY, 0, START)
WARM_UP = PlanItem("quick", QUICK, Tie.BEFORE_RUN, frozenset(), 3, START)
PLAN = Plan((BEDTIME, WARM_UP))


class Count(NamedTuple):
    """Sessions: planned, and of these done, partly done and still to come."""

    planned: int
    done: int
    partly: int = 0
    to_come: int = 0


class Life(NamedTuple):
    """A diary, when it is looked at, and what is counted of it by hand.

    Attributes:
        now: with the offset.
        sessions: of this week.
        bedtime: of this week.
        warm_up: of this week.
        plan: all that was planned.
        sessions_before: of last week.
        last_week: of both routines.
    """

    now: datetime
    sessions: tuple[SessionRecord, ...]
    bedtime: Count
    warm_up: Count
    plan: Plan = PLAN
    sessions_before: tuple[SessionRecord, ...] = LAST_WEEK
    last_week: Count = Count(10, 7)

    @property
    def this_week(self) -> Count:
        return Count(*map(sum, zip(self.bedtime, self.warm_up, strict=True)))

    @property
    def whole(self) -> Count:
        return Count(*map(sum, zip(self.this_week, self.last_week, strict=True)))


LIVES = {
    # Nothing of the week is over.
    "monday morning": Life(at(MON, 8), (), Count(7, 0, 0, 7), Count(3, 0, 0, 3)),
    # Bedtime: Monday done, half on Tuesday. The warm-up: once, and five days left for two.
    "mid-week": Life(
        at(WED, 12),
        (session(BED, MON), session(BED, TUE, 0.5), session(QUICK, TUE)),
        Count(7, 1, 1, 5),
        Count(3, 1, 0, 2),
    ),
    # Tonight is to come; one day is left for one warm-up, and one of three was missed.
    "sunday night": Life(
        at(SUN, 21),
        (*(session(BED, day) for day in (MON, TUE, WED, THU, FRI, SAT)), session(QUICK, WED)),
        Count(7, 6, 0, 1),
        Count(3, 1, 0, 1),
    ),
    # Tuesday to Friday count neither way: three evenings, and 3 x 3/7 warm-ups, that is one.
    "pause": Life(
        at(WED, 12),
        (session(BED, MON),),
        Count(3, 1, 0, 2),
        Count(1, 0, 0, 1),
        PLAN._replace(pauses=(Pause("p", TUE, SAT, "flu"),)),
    ),
    "planned skip": Life(
        at(WED, 12),
        (session(BED, MON),),
        Count(6, 1, 0, 5),
        Count(3, 0, 0, 3),
        PLAN._replace(skips=frozenset({Skip("bed", TUE)})),
    ),
    # Every evening until Wednesday, of which two were done; then Friday and Sunday.
    "plan change": Life(
        at(THU, 12),
        (session(BED, MON), session(BED, TUE)),
        Count(5, 2, 0, 2),
        Count(3, 0, 0, 3),
        Plan(
            (
                PlanItem("bed", BED, Tie.BEDTIME, EVERY_DAY, 0, START, THU),
                PlanItem("new", BED, Tie.BEDTIME, frozenset({4, 6}), 0, THU),
                WARM_UP,
            )
        ),
    ),
    # 16 s of 240 were skipped: 93 % of the work.
    "a skip of 16 s": Life(
        at(WED, 12),
        (session(BED, MON), session(QUICK, MON, 224 / 240)),
        Count(7, 1, 0, 5),
        Count(3, 1, 0, 2),
    ),
    # 6 evenings and 3 warm-ups of last week, and 1 of this, from a spreadsheet without parts.
    "imported history": Life(
        at(TUE, 12),
        (session(BED, MON, None),),
        Count(7, 1, 0, 6),
        Count(3, 0, 0, 3),
        sessions_before=(
            *(session(BED, day, None) for day in days_before(START, 0, 1, 2, 3, 4, 5)),
            *(session(QUICK, day, None) for day in days_before(START, 0, 2, 4)),
        ),
        last_week=Count(10, 9),
    ),
    # The same stretch in the morning and at bedtime, of which only the evenings were done.
    "planned twice": Life(
        at(WED, 12),
        (session(BED, MON), session(BED, TUE)),
        Count(14, 2, 0, 10),
        Count(3, 0, 0, 3),
        Plan((BEDTIME, PlanItem("early", BED, Tie.MORNING, EVERY_DAY, 0, MON), WARM_UP)),
    ),
}


@pytest.fixture(params=LIVES)
def life(request: pytest.FixtureRequest, places: Places) -> Life:
    """A diary that is in the journal."""
    lived = LIVES[request.param]
    coach = Coach(places, lambda: lived.now)
    coach.change_setting("muted", True)
    assert coach.journal is not None
    everything = Contents((*lived.sessions_before, *lived.sessions), plan=lived.plan)
    Archive(coach.journal).add(everything, lived.now)
    coach.close()
    save_memory(places.data, Memory(welcomed=True, has_plan=True), lived.now.date())
    return lived


def read(words: str) -> Count:
    """Return the counts of words like "70 % (7 of 10)" or "1 of 7, 1 partly, 5 to come"."""
    done, planned = re.findall(r"(\d+) of (\d+)", words)[0]
    rest = [re.findall(rf"(\d+) {name}", words) for name in ("partly", "to come")]
    return Count(int(planned), int(done), *(int(n[0]) if n else 0 for n in rest))


def percent_of(count: Count) -> str:
    """Return the percentage of what is over; none of a week that is not."""
    return "" if count.to_come else f"{round(100 * count.done / count.planned)} %"


# -- in the window


@pytest.fixture
def window(life: Life, places: Places, qtbot: QtBot) -> MainWindow:
    shown = MainWindow(places)
    shown.coach.read_date = clock(life.now)
    with qtbot.waitSignal(shown.filled, timeout=10_000):
        shown.show()
    qtbot.addWidget(shown)
    return shown


def clock(now: datetime) -> Callable[[], datetime]:
    return lambda: now


def page(window: MainWindow, name: str) -> QWidget:
    window.rooms.show(name)
    for _ in range(4):
        QApplication.processEvents()
    current = window.rooms.current
    assert current is not None
    return current


def bars(widget: QWidget) -> list[str]:
    return [bar.accessibleName() for bar in widget.findChildren(ShareBar)]


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def test_the_window_tells_the_same_counts(life: Life, window: MainWindow, tmp_path: Path) -> None:
    today = page(window, "today")
    (bar,) = bars(today)
    assert read(bar) == life.this_week
    assert f"{life.this_week.done} of {life.this_week.planned}" in texts(today)
    plan = page(window, "plan")
    this_week, last_week = bars(plan)
    assert (read(this_week), read(last_week)) == (life.this_week, life.last_week)
    assert percent_of(life.last_week) in last_week
    assert "%" not in this_week
    of_items = [read(text) for text in texts(plan) if text.endswith("this week")]
    # What was planned until Wednesday has no row any more; its part of the week is over.
    ended = Count(3, 2) if any(item.end for item in life.plan.items) else Count(0, 0)
    assert sum(count.planned for count in of_items) + ended.planned == life.this_week.planned
    assert sum(count.done for count in of_items) + ended.done == life.this_week.done
    charts = page(window, "charts")
    assert isinstance(charts, ChartsRoom)
    weeks = charts.page.weeks
    model = weeks.table.model()
    cells = [str(model.index(row, 1).data(Qt.ItemDataRole.DisplayRole)) for row in (0, 1)]
    assert [read(cell) for cell in cells] == [life.this_week, life.last_week]
    assert percent_of(life.last_week) in cells[1]
    assert "%" not in cells[0]
    save_chart(weeks, {}, tmp_path / "weeks.csv", title="", description="")
    rows = list(csv.DictReader((tmp_path / "weeks.csv").read_text("utf-8-sig").splitlines()))
    columns = ("planned", "done", "partly", "to_come")
    counts = [Count(*(int(row[name]) for name in columns)) for row in rows]
    assert counts == [life.last_week, life.this_week]
    assert [row["kept_percent"] for row in rows] == [percent_of(life.last_week).strip(" %"), ""]
    window.close()


# -- in the terminal, and on paper


def test_the_terminal_tells_the_same_counts(
    life: Life, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(Coach(places, lambda: life.now), parse(["insights"])) == 0
    lines = capsys.readouterr().out.splitlines()
    weeks = [line for line in lines if re.match(r"\d+ November 2026", line)]
    expected = [life.last_week, life.this_week]
    assert [read(line.rsplit("  ", 3)[0]) for line in weeks] == expected
    assert run(Coach(places, lambda: life.now), parse(["insights", "--json"])) == 0
    data = json.loads(capsys.readouterr().out)
    assert [Count(**week["sessions"]) for week in data["weeks"]] == expected
    routines = data["weeks"][-1]["routines"]
    assert Count(**routines[BED]) == life.bedtime
    assert Count(**routines[QUICK]) == life.warm_up


def test_the_report_tells_the_same_counts(life: Life, places: Places) -> None:
    coach = Coach(places, lambda: life.now)
    page = html(read_report(coach))
    coach.close()
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    (glance,) = re.findall(r"Plan (\d+ of \d+ planned sessions done[^.A-Z]*)", words)
    assert read(glance) == life.whole
    week = r"\d+ to \d+ Nov 2026 ((?:\d+ % \()?\d+ of \d+[a-z0-9 ,]*)"
    rows = re.findall(week, words)
    assert [read(row) for row in rows] == [life.last_week, life.this_week]


def test_past_midnight_the_evening_can_still_be_done_everywhere(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    lived = LIVES["sunday night"]
    late = at(SUN, 21) + timedelta(hours=4)
    coach = Coach(places, lambda: late)
    assert coach.journal is not None
    everything = Contents((*lived.sessions_before, *lived.sessions), plan=lived.plan)
    Archive(coach.journal).add(everything, late)
    kept = read_today(coach, Memory()).kept
    assert Count(kept.planned, kept.done, kept.partly, kept.to_come) == lived.this_week
    assert run(coach, parse(["insights", "--json"])) == 0
    weeks = json.loads(capsys.readouterr().out)["weeks"]
    assert [Count(**week["sessions"]) for week in weeks[:2]] == [lived.last_week, lived.this_week]


def test_nights_are_counted_alike_whatever_runs_were_brought_in(
    places: Places, capsys: pytest.CaptureFixture[str], qtbot: QtBot
) -> None:
    # Nine nights, of which one was not logged, and three runs of years ago.
    first = MON - timedelta(days=9)
    days = [first + timedelta(days=number) for number in range(9) if number != 4]
    nights = tuple(Night(day, 0, at(day + timedelta(days=1), 8)) for day in days)
    runs = tuple(Run(f"{year}", at(date(year, 5, 1), 8), 3000) for year in (2022, 2023, 2024))
    coach = Coach(places, lambda: at(MON, 12))
    assert coach.journal is not None
    Archive(coach.journal).add(Contents(nights=nights, runs=runs), at(MON, 12))
    assert "<strong>8 of 9</strong>" in html(read_report(coach))
    seen = outline(read_record(coach), MON)
    card = ChartsPage(load_theme(places.assets / "themes", "light"))
    qtbot.addWidget(card)
    card.fill(seen, None, {})
    assert "8 of 9 nights logged" in texts(card)
    assert len(read_review(coach).nights) == 9
    assert run(coach, parse(["insights", "--json"])) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["begun"] == first.isoformat()
    assert [(week["logged"], week["days"]) for week in data["weeks"]] == [(2, 2), (6, 7), (0, 0)]
