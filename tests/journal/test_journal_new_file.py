"""Files written whole: on the disk, through links, never over a device; and what kills leave."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from uncramp.coach.whole_file import write_whole
from uncramp.journal.locks import TakenError, lock, sweep
from uncramp.journal.new_file import PREFIX, new_file
from uncramp.model.errors import EnvironmentFault

posix = pytest.mark.skipif(os.name != "posix", reason="links and devices as on Unix")

WRITING = """
import sys
from pathlib import Path
from uncramp.journal.new_file import new_file
with new_file(Path(sys.argv[1])) as new:
    new.write_text("half")
    print(new, flush=True)
    sys.stdin.read()
"""


def write(path: Path, text: str) -> None:
    with new_file(path) as new:
        new.write_text(text)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_takes_the_place_of_the_old_one_and_is_private(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old")
    write(file, "new")
    assert (names(tmp_path), file.read_text()) == (["a.txt"], "new")
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_content_and_name_are_brought_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        synced.append("folder" if is_folder else f"{os.fstat(descriptor).st_size} bytes")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    write(tmp_path / "a.txt", "four")
    assert synced == (["4 bytes", "folder"] if os.name == "posix" else ["4 bytes"])


def test_a_fault_while_it_is_filled_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old")
    with pytest.raises(ValueError, match="half way"), new_file(file) as new:
        new.write_text("half")
        raise ValueError("half way")
    assert (names(tmp_path), file.read_text()) == (["a.txt"], "old")


@posix
@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_one_and_its_file_is_replaced_in_its_own_folder(
    tmp_path: Path, there: bool
) -> None:
    folder, dotfiles = tmp_path / "folder", tmp_path / "dotfiles"
    folder.mkdir()
    dotfiles.mkdir()
    if there:
        (dotfiles / "a.txt").write_text("old")
    link = folder / "a.txt"
    link.symlink_to("../dotfiles/a.txt")
    write(link, "new")
    assert link.is_symlink()
    assert (dotfiles / "a.txt").read_text() == "new"
    assert not (dotfiles / "a.txt").is_symlink()
    assert (names(folder), names(dotfiles)) == (["a.txt"], ["a.txt"])


@posix
def test_what_is_no_ordinary_file_is_never_replaced(tmp_path: Path) -> None:
    pipe, link, loop = tmp_path / "pipe", tmp_path / "null", tmp_path / "loop"
    os.mkfifo(pipe)
    link.symlink_to(os.devnull)
    loop.symlink_to(loop)
    before = names(tmp_path)
    for path in (pipe, link, Path(os.devnull), loop, tmp_path):
        with pytest.raises(OSError, match=r"ordinary file|folder|symbolic links"):
            write(path, "new")
    assert names(tmp_path) == before
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.skipif(sys.platform == "win32", reason="an open file protects itself there")
def test_a_sweep_takes_what_a_killed_program_left_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("not ours")
    (tmp_path / f"{PREFIX}folder").mkdir()
    (tmp_path / f"{PREFIX}link").symlink_to("letter.txt")
    left = tmp_path / f"{PREFIX}left"
    left.write_text("half")
    writing = subprocess.Popen(
        [sys.executable, "-c", WRITING, str(tmp_path / "a.txt")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writing.stdout is not None
    new = Path(writing.stdout.readline().strip())
    sweep(tmp_path, f"{PREFIX}*")
    assert not left.exists()
    assert new.exists()
    writing.kill()
    writing.communicate()
    sweep(tmp_path, f"{PREFIX}*")
    assert names(tmp_path) == [f"{PREFIX}folder", f"{PREFIX}link", "letter.txt"]


@posix
def test_a_sweep_at_the_same_instant_takes_no_file_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sweeps has it before it is locked; then another one is filled."""
    sweeps = ["removed already", "about to be removed"]

    def swept(descriptor: int) -> None:
        if not sweeps:
            lock(descriptor)
        elif sweeps.pop() == "removed already":
            lock(descriptor)
            mine = os.fstat(descriptor).st_ino
            next(path for path in tmp_path.iterdir() if path.stat().st_ino == mine).unlink()
        else:
            raise TakenError

    monkeypatch.setattr("uncramp.journal.new_file.lock", swept)
    with new_file(tmp_path / "a.txt") as new:
        assert not sweeps
        assert new.exists()  # and is the locked one: any other would be made by filling it
        sweep(tmp_path, f"{PREFIX}*")
        assert list(tmp_path.iterdir()) == [new]


@posix
def test_the_folder_that_a_link_misses_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("none/a.txt")
    with pytest.raises(EnvironmentFault, match=f"There is no folder {tmp_path / 'none'}"):
        write_whole(tmp_path / "a.txt", b"")
