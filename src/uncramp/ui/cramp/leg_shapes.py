"""One leg, seen from behind and from the front, as paths: skin, shorts, shoe, and its muscles.

The leg is the left one; a mirror makes the right one. Lengths are shares of its height, with the
hip at the top; the outer side is at the left. The contours are our own drawing of a lean adult.
"""

from dataclasses import dataclass

from PySide6.QtGui import QPainterPath

from uncramp.model.diary import CrampMuscle

LEG_WIDTH = 0.255
LEG_HEIGHT = 1.0
_AXIS = 0.135

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Patch:
    """A muscle on the leg, in the colour of a role of the figure."""

    muscle: CrampMuscle
    role: str
    path: QPainterPath


@dataclass(frozen=True, slots=True)
class LegDrawing:
    """What to fill, back to front: parts in the colour of their role, muscles, thin lines."""

    parts: tuple[tuple[str, QPainterPath], ...]
    patches: tuple[Patch, ...]
    details: tuple[tuple[str, QPainterPath], ...]


def _closed(points: Points) -> QPainterPath:
    """Return a smooth closed path through `points` (Catmull-Rom splines as Bézier curves)."""
    path = QPainterPath()
    count = len(points)
    path.moveTo(_AXIS + points[0][0], points[0][1])
    for number in range(count):
        _curve(path, *(points[(number + step) % count] for step in (-1, 0, 1, 2)))
    path.closeSubpath()
    return path


def _open(points: Points) -> QPainterPath:
    path = QPainterPath()
    path.moveTo(_AXIS + points[0][0], points[0][1])
    padded = (points[0], *points, points[-1])
    for number in range(len(points) - 1):
        _curve(path, *padded[number : number + 4])
    return path


def _curve(
    path: QPainterPath,
    before: tuple[float, float],
    start: tuple[float, float],
    end: tuple[float, float],
    after: tuple[float, float],
) -> None:
    path.cubicTo(
        _AXIS + start[0] + (end[0] - before[0]) / 6,
        start[1] + (end[1] - before[1]) / 6,
        _AXIS + end[0] - (after[0] - start[0]) / 6,
        end[1] - (after[1] - start[1]) / 6,
        _AXIS + end[0],
        end[1],
    )


_LEG_BACK = _closed(
    (
        (-0.100, 0.050),
        (-0.108, 0.140),
        (-0.100, 0.250),
        (-0.082, 0.350),
        (-0.064, 0.435),
        (-0.058, 0.490),
        (-0.066, 0.540),
        (-0.075, 0.600),
        (-0.072, 0.665),
        (-0.056, 0.740),
        (-0.040, 0.810),
        (-0.031, 0.870),
        (-0.030, 0.915),
        (0.028, 0.915),
        (0.028, 0.870),
        (0.036, 0.810),
        (0.052, 0.745),
        (0.070, 0.680),
        (0.074, 0.615),
        (0.062, 0.545),
        (0.052, 0.490),
        (0.058, 0.435),
        (0.076, 0.340),
        (0.094, 0.230),
        (0.102, 0.120),
        (0.098, 0.050),
    )
)
_LEG_FRONT = _closed(
    (
        (-0.100, 0.050),
        (-0.110, 0.140),
        (-0.103, 0.250),
        (-0.086, 0.350),
        (-0.066, 0.430),
        (-0.058, 0.480),
        (-0.058, 0.525),
        (-0.068, 0.590),
        (-0.068, 0.660),
        (-0.054, 0.740),
        (-0.039, 0.810),
        (-0.032, 0.870),
        (-0.032, 0.915),
        (0.030, 0.915),
        (0.030, 0.870),
        (0.034, 0.810),
        (0.047, 0.745),
        (0.062, 0.670),
        (0.064, 0.605),
        (0.054, 0.535),
        (0.056, 0.480),
        (0.066, 0.420),
        (0.082, 0.330),
        (0.097, 0.230),
        (0.103, 0.120),
        (0.098, 0.050),
    )
)
_FOOT_BACK = _closed(
    (
        (-0.0310, 0.880),
        (-0.0340, 0.920),
        (-0.0430, 0.950),
        (-0.0520, 0.975),
        (-0.0440, 0.992),
        (-0.0100, 0.997),
        (0.0250, 0.996),
        (0.0430, 0.986),
        (0.0400, 0.955),
        (0.0320, 0.920),
        (0.0280, 0.880),
    )
)
_HEEL = _closed(
    (
        (-0.0200, 0.915),
        (-0.0290, 0.950),
        (-0.0280, 0.980),
        (0.0000, 0.989),
        (0.0270, 0.980),
        (0.0280, 0.950),
        (0.0180, 0.915),
        (0.0000, 0.905),
    )
)
_FOOT_FRONT = _closed(
    (
        (-0.0320, 0.880),
        (-0.0380, 0.915),
        (-0.0560, 0.945),
        (-0.0740, 0.968),
        (-0.0760, 0.985),
        (-0.0640, 0.993),
        (-0.0300, 0.997),
        (0.0060, 0.999),
        (0.0350, 0.997),
        (0.0440, 0.984),
        (0.0420, 0.955),
        (0.0350, 0.915),
        (0.0300, 0.880),
    )
)
_INSTEP = _closed(
    (
        (-0.0180, 0.905),
        (-0.0330, 0.935),
        (-0.0500, 0.962),
        (-0.0200, 0.972),
        (0.0280, 0.972),
        (0.0290, 0.940),
        (0.0190, 0.905),
        (0.0000, 0.898),
    )
)
_TOES = tuple(_open(((x, 0.978), (x - 0.002, 0.992))) for x in (-0.0560, -0.0390, -0.0200, 0.0060))


def _shorts() -> QPainterPath:
    """Return one half of the shorts; the halves meet in the middle of the body."""
    path = QPainterPath()
    over = LEG_WIDTH + 0.003  # no seam between the halves
    path.moveTo(over, 0.0)
    path.lineTo(over, 0.052)
    path.lineTo(_AXIS + 0.111, 0.075)
    path.lineTo(_AXIS + 0.109, 0.160)
    path.quadTo(_AXIS, 0.172, _AXIS - 0.117, 0.160)
    path.cubicTo(_AXIS - 0.122, 0.110, _AXIS - 0.118, 0.040, _AXIS - 0.104, 0.0)
    path.closeSubpath()
    return path


_SHORTS = _shorts()
_HAMSTRING = _closed(
    (
        (-0.080, 0.190),
        (-0.084, 0.250),
        (-0.072, 0.330),
        (-0.052, 0.410),
        (-0.034, 0.452),
        (-0.012, 0.405),
        (0.000, 0.370),
        (0.014, 0.405),
        (0.034, 0.452),
        (0.050, 0.405),
        (0.066, 0.325),
        (0.077, 0.245),
        (0.076, 0.190),
        (0.000, 0.196),
    )
)
_CALF = _closed(
    (
        (-0.038, 0.525),
        (-0.060, 0.575),
        (-0.062, 0.645),
        (-0.044, 0.708),
        (-0.018, 0.724),
        (0.000, 0.715),
        (0.020, 0.738),
        (0.046, 0.715),
        (0.062, 0.650),
        (0.060, 0.580),
        (0.036, 0.525),
        (0.000, 0.545),
    )
)
_QUAD = _closed(
    (
        (-0.084, 0.190),
        (-0.090, 0.250),
        (-0.078, 0.330),
        (-0.054, 0.400),
        (-0.026, 0.418),
        (0.000, 0.400),
        (0.026, 0.440),
        (0.054, 0.425),
        (0.070, 0.340),
        (0.080, 0.250),
        (0.076, 0.190),
        (-0.002, 0.196),
    )
)
_SHIN = _closed(
    (
        (-0.030, 0.560),
        (-0.056, 0.600),
        (-0.056, 0.670),
        (-0.040, 0.745),
        (-0.020, 0.800),
        (-0.002, 0.805),
        (-0.006, 0.730),
        (-0.002, 0.640),
        (-0.006, 0.570),
    )
)
_KNEE_BACK = _open(((-0.034, 0.492), (0.000, 0.500), (0.030, 0.492)))
_KNEE_FRONT = _open(((-0.030, 0.470), (-0.034, 0.500), (-0.014, 0.527), (0.016, 0.527)))
_ACHILLES = _open(((-0.004, 0.745), (-0.010, 0.790), (-0.012, 0.818)))
_MIDDLE_CALF = _open(((0.000, 0.560), (0.001, 0.640), (0.000, 0.706)))
_MIDDLE_HAMSTRING = _open(((0.000, 0.205), (0.002, 0.290), (0.000, 0.362)))

BACK = LegDrawing(
    parts=(("skin_near", _LEG_BACK), ("skin_near", _FOOT_BACK), ("shorts_near", _SHORTS)),
    patches=(
        Patch(CrampMuscle.HAMSTRING, "skin_shade", _HAMSTRING),
        Patch(CrampMuscle.CALF, "skin_shade", _CALF),
        Patch(CrampMuscle.FOOT, "skin_shade", _HEEL),
    ),
    details=(
        ("skin_far", _KNEE_BACK),
        ("skin_far", _ACHILLES),
        ("skin_near", _MIDDLE_CALF),
        ("skin_near", _MIDDLE_HAMSTRING),
    ),
)
FRONT = LegDrawing(
    parts=(("skin_near", _LEG_FRONT), ("skin_near", _FOOT_FRONT), ("shorts_near", _SHORTS)),
    patches=(
        Patch(CrampMuscle.QUAD, "skin_shade", _QUAD),
        Patch(CrampMuscle.SHIN, "skin_shade", _SHIN),
        Patch(CrampMuscle.FOOT, "skin_shade", _INSTEP),
    ),
    details=(("skin_far", _KNEE_FRONT), *(("skin_far", toe) for toe in _TOES)),
)
