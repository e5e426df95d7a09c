"""The editor as it is used: by keyboard alone, by mouse alone, and its way out."""

from pathlib import Path

import pytest

pytest.importorskip("PySide6")

import tomli
from by_hand import focused, labelled, press, tab_to, type_keys
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from uncramp.coach.coach import Coach
from uncramp.coach.places import Places
from uncramp.routines.edit import Place
from uncramp.ui.fields import Stepper
from uncramp.ui.widgets import Button
from uncramp.ui.window import MainWindow
from uncramp.ui.workshop.routine.page import EditorPage
from uncramp.ui.workshop.routine.picker import ExercisePicker
from uncramp.ui.workshop.routine.steps import StepTree

BEDTIME = ["wall_calf_static", "chair_hamstring"]
Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def opened(window: MainWindow, routine: str) -> EditorPage:
    window.parts.edit_routine(routine)
    page = window.stack.page
    assert isinstance(page, EditorPage)
    QApplication.processEvents()
    return page


@pytest.fixture
def empty(window: MainWindow) -> EditorPage:
    return opened(window, "")


@pytest.fixture
def warm_up(window: MainWindow) -> EditorPage:
    return opened(window, "prerun_quick")


def field(page: EditorPage, key: str) -> Stepper:
    found = page.findChild(Stepper, key)
    assert found is not None
    return found


def click(widget: QWidget, at: QPoint | None = None) -> None:
    QTest.mouseClick(widget, LEFT, pos=at or widget.rect().center())


def exercises(page: EditorPage) -> list[str]:
    return [step.exercise for step in page.editor.steps]


def test_the_bedtime_routine_is_made_by_keyboard_alone(
    empty: EditorPage, loaded_coach: Coach
) -> None:
    names = [loaded_coach.library.exercises[one].name.default for one in BEDTIME]
    assert focused().accessibleName() == "Name"
    type_keys("Calm evening")
    tab_to("Meant for")
    type_keys("Bed")
    for name in names:
        press(Key.Key_N, CTRL)
        type_keys(name)
        press(Key.Key_Return)
        tab_to("Time")
        press(Key.Key_A, CTRL)
        type_keys("10")
        tab_to("Sets")
        press(Key.Key_Up, times=2)
        tab_to("Change sides after every set")
        press(Key.Key_Space)
        tab_to("Time to change sides")
        press(Key.Key_A, CTRL)
        type_keys("0")
        tab_to("Steps")
    press(Key.Key_S, CTRL)
    made = empty.editor
    assert exercises(empty) == BEDTIME
    assert made.problems == ()
    assert made.timeline is not None
    shipped = loaded_coach.timeline(loaded_coach.library.routines["bedtime_trial"])
    assert made.timeline.segments == shipped.segments
    assert made.file is not None
    data = tomli.loads(made.file.read_text("utf-8"))
    assert (data["name"], data["moment"]) == ("Calm evening", "bedtime")


def test_the_bedtime_routine_is_made_by_mouse_alone(empty: EditorPage, loaded_coach: Coach) -> None:
    moments = empty.findChild(QComboBox, options=Qt.FindChildOption.FindChildrenRecursively)
    assert moments is not None
    picker = empty.findChild(ExercisePicker)
    assert picker is not None
    for number, exercise in enumerate(BEDTIME):
        if number:
            click(labelled(empty, "Add exercise"))
        rows = picker._list
        row = next(
            rows.item(at)
            for at in range(rows.count())
            if rows.item(at).data(Qt.ItemDataRole.UserRole) == exercise
        )
        rows.scrollToItem(row)
        click(rows.viewport(), rows.visualItemRect(row).center())
        QApplication.processEvents()
        for key, button, times in (("seconds", 0, 4), ("sets", 1, 2), ("switch_s", 0, 5)):
            parts = field(empty, key).findChildren(Button)
            for _ in range(times):
                click(parts[button])
        click(
            next(w for w in empty.findChildren(QWidget) if w.accessibleName().startswith("Change"))
        )
    click(labelled(empty, "Save"))
    assert exercises(empty) == BEDTIME
    assert empty.editor.timeline is not None
    shipped = loaded_coach.timeline(loaded_coach.library.routines["bedtime_trial"])
    assert empty.editor.timeline.segments == shipped.segments
    assert empty.editor.file is not None


def test_steps_move_by_keys_buttons_and_drag(warm_up: EditorPage) -> None:
    before = exercises(warm_up)
    tree = warm_up.findChild(StepTree)
    assert tree is not None
    press(Key.Key_Down, ALT)
    swapped = [before[1], before[0], *before[2:]]
    assert exercises(warm_up) == swapped
    assert tree.place() == (1,)
    click(labelled(warm_up, "Move up"))
    assert exercises(warm_up) == before
    tree.choose((1,))
    press(Key.Key_Delete)
    assert exercises(warm_up) == [before[0], *before[2:]]
    press(Key.Key_Z, CTRL)
    assert exercises(warm_up) == before


@pytest.mark.parametrize(
    ("place", "target", "where", "to"),
    [
        ((0,), (2,), "BelowItem", (2,)),
        ((0,), (2,), "AboveItem", (1,)),
        ((3,), (0,), "AboveItem", (0,)),
        ((0,), (1,), "OnItem", (0, 2)),
        ((3,), (1,), "OnItem", (1, 2)),
        ((0,), (1, 0), "BelowItem", (0, 1)),
        ((1, 0), (1, 1), "BelowItem", (1, 1)),
        ((1, 1), (0,), "AboveItem", (0,)),
        ((1, 0), None, "OnViewport", (4,)),
        ((0,), None, "OnViewport", (3,)),
        ((1,), (1, 0), "BelowItem", None),
        ((0,), (2,), "OnItem", None),
    ],
)
def test_a_step_lands_where_it_is_dropped(
    warm_up: EditorPage, place: Place, target: Place | None, where: str, to: Place | None
) -> None:
    editor = warm_up.editor
    while len(editor.steps) > 5:
        editor.remove((5,))
    editor.group(1, 2)
    warm_up._refresh()
    tree = warm_up.findChild(StepTree)
    assert tree is not None
    position = QAbstractItemView.DropIndicatorPosition[where]
    assert tree._dropped_at(place, target, position) == to
    if to is not None:
        moved = next(step.exercise for step in editor.steps if step.place == place)
        tree.move_requested.emit(place, to)
        assert next(step.exercise for step in editor.steps if step.place == to) == moved


def test_a_problem_leads_to_its_step(warm_up: EditorPage) -> None:
    tree = warm_up.findChild(StepTree)
    assert tree is not None
    warm_up.editor.add("wall_calf_static", (3,))
    warm_up.editor.set_step((3,), "seconds", 60)
    warm_up._refresh((0,))
    rows = warm_up._problems
    assert rows.isVisible()
    assert "too long before a run" in rows.item(0).text()
    assert not labelled(warm_up, "Try it").isEnabled()
    click(rows.viewport(), rows.visualItemRect(rows.item(0)).center())
    assert tree.place() == (3,)
    press(Key.Key_Z, CTRL)
    assert not rows.isVisible()


def test_leaving_asks_when_something_would_be_lost(warm_up: EditorPage, qtbot: QtBot) -> None:
    left: list[bool] = []
    warm_up.done.connect(lambda: left.append(True))
    press(Key.Key_Delete)
    press(Key.Key_Escape)
    assert left == []
    assert labelled(warm_up, "Save and leave").hasFocus()
    click(labelled(warm_up, "Stay"))
    click(labelled(warm_up, "Undo"))
    press(Key.Key_Escape)
    assert left == [True]


def test_leaving_can_save_first(warm_up: EditorPage, window: MainWindow) -> None:
    press(Key.Key_Delete)
    click(labelled(warm_up, "Back"))
    press(Key.Key_Return)
    assert window.stack.page is None
    assert len(window.coach.library.routine_files) == len(window.coach.library.routines)
    assert "quick_5_my_copy" in window.coach.library.routines


def test_what_is_being_typed_is_saved_too(warm_up: EditorPage) -> None:
    name = next(one for one in warm_up.findChildren(QLineEdit) if one.accessibleName() == "Name")
    name.setFocus()
    name.selectAll()
    name.insert("Ωραία 🦵")  # the keys of the test know Latin letters only
    press(Key.Key_S, CTRL)
    assert warm_up.editor.file is not None
    assert tomli.loads(warm_up.editor.file.read_text("utf-8"))["name"] == "Ωραία 🦵"


def test_a_folder_in_the_way_is_told_and_nothing_is_lost(
    warm_up: EditorPage, places: Places
) -> None:
    places.data.mkdir(exist_ok=True)
    (places.data / "routines").write_text("in the way", "utf-8")
    press(Key.Key_S, CTRL)
    assert "Nothing was changed" in warm_up._notice.sentence
    assert warm_up._notice.isVisible()
    assert len(warm_up.editor.steps) == 7


def test_trying_a_draft_comes_back_to_it_and_is_not_in_the_journal(window: MainWindow) -> None:
    page = opened(window, "prerun_quick")
    click(labelled(page, "Try it"))
    view = window.parts.stage.view
    assert view is not None
    view.driver.skip()
    view.driver.end()
    assert window.stack.page is page
    assert page.isVisible()
    assert window.coach.journal is not None
    assert window.coach.journal.sessions() == ()
    page.done.emit()
    assert window.stack.page is None


def test_a_saved_routine_is_in_the_list_at_once(window: MainWindow, tmp_path: Path) -> None:
    assert tmp_path.is_dir()
    page = opened(window, "")
    page._add_step("easy_jog")
    page._save_file()
    page.done.emit()
    assert "my_routine" in window.coach.library.routines
    shown = window.parts.browsing.routines._rows
    assert any(card.id == "my_routine" for card in shown)


def test_an_own_routine_can_be_deleted_and_brought_back(window: MainWindow) -> None:
    page = opened(window, "prerun_quick")
    assert not page._delete.isVisible()
    press(Key.Key_S, CTRL)
    path = page.editor.file
    assert path is not None
    content = path.read_bytes()
    click(labelled(page, "Delete"))
    assert window.stack.page is None
    assert not path.exists()
    assert "quick_5_my_copy" not in window.coach.library.routines
    QApplication.processEvents()
    click(labelled(window, "Undo"))
    assert path.read_bytes() == content
    assert "quick_5_my_copy" in window.coach.library.routines


def test_a_letter_beside_its_field_is_no_command_where_much_is_typed(window: MainWindow) -> None:
    page = opened(window, "prerun_quick")
    page._tree.setFocus()
    press(Key.Key_C)
    assert window.stack.page is page
    press(Key.Key_F9)
    assert window.stack.page is not page


def test_what_is_typed_first_comes_first_and_is_taken_by_enter(empty: EditorPage) -> None:
    press(Key.Key_N, CTRL)
    type_keys("wall calf st")
    press(Key.Key_Return)
    press(Key.Key_N, CTRL)
    type_keys("chair ham")
    press(Key.Key_Return)
    assert exercises(empty) == ["wall_calf_pump", "chair_hamstring"]


def test_the_wheel_changes_nothing_in_passing(warm_up: EditorPage) -> None:
    before = warm_up.editor.text
    boxes: list[QWidget] = [
        *warm_up.findChildren(QComboBox),
        *(field(warm_up, key)._number for key in ("seconds", "sets")),
    ]
    for box in boxes:
        box.setFocus()
        turn = QWheelEvent(
            QPointF(5, 5),
            QPointF(box.mapToGlobal(QPoint(5, 5))),
            QPoint(),
            QPoint(0, -240),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(box, turn)
    assert warm_up.editor.text == before


def test_what_was_saved_is_chosen_among_the_routines(window: MainWindow) -> None:
    page = opened(window, "cooldown_short")
    press(Key.Key_S, CTRL)
    page.done.emit()
    chosen = window.parts.browsing.routines._list.chosen()
    assert chosen is not None
    assert chosen.id == page.editor.values["id"]
