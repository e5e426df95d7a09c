"""Paint the window in all its states, for the README and to be looked at.

    .venv/bin/python packaging/make_screenshots.py FOLDER [--theme light] [--size 1200x760]

A manual clock moves the session, so that each picture shows exactly the moment that it names.
"""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QLineEdit

from uncramp.coach.coach import Coach
from uncramp.coach.places import find_places
from uncramp.coach.plan.planning import Rhythm, with_routine
from uncramp.coach.plan.reminders import Memory, save_memory
from uncramp.coach.session.sessions import Pacing
from uncramp.model.body import Side
from uncramp.model.clocks import Clocks
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, Night
from uncramp.model.plan import Plan, Tie
from uncramp.model.record import Outcome, PartRecord, SessionRecord
from uncramp.sound.output import SoundState, SoundStatus
from uncramp.ui.browse.exercises_page import ExercisesPage
from uncramp.ui.session.view import SessionView
from uncramp.ui.theme import base_font
from uncramp.ui.window import MainWindow

MOMENTS_S = {
    "get_ready": 6.0,
    "work": 40.0,
    "set_up": 71.5,
    "left": 86.0,
    "switch": 98.5,
    "right": 112.0,
    "count": 119.2,
    "lunge": 246.0,
    "calf": 285.0,
}


class ManualClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now_ns = 1_000_000_000

    def read(self) -> Clocks:
        """Return the time it shows."""
        return Clocks(self.now_ns, self.now_ns)


class NoSpeaker:
    """A speaker whose device is gone."""

    def status(self) -> SoundStatus:
        """Tell that nothing is heard."""
        return SoundStatus(SoundState.SILENT, "", "No sound: no sound device was found.")


def main() -> int:
    """Paint all states into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--theme", default="light")
    parser.add_argument("--size", default="1200x760")
    parser.add_argument("--text", type=float, default=1.0, help="size of all text")
    asked = parser.parse_args()
    width, height = (int(part) for part in asked.size.split("x"))
    asked.folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    application.setStyle("Fusion")
    font = base_font(application.font())
    font.setPointSizeF(font.pointSizeF() * asked.text)
    application.setFont(font)
    with tempfile.TemporaryDirectory() as data:
        places = find_places(Path(data))
        coach = Coach(places)
        coach.change_setting("theme", asked.theme)
        coach.change_setting("muted", True)
        save_memory(places.data, Memory(welcomed=True), date(2026, 1, 1))
        window = MainWindow(places)
        window.resize(width, height)
        window.show()
        while not window.is_filled:
            application.processEvents()
        _settle(application)

        def keep(name: str) -> None:
            _settle(application)
            window.grab().save(str(asked.folder / f"{asked.theme}-{name}.png"))

        _pages(window, window.coach, keep)
        _session(window, window.coach, keep)
        window.close()
    return 0


def _pages(window: MainWindow, coach: Coach, keep: Callable[[str], None]) -> None:
    keep("routines")
    _browse(window, keep)
    window.rooms.show("journal")
    keep("journal_empty")
    journal = coach.journal
    assert journal is not None
    for number in range(9):
        at = datetime(2026, 11, 21, 7, 30, tzinfo=UTC) - timedelta(days=number, minutes=number * 7)
        done = 20_000 if number % 4 else 9_000
        parts = tuple(PartRecord("x", side, 20_000, done) for side in (Side.LEFT, Side.RIGHT))
        outcome = Outcome.FINISHED if number % 4 else Outcome.ENDED_EARLY
        journal.save_session(
            SessionRecord(str(number), "prerun_quick", "Quick 5", at, at, outcome, parts), at
        )
    window.rooms.show("journal")
    keep("journal")
    _months(coach)
    for room in ("charts", "planner", "guide", "settings"):
        window.rooms.show(room)
        keep(room)
    window.parts.stage.show_safety("")
    keep("safety")
    window.frame.back_to_rooms()
    window.rooms.show("routines")


def _months(coach: Coach) -> None:
    """Write half a year of an invented runner: nights, cramps and bedtime stretches."""
    diary, journal = coach.diary, coach.journal
    assert diary is not None
    assert journal is not None
    chance = random.Random(12)
    now = coach.read_date()
    first = now.date() - timedelta(days=7 * 26)
    diary.save_plan(with_routine(Plan(), "bedtime_trial", Rhythm(Tie.BEDTIME), first), now)
    for number in range(7 * 26):
        day = first + timedelta(days=number)
        evening = datetime(day.year, day.month, day.day, 22, tzinfo=UTC)
        stretched = chance.random() < 0.35 + 0.5 * number / (7 * 26)
        if stretched:
            parts = tuple(PartRecord("x", side, 60_000, 60_000) for side in (Side.LEFT, Side.RIGHT))
            name = f"b{number}"
            record = SessionRecord(
                name, "bedtime_trial", "Bedtime", evening, evening, Outcome.FINISHED, parts
            )
            journal.save_session(record, evening)
        if chance.random() < 0.1:
            continue
        told = evening + timedelta(hours=9)
        bad = chance.random() < (0.22 if stretched else 0.38)
        diary.save_night(Night(day, int(bad), told), told)
        if bad:
            at = evening + timedelta(hours=chance.choice((3, 4, 5, 5, 6)), minutes=number % 60)
            side = chance.choice((Side.LEFT, Side.LEFT, Side.RIGHT))
            muscle = chance.choice((CrampMuscle.CALF, CrampMuscle.CALF, CrampMuscle.FOOT))
            seconds, pain = chance.choice((30, 60, 90, 240)), chance.randrange(3, 9)
            cramp = Cramp(f"c{number}", at, CrampContext.NIGHT, muscle, side, seconds, pain)
            diary.save_cramp(cramp, at)


def _browse(window: MainWindow, keep: Callable[[str], None]) -> None:
    """Look for routines, and at exercises."""
    routines = window.parts.browsing.routines
    search = routines.findChild(QLineEdit)
    assert search is not None
    for words in ("calf", "zzz", ""):
        search.setText(words)
        keep(f"search_{words or 'over'}")
    window.parts.browsing.mark("night_calf")
    routines.choose("race_day")
    keep("race_day")
    routines.choose("night_calf")
    keep("relief")
    window.rooms.show("exercises")
    exercises = window.parts.browsing.exercises_page()
    assert isinstance(exercises, ExercisesPage)
    while exercises.waits_for_pictures:
        QApplication.processEvents()
    keep("exercises")
    for name in ("wall_calf_pump", "step_drop", "night_walk"):
        exercises.open(name)
        keep(f"exercise_{name}")


def _session(window: MainWindow, coach: Coach, keep: Callable[[str], None]) -> None:
    clock = ManualClock()
    routine = coach.library.routines["prerun_quick"]
    window.parts.stage.begin(routine, Pacing(clock.read))
    view = window.parts.stage.view
    assert view is not None
    begun_ns = clock.now_ns

    def go(second: float) -> None:
        while clock.now_ns < begun_ns + second * 1e9:
            clock.now_ns = min(clock.now_ns + 250_000_000, begun_ns + round(second * 1e9))
            view.driver.tick()
        _hold_figure(view)

    for name, second in MOMENTS_S.items():
        go(second)
        keep(f"session_{name}")
    view.driver.toggle_pause()
    keep("session_paused")
    view.driver.toggle_pause()
    clock.now_ns += 2_000_000_000
    view.driver.tick()
    keep("session_resume")
    clock.now_ns += 3_000_000_000
    begun_ns += 5_000_000_000
    view._sound = NoSpeaker()  # type: ignore[assignment]  # only its status is asked for
    view._sound.speaker = view._sound  # type: ignore[union-attr]
    view._look_at_sound()
    go(290.0)
    keep("session_no_sound")
    view._sound = None
    go(320.0)
    keep("finished")


def _hold_figure(view: SessionView) -> None:
    """The figure's own clock is the real one: show it where the session stands."""
    view._figure.pause()


def _settle(application: QApplication) -> None:
    for _ in range(20):
        application.processEvents()


if __name__ == "__main__":
    sys.exit(main())
