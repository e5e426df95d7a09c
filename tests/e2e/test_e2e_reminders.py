"""Reminders on a notification service of their own, and a start without a window."""

import json
import select
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from _program import ROOT, Program, stranger

pytest.importorskip("PySide6")

from uncramp.coach.coach import Coach
from uncramp.coach.opening import FILE_NAME
from uncramp.coach.places import find_places
from uncramp.coach.plan.planning import Rhythm, with_routine
from uncramp.model.plan import Plan, Tie

Start = Callable[..., Program]
PORTAL = Path(__file__).with_name("_portal.py")
pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs dbus-daemon")


@pytest.fixture
def bus(home: Path) -> Iterator[str]:
    """The address of a session bus that nobody else knows."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=stranger(home),
    )
    yield line(daemon)
    daemon.terminate()
    daemon.communicate(timeout=10)


def portal(bus: str, home: Path, action: str) -> "subprocess.Popen[str]":
    made = subprocess.Popen(
        [sys.executable, str(PORTAL), action],
        stdout=subprocess.PIPE,
        bufsize=1,
        text=True,
        env=stranger(home, DBUS_SESSION_BUS_ADDRESS=bus),
        cwd=ROOT,
    )
    assert line(made) == "ready"
    return made


def line(program: "subprocess.Popen[str]") -> str:
    """The next line that a program prints, which must come soon."""
    assert program.stdout is not None
    readable, _, _ = select.select([program.stdout], [], [], 20.0)
    assert readable, "nothing was printed"
    return program.stdout.readline().strip()


def plan_for_now(data: Path) -> None:
    """Plan the quick warm-up for a minute ago, whatever the time is."""
    coach = Coach(find_places(data))
    now = coach.read_date()
    at = now - timedelta(minutes=1)
    rhythm = Rhythm(Tie.BEFORE_RUN, remind=f"{at:%H:%M}")
    assert coach.diary is not None
    coach.diary.save_plan(with_routine(Plan(), "prerun_quick", rhythm, at.date()), now)
    coach.close()


def test_a_reminder_comes_on_the_desktop_and_opens_the_window(
    start: Start, quiet: Path, home: Path, bus: str
) -> None:
    plan_for_now(quiet)
    service = portal(bus, home, "open")
    try:
        program = start(
            "--data", quiet, "--hidden", QT_QPA_PLATFORM="offscreen", DBUS_SESSION_BUS_ADDRESS=bus
        )
        shown = json.loads(line(service))
        assert shown["title"] == "Time for Quick 5."
        # What was pressed has reached the window, which takes the message away.
        assert json.loads(line(service)) == {"removed": shown["id"]}
        assert program.terminate() == 0
        assert "Traceback" not in program.err
    finally:
        service.terminate()
        service.communicate(timeout=10)


def test_without_a_portal_nothing_stops(start: Start, quiet: Path, home: Path, bus: str) -> None:
    plan_for_now(quiet)
    program = start(
        "--data", quiet, "--hidden", QT_QPA_PLATFORM="offscreen", DBUS_SESSION_BUS_ADDRESS=bus
    )
    program.wait_until(lambda: '"told": [\n' in (quiet / FILE_NAME).read_text())
    assert program.terminate() == 0
    assert "Traceback" not in program.err
