"""Every frame of every shipped exercise is a pose that a body can take, where it says it is.

Angles are measured on the solved joints and not read from the file, so that inverse kinematics
is tested with them. Limits and the flat-foot equation are those of the exercise catalogue.
"""

import math
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from uncramp.figure.animation import BREATH_S, is_moving
from uncramp.figure.kinematics import Body, body_at
from uncramp.figure.skeleton import FOREARM, SHANK, THIGH, UPPER_ARM, Arm, Leg, Point
from uncramp.figure.spine import chest_lean
from uncramp.model.figure import (
    Contact,
    Figure,
    LegPose,
    Limb,
    Pin,
    Play,
    Scenery,
    Touch,
    View,
)

FRAMES_A_SECOND = 30
HEEL_CORNER = 0.009
ON = 1e-6
"""Share of height by which a computed contact may miss."""


def frames(figure: Figure) -> Iterator[tuple[float, Body]]:
    """Yield every frame of a cycle; of a pose that is held also those of a breath in it."""
    end = figure.cycle_s + (BREATH_S if figure.play is Play.ONCE else 0.0)
    count = max(2, math.ceil(end * FRAMES_A_SECOND))
    for i in range(count + 1):
        t_s = end * i / count
        yield t_s, body_at(figure, t_s)


def from_vertical(a: Point, b: Point) -> float:
    return math.degrees(math.atan2(b[0] - a[0], a[1] - b[1]))


def turn(angle: float) -> float:
    return (angle + 180.0) % 360.0 - 180.0


def leg_angles(leg: Leg, trunk: float) -> tuple[float, float, float]:
    """Return hip, knee and ankle of a leg seen from the side."""
    thigh, shank = from_vertical(leg.hip, leg.knee), from_vertical(leg.knee, leg.ankle)
    return turn(thigh + trunk), turn(thigh - shank), turn(leg.pitch - shank)


def between(a: Point, b: Point, c: Point) -> float:
    """Return the bend at `b` in space, 0 for a straight limb."""
    u = [q - p for p, q in zip(a, b, strict=True)]
    v = [q - p for p, q in zip(b, c, strict=True)]
    cosine = sum(p * q for p, q in zip(u, v, strict=True)) / (math.hypot(*u) * math.hypot(*v))
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def foot_pins(figure: Figure) -> list[Pin]:
    """Return what stands or lies on something that is not the runner himself."""
    return [pin for pin in figure.pins if pin.limb.is_foot and not pin.touch.is_body]


def legs(body: Body) -> tuple[Leg, Leg]:
    return body.working_leg, body.other_leg


def leg_pose(body: Body, limb: Limb) -> LegPose:
    return body.pose.working_leg if limb.is_working else body.pose.other_leg


def arms(body: Body) -> tuple[Arm, Arm]:
    return body.working_arm, body.other_arm


def arm_of(body: Body, limb: Limb) -> Arm:
    return body.working_arm if limb is Limb.WORKING_HAND else body.other_arm


def test_legs_stay_within_their_joints(figure: Figure) -> None:
    for t_s, body in frames(figure):
        for leg in legs(body):
            if figure.view is not View.SIDE:
                assert -ON <= between(leg.hip, leg.knee, leg.ankle) <= 140
                continue
            hip, knee, ankle = leg_angles(leg, body.pose.trunk)
            assert -20.01 <= hip <= 125, (t_s, hip)
            assert -0.5 <= knee <= 140, (t_s, knee)
            assert ankle <= (30 if knee < 20 else 40), (t_s, knee, ankle)
            assert ankle >= -60, (t_s, ankle)


def test_arms_stay_within_their_joints(figure: Figure) -> None:
    for t_s, body in frames(figure):
        for arm in arms(body):
            assert between(arm.shoulder, arm.elbow, arm.wrist) <= 150
            if figure.view is View.SIDE and abs(body.pose.twist) < 10:
                shoulder = turn(from_vertical(arm.shoulder, arm.elbow) + chest_lean(body.pose))
                assert -50 <= shoulder <= 180, (t_s, shoulder)


def test_bones_keep_their_length(figure: Figure) -> None:
    for _, body in frames(figure):
        for leg in legs(body):
            assert math.dist(leg.hip, leg.knee) == pytest.approx(THIGH)
            assert math.dist(leg.knee, leg.ankle) == pytest.approx(SHANK)
        for arm in arms(body):
            assert math.dist(arm.shoulder, arm.elbow) == pytest.approx(UPPER_ARM)
            assert math.dist(arm.elbow, arm.wrist) == pytest.approx(FOREARM)


def test_knees_bend_forward_and_elbows_back(figure: Figure) -> None:
    if figure.view is not View.SIDE:
        pytest.skip("seen from the side only")
    for t_s, body in frames(figure):
        for leg in legs(body):
            assert leg_angles(leg, body.pose.trunk)[1] >= -0.5, t_s


def test_flat_feet_satisfy_the_flat_foot_equation(figure: Figure) -> None:
    flat = [pin for pin in foot_pins(figure) if pin.contact is Contact.SOLE]
    for t_s, body in frames(figure):
        for pin in flat:
            leg = body.leg(pin.limb)
            if leg_pose(body, pin.limb).lift > 0.0:
                continue
            hip, knee, ankle = leg_angles(leg, body.pose.trunk)
            assert ankle == pytest.approx(knee + body.pose.trunk - hip, abs=0.01), t_s
            assert leg.pitch == pytest.approx(0.0)


def test_written_angles_are_those_of_the_carrying_foot(figure: Figure) -> None:
    """Where a flat foot carries the body, the file's own ankle agrees within 2 degrees."""
    pins = foot_pins(figure)
    if figure.root or not pins or pins[0].contact is not Contact.SOLE:
        pytest.skip("no flat foot carries this figure")
    for key in figure.keys:
        pose = key.pose
        leg = pose.working_leg if pins[0].limb.is_working else pose.other_leg
        assert leg.ankle == pytest.approx(leg.knee + pose.trunk - leg.hip, abs=2.0)


def test_no_sole_is_below_the_floor(figure: Figure) -> None:
    for t_s, body in frames(figure):
        for leg in legs(body):
            assert min(leg.heel[1], leg.ball[1], leg.toe[1]) >= -ON, t_s


def test_pinned_feet_stand_where_they_are_pinned(figure: Figure) -> None:
    for t_s, body in frames(figure):
        for pin in foot_pins(figure):
            leg = body.leg(pin.limb)
            pose = body.pose.working_leg if pin.limb.is_working else body.pose.other_leg
            ground = 0.0 if pin.touch is Touch.FLOOR else pin.y
            touching = {
                Contact.SOLE: (leg.heel, leg.ball),
                Contact.BALL: (leg.ball,),
                Contact.HEEL: (leg.heel,),
            }[pin.contact]
            if pose.lift == 0.0:
                # The back of a heel is round: its corner rises while the foot points up.
                above = HEEL_CORNER if pin.contact is Contact.HEEL else 0.0
                for point in touching:
                    assert ground - ON <= point[1] <= ground + above + ON, t_s
            if pose.lift > 0.0 and pin.contact is Contact.SOLE:
                continue
            heel_x, ball_x = pin.x + pose.shift - 0.045, pin.x + pose.shift + 0.088
            place = heel_x if pin.contact is Contact.HEEL else ball_x
            assert touching[-1][0] == pytest.approx(place, abs=1e-4), t_s


def test_pinned_points_do_not_slide(figure: Figure) -> None:
    """Less than 1 % of body height over the whole cycle, unless the file moves the pin."""
    for pin in foot_pins(figure):
        seen: list[Point] = []
        for _, body in frames(figure):
            leg = body.leg(pin.limb)
            pose = body.pose.working_leg if pin.limb.is_working else body.pose.other_leg
            point = leg.heel if pin.contact is Contact.HEEL else leg.ball
            if pose.shift == 0.0 and pose.lift == 0.0:
                seen.append(point)
        assert seen
        for axis in range(3):
            values = [point[axis] for point in seen]
            assert max(values) - min(values) < 0.01


def test_hands_on_a_wall_touch_it(figure: Figure) -> None:
    walls = [item.x for item in figure.scenery if item.kind is Scenery.WALL]
    pins = [p for p in figure.pins if p.touch is Touch.WALL]
    for t_s, body in frames(figure):
        for pin in pins:
            arm = arm_of(body, pin.limb)
            pose = body.pose.working_arm if pin.limb.is_working else body.pose.other_arm
            if pose.touch < 1.0 or not walls:
                continue
            reach = 0.017 if pin.contact is Contact.PALM else 0.092 * arm.hand[0]
            assert arm.wrist[0] + reach == pytest.approx(walls[0], abs=0.002), t_s
            middle = 0.045 if pin.contact is Contact.PALM else 0.092
            assert arm.wrist[1] + middle * arm.hand[1] == pytest.approx(pin.y, abs=0.002), t_s


def test_hands_on_the_wall_do_not_slide(figure: Figure) -> None:
    for pin in figure.pins:
        if pin.touch is not Touch.WALL:
            continue
        seen = []
        for _, body in frames(figure):
            pose = body.pose.working_arm if pin.limb.is_working else body.pose.other_arm
            if pose.touch == 1.0:
                seen.append(arm_of(body, pin.limb).wrist)
        assert seen
        for axis in range(3):
            values = [point[axis] for point in seen]
            assert max(values) - min(values) < 0.01


def test_a_gripping_hand_reaches_the_ankle(shipped: Callable[[str], Figure]) -> None:
    figure = shipped("standing_quad")
    body = body_at(figure, figure.cycle_s)
    held = tuple(
        w + 0.05 * h for w, h in zip(body.working_arm.wrist, body.working_arm.hand, strict=True)
    )
    ankle = body.working_leg.ankle
    assert math.dist(held[:2], ankle[:2]) < 0.02


def test_hands_on_the_raised_leg_touch_it(shipped: Callable[[str], Figure]) -> None:
    figure = shipped("chair_hamstring")
    body = body_at(figure, figure.cycle_s)
    leg = body.working_leg
    for arm in arms(body):
        palm = tuple(w + 0.045 * h for w, h in zip(arm.wrist, arm.hand, strict=True))
        along = [b - a for a, b in zip(leg.knee, leg.ankle, strict=True)]
        gap = abs(along[0] * (palm[1] - leg.knee[1]) - along[1] * (palm[0] - leg.knee[0])) / SHANK
        assert gap < 0.055  # the leg is 0.035 thick here, the hand 0.015


def test_nothing_jumps_between_frames(figure: Figure) -> None:
    """No joint moves faster than 8 body heights a second, nor at the wrap of a loop."""
    step = figure.cycle_s / max(2, math.ceil(figure.cycle_s * FRAMES_A_SECOND))
    for (t_s, a), (_, b) in pairwise(frames(figure)):
        for before, after in zip(joints(a), joints(b), strict=True):
            assert math.dist(before, after) <= 8.0 * step, t_s


def test_a_loop_closes(figure: Figure) -> None:
    if figure.play is not Play.LOOP:
        pytest.skip("held at the end")
    first, last = body_at(figure, 0.0), body_at(figure, figure.cycle_s * (1 - 1e-9))
    for before, after in zip(joints(first), joints(last), strict=True):
        assert math.dist(before, after) < 1e-5


def test_a_single_play_ends_at_rest(figure: Figure) -> None:
    if figure.play is not Play.ONCE:
        pytest.skip("repeats")
    end = figure.keys[-1].at_s
    assert is_moving(figure, end - 0.001)
    assert not is_moving(figure, end)
    last = body_at(figure, end)
    for dt in (0.5, 1.7, 2.5, 100.0):  # only breathing: a straight elbow shows it most
        held = body_at(figure, end + dt)
        assert all(math.dist(a, b) < 0.025 for a, b in zip(joints(held), joints(last), strict=True))
    before = body_at(figure, end - 1 / FRAMES_A_SECOND)
    assert all(math.dist(a, b) < 0.002 for a, b in zip(joints(before), joints(last), strict=True))


def joints(body: Body) -> list[Point]:
    found: list[Point] = [body.pelvis, body.neck]
    for leg in legs(body):
        found += [leg.knee, leg.ankle, leg.heel, leg.ball, leg.toe]
    for arm in arms(body):
        found += [arm.shoulder, arm.elbow, arm.wrist]
    return found


@pytest.mark.parametrize("name", ["easy_jog", "high_knees", "butt_kicks"])
def test_running_has_two_flights_a_cycle(name: str, shipped: Callable[[str], Figure]) -> None:
    figure = shipped(name)
    flights = []
    for i in range(200):
        body = body_at(figure, figure.cycle_s * i / 200)
        low = min(min(leg.heel[1], leg.ball[1]) for leg in legs(body))
        flights.append(low > 0.004)
    begun = sum(1 for i in range(200) if flights[i] and not flights[i - 1])
    assert begun == 2
    assert 0.08 < sum(flights) / 200 < 0.5


@pytest.mark.parametrize("name", ["cool_down_walk", "night_walk"])
def test_walking_never_flies(name: str, shipped: Callable[[str], Figure]) -> None:
    figure = shipped(name)
    for _, body in frames(figure):
        assert min(min(leg.heel[1], leg.ball[1]) for leg in legs(body)) < 0.004


@pytest.mark.parametrize(
    "name", ["easy_jog", "cool_down_walk", "night_walk", "high_knees", "butt_kicks"]
)
def test_arms_swing_against_the_legs(name: str, shipped: Callable[[str], Figure]) -> None:
    """Over a cycle, the near elbow is ahead while the near foot is behind."""
    figure = shipped(name)
    hand, foot = [], []
    for i in range(100):
        body = body_at(figure, figure.cycle_s * i / 100)
        hand.append(body.working_arm.elbow[0] - body.other_arm.elbow[0])
        foot.append(body.working_leg.ankle[0] - body.other_leg.ankle[0])
    product = sum(a * b for a, b in zip(hand, foot, strict=True))
    size = math.sqrt(sum(a * a for a in hand) * sum(b * b for b in foot))
    assert product / size < -0.5


@pytest.mark.parametrize("name", ["easy_jog", "cool_down_walk", "night_walk"])
def test_the_foot_on_the_floor_goes_back_with_it(
    name: str, shipped: Callable[[str], Figure]
) -> None:
    """A flat foot passes under the runner with the floor: within a tenth while it is flat."""
    figure = shipped(name)
    flat = []
    for i in range(200):
        leg = body_at(figure, figure.cycle_s * i / 200).working_leg
        if max(leg.heel[1], leg.ball[1]) < 0.004:
            flat.append((i, leg.ball[0]))
    (first, ahead), (last, behind) = flat[0], flat[-1]
    assert last - first == len(flat) - 1 > 15
    passed = figure.stride * (last - first) / 200
    assert ahead - behind == pytest.approx(passed, rel=0.1)


def test_the_lunge_goes_down_without_touching(shipped: Callable[[str], Figure]) -> None:
    """The rear knee stays about 0.08 above the floor (exercise catalogue, E21)."""
    figure = shipped("lunge_twist")
    lowest = min(min(leg.knee[1] for leg in legs(body)) for _, body in frames(figure))
    assert 0.04 <= lowest <= 0.11


@pytest.mark.parametrize("name", ["lunge_strength", "lunge_twist"])
def test_the_weight_sinks_after_the_foot_is_down(
    name: str, shipped: Callable[[str], Figure]
) -> None:
    """While the foot is in the air nobody kneels; it comes down heel first and leaves again so."""
    figure = shipped(name)
    landed = False
    for t_s, body in frames(figure):
        if t_s > figure.cycle_s / (2 if figure.alternate else 1):
            break
        foot = body.working_leg
        off = min(foot.heel[1], foot.ball[1])
        if off > 0.01:
            assert body.other_leg.knee[1] > 0.17, t_s
            assert body.pelvis[1] > 0.44, t_s
        elif foot.ball[1] > 0.02:
            landed = True
            assert foot.heel[1] < 0.0101, t_s
    assert landed


@pytest.mark.parametrize(
    ("name", "working"),
    [
        ("butt_kicks", lambda leg: leg.knee - 90.0),
        ("high_knees", lambda leg: leg.hip - 60.0),
    ],
)
def test_the_leg_that_works_glows(
    name: str, working: Callable[[LegPose], float], shipped: Callable[[str], Figure]
) -> None:
    """The kicked or lifted one, and not the one that stands."""
    figure = shipped(name)
    for t_s, body in frames(figure):
        for leg in (body.pose.working_leg, body.pose.other_leg):
            if working(leg) > 0.0:
                assert leg.effort > 0.5, t_s
            elif working(leg) < -50.0:
                assert leg.effort < 0.1, t_s


@pytest.mark.parametrize("name", ["wall_calf_static", "trial_pair"])
def test_who_leans_on_the_wall_has_hands_there(name: str, shipped: Callable[[str], Figure]) -> None:
    """Leaning by more than 11 degrees toward the wall, both palms are on it."""
    figure = shipped(name)
    for t_s, body in frames(figure):
        calf = body.pose.focus < 0.0 or name == "wall_calf_static"
        if calf and body.pose.trunk > 11.0:
            for arm in (body.pose.working_arm, body.pose.other_arm):
                assert arm.touch >= 0.5, t_s


def test_the_still_hold_is_no_pump(shipped: Callable[[str], Figure]) -> None:
    """Straight elbows all the time and no push of the trunk; the back heel goes down."""
    figure = shipped("wall_calf_static")
    seen = [body for _, body in frames(figure)]
    for body in seen:
        for arm in arms(body):
            assert between(arm.shoulder, arm.elbow, arm.wrist) < 35
    necks = [body.neck[0] for body in seen]
    assert max(necks) - min(necks) < 0.03
    assert seen[0].working_leg.heel[1] > 0.03
    assert seen[-1].working_leg.heel[1] < 0.003


def test_the_lunge_turns_toward_the_front_leg(shipped: Callable[[str], Figure]) -> None:
    figure = shipped("lunge_twist")
    for _, body in frames(figure):
        ahead = body.working_leg.knee[0] - body.other_leg.knee[0]
        if abs(body.pose.twist) > 5:
            assert math.copysign(1, ahead) == math.copysign(1, body.pose.twist)


def test_the_night_walk_lands_on_the_heel(shipped: Callable[[str], Figure]) -> None:
    """Heel first (exercise catalogue, E07): the foot that arrives has its toes up."""
    figure = shipped("night_walk")
    leg = body_at(figure, 0.0).working_leg
    assert leg.heel[1] < 0.004
    assert leg.pitch > 8.0


def test_butt_kicks_bring_the_heel_to_the_seat(shipped: Callable[[str], Figure]) -> None:
    """The heel comes to within a hand's breadth of the seat, the knee stays under the hip."""
    figure = shipped("butt_kicks")
    nearest = 1.0
    for _, body in frames(figure):
        leg = body.working_leg
        seat = (body.pelvis[0] - 0.073, body.pelvis[1], 0.0)
        nearest = min(nearest, math.dist(leg.heel[:2], seat[:2]))
        assert leg.knee[0] - leg.hip[0] < 0.08
    assert nearest < 0.10


def test_the_squat_is_parallel_with_knees_over_the_toes(
    shipped: Callable[[str], Figure],
) -> None:
    """Thighs level, weight over the feet, heels down (exercise catalogue, E23)."""
    body = body_at(shipped("squat"), 2.0)
    leg = body.working_leg
    assert leg.knee[1] - leg.hip[1] == pytest.approx(0.0, abs=0.08)
    assert leg.ball[0] - 0.02 < leg.knee[0] < leg.toe[0] + 0.06
    assert leg.heel[0] < centre_of_mass(body) < leg.toe[0]


def centre_of_mass(body: Body) -> float:
    """Return where along x the body's weight is (shares of Winter 2009, table 4.1)."""
    trunk = body.pelvis[0] + 0.626 * 1.18 * (body.neck[0] - body.pelvis[0])  # with the head
    total = 0.578 * trunk
    for leg in legs(body):
        total += 0.100 * (leg.hip[0] + 0.433 * (leg.knee[0] - leg.hip[0]))
        total += 0.0465 * (leg.knee[0] + 0.433 * (leg.ankle[0] - leg.knee[0]))
        total += 0.0145 * (leg.heel[0] + leg.ball[0]) / 2
    for arm in arms(body):
        total += 0.050 * arm.elbow[0]
    return total


@pytest.mark.parametrize(
    "name",
    ["squat", "lunge_calf", "standing_back_extension", "chair_hamstring", "leg_swing_front"],
)
def test_nobody_falls_over(name: str, shipped: Callable[[str], Figure]) -> None:
    """The weight stays above the feet that stand, a finger's breadth past heel or toe at most."""
    figure = shipped(name)
    standing = [pin for pin in foot_pins(figure) if pin.touch is Touch.FLOOR]
    for t_s, body in frames(figure):
        feet = [body.leg(pin.limb) for pin in standing]
        heel, toe = min(leg.heel[0] for leg in feet), max(leg.toe[0] for leg in feet)
        assert heel - 0.012 < centre_of_mass(body) < toe + 0.012, t_s
