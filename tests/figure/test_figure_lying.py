"""Bodies that sit, lie and roll: what carries them, what they hold, what turns under them."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from uncramp.figure.animation import BREATH_S
from uncramp.figure.bedding import ground_depth
from uncramp.figure.body_side import head_place
from uncramp.figure.contacts import towel_loop
from uncramp.figure.display import Item, Shape, box_around
from uncramp.figure.drawing import bounds, display_list
from uncramp.figure.kinematics import Body, body_at, roller_at, settle
from uncramp.figure.roller import rolled
from uncramp.figure.skeleton import SHANK, THIGH, TRUNK, UPPER_ARM, Leg
from uncramp.figure.spine import bent, neck_offset
from uncramp.model.body import Side
from uncramp.model.figure import (
    ArmPose,
    Contact,
    Figure,
    KeyFrame,
    LegPose,
    Limb,
    Pin,
    Placement,
    Play,
    Pose,
    Root,
    Scenery,
    Support,
    Touch,
    View,
)

FRAMES_A_SECOND = 30
FIVE_CENTIMETRES = 0.029
"""Of a runner 1.75 m tall."""
GIVES = 0.012
"""Share of height by which what lies may be above the ground: cloth and flesh are soft."""
LYING = (
    "toe_pull",
    "seated_hamstring",
    "prone_press_up",
    "bridge",
    "lying_hamstring",
    "heat",
    "cold",
)
ROLLED = {"roll_calf": "shank", "roll_hamstring": "thigh", "roll_quad": "thigh"}


def frames(figure: Figure) -> Iterator[tuple[float, Body]]:
    end = figure.cycle_s + (BREATH_S if figure.play is Play.ONCE else 0.0)
    count = math.ceil(end * FRAMES_A_SECOND)
    for i in range(count + 1):
        t_s = end * i / count
        yield t_s, body_at(figure, t_s)


def lowest(items: tuple[Item, ...], *roles: str) -> float:
    return min(
        y
        for item in items
        if isinstance(item, Shape) and item.role in roles
        for outline in item.outlines
        for y in outline[7::6]
    )


@pytest.mark.parametrize("name", LYING)
def test_who_sits_or_lies_rests_on_the_ground(name: str, shipped: Callable[[str], Figure]) -> None:
    """Seat, back or chest touch mat or mattress at every moment: nobody hovers."""
    figure = shipped(name)
    for i in range(31):
        shown = display_list(figure, figure.cycle_s * i / 30, Side.RIGHT).moving
        assert lowest(shown, "shorts_near", "shirt_near", "hair") <= GIVES, i


@pytest.mark.parametrize("name", ["bridge", "cold", "lying_hamstring"])
def test_a_head_lies_down(name: str, shipped: Callable[[str], Figure]) -> None:
    """On mat or pillow: the hair ends where that begins, give or take what a pillow gives."""
    figure = shipped(name)
    pillow = max(
        (item.height for item in figure.scenery if item.kind is Scenery.PILLOW), default=0.0
    )
    for i in range(31):
        shown = display_list(figure, figure.cycle_s * i / 30, Side.RIGHT).moving
        assert pillow - 0.035 <= lowest(shown, "hair") + 0.002
        assert lowest(shown, "hair") <= pillow + 0.012


@pytest.mark.parametrize("name", ["bridge", "downward_dog", "roll_calf", "roll_hamstring"])
def test_palms_lie_on_the_mat_and_stay(name: str, shipped: Callable[[str], Figure]) -> None:
    figure = shipped(name)
    pins = [pin for pin in figure.pins if not pin.limb.is_foot]
    assert pins
    for t_s, body in frames(figure):
        for pin in pins:
            arm = body.working_arm if pin.limb.is_working else body.other_arm
            palm = [w + 0.045 * h for w, h in zip(arm.wrist, arm.hand, strict=True)]
            assert palm[0] == pytest.approx(pin.x, abs=0.005), t_s
            assert 0.013 <= palm[1] <= 0.022, t_s
            assert arm.hand == pytest.approx((1.0, 0.0, 0.0), abs=1e-6)


def test_forearms_lie_and_do_not_slide(shipped: Callable[[str], Figure]) -> None:
    figure = shipped("roll_quad")
    assert figure.root is not None
    for t_s, body in frames(figure):
        for arm in (body.working_arm, body.other_arm):
            assert arm.elbow[0] == pytest.approx(figure.root.x, abs=0.006), t_s
            assert arm.elbow[1] == pytest.approx(figure.root.y, abs=0.006), t_s
            assert 0.016 <= arm.wrist[1] <= 0.024, t_s


def test_the_bridge_ends_in_one_line(shipped: Callable[[str], Figure]) -> None:
    """Shoulder, hip and knee; the hip 0.17 to 0.19 high (exercise catalogue, E26)."""
    body = body_at(shipped("bridge"), 2.1)
    line = [b - a for a, b in zip(body.neck, body.pelvis, strict=True)]
    thigh = [b - a for a, b in zip(body.working_leg.hip, body.working_leg.knee, strict=True)]
    bend = math.atan2(line[1], line[0]) - math.atan2(thigh[1], thigh[0])
    assert abs(math.degrees(bend)) < 6.0
    assert 0.17 <= body.pelvis[1] <= 0.195


def test_the_hips_stay_down_in_the_press_up(shipped: Callable[[str], Figure]) -> None:
    """The chest rises to a lean of about 40 degrees (exercise catalogue, E13), the hips do not."""
    figure = shipped("prone_press_up")
    heights = {round(body.pelvis[1], 6) for _, body in frames(figure)}
    assert len(heights) == 1
    top = body_at(figure, 1.9)
    assert top.pose.trunk + top.pose.bend == pytest.approx(40.0, abs=3.0)


def test_the_dog_gets_up_from_its_knees(shipped: Callable[[str], Figure]) -> None:
    """The hip ends at half the height, the arms nearly straight (exercise catalogue, E12)."""
    figure = shipped("downward_dog")
    first, last = body_at(figure, 0.0), body_at(figure, figure.cycle_s)
    assert first.working_leg.knee[1] < 0.04
    assert last.pelvis[1] == pytest.approx(0.50, abs=0.02)
    arm = last.working_arm
    assert math.dist(arm.shoulder, arm.wrist) > 0.99 * (UPPER_ARM + 0.146)


def test_the_dog_sinks_its_heels(shipped: Callable[[str], Figure]) -> None:
    """Heels up at first; then one after the other goes down, at last both (E12)."""
    figure = shipped("downward_dog")
    up, far, near, down = (body_at(figure, t_s) for t_s in (2.8, 4.2, 5.6, figure.cycle_s))
    assert up.working_leg.heel[1] > down.working_leg.heel[1] + 0.02
    assert near.working_leg.heel[1] + 0.02 < near.other_leg.heel[1]
    assert far.other_leg.heel[1] + 0.02 < far.working_leg.heel[1]


def test_the_head_of_the_dog_hangs_free_of_the_arms(shipped: Callable[[str], Figure]) -> None:
    """Below the line of the arms, so that the neck can be seen; it gets there without a jump."""
    figure = shipped("downward_dog")
    for t_s, body in frames(figure):
        if t_s >= 2.8:
            head, arm = head_place(body), body.working_arm
            assert distance_to(list(head), arm.shoulder[:2], arm.elbow[:2]) > 0.055, t_s
            assert head[1] < arm.shoulder[1], t_s
    places = [head_place(body) for _, body in frames(figure)]
    assert max(math.dist(a, b) for a, b in pairwise(places)) < 0.02


def test_the_knee_straightens_while_the_thigh_stays(shipped: Callable[[str], Figure]) -> None:
    """From 90 to about 10 degrees with the hip at 80 (exercise catalogue, E37)."""
    figure = shipped("lying_hamstring")
    first, last = figure.keys[0].pose.working_leg, figure.keys[-1].pose.working_leg
    assert first.knee == pytest.approx(90.0, abs=5.0)
    assert last.knee == pytest.approx(10.0, abs=5.0)
    knees = [body.working_leg.knee for _, body in frames(figure)]
    assert max(math.dist(knees[0], knee) for knee in knees) < 0.02


@pytest.mark.parametrize("name", ["lying_hamstring", "side_lying_quad"])
def test_hands_hold_what_they_hold(name: str, shipped: Callable[[str], Figure]) -> None:
    figure = shipped(name)
    body = body_at(figure, figure.cycle_s)
    arm, leg = body.working_arm, body.working_leg
    grip = [w + 0.05 * h for w, h in zip(arm.wrist, arm.hand, strict=True)][:2]
    if name == "side_lying_quad":
        assert math.dist(grip, leg.ankle[:2]) < 0.02
    else:
        assert distance_to(grip, leg.hip[:2], leg.knee[:2]) < 0.04


def distance_to(point: list[float], a: tuple[float, ...], b: tuple[float, ...]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    share = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (dx * dx + dy * dy)
    return math.dist(point, (a[0] + share * dx, a[1] + share * dy))


def test_a_towel_is_not_elastic(shipped: Callable[[str], Figure]) -> None:
    figure = shipped("toe_pull")
    length = next(item.width for item in figure.scenery if item.kind is Scenery.TOWEL)
    for t_s, body in frames(figure):
        loop = towel_loop(body.working_leg)
        for arm in (body.working_arm, body.other_arm):
            grip = [w + 0.05 * h for w, h in zip(arm.wrist, arm.hand, strict=True)]
            assert math.dist(grip[:2], loop[:2]) == pytest.approx(length, abs=0.004), t_s


def test_pulling_the_towel_draws_the_toes_in(shipped: Callable[[str], Figure]) -> None:
    """From 10 degrees down to 15 up (exercise catalogue, E06), the knee straight at the end."""
    figure = shipped("toe_pull")
    first, last = (body_at(figure, t_s).working_leg for t_s in (0.0, figure.cycle_s))
    assert ankle_of(first) == pytest.approx(-12.0, abs=6.0)
    assert ankle_of(last) == pytest.approx(15.0, abs=4.0)
    assert math.dist(last.hip, last.ankle) > 0.995 * (THIGH + SHANK)


def ankle_of(leg: Leg) -> float:
    shank = math.degrees(math.atan2(leg.ankle[0] - leg.knee[0], leg.knee[1] - leg.ankle[1]))
    return leg.pitch - shank


@pytest.mark.parametrize("name", ROLLED)
def test_the_leg_lies_on_the_roller(name: str, shipped: Callable[[str], Figure]) -> None:
    """It touches without sinking in, where the catalogue allows: never at the knee (E27-E29)."""
    figure = shipped(name)
    for t_s, body in frames(figure):
        roller = roller_at(figure, body)
        assert roller is not None
        away, part, along = nearest(body.working_leg, figure, t_s, roller.x, roller.radius)
        assert away == pytest.approx(roller.radius, abs=0.0015), t_s
        assert part == ROLLED[name], t_s
        if part == "shank":
            assert FIVE_CENTIMETRES <= along <= SHANK - 0.03, t_s
        else:
            assert along <= THIGH - FIVE_CENTIMETRES, t_s


def nearest(leg: Leg, figure: Figure, t_s: float, x: float, y: float) -> tuple[float, str, float]:
    """Return how near the drawn leg comes to a point, with which bone, and how far down it."""
    best = (math.inf, "", 0.0)
    for item in display_list(figure, t_s, Side.RIGHT).moving:
        if not isinstance(item, Shape) or item.role not in ("skin_near", "shorts_near"):
            continue
        for outline in item.outlines:
            for px, py in edge(outline):
                away = math.hypot(px - x, py - y)
                if away < best[0]:
                    bone, along = bone_at(px, py, leg)
                    best = (away, bone, along)
    return best


def edge(outline: tuple[float, ...]) -> Iterator[tuple[float, float]]:
    x, y = outline[0], outline[1]
    for i in range(2, len(outline), 6):
        ax, ay, bx, by, ex, ey = outline[i : i + 6]
        for k in range(1, 9):
            u = k / 8
            w = ((1 - u) ** 3, 3 * (1 - u) ** 2 * u, 3 * (1 - u) * u * u, u**3)
            yield (
                w[0] * x + w[1] * ax + w[2] * bx + w[3] * ex,
                w[0] * y + w[1] * ay + w[2] * by + w[3] * ey,
            )
        x, y = ex, ey


def bone_at(x: float, y: float, leg: Leg) -> tuple[str, float]:
    (kx, ky, _), (hx, hy, _), (ax, ay, _) = leg.knee, leg.hip, leg.ankle
    down = ((x - kx) * (ax - kx) + (y - ky) * (ay - ky)) / SHANK
    if down > 0.0:
        return "shank", down
    return "thigh", ((x - hx) * (kx - hx) + (y - hy) * (ky - hy)) / THIGH


@pytest.mark.parametrize("name", ROLLED)
def test_the_roller_turns_and_travels(name: str, shipped: Callable[[str], Figure]) -> None:
    """It turns by the way its axis goes, and the body goes twice as far."""
    figure = shipped(name)
    seen = [(body.pelvis[0], roller_at(figure, body)) for _, body in frames(figure)]
    x0, first = seen[0]
    assert first is not None
    for x, roller in seen:
        assert roller is not None
        way = roller.x - first.x
        assert way == pytest.approx((x - x0) / 2.0)
        assert math.radians(roller.angle - first.angle) * roller.radius == pytest.approx(-way)
    assert max(abs(roller.x - first.x) for _, roller in seen if roller) > 0.07


def test_a_roller_rolls_by_its_circumference() -> None:
    placement = Placement(Scenery.ROLLER, x=1.0, height=0.1)
    once = rolled(placement, 2.0 * math.pi * 0.1)
    assert once.x == pytest.approx(1.0 + math.pi * 0.1)
    assert once.angle == pytest.approx(-360.0)


def test_a_straight_spine_is_a_straight_line() -> None:
    assert neck_offset(Pose(trunk=30.0)) == pytest.approx(
        (TRUNK * math.sin(math.pi / 6), TRUNK * math.cos(math.pi / 6))
    )


@pytest.mark.parametrize("bend", [-50.0, -1e-4, 1e-4, 35.0])
def test_a_bent_spine_keeps_its_length(bend: float) -> None:
    pose = Pose(trunk=20.0, bend=bend)
    steps = 400
    way = [bent((0.0, TRUNK * i / steps), (0.0, 0.0), pose) for i in range(steps + 1)]
    length = sum(math.dist(a, b) for a, b in pairwise(way))
    assert length == pytest.approx(TRUNK, rel=1e-3)
    assert way[-1] == pytest.approx(neck_offset(pose))
    lean = math.degrees(math.atan2(way[-1][0] - way[-2][0], way[-1][1] - way[-2][1]))
    assert lean == pytest.approx(20.0 + bend, abs=0.01)


@pytest.mark.parametrize("support", list(Support))
def test_a_root_holds_its_place(support: Support) -> None:
    """Whatever the trunk does, the part that carries the body stays where it is."""
    root = Root(support, x=0.3, y=0.2)
    for trunk in (-90.0, -20.0, 80.0):
        pose = Pose(trunk=trunk, bend=15.0, working_arm=ArmPose(shoulder=70.0, elbow=0.0))
        body = settle(Figure(view=View.SIDE, root=root), pose)
        held = {
            Support.HIP: body.pelvis,
            Support.SHOULDERS: body.neck,
            Support.ELBOWS: body.working_arm.elbow,
        }[support]
        assert held[:2] == pytest.approx((0.3, 0.2))
        moved = settle(Figure(view=View.SIDE, root=root), replace(pose, x=0.1, y=0.05))
        assert moved.pelvis[0] - body.pelvis[0] == pytest.approx(0.1)
        assert moved.pelvis[1] - body.pelvis[1] == pytest.approx(0.05)


def test_a_hand_slides_down_a_leg() -> None:
    """Over the knee without a jump, and always near the leg."""
    pin = Pin(Limb.WORKING_HAND, Touch.LEG, Contact.PALM, y=0.3)
    figure = Figure(
        view=View.SIDE,
        root=Root(Support.HIP, y=0.08),
        pins=(pin,),
        keys=(KeyFrame(0.0, Pose()),),
    )
    before = None
    for i in range(51):
        arm = ArmPose(shoulder=60.0, shift=0.01 * i)
        pose = Pose(trunk=35.0, working_leg=LegPose(hip=120.0, knee=8.0), working_arm=arm)
        body = settle(figure, pose)
        leg = body.working_leg
        wrist = list(body.working_arm.wrist[:2])
        upper = distance_to(wrist, leg.hip[:2], leg.knee[:2])
        lower = distance_to(wrist, leg.knee[:2], leg.ankle[:2])
        assert min(upper, lower) < 0.075
        if before is not None:
            assert math.dist(before, wrist) < 0.02
        before = wrist


def test_mat_and_bed_reach_down_from_the_ground(shipped: Callable[[str], Figure]) -> None:
    for name in ("bridge", "cold"):
        figure = shipped(name)
        still = display_list(figure, 0.0, Side.RIGHT).still
        floor = box_around(tuple(item for item in still if item.role == "floor"))
        assert floor.y1 == pytest.approx(-ground_depth(figure))
        assert ground_depth(figure) > 0.0
        under = box_around(tuple(i for i in still if i.role in ("mat", "linen")))
        body = box_around(tuple(display_list(figure, 0.0, Side.RIGHT).moving))
        assert under.x0 < body.x0 < body.x1 < under.x1
        assert under.y1 < 0.02


def test_who_is_seen_from_above_lies_in_the_bed(shipped: Callable[[str], Figure]) -> None:
    figure = shipped("side_lying_quad")
    still = display_list(figure, 0.0, Side.RIGHT).still
    assert not [item for item in still if item.role in ("floor", "wall")]
    bed = box_around(tuple(item for item in still if item.role in ("linen", "wood")))
    box = bounds(figure, Side.RIGHT)
    for i in range(31):
        body = box_around(display_list(figure, figure.cycle_s * i / 30, Side.RIGHT).moving)
        assert bed.x0 <= body.x0 and body.x1 <= bed.x1
        assert bed.y0 <= body.y0 and body.y1 <= bed.y1
    pillow = box_around(tuple(item for item in still if item.role == "pillow"))
    hair = box_around(
        tuple(i for i in display_list(figure, 0.0, Side.RIGHT).moving if i.role == "hair")
    )
    assert pillow.x0 <= hair.x0 and hair.x1 <= pillow.x1 and hair.y1 <= pillow.y1
    assert box.height > box.width


def test_in_bed_one_is_barefoot(shipped: Callable[[str], Figure]) -> None:
    for name in ("toe_pull", "lying_hamstring", "side_lying_quad", "heat", "cold"):
        roles = {item.role for item in display_list(shipped(name), 0.0, Side.RIGHT).moving}
        assert not [role for role in roles if role.startswith(("shoe", "sole", "sock", "stripe"))]
    roles = {item.role for item in display_list(shipped("bridge"), 0.0, Side.RIGHT).moving}
    assert "shoe_near" in roles


@pytest.mark.parametrize(("name", "role"), [("heat", "heat"), ("cold", "cold")])
def test_a_pack_is_over_cloth_on_the_working_calf(
    name: str, role: str, shipped: Callable[[str], Figure]
) -> None:
    figure = shipped(name)
    items = [i for i in display_list(figure, 0.0, Side.RIGHT).moving if isinstance(i, Shape)]
    cloth = next(i for i, item in enumerate(items) if item.role == "cloth")
    pack = next(i for i, item in enumerate(items) if item.role == role)
    assert cloth < pack
    leg = body_at(figure, 0.0).working_leg
    box = box_around((items[pack],))
    middle = [(k + a) / 2.0 for k, a in zip(leg.knee, leg.ankle, strict=True)]
    assert box.x0 < middle[0] < box.x1 and box.y0 < middle[1] < box.y1
    signs = [item for item in items[pack + 1 :] if item.role == role]
    assert len(signs) == 3
    other = display_list(figure, figure.cycle_s / 7, Side.RIGHT).moving
    assert [i for i in other if i.role == role][1:] != signs
