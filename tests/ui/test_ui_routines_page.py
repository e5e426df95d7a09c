"""The routines page: finding, favourites, what a routine says of itself, where its buttons lead."""

from collections.abc import Iterator

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from uncramp.coach.browse.card_making import make_cards
from uncramp.coach.browse.cards import RoutineCard
from uncramp.coach.coach import Coach
from uncramp.coach.places import Places
from uncramp.ui.browse.exercises_page import ExercisesPage
from uncramp.ui.browse.finder import Finder
from uncramp.ui.browse.routines_page import RoutinesPage
from uncramp.ui.theme import load_theme
from uncramp.ui.window import MainWindow


@pytest.fixture
def page(loaded_coach: Coach, qtbot: QtBot) -> RoutinesPage:
    made = RoutinesPage()
    qtbot.addWidget(made)
    made.set_theme(load_theme(loaded_coach.places.assets / "themes", "light"))
    made.setMinimumSize(50, 50)
    made.resize(1100, 700)
    made.fill(make_cards(loaded_coach))
    made.show()
    qtbot.waitExposed(made)
    made.take_focus()
    return made


@pytest.fixture
def window(places: Places, qtbot: QtBot) -> Iterator[MainWindow]:
    Coach(places).change_setting("muted", True)
    made = opened(places, qtbot)
    yield made
    made.close()


def opened(places: Places, qtbot: QtBot) -> MainWindow:
    made = MainWindow(places)
    with qtbot.waitSignal(made.filled, timeout=10_000):
        made.show()
    QApplication.processEvents()
    return made


def shown_ids(page: RoutinesPage) -> list[str]:
    return [card.id for card in page._list.model_of_routines.rows(9_999)]


def chosen(page: RoutinesPage) -> RoutineCard:
    card = page._list.chosen()
    assert card is not None
    return card


def finder_of(page: RoutinesPage) -> Finder:
    assert page._finder is not None
    return page._finder


def button(widget: QWidget, words: str) -> QPushButton:
    found = [one for one in widget.findChildren(QPushButton) if one.text() == words]
    assert found, words
    return found[0]


def texts(widget: QWidget) -> list[str]:
    QApplication.processEvents()
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_typing_narrows_arrows_move_and_enter_starts(page: RoutinesPage, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Slash,):
        QTest.keyClick(page._list, key)
    QTest.keyClicks(focused(), "NIGHT cramp")
    narrowed = shown_ids(page)
    assert set(narrowed) == {"night_calf", "night_hamstring", "night_quad", "night_foot"}
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert chosen(page).id == narrowed[1]
    with qtbot.waitSignal(page.start_requested) as started:
        QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert started.args == [narrowed[1]]
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert len(shown_ids(page)) == 20
    assert chosen(page).id == narrowed[1]
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is page._list


def test_ctrl_f_takes_to_the_search(page: RoutinesPage) -> None:
    QTest.keyClick(page._list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert focused() is finder_of(page)._search


def test_time_moment_and_things_narrow(page: RoutinesPage) -> None:
    finder = finder_of(page)
    cards = {card.id: card for card in page._rows}
    finder._choices["minutes"].setCurrentIndex(1)
    assert shown_ids(page) == [name for name, card in cards.items() if card.length_s <= 300]
    finder._choices["moment"].setCurrentIndex(finder._choices["moment"].findData("cramp"))
    assert {cards[name].when for name in shown_ids(page)} == {"cramp"}
    finder.clear()
    finder._things.choose_none()
    assert shown_ids(page) == [name for name, card in cards.items() if not card.props]
    menu = finder._things.menu_of_things()
    wall = next(action for action in menu.actions() if action.text() == "a wall")
    wall.trigger()
    assert shown_ids(page) == [name for name, card in cards.items() if set(card.props) <= {"wall"}]
    assert "prerun_quick" in shown_ids(page)


@pytest.mark.qt_log_ignore("This plugin does not support")  # no popups without a screen
def test_the_list_of_things_stays_open_while_one_ticks(page: RoutinesPage, qtbot: QtBot) -> None:
    menu = finder_of(page)._things.menu_of_things()
    menu.popup(page.mapToGlobal(QPoint(10, 10)))
    ticks = [action for action in menu.actions() if action.isCheckable()]
    menu.setActiveAction(ticks[0])
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    assert not ticks[0].isChecked()
    middle = menu.actionGeometry(ticks[1]).center()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert menu.isVisible()
    assert not ticks[1].isChecked()
    menu.close()


def test_nothing_found_is_told_kindly_and_one_button_shows_all(page: RoutinesPage) -> None:
    finder_of(page)._search.setText("zzzz")
    assert shown_ids(page) == []
    assert any("No routine fits" in text for text in texts(page))
    assert not page._detail.isVisible()
    button(page, "Show all routines").click()
    assert len(shown_ids(page)) == 20
    assert page._detail.isVisible()


def test_own_words_in_any_script_are_found(page: RoutinesPage) -> None:
    own = page._rows[0]._replace(id="own", name="Καλημέρα", words="καλημερα")
    page.fill([*page._rows, own])
    finder_of(page)._search.setText("ΚΑΛΗΜΈΡΑ")
    assert shown_ids(page) == ["own"]


def test_a_star_marks_and_the_marked_come_first(page: RoutinesPage, qtbot: QtBot) -> None:
    page.choose("bedtime_trial")
    area = page._list.visualRect(page._list.currentIndex())
    star = page._list.painter_of_cards.star_area(area).center()
    with qtbot.waitSignal(page.favourite_requested) as marked:
        QTest.mouseClick(
            page._list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, star
        )
    assert marked.args == ["bedtime_trial"]
    page.show_favourites(frozenset({"bedtime_trial"}))
    assert shown_ids(page)[0] == "bedtime_trial"
    assert chosen(page).id == "bedtime_trial"
    with qtbot.waitSignal(page.favourite_requested) as by_key:
        QTest.keyClick(page._list, Qt.Key.Key_F)
    assert by_key.args == ["bedtime_trial"]


def test_a_painted_star_is_filled_only_when_marked(page: RoutinesPage) -> None:
    def accent_pixels() -> int:
        place = page._list.visualRect(page._list.model_of_routines.index_of("prerun_full"))
        star = page._list.painter_of_cards.star_area(place)
        image = page._list.viewport().grab(star).toImage()
        assert page._theme is not None
        accent = page._theme.qcolor("accent")
        return sum(
            image.pixelColor(x, y) == accent
            for x in range(10, image.width() - 10)
            for y in range(10, image.height() - 10)
        )

    assert accent_pixels() == 0
    page.show_favourites(frozenset({"prerun_full"}))
    assert accent_pixels() > 50


def test_favourites_survive_a_restart(places: Places, qtbot: QtBot) -> None:
    Coach(places).change_setting("muted", True)
    first = opened(places, qtbot)
    first.parts.browsing.routines.choose("desk_break")
    QTest.keyClick(first.parts.browsing.routines._list, Qt.Key.Key_F)
    first.close()
    second = opened(places, qtbot)
    assert shown_ids(second.parts.browsing.routines)[0] == "desk_break"
    assert chosen(second.parts.browsing.routines).id == "desk_break"
    second.close()


def test_race_day_shows_its_times_before_its_steps(page: RoutinesPage) -> None:
    page.choose("race_day")
    QApplication.processEvents()
    said = texts(page._detail)
    times = [card.time for card in chosen(page).prompts]
    assert [text for text in said if text in times] == times
    steps_top = page._detail._steps.mapTo(page._detail, QPoint(0, 0)).y()
    last = next(one for one in page._detail.findChildren(QLabel) if one.text() == times[-1])
    assert last.mapTo(page._detail, QPoint(0, 0)).y() < steps_top
    button(page._detail, "Cold-day warm-up").click()
    assert chosen(page).id == "prerun_cold"
    assert times[0] not in texts(page._detail)


def test_relief_says_for_which_cramp_and_the_ending_is_told(page: RoutinesPage) -> None:
    page.choose("night_calf")
    assert any("For a cramp in the calf" in text for text in texts(page._detail))
    page.choose("bedtime_plus")
    assert any(text.startswith("•") for text in texts(page._detail))
    assert not any("For a cramp" in text for text in texts(page._detail))


def test_the_buttons_say_what_they_lead_to(page: RoutinesPage, qtbot: QtBot) -> None:
    page.choose("morning")
    for words, signal, said in (
        ("Edit a copy", page.edit_requested, ["morning"]),
        ("Share…", page.export_requested, ["morning"]),
        ("New routine", page.edit_requested, [""]),
        ("Open a file…", page.file_requested, []),
    ):
        with qtbot.waitSignal(signal) as asked:
            button(page, words).click()
        assert asked.args == said
    own = page._rows[0]._replace(id="own", built_in=False)
    page.fill([own])
    assert button(page, "Edit").isVisible()


def test_a_step_opens_its_exercise_and_esc_leads_back(window: MainWindow) -> None:
    page = window.parts.browsing.routines
    page.choose("prerun_quick")
    steps = page._detail._steps
    steps.setFocus()
    QTest.keyClick(steps, Qt.Key.Key_Down)
    QTest.keyClick(steps, Qt.Key.Key_Return)
    shown = window.rooms.current
    assert isinstance(shown, ExercisesPage)
    assert shown._page.exercise == "leg_swing_front"
    assert "2 of 7" in texts(shown)
    QTest.keyClick(shown._page, Qt.Key.Key_Escape)
    assert window.rooms.current is page
    assert window.parts.stage.view is None


def test_only_drawings_in_sight_are_asked_for(loaded_coach: Coach, qtbot: QtBot) -> None:
    made = RoutinesPage()
    qtbot.addWidget(made)
    asked: list[str] = []

    def note(names: list[str], side_px: int) -> None:
        asked.extend(names)

    made.pictures_requested.connect(note)
    made.set_theme(load_theme(loaded_coach.places.assets / "themes", "light"))
    made.setMinimumSize(50, 50)
    made.resize(1100, 700)
    made.show()
    base = make_cards(loaded_coach)[0]
    made.fill([base._replace(id=f"own_{n}", picture=f"picture_{n}") for n in range(1_000)])
    height = made._list.painter_of_cards.card_height(made._list.font())
    in_sight = made._list.height() // height + 2
    assert 0 < len(set(asked)) <= in_sight
    asked.clear()
    made._list.scrollToBottom()
    qtbot.waitUntil(lambda: "picture_999" in asked, timeout=3_000)
    assert len(set(asked)) <= 2 * in_sight


def test_in_a_small_window_list_or_routine_has_all_the_room(page: RoutinesPage) -> None:
    page.resize(400, 420)
    QApplication.processEvents()
    assert page._side.isVisible()
    assert not page._detail.isVisible()
    QTest.keyClick(page._list, Qt.Key.Key_Right)
    assert not page._side.isVisible()
    assert page._detail.isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert page._side.isVisible()
    assert focused() is page._list
    page.resize(1100, 700)
    QApplication.processEvents()
    assert page._side.isVisible()
    assert page._detail.isVisible()


def test_history_is_on_the_cards(page: RoutinesPage) -> None:
    page.show_history({"morning": "last done yesterday · 5 times"})
    model = page._list.model_of_routines
    said = model.data(model.index_of("morning"), Qt.ItemDataRole.AccessibleTextRole)
    assert "last done yesterday · 5 times" in str(said)


def test_a_key_begins_a_new_routine(page: RoutinesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.edit_requested) as asked:
        QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == [""]
