"""The leg map: clicks, keys, names, colours."""

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from uncramp.coach.places import find_places
from uncramp.model.body import Side
from uncramp.model.diary import CrampMuscle
from uncramp.ui.cramp.leg_map import LegMap
from uncramp.ui.theme import load_theme

M = CrampMuscle
L, R = Side.LEFT, Side.RIGHT
EVERY = [(muscle, side) for muscle in CrampMuscle for side in (L, R)]
Make = Callable[..., LegMap]


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Make:
    themes = find_places(tmp_path).assets / "themes"

    def made(theme: str = "light", size: tuple[int, int] = (460, 480)) -> LegMap:
        legs = LegMap(load_theme(themes, theme))
        qtbot.addWidget(legs)
        legs.resize(*size)
        legs.show()
        QApplication.processEvents()
        return legs

    return made


def glowing(image: QImage, colour: QColor) -> set[tuple[int, int]]:
    return {
        (x, y)
        for y in range(0, image.height(), 3)
        for x in range(0, image.width(), 3)
        if image.pixelColor(x, y) == colour
    }


@pytest.mark.parametrize("size", [(460, 480), (240, 230), (900, 300)])
@pytest.mark.parametrize(("muscle", "side"), EVERY)
def test_a_click_on_a_place_chooses_it(
    make: Make, qtbot: QtBot, muscle: CrampMuscle, side: Side, size: tuple[int, int]
) -> None:
    legs = make(size=size)
    at = legs.region_rect(muscle, side).center().toPoint()
    child = legs.childAt(at)
    assert child is not None
    with qtbot.waitSignal(legs.chosen) as told:
        QTest.mouseClick(child, Qt.MouseButton.LeftButton)
    assert tuple(told.args or ()) == (muscle, side)
    assert (legs.muscle, legs.side) == (muscle, side)


@pytest.mark.parametrize("theme", ["light", "dark", "night"])
def test_only_the_chosen_place_glows(make: Make, theme: str) -> None:
    legs = make(theme)
    glow = QColor(legs._theme.figure["glow"])
    for muscle, side in EVERY:
        if muscle is M.OTHER:
            continue
        legs.choose(muscle, side)
        found = glowing(legs.grab().toImage(), glow)
        rect = legs.region_rect(muscle, side)
        inside = {point for point in found if rect.contains(QPoint(*point))}
        assert len(inside) >= 6, (muscle, side)
        if muscle is not M.FOOT:  # a foot is seen from both sides
            assert inside == found
    legs.choose(M.OTHER, L)
    assert glowing(legs.grab().toImage(), glow) == set()


def test_arrows_go_to_every_place_and_enter_accepts(make: Make, qtbot: QtBot) -> None:
    legs = make()
    legs.setFocus()
    steps = [
        (Qt.Key.Key_Right, M.CALF, R),
        (Qt.Key.Key_Right, M.SHIN, L),
        (Qt.Key.Key_Right, M.SHIN, R),
        (Qt.Key.Key_Right, M.SHIN, R),
        (Qt.Key.Key_Up, M.QUAD, R),
        (Qt.Key.Key_Up, M.QUAD, R),
        (Qt.Key.Key_Left, M.QUAD, L),
        (Qt.Key.Key_Left, M.HAMSTRING, R),
        (Qt.Key.Key_Down, M.CALF, R),
        (Qt.Key.Key_Down, M.FOOT, R),
        (Qt.Key.Key_Down, M.OTHER, R),
        (Qt.Key.Key_Left, M.OTHER, L),
        (Qt.Key.Key_Up, M.FOOT, L),
    ]
    for key, muscle, side in steps:
        QTest.keyClick(legs, key)
        assert (legs.muscle, legs.side) == (muscle, side), key
    with qtbot.waitSignal(legs.accepted):
        QTest.keyClick(legs, Qt.Key.Key_Return)


def test_every_place_has_a_name_for_those_who_do_not_see_it(make: Make) -> None:
    legs = make()
    names = [one.accessibleName() for one in legs.findChildren(QAbstractButton)]
    assert len(names) == len(set(names)) == 14
    assert {"Left calf", "Right shin", "Back of the left thigh"} <= set(names)
    legs.choose(M.QUAD, R)
    assert legs.accessibleName() == "Where it cramps: Front of the right thigh"
    checked = [one for one in legs.findChildren(QAbstractButton) if one.isChecked()]
    assert [one.accessibleName() for one in checked] == ["Front of the right thigh"]


def test_the_right_leg_is_the_mirror_of_the_left(make: Make) -> None:
    legs = make()
    legs.choose(M.OTHER, L)
    image = legs.grab().toImage()
    skin = QColor(legs._theme.figure["skin_near"])
    shares = []
    for muscle in (M.HAMSTRING, M.CALF, M.QUAD, M.SHIN):
        areas = []
        for side in (L, R):
            rect = legs.region_rect(muscle, side).toRect()
            areas.append(len(glowing(image.copy(rect), skin)))
        shares.append(areas[0] / areas[1])
    assert shares == pytest.approx([1.0] * 4, abs=0.1)
