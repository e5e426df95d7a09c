"""Race day by the clock, as a calendar file and as a page."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from calendar_reader import Component, events_of
from hypothesis import given
from hypothesis import strategies as st

from uncramp.coach.report.html import html
from uncramp.coach.report.race_page import race_page
from uncramp.coach.runs.race_day import (
    Moment,
    MomentKind,
    clock_words,
    has_alarm,
    moments,
    race_calendar,
    usual_rise,
    weather_line,
)
from uncramp.planner.heat import Weather
from uncramp.planner.load import load
from uncramp.planner.runner import Flag, PlannedRun, Runner

EMPTY = load((), date(2026, 11, 22))
START = datetime(2026, 12, 6, 9, 30)
RACE = PlannedRun(4 * 3600, Weather(12, 60), 42_195, is_race=True)
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
DAY = moments(Runner(70), RACE, EMPTY, START, miles=False)
BERLIN = ZoneInfo("Europe/Berlin")


def calendar_of(day: tuple[Moment, ...], now: datetime = NOW) -> bytes:
    return race_calendar(day, RACE, usual_rise(START), BERLIN, now, miles=False)


def test_the_times_are_those_of_the_catalogue() -> None:
    times = {moment.kind: moment.at for moment in DAY}
    assert times[MomentKind.EAT] == datetime(2026, 12, 6, 6, 30)
    assert times[MomentKind.WARM_UP] == datetime(2026, 12, 6, 9, 5)
    assert times[MomentKind.LINE_UP] == datetime(2026, 12, 6, 9, 25)
    assert times[MomentKind.FINISH] == datetime(2026, 12, 6, 13, 30)
    assert [one.at for one in DAY] == sorted(one.at for one in DAY)


def test_a_flag_silences_amounts_here_too() -> None:
    flagged = moments(Runner(70, flags=frozenset({Flag.HEART})), RACE, EMPTY, START, miles=False)
    told = " ".join(one.text for one in flagged)
    assert " ml" not in told
    assert "mg" not in told
    assert "whoever treats you" in told


def of_kind(content: bytes) -> dict[str, Component]:
    """Return the entries by the kind that their UID names."""
    entries = events_of(content)
    return {entry.raw("UID").partition("@")[0].partition("-")[2]: entry for entry in entries}


def test_the_calendar_is_in_utc_and_names_race_and_zone() -> None:
    entries = of_kind(calendar_of(DAY))
    assert len(entries) == len(DAY) == 9
    # Berlin is an hour ahead of UTC in December.
    assert entries["eat"].start == datetime(2026, 12, 6, 5, 30, tzinfo=UTC)
    assert entries["start"].start == datetime(2026, 12, 6, 8, 30, tzinfo=UTC)
    assert entries["start"].times("DTEND") == [datetime(2026, 12, 6, 8, 35, tzinfo=UTC)]
    assert entries["drink"].text("SUMMARY") == "Race, 42.2 km: Drink"
    assert entries["eat"].text("DESCRIPTION").splitlines() == [
        "A meal you are used to: carbohydrates and some protein.",
        "06:30 in the time zone of the race: Europe/Berlin, UTC+01:00.",
    ]


def test_a_race_abroad_and_in_summer_is_at_its_place() -> None:
    start = datetime(2026, 7, 5, 7)
    day = moments(Runner(70), RACE, EMPTY, start, miles=True)
    new_york = ZoneInfo("America/New_York")
    entries = of_kind(race_calendar(day, RACE, usual_rise(start), new_york, NOW, miles=True))
    # New York is four hours behind UTC in July.
    assert entries["start"].start == datetime(2026, 7, 5, 11, tzinfo=UTC)
    assert entries["start"].text("SUMMARY") == "Race, 26.2 miles: Start"


def test_imported_again_it_changes_and_adds_nothing() -> None:
    before, later = of_kind(calendar_of(DAY)), of_kind(calendar_of(DAY, NOW + timedelta(days=1)))
    hotter = moments(Runner(70), replace(RACE, weather=Weather(25, 60)), EMPTY, START, miles=False)
    for kind, entry in before.items():
        assert later[kind].raw("UID") == entry.raw("UID")
        assert int(later[kind].raw("SEQUENCE")) > int(entry.raw("SEQUENCE"))
        assert of_kind(calendar_of(hotter))[kind].raw("UID") == entry.raw("UID")


def test_alarms_sound_for_what_needs_one_and_when_the_runner_is_up() -> None:
    def alarmed(up_at: datetime) -> set[str]:
        content = race_calendar(DAY, RACE, up_at, BERLIN, NOW, miles=False)
        return {kind for kind, entry in of_kind(content).items() if entry.alarms}

    at_start = {"drink", "warm-up", "line-up"}
    # Two hours before half past nine; the meal is at half past six.
    assert usual_rise(START) == datetime(2026, 12, 6, 7, 30)
    assert alarmed(usual_rise(START)) == at_start
    assert alarmed(datetime(2026, 12, 6, 6, 15)) == {*at_start, "eat"}
    assert alarmed(datetime(2026, 12, 6, 9, 10)) == {"line-up"}


@pytest.mark.parametrize(
    ("start", "up_at"),
    [
        (datetime(2026, 12, 6, 6), datetime(2026, 12, 6, 4)),
        (datetime(2026, 12, 6, 12), datetime(2026, 12, 6, 8)),
        (datetime(2026, 12, 6, 19), datetime(2026, 12, 6, 8)),
        (datetime(2026, 12, 6, 0, 30), datetime(2026, 12, 5, 8)),
    ],
)
def test_who_says_nothing_gets_up_before_the_start_or_at_eight(
    start: datetime, up_at: datetime
) -> None:
    assert usual_rise(start) == up_at


@given(st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)), st.integers(600, 100_000))
def test_any_race_is_in_order(start: datetime, seconds: int) -> None:
    run = PlannedRun(seconds, Weather(20, 50), is_race=True)
    day = moments(Runner(60), run, EMPTY, start, miles=True)
    assert [moment.at for moment in day] == sorted(moment.at for moment in day)
    assert day[0].at >= start - timedelta(hours=4)
    up_at = usual_rise(start)
    evening = datetime.combine(up_at.date() - timedelta(days=1), time(21))
    for moment in day:
        if has_alarm(moment, up_at):
            assert moment.at < start
            assert not evening <= moment.at < up_at
    assert any(has_alarm(moment, up_at) for moment in day)


def test_the_page_has_every_moment() -> None:
    page = html(race_page(DAY, START, weather_line(RACE, miles=False)))
    for moment in DAY:
        assert f"{moment.at:%H:%M}" in page
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
    assert told == f"{race}, planned for {weather} and 60 % humidity."
    day = moments(Runner(70), run, EMPTY, START, miles=miles)
    assert told in html(race_page(day, START, told))
    content = race_calendar(day, run, usual_rise(START), BERLIN, NOW, miles=miles)
    assert of_kind(content)["start"].text("DESCRIPTION").startswith(f"{race}. ")


def test_a_day_too_hot_to_race_is_warned_of_the_evening_before_and_has_no_plan() -> None:
    hot = PlannedRun(4 * 3600, Weather(33, 60), 42_195, is_race=True)
    day = moments(Runner(70), hot, EMPTY, START, miles=False)
    first = day[0]
    assert (first.kind, first.at) == (MomentKind.WEATHER, datetime(2026, 12, 5, 19))
    assert "another day" in first.text
    # 5 December 2026 is a Saturday.
    assert clock_words(first, START) == "Sat 19:00"
    assert "Sat 19:00" in html(race_page(day, START, weather_line(hot, miles=False)))
    entries = of_kind(calendar_of(day))
    assert "another day" in entries["weather"].text("DESCRIPTION")
    assert entries["weather"].start == datetime(2026, 12, 5, 18, tzinfo=UTC)
    assert entries["weather"].alarms == [timedelta()]
    assert [moment.kind for moment in day] == [MomentKind.WEATHER, MomentKind.START]
    assert "Signs of heat stroke" in day[1].text


def test_a_hot_race_is_adapted_and_warned_of() -> None:
    # 25 degrees and 60 % are a WBGT of 25.6 in the sun: red.
    hot = PlannedRun(4 * 3600, Weather(25, 60), 42_195, is_race=True)
    day = {m.kind: m.text for m in moments(Runner(70), hot, EMPTY, START, miles=False)}
    assert "slower and shorter" in day[MomentKind.WEATHER]
    assert "forget the time you planned" in day[MomentKind.START]


def test_with_diabetes_the_meal_is_not_ours_to_plan() -> None:
    runner = Runner(70, flags=frozenset({Flag.DIABETES}))
    day = " ".join(m.text for m in moments(runner, RACE, EMPTY, START, miles=False))
    assert "carbohydrates" not in day
    assert "agreed in your diabetes care plan" in day
