"""Breath that can be seen: strokes of air at the mouth of a runner who is told how to breathe."""

import math

from uncramp.figure.animation import pose_at
from uncramp.figure.display import Item, Shape
from uncramp.figure.outline import Spot, capsule
from uncramp.model.figure import Figure, View

MOUTH = (0.060, -0.028)
"""Between nose and mouth, from the middle of the head."""
FAN = (16.0, -8.0, -32.0)
"""Degrees at which the strokes leave the mouth, up +."""
NEAR, TRAVEL = 0.020, 0.050
"""How far a stroke begins from the mouth, and how far it drifts during a breath."""
LENGTH, RADIUS = 0.034, 0.0038
STEP_S = 0.05


def air_items(figure: Figure, t_s: float, head: tuple[Spot, Spot, Spot]) -> list[Item]:
    """Return the strokes that come in while the chest fills and go out while it empties.

    Args:
        figure: only one whose key frames give the breath, seen from the side, shows it.
        t_s: the instant.
        head: the middle of the head and its directions forward and up.
    """
    if figure.view is not View.SIDE or not any(key.pose.breath > 0.0 for key in figure.keys):
        return []
    breath = pose_at(figure, t_s).breath
    rising = pose_at(figure, t_s + STEP_S).breath - pose_at(figure, t_s - STEP_S).breath
    strength = round(math.sin(math.pi * max(0.0, min(1.0, breath))), 2)
    if rising == 0.0 or strength < 0.05:
        return []
    start = NEAR + TRAVEL * (1.0 - breath)  # toward the mouth on filling, away on emptying
    (x, y), (fx, fy), (ux, uy) = head
    mouth = (x + MOUTH[0] * fx + MOUTH[1] * ux, y + MOUTH[0] * fy + MOUTH[1] * uy)
    strokes = []
    for degrees in FAN:
        c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        dx, dy = c * fx + s * ux, c * fy + s * uy
        strokes.append(
            capsule(
                (mouth[0] + start * dx, mouth[1] + start * dy),
                (mouth[0] + (start + LENGTH) * dx, mouth[1] + (start + LENGTH) * dy),
                RADIUS,
            )
        )
    return [Shape("wall", tuple(strokes), strength)]
