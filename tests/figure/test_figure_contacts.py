"""What the runner touches: chair, step, ball, rail, wall, and himself."""

import math
from collections.abc import Callable, Iterator

import pytest

from uncramp.figure.body_side import head_frame
from uncramp.figure.display import Glow, Shape
from uncramp.figure.drawing import display_list, is_mirrored
from uncramp.figure.kinematics import Body, body_at
from uncramp.figure.skeleton import Arm, Point
from uncramp.model.body import Side
from uncramp.model.figure import Contact, Figure, Limb, Pin, Scenery, Touch, View

FRAMES_A_SECOND = 15
PALM, GRIP = 0.045, 0.050
"""Wrist to the middle of the palm, and to what a closed hand holds."""
Polygon = list[tuple[float, float]]


def frames(figure: Figure) -> Iterator[tuple[float, Body]]:
    count = max(2, math.ceil(figure.cycle_s * FRAMES_A_SECOND))
    for i in range(count + 1):
        t_s = figure.cycle_s * i / count
        yield t_s, body_at(figure, t_s)


def arm_of(body: Body, limb: Limb) -> Arm:
    return body.working_arm if limb is Limb.WORKING_HAND else body.other_arm


def touching(figure: Figure, pin: Pin) -> Iterator[tuple[float, Body, Arm]]:
    """Give the frames in which a pinned hand is at what it touches."""
    for t_s, body in frames(figure):
        pose = body.pose.working_arm if pin.limb.is_working else body.pose.other_arm
        if pose.touch == 1.0:
            yield t_s, body, arm_of(body, pin.limb)


def hand_point(arm: Arm, reach: float) -> Point:
    x, y, z = (w + reach * h for w, h in zip(arm.wrist, arm.hand, strict=True))
    return x, y, z


def from_line(point: Point, a: Point, b: Point) -> float:
    """Return the distance in the picture of a point from a bone."""
    ax, ay = b[0] - a[0], b[1] - a[1]
    u = ((point[0] - a[0]) * ax + (point[1] - a[1]) * ay) / (ax * ax + ay * ay)
    u = max(0.0, min(1.0, u))
    return math.hypot(point[0] - a[0] - u * ax, point[1] - a[1] - u * ay)


def flat(outline: tuple[float, ...], steps: int = 6) -> Polygon:
    """Return the corners of a polygon along the outline's curves (Bernstein's polynomials)."""
    x, y = outline[0], outline[1]
    points = [(x, y)]
    for i in range(2, len(outline), 6):
        ax, ay, bx, by, ex, ey = outline[i : i + 6]
        for k in range(1, steps + 1):
            u, v = k / steps, 1 - k / steps
            points.append(
                (
                    v**3 * x + 3 * v * v * u * ax + 3 * v * u * u * bx + u**3 * ex,
                    v**3 * y + 3 * v * v * u * ay + 3 * v * u * u * by + u**3 * ey,
                )
            )
        x, y = ex, ey
    return points


def outlines(figure: Figure, t_s: float, *roles: str) -> list[Polygon]:
    shown = display_list(figure, t_s, Side.NONE)
    return [
        flat(outline)
        for item in (*shown.still, *shown.moving)
        if isinstance(item, Shape) and item.role.startswith(roles)
        for outline in item.outlines
    ]


LEG_SPOTS = {Touch.THIGH: 0.075, Touch.SHIN: 0.060, Touch.KNEE: 0.070, Touch.CALF: 0.040}
"""How far from the bone the middle of a hand may lie that touches it: flesh, cloth and hand."""


def test_hands_on_a_leg_reach_it(figure: Figure) -> None:
    for pin in (pin for pin in figure.pins if pin.touch in LEG_SPOTS and not pin.limb.is_foot):
        for t_s, body, arm in touching(figure, pin):
            leg = body.leg(pin.of or pin.limb)
            bone = (leg.hip, leg.knee) if pin.touch is Touch.THIGH else (leg.knee, leg.ankle)
            reach = GRIP if pin.contact is Contact.GRIP else PALM
            gap = from_line(hand_point(arm, reach), *bone)
            assert gap <= LEG_SPOTS[pin.touch], (t_s, pin.limb, gap)


def test_hands_on_the_toes_hold_them(figure: Figure) -> None:
    for pin in (pin for pin in figure.pins if pin.touch is Touch.TOES):
        for t_s, body, arm in touching(figure, pin):
            leg = body.leg(pin.of or pin.limb)
            gap = from_line(hand_point(arm, GRIP), leg.ball, leg.toe)
            assert gap <= 0.03, (t_s, gap)


TRUNK_SPOTS = {
    Touch.LOW_BACK: ((0.00, 0.13), (-0.095, -0.050)),
    Touch.HIP: ((0.02, 0.16), (-0.07, 0.07)),
    Touch.BELLY: ((0.05, 0.17), (0.02, 0.085)),
    Touch.CHEST: ((0.12, 0.25), (0.02, 0.085)),
}
"""How far up the trunk and how far forward of its middle the palm lies: least and most."""


def test_hands_on_the_trunk_reach_it(figure: Figure) -> None:
    for pin in (pin for pin in figure.pins if pin.touch in TRUNK_SPOTS):
        (low, high), (back, front) = TRUNK_SPOTS[pin.touch]
        for t_s, body, arm in touching(figure, pin):
            up, ahead = on_trunk(body, hand_point(arm, PALM))[:2]
            assert low <= up <= high, (t_s, up)
            assert back <= ahead <= front, (t_s, ahead)


def on_trunk(body: Body, point: Point) -> Point:
    """Return how far up the trunk, ahead of it and beside it a point is."""
    line = [b - a for a, b in zip(body.pelvis, body.neck, strict=True)]
    size = math.hypot(*line)
    up = [c / size for c in line]
    rest = [b - a for a, b in zip(body.pelvis, point, strict=True)]
    height = sum(p * q for p, q in zip(rest, up, strict=True))
    ahead = rest[0] * up[1] - rest[1] * up[0]
    return height, ahead, rest[2]


def test_no_arm_or_knee_goes_through_the_head(figure: Figure) -> None:
    """The skull is a ball of 0.055; what passes beside it is at least that far to the side."""
    if figure.view is not View.SIDE:
        pytest.skip("the head is measured from the side")
    for t_s, body in frames(figure):
        (x, y), _, _ = head_frame(body)
        head = (x, y, body.neck[2])
        for arm in (body.working_arm, body.other_arm):
            for point in (arm.elbow, arm.wrist, hand_point(arm, 0.09)):
                assert math.dist(point, head) > 0.055, t_s
        for leg in (body.working_leg, body.other_leg):
            assert math.dist(leg.knee, head) > 0.09, t_s


def test_no_hand_or_elbow_goes_through_the_trunk(figure: Figure) -> None:
    """The core of the trunk, 0.08 deep and 0.14 wide, is the runner's own."""
    if figure.view is not View.SIDE or figure.root is not None:
        pytest.skip("measured on an upright trunk from the side")
    for t_s, body in frames(figure):
        for arm in (body.working_arm, body.other_arm):
            for point in (arm.elbow, arm.wrist, hand_point(arm, PALM)):
                up, ahead, beside = on_trunk(body, point)
                if 0.04 < up < 0.26:
                    assert math.hypot(ahead / 0.04, beside / 0.07) > 1.0, (t_s, up, ahead, beside)


SITTING = ("foot_ball", "hand_massage", "calm_breath", "toe_stretch")


@pytest.mark.parametrize("name", SITTING)
def test_who_sits_rests_on_the_seat(name: str, shipped: Callable[[str], Figure]) -> None:
    """Cloth and seat meet: no gap, and they sink in by less than a centimetre and a half."""
    figure = shipped(name)
    seat = next(item for item in figure.scenery if item.kind is Scenery.OWN_CHAIR)
    for t_s in (0.0, figure.cycle_s / 2, figure.cycle_s):
        cloth = [
            y
            for part in outlines(figure, t_s, "shorts")
            for x, y in part
            if seat.x - seat.width < x < seat.x
        ]
        assert -0.009 <= min(cloth) - seat.height <= 0.002, (t_s, min(cloth) - seat.height)


@pytest.mark.parametrize("name", [*SITTING, "posture_break"])
def test_nobody_leans_through_the_back_of_the_chair(
    name: str, shipped: Callable[[str], Figure]
) -> None:
    figure = shipped(name)
    seat = next(item for item in figure.scenery if item.kind is Scenery.OWN_CHAIR)
    face = seat.x - seat.width + 0.020
    for t_s, _ in frames(figure):
        cloth = [x for part in outlines(figure, t_s, "shirt_near", "shorts") for x, _ in part]
        sleeve = 0.03  # the near sleeve passes beside the back, not through it
        assert min(cloth) >= face - sleeve, t_s


def test_standing_up_leaves_the_seat(shipped: Callable[[str], Figure]) -> None:
    figure = shipped("posture_break")
    heights = [body.pelvis[1] for _, body in frames(figure)]
    assert min(heights) == pytest.approx(0.30, abs=0.01)
    assert max(heights) == pytest.approx(0.53, abs=0.01)


def test_heels_sink_below_the_edge_of_the_step(shipped: Callable[[str], Figure]) -> None:
    """About 0.04 below the edge (exercise catalogue, E05), the balls of the feet on it."""
    figure = shipped("step_drop")
    step = next(item for item in figure.scenery if item.kind is Scenery.STEP)
    first, last = body_at(figure, 0.0), body_at(figure, 4.6)
    again = body_at(figure, figure.cycle_s)
    assert again.working_leg.heel[1] == pytest.approx(first.working_leg.heel[1], abs=1e-6)
    for before, after in (
        (first.working_leg, last.working_leg),
        (first.other_leg, last.other_leg),
    ):
        assert before.heel[1] == pytest.approx(step.height, abs=0.006)
        assert after.heel[1] == pytest.approx(step.height - 0.045, abs=0.012)
    for t_s, body in frames(figure):
        for leg in (body.working_leg, body.other_leg):
            assert leg.ball[1] == pytest.approx(step.height, abs=1e-6), t_s
            assert step.x < leg.ball[0] < step.x + step.width, t_s
            assert leg.toe[1] == pytest.approx(step.height, abs=1e-6), t_s
            assert leg.heel[0] < step.x, t_s


def test_a_hand_on_the_rail_is_on_it(figure: Figure) -> None:
    for pin in (pin for pin in figure.pins if pin.touch is Touch.RAIL):
        rail = next(item for item in figure.scenery if item.kind is Scenery.RAIL)
        for t_s, _, arm in touching(figure, pin):
            x, y, _ = hand_point(arm, GRIP)
            assert rail.x < x < rail.x + rail.width
            assert y == pytest.approx(rail.height + 0.58 * (x - rail.x), abs=0.015), t_s


def test_the_ball_rolls_under_the_sole_without_slipping(shipped: Callable[[str], Figure]) -> None:
    """A ball between floor and foot goes half as far as the foot; its top is at the sole."""
    figure = shipped("foot_ball")
    placed = next(item for item in figure.scenery if item.kind is Scenery.BALL)
    seen = []
    for t_s, body in frames(figure):
        part = outlines(figure, t_s, "mat")[0]
        xs, ys = [x for x, _ in part], [y for _, y in part]
        leg = body.working_leg
        assert min(ys) == pytest.approx(0.0, abs=1e-6), t_s
        assert max(ys) == pytest.approx(placed.width, abs=1e-6), t_s
        assert leg.heel[1] == pytest.approx(max(ys), abs=1e-6), t_s
        middle = (min(xs) + max(xs)) / 2
        assert leg.heel[0] < middle < leg.ball[0], t_s
        seen.append((leg.ball[0], middle))
    (foot, ball), *rest = seen
    for foot_now, ball_now in rest:
        assert ball_now - ball == pytest.approx((foot_now - foot) / 2, abs=1e-6)
    assert max(x for x, _ in seen) - min(x for x, _ in seen) > 0.08


def test_toes_lie_against_the_wall(shipped: Callable[[str], Figure]) -> None:
    """The sole is pitched by 30 degrees (exercise catalogue, E03), heel down, toes at the wall."""
    figure = shipped("toes_on_wall")
    wall = next(item.x for item in figure.scenery if item.kind is Scenery.WALL)
    for t_s, body in frames(figure):
        assert body.working_leg.pitch == pytest.approx(30.0, abs=2.0), t_s
        assert body.working_leg.heel[1] == pytest.approx(0.0, abs=1e-6), t_s
        shoe = [x for part in outlines(figure, t_s, "shoe_near", "sole_near") for x, _ in part]
        assert -0.008 <= max(shoe) - wall <= 0.002, (t_s, max(shoe) - wall)


def test_the_crossed_ankle_rests_above_the_knee(shipped: Callable[[str], Figure]) -> None:
    figure = shipped("toe_stretch")
    for t_s, body in frames(figure):
        ankle, under = body.other_leg.ankle, body.working_leg
        gap = from_line(ankle, under.hip, under.knee)
        assert gap == pytest.approx(0.052, abs=0.005), t_s
        assert math.dist(ankle, under.knee) < 0.08, t_s
    toes = body_at(figure, figure.cycle_s).other_leg
    assert toes.toe_pitch - toes.pitch == pytest.approx(60.0, abs=3.0)  # about 60, E36


def test_the_sole_of_the_crossed_foot_looks_at_the_viewer(
    shipped: Callable[[str], Figure],
) -> None:
    """It glows there, and the shin that it hangs on can be seen above the other leg."""
    figure = shipped("toe_stretch")
    body = body_at(figure, figure.cycle_s)
    foot, under = body.other_leg, body.working_leg
    assert foot.turned is not None
    along, sole = foot.turned
    assert sole[2] > 0.5
    assert sum(p * q for p, q in zip(along, sole, strict=True)) == pytest.approx(0.0, abs=1e-9)
    glows = [i for i in display_list(figure, 3.0, Side.NONE).moving if isinstance(i, Glow)]
    assert len(glows) == 1
    middle = [(h + b) / 2 for h, b in zip(foot.heel, foot.ball, strict=True)]
    assert math.dist((glows[0].x, glows[0].y), middle[:2]) < 0.03
    assert foot.knee[1] > under.knee[1] + 0.03
    assert math.dist(foot.knee[:2], foot.ankle[:2]) > 0.06


def test_the_worked_foot_is_on_its_side(shipped: Callable[[str], Figure]) -> None:
    """Seen across the resting leg he faces the other way, or the worked foot changed sides."""
    across, along = shipped("toe_stretch"), shipped("foot_ball")
    for side in (Side.LEFT, Side.RIGHT):
        assert is_mirrored(across, side) is not is_mirrored(along, side)
    assert not is_mirrored(across, Side.NONE)


def test_the_pair_stretches_the_calf_and_then_the_thigh(
    shipped: Callable[[str], Figure],
) -> None:
    """Palms on the wall with straight elbows, then the heel on the seat (exercise catalogue)."""
    figure = shipped("trial_pair")
    chair = next(item for item in figure.scenery if item.kind is Scenery.CHAIR)
    calf, thigh = body_at(figure, 3.0), body_at(figure, 14.0)
    for arm in (calf.working_arm, calf.other_arm):
        assert math.dist(arm.shoulder, arm.wrist) > 0.95 * (0.186 + 0.146)
    assert calf.working_leg.pitch == pytest.approx(0.0, abs=1e-6)
    assert thigh.working_leg.heel[1] == pytest.approx(chair.height, abs=1e-6)
    assert chair.x < thigh.working_leg.heel[0] < chair.x + chair.width
    assert calf.pose.focus == -1.0
    assert thigh.pose.focus == 1.0


def test_nothing_goes_through_seat_or_stair(figure: Figure) -> None:
    """Shoes and skin stay out of chairs that are stood before and of steps."""
    kinds = {item.kind for item in figure.scenery}
    if kinds.isdisjoint({Scenery.CHAIR, Scenery.STEP}):
        pytest.skip("nothing to go through")
    for i in range(41):
        t_s = figure.cycle_s * i / 40
        things = outlines(figure, t_s, "wood_far" if Scenery.STEP in kinds else "wood")
        if Scenery.RAIL in kinds:
            things = [part for part in things if min(y for _, y in part) < 0.01]
        assert things
        for part in outlines(figure, t_s, "shoe", "sole", "skin", "shorts"):
            for x, y in part:
                # a contour may touch the edge: look a little deeper
                inside = any(holds(thing, x, y) and holds(thing, x, y + 0.004) for thing in things)
                assert not inside, (t_s, x, y)


def holds(points: Polygon, x: float, y: float) -> bool:
    winding = 0
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
        side = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
        if ay <= y < by and side > 0:
            winding += 1
        elif by <= y < ay and side < 0:
            winding -= 1
    return winding != 0
