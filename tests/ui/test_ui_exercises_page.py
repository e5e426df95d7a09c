"""The exercises: the grid, the one that moves, the page of one, and pictures of the user."""

import gc
import struct
import time
import weakref
import zlib
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from uncramp.coach.browse.exercise_cards import make_exercise_cards
from uncramp.coach.coach import Coach
from uncramp.coach.places import Places
from uncramp.coach.works import citations, load_works
from uncramp.ui.browse.exercises_page import ExercisesPage
from uncramp.ui.figure.exercise_view import ExerciseView
from uncramp.ui.figure.painted_pictures import load_picture
from uncramp.ui.figure.view import telling_time
from uncramp.ui.window import MainWindow
from uncramp.ui.workshop.exercise.page import ExerciseEditorPage

RED = QColor(200, 20, 30)


@pytest.fixture
def window(places: Places, qtbot: QtBot) -> Iterator[MainWindow]:
    Coach(places).change_setting("muted", True)
    made = MainWindow(places)
    with qtbot.waitSignal(made.filled, timeout=10_000):
        made.show()
    made.rooms.show("exercises")
    QApplication.processEvents()
    yield made
    made.close()


@pytest.fixture
def page(window: MainWindow) -> ExercisesPage:
    shown = window.rooms.page("exercises")
    assert isinstance(shown, ExercisesPage)
    return shown


def shown_ids(page: ExercisesPage) -> list[str]:
    return [card.id for card in page._grid.cards()]


def texts(widget: QWidget) -> list[str]:
    QApplication.processEvents()
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def reds(image: QImage) -> int:
    return sum(
        image.pixelColor(x, y) == RED for x in range(image.width()) for y in range(image.height())
    )


def inked(image: QImage) -> int:
    ground = image.pixelColor(0, 0)
    return sum(
        image.pixelColor(x, y) != ground
        for x in range(image.width())
        for y in range(image.height())
    )


def test_all_exercises_are_there_and_narrowed_by_what_is_asked(
    page: ExercisesPage, window: MainWindow
) -> None:
    cards = {
        card.id: card
        for card in make_exercise_cards(
            window.coach.library, load_works(window.coach.places.assets)
        )
    }
    assert shown_ids(page) == list(cards)
    assert len(cards) == len(window.coach.library.exercises) >= 39
    finder = page._finder
    finder._choices["muscle"].setCurrentIndex(finder._choices["muscle"].findData("foot"))
    assert "foot_ball" in shown_ids(page)
    assert "squat" not in shown_ids(page)
    finder.clear()
    finder._choices["moment"].setCurrentIndex(finder._choices["moment"].findData("desk"))
    used = {step.exercise for step in window.coach.library.routines["desk_break"].steps}
    assert used <= set(shown_ids(page))
    assert "roll_calf" not in shown_ids(page)
    finder.clear()
    finder._things.choose_none()
    assert all(not cards[name].props for name in shown_ids(page))
    finder.clear()
    finder._search.setText("GASTROC")
    assert "wall_calf_static" in shown_ids(page)
    finder._search.setText("zzzz")
    assert any("No exercise fits" in text for text in texts(page))
    page._clear.click()
    assert len(shown_ids(page)) == len(cards)


def test_every_muscle_has_its_exercises_and_every_leg_exercise_its_muscle(
    window: MainWindow,
) -> None:
    cards = make_exercise_cards(window.coach.library, load_works(window.coach.places.assets))
    found = {group for card in cards for group in card.groups}
    assert found == {"calf", "hamstring", "quad", "hip", "foot", "trunk"}
    without = {card.id for card in cards if not card.groups}
    assert without <= {"heat", "cold", "hand_massage", "calm_breath", "night_walk", "posture_break"}


def test_the_chosen_one_moves_and_nothing_while_one_scrolls(
    page: ExercisesPage, qtbot: QtBot
) -> None:
    grid = page._grid
    grid.setFocus()
    qtbot.waitUntil(lambda: grid._view.is_animating, timeout=3_000)
    place = grid.visualRect(grid.currentIndex())
    assert place.contains(grid._stage.geometry())
    grid.verticalScrollBar().setValue(60)
    assert not grid._stage.isVisible()
    assert not grid._view.is_animating
    qtbot.waitUntil(lambda: grid._view.is_animating, timeout=3_000)
    assert grid.visualRect(grid.currentIndex()).contains(grid._stage.geometry())


def test_the_one_under_the_pointer_moves(page: ExercisesPage, qtbot: QtBot) -> None:
    grid = page._grid
    second = grid._exercises.index(1)
    grid.entered.emit(second)
    qtbot.waitUntil(lambda: grid.visualRect(second).contains(grid._stage.geometry()), timeout=3_000)
    assert grid._view.is_animating
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    third = grid.visualRect(grid._exercises.index(2))
    qtbot.waitUntil(lambda: third.contains(grid._stage.geometry()), timeout=3_000)


def test_nothing_moves_on_a_page_that_is_not_seen(
    page: ExercisesPage, window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: page._grid._view.is_animating, timeout=3_000)
    window.rooms.show("journal")
    assert not page._grid._view.is_animating
    assert not page._grid._rest.isActive()


def test_cells_are_painted_once_and_kept(page: ExercisesPage, qtbot: QtBot) -> None:
    grid = page._grid
    qtbot.waitUntil(lambda: not grid.missing(), timeout=5_000)
    bar = grid.verticalScrollBar()

    def through() -> None:
        for value in (*range(0, bar.maximum(), 40), bar.maximum()):
            bar.setValue(value)
            grid.viewport().repaint()

    through()
    kept = dict(grid._cells._kept)
    assert {name for name, *_ in kept} == set(shown_ids(page))
    through()
    assert grid._cells._kept == kept


def test_enter_opens_the_page_and_the_arrows_lead_on(page: ExercisesPage, qtbot: QtBot) -> None:
    grid = page._grid
    grid.choose("wall_calf_pump")
    names = shown_ids(page)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert page._page.isVisible()
    said = texts(page._page)
    for words in ("Wall calf stretch", "Take care", "Common mistakes", "Easier", "Sources"):
        assert words in said, words
    assert f"1 of {len(names)}" in said
    QTest.keyClick(page._page, Qt.Key.Key_Left)
    assert page._page.exercise == names[-1]
    QTest.keyClick(page._page, Qt.Key.Key_Right)
    QTest.keyClick(page._page, Qt.Key.Key_Right)
    assert page._page.exercise == names[1]
    QTest.keyClick(page._page, Qt.Key.Key_Escape)
    assert not page._page.isVisible()
    chosen = grid.chosen()
    assert chosen is not None
    assert chosen.id == names[1]


def test_every_word_of_an_exercise_is_on_its_page(page: ExercisesPage, window: MainWindow) -> None:
    for exercise in window.coach.library.exercises.values():
        page.open(exercise.id)
        said = "\n".join(texts(page._page))
        advice = (exercise.caution, exercise.gate, exercise.easier, exercise.harder)
        wanted = [exercise.name, *exercise.cues, exercise.feel, *exercise.mistakes]
        for text in (*wanted, *(one for one in (exercise.start, *advice) if one is not None)):
            assert text.default in said, (exercise.id, text)
        works = load_works(window.coach.places.assets)
        for source in citations(exercise.sources, works):
            assert escape(source.words) in said
            assert not source.link or f'href="{source.link}"' in said


def test_left_is_the_mirror_of_right(page: ExercisesPage) -> None:
    page.open("wall_calf_pump")
    view = page._page._view
    page._page._show_telling()
    images = []
    for key in (Qt.Key.Key_L, Qt.Key.Key_R):
        QTest.keyClick(page._page, key)
        images.append(view.grab().toImage())
    left, right = images[0].flipped(Qt.Orientation.Horizontal), images[1]
    assert inked(right) > 5_000
    different = sum(
        abs(left.pixelColor(x, y).lightness() - right.pixelColor(x, y).lightness()) > 40
        for x in range(0, right.width(), 2)
        for y in range(0, right.height(), 2)
    )
    assert different < 0.01 * (right.width() * right.height() / 4)


def test_speed_pause_and_the_telling_moment(page: ExercisesPage, window: MainWindow) -> None:
    page.open("squat")
    view = page._page._view
    assert view.is_running
    QTest.keyClick(page._page, Qt.Key.Key_1)
    assert view._tempo == 0.25
    QTest.keyClick(page._page, Qt.Key.Key_2)
    assert view._tempo == 0.5
    QTest.keyClick(page._page, Qt.Key.Key_Space)
    assert not view.is_running
    assert page._page._pause.text() == "Continue"
    QTest.keyClick(page._page, Qt.Key.Key_Space)
    assert view.is_running
    QTest.keyClick(page._page, Qt.Key.Key_T)
    assert not view.is_running
    assert view.time_s == telling_time(window.coach.library.exercises["squat"].figure)


def test_a_calm_picture_is_wished_for_here_too(page: ExercisesPage, window: MainWindow) -> None:
    window.coach.change_setting("calm", True)
    page.open("wall_calf_static")
    view = page._page._view
    view.set_time(600.0)  # long since it is held
    assert view.is_running
    assert not view.is_animating
    window.coach.change_setting("calm", False)
    page.open("squat")
    page.open("wall_calf_static")
    view.set_time(600.0)
    assert view.is_animating  # it breathes


def test_a_routine_that_uses_it_is_one_click_away(page: ExercisesPage, window: MainWindow) -> None:
    page.open("wall_calf_pump")
    link = next(b for b in page._page.findChildren(QPushButton) if b.text() == "Quick 5")
    link.click()
    assert window.rooms.current is window.parts.browsing.routines
    chosen = window.parts.browsing.routines._list.chosen()
    assert chosen is not None
    assert chosen.id == "prerun_quick"


@pytest.mark.parametrize("size", [(720, 520), (1200, 760), (1920, 1080)])
def test_every_button_is_in_sight_and_reached_by_tab(
    page: ExercisesPage, window: MainWindow, size: tuple[int, int]
) -> None:
    window.resize(*size)
    page.open("wall_calf_pump")
    QApplication.processEvents()
    inside = page._page._movement
    for part in inside:
        assert part.width() >= part.sizeHint().width(), part
        corner = part.mapTo(page._page, QPoint(part.width() - 1, 0))
        assert corner.x() < page._page.width(), part
    groups = (page._page._sides.buttons(), page._page._speeds.buttons())
    single = {*inside, page._page._next, page._page._previous}.difference(*groups)
    seen: set[QWidget] = set()
    page._page.setFocus()
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget() or page._page, Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget() or page._page)
    assert single <= seen
    for group in groups:  # of which one is chosen: Tab finds one, and arrows lead on
        (found,) = seen.intersection(group)
        found.setFocus()
        QTest.keyClick(found, Qt.Key.Key_Right)
        assert QApplication.focusWidget() in group
        assert QApplication.focusWidget() is not found


# -- pictures of the user


def png(width: int, height: int, colour: QColor) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        mark = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + mark

    pixel = bytes((colour.red(), colour.green(), colour.blue()))
    rows = zlib.compress((b"\0" + pixel * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    ends = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + ends


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">'
    f'<rect width="20" height="10" fill="{RED.name()}"/></svg>'
).encode()


def own_exercise(window: MainWindow, ending: str, content: bytes) -> None:
    places = window.coach.places
    own = places.data / "routines" / "exercises"
    own.mkdir(parents=True, exist_ok=True)
    text = (places.routines / "exercises" / "squat.toml").read_text(encoding="utf-8")
    text = text.partition("[figure]")[0].replace('"squat"', '"wave"').replace('"E23"', '""')
    text = text.replace('name = "Squat', 'name = "Wave')
    (own / f"wave{ending}").write_bytes(content)
    (own / "wave.toml").write_text(f'{text}\npicture = "wave{ending}"\n', encoding="utf-8")
    routine = (
        'format = 1\nid = "waves"\nname = "Waves"\nsummary = "Wave."\nmoment = "desk"\n'
        '[[steps]]\nexercise = "wave"\nseconds = 30\n'
    )
    (own.parent / "waves.routine.toml").write_text(routine, encoding="utf-8")
    window.watch.look()
    assert "wave" in window.coach.library.exercises, window.coach.problems


@pytest.mark.parametrize(("ending", "content"), [(".png", png(40, 20, RED)), (".svg", SVG)])
def test_a_picture_stands_in_for_the_figure_everywhere(
    page: ExercisesPage, window: MainWindow, qtbot: QtBot, ending: str, content: bytes
) -> None:
    own_exercise(window, ending, content)
    page._grid.choose("wave")
    page._grid.scrollTo(page._grid.currentIndex())
    qtbot.waitUntil(lambda: not page._grid.missing(), timeout=5_000)
    cell = page._grid.visualRect(page._grid.currentIndex())
    assert reds(page._grid.viewport().grab(cell).toImage()) > 0.9 * 132 * 66
    page.open("wave")
    QApplication.processEvents()
    view = page._page._view
    image = view.grab().toImage()
    assert reds(image) > 0.9 * view.width() * min(view.width() / 2, view.height())
    assert not any(part.isVisible() for part in page._page._movement)
    window.rooms.show("routines")
    window.parts.browsing.routines.choose("waves")
    window.parts.browsing.routines.repeat_request()
    preview = window.parts.browsing.routines._detail._figure
    assert preview is not None
    assert reds(preview.grab().toImage()) > 1_000
    window.parts.stage.begin(window.coach.library.routines["waves"])
    session = window.parts.stage.view
    assert session is not None
    QApplication.processEvents()
    assert isinstance(session._figure, ExerciseView)
    assert reds(session._figure.grab().toImage()) > 1_000


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        (".png", b"no picture"),
        (".png", png(40, 20, RED)[:40]),
        (".svg", b"<svg"),
        (".svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        (".svg", b""),
    ],
)
def test_a_broken_picture_shows_the_name(
    page: ExercisesPage, window: MainWindow, ending: str, content: bytes
) -> None:
    own_exercise(window, ending, content)
    page.open("wave")
    QApplication.processEvents()
    view = page._page._view
    assert view._picture is None
    written = inked(view.grab().toImage())
    assert 100 < written < 0.1 * view.width() * view.height()
    (window.coach.places.data / "routines" / "exercises" / f"wave{ending}").unlink()
    window.watch.look()
    QApplication.processEvents()
    assert inked(view.grab().toImage()) == written


def test_a_picture_that_would_take_minutes_is_drawn_small_and_at_once(tmp_path: Path) -> None:
    crossing = " ".join(f"L{(n * 7919) % 100} {(n * 104729) % 100}" for n in range(3_000))
    path = f'<path fill-rule="evenodd" d="M0 0 {crossing}" fill="{RED.name()}"/>'
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{path}</svg>'
    (tmp_path / "crossing.svg").write_text(text, encoding="utf-8")
    begun = time.process_time()
    drawn = load_picture(tmp_path / "crossing.svg", 1_600)
    assert time.process_time() - begun < 2.0  # seven seconds at full size
    assert drawn is not None
    assert 96 <= drawn.width() < 1_600
    assert inked(drawn.toImage()) > 500
    (tmp_path / "plain.svg").write_bytes(SVG)
    plain = load_picture(tmp_path / "plain.svg", 1_600)
    assert plain is not None
    assert plain.width() == 1_600


def test_a_window_that_showed_exercises_is_freed_without_the_collector(
    places: Places, qtbot: QtBot
) -> None:
    Coach(places).change_setting("muted", True)
    made = MainWindow(places)
    with qtbot.waitSignal(made.filled, timeout=10_000):
        made.show()
    made.rooms.show("exercises")
    shown = made.rooms.page("exercises")
    assert isinstance(shown, ExercisesPage)
    shown.open("squat")
    made.rooms.show("routines")
    QApplication.sendPostedEvents(None, 0)
    QApplication.processEvents()
    gone = weakref.ref(made)
    made.close()
    del shown
    gc.collect()
    gc.disable()
    try:
        del made
        assert gone() is None
    finally:
        gc.enable()


def test_a_picture_keeps_its_shape_in_every_size(
    page: ExercisesPage, window: MainWindow, tmp_path: Path
) -> None:
    own_exercise(window, ".png", png(40, 20, RED))
    page.open("wave")
    for size in ((720, 520), (1500, 900)):
        window.resize(*size)
        QApplication.processEvents()
        image = page._page._view.grab().toImage()
        columns = [
            x for x in range(image.width()) if image.pixelColor(x, image.height() // 2) == RED
        ]
        rows = [y for y in range(image.height()) if image.pixelColor(image.width() // 2, y) == RED]
        assert len(columns) == pytest.approx(2 * len(rows), abs=4)


def test_an_exercise_can_be_written_or_copied_from_here(
    page: ExercisesPage, window: MainWindow
) -> None:
    new = next(one for one in page.findChildren(QPushButton) if one.text() == "New exercise")
    QTest.mouseClick(new, Qt.MouseButton.LeftButton)
    editor = window.stack.page
    assert isinstance(editor, ExerciseEditorPage)
    editor.done.emit()
    page.open("squat")
    copy = next(one for one in page.findChildren(QPushButton) if one.text() == "Edit a copy")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    editor = window.stack.page
    assert isinstance(editor, ExerciseEditorPage)
    assert editor.editor.text_of("name").startswith("Squat")
    editor.done.emit()
    assert window.stack.page is None
