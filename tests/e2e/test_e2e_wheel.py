"""The wheel, installed where nothing else of the project can be reached."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from _program import ROOT, stranger

pytest.importorskip("PySide6")
pytest.importorskip("hatchling")

LAUNCHER = """
import sys
sys.path[:0] = {paths!r}
from uncramp.__main__ import main
if __name__ == "__main__":
    sys.exit(main())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], ROOT)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def launcher(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A script that starts the installed copy; run it with `python -I -S`.

    Without the module `site` no .pth file counts, so src is out of reach; the packages that the
    wheel depends on are named by their folder.
    """
    folder = tmp_path_factory.mktemp("installed")
    into = folder / "site"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--no-deps", "--no-index", "--target", str(into), str(wheel)], folder)
    script = folder / "launch.py"
    paths = [str(into), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    script.write_text(LAUNCHER.format(paths=paths), encoding="utf-8")
    return script


def run(command: list[str], folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
        env=environment,
        cwd=folder,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_holds_the_program_and_its_data_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as content:
        names = set(content.namelist())
    (info,) = {name.split("/")[0] for name in names if ".dist-info/" in name}
    assert {name.split("/")[0] for name in names} == {"uncramp", info}
    packed = {name.removeprefix("uncramp/_data/") for name in names if "/_data/" in name}
    assert "routines/prerun_quick.routine.toml" in packed
    assert "assets/voice/en/manifest.json" in packed
    assert tracked("assets", "routines") <= packed
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]
    assert f"{info}/licenses/LICENSE" in names


def tracked(*folders: str) -> set[str]:
    """Return the files of a checkout; none where this is none, or there is no git to ask."""
    try:
        done = subprocess.run(
            ["git", "ls-files", *folders],
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
            cwd=ROOT,
        )
    except OSError:
        return set()
    return set(done.stdout.splitlines())


def test_src_is_out_of_its_reach(launcher: Path, tmp_path: Path) -> None:
    asked = (
        "import runpy, sys; runpy.run_path(sys.argv[1]); import uncramp; print(uncramp.__file__)"
    )
    found = run([sys.executable, "-I", "-S", "-c", asked, str(launcher)], tmp_path)
    assert Path(found.strip()).parent == launcher.parent / "site" / "uncramp"
    alone = launcher.read_text(encoding="utf-8").replace(str(launcher.parent / "site"), "")
    gone = subprocess.run(
        [sys.executable, "-I", "-S", "-c", alone],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=tmp_path,
    )
    assert "No module named 'uncramp'" in gone.stderr


def test_the_installed_copy_does_its_work(launcher: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, str(ROOT / "packaging" / "smoke_test.py"), "--"),
            *(sys.executable, "-I", "-S", str(launcher)),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env=stranger(tmp_path / "home"),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line[:2] for line in done.stdout.splitlines()] == ["ok"] * 8


def test_a_copy_without_its_data_fails_the_smoke_test(launcher: Path, tmp_path: Path) -> None:
    data = launcher.parent / "site" / "uncramp" / "_data" / "routines"
    away = data.with_name("away")
    data.rename(away)
    try:
        done = subprocess.run(
            [
                *(sys.executable, str(ROOT / "packaging" / "smoke_test.py"), "--"),
                *(sys.executable, "-I", "-S", str(launcher)),
            ],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
            env=stranger(tmp_path / "home"),
            cwd=tmp_path,
        )
    finally:
        away.rename(data)
    assert done.returncode == 1
    assert "The installation is incomplete" in done.stdout
