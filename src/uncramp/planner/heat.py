"""How hot it is for a runner: two indices, and the band of the worse one.

The heat index is the National Weather Service's (Rothfusz 1990, with its adjustments); the wet-bulb
globe temperature is the estimate of the Australian Bureau of Meteorology, which takes the sun to
shine. The bands are ours, made from public ones, and a rule of thumb.
"""

import math
from dataclasses import dataclass
from enum import IntEnum

COLDEST_C, HOTTEST_C = -40.0, 55.0
COLD_RISK_WBGT_C = 10.0
SUN_ADDS_C = 8.0
"""Up to so much direct sun adds to the heat index."""
DRY_PERCENT, WINDY_KMH = 40.0, 20.0
HILLY_M_PER_KM = 15.0
_REGRESSION_FROM_F = 80.0


class Band(IntEnum):
    """From "as usual" to "not today"."""

    GREEN = 0
    YELLOW = 1
    RED = 2
    BLACK = 3


_HEAT_INDEX_FROM_C = ((39.0, Band.BLACK), (32.0, Band.RED), (27.0, Band.YELLOW))
_WBGT_FROM_C = ((23.0, Band.RED), (18.0, Band.YELLOW))
_WBGT_BLACK_C = 28.0


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
        """Degrees Celsius, estimated, in the sun."""
        return wbgt_c(self.temperature_c, self.humidity)

    @property
    def band(self) -> Band:
        """The worse of the two bands; of the heat index alone where no sun shines."""
        by_heat_index = next(
            (band for least, band in _HEAT_INDEX_FROM_C if self.heat_index_c >= least), Band.GREEN
        )
        if not self.sun:
            return by_heat_index
        wbgt = self.wbgt_c
        if wbgt > _WBGT_BLACK_C:
            return Band.BLACK
        by_wbgt = next((band for least, band in _WBGT_FROM_C if wbgt >= least), Band.GREEN)
        return max(by_heat_index, by_wbgt)

    @property
    def is_hot(self) -> bool:
        """Whether it is hot enough to count for drinks."""
        return self.band >= Band.YELLOW and self.temperature_c >= 20.0

    @property
    def is_cold(self) -> bool:
        """Whether it is so cold that the warm-up has to be long."""
        return self.temperature_c < 10.0

    @property
    def is_dry_and_windy(self) -> bool:
        """Whether sweat dries unnoticed."""
        return self.humidity < DRY_PERCENT and self.wind_kmh >= WINDY_KMH


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
    """Return the estimated wet-bulb globe temperature in degrees Celsius.

    Args:
        temperature_c: of the air.
        humidity: in percent.
    """
    pressure = humidity / 100 * 6.105 * math.exp(17.27 * temperature_c / (237.7 + temperature_c))
    return 0.567 * temperature_c + 0.393 * pressure + 3.94
