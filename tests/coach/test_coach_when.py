"""Days and times as people write them."""

import time
from datetime import datetime, timedelta, timezone

import pytest

from uncramp.coach.when import instant_like, read_when, when_text

SHOWN = datetime(2026, 11, 20, 3, 0)
NOW = datetime(2026, 11, 22, 8, 0)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-11-12 23:10", datetime(2026, 11, 12, 23, 10)),
        ("2026-11-12T23:10:59", datetime(2026, 11, 12, 23, 10)),
        ("2026-11-12", datetime(2026, 11, 12, 3, 0)),
        ("12.11.", datetime(2026, 11, 12, 3, 0)),
        ("12.11", datetime(2026, 11, 12, 3, 0)),
        ("12.11. 23:10", datetime(2026, 11, 12, 23, 10)),
        ("12. 11. 2025, 0:05", datetime(2025, 11, 12, 0, 5)),
        ("1.2.26", datetime(2026, 2, 1, 3, 0)),
        ("12/11/2026 23:10", datetime(2026, 11, 12, 23, 10)),
        ("12 11 2026 23:10", datetime(2026, 11, 12, 23, 10)),
        ("  12   Nov  2026 06:47 ", datetime(2026, 11, 12, 6, 47)),
        ("november 12", datetime(2026, 11, 12, 3, 0)),
        ("24.12.", datetime(2025, 12, 24, 3, 0)),  # the last one, not the next
        ("29.2.", datetime(2024, 2, 29, 3, 0)),
        ("23:10", datetime(2026, 11, 20, 23, 10)),
        ("Yesterday 23:10", datetime(2026, 11, 21, 23, 10)),
        ("today", datetime(2026, 11, 22, 3, 0)),
    ],
)
def test_what_people_write_is_read(text: str, read: datetime) -> None:
    assert read_when(text, SHOWN, NOW) == read


def test_where_months_come_first_they_do_but_not_with_dots() -> None:
    assert read_when("11/12", SHOWN, NOW, month_first=True) == datetime(2026, 11, 12, 3, 0)
    assert read_when("12.11.", SHOWN, NOW, month_first=True) == datetime(2026, 11, 12, 3, 0)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "32.1.", "12.13.", "2026-02-30", "25:00", "12.11. 23:60", "soon", "Ma 5"),
        *("J 1", "-1.1.", "12", "1.1.1.1.", "9" * 5_000, "\x00", "12.11.0000", "٣.٤. x", "0.0."),
    ],
)
def test_what_cannot_be_read_says_what_can(text: str) -> None:
    with pytest.raises(ValueError, match=r"for example 12\.11\. 23:10"):
        read_when(text, SHOWN, NOW)


@pytest.mark.parametrize("text", ["2026-11-22 08:01", "23.11.2026", "today 09:00"])
def test_the_future_is_still_to_come(text: str) -> None:
    with pytest.raises(ValueError, match="in the future"):
        read_when(text, SHOWN, NOW)


def test_what_is_shown_can_be_read_again() -> None:
    for month in range(1, 13):
        at = datetime(2025, month, 28, 23, 5)
        assert read_when(when_text(at), SHOWN, NOW) == at


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be set here")
def test_a_wall_clock_has_the_offset_of_its_place_and_goes_forward_over_a_gap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        here = datetime(2026, 11, 22, 8, tzinfo=timezone(timedelta(hours=1)))
        summer = instant_like(datetime(2026, 7, 1, 12), here)
        skipped = instant_like(datetime(2026, 3, 29, 2, 30), here)
        tokyo = datetime(2026, 11, 22, 8, tzinfo=timezone(timedelta(hours=9)))
        abroad = instant_like(datetime(2026, 3, 29, 2, 30), tokyo)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert summer.isoformat() == "2026-07-01T12:00:00+02:00"
    assert skipped.isoformat() == "2026-03-29T03:30:00+02:00"
    assert abroad.isoformat() == "2026-03-29T02:30:00+09:00"
