"""A cramp at night on a real X server: started from the command line, answered with one key."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from _program import Program
from x_screen import Screen

pytest.importorskip("PySide6")

from uncramp.journal.diary import Diary
from uncramp.journal.store import FILE_NAME, Journal
from uncramp.model.body import Side
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle

Start = Callable[..., Program]
LIGHT = 0xA0
GLOW = 0xD9762E
"""The chosen muscle, as the night theme has it."""
AT_THREE = f"TST{(datetime.now(UTC).hour - 3 + 12) % 24 - 12:+d}"
"""A time zone in which it is between three and four in the morning now."""


def share_light(screen: Screen) -> float:
    green = (screen.picture() >> np.uint32(8)) & np.uint32(0xFF)
    return float(np.mean(green > LIGHT))


def cramps(data: Path) -> tuple[Cramp, ...]:
    if not (data / FILE_NAME).exists():
        return ()
    now = datetime.now(UTC)
    with Journal(data) as journal:
        return Diary(journal).cramps(now - timedelta(days=2), now + timedelta(days=2))


def test_one_key_relieves_in_the_dark_and_a_kill_loses_nothing(
    start: Start, quiet: Path, screen: Screen
) -> None:
    program = start(
        "--data", quiet, "cramp", "foot", "--side", "right", DISPLAY=screen.name, TZ=AT_THREE
    )
    brightest = 0.0
    until = time.monotonic() + 20
    while not (quiet / "window.open").exists() and time.monotonic() < until:
        brightest = max(brightest, share_light(screen))
    program.wait_for_window(quiet)
    program.wait_until(lambda: int(np.sum(screen.picture() == GLOW)) > 300)
    assert max(brightest, share_light(screen)) < 0.03  # no white flash, only words

    screen.press("Return")
    program.wait_until(lambda: bool(cramps(quiet)))
    program.process.kill()
    program.process.wait(10)
    (cramp,) = cramps(quiet)
    assert (cramp.muscle, cramp.side) == (CrampMuscle.FOOT, Side.RIGHT)
    assert cramp.context is CrampContext.NIGHT
    with Journal(quiet) as journal:
        nights = Diary(journal).nights(cramp.day, cramp.day)
        assert [one.cramps for one in nights] == [1]
        assert [one.routine for one in journal.sessions()] == ["night_foot"]
