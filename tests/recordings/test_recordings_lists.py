"""Lists of services: rows with their lines, in the languages and units that they really have."""

from datetime import UTC, datetime, timedelta

import pytest
from recording_files import START, garmin_summary, strava_list

from uncramp.model.recording import Clock, Sport
from uncramp.recordings.detect import Kind, kind_of
from uncramp.recordings.garmin import read_garmin
from uncramp.recordings.intervals import read_intervals
from uncramp.recordings.strava import read_strava

AT = datetime(2026, 5, 3, 18, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "date",
    [
        "May 3, 2026, 6:05:09 PM",
        "May 3, 2026, 6:05:09\u202fPM",
        "3 May 2026, 18:05:09",
        "03.05.2026, 18:05:09",
        "2026-05-03 18:05:09",
    ],
)
def test_dates_of_strava_are_utc_in_any_form(date: str) -> None:
    data = strava_list((date, "Run", 1800, "activities/1.fit.gz")).encode()
    assert kind_of(data) is Kind.STRAVA
    ((run, file),), problems = read_strava(data, "activities.csv")
    assert problems == ()
    assert (run.started, run.clock, run.sport) == (AT, Clock.UTC, Sport.RUN)
    assert (run.timer_s, run.elapsed_s, run.metres) == (1740, 1800, 5000)
    assert (run.air_temperature_c, run.effort) == (18.5, 6)
    assert file == "activities/1.fit.gz"


def test_midnight_and_noon_have_twelve_hours() -> None:
    rows = [
        ("May 3, 2026, 12:00:01 AM", "Run", 900, ""),
        ("May 3, 2026, 12:00:01 PM", "Run", 9, ""),
    ]
    found, _ = read_strava(strava_list(*rows).encode(), "a.csv")
    assert [run.started.hour for run, _ in found] == [0, 12]


def test_a_list_in_another_language_is_read_by_its_order() -> None:
    text = strava_list(
        ("03.05.2026, 18:05:09", "Lauf", 1800, ""), ("03.05.2026, 8:05:09", "Radfahrt", 9, "")
    )
    german = text.replace("Activity ID", "Aktivitäts-ID").replace("Activity Date", "Datum")
    german = german.replace("Elapsed Time", "Verstrichene Zeit").replace("Distance", "Distanz")
    assert kind_of(german.encode()) is Kind.STRAVA
    found, problems = read_strava(german.encode(), "a.csv")
    assert problems == ()
    assert [(run.sport, run.metres) for run, _ in found] == [
        (Sport.RUN, 5000),
        (Sport.OTHER, 5000),
    ]


def test_bad_rows_are_told_by_line_and_hide_no_other() -> None:
    text = strava_list(
        ("never", "Run", 1800, ""),
        ("May 3, 2026, 6:05:09 PM", "Run", -5, ""),
        ("May 3, 2026, 6:05:09 PM", "Run", 1800, ""),
    )
    found, problems = read_strava(text.encode(), "a.csv")
    assert len(found) == 1
    assert [one.line for one in problems] == [2, 4]  # each name has two lines


def test_intervals_begin_by_the_clock_on_the_wall() -> None:
    text = (
        "id,name,type,start_date_local,moving_time,elapsed_time,distance,total_elevation_gain\n"
        "i1,Run,Run,2026-05-03T08:30:00,1700,1800,5000.5,40\n"
        "i2,Ride,Ride,2026-05-03T10:30:00,1700,1800,5000,40\n"
        "i3,Run,Run,soon,1700,1800,5000,40\n"
    )
    assert kind_of(text.encode()) is Kind.INTERVALS
    (run, ride), (problem,) = read_intervals(text.encode(), "a.csv")
    assert run.clock is Clock.WALL
    assert run.started.replace(tzinfo=None) == datetime(2026, 5, 3, 8, 30)
    assert (run.timer_s, run.elapsed_s, run.metres, run.ascent_m) == (1700, 1800, 5000.5, 40)
    assert ride.sport is Sport.OTHER
    assert problem.line == 4


def test_garmin_counts_in_centimetres_and_thousandths() -> None:
    data = garmin_summary()
    assert kind_of(data) is Kind.GARMIN
    (run,), problems = read_garmin(data, "a.json")
    assert problems == ()
    assert (run.timer_s, run.elapsed_s, run.metres) == (1800, 1900, 5000)
    assert (run.started, run.started.utcoffset()) == (START, timedelta(hours=2))
    assert read_garmin(garmin_summary(kind="cycling"), "a.json")[0][0].sport is Sport.OTHER


@pytest.mark.parametrize(
    "data",
    [b"[", b"[" * 100_000, b"null", b'[{"summarizedActivitiesExport": 3}]', b"\xff",
     b'[{"summarizedActivitiesExport": [3, {}, {"duration": 1e400}]}]',
     b'{"summarizedActivitiesExport": [{"startTimeGmt": NaN, "duration": 5}]}'],
)  # fmt: skip
def test_what_is_no_summary_is_told_and_ends_nothing(data: bytes) -> None:
    recordings, problems = read_garmin(data, "a.json")
    assert recordings == ()
    assert all(one.message for one in problems)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"", Kind.EMPTY),
        (b"\x0e\x10\0\0\0\0\0\0.FIT", Kind.FIT),
        (b"\x1f\x8b\x08", Kind.GZIP),
        (b"PK\x03\x04", Kind.ZIP),
        (b"<!DOCTYPE html><html>", Kind.WEB_PAGE),
        (b"  <ns:gpx >", Kind.GPX),
        (b"<!-- <gpx > is not here --><TrainingCenterDatabase>", Kind.GPX),
        (b"hello", Kind.UNKNOWN),
        (b"a,b,c\n1,2,3\n", Kind.UNKNOWN),
        (b"\xff\xd8\xff\xe0", Kind.UNKNOWN),
        ("Aktivitäten\n\nfalse,Lauf,Bester SWOLF-Wert,Training Effect".encode(), Kind.GARMIN_LIST),
    ],
)
def test_content_decides_what_a_file_is(head: bytes, kind: Kind) -> None:
    assert kind_of(head) is kind
