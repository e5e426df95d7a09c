"""The page of a session: what it shows at every moment, its keys, its end."""

import gc
import weakref

import pytest

pytest.importorskip("PySide6")

from by_hand import press
from led_sessions import ManualClock, digits_of, go, in_session, phase_of, shown_texts, total_of
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from uncramp.model.record import Outcome
from uncramp.session.machine import Phase
from uncramp.ui.painted import SMALLEST_DIGIT_PX
from uncramp.ui.text_pages import FinishedPage, SafetyPage
from uncramp.ui.window import MainWindow


class LayoutCounter(QObject):
    """Counts how often a widget is asked to lay its parts out anew."""

    def __init__(self, watched: QObject) -> None:
        super().__init__()
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
        del watched
        self.count += event.type() is QEvent.Type.LayoutRequest
        return False


def settle() -> None:
    """Let a wish for a new layout go up to the window: each part asks the next a round later."""
    for _ in range(4):
        QApplication.processEvents()


def test_every_moment_shows_what_to_do(window: MainWindow) -> None:
    clock = ManualClock()
    view = in_session(window, clock)
    expected = {
        5.0: ("Easy jog", "Get ready", "4:55", "5"),
        20.0: ("Easy jog", "Both legs", "4:45", "50"),
        72.0: ("Forward leg swings", "Get into place · Left leg", "3:53", "4"),
        80.0: ("Forward leg swings", "Left leg", "3:45", "16"),
        98.0: ("Forward leg swings", "Switch sides · Right leg", "3:27", "3"),
        110.0: ("Forward leg swings", "Right leg", "3:15", "11"),
    }
    for second, (name, chip, total, digits) in expected.items():
        go(view, clock, second)
        texts = shown_texts(view)
        assert {name, chip} <= set(texts), (second, texts)
        assert total_of(view).accessibleName() == total
        assert digits_of(view).accessibleName() == digits


def test_a_second_that_passes_lays_nothing_out_anew(window: MainWindow) -> None:
    clock = ManualClock()
    view = in_session(window, clock)
    go(view, clock, 41.0)  # behind the half, and before the next words
    settle()
    counter = LayoutCounter(window)
    shown = total_of(view).accessibleName()
    for second in range(42, 50):
        go(view, clock, float(second))
        settle()
    assert counter.count == 0
    assert total_of(view).accessibleName() != shown
    view._next.setText("Next: something else")  # what a label does, so that counting is proved
    settle()
    assert counter.count > 0
    window.removeEventFilter(counter)


def test_the_time_left_is_painted_whole_at_any_size_of_text(window: MainWindow) -> None:
    clock = ManualClock()
    view = in_session(window, clock)
    go(view, clock, 20.0)
    for points in (16, 32):
        total = total_of(view)
        total.setStyleSheet(f"font-size: {points}pt")
        QApplication.processEvents()
        image = total.grab().toImage()
        ground = image.pixelColor(0, 0).lightness()
        inked = [
            (x, y)
            for x in range(image.width())
            for y in range(image.height())
            if abs(image.pixelColor(x, y).lightness() - ground) > 60
        ]
        xs, ys = [x for x, _ in inked], [y for _, y in inked]
        assert min(xs) > 0
        assert max(xs) < image.width()
        assert min(ys) > 0
        assert max(ys) < image.height() - 1
        assert max(xs) - min(xs) > 0.8 * image.width()


def test_the_figure_shows_what_comes_and_stands_in_a_pause(window: MainWindow) -> None:
    clock = ManualClock()
    view = in_session(window, clock)
    moves = [view._figure.is_animating]
    go(view, clock, 11.0)
    moves.append(view._figure.is_animating)
    view.driver.toggle_pause()
    moves.append(view._figure.is_animating)
    view.driver.toggle_pause()
    moves.append(view._figure.is_animating)  # it counts in again first
    go(view, clock, 17.0)
    moves.append(view._figure.is_animating)
    assert moves == [True, True, False, False, True]


def test_the_digits_can_be_read_from_three_metres(window: MainWindow) -> None:
    clock = ManualClock()
    view = in_session(window, clock)
    digits = digits_of(view)
    go(view, clock, 20.0)
    for size in ((1200, 760), (720, 520)):
        window.resize(*size)
        QApplication.processEvents()
        assert digits.digit_height() >= SMALLEST_DIGIT_PX - 1, size
    window.resize(1200, 760)
    QApplication.processEvents()
    assert digits.digit_height() > 1.5 * SMALLEST_DIGIT_PX


def test_painted_digits_are_as_high_as_said(window: MainWindow) -> None:
    clock = ManualClock()
    view = in_session(window, clock)
    go(view, clock, 20.0)
    digits = digits_of(view)
    image = digits.grab().toImage()
    ground = image.pixelColor(image.width() - 1, 0)
    inked = [
        y
        for y in range(image.height())
        if any(
            abs(image.pixelColor(x, y).lightness() - ground.lightness()) > 60
            for x in range(0, image.width(), 3)
        )
    ]
    height = max(inked) - min(inked) + 1
    assert height == pytest.approx(digits.digit_height(), rel=0.06)
    assert min(inked) > 0
    assert max(inked) < image.height() - 1


def test_keys_of_the_session(window: MainWindow, qtbot: QtBot) -> None:
    clock = ManualClock()
    view = in_session(window, clock)
    go(view, clock, 20.0)
    press(Qt.Key.Key_Space)
    assert phase_of(view) is Phase.PAUSED
    assert "Paused" in shown_texts(view)
    press(Qt.Key.Key_Space)
    assert shown_texts(view).count("Get ready again") == 1
    press(Qt.Key.Key_Right)
    assert "Forward leg swings" in shown_texts(view)
    press(Qt.Key.Key_Left)
    assert "Easy jog" in shown_texts(view)
    end_ms = view.session.state.timeline.end_ms
    press(Qt.Key.Key_Plus)
    assert view.session.state.timeline.end_ms == end_ms + 10_000
    press(Qt.Key.Key_Escape)
    assert phase_of(view) is Phase.PAUSED
    assert "Press Esc again to end" in shown_texts(view)
    press(Qt.Key.Key_Escape)
    assert phase_of(view) is Phase.ABANDONED


def test_enter_presses_the_button_that_has_the_focus(window: MainWindow) -> None:
    clock = ManualClock()
    view = in_session(window, clock)
    go(view, clock, 20.0)
    view._pause.setFocus()
    press(Qt.Key.Key_Return)
    assert phase_of(view) is Phase.PAUSED


def test_before_the_work_one_reads_what_to_mind_and_then_what_to_feel(window: MainWindow) -> None:
    clock = ManualClock()
    view = in_session(window, clock, "bedtime_trial")
    exercise = window.coach.library.exercises["wall_calf_static"]
    assert exercise.caution is not None
    assert any(exercise.caution.default in text for text in shown_texts(view))
    go(view, clock, 12.0)
    assert exercise.feel.default in shown_texts(view)


def test_a_session_without_work_is_not_listed(window: MainWindow) -> None:
    clock = ManualClock()
    view = in_session(window, clock)
    go(view, clock, 3.0)
    view.driver.end()
    page = window.stack.page
    assert isinstance(page, FinishedPage)
    assert any("nothing to record" in text for text in shown_texts(page))
    window.frame.back_to_rooms()
    window.rooms.show("journal")
    assert any("Every session you do" in text for text in shown_texts(window))


def test_the_end_shows_the_tally_and_enter_leads_back(window: MainWindow, qtbot: QtBot) -> None:
    clock = ManualClock()
    view = in_session(window, clock)
    go(view, clock, 400.0)
    page = window.stack.page
    assert isinstance(page, FinishedPage)
    assert {"Well done", "4:04 / 4:04", "Left leg", "1:00"} <= set(shown_texts(page))
    press(Qt.Key.Key_Return)
    assert window.stack.page is None
    window.rooms.show("journal")
    assert window.coach.journal is not None
    assert [s.outcome for s in window.coach.journal.sessions()] == [Outcome.FINISHED]


def test_too_sharp_stops_and_opens_the_signs(window: MainWindow, qtbot: QtBot) -> None:
    clock = ManualClock()
    view = in_session(window, clock)
    go(view, clock, 30.0)
    press(Qt.Key.Key_X)
    page = window.stack.page
    assert isinstance(page, SafetyPage)
    told = " ".join(shown_texts(page))
    assert "could be a clot" in told
    assert "ten minutes" in told
    assert window.coach.journal is not None
    assert window.coach.journal.sessions()[0].outcome is Outcome.TOO_SHARP
    press(Qt.Key.Key_Escape)
    assert window.stack.page is None


def test_a_session_is_freed_when_it_is_over(window: MainWindow, qtbot: QtBot) -> None:
    clock = ManualClock()
    view = in_session(window, clock)
    gone = weakref.ref(view)
    go(view, clock, 400.0)
    page = window.stack.page
    assert page is not None
    page_gone = weakref.ref(page)
    window.frame.back_to_rooms()
    del view, page
    QApplication.sendPostedEvents(None, 0)
    QApplication.processEvents()
    gc.collect()
    qtbot.waitUntil(lambda: gone() is None and page_gone() is None, timeout=3_000)
    assert gone() is None


def test_a_finished_routine_offers_what_comes_next(window: MainWindow) -> None:
    clock = ManualClock()
    view = in_session(window, clock, "night_calf")
    (wanted,) = window.coach.library.routines["night_calf"].offers
    go(view, clock, 600.0)
    page = window.stack.page
    assert isinstance(page, FinishedPage)
    offer = page.findChild(QPushButton, wanted)
    assert offer is not None
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert window.parts.stage.view is not None
    assert window.parts.stage.view.session.record.routine == wanted
