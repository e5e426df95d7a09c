"""Real recordings, where there is a collection of them: beside the project, or as a variable says.

They are other people's runs, so the collection is no part of the project.
"""

import json
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from uncramp.model.problem import Severity
from uncramp.model.recording import Recording, Sport
from uncramp.recordings import fit
from uncramp.recordings.finding import find_sources
from uncramp.recordings.reading import Reading, forget_archive, read_source

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = "UNCRAMP_SAMPLES"


def collection() -> Path | None:
    """Return the folder of the collection, if there is one."""
    named = os.environ.get(VARIABLE)
    places = [Path(named)] if named else []
    places += [ROOT.parent / "samples", *sorted(ROOT.parent.glob("*/samples"))]
    return next((one for one in places if (one / "expected.json").is_file()), None)


SAMPLES = collection()
EXPECTED: dict[str, Any] = (
    {} if SAMPLES is None else json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
)
pytestmark = pytest.mark.skipif(
    SAMPLES is None, reason=f"no collection of recordings; {VARIABLE} names its folder"
)
NO_RUNS = {
    "gpx/no_times.gpx": "no times",
    "gpx/gpsies_planned_route_year_2010.gpx": "invented",
    "gpx/strava_no_track.gpx": "no track",
    "gpx/bom_waypoints_only.gpx": "no track",
}
# What each malformed file is told to be; with how many recordings all the same.
MALFORMED = {
    "truncated_half.fit": ("cut off", 1),
    "truncated_header.fit": ("cut off", 0),
    "wrong_crc.fit": ("checksum", 1),
    "bitflip.fit": ("checksum", 1),
    "empty.fit": ("is empty", 0),
    "header_says_huge.fit": ("cut off", 1),
    "html_login_page.gpx": ("web page", 0),
    "truncated.gpx": ("cut off", 1),
    "entity_bomb.gpx": ("entities", 0),
    "tcx_cut.tcx": ("cut off", 1),
    "not_really_gzip.fit.gz": ("cut off", 1),
    "truncated.fit.gz": ("cut off", 1),
    "random_bytes.tcx": ("not a recording", 0),
    "activities_missing_columns.csv": ("no column", 0),
    "activities_bad_rows.csv": ("not a date", 1),
    "real_filecrc.fit": ("checksum", 1),
    "real_corruptheader.fit": ("something else", 1),
    "real_zero_length.fit": ("is empty", 0),
}


def readings_of(name: str) -> list[Reading]:
    assert SAMPLES is not None
    with tempfile.TemporaryDirectory() as scratch:
        found = find_sources([SAMPLES / name], Path(scratch))
        readings = [read_source(one) for one in found.sources]
        forget_archive()
    return readings


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("fit/")])
def test_fit_sessions_are_as_expected(name: str) -> None:
    (reading,) = readings_of(name)
    sessions = EXPECTED[name]["sessions"]
    assert len(reading.recordings) == len(sessions)
    for found, wanted in zip(reading.recordings, sessions, strict=True):
        if not wanted["start"].startswith("device"):
            assert found.started == instant(wanted["start"])
        assert found.timer_s == pytest.approx(wanted["timer_s"], abs=0.051)
        assert found.elapsed_s == pytest.approx(wanted["elapsed_s"], abs=0.051)
        assert_distance(found, wanted["distance_m"])
        assert (found.sport is Sport.RUN) is (wanted["sport"] == "running")
        assert (found.indoor is True) is (wanted["sub_sport"] in {"treadmill", "virtual_activity"})
        assert found.air_temperature_c is None
    warm = EXPECTED[name]["mean_record_temp_c"]
    if warm is not None and len(sessions) == 1:
        assert reading.recordings[0].device_temperature_c == pytest.approx(warm, abs=0.11)


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("fit/")])
def test_leaving_out_what_nobody_needs_changes_no_fit_file(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (quick,) = readings_of(name)
    monkeypatch.setattr(fit, "thinned", lambda _data: None)
    assert readings_of(name) == [quick]


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("tcx/")])
def test_tcx_activities_are_as_expected(name: str) -> None:
    (reading,) = readings_of(name)
    assert reading.problems == ()
    activities = EXPECTED[name]["activities"]
    assert len(reading.recordings) == len(activities)
    for found, wanted in zip(reading.recordings, activities, strict=True):
        assert found.started == instant(wanted["id"])
        assert found.timer_s == pytest.approx(wanted["lap_time_s"], abs=0.051)
        assert found.elapsed_s == pytest.approx(wanted["elapsed_s"], abs=0.051)
        assert_distance(found, wanted["lap_distance_m"])
        assert (found.sport is Sport.RUN) is (wanted["sport"].casefold() == "running")
        assert found.indoor is (not wanted["positions"])


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("gpx/")])
def test_gpx_tracks_are_as_expected(name: str) -> None:
    (reading,) = readings_of(name)
    wanted = EXPECTED[name]
    if name in NO_RUNS:
        assert reading.recordings == ()
        assert {one.severity for one in reading.problems} == {Severity.WARNING}
        assert any(NO_RUNS[name] in one.message for one in reading.problems)
        return
    (found,) = reading.recordings
    assert found.started.replace(microsecond=0) == instant(wanted["start"])
    assert found.elapsed_s == pytest.approx(wanted["elapsed_s"], abs=0.051)
    assert_distance(found, wanted["distance_m_haversine"])
    assert found.sport is not Sport.OTHER
    if wanted["mean_temp_c"] is not None:
        assert found.device_temperature_c == pytest.approx(wanted["mean_temp_c"], abs=0.11)
    assert found.air_temperature_c is None


def assert_distance(found: Recording, wanted: float | None) -> None:
    if wanted is None:
        assert found.metres is None
    else:
        assert found.metres == pytest.approx(wanted, rel=0.01, abs=0.06)


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_files_give_their_reason(name: str) -> None:
    (reading,) = readings_of(f"malformed/{name}")
    reason, recordings = MALFORMED[name]
    assert any(reason in one.message for one in reading.problems)
    assert len(reading.recordings) == recordings


def test_no_malformed_file_is_forgotten_here() -> None:
    assert SAMPLES is not None
    names = {one.name for one in (SAMPLES / "malformed").iterdir()}
    assert names == {*MALFORMED, "zip_path_traversal.zip"}


def test_an_archive_with_names_that_lead_out_is_refused() -> None:
    assert SAMPLES is not None
    with tempfile.TemporaryDirectory() as scratch:
        found = find_sources([SAMPLES / "malformed/zip_path_traversal.zip"], Path(scratch))
    assert len(found.refused) == 2
    assert all("leads out" in one.message for one in found.refused)


def test_apples_workout_is_the_one_of_its_way() -> None:
    readings = readings_of("apple/export_running.zip")
    (run,) = readings[0].recordings
    assert run.started == datetime(2025, 9, 16, 15, 14, 50, tzinfo=UTC)
    # 61.9694 degrees Fahrenheit, and 8.95512 km.
    assert run.air_temperature_c == pytest.approx((61.9694 - 32) / 1.8, abs=0.05)
    assert run.metres == pytest.approx(8955.12)
    assert all(one.recordings == () for one in readings[1:])
