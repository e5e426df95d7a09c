"""Reminders on a notification service of their own, and a start without a window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from _bus import helper
from _program import Program, plan_for_now, stranger

pytest.importorskip("PySide6")

from uncramp.coach.opening import FILE_NAME

Start = Callable[..., Program]


def test_a_reminder_comes_on_the_desktop_and_opens_the_window(
    start: Start, quiet: Path, home: Path, bus: str
) -> None:
    plan_for_now(quiet)
    environment = stranger(home, DBUS_SESSION_BUS_ADDRESS=bus)
    with helper("_portal.py", environment, "open") as service:
        program = start(
            "--data", quiet, "--hidden", QT_QPA_PLATFORM="offscreen", DBUS_SESSION_BUS_ADDRESS=bus
        )
        shown = service.event()
        assert shown["title"] == "Time for Quick 5."
        # What was pressed has reached the window, which takes the message away.
        assert service.event() == {"removed": shown["id"]}
        assert program.terminate() == 0
        assert "Traceback" not in program.err


def test_without_a_portal_nothing_stops(start: Start, quiet: Path, home: Path, bus: str) -> None:
    plan_for_now(quiet)
    program = start(
        "--data", quiet, "--hidden", QT_QPA_PLATFORM="offscreen", DBUS_SESSION_BUS_ADDRESS=bus
    )
    program.wait_until(lambda: '"told": [\n' in (quiet / FILE_NAME).read_text())
    assert program.terminate() == 0
    assert "Traceback" not in program.err
