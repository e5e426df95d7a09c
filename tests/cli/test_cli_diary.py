"""The diary from the command line: noted, written out, read again."""

import json
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hard_disks import read_only
from recording_files import gpx_run

from uncramp.cli.main import run
from uncramp.cli.parser import parse
from uncramp.coach.coach import Coach
from uncramp.coach.diary.entries import entries
from uncramp.coach.places import Places
from uncramp.journal.archive import Archive
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.crampday import cramp_day
from uncramp.model.diary import CrampContext, CrampMuscle, Terrain, is_hour_known
from uncramp.model.record import Outcome

NOW = datetime(2026, 11, 22, 8, 0).astimezone()
Said = Callable[..., int]


@pytest.fixture
def said(places: Places) -> Said:
    def say(*words: str) -> int:
        return run(Coach(places, lambda: NOW), parse(words))

    return say


def kept(places: Places) -> Contents:
    coach = Coach(places)
    assert coach.journal is not None
    contents, unreadable = Archive(coach.journal).read()
    coach.close()
    assert unreadable == 0
    return contents


def test_a_cramp_is_noted_with_all_that_was_said(said: Said, places: Places) -> None:
    words = ["log", "cramp", "foot", "--side", "left", "--at", "3:10", "--lasted", "2:30"]
    assert said(*words, "--pain", "7", "--notes", "ouch") == 0
    (cramp,) = kept(places).cramps
    assert cramp.at == NOW.replace(hour=3, minute=10)
    assert (cramp.muscle, cramp.side, cramp.context) == (
        CrampMuscle.FOOT,
        Side.LEFT,
        CrampContext.NIGHT,
    )
    assert (cramp.seconds, cramp.pain, cramp.notes) == (150, 7, "ouch")
    assert cramp.day == NOW.date() - timedelta(days=1)


def test_a_time_without_a_day_is_the_latest_one(said: Said, places: Places) -> None:
    assert said("log", "cramp", "--at", "23:40") == 0
    (cramp,) = kept(places).cramps
    assert cramp.at == NOW.replace(hour=23, minute=40) - timedelta(days=1)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--at", "3:10"), "(At night); it belongs to the night from "),
        (("--at", "10:20"), "10:20 (At rest).\n"),
        (("--at", "18:00", "--context", "run"), "18:00 (On a run).\n"),
    ],
)
def test_only_a_cramp_of_the_night_is_told_with_its_night(
    said: Said, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert said("log", "cramp", *words) == 0
    assert told in capsys.readouterr().out


def test_bytes_that_are_no_letters_do_not_lose_the_note(said: Said, places: Places) -> None:
    """A terminal hands over what it was given; nothing could keep half a letter."""
    assert said("log", "cramp", "--notes", "after \udcff hills") == 0
    (cramp,) = kept(places).cramps
    assert cramp.notes == "after ? hills"


def test_a_night_without_a_cramp_is_not_one_with(said: Said, places: Places) -> None:
    assert said("log", "no-cramp") == 0
    assert said("log", "no-cramp", "--evening", "2026-11-15") == 0
    nights = kept(places).nights
    assert [(night.day.day, night.cramps, night.recalled) for night in nights] == [
        (15, 0, True),
        (21, 0, False),
    ]
    assert said("log", "cramp", "--at", "2026-11-20 02:00") == 0
    assert said("log", "no-cramp", "--evening", "2026-11-19") == 1
    nights = kept(places).nights
    assert [(night.day.day, night.cramps) for night in nights] == [(15, 0), (19, 1), (21, 0)]


def test_a_run_is_noted_in_both_units(said: Said, places: Places) -> None:
    assert said("log", "run", "10", "52:30", "--effort", "6", "--terrain", "trail") == 0
    assert said("log", "run", "6,2", "1:00:00", "--miles", "--no-cramp", "--at", "7:00") == 0
    first, second = sorted(kept(places).runs, key=lambda one: one.seconds)
    assert (first.metres, first.seconds, first.effort) == (10_000, 3150, 6)
    assert (first.terrain, first.cramp) == (Terrain.TRAIL, None)
    assert second.metres == pytest.approx(9_977.93, abs=0.01)
    assert (second.seconds, second.cramp) == (3600, False)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("20.11.2026 05:55", datetime(2026, 11, 20, 5, 55)),
        ("2026-11-20 05:55", datetime(2026, 11, 20, 5, 55)),
        ("yesterday 05:55", datetime(2026, 11, 21, 5, 55)),
        ("5:55", datetime(2026, 11, 22, 5, 55)),
        ("22:10", datetime(2026, 11, 21, 22, 10)),
    ],
)
def test_a_time_is_typed_as_people_write_it(
    said: Said, places: Places, typed: str, at: datetime
) -> None:
    assert said("log", "run", "5", "30", "--at", typed) == 0
    assert kept(places).runs[0].started == at.astimezone()


def test_a_day_alone_is_an_hour_that_nobody_knows(
    said: Said, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said("log", "cramp", "--at", "2026-10-03") == 0
    assert "2026-10-03, time unknown (At night)" in capsys.readouterr().out
    assert said("log", "cramp", "--at", "4.10.2026", "--context", "rest") == 0
    assert said("log", "run", "5", "30", "--at", "2026-10-05") == 0
    assert said("log", "session", "bedtime_trial", "--at", "2026-10-06") == 0
    contents = kept(places)
    night, rest = contents.cramps
    # The night that began in the evening of the third.
    assert (night.day, night.is_hour_known, night.context) == (
        date(2026, 10, 3),
        False,
        CrampContext.NIGHT,
    )
    assert (rest.at.date(), rest.is_hour_known) == (date(2026, 10, 4), False)
    (run,), (session,) = contents.runs, contents.sessions
    assert (run.started.date(), is_hour_known(run.started)) == (date(2026, 10, 5), False)
    assert cramp_day(session.started_at) == session.started_at.date() == date(2026, 10, 6)
    assert not is_hour_known(session.started_at)
    shown = {entry.title: entry.time for entry in entries(contents)}
    assert shown["Run, 5 km"] == ""
    assert sorted(entry.time for entry in entries(contents)) == ["", "", "", "in the night"]


def test_a_cramp_in_a_night_without_one_says_so(
    said: Said, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said("log", "no-cramp", "--evening", "2026-11-20") == 0
    capsys.readouterr()
    assert said("log", "cramp", "--at", "2026-11-21 02:00") == 0
    assert "That night was logged without a cramp" in capsys.readouterr().out
    assert said("log", "cramp", "--at", "2026-11-21 04:00") == 0
    assert "without a cramp" not in capsys.readouterr().out


def test_a_session_is_noted_whole_or_in_part(
    said: Said, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said("log", "session", "Quick 5", "--at", "2026-11-20 18:00") == 0
    assert said("log", "session", "prerun_quick", "--at", "2026-11-21 18:00", "--minutes", "1") == 0
    part = Coach(places).library.routines["prerun_quick"].steps[0].exercise
    at = ("--at", "2026-11-22 7:00")
    assert said("log", "session", "prerun_quick", *at, "--part", part) == 0
    whole, minute, one_part = kept(places).sessions
    assert (whole.outcome, whole.done_ms) == (Outcome.FINISHED, whole.planned_ms)
    assert whole.started_at == datetime(2026, 11, 20, 18).astimezone()
    assert (minute.outcome, minute.done_ms) == (Outcome.ENDED_EARLY, 60_000)
    assert {done.exercise for done in one_part.parts if done.done_ms} == {part}


@pytest.mark.parametrize(
    ("zone", "typed", "at", "showed"),
    [
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29T03:30:00+02:00", "03:30"),
        ("America/Sao_Paulo", "2018-11-04 00:30", "2018-11-04T01:30:00-02:00", "01:30"),
        ("Australia/Lord_Howe", "2026-10-04 02:10", "2026-10-04T02:40:00+11:00", "02:40"),
    ],
)
@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be set here")
def test_an_hour_that_the_clock_skipped_is_moved_forward_and_said(
    said: Said,
    places: Places,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    zone: str,
    typed: str,
    at: str,
    showed: str,
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert said("log", "run", "5", "30", "--at", typed) == 0
    finally:
        monkeypatch.undo()
        time.tzset()
    assert kept(places).runs[0].started.isoformat() == at
    hour = typed.rpartition(" ")[2]
    assert f"The clocks went forward that day and skipped {hour}; {showed} was used instead." in (
        capsys.readouterr().out
    )


@pytest.mark.parametrize(
    "words",
    [
        ("cramp", "--at", "tomorrow"),
        ("cramp", "--at", "2026-11-23 03:00"),
        ("cramp", "--at", "99999-01-01"),
        ("cramp", "--lasted", "long"),
        ("no-cramp", "--evening", "2026-11-25"),
        ("no-cramp", "--evening", "some day"),
        ("cramp", "--at", "2026-11-22"),  # its night has not come
        ("cramp", "--at", "2026-11-22T20:30:00-12:00"),
        ("session", "nothing_of_ours"),
        ("session", "bedtime_trial", "--part", "handstand"),
        ("session", "bedtime_trial", "--minutes", "0"),
        ("session", "bedtime_trial", "--at", "2026-11-23"),
        ("run", "10", "1:2:3:4"),
        ("run", "10", "-5"),
        ("run", "10", "nan"),
    ],
)
def test_what_cannot_be_is_told_and_not_noted(
    said: Said, places: Places, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    words = tuple("--" if word == "-5" else word for word in words) + (
        ("-5",) if "-5" in words else ()
    )
    assert said("log", *words) == 1
    told = capsys.readouterr().err
    assert told.startswith("uncramp: ")
    assert told.count("\n") == 1
    assert kept(places) == Contents()


@pytest.mark.parametrize("name", ["out.json", "out.zip", "out"])
def test_what_was_exported_is_imported_elsewhere(
    said: Said, places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    said("log", "cramp", "--notes", "=1")
    said("log", "run", "5", "30")
    out = tmp_path / name
    assert said("export", str(out)) == 0
    assert said("export", str(out)) == 1
    assert "--replace" in capsys.readouterr().err
    assert said("export", str(out), "--replace") == 0
    other = Coach(places._replace(data=tmp_path / "b", config=tmp_path / "b"))
    capsys.readouterr()
    assert run(other, parse(["import", str(out), "--yes", "--json"])) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["new"], told["written"], told["problems"]) == (2, 2, [])
    assert kept(other.places) == kept(places)


@pytest.mark.parametrize("name", ["out.json", "out.zip", "out"])
def test_an_export_makes_its_own_folder_and_none_around_it(
    said: Said, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    missing = tmp_path / "exprots"
    assert said("export", str(missing / name)) == 2
    told = f"uncramp: There is no folder {missing}. Nothing was written.\n"
    assert capsys.readouterr().err == told
    assert not missing.exists()


def test_what_can_only_be_read_is_shown_and_exported_elsewhere(
    said: Said, places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said("log", "cramp")
    capsys.readouterr()
    with read_only(places.data):
        assert said("insights") == 0
        assert said("report", str(tmp_path / "report.html")) == 0
        assert said("export", str(tmp_path / "out.json")) == 0
        assert capsys.readouterr().err == ""
        assert said("log", "cramp") == 2
        assert capsys.readouterr().err == (
            f"uncramp: The journal {places.data / 'journal.sqlite'} cannot be written.\n"
        )
        assert said("doctor") == 0
        assert "It can be read and exported" in capsys.readouterr().out
    assert '"cramps": [\n  {' in (tmp_path / "out.json").read_text()


def test_of_a_damaged_journal_what_is_missing_is_named(
    said: Said, places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said("log", "cramp", "--notes", "word-on-a-damaged-page")
    said("log", "run", "5", "30")
    file = places.data / "journal.sqlite"
    content = bytearray(file.read_bytes())
    page = content.index(b"word-on-a-damaged-page") // 4096
    content[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    file.write_bytes(bytes(content))
    capsys.readouterr()
    assert said("export", str(tmp_path / "out.json")) == 0
    assert capsys.readouterr().err == (
        "The journal is damaged, and some of this could not be read: cramps.\n"
    )
    assert '"metres": 5000' in (tmp_path / "out.json").read_text()


def test_an_import_with_problems_takes_nothing_unseen(
    said: Said, places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nights.csv"
    path.write_text(
        "day,cramps,answered,recalled\n"
        "2026-11-20,0,2026-11-21T08:00:00+01:00,no\n"
        "2026-11-21,many,2026-11-22T08:00:00+01:00,no\n"
    )
    assert said("import", str(path), "--yes") == 1
    assert "nights.csv:3:1: cramps: 'many' is not a whole number" in capsys.readouterr().err
    assert kept(places) == Contents()


def test_a_spreadsheet_is_brought_in_and_taken_back(
    said: Said, places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = tmp_path / "tables"
    assert said("import", "--template", str(tables)) == 0
    assert said("import", "--template", str(tables)) == 1
    assert "nothing was written" in capsys.readouterr().err
    for name, row in (
        ("nights", "2026-10-03;1;yes;"),
        ("cramps", "4.10.2026;3:10;calf;left;7"),
        ("runs", "2026-10-03;10,5;60"),
    ):
        path = tables / f"{name}.csv"
        path.write_text(path.read_text().replace(",", ";") + row + "\r\n")
    assert said("import", str(tables)) == 0  # nobody was there to agree
    out = capsys.readouterr().out
    assert out.startswith(
        "4 new entries; 0 already in the journal.\nThe example rows, dated 2001-01-01,"
    )
    assert "1 night counts as filled in later" in out
    assert kept(places) == Contents()
    assert said("import", str(tables), "--yes") == 0
    contents = kept(places)
    assert len(contents.nights) == len(contents.cramps) == len(contents.runs) == 1
    assert len(contents.sessions) == 1
    assert said("import", str(tables), "--yes") == 0
    assert "0 new entries; 4 already in the journal." in capsys.readouterr().out
    assert said("import", "--undo") == 0
    assert "Undone: 4 entries of the import of tables" in capsys.readouterr().out
    assert kept(places) == Contents()
    assert said("import", "--undo") == 1
    assert "there is no import to undo" in capsys.readouterr().err


def test_a_spreadsheet_with_problems_is_not_taken_unseen(
    said: Said, places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nights, runs = tmp_path / "nights.csv", tmp_path / "my runs.csv"
    nights.write_text("date,cramps\n2026-10-03,0\n2026-10-04,lots\n2026-10-05,plenty\n")
    runs.write_text("date,km,minutes\n2026-10-03,10,60\n")
    assert said("import", str(nights), str(runs), "--yes") == 1
    told = capsys.readouterr().err
    assert "nights.csv:3:1: cramps: 'lots' is not a number of cramps, " in told
    assert told.splitlines()[0].endswith("(also in line 4)")
    assert kept(places) == Contents()
    assert said("import", str(nights), str(runs), "--json") == 1
    data = json.loads(capsys.readouterr().out)
    assert (data["new"], len(data["problems"]), data["written"]) == (2, 1, 0)
    assert data["notes"][0].startswith("1 night counts as filled in later")


def test_the_last_import_is_taken_back_of_whatever_kind(
    said: Said, places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    night = tmp_path / "nights.csv"
    night.write_text("date,cramps\n2026-10-03,0\n")
    assert run(Coach(places, lambda: NOW), parse(["import", str(night), "--yes"])) == 0
    gpx = tmp_path / "run.gpx"
    gpx.write_text(gpx_run(points=[(second, 3.0 * second) for second in range(0, 1801, 10)]))
    later = NOW + timedelta(minutes=5)
    assert run(Coach(places, lambda: later), parse(["import", str(gpx)])) == 0
    assert (len(kept(places).nights), len(kept(places).runs)) == (1, 1)
    assert said("import", "--undo") == 0
    assert "1 run of the import of run.gpx" in capsys.readouterr().out
    assert (len(kept(places).nights), len(kept(places).runs)) == (1, 0)
    assert said("import", "--undo") == 0
    assert "1 entry of the import of nights.csv" in capsys.readouterr().out
    assert kept(places) == Contents()
