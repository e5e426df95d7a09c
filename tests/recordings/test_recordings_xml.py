"""TCX, GPX and Apple Health: as services write them, and as nobody should."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from recording_files import START, apple_export, apple_workout, course, gpx_run, tcx_run

from uncramp.model.problem import Severity
from uncramp.model.recording import Clock, Sport
from uncramp.recordings import apple
from uncramp.recordings.apple import read_apple
from uncramp.recordings.detect import Kind, kind_of
from uncramp.recordings.gpx import read_gpx
from uncramp.recordings.tcx import read_tcx

POINTS = course(600, 3.0)
EVENLY = [(round(way / 2.77), way) for way in (0, 90.0, 250.0, 333.0, 500.0, 721.0, 900.0)]
NEW_YEAR = datetime(2010, 1, 1, tzinfo=UTC)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    "<{root}><name>&b;</name></{root}>"
)


def test_a_tcx_run_is_read_by_its_laps() -> None:
    text = tcx_run(points=POINTS, timer_s=590.5, metres=1801.5)
    (run,), problems = read_tcx(text.encode(), "a.tcx")
    assert problems == ()
    assert (run.started, run.clock, run.sport) == (START, Clock.UTC, Sport.RUN)
    assert (run.timer_s, run.elapsed_s, run.metres) == (590.5, 600, 1801.5)
    assert run.indoor is False


def test_a_treadmill_has_no_positions() -> None:
    (run,), _ = read_tcx(tcx_run(points=POINTS, indoor=True).encode(), "a.tcx")
    assert run.indoor is True


def test_many_activities_and_small_letters() -> None:
    runs, problems = read_tcx(tcx_run(sport="running", activities=3).encode(), "a.tcx")
    assert problems == ()
    assert [one.started - START for one in runs] == [timedelta(days=n) for n in range(3)]
    assert {one.sport for one in runs} == {Sport.RUN}
    (ride,), _ = read_tcx(tcx_run(sport="Biking").encode(), "a.tcx")
    assert ride.sport is Sport.OTHER


def test_a_gpx_run_is_measured_along_its_way() -> None:
    (run,), problems = read_gpx(gpx_run(points=POINTS).encode(), "a.gpx")
    assert problems == ()
    assert run.metres == pytest.approx(1800, abs=0.1)
    assert (run.timer_s, run.elapsed_s, run.started) == (600, 600, START)


def test_an_offset_in_the_times_is_that_of_the_place() -> None:
    text = gpx_run(points=POINTS, zone="+01:00")
    (run,), _ = read_gpx(text.encode(), "a.gpx")
    assert run.started == START - timedelta(hours=1)
    assert run.started.utcoffset() == timedelta(hours=1)
    assert run.clock is Clock.PLACE


def test_no_place_stays_in_what_is_read() -> None:
    (run,), _ = read_gpx(gpx_run(points=[*POINTS, (601, 111_195.0)]).encode(), "a.gpx")
    assert "lat" not in repr(run)
    assert not hasattr(run, "points")


@pytest.mark.parametrize(
    ("kind", "speed", "sport"),
    [
        ("running", 3.0, Sport.RUN),
        ("9", 3.0, Sport.RUN),
        ("1", 3.0, Sport.OTHER),
        ("Hiking", 3.0, Sport.OTHER),
        ("", 3.0, Sport.UNKNOWN),
        ("Laufen", 1.2, Sport.RUN),
        ("Workout", 3.0, Sport.UNKNOWN),
    ],
)
def test_the_sport_is_what_the_file_calls_it(kind: str, speed: float, sport: Sport) -> None:
    (run,), _ = read_gpx(gpx_run(points=course(600, speed), kind=kind).encode(), "a.gpx")
    assert run.sport is sport


def test_planned_routes_do_not_become_runs() -> None:
    for text in (
        gpx_run(NEW_YEAR, points=EVENLY, kind=""),
        "<gpx><rte><rtept lat='1' lon='1'/></rte></gpx>",
        "<gpx><wpt lat='1' lon='1'/></gpx>",
        "<gpx><trk><trkseg><trkpt lat='1' lon='1'/><trkpt lat='1' lon='2'/></trkseg></trk></gpx>",
    ):
        runs, (problem,) = read_gpx(text.encode(), "a.gpx")
        assert runs == (), text[:200]
        assert problem.severity is Severity.WARNING


@pytest.mark.parametrize("start", [START, NEW_YEAR])
@pytest.mark.parametrize("points", [POINTS, EVENLY])
def test_one_sign_of_a_plan_is_no_proof(start: datetime, points: list[tuple[int, float]]) -> None:
    """The first run of a year may begin at midnight, and a virtual one is as even as a plan."""
    if start is NEW_YEAR and points is EVENLY:
        return
    (named,), _ = read_gpx(gpx_run(start, points=points).encode(), "a.gpx")
    assert (named.started, named.doubt) == (start, "")
    (unnamed,), _ = read_gpx(gpx_run(start, points=points, kind="").encode(), "a.gpx")
    assert bool(unnamed.doubt) is (start is NEW_YEAR or points is EVENLY)


def test_a_last_time_of_another_month_is_left_out_and_said() -> None:
    late = [*POINTS, (600 + 30 * 86_400, 1803.0)]
    (run,), problems = read_gpx(gpx_run(points=late).encode(), "a.gpx")
    assert problems == ()
    assert (run.timer_s, run.elapsed_s, run.left_out) == (
        600,
        600,
        "1 impossible point left out",
    )


def test_a_real_run_of_even_pace_is_no_plan() -> None:
    (run,), _ = read_gpx(gpx_run(points=course(600, 3.0)).encode(), "a.gpx")
    assert run.timer_s == 600


@pytest.mark.parametrize(
    "written",
    [
        lambda text: ("          " + text).encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace('encoding="UTF-8"', "").encode("utf-16"),
        lambda text: text.replace("<Activities>", "<x:y/><Activities>").encode(),
        lambda text: text.replace("<trk>", "<gpxdata:hr>9</gpxdata:hr><trk>").encode(),
    ],
    ids=["ten spaces", "mark", "utf-16", "utf-16 undeclared", "prefix", "gpxdata"],
)
@pytest.mark.parametrize("make", [tcx_run, gpx_run])
def test_oddities_of_real_files_are_read(
    make: Callable[..., str], written: Callable[[str], bytes]
) -> None:
    data = written(make(points=POINTS).replace('encoding="UTF-8"', ""))
    kind = kind_of(data)
    assert kind is (Kind.TCX if make is tcx_run else Kind.GPX)
    recordings, problems = (read_tcx if kind is Kind.TCX else read_gpx)(data, "a")
    assert problems == ()
    assert recordings[0].started == START


@pytest.mark.parametrize("root", ["gpx", "TrainingCenterDatabase"])
def test_entities_are_refused(root: str) -> None:
    data = BOMB.format(root=root).encode()
    recordings, problems = (read_gpx if root == "gpx" else read_tcx)(data, "a")
    assert recordings == ()
    assert "entities" in problems[0].message
    outside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><gpx>&a;</gpx>'
    assert "entities" in read_gpx(outside, "a")[1][0].message


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<gpx>" + "<a>" * 1_000_000, "nested"),
        ("<gpx>" + "<trk/>" * 100_000 + "</gpx>", "too many tracks"),
        ("<TrainingCenterDatabase>" + "<Activity/>" * 100_000, "too many activities"),
    ],
)
def test_what_would_fill_the_memory_is_not_read_on(text: str, reason: str) -> None:
    read = read_gpx if text.startswith("<gpx") else read_tcx
    _, problems = read(text.encode(), "a")
    assert reason in problems[0].message


@pytest.mark.parametrize("make", [tcx_run, gpx_run])
def test_cut_off_anywhere_it_tells_where(make: Callable[..., str]) -> None:
    data = make(points=course(20, 3.0)).encode()
    read = read_tcx if make is tcx_run else read_gpx
    for end in range(data.index(b"<", 5), len(data)):
        recordings, problems = read(data[:end], "a")
        assert problems, end
        assert problems[0].severity is Severity.ERROR
        assert problems[0].line == data.count(b"\n", 0, end) + 1
        assert all(one.started == START for one in recordings), end


def test_a_workout_of_apple_is_read_with_its_weather() -> None:
    more = (
        '<MetadataEntry key="HKWeatherTemperature" value="61.9694 degF"/>'
        '<MetadataEntry key="HKTimeZone" value="Europe/London"/>'
        '<MetadataEntry key="HKIndoorWorkout" value="0"/>'
    )
    text = apple_export(apple_workout(more=more), apple_workout(running=False), records=3)
    (run,), problems = read_apple(io.BytesIO(text.encode()), "export.xml")
    assert problems == ()
    assert run.started == START
    assert run.started.utcoffset() == timedelta(hours=1)
    assert (run.timer_s, run.elapsed_s, run.metres) == (1800, 2100, 5000)
    assert run.air_temperature_c == 16.6  # (61.9694 - 32) / 1.8
    assert run.indoor is False


def test_broken_versions_of_apples_export_are_read() -> None:
    text = apple_export(apple_workout())
    text = text.replace("<!ELEMENT Me EMPTY>", "<!ELEMENT Me EMPTY> <!ATTLIST Me >> broken")
    text = text.replace('sourceName="A watch"', 'sourceName="A\x0bwatch"')
    (run,), problems = read_apple(io.BytesIO(text.encode()), "export.xml")
    assert problems == ()
    assert run.source == "Awatch"


def test_what_comes_before_a_cut_of_apples_export_is_kept() -> None:
    text = apple_export(apple_workout(), records=2)
    (run,), (problem,) = read_apple(io.BytesIO(text.encode()[:-10]), "export.xml")
    assert run.metres == 5000
    assert problem.line == text.count("\n")
    runs, (nothing,) = read_apple(io.BytesIO(apple_export(records=9).encode()), "export.xml")
    assert runs == ()
    assert nothing.severity is Severity.WARNING


def test_an_export_that_only_opens_elements_is_not_read_on() -> None:
    data = b"<HealthData>" + b"<a>" * 3_000_000
    _, (problem,) = read_apple(io.BytesIO(data), "export.xml")
    assert "nested" in problem.message


@pytest.mark.parametrize("size", [1, 5, 64, 700])
def test_a_workout_is_found_wherever_the_pieces_end(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(apple, "CHUNK", size)
    parts = (apple_workout(), apple_workout(running=False), apple_workout(minutes=31))
    text = apple_export(*parts, records=5).replace("<Workout ", "<Workout\n  ")
    runs, problems = read_apple(io.BytesIO(text.encode()), "export.xml")
    assert problems == ()
    assert [(one.timer_s, one.metres) for one in runs] == [(1800, 5000), (1860, 5000)]
