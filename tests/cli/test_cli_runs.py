"""`uncramp import` of recordings."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from recording_files import CYCLING, course, fit_run, gpx_run

from uncramp.cli.main import run
from uncramp.cli.parser import parse
from uncramp.coach.coach import Coach
from uncramp.coach.places import Places
from uncramp.coach.runs.known_runs import known_runs

NOW = datetime(2026, 11, 22, 8, 0).astimezone()
Said = Callable[..., int]


@pytest.fixture
def said(places: Places) -> Said:
    def say(*words: str) -> int:
        return run(Coach(places, lambda: NOW), parse(words))

    return say


def kept(places: Places) -> int:
    coach = Coach(places)
    runs = known_runs(coach)
    coach.close()
    return len(runs)


def test_files_are_taken_told_and_taken_back(
    said: Said, places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.fit").write_bytes(fit_run())
    (tmp_path / "b.gpx").write_text(gpx_run(points=course(600, 3.0)).replace("2026", "2025"))
    assert said("import", str(tmp_path / "a.fit"), str(tmp_path / "b.gpx")) == 0
    told = capsys.readouterr().out
    assert "a.fit: imported, 2026-05-03 08:30, 5 km, 30:00" in told
    assert "2 new runs." in told
    assert kept(places) == 2
    assert said("import", str(tmp_path / "a.fit")) == 0
    assert (
        "already known, 2026-05-03 08:30, 5 km, 30:00 (the same run is in the journal)"
        in capsys.readouterr().out
    )
    assert said("import", "--undo") == 0
    assert "Undone: 2 runs of the import of 2 files" in capsys.readouterr().out
    assert kept(places) == 0
    assert said("import", "--undo") == 1


def test_what_cannot_be_read_is_listed_and_the_rest_taken(
    said: Said, places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.fit").write_bytes(fit_run())
    (tmp_path / "b.fit").write_bytes(b"")
    (tmp_path / "c.fit").write_bytes(fit_run(sport=CYCLING))
    assert said("import", str(tmp_path), "--json") == 1
    data = json.loads(capsys.readouterr().out)
    by_name = {Path(one["file"]).name: one for one in data["files"]}
    assert {name: one["status"] for name, one in by_name.items()} == {
        "a.fit": "imported",
        "b.fit": "unreadable",
        "c.fit": "not_a_run",
    }
    assert by_name["a.fit"]["runs"][0]["metres"] == 5000
    assert data["import"]
    assert kept(places) == 1


def test_a_name_cannot_give_orders_to_a_terminal(
    said: Said, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a\x1b[2J.fit").write_bytes(b"")
    said("import", str(tmp_path))
    assert "\x1b" not in capsys.readouterr().out


def test_nothing_named_is_the_users_mistake(said: Said) -> None:
    assert said("import") == 1


def test_what_is_not_there_is_told_and_the_rest_taken(
    said: Said, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.fit").write_bytes(fit_run())
    assert said("import", str(tmp_path / "a.fit"), str(tmp_path / "no.fit")) == 1
    told = capsys.readouterr().out
    assert "no.fit: not read (does not exist)" in told
    assert "1 new run; 1 file not read." in told


@pytest.mark.parametrize("name", ["nowhere", "no.fit", "no.json", "nights.csv"])
def test_alone_too_what_is_not_there_is_the_users_mistake(
    name: str, said: Said, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said("import", str(tmp_path / name)) == 1
    assert f"{name}: not read (does not exist)" in capsys.readouterr().out
    assert not (tmp_path / name).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="pipes, sockets and devices as on Linux")
@pytest.mark.parametrize("kind", ["pipe", "socket", "/dev/zero", "/dev/stdin"])
@pytest.mark.parametrize("name", ["run.fit", "out.json"])
def test_what_has_no_end_is_refused_and_never_waited_for(
    tmp_path: Path, kind: str, name: str
) -> None:
    path = tmp_path / name
    listening = socket.socket(socket.AF_UNIX)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        listening.bind(str(path))
    else:
        path.symlink_to(kind)
    command = [sys.executable, "-m", "uncramp", "--data", tmp_path / "data", "import", path]
    ended = subprocess.run(
        [str(word) for word in command],
        stdin=subprocess.PIPE,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    listening.close()
    assert (ended.returncode, ended.stderr) == (1, "")
    assert f"{name}: not read (is not an ordinary file; it is not read)" in ended.stdout


@pytest.mark.parametrize("words", [("import", ""), ("import", "a.fit", ""), ("export", "")])
def test_an_empty_path_is_refused_and_does_not_mean_the_current_folder(
    said: Said,
    words: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        said(*words)
    assert ended.value.code == 1
    assert "the path is empty" in capsys.readouterr().err


def test_what_is_no_run_is_taken_when_the_user_says_so(
    said: Said, places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.fit").write_bytes(fit_run(sport=CYCLING))
    assert said("import", str(tmp_path / "a.fit")) == 0
    assert "--as-runs also imports" in capsys.readouterr().out
    assert kept(places) == 0
    assert said("import", "--as-runs", str(tmp_path / "a.fit")) == 0
    assert "1 new run" in capsys.readouterr().out
    assert kept(places) == 1
    assert said("import", "--as-runs", str(tmp_path / "a.fit")) == 0  # known by now
    assert kept(places) == 1
