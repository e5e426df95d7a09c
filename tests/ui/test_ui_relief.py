"""Cramp now in the window: two keys to the relief, the clock, the journal, the signs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from uncramp.coach.coach import Coach
from uncramp.coach.places import Places
from uncramp.coach.session.sessions import Pacing
from uncramp.journal.diary import Diary
from uncramp.journal.store import Journal
from uncramp.model.body import Side
from uncramp.model.clocks import Clocks
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, Relief
from uncramp.model.errors import EnvironmentFault
from uncramp.model.record import Outcome
from uncramp.session.machine import Phase
from uncramp.ui.cramp.chips import Chips
from uncramp.ui.cramp.done_page import CrampDonePage
from uncramp.ui.cramp.entry_page import CrampEntryPage
from uncramp.ui.cramp.leg_map import LegMap
from uncramp.ui.cramp.now_page import CrampNowPage
from uncramp.ui.cramp.relief_view import ReliefView
from uncramp.ui.text_pages import FinishedPage, SafetyPage
from uncramp.ui.window import MainWindow

S = 1_000_000_000
PLACE = timezone(timedelta(hours=1))
NIGHT = datetime(2026, 11, 22, 3, 10, tzinfo=PLACE)
NOON = datetime(2026, 11, 22, 15, 0, tzinfo=PLACE)
DARKEST = 40
K = Qt.Key


@dataclass
class Clock:
    now_ns: int = 5 * S
    date: datetime = NIGHT

    def read(self) -> Clocks:
        return Clocks(self.now_ns, self.now_ns)

    def read_date(self) -> datetime:
        return self.date


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def window(places: Places, qtbot: QtBot, clock: Clock) -> Iterator[MainWindow]:
    Coach(places).change_setting("muted", True)
    made = MainWindow(places)
    with qtbot.waitSignal(made.filled, timeout=10_000):
        made.show()
    QApplication.processEvents()
    made.coach.read_date = clock.read_date
    made.parts.relief.use_clocks(Pacing(clock.read))
    yield made
    made.close()


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)
    QApplication.processEvents()


def ask(window: MainWindow) -> CrampNowPage:
    window.parts.help_cramp()
    QApplication.processEvents()
    page = window.stack.page
    assert isinstance(page, CrampNowPage)
    return page


def relieve(window: MainWindow) -> ReliefView:
    ask(window)
    press(K.Key_Return)
    view = window.stack.page
    assert isinstance(view, ReliefView)
    return view


def go(view: ReliefView, clock: Clock, seconds: float) -> None:
    until_ns = clock.now_ns + round(seconds * S)
    while clock.now_ns < until_ns:
        clock.now_ns = min(clock.now_ns + S // 4, until_ns)
        if not view.session.is_over:
            view.driver.tick()
    view._show_clock()


def cramps(window: MainWindow) -> tuple[Cramp, ...]:
    diary = window.coach.diary
    assert diary is not None
    return diary.cramps(NIGHT - timedelta(days=9), NIGHT + timedelta(days=9))


def texts(window: MainWindow) -> list[str]:
    return [one.text() for one in window.findChildren(QLabel) if one.isVisible()]


def lightness(window: MainWindow) -> int:
    return window.grab().toImage().pixelColor(3, window.height() - 3).lightness()


@pytest.mark.parametrize("key", [K.Key_C, K.Key_F9])
def test_two_keys_from_any_page_to_the_relief(window: MainWindow, key: Qt.Key) -> None:
    for place in ("routines", "journal", "settings"):
        window.rooms.show(place)
        press(key)
        assert isinstance(window.stack.page, CrampNowPage), place
        press(K.Key_Return)
        view = window.parts.relief.view
        assert view is not None
        assert view.session.state.phase is Phase.RUNNING
        assert view.session.record.routine == "night_calf"
        press(K.Key_Return)
        assert isinstance(window.stack.page, CrampDonePage)
        press(K.Key_Return)
        assert window.stack.page is None


def test_at_night_everything_is_dark_at_once_and_stays_dark(window: MainWindow) -> None:
    assert lightness(window) > 150
    ask(window)
    assert lightness(window) < DARKEST
    press(K.Key_Escape)
    assert window.stack.page is None
    assert cramps(window) == ()
    assert lightness(window) > 150  # a key by mistake changes nothing
    relieve(window)
    for _ in range(2):
        press(K.Key_Return)
    assert window.stack.page is None
    assert lightness(window) < DARKEST


def test_by_day_it_wears_the_chosen_colours(window: MainWindow, clock: Clock) -> None:
    clock.date = NOON
    ask(window)
    assert lightness(window) > 150


def test_the_frame_of_a_start_at_night_is_dark_from_the_beginning(
    places: Places, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    Coach(places).change_setting("muted", True)
    monkeypatch.setattr("uncramp.coach.clock.read_date", Clock().read_date)
    made = MainWindow(places, "cramp foot right")
    assert made.theme.name == "night"
    with qtbot.waitSignal(made.filled, timeout=10_000):
        made.show()
    qtbot.waitUntil(lambda: isinstance(made.stack.page, CrampNowPage), timeout=5_000)
    assert "No, begin: right foot" in texts(made)
    made.close()


def test_the_question_comes_first_and_yes_leads_to_the_signs(window: MainWindow) -> None:
    ask(window)
    assert "Is the leg swollen, warm or cold, changed in colour, numb or injured?" in texts(window)
    press(K.Key_Y)
    assert isinstance(window.stack.page, SafetyPage)
    shown = "\n".join(texts(window))
    assert "Do not massage, roll or heat this leg" in shown
    assert "emergency" in shown
    assert cramps(window) == ()
    assert window.coach.journal is not None
    assert window.coach.journal.sessions() == ()
    press(K.Key_Escape)
    assert window.stack.page is None


@pytest.mark.parametrize(
    ("routine", "muscle", "context"),
    [
        ("night_calf", CrampMuscle.CALF, CrampContext.NIGHT),
        ("night_foot", CrampMuscle.FOOT, CrampContext.NIGHT),
        ("midrun_relief", CrampMuscle.CALF, CrampContext.RUN),
    ],
)
def test_a_relief_from_the_list_begins_with_the_question(
    window: MainWindow, routine: str, muscle: CrampMuscle, context: CrampContext
) -> None:
    window.parts.obey(f"start {routine}")
    QApplication.processEvents()
    assert isinstance(window.stack.page, CrampNowPage)
    assert cramps(window) == ()
    press(K.Key_Return)
    assert window.parts.relief.view is not None
    assert window.parts.relief.view.session.record.routine == routine
    (cramp,) = cramps(window)
    assert (cramp.muscle, cramp.context) == (muscle, context)


def test_a_relief_that_another_routine_offers_begins_with_the_question(
    window: MainWindow,
) -> None:
    window.parts.start_routine("bedtime_trial")
    view = window.parts.stage.view
    assert view is not None
    view.session.end()
    view.finished.emit(view.session.record)
    page = window.stack.page
    assert isinstance(page, FinishedPage)
    page.start_requested.emit("night_calf")
    assert isinstance(window.stack.page, CrampNowPage)


def test_another_place_than_the_relief_is_for_has_its_own(window: MainWindow) -> None:
    window.parts.start_routine("night_foot")
    episode = window.parts.relief.episode
    assert episode is not None
    episode.locate(CrampMuscle.QUAD, Side.LEFT)
    assert episode.routine.id == "night_quad"
    episode.set_on_a_run(True)
    assert episode.routine.id == "midrun_relief"
    press(K.Key_Escape)
    assert window.stack.page is None
    assert cramps(window) == ()


def test_it_is_in_the_journal_with_duration_place_and_session(
    window: MainWindow, clock: Clock
) -> None:
    view = relieve(window)
    go(view, clock, 48)
    assert "Left calf · 0:48" in texts(window)
    press(K.Key_Return)
    (cramp,) = cramps(window)
    assert (cramp.seconds, cramp.muscle, cramp.side) == (48, CrampMuscle.CALF, Side.LEFT)
    assert (cramp.context, cramp.at) == (CrampContext.NIGHT, NIGHT)
    assert window.coach.journal is not None
    (session,) = window.coach.journal.sessions()
    assert cramp.session == session.id
    assert session.outcome is Outcome.ENDED_EARLY
    assert window.coach.diary is not None
    (night,) = window.coach.diary.nights(NIGHT.date() - timedelta(days=5), NIGHT.date())
    assert (night.day, night.cramps) == (NIGHT.date() - timedelta(days=1), 1)


def test_killed_in_the_middle_it_is_still_there(
    window: MainWindow, places: Places, clock: Clock
) -> None:
    go(relieve(window), clock, 20)
    # What another process would find now, without any goodbye of this one.
    with Journal(places.data) as journal:
        found = Diary(journal).cramps(NIGHT - timedelta(days=1), NIGHT + timedelta(days=1))
        assert [(one.muscle, one.seconds) for one in found] == [(CrampMuscle.CALF, None)]
        nights = Diary(journal).nights(NIGHT.date() - timedelta(days=1), NIGHT.date())
        assert [one.cramps for one in nights] == [1]


def test_one_more_tap_tells_pain_and_what_helped(window: MainWindow) -> None:
    relieve(window)
    press(K.Key_Return)
    page = window.stack.page
    assert isinstance(page, CrampDonePage)
    press(K.Key_7)
    helped = page._relief
    assert isinstance(helped, Chips)
    helped.tap(Relief.STRETCH)
    helped.tap(Relief.WALK)
    assert [(one.pain, one.relief) for one in cramps(window)] == [
        (7, (Relief.STRETCH, Relief.WALK))
    ]
    page._undo.click()
    assert cramps(window) == ()
    page._undo.click()
    assert len(cramps(window)) == 1


def test_advice_at_five_and_ten_minutes_and_the_signs_one_key_away(
    window: MainWindow, clock: Clock
) -> None:
    view = relieve(window)
    go(view, clock, 299)
    assert not any("Still cramping" in text for text in texts(window))
    go(view, clock, 1)
    assert any("Still cramping" in text for text in texts(window))
    go(view, clock, 300)
    assert any("Get advice now" in text for text in texts(window))
    press(K.Key_X)
    assert isinstance(window.stack.page, SafetyPage)
    assert [one.seconds for one in cramps(window)] == [None]


def test_when_the_relief_is_through_it_asks_and_can_go_once_more(
    window: MainWindow, clock: Clock
) -> None:
    view = relieve(window)
    go(view, clock, 270)
    assert view.asks
    assert "Has it eased?" in texts(window)
    press(K.Key_R)
    again = window.parts.relief.view
    assert again is not None
    assert again is not view
    assert again.session.state.phase is Phase.RUNNING
    go(again, clock, 30)
    press(K.Key_Return)
    assert [one.seconds for one in cramps(window)] == [300]


def test_the_place_and_the_run_are_chosen_by_keys(window: MainWindow) -> None:
    ask(window)
    press(K.Key_Right)
    press(K.Key_Up)
    press(K.Key_R)
    assert "No, begin: back of the right thigh" in texts(window)
    press(K.Key_Return)
    assert window.parts.relief.view is not None
    session = window.parts.relief.view.session
    assert session.record.routine == "midrun_relief"
    (cramp,) = cramps(window)
    assert (cramp.muscle, cramp.side, cramp.context) == (
        CrampMuscle.HAMSTRING,
        Side.RIGHT,
        CrampContext.RUN,
    )


def test_the_second_time_the_same_place_is_chosen(window: MainWindow) -> None:
    page = ask(window)
    legs = page.findChild(LegMap)
    assert legs is not None
    legs.choose(CrampMuscle.QUAD, Side.RIGHT)
    press(K.Key_Return)
    press(K.Key_Return)
    press(K.Key_Return)
    ask(window)
    assert "No, begin: front of the right thigh" in texts(window)


def test_numb_and_too_sharp_during_relief_end_it(window: MainWindow) -> None:
    for key in (K.Key_N, K.Key_X):
        view = relieve(window)
        press(key)
        assert view.session.record.outcome is Outcome.TOO_SHARP
        assert isinstance(window.stack.page, SafetyPage)
        press(K.Key_Escape)


@pytest.mark.parametrize(("key", "word"), [(K.Key_N, "numb"), (K.Key_X, "too sharp")])
def test_numb_and_too_sharp_end_any_session(window: MainWindow, key: Qt.Key, word: str) -> None:
    window.parts.start_routine("prerun_quick")
    press(key)
    assert isinstance(window.stack.page, SafetyPage)
    assert any(word in text for text in texts(window))
    assert window.coach.journal is not None
    assert window.coach.journal.sessions()[0].outcome is Outcome.TOO_SHARP


def test_a_cramp_in_a_session_ends_it_and_keeps_what_was_done(window: MainWindow) -> None:
    window.parts.start_routine("prerun_quick")
    press(K.Key_C)
    assert isinstance(window.stack.page, CrampNowPage)
    assert window.parts.stage.view is None
    assert window.coach.journal is not None
    assert window.coach.journal.sessions()[0].outcome is Outcome.ENDED_EARLY
    press(K.Key_Escape)
    assert window.stack.page is None


def test_an_editor_comes_back_after_the_cramp(window: MainWindow) -> None:
    window.parts.edit_routine("")
    editor = window.stack.page
    window.parts.help_cramp()
    press(K.Key_Escape)
    assert window.stack.page is editor
    assert window.stack.currentWidget() is editor


def test_a_pause_stops_the_session_but_not_the_cramp(window: MainWindow, clock: Clock) -> None:
    view = relieve(window)
    press(K.Key_Space)
    assert view.session.state.phase is Phase.PAUSED
    go(view, clock, 65)
    assert "Left calf · 1:05" in texts(window)
    press(K.Key_Escape)
    assert isinstance(window.stack.page, CrampDonePage)
    assert "It has eased" not in texts(window)  # nobody said so
    assert [one.seconds for one in cramps(window)] == [None]


def test_another_start_hands_its_cramp_over(window: MainWindow) -> None:
    window.parts.obey("cramp hamstring left")
    assert "No, begin: back of the left thigh" in texts(window)
    window.parts.obey("cramp")
    assert "No, begin: back of the left thigh" in texts(window)


@pytest.mark.parametrize("words", ["", "right", "nonsense", "calf up down", "🌙" * 3000])
def test_words_that_mean_nothing_do_no_harm(window: MainWindow, words: str) -> None:
    window.parts.obey(f"cramp {words}")
    assert isinstance(window.stack.page, CrampNowPage)


def test_a_cramp_that_is_over_is_told_and_changed(window: MainWindow) -> None:
    window.parts.relief.tell_cramp()
    page = window.stack.page
    assert isinstance(page, CrampEntryPage)
    page.save()
    (cramp,) = cramps(window)
    window.parts.relief.tell_cramp(cramp)
    page = window.stack.page
    assert isinstance(page, CrampEntryPage)
    page._pain.tap(4)
    page.save()
    assert [one.pain for one in cramps(window)] == [4]
    window.parts.relief.tell_cramp(cramps(window)[0])
    page = window.stack.page
    assert isinstance(page, CrampEntryPage)
    page._delete()
    assert cramps(window) == ()
    assert window.stack.page is None
    undo = next(one for one in window.findChildren(QPushButton) if one.text() == "Undo")
    undo.click()
    assert [one.pain for one in cramps(window)] == [4]
    assert not undo.isVisible()


@pytest.mark.parametrize("size", [(720, 520), (1200, 760), (1900, 1000)])
def test_answers_are_in_sight_in_every_window(
    window: MainWindow, size: tuple[int, int], clock: Clock
) -> None:
    window.resize(*size)
    page = ask(window)
    for part in (page._no, page._yes):
        assert page.rect().contains(part.rect().translated(part.mapTo(page, part.rect().topLeft())))
        assert part._words.height() >= part._words.heightForWidth(part._words.width())
    press(K.Key_Return)
    view = window.parts.relief.view
    assert view is not None
    go(view, clock, 20)
    QApplication.processEvents()
    for part in (view._easing, view._help):
        assert view.rect().contains(part.rect().translated(part.mapTo(view, part.rect().topLeft())))
        assert part._words.height() >= part._words.heightForWidth(part._words.width())


@pytest.mark.parametrize(("back", "recalled"), [(1, False), (4, True)])
def test_a_cramp_of_a_night_is_asked_for_from_elsewhere(
    window: MainWindow, clock: Clock, back: int, recalled: bool
) -> None:
    clock.date = NOON
    day = NOON.date() - timedelta(days=back)
    window.frame.cramp_of_day_requested.emit(day)
    page = window.stack.page
    assert isinstance(page, CrampEntryPage)
    page.save()
    assert window.coach.diary is not None
    (night,) = window.coach.diary.nights(day - timedelta(days=3), NOON.date())
    assert (night.day, night.cramps, night.recalled) == (day, 1, recalled)


def test_what_cannot_be_written_stays_on_the_page(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Diary, cramp: Cramp, now: datetime) -> None:
        del self, cramp, now
        raise EnvironmentFault("The disk is full.")

    window.parts.relief.tell_cramp()
    page = window.stack.page
    assert isinstance(page, CrampEntryPage)
    with monkeypatch.context() as patch:
        patch.setattr(Diary, "save_cramp", full)
        page.save()
        assert window.stack.page is page
        assert "The disk is full." in texts(window)
    page.save()
    assert window.stack.page is None
    assert len(cramps(window)) == 1
