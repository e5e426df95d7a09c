"""Who runs, and what: the input of the planner, checked against its bounds."""

from dataclasses import dataclass
from enum import StrEnum

from uncramp.planner.heat import HILLY_M_PER_KM, Band, Cold, Weather, cold_of, wind_chill_c

LIGHTEST_KG, HEAVIEST_KG = 30.0, 200.0
LONGEST_S = 48 * 3600
FARTHEST_M = 500_000.0
SLOW_KMH, FASTEST_KMH = 8.5, 24.0
"""What is supposed where the distance is not said, and the pace of a world record."""


class Flag(StrEnum):
    """What makes fluid and salt, with diabetes food as well, a matter for whoever treats him."""

    PREGNANT = "pregnant"
    KIDNEY = "kidney"
    HEART = "heart"
    LIVER = "liver"
    BLOOD_PRESSURE = "blood_pressure"
    DIURETIC = "diuretic"
    PAINKILLER = "painkiller"
    LOW_SODIUM = "low_sodium"
    DIABETES = "diabetes"


@dataclass(frozen=True, slots=True)
class Runner:
    """The runner.

    Attributes:
        mass_kg: 30 to 200.
        sweat_l_h: measured, 0.2 to 3.5; None where it was not.
        flags: each switches numbers for fluid and salt off.
    """

    mass_kg: float
    sweat_l_h: float | None = None
    flags: frozenset[Flag] = frozenset()

    def __post_init__(self) -> None:
        if not LIGHTEST_KG <= self.mass_kg <= HEAVIEST_KG:
            raise ValueError(f"mass_kg is {self.mass_kg}")
        if self.sweat_l_h is not None and not LEAST_SWEAT_L_H <= self.sweat_l_h <= MOST_SWEAT_L_H:
            raise ValueError(f"sweat_l_h is {self.sweat_l_h}")


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """The run.

    Attributes:
        seconds: how long it is expected to take, up to two days.
        metres: how far; None where only the time is planned.
        weather: what is expected.
        ascent_m: climbed in all.
        is_race: a race or a fast session.
        is_urine_dark: two hours before, dark or none.
    """

    seconds: int
    weather: Weather
    metres: float | None = None
    ascent_m: float = 0.0
    is_race: bool = False
    is_urine_dark: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.seconds <= LONGEST_S:
            raise ValueError(f"seconds is {self.seconds}")
        if self.metres is not None and not 0.0 < self.metres <= FARTHEST_M:
            raise ValueError(f"metres is {self.metres}")
        if not 0.0 <= self.ascent_m <= 20_000.0:
            raise ValueError(f"ascent_m is {self.ascent_m}")

    @property
    def hours(self) -> float:
        """How long it is expected to take."""
        return self.seconds / 3600

    @property
    def speed_kmh(self) -> float:
        """How fast; supposed slow where the distance is not said, and never faster than anybody."""
        if self.metres is None:
            return SLOW_KMH
        return min(FASTEST_KMH, self.metres / 1000 / self.hours)

    @property
    def wind_chill_c(self) -> float | None:
        """By the greater of the wind and the own speed; None where it is too warm for it."""
        return wind_chill_c(self.weather.temperature_c, max(self.weather.wind_kmh, self.speed_kmh))

    @property
    def cold(self) -> Cold:
        """What the wind chill asks for."""
        return cold_of(self.wind_chill_c)

    @property
    def is_off(self) -> bool:
        """Whether the weather leaves nothing to plan outdoors."""
        return self.weather.band is Band.BLACK or self.cold is Cold.INDOORS

    @property
    def is_hilly(self) -> bool:
        """Whether it climbs so much that calves and hamstrings feel it."""
        return self.metres is not None and self.ascent_m >= HILLY_M_PER_KM * self.metres / 1000


LEAST_SWEAT_L_H, MOST_SWEAT_L_H = 0.2, 3.5
SHORTEST_TEST_S = 45 * 60


def sweat_rate_l_h(
    before_kg: float, after_kg: float, drunk_l: float, urine_l: float, seconds: int
) -> float | None:
    """Return the sweat rate of a test run in litres an hour; None where it cannot be true.

    Mass before and after without clothes and dried, what was drunk, and what was passed; the run
    takes at least 45 minutes.

    Args:
        before_kg: mass before.
        after_kg: mass after.
        drunk_l: during the run.
        urine_l: during the run.
        seconds: how long it took.
    """
    if seconds < SHORTEST_TEST_S:
        return None
    rate = (before_kg - after_kg + drunk_l - urine_l) / (seconds / 3600)
    return rate if LEAST_SWEAT_L_H <= rate <= MOST_SWEAT_L_H else None
