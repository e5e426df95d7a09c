"""After a crash: one calm sentence at the next start, and what was noted for who wants it."""

from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from by_hand import labelled
from led_sessions import shown_texts
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from uncramp.coach.coach import Coach
from uncramp.coach.crashes import LOG, begin_log
from uncramp.coach.places import Places
from uncramp.ui.last_crash import LastCrash
from uncramp.ui.text_pages import CrashPage
from uncramp.ui.window import MainWindow

SENTENCE = "Last time, Uncramp ended because of a fault of its own. What you saved is safe."
NOTED = f'Uncramp 1.2.3\nFatal Python error: Aborted\n  File "{Path.home()}/main.py", line 68\n'


@pytest.fixture
def crashed(places: Places) -> Places:
    """Folders in which the program ended by itself."""
    Coach(places).change_setting("muted", True)
    places.cache.mkdir(parents=True)
    (places.cache / LOG).write_text(NOTED)
    begin_log(places.cache, "1.2.3").close()
    return places


def opened(places: Places, qtbot: QtBot, wish: str = "") -> MainWindow:
    window = MainWindow(places, wish)
    with qtbot.waitSignal(window.filled, timeout=10_000):
        window.show()
    QApplication.processEvents()
    return window


def test_it_is_said_once_and_what_was_noted_is_shown_copied_and_saved(
    crashed: Places, qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(crashed, qtbot)
    qtbot.waitUntil(lambda: SENTENCE in shown_texts(window))
    labelled(window, "Show the details").click()
    page = window.stack.page
    assert isinstance(page, CrashPage)
    report = NOTED.replace(str(Path.home()), "~")
    assert report in shown_texts(page)
    labelled(page, "Copy").click()
    assert QGuiApplication.clipboard().text() == report
    crash = window.parts.last_crash
    assert isinstance(crash, LastCrash)
    crash.save(tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_text() == report
    crash.save(tmp_path / "none" / "report.txt")
    assert f"There is no folder {tmp_path / 'none'}. Nothing was written." in shown_texts(page)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert window.stack.page is None
    labelled(window, "Close").click()
    assert SENTENCE not in shown_texts(window)
    window.close()
    again = opened(crashed, qtbot)
    QApplication.processEvents()
    assert SENTENCE not in shown_texts(again)
    again.close()


def test_who_has_a_cramp_hears_of_it_at_another_start(crashed: Places, qtbot: QtBot) -> None:
    window = opened(crashed, qtbot, "cramp")
    qtbot.waitUntil(lambda: window.stack.page is not None)
    assert SENTENCE not in shown_texts(window)
    window.close()
    later = opened(crashed, qtbot)
    qtbot.waitUntil(lambda: SENTENCE in shown_texts(later))
    later.close()


def test_a_session_that_it_cut_short_is_offered_beside_it(crashed: Places, qtbot: QtBot) -> None:
    window = opened(crashed, qtbot, "start prerun_quick")
    qtbot.waitUntil(lambda: window.stack.page is not None)
    window.close()
    later = opened(crashed, qtbot)
    qtbot.waitUntil(lambda: any(text.startswith(SENTENCE) for text in shown_texts(later)))
    assert any("Quick 5 was interrupted" in text for text in shown_texts(later))
    names = {found.text() for found in later.findChildren(QPushButton) if found.isVisible()}
    assert {"Continue", "Not now", "Show the details"} <= names
    later.close()
