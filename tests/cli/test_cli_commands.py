"""The commands as a user types them: what is printed, where, and the exit code."""

import json
import os
import signal
import sys
from pathlib import Path

import pytest

from uncramp.__main__ import main

BAD = """format = 1
id = "mine"
name = "Mine"
summary = "My own."
moment = "after_run"
sources = []

[[steps]]
exercise = "easy_jog"
secnds = 30
"""


@pytest.fixture
def data(tmp_path: Path) -> str:
    return str(tmp_path / "data")


def test_list_shows_every_routine_with_its_total(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", data, "routines", "list"]) == 0
    out = capsys.readouterr().out
    for line in ("prerun_quick", "4:55", "Quick 5", "8:23", "4:33", "2:06"):
        assert line in out


def test_data_may_stand_before_or_after_the_command(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["routines", "new", "mine", "--data", data, "--json"]) == 0
    path = Path(json.loads(capsys.readouterr().out)["path"])
    assert path == Path(data) / "routines" / "mine.routine.toml"
    assert main(["routines", "--data", data, "check", str(path)]) == 0
    assert main(["--data", data, "routines", "show", "mine"]) == 0


def test_the_variable_names_the_data_folder_too(
    data: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("UNCRAMP_DATA_DIR", data)
    assert main(["routines", "new", "mine"]) == 0
    assert (Path(data) / "routines" / "mine.routine.toml").exists()
    assert "Saved" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX's")
def test_new_leaves_nothing_half_written(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    import resource

    Path(data, "routines").mkdir(parents=True)
    schema = Path(data, "routines", "routine.schema.json")
    schema.symlink_to(os.devnull)  # the schema alone would go over the limit
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        code = main(["--data", data, "routines", "new", "mine"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert code == 2
    assert "cannot be written" in capsys.readouterr().err
    assert not Path(data, "routines", "mine.routine.toml").exists()


def test_new_never_overwrites(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", data, "routines", "new", "mine"]) == 0
    path = Path(data) / "routines" / "mine.routine.toml"
    path.write_text("precious", encoding="utf-8")
    assert main(["--data", data, "routines", "new", "mine"]) == 1
    assert path.read_text(encoding="utf-8") == "precious"
    assert "already exists" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["../evil", "Mine", "", "a" * 65, "ä", "a/b", "1st"])
def test_new_refuses_what_cannot_be_an_id(
    data: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", data, "routines", "new", name]) == 1
    assert "cannot be an id" in capsys.readouterr().err
    assert not (Path(data) / "routines").exists()


def test_show_answers_to_id_number_and_name(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for name in ("prerun_quick", "r02", "Quick 5"):
        assert main(["--data", data, "routines", "show", name, "--json"]) == 0
        shown.append(json.loads(capsys.readouterr().out))
    assert shown[0] == shown[1] == shown[2]
    assert shown[0]["total_s"] == 295
    assert [step["exercise"] for step in shown[0]["steps"]][:2] == ["easy_jog", "leg_swing_front"]


def test_an_unknown_routine_is_met_with_a_guess(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", data, "play", "prerun_quik", "--mute"]) == 1
    assert "did you mean prerun_quick" in capsys.readouterr().err


def test_check_tells_place_and_guess(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.routine.toml"
    path.write_text(BAD, encoding="utf-8")
    assert main(["--data", data, "routines", "check", str(path)]) == 1
    out = capsys.readouterr().out
    assert f'{path}:10:1: step 1: unknown key "secnds" (did you mean "seconds"?)' in out
    assert "\n    secnds = 30\n    ^" in out


def test_a_bad_file_of_the_user_hides_nothing_else(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(data) / "routines"
    folder.mkdir(parents=True)
    (folder / "mine.routine.toml").write_text(BAD, encoding="utf-8")
    assert main(["--data", data, "routines", "list"]) == 0
    captured = capsys.readouterr()
    assert "Quick 5" in captured.out
    assert "mine.routine.toml:10:1" in captured.err


@pytest.mark.parametrize(
    "words",
    [
        ["dance"],
        ["play"],
        ["play", "x", "--speed", "0"],
        ["play", "x", "--speed", "fast"],
        ["routines"],
    ],
)
def test_words_that_are_not_known_are_the_users_fault(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_info:
        main(words)
    assert exit_info.value.code == 1
    assert "uncramp:" in capsys.readouterr().err


def test_without_a_display_one_sentence_names_the_terminal(
    data: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main(["--data", data]) == 2
    err = capsys.readouterr().err
    assert "uncramp play" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("display", [":4711", "nonsense", ":", ":99999", "localhost:4712.0"])
def test_a_display_that_does_not_answer_is_one_sentence_and_no_core(
    data: str, display: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    assert main(["--data", data, "start", "prerun_quick"]) == 2
    assert "does not respond" in capsys.readouterr().err


def test_doctor_speaks_of_everything(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--data", data, "doctor", "--json"])
    findings = json.loads(capsys.readouterr().out)
    assert code == 0
    assert {finding["subject"] for finding in findings} == {
        "program",
        "window",
        "sound",
        "voice",
        "journal",
        "routines",
    }
    assert all(finding["told"] for finding in findings)


def test_doctor_tells_a_damaged_journal_and_leaves_it(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(data).mkdir()
    journal = Path(data) / "journal.sqlite"
    journal.write_bytes(b"not a database, but dear to somebody" * 99)
    before = journal.read_bytes()
    assert main(["--data", data, "doctor"]) == 2
    assert "journal" in capsys.readouterr().out
    assert journal.read_bytes() == before


def test_a_log_that_cannot_be_written_is_one_sentence(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "no" / "such" / "log"
    assert main(["--data", data, "play", "R02", "--mute", "--log", str(log)]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_check_without_a_path_looks_at_the_users_own(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", data, "routines", "check"]) == 0
    assert main(["--data", data, "routines", "new", "mine"]) == 0
    assert main(["--data", data, "routines", "check"]) == 0
    path = Path(data) / "routines" / "mine.routine.toml"
    text = path.read_text(encoding="utf-8")
    assert "# easy_jog  (Easy jog)" in text
    path.write_text(text.replace("seconds = 60", "secnds = 60"), encoding="utf-8")
    assert main(["--data", data, "routines", "check"]) == 1
    assert 'unknown key "secnds"' in capsys.readouterr().out
