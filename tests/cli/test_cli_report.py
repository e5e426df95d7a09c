"""`uncramp report`: a page for a browser or for paper, whole or not at all."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from told_diaries import NOW, diary

from uncramp.cli.main import run
from uncramp.cli.parser import parse
from uncramp.coach.coach import Coach
from uncramp.coach.places import Places
from uncramp.journal.archive import Archive

Said = Callable[..., int]


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def said(places: Places) -> Said:
    def say(*words: str) -> int:
        return run(Coach(places, lambda: NOW), parse(["report", *words]))

    return say


@pytest.fixture
def filled(places: Places) -> None:
    coach = Coach(places, lambda: NOW)
    assert coach.journal is not None
    Archive(coach.journal).add(diary(60), NOW)
    coach.close()


@pytest.mark.usefixtures("filled")
def test_a_page_is_written(said: Said, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a folder").mkdir()
    out = tmp_path / "a folder" / "me.HTML"
    assert said(str(out), "--name", "Jo Example", "--weeks", "4") == 0
    text = out.read_text("utf-8")
    assert "Jo Example" in text
    assert "(27 days)" in text
    assert "Stood all day" in text
    assert capsys.readouterr().out == f"Saved: {out}\n"
    assert names_in(out.parent) == [out.name]


@pytest.mark.usefixtures("filled")
def test_own_words_stay_out_when_that_is_wished(said: Said, tmp_path: Path) -> None:
    out = tmp_path / "me.html"
    assert said(str(out), "--without-notes") == 0
    assert "Stood all day" not in out.read_text("utf-8")


def test_what_is_there_is_only_replaced_when_asked_for(
    said: Said, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "me.html"
    out.write_text("mine")
    assert said(str(out)) == 1
    assert "--replace overwrites it" in capsys.readouterr().err
    assert out.read_text() == "mine"
    assert said(str(out), "--replace") == 0
    assert "Nothing is in the journal yet." in out.read_text("utf-8")


@pytest.mark.parametrize("name", ["me.txt", "me", "me.docx", ".html"])
def test_another_kind_is_refused(
    name: str, said: Said, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(str(tmp_path / name)) == 1
    assert "must end in .pdf or .html" in capsys.readouterr().err
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("weeks", ["0", "-3", "x", "99999"])
def test_no_such_number_of_weeks(weeks: str, said: Said) -> None:
    with pytest.raises(SystemExit) as ended:
        said("me.html", "--weeks", weeks)
    assert ended.value.code == 1


def test_a_folder_in_its_place_is_told(
    said: Said, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "me.html" / "within").mkdir(parents=True)
    assert said(str(tmp_path / "me.html"), "--replace") == 2
    assert "Nothing was changed." in capsys.readouterr().err
    assert names_in(tmp_path) == ["data", "me.html"]


def test_a_slip_in_the_name_of_a_folder_makes_none(
    said: Said, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "physoi"
    assert said(str(missing / "me.html")) == 2
    told = capsys.readouterr()
    assert told.err == f"uncramp: There is no folder {missing}. Nothing was written.\n"
    assert not told.out
    assert not missing.exists()


def test_a_full_disk_leaves_the_old_page(
    said: Said,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "me.html"
    out.write_text("mine")

    def full(handle: int) -> None:
        del handle
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("uncramp.journal.new_file.os.fsync", full)
    assert said(str(out), "--replace") == 2
    assert os.strerror(errno.ENOSPC) in capsys.readouterr().err
    assert out.read_text() == "mine"
    assert names_in(tmp_path) == ["data", "me.html"]


def test_a_page_for_paper_is_made_without_a_display(
    tmp_path: Path,
) -> None:
    pytest.importorskip("PySide6")
    out = tmp_path / "me.pdf"
    words = [sys.executable, "-m", "uncramp", "report", str(out), "--data", str(tmp_path / "data")]
    around = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    around["QT_QPA_PLATFORM"] = "xcb"
    ended = subprocess.run(words, env=around, check=False, timeout=60)
    assert ended.returncode == 0
    assert out.read_bytes()[:5] == b"%PDF-"


def test_a_page_for_a_browser_needs_no_qt(tmp_path: Path) -> None:
    told = (
        "import sys; from uncramp.__main__ import main;"
        f"code = main(['report', {str(tmp_path / 'me.html')!r}, '--data', {str(tmp_path)!r}]);"
        "sys.exit(code or any(name.startswith(('PySide6', 'numpy')) for name in sys.modules))"
    )
    ended = subprocess.run([sys.executable, "-c", told], check=False, timeout=60)
    assert ended.returncode == 0
