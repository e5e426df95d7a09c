"""What the painter fills, counted in pixels against the geometry of the display list."""

import math
import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
pytest.importorskip("PySide6")

import tomli
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from uncramp.figure.display import Box, Glow, Item, Shape
from uncramp.figure.drawing import bounds, display_list
from uncramp.figure.outline import Outline, ellipse, rounded
from uncramp.model.body import Side
from uncramp.model.figure import Figure
from uncramp.routines.figure_spec import FigureSpec
from uncramp.ui.figure.painter import FigurePainter, fitted

ROOT = Path(__file__).parents[2]
WIDTH, HEIGHT = 420, 520
SCALE = QTransform(100.0, 0.0, 0.0, -100.0, 100.0, 200.0)
"""100 pixels to a body height, x = 0 at pixel 100, the floor at pixel 200."""


def figure_named(name: str) -> Figure:
    path = ROOT / "routines" / "exercises" / f"{name}.toml"
    table = tomli.loads(path.read_text(encoding="utf-8"))
    return FigureSpec.model_validate(table["figure"]).to_model()


def theme(name: str) -> dict[str, str]:
    path = ROOT / "assets" / "themes" / f"{name}.toml"
    table: dict[str, str] = tomli.loads(path.read_text(encoding="utf-8"))["figure"]
    return table


def painted(items: tuple[Item, ...], colours: dict[str, str], to_screen: QTransform) -> QImage:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("#000000"))
    painter = QPainter(image)
    FigurePainter(colours).paint(painter, items, to_screen)
    painter.end()
    return image


def coverage(image: QImage) -> float:
    """Return the white area in pixels, partly covered pixels counted by their share."""
    bits = bytes(image.constBits())
    return sum(bits[i] for i in range(0, len(bits), 4)) / 255.0


def area(outline: Outline, steps: int = 24) -> float:
    """Return the area inside an outline by Green's theorem on its flattened curves."""
    x, y = outline[0], outline[1]
    total = 0.0
    for i in range(2, len(outline), 6):
        ax, ay, bx, by, ex, ey = outline[i : i + 6]
        px, py = x, y
        for k in range(1, steps + 1):
            u = k / steps
            v = 1 - u
            qx = v**3 * x + 3 * v * v * u * ax + 3 * v * u * u * bx + u**3 * ex
            qy = v**3 * y + 3 * v * v * u * ay + 3 * v * u * u * by + u**3 * ey
            total += px * qy - qx * py
            px, py = qx, qy
        x, y = ex, ey
    return abs(total) / 2


WHITE = {"shape": "#FFFFFF", "glow": "#FFFFFF"}


def test_a_rectangle_fills_its_pixels_and_no_other() -> None:
    image = painted((Shape("shape", (rounded(0.0, 0.0, 1.0, 0.5, 0.0),)),), WHITE, SCALE)
    assert coverage(image) == pytest.approx(100 * 50, rel=1e-3)
    assert image.pixelColor(101, 199) == QColor("white")
    assert image.pixelColor(199, 151) == QColor("white")
    assert image.pixelColor(99, 199) == QColor("black")
    assert image.pixelColor(101, 201) == QColor("black")


def test_a_circle_fills_its_area() -> None:
    image = painted((Shape("shape", (ellipse(0.5, 0.5, 0.4, 0.4),)),), WHITE, SCALE)
    assert coverage(image) == pytest.approx(math.pi * 40 * 40, rel=5e-3)


def test_overlapping_outlines_of_one_shape_leave_no_hole() -> None:
    two = (rounded(0.0, 0.0, 0.6, 0.5, 0.0), rounded(0.4, 0.0, 1.0, 0.5, 0.0))
    assert coverage(painted((Shape("shape", two),), WHITE, SCALE)) == pytest.approx(5000, rel=1e-3)


def test_opacity_lets_the_ground_through() -> None:
    half = Shape("shape", (rounded(0.0, 0.0, 1.0, 1.0, 0.0),), opacity=0.5)
    assert painted((half,), WHITE, SCALE).pixelColor(150, 150).red() == pytest.approx(128, abs=2)


def test_a_glow_fades_from_its_middle_to_nothing_at_its_edge() -> None:
    image = painted((Glow("glow", 0.5, 0.5, 0.4, 0.1, 90.0),), WHITE, SCALE)
    middle = image.pixelColor(150, 150).red()
    along = image.pixelColor(150, 130).red()  # half of rx, which points up
    assert middle > 220
    assert 60 < along < middle
    assert image.pixelColor(150, 108).red() < 12
    assert image.pixelColor(162, 150) == QColor("black")


@pytest.mark.parametrize("name", ["wall_calf_pump", "easy_jog", "jumping_jacks", "lunge_twist"])
def test_each_part_of_the_body_fills_its_own_area(name: str) -> None:
    """One shape after the other, painted alone in white: pixels against Green's theorem."""
    figure = figure_named(name)
    to_screen = fitted(bounds(figure, Side.RIGHT), QRectF(0, 0, WIDTH, HEIGHT))
    scale = to_screen.m11()
    checked = 0
    for item in display_list(figure, 0.3, Side.RIGHT).moving:
        if isinstance(item, Shape) and len(item.outlines) == 1 and item.opacity == 1.0:
            expected = area(item.outlines[0]) * scale * scale
            if expected < 60:
                continue
            image = painted((item,), {item.role: "#FFFFFF"}, to_screen)
            # Antialiasing rounds each pixel of an edge: in a small shape that is a few pixels.
            assert coverage(image) == pytest.approx(expected, rel=0.02, abs=3), item.role
            checked += 1
    assert checked >= 4


@pytest.mark.parametrize("name", ["light", "dark", "night"])
def test_every_theme_has_a_colour_for_every_role(name: str) -> None:
    colours = theme(name)
    roles = set()
    for path in (ROOT / "routines" / "exercises").glob("*.toml"):
        figure = figure_named(path.stem)
        for t_s in (0.0, figure.cycle_s / 2):
            shown = display_list(figure, t_s, Side.RIGHT)
            roles |= {item.role for item in shown.still + shown.moving}
    assert roles <= set(colours)
    assert all(QColor(colour).isValid() for colour in colours.values())


def test_the_runner_is_painted_in_the_theme_s_colours() -> None:
    figure = figure_named("standing_quad")
    colours = theme("light")
    to_screen = fitted(bounds(figure, Side.RIGHT), QRectF(0, 0, WIDTH, HEIGHT))
    image = painted(display_list(figure, 0.0, Side.RIGHT).moving, colours, to_screen)
    seen = {image.pixelColor(x, y).name() for x in range(WIDTH) for y in range(HEIGHT)}
    for role in ("skin_near", "shirt_near", "shorts_near", "shoe_near", "hair", "sock_near"):
        assert colours[role].lower() in seen


def test_the_left_side_paints_the_mirror_image() -> None:
    figure = figure_named("wall_calf_static")
    colours = theme("light")
    images = []
    for side in (Side.RIGHT, Side.LEFT):
        to_screen = fitted(bounds(figure, side), QRectF(0, 0, WIDTH, HEIGHT))
        images.append(painted(display_list(figure, 1.0, side).moving, colours, to_screen))
    right, left = images
    differing = sum(
        abs(right.pixelColor(x, y).green() - left.pixelColor(WIDTH - 1 - x, y).green()) > 40
        for x in range(WIDTH)
        for y in range(HEIGHT)
    )
    # only edges may be rounded to the other side
    assert differing < 0.002 * WIDTH * HEIGHT


def test_the_box_is_fitted_whole_and_upright() -> None:
    to_screen = fitted(Box(-1.0, 0.0, 1.0, 1.0), QRectF(10, 20, 400, 400))
    assert to_screen.map(0.0, 0.5) == pytest.approx((210.0, 220.0))
    assert to_screen.map(-1.0, 0.0) == pytest.approx((10.0, 320.0))
