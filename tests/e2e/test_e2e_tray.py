"""A tray of either kind, a notification service, and a window that goes and comes back.

Both run on a bus and a screen of their own; what they are asked is what the program really sends.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from _bus import helper
from _program import PATIENCE_S, Program, plan_for_now, stranger
from x_screen import SIZE, Screen

pytest.importorskip("PySide6")
pytest.importorskip("jeepney")

Start = Callable[..., Program]
MENU = ["Open Uncramp", "Cramp now", "Quit"]
PANEL_PX = 32
BLUE = 0x60
SEEN = 0.5
"""Of the screen; the window alone takes nine tenths of it."""
UNSEEN = 0.1
"""A panel and the pointer take less."""


def share_drawn(screen: Screen) -> float:
    """Return how much of the screen is not the empty root window."""
    return float(np.mean(screen.picture() != 0))


def is_seen(screen: Screen) -> bool:
    return share_drawn(screen) > SEEN


def is_gone(screen: Screen) -> bool:
    return share_drawn(screen) < UNSEEN


def icon_in_panel(screen: Screen) -> tuple[int, int]:
    """Return the middle of what is blue in the grey panel."""
    shown = screen.picture()[-PANEL_PX:].astype(np.int64)
    rows, columns = np.nonzero((shown & 0xFF) - (shown >> 16) > BLUE)
    assert rows.size, "there is no icon"
    return int(columns.mean()), SIZE[1] - PANEL_PX + int(rows.mean())


def wants_tray(data: Path, *, wanted: bool = True) -> None:
    """Let the user have chosen to be reminded while the window is closed."""
    value = "true" if wanted else "false"
    (data / "settings.toml").write_text(f"muted = true\nkeep_in_tray = {value}\n", encoding="utf-8")


@contextmanager
def panel(screen: Screen, environment: dict[str, str]) -> Iterator[None]:
    """A tray as desktops had it before: icons are little windows in a panel (XEmbed)."""
    if shutil.which("trayer") is None:
        pytest.skip("needs trayer")
    command = ["trayer", "--edge", "bottom", "--widthtype", "pixel", "--width", "64"]
    process = subprocess.Popen(
        [*command, "--heighttype", "pixel", "--height", str(PANEL_PX), "--transparent", "false"],
        env={**environment, "DISPLAY": screen.name},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def test_the_icon_leads_back_to_a_closed_window(
    start: Start, quiet: Path, home: Path, bus: str, screen: Screen
) -> None:
    wants_tray(quiet)
    environment = stranger(home, DBUS_SESSION_BUS_ADDRESS=bus)
    with helper("_desktop.py", environment) as desktop:
        program = start("--data", quiet, DISPLAY=screen.name, DBUS_SESSION_BUS_ADDRESS=bus)
        assert "icon" in desktop.event()
        program.wait_until(lambda: is_seen(screen))
        assert desktop.ask("menu") == {"menu": MENU}
        screen.close_window()
        program.wait_until(lambda: is_gone(screen))
        desktop.tell("activate")
        program.wait_until(lambda: is_seen(screen))
        screen.close_window()
        program.wait_until(lambda: is_gone(screen))
        desktop.tell("choose Cramp now")
        program.wait_until(lambda: is_seen(screen))
        desktop.tell("choose Quit")
        assert program.ended() == 0
        assert desktop.event() == {"icon_gone": True}
        assert program.err == ""


def test_a_reminder_while_hidden_comes_once_and_a_press_on_it_raises_the_window(
    start: Start, quiet: Path, home: Path, bus: str, screen: Screen
) -> None:
    wants_tray(quiet)
    plan_for_now(quiet)
    environment = stranger(home, DBUS_SESSION_BUS_ADDRESS=bus)
    with (
        helper("_desktop.py", environment) as desktop,
        helper("_portal.py", environment) as portal,
    ):
        program = start(
            "--data", quiet, "--hidden", DISPLAY=screen.name, DBUS_SESSION_BUS_ADDRESS=bus
        )
        assert "icon" in desktop.event()
        assert portal.event()["title"] == "Time for Quick 5."
        assert is_gone(screen)
        portal.tell("press open")
        program.wait_until(lambda: is_seen(screen))
        assert portal.event() == {"removed": "reminder"}
        # A second start of the same minute, or the next look at the clock, tells nothing again.
        assert program.terminate() == 0
        again = start(
            "--data", quiet, "--hidden", DISPLAY=screen.name, DBUS_SESSION_BUS_ADDRESS=bus
        )
        assert desktop.event() == {"icon_gone": True}
        assert "icon" in desktop.event()
        again.wait_for_window(quiet)
        assert again.terminate() == 0
        assert portal.says_no_more()
        assert desktop.event() == {"icon_gone": True}
        assert desktop.says_no_more()


def test_without_a_portal_the_tray_shows_the_reminder(
    start: Start, quiet: Path, home: Path, bus: str, screen: Screen
) -> None:
    wants_tray(quiet)
    plan_for_now(quiet)
    with helper("_desktop.py", stranger(home, DBUS_SESSION_BUS_ADDRESS=bus)) as desktop:
        program = start(
            "--data", quiet, "--hidden", DISPLAY=screen.name, DBUS_SESSION_BUS_ADDRESS=bus
        )
        assert "icon" in desktop.event()
        shown = desktop.event()
        assert shown["title"] == "Time for Quick 5."
        desktop.tell(f"press {shown['notified']} default")
        program.wait_until(lambda: is_seen(screen))
        assert program.terminate() == 0


def test_closing_ends_the_program_where_the_user_has_not_chosen_the_tray(
    start: Start, quiet: Path, home: Path, bus: str, screen: Screen
) -> None:
    wants_tray(quiet, wanted=False)
    with helper("_desktop.py", stranger(home, DBUS_SESSION_BUS_ADDRESS=bus)) as desktop:
        program = start("--data", quiet, DISPLAY=screen.name, DBUS_SESSION_BUS_ADDRESS=bus)
        program.wait_for_window(quiet)
        program.wait_until(lambda: is_seen(screen))
        screen.close_window()
        assert program.ended() == 0
        assert desktop.says_no_more()


def test_closing_ends_the_program_where_there_is_no_tray_and_a_mark_comes_inside(
    start: Start, quiet: Path, home: Path, bus: str, screen: Screen
) -> None:
    wants_tray(quiet)
    program = start("--data", quiet, DISPLAY=screen.name, DBUS_SESSION_BUS_ADDRESS=bus)
    program.wait_for_window(quiet)
    program.wait_until(lambda: is_seen(screen))
    before = screen.picture().copy()
    screen.close_window()
    assert program.ended() == 0
    plan_for_now(quiet)
    (quiet / "daily.json").write_text('{"welcomed": true}', encoding="utf-8")
    program = start("--data", quiet, DISPLAY=screen.name, DBUS_SESSION_BUS_ADDRESS=bus)
    program.wait_for_window(quiet)
    # A small mark in the rail; the page beside it stays where it is.
    program.wait_until(lambda: bool(np.mean(screen.picture() != before) > 0.0005))
    program.wait_until(lambda: '"told": [\n' in (quiet / "daily.json").read_text())
    screen.close_window()
    assert program.ended() == 0


def test_an_icon_in_an_old_panel_leads_back_too(
    start: Start, quiet: Path, home: Path, bus: str, screen: Screen
) -> None:
    wants_tray(quiet)
    environment = stranger(home, DBUS_SESSION_BUS_ADDRESS=bus)
    with panel(screen, environment):
        program = start("--data", quiet, DISPLAY=screen.name, DBUS_SESSION_BUS_ADDRESS=bus)
        program.wait_for_window(quiet)
        program.wait_until(lambda: is_seen(screen))
        screen.close_window()
        program.wait_until(lambda: is_gone(screen))
        screen.click(*icon_in_panel(screen))
        program.wait_until(lambda: is_seen(screen))
        assert program.terminate() == 0
        assert "Traceback" not in program.err
