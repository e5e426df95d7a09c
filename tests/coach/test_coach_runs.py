"""Runs from files: new ones, known ones, none, and what each file is told to be."""

import gzip
import multiprocessing
import random
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from itertools import count
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from recording_files import (
    CYCLING,
    START,
    apple_export,
    apple_workout,
    course,
    fit_run,
    garmin_summary,
    gpx_run,
    gzipped,
    strava_list,
    tcx_run,
    zipped,
)

from uncramp.coach.coach import Coach
from uncramp.coach.runs import reading as reading_room
from uncramp.coach.runs.importing import (
    ImportReport,
    Status,
    plan_import,
    take_import,
    undo_last_import,
)
from uncramp.coach.runs.known_runs import known_runs
from uncramp.coach.runs.reading import Readings, read_recordings
from uncramp.model.diary import Run, Terrain
from uncramp.model.errors import EnvironmentFault

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=1)))
POINTS = course(1800, 3.0)


def ids() -> Callable[[], str]:
    numbers = count()
    return lambda: f"id{next(numbers)}"


def report_of(*paths: Path, present: tuple[Run, ...] = ()) -> ImportReport:
    return plan_import(read_recordings(paths, workers=1), present, NOW, ids())


def statuses(report: ImportReport) -> dict[str, Status]:
    return {one.file.rpartition("/")[2]: one.status for one in report.results}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "runs"
    made.mkdir()
    return made


def test_every_file_gets_one_result(folder: Path) -> None:
    later = START + timedelta(days=1)
    (folder / "1.fit").write_bytes(fit_run(points=POINTS, timer_s=1800, metres=5400))
    (folder / "2.gpx").write_text(gpx_run(points=POINTS))
    (folder / "3.tcx").write_text(tcx_run(later, sport="Biking"))
    (folder / "4.fit").write_bytes(fit_run(START + timedelta(days=2), right=False))
    (folder / "5.fit").write_bytes(b"\0" * 99)
    (folder / "notes.txt").write_text("not one of them")
    report = report_of(folder)
    assert statuses(report) == {
        "1.fit": Status.IMPORTED,
        "2.gpx": Status.DUPLICATE,
        "3.tcx": Status.NOT_A_RUN,
        "4.fit": Status.PARTIAL,
        "5.fit": Status.UNREADABLE,
    }
    assert all(one.reason for one in report.results if one.status is not Status.IMPORTED)
    assert report.others == 1
    assert len(report.runs) == 2
    assert report.results[1].reason == "the same run is in 1.fit"


def test_a_run_has_what_its_recording_tells_and_no_warmth_of_the_wrist(folder: Path) -> None:
    points = course(1800, 3.0, 1.1)
    data = fit_run(points=points, timer_s=1790, metres=points[-1][1], sub_sport=1)
    (folder / "a.fit").write_bytes(data)
    (run,) = report_of(folder / "a.fit").runs
    assert (run.started, run.started.utcoffset()) == (START, timedelta(hours=2))
    assert (run.seconds, run.terrain, run.fast_start) == (1790, Terrain.TREADMILL, True)
    assert run.metres == pytest.approx(points[-1][1], abs=0.01)
    assert run.temperature_c is None
    assert run.source == "a.fit"


@pytest.mark.parametrize(("early", "fast"), [(1.02, False), (1.04, True), (0.9, False)])
def test_a_start_is_fast_from_three_per_cent_on(folder: Path, early: float, fast: bool) -> None:
    (folder / "a.fit").write_bytes(fit_run(points=course(3600, 3.0, early)))
    assert report_of(folder).runs[0].fast_start is fast


def test_where_the_recording_says_nothing_nothing_is_claimed(folder: Path) -> None:
    (folder / "a.fit").write_bytes(fit_run())
    run = report_of(folder).runs[0]
    assert (run.fast_start, run.temperature_c, run.humid, run.cramp) == (None, None, None, None)


def test_what_the_journal_has_is_not_taken_again(folder: Path) -> None:
    (folder / "a.fit").write_bytes(fit_run(timer_s=1800))
    typed = Run("mine", START + timedelta(seconds=90), 1750)
    report = report_of(folder, present=(typed,))
    assert statuses(report) == {"a.fit": Status.DUPLICATE}
    assert report.results[0].reason == "the same run is in the journal"
    other = Run("mine", START + timedelta(seconds=90), 1500)
    assert statuses(report_of(folder, present=(other,))) == {"a.fit": Status.IMPORTED}


def test_an_export_of_strava_joins_rows_and_files(tmp_path: Path) -> None:
    members = {
        "activities.csv": strava_list(
            ("May 3, 2026, 6:30:00 AM", "Run", 1800, "activities/1.fit.gz"),
            ("May 4, 2026, 6:30:00 AM", "Ride", 1800, "activities/2.gpx"),
            ("May 5, 2026, 6:30:00 AM", "Run", 1800, ""),
            ("May 6, 2026, 6:30:00 AM", "Run", 1800, "activities/4.fit.gz"),
            ("May 7, 2026, 6:30:00 AM", "Run", 1800, "activities/5.fit.gz"),
            ("May 8, 2026, 6:30:00 AM", "Run", 1800, "activities/6.fit"),
        ).encode(),
        # One without a sport, at a pace of runners: the row says that it was a ride.
        "activities/1.fit.gz": gzipped(fit_run(timer_s=1700)),
        "activities/2.gpx": gpx_run(START + timedelta(days=1), points=POINTS, kind="").encode(),
        "activities/5.fit.gz": b"\x1f\x8b broken",
        # Recorded as a ride, and set right by the runner.
        "activities/6.fit": fit_run(START + timedelta(days=5), sport=CYCLING),
        "media/a.jpg": b"\xff\xd8",
    }
    path = tmp_path / "export.zip"
    path.write_bytes(zipped(members))
    unpacked = tmp_path / "unpacked"
    for name, content in members.items():
        (unpacked / name).parent.mkdir(parents=True, exist_ok=True)
        (unpacked / name).write_bytes(content)
    for place in (path, unpacked):
        report = report_of(place)
        assert statuses(report) == {
            "activities.csv": Status.PARTIAL,
            "1.fit.gz": Status.IMPORTED,
            "2.gpx": Status.NOT_A_RUN,
            "5.fit.gz": Status.UNREADABLE,
            "6.fit": Status.IMPORTED,
        }
        first = next(one for one in report.runs if one.source == "1.fit.gz")
        assert (first.seconds, first.temperature_c, first.effort) == (1700, 18.5, 6)
        assert len(report.runs) == 5
        assert "the files of 2 runs are missing" in report.results[0].reason


def test_an_export_of_garmin_takes_files_before_summaries(tmp_path: Path) -> None:
    inner = zipped({"1.fit": fit_run(offset_min=None), "2.fit": fit_run(file_type=2)})
    path = tmp_path / "export.zip"
    path.write_bytes(zipped({"DI/Files.zip": inner, "DI/x.json": garmin_summary()}))
    report = report_of(path)
    assert statuses(report) == {
        "1.fit": Status.IMPORTED,
        "2.fit": Status.NOT_A_RUN,
        "x.json": Status.DUPLICATE,
    }
    (run,) = report.runs
    assert run.started.utcoffset() == timedelta(hours=2)  # which only the summary knows


def test_an_export_of_apple_passes_over_the_ways_of_its_workouts(tmp_path: Path) -> None:
    way = gpx_run(points=POINTS, creator="Apple Health Export", kind="")
    path = tmp_path / "export.zip"
    export = apple_export(apple_workout()).encode()
    path.write_bytes(zipped({"a/export.xml": export, "a/workout-routes/r.gpx": way.encode()}))
    report = report_of(path)
    assert statuses(report) == {"export.xml": Status.IMPORTED}
    assert report.others == 1
    (folder := tmp_path / "way").mkdir()
    (folder / "r.gpx").write_text(way)
    assert statuses(report_of(folder)) == {"r.gpx": Status.NOT_A_RUN}


def test_what_is_no_run_says_why(folder: Path) -> None:
    (folder / "future.fit").write_bytes(fit_run(NOW + timedelta(days=2)))
    (folder / "ride.fit").write_bytes(fit_run(sport=CYCLING))
    (folder / "short.fit").write_bytes(fit_run(timer_s=25, metres=0))
    reasons = {one.file.rpartition("/")[2]: one.reason for one in report_of(folder).results}
    assert reasons == {
        "future.fit": "begins in the future",
        "ride.fit": "is another sport",
        "short.fit": "lasted less than a minute",
    }


def test_an_import_is_taken_known_and_undone(loaded_coach: Coach, folder: Path) -> None:
    (folder / "a.fit").write_bytes(fit_run(sessions=2))
    report = report_of(folder)
    made = take_import(loaded_coach, report.runs, "runs", "import")
    assert made is not None
    assert (made.runs, made.name) == (2, "runs")
    present = tuple(known_runs(loaded_coach))
    assert present == report.runs
    again = report_of(folder, present=present)
    assert statuses(again) == {"a.fit": Status.DUPLICATE}
    assert take_import(loaded_coach, again.runs, "runs", "second") is None
    undone = undo_last_import(loaded_coach)
    assert undone is not None
    assert (undone.id, undone.runs) == ("import", 2)
    assert known_runs(loaded_coach) == []
    assert undo_last_import(loaded_coach) is None


def many(folder: Path, number: int) -> None:
    for index in range(number):
        data = fit_run(START + timedelta(days=index), points=course(60, 3.0))
        (folder / f"{index:03}.fit").write_bytes(data)


def test_several_processes_read_the_same_as_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(folder, 40)
    (folder / "all.zip").write_bytes(zipped({"z.fit": fit_run(), "y.gpx": b"<gpx>"}))
    monkeypatch.setattr(reading_room, "WORTH_BYTES", 1)
    told: list[tuple[int, int]] = []
    both = read_recordings([folder], workers=2, progress=lambda *args: told.append(args))
    alone = read_recordings([folder], workers=1)
    assert len(both.readings) == 42
    assert [(one.source.name, one.recordings) for one in both.readings] == [
        (one.source.name, one.recordings) for one in alone.readings
    ]
    assert told[0] == (0, 42)
    assert told[-1] == (42, 42)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_where_no_other_process_can_be_had_this_one_reads(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(folder, 5)

    def refuse(*_args: object, **_more: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(reading_room, "WORTH_BYTES", 1)
    monkeypatch.setattr(reading_room, "ProcessPoolExecutor", refuse)
    assert len(read_recordings([folder], workers=2).readings) == 5


@pytest.mark.parametrize("workers", [1, 2])
def test_it_can_be_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    many(folder, 200)
    monkeypatch.setattr(reading_room, "WORTH_BYTES", 1)
    asked = threading.Event()

    def after_the_first(done: int, _many: int) -> None:
        if done:
            asked.set()

    read = read_recordings(
        [folder], workers=workers, progress=after_the_first, cancelled=asked.is_set
    )
    assert read.cancelled
    assert 0 < len(read.readings) < 200


@pytest.mark.parametrize("most", [0, 1, 5, 12])
def test_it_can_be_stopped_while_archives_are_unpacked(tmp_path: Path, most: int) -> None:
    """An archive of several megabytes within another one, and files beside it."""
    noise = {f"{n}.gpx": random.Random(n).randbytes(1 << 20) for n in range(8)}
    outer = {"a.gpx": gpx_run(points=POINTS).encode(), "inner.zip": zipped(noise)}
    (tmp_path / "export.zip").write_bytes(zipped(outer))
    asked = 0

    def after_some() -> bool:
        nonlocal asked
        asked += 1
        return asked > most

    read = read_recordings([tmp_path], workers=1, cancelled=after_some)
    assert read.cancelled
    assert asked == most + 1  # and nothing more is done
    whole = read_recordings([tmp_path], workers=1)
    assert not whole.cancelled
    assert len(read.readings) < len(whole.readings) == 9


def large_export(path: Path, blocks: int) -> Path:
    """Write an export that takes a while to read, and has one run at its end."""
    head, _, tail = apple_export(apple_workout(), records=1).partition("<Record")
    record, _, rest = ("<Record" + tail).partition("<Workout ")
    with gzip.open(path, "wb", 1) as file:
        file.write(head.encode())
        for _ in range(blocks):
            file.write(record.encode() * 2_000)
        file.write(f"<Workout {rest}".encode())
    return path


def test_a_single_large_file_can_be_stopped_and_leaves_nobody_at_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does it end the helpers of another reading that goes on at the same time."""
    monkeypatch.setattr(reading_room, "WORTH_ALONE_BYTES", 1)
    before = set(multiprocessing.active_children())
    mine: set[BaseProcess] = set()
    theirs: set[BaseProcess] = set()
    others: list[Future[Readings]] = []
    begun = threading.Event()
    told_to_end: set[BaseProcess] = set()
    terminate = BaseProcess.terminate

    def noted(helper: BaseProcess) -> None:
        told_to_end.add(helper)
        terminate(helper)

    monkeypatch.setattr(BaseProcess, "terminate", noted)

    def until_it_is_read() -> bool:
        theirs.update(set(multiprocessing.active_children()) - before - mine)
        if theirs:
            begun.set()
        return False

    def when_both_read() -> bool:
        if not others:
            mine.update(set(multiprocessing.active_children()) - before)
            others.append(
                beside.submit(read_recordings, [other], workers=2, cancelled=until_it_is_read)
            )
        return begun.wait(20)

    other = large_export(tmp_path / "other.xml.gz", 120)
    export = large_export(tmp_path / "export.xml.gz", 400)
    with ThreadPoolExecutor(1) as beside:
        read = read_recordings([export], workers=2, cancelled=when_both_read)
        assert (read.cancelled, read.readings) == (True, ())
        assert told_to_end == mine
        assert all(wait([helper.sentinel], 20) for helper in mine)
        found = others[0].result(60)
        assert told_to_end == mine
    assert not found.cancelled
    assert len(found.readings[0].recordings) == 1


def test_without_room_to_unpack_it_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.TemporaryDirectory", _no_room)
    with pytest.raises(EnvironmentFault, match="no room"):
        read_recordings([tmp_path])


def _no_room(**_more: object) -> None:
    raise OSError(28, "No space left on device")
