"""dev.py: what it runs where, what it asks of the system, when it sets up anew."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from _program import ROOT, stranger

from uncramp.coach.coach import Coach

debian = pytest.mark.skipif(sys.platform != "linux", reason="system packages as on Debian")
DPKG = """#!/bin/sh
echo "libgl1 installed"
echo "libpulse0 deinstalled"
echo "libasound2t64 installed"
"""
APT_CACHE = """#!/bin/sh
case "$2" in
    *t64|libegl1|libpulse0) echo "  Candidate: 1.0" ;;
    *) echo "  Candidate: (none)" ;;
esac
"""
FAILS = "#!/bin/sh\necho 'E: no room on the disk' >&2\nexit 100\n"
WORKS = '#!/bin/sh\necho "$0 $*" >> "$LOG"\n'


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """dev.py as a module, with its environment elsewhere."""
    spec = importlib.util.spec_from_file_location("dev_under_test", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    venv = tmp_path / "venv"
    venv.mkdir()
    monkeypatch.setattr(module, "VENV", venv)
    monkeypatch.setattr(module, "STAMP", venv / "stamp.txt")
    return module


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Debian of straw; its user is not root and may not become it."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in (
        ("dpkg-query", DPKG),
        ("apt-cache", APT_CACHE),
        ("apt-get", WORKS),
        ("sudo", FAILS),
    ):
        install(programs, name, text)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setenv("LOG", str(tmp_path / "log"))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return programs


def install(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    (folder / name).chmod(0o755)


def test_with_a_display_it_opens_the_window_and_without_one_it_guides_in_the_terminal(
    dev: ModuleType, loaded_coach: Coach, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.what_to_run(None) == []
    assert capsys.readouterr().out == ""
    command, routine = dev.what_to_run("There is no display here.")
    assert command == "play"
    assert loaded_coach.library.find_routine(routine) is not None
    told = capsys.readouterr().out
    assert told.startswith("There is no display here. So the quick warm-up is guided here")
    assert f"python3 dev.py run {command} {routine}" in told
    loaded_coach.close()


@debian
def test_whether_there_is_a_display_is_the_programs_own_answer(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert dev.missing_display() == "There is no display here."
    monkeypatch.setenv("DISPLAY", ":4714")
    assert "does not answer" in dev.missing_display()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert dev.missing_display() is None


@debian
def test_without_the_right_to_install_it_names_the_exact_line(
    dev: ModuleType, system: Path
) -> None:
    assert system.is_dir()
    names = ("libgl1", "libegl1", "libglib2.0-0|libglib2.0-0t64")
    with pytest.raises(dev.SetupError) as raised:
        dev.install_system_packages(names, ("libpulse0", "libasound2|libasound2t64"))
    assert str(raised.value) == (
        "Some system libraries are missing. Please run:\n"
        "  sudo apt-get install -y --no-install-recommends libegl1 libglib2.0-0t64 libpulse0"
    )
    with pytest.raises(dev.SetupError, match="sudo apt-get update && sudo apt-get install"):
        dev.install_system_packages(("libgl1", "not-in-any-list"), ())


@debian
def test_what_is_only_helpful_is_told_and_left(
    dev: ModuleType, system: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert system.is_dir()
    dev.install_system_packages(("libgl1",), ("libpulse0", "libasound2|libasound2t64"))
    told = capsys.readouterr().out
    assert "sudo apt-get install -y --no-install-recommends libpulse0\n" in told
    dev.install_system_packages(("libgl1",), ("libasound2|libasound2t64",))
    assert capsys.readouterr().out == ""


@debian
def test_root_installs_what_is_missing_and_nothing_else(
    dev: ModuleType, system: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    dev.install_system_packages(("libgl1", "libegl1"), ("libpulse0",))
    line = "install -y --no-install-recommends libegl1 libpulse0"
    assert (tmp_path / "log").read_text().splitlines() == [f"{system}/apt-get {line}"]


@debian
def test_an_install_that_fails_shows_what_apt_said(
    dev: ModuleType, system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    install(system, "apt-get", FAILS)
    with pytest.raises(dev.SetupError, match=r"(?s)no room on the disk.*apt-get install"):
        dev.install_system_packages(("libegl1",), ())


def test_a_stamp_of_another_python_or_place_counts_for_nothing(dev: ModuleType) -> None:
    assert dev.read_stamp() == {}
    known = {"made": dev.this_python(), "run": "abc", "system": "libgl1 libegl1"}
    dev.write_stamp(known)
    assert dev.read_stamp() == known
    minor = sys.version_info.minor
    for other in (
        dev.this_python().replace(f"3.{minor} ", f"3.{minor + 1} "),
        f"{dev.this_python()}/moved",
    ):
        dev.write_stamp({**known, "made": other})
        assert dev.read_stamp() == {}
    dev.STAMP.write_bytes(b"\xff\xfe\x00 half a stamp")
    assert dev.read_stamp() == {}


def test_words_that_are_not_known_show_what_there_is(home: Path) -> None:
    for words, code in ((("dance",), 1), ((), 1), (("--help",), 0)):
        done = subprocess.run(
            [sys.executable, str(ROOT / "dev.py"), *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
            env=stranger(home),
        )
        assert done.returncode == code
        assert "python3 dev.py run" in done.stdout
        assert done.stderr == ""
