"""Race day by the clock, as a calendar file and as a page."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.coach.report.html import html
from uncramp.coach.report.race_page import race_page
from uncramp.coach.runs.race_day import moments, race_calendar, weather_line
from uncramp.planner.heat import Weather
from uncramp.planner.load import load
from uncramp.planner.runner import Flag, PlannedRun, Runner

EMPTY = load((), date(2026, 11, 22))
START = datetime(2026, 12, 6, 9, 30)
RACE = PlannedRun(4 * 3600, Weather(12, 60), 42_195, is_race=True)
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
DAY = moments(Runner(70), RACE, EMPTY, START, miles=False)


def test_the_times_are_those_of_the_catalogue() -> None:
    times = {one.title: one.at for one in reversed(DAY)}
    assert times["Eat"] == datetime(2026, 12, 6, 6, 30)
    assert times["Warm up"] == datetime(2026, 12, 6, 9, 5)
    assert times["Line up"] == datetime(2026, 12, 6, 9, 25)
    assert times["Finish"] == datetime(2026, 12, 6, 13, 30)
    assert [one.at for one in DAY] == sorted(one.at for one in DAY)


def test_a_flag_silences_amounts_here_too() -> None:
    flagged = moments(Runner(70, flags=frozenset({Flag.HEART})), RACE, EMPTY, START, miles=False)
    told = " ".join(one.text for one in flagged)
    assert " ml" not in told
    assert "mg" not in told
    assert "whoever treats you" in told


def test_the_calendar_has_each_moment_once_and_floating() -> None:
    lines = race_calendar(DAY, NOW).decode().replace("\r\n ", "").split("\r\n")
    assert lines.count("BEGIN:VEVENT") == len(DAY) == lines.count("END:VEVENT")
    starts = [line for line in lines if line.startswith("DTSTART")]
    assert starts == [f"DTSTART:{one.at:%Y%m%dT%H%M%S}" for one in DAY]
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(set(uids)) == len(uids)
    later = race_calendar(DAY, NOW + timedelta(days=1)).decode().replace("\r\n ", "")
    assert all(uid in later for uid in uids)  # imported again it changes, it does not add
    assert all(len(line) <= 75 for line in race_calendar(DAY, NOW).split(b"\r\n"))


@given(st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)), st.integers(600, 100_000))
def test_any_race_is_in_order(start: datetime, seconds: int) -> None:
    run = PlannedRun(seconds, Weather(20, 50), is_race=True)
    day = moments(Runner(60), run, EMPTY, start, miles=True)
    assert [one.at for one in day] == sorted(one.at for one in day)
    assert day[0].at >= start - timedelta(hours=5)


def test_the_page_has_every_moment() -> None:
    page = html(race_page(DAY, START, weather_line(RACE, miles=False)))
    for one in DAY:
        assert f"{one.at:%H:%M}" in page
    assert "12 °C" in page
    assert "6 December 2026, start at 09:30" in page


@pytest.mark.parametrize(
    ("metres", "miles", "race", "weather"),
    [
        (21_097.5, False, "21.1 km in 2:05:00", "12 °C"),
        (21_097.5, True, "13.1 miles in 2:05:00", "54 °F"),
        (None, False, "A race of 2:05:00", "12 °C"),
    ],
)
def test_page_and_calendar_name_the_race(
    metres: float | None, miles: bool, race: str, weather: str
) -> None:
    run = PlannedRun(125 * 60, Weather(12, 60), metres, is_race=True)
    told = weather_line(run, miles=miles)
    assert told == f"{race}, reckoned with {weather} and 60 % humidity."
    day = moments(Runner(70), run, EMPTY, START, miles=miles)
    assert told in html(race_page(day, START, told))
    calendar = race_calendar(day, NOW).decode().replace("\r\n ", "")
    assert f"DESCRIPTION:{race}. " in calendar


def test_a_day_too_hot_to_race_says_so_first_and_everywhere() -> None:
    hot = PlannedRun(4 * 3600, Weather(33, 60), 42_195, is_race=True)
    day = moments(Runner(70), hot, EMPTY, START, miles=False)
    assert "another day" in day[0].text
    assert "another day" in html(race_page(day, START, weather_line(hot, miles=False)))
    assert b"another day" in race_calendar(day, NOW).replace(b"\r\n ", b"")
