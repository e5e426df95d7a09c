"""The moving view: what it shows, and that it rests when there is nothing to see."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
pytest.importorskip("PySide6")

import tomli
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QColor, QImage, QPaintEvent
from pytestqt.qtbot import QtBot

from uncramp.figure.animation import BREATH_S
from uncramp.model.body import Side
from uncramp.model.errors import EnvironmentFault
from uncramp.model.exercise import Exercise, Kind, Sides
from uncramp.model.figure import Figure
from uncramp.model.text import Text
from uncramp.routines.figure_spec import FigureSpec
from uncramp.ui.figure.sheet import render_one, render_sheet
from uncramp.ui.figure.view import BREATHING_FPS, FigureView, telling_time, thumbnail
from uncramp.ui.theme import Theme, load_theme

ROOT = Path(__file__).parents[2]


def exercise_named(name: str) -> Exercise:
    path = ROOT / "routines" / "exercises" / f"{name}.toml"
    table = tomli.loads(path.read_text(encoding="utf-8"))
    return Exercise(
        id=table["id"],
        ref=table["ref"],
        name=Text(table["name"]),
        kind=Kind(table["kind"]),
        sides=Sides(table["sides"]),
        muscles=(),
        props=(),
        cues=(),
        feel=Text(""),
        mistakes=(),
        sources=(),
        figure=FigureSpec.model_validate(table["figure"]).to_model(),
    )


def figure_named(name: str) -> Figure:
    return exercise_named(name).figure


class CountingView(FigureView):
    """Counts how often it is asked to paint, and how much of itself."""

    painted = 0
    area = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's own name
        self.painted += 1
        self.area = event.rect().width() * event.rect().height()
        super().paintEvent(event)


@pytest.fixture
def theme() -> Theme:
    return load_theme(ROOT / "assets" / "themes", "light")


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> Iterator[CountingView]:
    made = CountingView(theme.figure)
    qtbot.addWidget(made)
    made.resize(420, 520)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.pause()


def picture(view: FigureView) -> QImage:
    return view.grab().toImage()


def test_an_empty_view_paints_nothing_and_does_not_fail(view: CountingView) -> None:
    view.run()
    assert not view.is_animating
    assert not picture(view).isNull()


def test_it_moves_while_it_runs(qtbot: QtBot, view: CountingView) -> None:
    view.set_figure(figure_named("easy_jog"), Side.NONE, "Easy jog")
    assert view.accessibleName() == "Easy jog"
    before = picture(view)
    view.run()
    assert view.is_animating
    qtbot.waitUntil(lambda: view.time_s > 0.15, timeout=5000)
    assert picture(view) != before
    assert view.painted > 2


def test_a_paused_view_stays_as_it_is(qtbot: QtBot, view: CountingView) -> None:
    view.set_figure(figure_named("easy_jog"), Side.NONE)
    view.run()
    qtbot.waitUntil(lambda: view.time_s > 0.1, timeout=5000)
    view.pause()
    assert not view.is_animating
    shown, at_s = picture(view), view.time_s
    assert picture(view) == shown
    assert view.time_s == at_s


def test_a_hold_only_breathes(qtbot: QtBot, view: CountingView) -> None:
    """A held pose is looked at less often, and its breaths are drawn once."""
    figure = figure_named("wall_calf_static")
    view.set_figure(figure, Side.LEFT)
    view.set_tempo(20.0)
    view.run()
    assert view.is_animating
    qtbot.waitUntil(lambda: view.time_s > figure.cycle_s, timeout=5000)
    view.pause()
    held = figure.cycle_s + 30.0
    view.set_time(held)
    empty = picture(view)
    view.set_time(held + BREATH_S / 2)
    assert picture(view) != empty
    view.set_time(held + 7 * BREATH_S)
    assert picture(view) == empty
    built = len(view._frames)
    for i in range(300):
        view.set_time(held + i * 0.05)
    assert len(view._frames) - built <= BREATH_S * BREATHING_FPS + 1


def test_a_hidden_view_does_not_animate(view: CountingView) -> None:
    view.set_figure(figure_named("easy_jog"), Side.NONE)
    view.run()
    view.hide()
    assert not view.is_animating
    painted = view.painted
    view.set_time(0.3)
    assert view.painted == painted
    view.show()
    assert view.is_animating


def test_the_same_instant_is_not_painted_twice(qtbot: QtBot, view: CountingView) -> None:
    view.set_figure(figure_named("wall_calf_pump"), Side.RIGHT)
    qtbot.waitUntil(lambda: view.painted > 0, timeout=5000)
    view.repaint()
    painted = view.painted
    view.set_time(0.001)
    view.set_time(0.0)
    QCoreApplication.processEvents()
    assert view.painted == painted


def test_only_what_moves_is_repainted(qtbot: QtBot, view: CountingView) -> None:
    view.resize(900, 520)
    view.set_figure(figure_named("calf_raise"), Side.RIGHT)
    view.repaint()
    whole = view.area
    before = view.painted
    view.set_time(1.0)
    qtbot.waitUntil(lambda: view.painted > before, timeout=5000)
    assert view.area < 0.5 * whole


def test_left_and_right_differ_and_colours_follow_the_theme(view: CountingView) -> None:
    figure = figure_named("wall_calf_pump")
    view.set_figure(figure, Side.RIGHT)
    right = picture(view)
    view.set_figure(figure, Side.LEFT)
    left = picture(view)
    assert left != right
    night = load_theme(ROOT / "assets" / "themes", "night")
    view.set_colours(night.figure)
    assert picture(view) != left


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is not counted any more")
def test_painting_a_thousand_frames_leaks_no_reference(view: CountingView) -> None:
    """A PySide that frees None on every call would end the program: counted, not hoped."""
    view.set_figure(figure_named("easy_jog"), Side.NONE)
    view.repaint()
    before = sys.getrefcount(None)
    for i in range(1000):
        view.set_time(i / 30)
        view.repaint()
    assert abs(sys.getrefcount(None) - before) < 500


def test_a_thumbnail_shows_the_runner_on_a_clear_ground(qtbot: QtBot, theme: Theme) -> None:
    made = thumbnail(figure_named("standing_quad"), QSize(120, 160), theme.figure, 2.0)
    assert made.size() == QSize(240, 320)
    assert made.devicePixelRatio() == 2.0
    image = made.toImage()
    assert image.pixelColor(2, 2).alpha() == 0
    seen = {image.pixelColor(x, y).name() for x in range(240) for y in range(320)}
    assert theme.figure["shirt_near"].lower() in seen


def test_the_telling_moment_is_the_deepest_one() -> None:
    assert telling_time(figure_named("wall_calf_pump")) == 3.0
    assert telling_time(figure_named("calf_raise")) == 2.0
    assert telling_time(figure_named("jumping_jacks")) == 0.5
    assert telling_time(figure_named("chair_hamstring")) == figure_named("chair_hamstring").cycle_s


def test_a_figure_may_say_itself_when_it_tells_most() -> None:
    pair = figure_named("trial_pair")
    assert pair.telling_s is not None
    assert telling_time(pair) == pair.telling_s


def test_the_sheet_shows_every_exercise(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    exercises = [exercise_named(name) for name in ("easy_jog", "calf_raise", "lunge_twist")]
    path = tmp_path / "sheet.png"
    render_sheet(exercises, path, theme)
    image = QImage(str(path))
    shirt, card = QColor(theme.figure["shirt_near"]), QColor(theme.colour["card"])
    width = image.width() / 3
    for i in range(3):
        column = [
            image.pixelColor(x, y)
            for x in range(round(i * width) + 20, round((i + 1) * width) - 20, 3)
            for y in range(20, image.height() - 20, 3)
        ]
        assert column.count(shirt) > 100
        assert column.count(card) > 1000


def test_one_exercise_shows_all_its_key_poses(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    path = tmp_path / "one.png"
    render_one(exercise_named("wall_calf_pump"), path, theme)
    assert QImage(str(path)).width() == 2 * 480


def test_an_empty_sheet_is_a_picture_too(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    render_sheet([], tmp_path / "none.png", theme)
    assert not QImage(str(tmp_path / "none.png")).isNull()


def test_a_folder_that_is_not_there_is_told_in_one_sentence(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    with pytest.raises(EnvironmentFault, match="could not be written"):
        render_sheet([], tmp_path / "missing" / "none.png", theme)


def test_in_a_calm_picture_a_held_pose_stands_still(view: CountingView) -> None:
    view.set_figure(figure_named("wall_calf_static"), Side.LEFT)
    view.set_time(60.0)
    view.run()
    assert view.is_animating
    view.set_calm(True)
    assert not view.is_animating
    view.set_time(0.0)
    assert view.is_animating
