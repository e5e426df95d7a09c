"""Noon to noon by the clock on the wall, whatever the zone, the season or the journey."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.model.crampday import cramp_day, is_recalled, last_night

BERLIN, TOKYO, AUCKLAND = (
    ZoneInfo(f"{name}") for name in ("Europe/Berlin", "Asia/Tokyo", "Pacific/Auckland")
)


@pytest.mark.parametrize(
    ("wall", "expected"),
    [
        (datetime(2026, 11, 22, 2, 0), date(2026, 11, 21)),
        (datetime(2026, 11, 22, 11, 59, 59), date(2026, 11, 21)),
        (datetime(2026, 11, 22, 12, 0), date(2026, 11, 22)),
        (datetime(2026, 11, 22, 23, 59), date(2026, 11, 22)),
        (datetime(2026, 3, 1, 0, 0), date(2026, 2, 28)),
    ],
)
@pytest.mark.parametrize("zone", [BERLIN, TOKYO, AUCKLAND])
def test_a_night_belongs_to_the_evening_before(
    wall: datetime, expected: date, zone: ZoneInfo
) -> None:
    assert cramp_day(wall.replace(tzinfo=zone)) == expected


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_is_one_night(fold: int) -> None:
    twice = datetime(2026, 10, 25, 2, 30, fold=fold, tzinfo=BERLIN)
    assert cramp_day(twice) == date(2026, 10, 24)


def test_a_flight_does_not_move_a_night() -> None:
    at_home = datetime(2026, 11, 22, 23, 0, tzinfo=BERLIN)
    stored = at_home.astimezone(at_home.tzinfo)
    assert cramp_day(stored) == date(2026, 11, 22)
    assert cramp_day(at_home.astimezone(TOKYO)) == date(2026, 11, 22)
    noon_in_tokyo = at_home.astimezone(TOKYO) + timedelta(hours=5)
    assert cramp_day(noon_in_tokyo) == date(2026, 11, 23)


def test_an_instant_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        cramp_day(datetime(2026, 11, 22, 2, 0))


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))
def test_every_cramp_day_has_twenty_four_hours_on_the_wall(wall: datetime) -> None:
    at = wall.replace(tzinfo=ZoneInfo("UTC"))
    day = cramp_day(at)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=at.tzinfo)
    assert noon <= at < noon + timedelta(days=1)


def test_the_question_is_about_the_night_that_ended() -> None:
    day = date(2026, 11, 21)
    for hour in (6, 11, 15, 23):
        now = datetime(2026, 11, 22, hour, tzinfo=BERLIN)
        assert last_night(now) == day
        assert not is_recalled(day, now)
    assert is_recalled(day, datetime(2026, 11, 23, 0, 5, tzinfo=BERLIN))
