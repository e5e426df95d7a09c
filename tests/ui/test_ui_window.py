"""The window: first fill, keys, pages, settings, interrupted sessions, second start."""

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from by_hand import press
from hard_disks import read_only
from led_sessions import ManualClock, go, in_session, phase_of, shown_texts
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from uncramp.coach.browse.cards import CardCache
from uncramp.coach.coach import Coach
from uncramp.coach.places import Places
from uncramp.coach.session.sessions import Sessions
from uncramp.journal.store import Journal
from uncramp.model.errors import EnvironmentFault
from uncramp.model.record import Outcome
from uncramp.session.machine import Phase
from uncramp.ui import theme as themes
from uncramp.ui.settings.room import SettingsRoom
from uncramp.ui.single import SingleInstance
from uncramp.ui.text_pages import FinishedPage
from uncramp.ui.window import MainWindow


@pytest.fixture
def quiet(places: Places) -> Places:
    """No sound: these tests look, they do not listen."""
    Coach(places).change_setting("muted", True)
    return places


@pytest.fixture
def window(quiet: Places, qtbot: QtBot) -> Iterator[MainWindow]:
    made = opened(quiet, qtbot)
    yield made
    made.close()


def opened(places: Places, qtbot: QtBot, wish: str = "") -> MainWindow:
    made = MainWindow(places, wish)
    made.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
    with qtbot.waitSignal(made.filled, timeout=10_000):
        made.show()
    QApplication.processEvents()
    return made


def settings_of(window: MainWindow) -> SettingsRoom:
    page = window.rooms.page("settings")
    assert isinstance(page, SettingsRoom)
    return page


def test_it_opens_on_the_quick_warm_up_and_enter_starts_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    texts = shown_texts(window)
    assert "Quick 5" in texts
    assert "4:55 · 7 exercises · a wall" in texts
    press(Qt.Key.Key_Return)
    view = window.parts.stage.view
    assert view is not None
    assert phase_of(view) is Phase.RUNNING
    assert view.session.record.routine == "prerun_quick"


def test_start_with_a_routine_goes_straight_into_it(quiet: Places, qtbot: QtBot) -> None:
    made = opened(quiet, qtbot, "start bedtime_trial")
    qtbot.waitUntil(lambda: made.parts.stage.view is not None, timeout=5_000)
    assert made.parts.stage.view is not None
    assert made.parts.stage.view.session.record.routine == "bedtime_trial"
    made.close()


def test_the_sound_test_says_how_it_went(window: MainWindow) -> None:
    window.rooms.show("settings")
    window.parts.stage.try_sound()
    assert "The sound is muted." in shown_texts(window)


def test_a_closed_window_offers_to_go_on_next_time(quiet: Places, qtbot: QtBot) -> None:
    first = opened(quiet, qtbot)
    clock = ManualClock()
    view = in_session(first, clock)
    go(view, clock, 90.0)
    first.close()

    second = opened(quiet, qtbot)
    qtbot.waitUntil(lambda: second.parts.interrupted is not None, timeout=5_000)
    button = next(b for b in second.findChildren(QPushButton) if b.text() == "Continue")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    again = second.parts.stage.view
    assert again is not None
    assert again.session.record.id == view.session.record.id
    assert "Forward leg swings" in shown_texts(again)
    second.close()


def test_leaving_it_closes_it_with_what_was_done(quiet: Places, qtbot: QtBot) -> None:
    first = opened(quiet, qtbot)
    clock = ManualClock()
    go(in_session(first, clock), clock, 90.0)
    first.close()
    second = opened(quiet, qtbot)
    qtbot.waitUntil(lambda: second.parts.interrupted is not None, timeout=5_000)
    button = next(b for b in second.findChildren(QPushButton) if b.text() == "Not now")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert second.coach.journal is not None
    (record,) = second.coach.journal.sessions()
    assert record.outcome is Outcome.ENDED_EARLY
    assert record.done_ms >= 60_000
    second.close()


def test_a_new_file_of_the_user_appears_by_itself(window: MainWindow, places: Places) -> None:
    source = places.routines / "prerun_quick.routine.toml"
    folder = places.data / "routines"
    folder.mkdir(parents=True)
    text = source.read_text(encoding="utf-8").replace('"prerun_quick"', '"mine"')
    (folder / "mine.routine.toml").write_text(
        text.replace('"Quick 5"', '"My own Σ 🏃"').replace('"R02"', '""'), encoding="utf-8"
    )
    window.watch.look()
    assert "mine" in window.coach.library.routines
    (folder / "mine.routine.toml").write_text("format = 1\nid = 3\n", encoding="utf-8")
    window.watch.look()
    assert "mine" not in window.coach.library.routines
    assert "prerun_quick" in window.coach.library.routines
    told = [b.text() for b in window.findChildren(QPushButton) if "problem" in b.text()]
    assert told


@pytest.mark.parametrize("name", ["dark", "night", "light"])
def test_a_theme_is_worn_at_once_and_saved(window: MainWindow, places: Places, name: str) -> None:
    window.rooms.show("settings")
    settings_of(window).change("theme", name)
    assert window.theme.name == name
    ground = window.grab().toImage().pixelColor(window.width() - 5, window.height() - 5)
    assert ground == window.theme.qcolor("ground")
    assert Coach(places).settings.theme == name


def test_settings_that_cannot_be_saved_are_told_and_hold(
    window: MainWindow, places: Places
) -> None:
    window.rooms.show("settings")
    blocked = places.config / "settings.toml"
    blocked.unlink()
    blocked.mkdir()
    settings_of(window).change("volume", 30)
    assert window.coach.settings.volume == 30
    assert any("could not be saved" in text for text in shown_texts(window))


def test_a_journal_that_cannot_be_opened_is_told_and_a_session_still_runs(
    quiet: Places, qtbot: QtBot
) -> None:
    (quiet.data / "journal.sqlite").write_bytes(b"no database" * 999)
    made = opened(quiet, qtbot)
    qtbot.waitUntil(lambda: any("damaged" in t or "journal" in t for t in shown_texts(made)))
    clock = ManualClock()
    view = in_session(made, clock)
    go(view, clock, 400.0)
    page = made.stack.page
    assert isinstance(page, FinishedPage)
    assert any("could not be saved" in text for text in shown_texts(page))
    made.close()


def test_a_journal_that_can_only_be_read_is_shown_and_told(quiet: Places, qtbot: QtBot) -> None:
    with Journal(quiet.data):
        pass
    with read_only(quiet.data):
        made = opened(quiet, qtbot)
        told = "cannot be written. You can read and export it, but nothing new can be saved."
        qtbot.waitUntil(lambda: any(told in text for text in shown_texts(made)))
        assert made.coach.journal is not None
        made.rooms.show("journal")
        made.close()


def test_a_second_start_hands_over_and_the_first_answers(places: Places, qtbot: QtBot) -> None:
    first, second = SingleInstance(places), SingleInstance(places)
    assert not second.hand_over("x")
    first.listen()
    with qtbot.waitSignal(first.message_received, timeout=5_000) as waited:
        assert second.hand_over("prerun_quick")
    assert waited.args == ["prerun_quick"]
    first.close()


def test_a_closed_window_is_freed_without_the_collector(quiet: Places, qtbot: QtBot) -> None:
    made = opened(quiet, qtbot)
    clock = ManualClock()
    go(in_session(made, clock), clock, 400.0)
    made.frame.back_to_rooms()
    for place in ("journal", "settings", "routines"):
        made.rooms.show(place)
    QApplication.sendPostedEvents(None, 0)
    QApplication.processEvents()
    gone = weakref.ref(made)
    made.close()
    gc.collect()
    gc.disable()
    try:
        del made
        assert gone() is None
    finally:
        gc.enable()


def test_interrupted_sessions_of_unknown_exercises_are_not_offered(
    loaded_coach: Coach, tmp_path: Path
) -> None:
    assert tmp_path.exists()
    sessions = Sessions(loaded_coach)
    session = sessions.begin(loaded_coach.library.routines["prerun_quick"], None)
    session.start()
    loaded_coach._library = type(loaded_coach.library)({}, {})
    assert sessions.interrupted() is None
    loaded_coach.close()


def test_the_theme_follows_the_system(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    hints = QGuiApplication.styleHints()
    for scheme, name in ((Qt.ColorScheme.Dark, "dark"), (Qt.ColorScheme.Light, "light")):
        monkeypatch.setattr(themes, "system_is_dark", bool(name == "dark").__bool__)
        hints.colorSchemeChanged.emit(scheme)
        assert window.theme.name == name


def test_a_fill_that_fails_still_lets_the_rest_be_made(
    quiet: Places, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: CardCache) -> None:
        raise RuntimeError("our own mistake")

    monkeypatch.setattr(CardCache, "read", broken)
    made = MainWindow(quiet)
    with qtbot.captureExceptions() as caught, qtbot.waitSignal(made.filled, timeout=5_000):
        made.show()
    assert [str(error) for _, error, _ in caught] == ["our own mistake"]
    made.close()


def test_missing_shipped_files_are_told_in_the_window(
    quiet: Places, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(self: CardCache) -> None:
        raise EnvironmentFault("The routines are missing.")

    monkeypatch.setattr(CardCache, "read", missing)
    made = opened(quiet, qtbot)
    assert "The routines are missing." in shown_texts(made)
    made.close()
