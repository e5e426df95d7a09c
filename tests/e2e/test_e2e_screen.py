"""The window on a real X server: mapped, driven by real keys, the screen kept awake."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from _program import Program, sessions
from x_screen import SIZE, Screen

pytest.importorskip("PySide6")

from uncramp.model.record import Outcome

Start = Callable[..., Program]
BLACK = 0
BLANK_AFTER_S = 1


def share_drawn(screen: Screen) -> float:
    """Return how much of the screen is not the empty root window."""
    return float(np.mean(screen.picture() != BLACK))


def colours(screen: Screen) -> int:
    return int(np.unique(screen.picture()).size)


def test_the_window_is_mapped_and_painted(start: Start, quiet: Path, screen: Screen) -> None:
    assert screen.picture().shape == (SIZE[1], SIZE[0])
    assert share_drawn(screen) == 0
    program = start("--data", quiet, DISPLAY=screen.name)
    program.wait_for_window(quiet)
    # 1200 by 760 of 1280 by 800, with text, buttons and a drawn runner in it.
    program.wait_until(lambda: share_drawn(screen) > 0.85 and colours(screen) > 200)
    assert program.terminate() == 0
    assert program.err == ""
    # What remains is the pointer.
    assert share_drawn(screen) < 0.001


def test_a_session_by_real_keys_on_a_screen_that_stays_awake(
    start: Start, quiet: Path, screen: Screen
) -> None:
    program = start("--data", quiet, DISPLAY=screen.name)
    program.wait_for_window(quiet)
    program.wait_until(lambda: share_drawn(screen) > 0.85)
    screen.blank_after(BLANK_AFTER_S)
    program.wait_until(screen.is_blank)

    # Two keys from the start of the program to the first cue: this is the second.
    screen.press("Return")
    program.wait_until(lambda: outcome(quiet) is Outcome.RUNNING)
    assert sessions(quiet)[0].routine == "prerun_quick"
    before = screen.picture()
    program.wait_until(lambda: screen.idle_s() > 3 * BLANK_AFTER_S)
    assert not screen.is_blank()
    # The digits have counted meanwhile.
    assert np.any(screen.picture() != before)

    screen.press("Right")
    program.wait_until(lambda: '"elapsed_ms":10000' in sessions(quiet)[0].progress)
    screen.press("space")
    program.wait_until(lambda: still(program, screen))
    screen.press("Escape")
    program.wait_until(lambda: outcome(quiet) is Outcome.ENDED_EARLY)
    # Afterwards the screen may go dark again as its owner has set it.
    program.wait_until(screen.is_blank)
    assert program.terminate() == 0
    assert program.err == ""


def outcome(data: Path) -> Outcome | None:
    found = sessions(data)
    return found[0].outcome if found else None


def still(program: Program, screen: Screen) -> bool:
    """Tell whether nothing on the screen has changed for half a second."""
    before = screen.picture()
    end = screen.idle_s() + 0.5
    program.wait_until(lambda: screen.idle_s() > end)
    return bool(np.array_equal(screen.picture(), before))
