"""A journal where nothing can be written, of strange files, and one that is damaged: read."""

import os
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hard_disks import fill, read_only, small_disk

from uncramp.journal import schema
from uncramp.journal.archive import Archive, Losses
from uncramp.journal.database import CannotWrite
from uncramp.journal.diary import Diary
from uncramp.journal.store import FILE_NAME, Journal
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, Night
from uncramp.model.errors import EnvironmentFault

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
FIRST, SECOND = (Night(date(2026, 11, day), 1, NOW) for day in (1, 2))

CUT_SHORT = """
import os, sys
from datetime import UTC, date, datetime
from pathlib import Path
from uncramp.journal.diary import Diary
from uncramp.journal.store import Journal
from uncramp.model.diary import Night
now = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
Diary(Journal(Path(sys.argv[1]))).save_night(Night(date(2026, 11, 2), 1, now), now)
os._exit(0)
"""


def nights(journal: Journal) -> tuple[Night, ...]:
    return Diary(journal).nights(date.min, date.max)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def filled(folder: Path, *, cut_short: bool = False) -> None:
    """Write one night; and another one that a kill leaves in the file beside the journal."""
    with Journal(folder) as journal:
        Diary(journal).save_night(FIRST, NOW)
    if cut_short:
        subprocess.run([sys.executable, "-c", CUT_SHORT, str(folder)], check=True)
        assert (folder / f"{FILE_NAME}-wal").stat().st_size > 0


@pytest.mark.parametrize("cut_short", [False, True])
@pytest.mark.parametrize("shared", [False, True])
def test_a_folder_that_can_only_be_read_is_read(
    tmp_path: Path, cut_short: bool, shared: bool
) -> None:
    filled(tmp_path, cut_short=cut_short)
    if not shared:
        (tmp_path / f"{FILE_NAME}-shm").unlink(missing_ok=True)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with read_only(tmp_path), Journal(tmp_path) as journal:
        assert nights(journal) == ((FIRST, SECOND) if cut_short else (FIRST,))
        assert "cannot be written" in journal.refusal
        with pytest.raises(CannotWrite, match=r"^The journal .* cannot be written\.$"):
            Diary(journal).save_night(SECOND, NOW)
        assert len(nights(journal)) == 1 + cut_short
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_older_journal_is_read_in_the_form_of_today(tmp_path: Path) -> None:
    older = sqlite3.connect(tmp_path / FILE_NAME)
    for statement in (statement for step in schema.MIGRATIONS[:-1] for statement in step):
        older.execute(statement)
    older.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    older.execute(f"PRAGMA user_version = {schema.VERSION - 1}")
    night = ("2026-11-01", 1, "2026-11-22T08:00:00.000+00:00", 0, 0, "")
    older.execute("INSERT INTO night VALUES (?, ?, ?, ?, ?, ?)", night)
    older.commit()
    older.close()
    with read_only(tmp_path), Journal(tmp_path) as journal:
        assert nights(journal) == (FIRST,)
        assert names(tmp_path) == [FILE_NAME]


def test_without_a_journal_a_folder_that_can_only_be_read_is_one_sentence(tmp_path: Path) -> None:
    with read_only(tmp_path), pytest.raises(EnvironmentFault, match="cannot be used"):
        Journal(tmp_path)


def test_a_full_disk_is_read_and_written_again_once_there_is_room(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk):
        filled(disk)
        filling = fill(disk)
        with Journal(disk) as journal:
            assert nights(journal) == (FIRST,)
            with pytest.raises(CannotWrite, match="no room"):
                Diary(journal).save_night(SECOND, NOW)
            filling.unlink()
            Diary(journal).save_night(SECOND, NOW)
            assert journal.refusal == ""
        with Journal(disk) as journal:
            assert nights(journal) == (FIRST, SECOND)


@pytest.mark.skipif(os.name != "posix", reason="links and pipes as on Unix")
def test_nothing_is_closed_to_others_before_it_is_known_to_be_a_journal(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.sqlite"
    other = sqlite3.connect(foreign)
    other.execute("CREATE TABLE photo (name TEXT)")
    other.commit()
    other.close()
    os.mkfifo(tmp_path / "pipe")
    for target in (foreign, Path(os.devnull), tmp_path / "pipe"):
        mode = target.stat().st_mode
        foreign.chmod(0o644)
        folder = tmp_path / f"data-{target.name}"
        folder.mkdir()
        (folder / FILE_NAME).symlink_to(target)
        with pytest.raises(EnvironmentFault, match=r"not an Uncramp journal|not an ordinary file"):
            Journal(folder)
        assert stat.S_IFMT(target.stat().st_mode) == stat.S_IFMT(mode)
        assert stat.S_IMODE(target.stat().st_mode) & 0o044
        assert names(folder) == [FILE_NAME]


# -- damage


def spoil_page_of(path: Path, word: bytes) -> None:
    """Fill the page of the file in which a word stands with what no table has."""
    content = bytearray(path.read_bytes())
    page = content.index(word) // 4096
    content[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    path.write_bytes(bytes(content))


def test_of_a_damaged_journal_all_but_the_damaged_page_is_rescued(tmp_path: Path) -> None:
    cramps = tuple(
        Cramp(
            f"cramp {number:04}",
            NOW + timedelta(minutes=number),
            CrampContext.NIGHT,
            CrampMuscle.CALF,
            Side.LEFT,
            notes=f"note {number:04} " + "x" * 100,
        )
        for number in range(500)
    )
    with Journal(tmp_path) as journal:
        Archive(journal).add(Contents(nights=(FIRST,), cramps=cramps), NOW)
        assert Archive(journal).rescue() == (Contents(nights=(FIRST,), cramps=cramps), Losses())
    spoil_page_of(tmp_path / FILE_NAME, b"note 0250")
    with Journal(tmp_path) as journal:
        contents, losses = Archive(journal).rescue()
    assert losses == Losses(0, ("cramp",))
    assert contents.nights == (FIRST,)
    rescued = {cramp.id for cramp in contents.cramps}
    assert {"cramp 0000", "cramp 0499"} <= rescued
    assert "cramp 0250" not in rescued
    # A page of 4096 bytes holds at most 40 of at least 100 bytes.
    assert len(rescued) >= 500 - 40
    assert set(contents.cramps) <= set(cramps)
