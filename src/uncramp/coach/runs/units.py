"""Amounts of a run in the user's units."""

from collections.abc import Callable

from uncramp.coach.times import clock
from uncramp.model.language import tr, trn
from uncramp.planner.fluids import Range
from uncramp.planner.pace import KM_M, MILE_M

OUNCE_ML = 29.57


def degrees(celsius: float, *, miles: bool) -> str:
    """Return a temperature."""
    number = round(celsius * 9 / 5 + 32 if miles else celsius)
    return f"{number} °F".replace("-", "−") if miles else f"{number} °C".replace("-", "−")


def distance(metres: float, *, miles: bool) -> str:
    """Return a distance."""
    if miles:
        return tr("{n} miles").format(n=f"{metres / MILE_M:.1f}")
    return tr("{n} km").format(n=f"{metres / KM_M:.1f}")


def tempo(seconds: float) -> str:
    """Return a pace in minutes and seconds."""
    return clock(round(seconds) * 1000)


def amount_words(*, miles: bool) -> Callable[[Range], str]:
    """Return what puts amounts of fluid into words, from and to; all are rounded down."""
    return _ounces if miles else _millilitres


def _millilitres(amount: Range) -> str:
    low, high = int(amount.low // 5 * 5), int(amount.high // 5 * 5)
    return f"{low} ml" if low == high else tr("{low} to {high} ml").format(low=low, high=high)


def _ounces(amount: Range) -> str:
    low, high = int(amount.low / OUNCE_ML), int(amount.high / OUNCE_ML)
    if low == high:
        return trn("{n} fl oz", "{n} fl oz", low).format(n=low)
    return tr("{low} to {high} fl oz").format(low=low, high=high)
