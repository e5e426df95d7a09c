"""The whole program with its window, without a screen: starts, ends, crashes, second starts."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from _program import ROOT, Program, sessions, stranger

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from uncramp.coach.coach import Coach
from uncramp.coach.places import find_places
from uncramp.coach.plan.planning import Rhythm, with_routine
from uncramp.coach.plan.reminders import Memory, save_memory
from uncramp.model.crampday import last_night
from uncramp.model.diary import Night
from uncramp.model.plan import Plan, Tie
from uncramp.model.record import Outcome
from uncramp.session.machine import Phase
from uncramp.ui.window import MainWindow

Start = Callable[..., Program]
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
WORK_BEGUN_MS = 10_000
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals as on Unix")

MODULES = """
import sys
from PySide6 import QtCore
from PySide6.QtCore import QEvent, QTimer
from uncramp.ui import main, window
class Told(window.MainWindow):
    told = False
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.filled.connect(self.report)
    def event(self, event):
        answer = super().event(event)
        if event.type() is QEvent.Type.Paint and not self.told:
            self.told = True
            print("painted", *sorted(sys.modules))
        return answer
    def report(self):
        self.repaint()
        print("filled", *sorted(sys.modules))
        print("enumerations", "Qt" in vars(QtCore))  # it comes there when it is first named
        QTimer.singleShot(0, self.close)
main.MainWindow = Told
from uncramp.__main__ import main as run
sys.exit(run(["--data", sys.argv[1]]))
"""


@posix
def test_it_starts_fills_and_ends_when_asked_to(start: Start, data: Path, home: Path) -> None:
    program = start("--data", data, **OFFSCREEN)
    program.wait_for_window(data)
    assert program.terminate() == 0
    assert program.err == ""
    assert not (data / "window.open").exists()
    # Everything lies in the folder that was named, readable by its owner only.
    assert list(home.iterdir()) == []
    assert data.stat().st_mode & 0o077 == 0
    assert (data / "journal.sqlite").stat().st_mode & 0o077 == 0


@posix
def test_without_words_it_uses_the_folders_of_the_system(start: Start, home: Path) -> None:
    program = start(**OFFSCREEN)
    place = home / (
        "Library/Application Support/Uncramp"
        if sys.platform == "darwin"
        else ".local/share/Uncramp"
    )
    program.wait_for_window(place)
    assert program.terminate() == 0
    assert (place / "journal.sqlite").exists()


@posix
def test_a_session_cut_by_a_kill_is_offered_where_it_was(
    start: Start, quiet: Path, qtbot: QtBot
) -> None:
    program = start("--data", quiet, "start", "prerun_quick", **OFFSCREEN)
    program.wait_until(lambda: elapsed_ms(quiet) >= WORK_BEGUN_MS)
    program.kill()

    again = MainWindow(find_places(quiet))
    qtbot.addWidget(again)
    with qtbot.waitSignal(again.filled, timeout=10_000):
        again.show()

    def go_on() -> list[QPushButton]:
        return [
            b for b in again.findChildren(QPushButton) if b.text() == "Continue" and b.isVisible()
        ]

    qtbot.waitUntil(lambda: len(go_on()) == 1, timeout=5_000)
    told = " ".join(found.text() for found in again.findChildren(QLabel) if found.isVisible())
    assert "Quick 5 was interrupted" in told
    QTest.mouseClick(go_on()[0], Qt.MouseButton.LeftButton)
    view = again.parts.stage.view
    assert view is not None
    state = view.session.state
    assert state.phase in {Phase.RUNNING, Phase.PAUSED}
    # The jog had begun; it is taken up there and not at the beginning.
    assert state.timeline.segments[0].end_ms == WORK_BEGUN_MS
    assert "Easy jog" in {label.text() for label in view.findChildren(QLabel)}
    (record,) = sessions(quiet)
    assert record.outcome is Outcome.RUNNING
    again.close()


def elapsed_ms(data: Path) -> int:
    """Return how far the running session has come, as the journal has it."""
    found = sessions(data)
    return int(json.loads(found[0].progress)["elapsed_ms"]) if found else -1


@posix
def test_what_a_killed_program_leaves_does_not_stop_the_next(start: Start, data: Path) -> None:
    killed = start("--data", data, **OFFSCREEN)
    killed.wait_for_window(data)
    killed.kill()
    mark = data / "window.open"
    assert mark.exists()

    following = start("--data", data, **OFFSCREEN)
    following.wait_until(following._catches_signals)
    # It took over the stale socket: a third start finds it.
    third = start("--data", data, **OFFSCREEN)
    assert third.ended() == 0
    assert following.terminate() == 0
    assert not mark.exists()


@posix
def test_after_a_segmentation_fault_the_next_start_mentions_it_once(
    start: Start, quiet: Path
) -> None:
    crashed = start("--data", quiet, **OFFSCREEN)
    crashed.wait_for_window(quiet)
    crashed.process.send_signal(signal.SIGSEGV)
    assert crashed.ended() == -signal.SIGSEGV
    noted, mentioned = quiet / "cache" / "crash.log", quiet / "cache" / "crash-shown.log"
    following = start("--data", quiet, **OFFSCREEN)
    following.wait_until(mentioned.exists)
    assert "Segmentation fault" in mentioned.read_text()
    assert following.terminate() == 0
    killed = start("--data", quiet, **OFFSCREEN)
    killed.wait_for_window(quiet)
    killed.kill()
    last = start("--data", quiet, **OFFSCREEN)
    last.wait_until(last._catches_signals)
    assert not noted.exists()
    assert last.terminate() == 0


@posix
def test_a_second_start_ends_at_once_and_the_first_does_what_it_wanted(
    start: Start, quiet: Path
) -> None:
    first = start("--data", quiet, **OFFSCREEN)
    first.wait_for_window(quiet)
    second = start("--data", quiet, **OFFSCREEN)
    assert second.ended() == 0
    assert first.process.poll() is None
    third = start("--data", quiet, "start", "bedtime_trial", **OFFSCREEN)
    assert third.ended() == 0
    first.wait_until(lambda: len(sessions(quiet)) == 1)
    (record,) = sessions(quiet)
    assert (record.routine, record.outcome) == ("bedtime_trial", Outcome.RUNNING)
    assert first.terminate() == 0


@posix
def test_two_data_folders_are_two_programs(start: Start, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    first = start("--data", one, **OFFSCREEN)
    first.wait_for_window(one)
    second = start("--data", other, **OFFSCREEN)
    second.wait_for_window(other)
    assert first.process.poll() is None
    assert (first.terminate(), second.terminate()) == (0, 0)


def told_by_a_start(home: Path, data: Path) -> dict[str, list[str]]:
    """Return what a second start tells of itself: the first fills the caches."""
    told: dict[str, list[str]] = {}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", MODULES, str(data)],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
            env=stranger(home, **OFFSCREEN),
            cwd=ROOT,
        )
        told = {words[0]: words[1:] for words in map(str.split, done.stdout.splitlines())}
    return told


def test_the_day_is_shown_without_the_enumerations_of_qt(home: Path, data: Path) -> None:
    coach = Coach(find_places(data))
    now = coach.read_date()
    last = last_night(now)
    assert coach.diary is not None
    for back, cramps in enumerate((0, 2, 0, 1)):
        # The two that are told first are memories; the others of the week stay open.
        recalled = back < 2
        coach.diary.save_night(Night(last - timedelta(days=back), cramps, now, recalled), now)
    plan = Plan()
    for routine, tie in (("bedtime_trial", Tie.BEDTIME), ("desk_break", Tie.ANY_TIME)):
        plan = with_routine(plan, routine, Rhythm(tie, remind="22:00"), last - timedelta(days=9))
    coach.diary.save_plan(plan, now)
    coach.close()
    save_memory(data, Memory(welcomed=True, has_plan=True), last)
    told = told_by_a_start(home, data)
    assert "uncramp.ui.today.page" in told["filled"]
    assert told["enumerations"] == ["False"]


def test_nothing_is_imported_before_it_is_needed(home: Path, data: Path) -> None:
    told = told_by_a_start(home, data)
    imported = {moment: set(told[moment]) for moment in ("painted", "filled")}
    heavy = {"pyqtgraph", "numpy", "scipy", "pydantic", "tomlkit", "miniaudio"}
    assert imported["filled"] & heavy == set()
    early = {
        name
        for name in imported["painted"]
        if name.startswith("uncramp.sound") or name == "uncramp.session.machine"
    }
    assert early == set()
    assert {"socket", "sqlite3"} & imported["painted"] == set()
    # An empty frame in its colours: neither parts nor rooms, nor the table of them.
    first = {name for name in imported["painted"] if name.startswith("uncramp.ui.")}
    frame = ("main", "window", "geometry", "notices", "page_stack", "theme")
    assert first == {f"uncramp.ui.{name}" for name in frame}
    assert "uncramp.ui.today.first_start_page" in imported["filled"]
