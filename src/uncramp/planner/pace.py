"""The pace of the first part, and the look at the watch that keeps it."""

from dataclasses import dataclass

FIRST_SHARE = 0.10
SLOWER = (0.03, 0.05)
"""How much slower than planned the first tenth is run."""
TOO_FAST = 0.03
KM_M, MILE_M = 1000.0, 1609.344


@dataclass(frozen=True, slots=True)
class Opening:
    """How to begin.

    Attributes:
        metres: of the slower first part.
        even_s: seconds for each unit of the whole run, evenly.
        slow_s: the same of the first part, from and to.
        check_m: where to look at the watch: the first kilometre or mile.
        ease_off_s: faster than this there, and it is time to slow down.
    """

    metres: float
    even_s: float
    slow_s: tuple[float, float]
    check_m: float
    ease_off_s: float


def opening(metres: float, seconds: float, *, miles: bool = False) -> Opening:
    """Return how to begin a run of known length and time.

    Args:
        metres: how far, above 0.
        seconds: the time that is planned, above 0.
        miles: units of a mile instead of a kilometre.
    """
    if metres <= 0 or seconds <= 0:
        raise ValueError(f"{metres} m in {seconds} s")
    unit = MILE_M if miles else KM_M
    even = seconds * unit / metres
    return Opening(
        metres=FIRST_SHARE * metres,
        even_s=even,
        slow_s=(even * (1 + SLOWER[0]), even * (1 + SLOWER[1])),
        check_m=unit,
        ease_off_s=even * (1 - TOO_FAST),
    )
