"""The editor of exercises as it is used: by keyboard and mouse, with pictures, and its way out."""

from pathlib import Path

import pytest

pytest.importorskip("PySide6")

import tomli
from by_hand import focused, labelled, press, tab_to
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from uncramp.coach.places import Places
from uncramp.coach.settings import ThemeChoice
from uncramp.figure.joints import Handle, angle, handle_spot
from uncramp.figure.kinematics import settle
from uncramp.model.figure import Limb, Scenery, Touch
from uncramp.ui.fields import Stepper
from uncramp.ui.painted import ChoiceBox
from uncramp.ui.window import MainWindow
from uncramp.ui.workshop.exercise.fields import LineList
from uncramp.ui.workshop.exercise.page import ExerciseEditorPage
from uncramp.ui.workshop.exercise.pose_canvas import PoseCanvas
from uncramp.ui.workshop.exercise.pose_handle import SIDE_PX
from uncramp.ui.workshop.exercise.pose_strip import FrameList
from uncramp.ui.workshop.routine.page import EditorPage

Key = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
BOMB = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 9 9"><g id="a0"><path d="M0 0h9"/></g>'
    + "".join(f'<g id="a{i + 1}">' + f'<use x:href="#a{i}"/>' * 10 + "</g>" for i in range(12))
    + "</svg>"
)


def opened(window: MainWindow, exercise: str) -> ExerciseEditorPage:
    window.parts.edit_exercise(exercise)
    page = window.stack.page
    assert isinstance(page, ExerciseEditorPage)
    QApplication.processEvents()
    return page


@pytest.fixture
def empty(window: MainWindow) -> ExerciseEditorPage:
    return opened(window, "")


@pytest.fixture
def calf(window: MainWindow) -> ExerciseEditorPage:
    page = opened(window, "wall_calf_pump")
    press(Key.Key_2, CTRL)
    return page


def choice(page: QWidget, name: str) -> ChoiceBox:
    return next(one for one in page.findChildren(ChoiceBox) if one.accessibleName() == name)


def choose(box: ChoiceBox, words: str) -> None:
    box.setCurrentIndex(box.findText(words))
    box.activated.emit(box.currentIndex())


def drag(
    canvas: PoseCanvas, handle: Handle, by: QPoint, modifier: Qt.KeyboardModifier = NONE
) -> QPointF:
    """Drag a handle by pixels, as a mouse does; return where it was to end."""
    dot = canvas.dot(handle)
    middle = QPoint(SIDE_PX // 2, SIDE_PX // 2)
    wanted = dot.middle() + QPointF(by)
    QTest.mousePress(dot, LEFT, modifier, middle)
    begun = dot.mapTo(canvas, middle)
    for share in (0.5, 1.0):
        place = begun + QPoint(round(by.x() * share), round(by.y() * share))
        # The handle goes along, so the place within it has to be found anew.
        QTest.mouseMove(dot, dot.mapFrom(canvas, place))
        QApplication.processEvents()
        _move(dot, dot.mapFrom(canvas, place), modifier)
    QTest.mouseRelease(dot, LEFT, modifier, dot.mapFrom(canvas, begun + by))
    QApplication.processEvents()
    return wanted


def _move(dot: QWidget, place: QPoint, modifier: Qt.KeyboardModifier) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(dot.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        LEFT,
        modifier,
    )
    QApplication.sendEvent(dot, event)


def test_an_exercise_is_written_by_keyboard_alone(
    empty: ExerciseEditorPage, places: Places
) -> None:
    assert focused().accessibleName() == "Name"
    QTest.keyClicks(focused(), "Heel drop")
    tab_to("Kind, required")
    QTest.keyClicks(focused(), "Slow")
    tab_to("Tempo")
    press(Key.Key_Up, times=4)
    tab_to("What the voice says: new line")
    for cue in ("Sink slowly", "Rise quicker"):
        QTest.keyClicks(focused(), cue)
        press(Key.Key_Return)
    tab_to("What it feels like, required")
    QTest.keyClicks(focused(), "A pull low in the calf.")
    tab_to("Common mistakes: new line")
    QTest.keyClicks(focused(), "Bouncing")
    tab_to("a step")
    press(Key.Key_Space)
    press(Key.Key_S, CTRL)
    assert empty.editor.problems == ()
    assert empty.editor.file == places.data / "routines" / "exercises" / "heel_drop.toml"
    data = tomli.loads(empty.editor.file.read_text("utf-8"))
    assert (data["name"], data["kind"], data["cycle_s"]) == ("Heel drop", "oscillate", 2)
    assert data["cues"] == ["Sink slowly", "Rise quicker"]
    assert (data["mistakes"], data["props"]) == (["Bouncing"], ["step"])
    assert data["feel"] == "A pull low in the calf."


def test_lines_are_put_in_order_by_mouse(empty: ExerciseEditorPage) -> None:
    for cue in ("One", "Two", "Three"):
        empty.editor.add_item("cues", cue)
    empty.form.refresh()
    QApplication.processEvents()
    QTest.mouseClick(labelled(empty, "Move up: What the voice says 3"), LEFT)
    QTest.mouseClick(labelled(empty, "Remove: What the voice says 1"), LEFT)
    assert empty.editor.items_of("cues") == ("Three", "Two")
    rows = empty.form.field("cues")
    assert isinstance(rows, LineList)
    assert rows.line(0).text() == "Three"


def test_a_problem_leads_to_its_field(empty: ExerciseEditorPage) -> None:
    press(Key.Key_2, CTRL)
    rows = empty._problems
    assert [rows.item(i).text()[3:] for i in range(2)] == [
        "“What the voice says” is not filled in yet",
        "“What it feels like” is not filled in yet",
    ]
    rows.itemActivated.emit(rows.item(1))
    assert focused() is empty.form.field("feel")
    assert empty.form.isVisible()


def test_a_joint_is_dragged_by_the_mouse(calf: ExerciseEditorPage) -> None:
    canvas = calf.poses.canvas
    calf.poses.choose_frame(1)
    before = calf.editor.figure.keys[1].pose
    wanted = drag(canvas, Handle.HIPS, QPoint(-8, 4))
    pose = calf.editor.figure.keys[1].pose
    assert pose.working_leg.knee > before.working_leg.knee
    assert (canvas.dot(Handle.HIPS).middle() - wanted).manhattanLength() < 4
    body = settle(calf.editor.figure, pose)
    assert body.working_leg.ankle[0] == pytest.approx(0.0, abs=0.001)
    press(Key.Key_Z, CTRL)
    assert calf.editor.figure.keys[1].pose == before
    assert not calf.editor.can_undo


def test_a_drag_that_is_stopped_says_by_what(calf: ExerciseEditorPage) -> None:
    canvas = calf.poses.canvas
    calf.poses.choose_frame(1)
    told: list[str] = []
    canvas.told.connect(told.append)
    drag(canvas, Handle.HIPS, QPoint(160, 40))
    assert any("bends no further" in one or "stays where it touches" in one for one in told)
    shown = canvas.dot(Handle.HIPS).grab().toImage()
    red = calf._theme.qcolor("alert").rgb()
    pixels = [shown.pixel(x, y) for x in range(SIDE_PX) for y in range(SIDE_PX)]
    assert sum(pixel == red for pixel in pixels) > 20


def test_arrows_move_a_handle_and_one_undo_takes_the_row_back(calf: ExerciseEditorPage) -> None:
    canvas = calf.poses.canvas
    before = calf.editor.figure
    canvas.focus_handle(Handle.SHOULDERS)
    x, _ = handle_spot(before, settle(before, before.keys[0].pose), Handle.SHOULDERS)
    press(Key.Key_Right, times=3)
    after = calf.editor.figure
    moved, _ = handle_spot(after, settle(after, after.keys[0].pose), Handle.SHOULDERS)
    assert moved - x == pytest.approx(0.03, abs=0.004)
    press(Key.Key_Z, CTRL)
    assert calf.editor.figure == before


def test_tab_goes_from_handle_to_handle_and_names_them(calf: ExerciseEditorPage) -> None:
    calf.poses.canvas.focus_handle(Handle.HEAD)
    names = []
    for _ in range(5):
        names.append(focused().accessibleName())
        press(Key.Key_Tab)
    assert names == ["Head", "Shoulders", "Back", "Hips", "Near elbow"]
    assert "knee 5°" in calf.poses.canvas.dot(Handle.WORKING_KNEE).accessibleDescription()


def test_a_pinned_foot_takes_its_place_along_or_steps_in_one_frame(
    calf: ExerciseEditorPage,
) -> None:
    canvas = calf.poses.canvas
    calf.poses.choose_frame(1)

    def place() -> float:
        return next(p.x for p in calf.editor.figure.pins if p.limb is Limb.OTHER_FOOT)

    before = place()
    canvas.focus_handle(Handle.OTHER_FOOT)
    press(Key.Key_Left, times=2)
    assert place() == pytest.approx(before - 0.02, abs=0.001)
    press(Key.Key_Up, SHIFT)
    assert place() == pytest.approx(before - 0.02, abs=0.001)
    lifted = [angle(key.pose, "other_leg.lift") for key in calf.editor.figure.keys]
    assert lifted == [0.0, pytest.approx(0.01, abs=0.002)]


def test_key_frames_are_copied_moved_and_removed_by_keys(calf: ExerciseEditorPage) -> None:
    strip = calf.findChild(FrameList)
    assert strip is not None
    first, second = calf.editor.figure.keys
    strip.setFocus()
    strip.setCurrentRow(0)
    press(Key.Key_D, CTRL)
    assert [key.at_s for key in calf.editor.figure.keys] == [0, 1.5, 3]
    assert strip.currentRow() == 1
    press(Key.Key_Right, ALT)
    assert [key.pose for key in calf.editor.figure.keys] == [first.pose, second.pose, first.pose]
    press(Key.Key_Delete)
    assert [key.pose for key in calf.editor.figure.keys] == [first.pose, second.pose]
    press(Key.Key_M, CTRL)
    mirrored = calf.editor.figure.keys[strip.currentRow()].pose
    assert mirrored.working_leg == second.pose.other_leg


@pytest.mark.parametrize(
    ("row", "x", "to"), [(0, 10, 0), (0, 500, 2), (2, 0, 0), (1, 2 * 72 + 10, 1), (1, 300, 2)]
)
def test_a_key_frame_lands_where_it_is_dropped(
    calf: ExerciseEditorPage, row: int, x: int, to: int
) -> None:
    calf.poses._copy()
    strip = calf.findChild(FrameList)
    assert strip is not None
    assert strip.count() == 3
    assert strip.gridSize().width() == 72
    assert strip.dropped_at(row, x) == to


def test_playing_hides_the_handles_and_a_frame_brings_them_back(
    calf: ExerciseEditorPage, qtbot: QtBot
) -> None:
    strip, canvas = calf.poses.strip, calf.poses.canvas
    with qtbot.waitSignal(strip.shown_at, timeout=3_000):
        QTest.mouseClick(labelled(calf, "Play"), LEFT)
    assert strip.is_playing
    assert not canvas.dot(Handle.HIPS).isVisible()
    QTest.mouseClick(labelled(calf, "Pause"), LEFT)
    assert not strip.is_playing
    calf.poses.choose_frame(0)
    assert canvas.dot(Handle.HIPS).isVisible()


def test_touches_things_view_and_glow_are_chosen_from_lists(empty: ExerciseEditorPage) -> None:
    press(Key.Key_2, CTRL)
    choose(choice(empty, "Near hand"), "On the wall")
    figure = empty.editor.figure
    assert {item.kind for item in figure.scenery} == {Scenery.WALL}
    assert Touch.WALL in {pin.touch for pin in figure.pins}
    choose(choice(empty, "Add an object"), "Chair ahead")
    choose(choice(empty, "Add a muscle"), "Upper calf")
    assert [str(one) for one in empty.editor.figure.glow] == ["gastrocnemius"]
    QTest.mouseClick(labelled(empty, "Remove: Wall ahead"), LEFT)
    figure = empty.editor.figure
    assert {item.kind for item in figure.scenery} == {Scenery.CHAIR}
    assert Touch.WALL not in {pin.touch for pin in figure.pins}
    choose(choice(empty, "View"), "From the front")
    assert not empty.poses.canvas.dot(Handle.HEAD).isVisible()
    assert empty.poses.canvas.dot(Handle.WORKING_HAND).isVisible()


def test_near_handles_lie_over_far_ones(empty: ExerciseEditorPage) -> None:
    press(Key.Key_2, CTRL)
    canvas = empty.poses.canvas
    near, far = canvas.dot(Handle.WORKING_HAND), canvas.dot(Handle.OTHER_HAND)
    place = near.geometry().center()
    assert far.geometry().contains(place)
    assert canvas.childAt(place) is near
    canvas.focus_handle(Handle.OTHER_HAND)
    assert canvas.childAt(place) is far
    canvas.focus_handle(Handle.HEAD)
    assert canvas.childAt(place) is near


def test_an_angle_is_given_as_a_number(calf: ExerciseEditorPage) -> None:
    calf.poses.canvas.focus_handle(Handle.BACK)
    field = next(
        one
        for one in calf.findChildren(Stepper)
        if one.isVisible() and one.objectName() == "0" and one.focusProxy() is not None
    )
    field.setFocus()
    press(Key.Key_A, CTRL)
    QTest.keyClicks(focused(), "12")
    press(Key.Key_Return)
    assert calf.editor.figure.keys[0].pose.bend == 12.0


def test_what_no_body_can_do_is_told_kindly(calf: ExerciseEditorPage, qtbot: QtBot) -> None:
    calf.poses.choose_frame(1)
    calf.poses.take_focus()
    calf.poses._set_angle("trunk", -25.0)
    told = calf.poses.warning_label
    qtbot.waitUntil(told.isVisible, timeout=3_000)
    assert "does not reach what it touches at" in told.text()
    press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: not told.isVisible(), timeout=3_000)


def test_a_picture_stands_in_and_the_runner_comes_back(
    empty: ExerciseEditorPage, tmp_path: Path
) -> None:
    source = tmp_path / "mine.svg"
    source.write_text(SVG, "utf-8")
    press(Key.Key_2, CTRL)
    empty.use_picture(source)
    assert empty.editor.picture == SVG.encode()
    assert not empty.poses.isVisible()
    QTest.mouseClick(labelled(empty, "Draw the runner instead"), LEFT)
    assert empty.poses.isVisible()
    press(Key.Key_Z, CTRL)
    assert not empty.poses.isVisible()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.svg", BOMB),
        ("entities.svg", '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg><text>&a;</text></svg>'),
        ("other.svg", '<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>'),
        ("nothing.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"/>'),
        ("text.png", "no picture"),
        ("text.txt", SVG),
    ],
)
def test_hostile_pictures_are_refused_with_a_sentence(
    empty: ExerciseEditorPage, tmp_path: Path, name: str, content: str
) -> None:
    source = tmp_path / name
    source.write_text(content, "utf-8")
    before = empty.editor.text
    empty.use_picture(source)
    assert empty._notice.isVisible()
    assert empty._notice.sentence.startswith(name)
    assert empty.editor.text == before
    assert not empty.editor.can_redo


def test_leaving_asks_when_something_would_be_lost(
    calf: ExerciseEditorPage, window: MainWindow
) -> None:
    press(Key.Key_Escape)
    assert window.stack.page is None
    page = opened(window, "wall_calf_pump")
    page.editor.set_value("feel", "Nothing sharp.")
    press(Key.Key_Escape)
    assert window.stack.page is page
    assert page._notice.isVisible()
    QTest.mouseClick(labelled(page, "Save and leave"), LEFT)
    assert window.stack.page is None
    assert page.editor.file is not None


def test_an_exercise_is_written_on_the_way_to_a_routine(window: MainWindow) -> None:
    window.parts.edit_routine("")
    routine = window.stack.page
    assert isinstance(routine, EditorPage)
    QTest.mouseClick(labelled(routine, "New exercise"), LEFT)
    page = window.stack.page
    assert isinstance(page, ExerciseEditorPage)
    page.editor.set_value("name", "Ankle circles")
    page.editor.set_value("feel", "Loose.")
    page.editor.add_item("cues", "Slowly")
    press(Key.Key_S, CTRL)
    press(Key.Key_Escape)
    assert window.stack.page is routine
    assert routine.isVisible()
    routine._add_step("ankle_circles")
    assert [step.exercise for step in routine.editor.steps] == ["ankle_circles"]
    assert routine.editor.problems == ()
    assert "ankle_circles" in window.coach.library.exercises


def test_an_own_exercise_can_be_taken_away_and_brought_back(window: MainWindow) -> None:
    page = opened(window, "squat")
    press(Key.Key_S, CTRL)
    file = page.editor.file
    assert file is not None
    QTest.mouseClick(labelled(page, "Delete"), LEFT)
    assert not file.exists()
    assert window.stack.page is None
    QTest.mouseClick(labelled(window, "Undo"), LEFT)
    assert file.exists()


@pytest.mark.parametrize("theme", ["light", "dark", "night"])
def test_the_smallest_window_shows_all_of_it(window: MainWindow, theme: str) -> None:
    window.resize(720, 520)
    page = opened(window, "squat")
    window.choose_theme(ThemeChoice(theme))
    press(Key.Key_2, CTRL)
    QApplication.processEvents()
    assert page.width() <= 720
    assert labelled(page, "Save").geometry().right() <= page.width()
    canvas = page.poses.canvas
    assert canvas.height() >= 120
    for handle in Handle:
        dot = canvas.dot(handle)
        if dot.isVisible():
            assert canvas.rect().contains(dot.geometry()), handle
    QTest.mouseClick(labelled(page, "Details"), LEFT)
    assert choice(page, "View").isVisible()
    assert not canvas.isVisible()
