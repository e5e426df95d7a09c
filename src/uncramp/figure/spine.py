"""The bent trunk: between pelvis and chest the spine is an arc, above and below it is straight.

Angles are leans from the vertical in degrees, forward +; lengths are shares of body height.
"""

import math

from uncramp.figure.outline import Outline
from uncramp.figure.skeleton import TRUNK
from uncramp.model.figure import Pose

LUMBAR = 0.020
"""Where along the trunk the arc begins, above the hip joint."""
THORACIC = 0.190
"""Where it ends."""


def neck_offset(pose: Pose) -> tuple[float, float]:
    """Return (dx, dy) from the hip joint to the middle between the shoulder joints."""
    return _along(pose, TRUNK)


def chest_lean(pose: Pose) -> float:
    """Return how far the chest leans: the pelvis's lean and the bend of the spine."""
    return pose.trunk + pose.bend


def bent(outline: Outline, origin: tuple[float, float], pose: Pose) -> Outline:
    """Return a contour of the trunk, drawn upright around the hip joint, as the spine bends it."""
    flat: list[float] = []
    for x, y in zip(outline[::2], outline[1::2], strict=True):
        along, above = _along(pose, y)
        lean = math.radians(_lean(pose, y))
        flat += [
            origin[0] + along + x * math.cos(lean),
            origin[1] + above - x * math.sin(lean),
        ]
    return tuple(flat)


def _lean(pose: Pose, at: float) -> float:
    share = max(0.0, min(1.0, (at - LUMBAR) / (THORACIC - LUMBAR)))
    return pose.trunk + pose.bend * share


def _along(pose: Pose, at: float) -> tuple[float, float]:
    """Return (dx, dy) from the hip joint to the point `at` along the spine."""
    low, high = math.radians(pose.trunk), math.radians(pose.trunk + pose.bend)
    s, c = math.sin(low), math.cos(low)
    if abs(pose.bend) < 1e-6 or at <= LUMBAR:
        return at * s, at * c
    curve = (high - low) / (THORACIC - LUMBAR)
    angle = low + curve * (min(at, THORACIC) - LUMBAR)
    x = LUMBAR * s + (math.cos(low) - math.cos(angle)) / curve
    y = LUMBAR * c + (math.sin(angle) - math.sin(low)) / curve
    rest = max(0.0, at - THORACIC)
    return x + rest * math.sin(angle), y + rest * math.cos(angle)
