"""The pace of the first part and the look at the watch that keeps it; what pace is usual."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from uncramp.model.diary import Run

FIRST_SHARE = 0.10
SLOWER = (0.03, 0.05)
"""How much slower than planned the first tenth is run."""
TOO_FAST = 0.03
KM_M, MILE_M = 1000.0, 1609.344
USUAL_DAYS = 90
SHORTEST_M = 1_000.0
"""Shorter ones are strides and tests of a watch."""
PLAUSIBLE_S_KM = (150.0, 900.0)
"""Faster is no run on foot, and slower is a walk."""
UNKNOWN_S_KM = 360.0
"""A round number for whoever has no runs yet; it only fills in a time that can be changed."""


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


@dataclass(frozen=True, slots=True)
class UsualPace:
    """How fast somebody runs.

    Attributes:
        s_per_km: the median of the runs.
        runs: how many of them; 0 where none are known and the pace is only supposed.
    """

    s_per_km: float
    runs: int

    def seconds(self, metres: float) -> int:
        """Return how long a distance is likely to take."""
        return round(self.s_per_km * metres / KM_M)


def usual_pace(runs: Iterable[Run], today: date) -> UsualPace:
    """Return the usual pace of the last `USUAL_DAYS` days up to today.

    Runs of unknown or very small distance, and what is too fast or too slow for a run, are left
    out.
    """
    since = today - timedelta(days=USUAL_DAYS)
    known = [
        run.seconds * KM_M / far
        for run in runs
        if (far := run.credible_m) and far >= SHORTEST_M and since <= run.started.date() <= today
    ]
    likely = [pace for pace in known if PLAUSIBLE_S_KM[0] <= pace <= PLAUSIBLE_S_KM[1]]
    return UsualPace(median(likely), len(likely)) if likely else UsualPace(UNKNOWN_S_KM, 0)
