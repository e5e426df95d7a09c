"""dev.py: what it runs where, what it asks of the system, when it sets up anew."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from _program import ROOT, stranger

from uncramp.__main__ import WITHOUT_DISPLAY
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
    spec = importlib.util.spec_from_file_location(
        "dev_under_test", ROOT / "packaging" / "development.py"
    )
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


HELD = """#!/bin/sh
echo "$@" >> "$LOG"
if [ "$(grep -c install "$LOG")" -lt 3 ]; then
    echo "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7 (apt)" >&2
    exit 100
fi
"""


@debian
def test_another_program_that_installs_is_waited_for_and_that_is_said(
    dev: ModuleType,
    system: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(dev, "HELD_LOOK_S", 0.0)
    install(system, "apt-get", HELD)
    dev.install_system_packages(("libegl1",), ())
    assert len((tmp_path / "log").read_text().splitlines()) == 3
    told = capsys.readouterr().out
    assert told.count("Another program is installing packages; waiting up to 5 minutes") == 1


@debian
def test_after_some_minutes_it_is_waited_no_more(
    dev: ModuleType, system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(dev, "HELD_LOOK_S", 0.0)
    monkeypatch.setattr(dev, "HELD_PATIENCE_S", 0.0)
    install(system, "apt-get", HELD.replace("-lt 3", "-lt 99"))
    with pytest.raises(dev.SetupError, match=r"(?s)Could not get lock.*sudo apt-get install"):
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


@pytest.fixture
def made(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of straw, set up: what stands for its program says how it was started."""
    root = tmp_path / "project"
    for folder in ("packaging", "requirements", ".venv/bin"):
        (root / folder).mkdir(parents=True)
    shutil.copy(ROOT / "dev.py", root)
    (root / "packaging" / "development.py").write_text(
        "def main(arguments):\n    print('set up', *arguments)\n    return 0\n"
    )
    (root / "requirements" / "run.txt").write_text("one==1\n")
    monkeypatch.setattr(dev, "VENV", root / ".venv")
    for name in ("PySide6", "tomli"):
        (dev.packages_of_venv() / name).mkdir(parents=True)
    install(root / ".venv" / "bin", "python", '#!/bin/sh\necho "$@" "$UNCRAMP_WITHOUT_DISPLAY"\n')
    monkeypatch.setattr(dev, "ROOT", root)
    monkeypatch.setattr(dev, "STAMP", root / ".venv" / "uncramp-stamp.txt")
    monkeypatch.setattr(dev, "__file__", str(root / "packaging" / "development.py"))
    dev.write_stamp(
        {
            "made": dev.this_python(),
            "start": dev.start_sum(),
            "display": "0",
            "packages": dev.installed(),
        }
    )
    return root


def started(root: Path, home: Path, *words: str, python: str = sys.executable, **more: str) -> str:
    return subprocess.run(
        [python, str(root / "dev.py"), "run", *words],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
        env=stranger(home, **more),
    ).stdout.strip()


@debian
def test_a_start_that_needs_no_set_up_goes_straight_to_the_program(made: Path, home: Path) -> None:
    assert started(made, home) == "-m uncramp prerun_quick"
    assert started(made, home, "--", "routines", "list") == "-m uncramp routines list prerun_quick"


PROGRAM = """import multiprocessing, os, sys
from uncramp.helper import where

def main():
    pool = multiprocessing.get_context("spawn").Pool(1)
    print(sys.argv[1:], sys.executable, sys.prefix, sys.exec_prefix, pool.apply(where))
    pool.close()
    print([entry for entry in sys.path if entry != os.getcwd()])
    print(os.environ["UNCRAMP_WITHOUT_DISPLAY"], os.environ["PARENT"] == str(os.getppid()))
    print(sys.orig_argv[1])

if __name__ == "__main__":
    main()
"""
HELPER = """import sys

def where():
    return sys.executable, __file__
"""


@debian
def test_the_same_interpreter_becomes_the_program_itself(made: Path, home: Path) -> None:
    base = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
    python = made / ".venv" / "bin" / "python"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = made / ".venv" / "lib" / version / "site-packages"
    source = made / "src" / "uncramp"
    source.mkdir(parents=True)
    (packages / "uncramp-dev.pth").write_text(f"{source.parent}\n")
    (source / "__init__.py").touch()
    (source / "__main__.py").write_text(PROGRAM)
    (source / "helper.py").write_text(HELPER)
    home_line = f"home = {Path(base).parent}\ninclude-system-site-packages = false\n"
    (made / ".venv" / "pyvenv.cfg").write_text(home_line)
    python.unlink()
    python.symlink_to(base)
    more = {"PARENT": str(os.getpid()), "PYTHONPATH": str(made / "extra")}
    within = started(made, home, "--", "play", "--mute", python=base, **more)
    # Beside it what a second interpreter says, which another Python than the environment's starts.
    another = made / "another"
    (another / "bin").mkdir(parents=True)
    (another / "bin" / "python").symlink_to(base)
    (another / "pyvenv.cfg").write_text(home_line)
    second = started(made, home, "play", "--mute", python=str(another / "bin" / "python"), **more)
    *told, begun_as = within.splitlines()
    assert begun_as == str(made / "dev.py")
    assert [*told, "-m"] == second.splitlines()
    assert told[0].startswith(f"['play', '--mute'] {python} {made / '.venv'} ")
    assert str(source) in told[0]
    assert told[-1] == "prerun_quick True"


@debian
@pytest.mark.parametrize(
    ("spoilt", "text"),
    [
        ("requirements/run.txt", "one==2\n"),
        ("packaging/development.py", None),
        (".venv/uncramp-stamp.txt", ""),
        (".venv/uncramp-stamp.txt", "made: 2.7 /elsewhere\n"),
    ],
)
def test_whatever_changed_is_set_up_first(
    made: Path, home: Path, spoilt: str, text: str | None
) -> None:
    file = made / spoilt
    file.write_text(file.read_text() + "\n" if text is None else text)
    assert started(made, home, "play") == "set up run play"


@debian
def test_a_package_that_is_gone_is_set_up_first(made: Path, home: Path, dev: ModuleType) -> None:
    (dev.packages_of_venv() / "of the user").mkdir()  # more than was installed does no harm
    assert started(made, home) == "-m uncramp prerun_quick"
    (dev.packages_of_venv() / "tomli").rmdir()
    assert started(made, home, "play") == "set up run play"


@debian
@pytest.mark.parametrize("gone", [False, True])
def test_an_environment_without_a_package_is_made_anew(
    dev: ModuleType,
    made: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    gone: bool,
) -> None:
    done: list[str] = []
    monkeypatch.setattr(dev, "make_environment", lambda: done.append("made"))
    monkeypatch.setattr(dev, "install_dependencies", done.append)
    dev.write_stamp({**dev.read_stamp(), "run": dev.lock_sum("run")})
    assert (made / ".venv" / "bin" / "python").exists()
    if gone:
        (dev.packages_of_venv() / "tomli").rmdir()
    dev.set_up("run")
    assert done == (["made", "run"] if gone else [])
    assert ("A part of the environment is missing" in capsys.readouterr().out) == gone
    assert dev.read_stamp()["packages"] == dev.installed()


@debian
def test_a_first_start_with_a_display_looks_for_its_libraries(made: Path, home: Path) -> None:
    assert started(made, home, DISPLAY=":4714") == "set up run"
    (made / ".venv" / "bin" / "python").unlink()
    assert started(made, home) == "set up run"


def test_both_halves_agree_on_the_routine_of_a_start_without_a_display(
    dev: ModuleType, loaded_coach: Coach
) -> None:
    quick = (ROOT / "dev.py").read_text(encoding="utf-8")
    assert f'"{dev.WITHOUT_DISPLAY}"] = "{dev.QUICK_WARM_UP}"' in quick
    assert dev.WITHOUT_DISPLAY == WITHOUT_DISPLAY
    assert loaded_coach.library.find_routine(dev.QUICK_WARM_UP) is not None
    loaded_coach.close()
