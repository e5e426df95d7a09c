"""No hand, elbow, knee or foot goes through the runner's own trunk or head."""

import math
from collections.abc import Iterator

from uncramp.figure.animation import BREATH_S
from uncramp.figure.body_side import head_place
from uncramp.figure.kinematics import Body, body_at
from uncramp.figure.skeleton import HAND, TRUNK, Point
from uncramp.figure.spine import bent
from uncramp.model.figure import Figure, Play, View

FRAMES_A_SECOND = 12
DEPTH = 0.046
"""From the spine to where belly, chest and back certainly are not yet at an end."""
BREADTH = 0.070
"""Half the breadth of the waist."""
HEAD = 0.045


def instants(figure: Figure) -> Iterator[tuple[float, Body]]:
    end = figure.cycle_s + (BREATH_S if figure.play is Play.ONCE else 0.0)
    count = math.ceil(end * FRAMES_A_SECOND)
    for i in range(count + 1):
        yield end * i / count, body_at(figure, end * i / count)


def ends(body: Body) -> dict[str, Point]:
    points: dict[str, Point] = {}
    for side, arm, leg in (
        ("working", body.working_arm, body.working_leg),
        ("other", body.other_arm, body.other_leg),
    ):
        tip = tuple(w + 0.9 * HAND * h for w, h in zip(arm.wrist, arm.hand, strict=True))
        points[f"{side} elbow"] = arm.elbow
        points[f"{side} wrist"] = arm.wrist
        points[f"{side} fingers"] = (tip[0], tip[1], tip[2])
        points[f"{side} knee"] = leg.knee
        points[f"{side} ankle"] = leg.ankle
        points[f"{side} toes"] = leg.toe
    return points


def spine(body: Body) -> list[tuple[float, ...]]:
    hip = (body.pelvis[0], body.pelvis[1])
    return [bent((0.0, TRUNK * (0.2 + 0.7 * i / 8)), hip, body.pose) for i in range(9)]


def test_limbs_stay_out_of_the_trunk(figure: Figure) -> None:
    for t_s, body in instants(figure):
        middle = spine(body)
        for name, (x, y, z) in ends(body).items():
            if abs(z - body.pelvis[2]) < BREADTH:
                away = min(math.dist((x, y), spot) for spot in middle)
                assert away > DEPTH, (t_s, name, away)


def test_limbs_stay_out_of_the_head(figure: Figure) -> None:
    if figure.view is View.FRONT or figure.view is View.BACK:
        return  # there the head is where the trunk ends, and no hand comes near it
    for t_s, body in instants(figure):
        x, y = head_place(body)
        for name, point in ends(body).items():
            assert math.dist(point, (x, y, body.neck[2])) > HEAD, (t_s, name)
