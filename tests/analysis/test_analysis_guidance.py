"""Plain counts of answers, and nothing else, lead to the advice to book an appointment."""

from datetime import UTC, date, datetime, timedelta

import pytest

from uncramp.analysis.guidance import Reason, reasons
from uncramp.model.body import Side
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, Night

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def night(ago: int, cramps: int = 1) -> Night:
    return Night(TODAY - timedelta(days=ago), cramps, NOW)


def cramp(ago: int, disturbance: int | None) -> Cramp:
    at = datetime(2026, 11, 22, 23, tzinfo=UTC) - timedelta(days=ago)
    return Cramp(
        str(ago), at, CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT, disturbance=disturbance
    )


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        ((1, 3, 5, 8, 9, 12), (Reason.MANY_NIGHTS,)),
        ((1, 3, 5, 8, 9), ()),
        ((1, 2, 3, 4, 5, 6, 7), ()),
        ((1, 3, 7, 8, 12, 14), (Reason.MANY_NIGHTS,)),
        ((1, 3, 7, 8, 12, 15), ()),
        ((), ()),
    ],
)
def test_three_nights_a_week_for_two_weeks(ago: tuple[int, ...], expected: tuple[Reason]) -> None:
    assert reasons([night(number) for number in ago], [], TODAY) == expected


def test_nights_without_a_cramp_do_not_count() -> None:
    nights = [night(number, 0) for number in range(1, 15)]
    assert reasons(nights, [], TODAY) == ()


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (((1, 5), (4, 7), (13, 10)), (Reason.DISTURBED_SLEEP,)),
        (((1, 5), (4, 7), (13, 4)), ()),
        (((1, 5), (1, 9), (4, 7)), ()),
        (((1, 5), (4, 7), (16, 10)), ()),
        (((1, None), (4, 7), (5, 7)), ()),
    ],
)
def test_sleep_disturbed_on_three_nights(
    told: tuple[tuple[int, int | None], ...], expected: tuple[Reason]
) -> None:
    assert reasons([], [cramp(*one) for one in told], TODAY) == expected
