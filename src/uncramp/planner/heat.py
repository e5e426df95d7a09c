"""How hot or cold it is for a runner: the indices of heat, the wind chill, and bands of both.

The heat index is the National Weather Service's (Rothfusz 1990, with its adjustments). The wet-bulb
globe temperature (WBGT) in the sun is the estimate of the Australian Bureau of Meteorology, in the
shade 0.7 of the wet-bulb temperature (Stull 2011) and 0.3 of the air's. The wind chill is that of
the weather services of Canada and the United States (2001). The bands are ours, drawn from public
ones, and a rule of thumb. An index outside the range that its formula was fitted to still has its
band, but no number.
"""

import math
from dataclasses import dataclass
from enum import IntEnum

COLDEST_C, HOTTEST_C = -40.0, 55.0
SUN_ADDS_C = 8.0
"""Up to so much direct sun adds to the heat index."""
DRY_PERCENT, WINDY_KMH = 40.0, 20.0
HILLY_M_PER_KM = 15.0
HEAT_FROM_C = 20.0
"""No index of heat is a number below this."""
HIGHEST_HEAT_INDEX_C, HIGHEST_WBGT_C = 50.0, 40.0
WIND_CHILL_UP_TO_C, WIND_CHILL_FROM_KMH = 10.0, 4.8
_REGRESSION_FROM_F = 80.0
_STULL_PERCENT = (5.0, 99.0)


class Band(IntEnum):
    """From "as usual" to "not today"."""

    GREEN = 0
    YELLOW = 1
    RED = 2
    BLACK = 3


_HEAT_INDEX_FROM_C = ((39.0, Band.BLACK), (32.0, Band.RED), (27.0, Band.YELLOW))
_WBGT_FROM_C = ((23.0, Band.RED), (18.0, Band.YELLOW))
_WBGT_BLACK_C = 28.0


class Cold(IntEnum):
    """What the wind chill asks for, from nothing to staying indoors."""

    MILD = 0
    COVER = 1
    FROSTBITE = 2
    INDOORS = 3


_COLD_UP_TO_C = ((-40.0, Cold.INDOORS), (-27.0, Cold.FROSTBITE), (-10.0, Cold.COVER))
"""Bare skin freezes within ten minutes; in about half an hour; not soon, but it is covered."""


@dataclass(frozen=True, slots=True)
class Weather:
    """The air during a run.

    Attributes:
        temperature_c: in the shade, -40 to 55.
        humidity: relative, in percent, 0 to 100.
        sun: whether the sun shines on the way.
        wind_kmh: 0 and up.
    """

    temperature_c: float
    humidity: float
    sun: bool = True
    wind_kmh: float = 0.0

    def __post_init__(self) -> None:
        if not COLDEST_C <= self.temperature_c <= HOTTEST_C:
            raise ValueError(f"temperature_c is {self.temperature_c}")
        if not 0.0 <= self.humidity <= 100.0:
            raise ValueError(f"humidity is {self.humidity}")
        if not 0.0 <= self.wind_kmh <= 200.0:
            raise ValueError(f"wind_kmh is {self.wind_kmh}")

    @property
    def heat_index_c(self) -> float:
        """Degrees Celsius, in the shade."""
        return heat_index_c(self.temperature_c, self.humidity)

    @property
    def wbgt_c(self) -> float:
        """Degrees Celsius, estimated, in the sun or in the shade as the weather is."""
        estimate = wbgt_c if self.sun else shade_wbgt_c
        return estimate(self.temperature_c, self.humidity)

    @property
    def shown_heat_index_c(self) -> float | None:
        """The heat index; None where it is too cold for it, or beyond its table."""
        is_warm = self.temperature_c >= HEAT_FROM_C
        return self.heat_index_c if is_warm and not self.is_beyond_the_table else None

    @property
    def shown_wbgt_c(self) -> float | None:
        """The estimate; None where it is too cold for it, or beyond what it was fitted to."""
        is_fitted = self.sun or self.humidity >= _STULL_PERCENT[0]
        is_warm = self.temperature_c >= HEAT_FROM_C
        return self.wbgt_c if is_fitted and is_warm and self.wbgt_c <= HIGHEST_WBGT_C else None

    @property
    def is_beyond_the_table(self) -> bool:
        """Whether it is hotter than the heat index was fitted to."""
        return self.heat_index_c > HIGHEST_HEAT_INDEX_C

    @property
    def band(self) -> Band:
        """The worse of the bands of heat index and WBGT."""
        if self.wbgt_c > _WBGT_BLACK_C:
            return Band.BLACK
        return max(_band(self.heat_index_c, _HEAT_INDEX_FROM_C), _band(self.wbgt_c, _WBGT_FROM_C))

    @property
    def is_hot(self) -> bool:
        """Whether it is hot enough to count for drinks."""
        return self.band >= Band.YELLOW and self.temperature_c >= HEAT_FROM_C

    @property
    def is_cold(self) -> bool:
        """Whether it is so cold that the warm-up has to be long."""
        return self.temperature_c < 10.0

    @property
    def is_dry_and_windy(self) -> bool:
        """Whether sweat dries unnoticed."""
        return self.humidity < DRY_PERCENT and self.wind_kmh >= WINDY_KMH


def _band(index_c: float, steps: tuple[tuple[float, Band], ...]) -> Band:
    return next((band for least, band in steps if index_c >= least), Band.GREEN)


def heat_index_c(temperature_c: float, humidity: float) -> float:
    """Return the heat index in degrees Celsius (National Weather Service, Rothfusz 1990).

    Args:
        temperature_c: of the air.
        humidity: in percent.
    """
    t = temperature_c * 9 / 5 + 32
    simple = 0.5 * (t + 61.0 + (t - 68.0) * 1.2 + humidity * 0.094)
    if (simple + t) / 2 < _REGRESSION_FROM_F:
        return ((simple + t) / 2 - 32) * 5 / 9
    rh = humidity
    index = (
        -42.379
        + 2.04901523 * t
        + 10.14333127 * rh
        - 0.22475541 * t * rh
        - 0.00683783 * t * t
        - 0.05481717 * rh * rh
        + 0.00122874 * t * t * rh
        + 0.00085282 * t * rh * rh
        - 0.00000199 * t * t * rh * rh
    )
    if rh < 13.0 and 80.0 <= t <= 112.0:
        index -= (13.0 - rh) / 4.0 * math.sqrt((17.0 - abs(t - 95.0)) / 17.0)
    elif rh > 85.0 and 80.0 <= t <= 87.0:
        index += (rh - 85.0) / 10.0 * (87.0 - t) / 5.0
    return (index - 32) * 5 / 9


def wbgt_c(temperature_c: float, humidity: float) -> float:
    """Return the estimated wet-bulb globe temperature in the sun in degrees Celsius.

    Args:
        temperature_c: of the air.
        humidity: in percent.
    """
    pressure = humidity / 100 * 6.105 * math.exp(17.27 * temperature_c / (237.7 + temperature_c))
    return 0.567 * temperature_c + 0.393 * pressure + 3.94


def shade_wbgt_c(temperature_c: float, humidity: float) -> float:
    """Return the estimated wet-bulb globe temperature without sun in degrees Celsius.

    Args:
        temperature_c: of the air.
        humidity: in percent.
    """
    return 0.7 * wet_bulb_c(temperature_c, humidity) + 0.3 * temperature_c


def wet_bulb_c(temperature_c: float, humidity: float) -> float:
    """Return the wet-bulb temperature in degrees Celsius (Stull 2011, fitted from 5 to 99 %).

    Drier air counts as 5 %, which is on the safe side; saturated air is as warm as its wet bulb.

    Args:
        temperature_c: of the air.
        humidity: in percent.
    """
    driest, dampest = _STULL_PERCENT
    if humidity > dampest:
        return temperature_c
    rh = max(driest, humidity)
    return (
        temperature_c * math.atan(0.151977 * math.sqrt(rh + 8.313659))
        + math.atan(temperature_c + rh)
        - math.atan(rh - 1.676331)
        + 0.00391838 * math.pow(rh, 1.5) * math.atan(0.023101 * rh)
        - 4.686035
    )


def wind_chill_c(temperature_c: float, wind_kmh: float) -> float | None:
    """Return the wind chill in degrees Celsius (Environment Canada and NWS 2001).

    Args:
        temperature_c: of the air.
        wind_kmh: on the skin: the greater of the wind and the runner's own speed; less than the
            formula was fitted to counts as its least.

    Returns:
        None above 10 degrees, where there is none.
    """
    if temperature_c > WIND_CHILL_UP_TO_C:
        return None
    power = math.pow(max(wind_kmh, WIND_CHILL_FROM_KMH), 0.16)
    return 13.12 + 0.6215 * temperature_c - 11.37 * power + 0.3965 * temperature_c * power


def cold_of(chill_c: float | None) -> Cold:
    """Return what a wind chill asks for; where there is none, nothing."""
    if chill_c is None:
        return Cold.MILD
    return next((cold for most, cold in _COLD_UP_TO_C if chill_c <= most), Cold.MILD)
