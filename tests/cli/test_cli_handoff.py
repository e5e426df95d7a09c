"""A routine given away and taken on the command line: shown first, never over what is there."""

import json
import sys
from pathlib import Path

import pytest

from uncramp.__main__ import main

OWN = """format = 1
id = "mine"
name = "Mein Abend 🌙"
summary = "My own."
moment = "after_run"

[[steps]]
exercise = "easy_jog"
seconds = 30
"""


@pytest.fixture
def parcel(tmp_path: Path) -> Path:
    """A file that somebody else has exported."""
    folder = tmp_path / "other" / "routines"
    folder.mkdir(parents=True)
    (folder / "mine.routine.toml").write_text(OWN, "utf-8")
    out = tmp_path / "mine.uncramp"
    assert main(["--data", str(tmp_path / "other"), "routines", "export", "mine", str(out)]) == 0
    return out


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def own_routine(data: Path) -> Path:
    return data / "routines" / "mine.routine.toml"


def test_it_is_shown_and_not_taken_where_nobody_can_be_asked(
    parcel: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["--data", str(data), "routines", "add", str(parcel)]) == 0
    told = capsys.readouterr().out
    assert "Mein Abend 🌙  (mine, 0:30)" in told
    assert "Easy jog: 30 s" in told
    assert "Nothing was added." in told
    assert not own_routine(data).exists()


@pytest.mark.parametrize(
    ("answer", "taken"), [("y", True), ("n", False), ("", False), (None, False)]
)
def test_who_sits_at_a_terminal_is_asked(
    parcel: Path,
    data: Path,
    answer: str | None,
    taken: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def answered(_question: str) -> str:
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", answered)
    assert main(["--data", str(data), "routines", "add", str(parcel)]) == 0
    assert own_routine(data).exists() == taken
    assert ("Saved:" in capsys.readouterr().out.split("Import it?")[-1]) == taken


def test_taking_twice_changes_nothing(
    parcel: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--data", str(data), "routines", "add", "--yes", str(parcel)]
    assert main(command) == 0
    assert own_routine(data).read_text("utf-8") == OWN
    capsys.readouterr()
    assert main(command) == 0
    assert "already" in capsys.readouterr().out
    assert len(list((data / "routines").glob("*.toml"))) == 1


def test_what_is_there_stays_unless_told_otherwise(
    parcel: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = OWN.replace("30", "45")
    own_routine(data).parent.mkdir(parents=True)
    own_routine(data).write_text(mine, "utf-8")
    assert main(["--data", str(data), "routines", "add", "--yes", "--json", str(parcel)]) == 0
    (written,) = json.loads(capsys.readouterr().out)["written"]
    assert Path(written).name == "mine_2.routine.toml"
    assert own_routine(data).read_text("utf-8") == mine
    assert main(["--data", str(data), "routines", "add", "--yes", "--replace", str(parcel)]) == 0
    assert own_routine(data).read_text("utf-8") == OWN


def test_a_file_with_problems_is_refused_with_their_places(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.routine.toml"
    file.write_text(OWN.replace("easy_jog", "easy_jgo"), "utf-8")
    assert main(["--data", str(data), "routines", "add", "--yes", str(file)]) == 1
    told = capsys.readouterr()
    assert (
        'bad.routine.toml:8:12: step 1: unknown exercise "easy_jgo" (did you mean "easy_jog"?)'
        in told.err
    )
    assert "nothing was changed" in told.err
    assert not own_routine(data).exists()
    assert main(["--data", str(data), "routines", "add", str(tmp_path / "none")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_an_export_writes_over_nothing_by_itself(
    parcel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = parcel.read_bytes()
    command = ["--data", str(tmp_path / "other"), "routines", "export", "prerun_quick", str(parcel)]
    assert main(command) == 1
    assert "already exists" in capsys.readouterr().err
    assert parcel.read_bytes() == before
    assert main([*command, "--replace"]) == 0
    assert parcel.read_bytes() != before
    assert main([*command[:4], "prerun_quik", str(tmp_path / "x")]) == 1
