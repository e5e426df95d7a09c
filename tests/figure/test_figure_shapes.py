"""What is drawn: inside the scene, on its limb, the same on the left as on the right."""

import math
from collections.abc import Callable, Iterable

import pytest

from uncramp.figure.animation import BREATH_S
from uncramp.figure.display import Box, Glow, Item, Shape, box_around
from uncramp.figure.drawing import bounds, display_list
from uncramp.figure.outline import (
    Outline,
    capsule,
    ellipse,
    flipped,
    mirrored,
    place,
    polygon,
    profile,
    rounded,
    smooth,
)
from uncramp.model.body import Side
from uncramp.model.figure import Figure, KeyFrame, Muscle, Play, Pose, Scenery, View

Polygon = list[tuple[float, float]]
AROUND = frozenset({"cushion", "shadow", "mat_shade", "linen_shade", "floor_mark"})
"""What moves with the body and is not of it."""
SAMPLES = 40
"""Instants of a cycle at which every shape is looked at."""
DRAWN = 0.002
"""Share of height that a contour may stand over an edge: half a pixel in a small picture."""


def flat(outline: Outline, steps: int = 8) -> Polygon:
    """Return the corners of a polygon along the outline's curves (de Casteljau, Bernstein)."""
    x, y = outline[0], outline[1]
    points = [(x, y)]
    for i in range(2, len(outline), 6):
        ax, ay, bx, by, ex, ey = outline[i : i + 6]
        for k in range(1, steps + 1):
            u = k / steps
            v = 1 - u
            w = (v**3, 3 * v * v * u, 3 * v * u * u, u**3)
            points.append(
                (
                    w[0] * x + w[1] * ax + w[2] * bx + w[3] * ex,
                    w[0] * y + w[1] * ay + w[2] * by + w[3] * ey,
                )
            )
        x, y = ex, ey
    return points


def area(points: Polygon) -> float:
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def holds(points: Polygon, x: float, y: float) -> bool:
    winding = 0
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
        side = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
        if ay <= y < by and side > 0:
            winding += 1
        elif by <= y < ay and side < 0:
            winding -= 1
    return winding != 0


def body_shapes(figure: Figure, t_s: float) -> list[Shape]:
    shapes = [i for i in display_list(figure, t_s, Side.RIGHT).moving if isinstance(i, Shape)]
    return [shape for shape in shapes if shape.role not in AROUND]


def instants(figure: Figure) -> list[float]:
    """Return moments of a cycle; of a pose that is held also those of a breath in it."""
    end = figure.cycle_s + (BREATH_S if figure.play is Play.ONCE else 0.0)
    return [end * i / SAMPLES for i in range(SAMPLES + 1)]


def spots(shapes: Iterable[Shape]) -> Iterable[tuple[str, float, float]]:
    for shape in shapes:
        for outline in shape.outlines:
            for x, y in flat(outline, 4):
                yield shape.role, x, y


def test_nothing_sinks_into_the_floor(figure: Figure) -> None:
    depth = DRAWN if figure.view is View.SIDE else 0.012
    for t_s in instants(figure):
        for role, _, y in spots(body_shapes(figure, t_s)):
            assert y >= -depth, (t_s, role)


def test_nothing_goes_through_the_wall(figure: Figure) -> None:
    walls = [item.x for item in figure.scenery if item.kind is Scenery.WALL]
    if figure.view is not View.SIDE or not walls:
        pytest.skip("no wall beside the picture's plane")
    for t_s in instants(figure):
        for role, x, _ in spots(body_shapes(figure, t_s)):
            assert x <= walls[0] + DRAWN, (t_s, role)


def test_nothing_goes_through_the_chair(shipped: Callable[[str], Figure]) -> None:
    figure = shipped("chair_hamstring")
    chair = [
        flat(outline)
        for item in display_list(figure, 0.0, Side.RIGHT).still
        if isinstance(item, Shape) and item.role == "wood"
        for outline in item.outlines
    ]
    assert chair
    for t_s in instants(figure):
        for role, x, y in spots(body_shapes(figure, t_s)):
            # the heel's contour may touch the seat, so look a little deeper than its edge
            assert not any(holds(part, x, y + 0.003) and holds(part, x, y) for part in chair), (
                t_s,
                role,
            )


def test_left_is_the_mirror_of_right(figure: Figure) -> None:
    for t_s in instants(figure)[::5]:
        right = display_list(figure, t_s, Side.RIGHT)
        left = display_list(figure, t_s, Side.LEFT)
        for a, b in zip(right.still + right.moving, left.still + left.moving, strict=True):
            assert points_of(a, -1.0) == points_of(b, 1.0)
            assert a.role == b.role
            assert a.opacity == b.opacity
    unsided = Side.LEFT if figure.across else Side.RIGHT
    assert display_list(figure, 0.0, Side.NONE) == display_list(figure, 0.0, unsided)


def points_of(item: Item, way: float) -> object:
    if isinstance(item, Shape):
        return [sorted(zip((way * x for x in o[::2]), o[1::2], strict=True)) for o in item.outlines]
    axis = math.radians(item.angle)
    return (
        way * item.x,
        item.y,
        item.rx,
        item.ry,
        round(abs(math.cos(axis)), 9),
        round(way * math.sin(axis) * math.cos(axis), 9),
    )


def test_the_near_leg_is_the_working_one(shipped: Callable[[str], Figure]) -> None:
    """The stretched back leg of the wall stretch is drawn last, in the near tone."""
    shapes = body_shapes(shipped("wall_calf_pump"), 3.0)
    feet = [s for s in shapes if s.role in ("shoe_near", "shoe_far")]
    assert [s.role for s in feet] == ["shoe_far", "shoe_near"]
    far, near = (min(x for o in s.outlines for x in o[::2]) for s in feet)
    assert near < far


def test_the_right_side_faces_right(shipped: Callable[[str], Figure]) -> None:
    figure = shipped("wall_calf_pump")
    wall = next(i for i in display_list(figure, 0.0, Side.RIGHT).still if i.role == "wall")
    assert box_around((wall,)).x0 == pytest.approx(figure.scenery[0].x)
    wall = next(i for i in display_list(figure, 0.0, Side.LEFT).still if i.role == "wall")
    assert box_around((wall,)).x1 == pytest.approx(-figure.scenery[0].x)


def test_bounds_hold_every_frame(figure: Figure) -> None:
    for side in (Side.RIGHT, Side.LEFT):
        box = bounds(figure, side)
        for i in range(97):
            shown = display_list(figure, figure.cycle_s * i / 97, side)
            assert inside(box_around(shown.moving), box, 0.02)
            assert inside(box_around(shown.still), box, 1e-9)


def inside(inner: Box, outer: Box, slack: float) -> bool:
    return (
        inner.x0 >= outer.x0 - slack
        and inner.y0 >= outer.y0 - slack
        and inner.x1 <= outer.x1 + slack
        and inner.y1 <= outer.y1 + slack
    )


def test_the_glow_lies_inside_the_body(figure: Figure) -> None:
    """Each point of a glow's edge is on skin or cloth."""
    for t_s in instants(figure):
        items = display_list(figure, t_s, Side.RIGHT).moving
        cloth = [
            flat(outline)
            for shape in items
            if isinstance(shape, Shape) and shape.role.startswith(("skin", "shorts", "shirt"))
            for outline in shape.outlines
        ]
        for glow in (item for item in items if isinstance(item, Glow)):
            turned = math.radians(glow.angle)
            for k in range(24):
                a = 2 * math.pi * k / 24
                u, v = 0.97 * glow.rx * math.cos(a), 0.97 * glow.ry * math.sin(a)
                x = glow.x + u * math.cos(turned) - v * math.sin(turned)
                y = glow.y + u * math.sin(turned) + v * math.cos(turned)
                assert any(holds(part, x, y) for part in cloth), (t_s, glow, k)


def test_glowing_muscles_glow(figure: Figure) -> None:
    """Each at least once in a cycle, one of them in full; not all need to glow at once."""
    shown = [display_list(figure, t_s, Side.RIGHT).moving for t_s in instants(figure)]
    glows = [[i.opacity for i in items if isinstance(i, Glow)] for items in shown]
    assert max(len(each) for each in glows) >= min(1, len(figure.glow))
    if figure.glow:
        assert max(opacity for each in glows for opacity in each) > 0.95


def test_body_parts_are_solid(figure: Figure) -> None:
    """All outlines of a shape turn the same way, or overlaps would cut holes."""
    for t_s in instants(figure)[::8]:
        for item in display_list(figure, t_s, Side.RIGHT).moving:
            if isinstance(item, Shape):
                areas = [area(flat(outline)) for outline in item.outlines]
                assert all(a > -1e-7 for a in areas) or all(a < 1e-7 for a in areas), item.role


def test_the_runner_is_as_tall_as_one(shipped: Callable[[str], Figure]) -> None:
    """Standing upright, crown and soles are one body height apart."""
    shapes = body_shapes(shipped("standing_quad"), 0.0)
    box = box_around(tuple(shapes))
    assert box.y1 - box.y0 == pytest.approx(1.0, abs=0.02)


def test_a_circle_has_its_area() -> None:
    assert area(flat(ellipse(3.0, -2.0, 0.5, 0.5), 16)) == pytest.approx(math.pi * 0.25, rel=2e-3)


def test_a_capsule_has_its_area() -> None:
    made = area(flat(capsule((1.0, 1.0), (4.0, 5.0), 0.5), 16))
    assert made == pytest.approx(math.pi * 0.25 + 2 * 0.5 * 5.0, rel=2e-3)


def test_a_rounded_rectangle_has_its_area() -> None:
    made = area(flat(rounded(0.0, 0.0, 3.0, 2.0, 0.5), 16))
    assert made == pytest.approx(6.0 - (4 - math.pi) * 0.25, rel=2e-3)


def test_a_polygon_has_straight_sides() -> None:
    assert area(flat(polygon(((0, 0), (0, 2), (2, 2), (2, 0))))) == pytest.approx(4.0)


def test_smooth_outlines_pass_through_their_points() -> None:
    points = ((0.0, 0.0), (2.0, 0.1), (2.5, 2.0), (0.3, 1.5))
    made = smooth(points)
    assert {(made[i], made[i + 1]) for i in range(0, len(made), 6)} == set(points)
    assert smooth(points) == smooth((points[0], *reversed(points[1:])))  # always anticlockwise


def test_profiles_are_as_wide_as_told() -> None:
    made = flat(profile(((0.0, 0.2, 0.1), (1.0, 0.2, 0.1)), corners=True))
    assert area(made) == pytest.approx(0.3)


def test_placing_turns_and_moves() -> None:
    turned = place(rounded(0, 0, 2, 1, 0), (5.0, 5.0), (0.0, 1.0), (-1.0, 0.0))
    box = box_around((Shape("wall", (turned,)),))
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((4.0, 5.0, 5.0, 7.0))


@pytest.mark.parametrize("change", [flipped, mirrored])
def test_mirrored_outlines_stay_anticlockwise(change: Callable[[Outline], Outline]) -> None:
    outline = smooth(((0.0, 0.0), (2.0, 0.1), (2.5, 2.0), (0.3, 1.5)))
    assert area(flat(change(outline))) == pytest.approx(area(flat(outline)))
    assert change(change(outline)) == outline


def strokes(figure: Figure, t_s: float) -> list[Shape]:
    return [s for s in body_shapes(figure, t_s) if s.role == "wall"]


def test_air_comes_in_while_the_chest_fills_and_goes_out_after(
    shipped: Callable[[str], Figure],
) -> None:
    """4 s in, 6 s out (exercise catalogue, E35)."""
    figure = shipped("calm_breath")

    def from_face(t_s: float) -> float:
        (shape,) = strokes(figure, t_s)
        skin = [s for s in body_shapes(figure, t_s) if s.role == "skin_near"]
        return box_around((shape,)).x0 - box_around(tuple(skin[-2:-1])).x1

    assert from_face(1.4) > from_face(2.0) > from_face(2.6)
    assert from_face(6.0) < from_face(7.0) < from_face(8.0)
    assert not strokes(figure, 0.0)
    assert not strokes(figure, 4.0)
    assert not strokes(shipped("wall_calf_pump"), 2.5)


def test_the_chest_fills() -> None:
    def front(breath: float) -> float:
        figure = Figure(view=View.SIDE, keys=(KeyFrame(0.0, Pose(breath=breath)),))
        shirts = [s for s in body_shapes(figure, 0.0) if s.role == "shirt_near"]
        return max(x for o in shirts[0].outlines for x, _ in flat(o))

    assert front(1.0) > front(0.5) > front(0.0)
    assert front(0.6) - front(0.0) == pytest.approx(0.006, abs=0.003)  # a quiet one: 1 cm
    assert front(1.0) - front(0.0) == pytest.approx(0.017, abs=0.004)  # a deep one: 3 cm


def test_focus_says_which_muscle_glows() -> None:
    glowing = (Muscle.GASTROCNEMIUS, Muscle.HAMSTRINGS)
    for focus, wanted in ((-1.0, [1.0]), (0.0, [1.0, 1.0]), (0.5, [0.5, 1.0])):
        key = KeyFrame(0.0, Pose(focus=focus))
        figure = Figure(view=View.SIDE, keys=(key,), glow=glowing)
        glows = [i for i in display_list(figure, 0.0, Side.RIGHT).moving if isinstance(i, Glow)]
        assert [glow.opacity for glow in glows] == pytest.approx(wanted)
