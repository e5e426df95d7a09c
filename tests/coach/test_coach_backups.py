"""Backups, what is left of those that were cut short, and erasing: nothing of the user stays."""

import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hard_disks import read_only

from uncramp.coach.coach import Coach
from uncramp.coach.diary import backups
from uncramp.coach.diary.backups import DailyBackup, back_up_now, erase, restore, sweep_leftovers
from uncramp.coach.diary.files import read_files
from uncramp.coach.places import Places
from uncramp.coach.plan.reminders import Memory, save_memory
from uncramp.journal.archive import Archive
from uncramp.journal.store import FILE_NAME, Journal
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle
from uncramp.model.errors import EnvironmentFault
from uncramp.model.record import Outcome, SessionRecord

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=1)))
SECRET = "Nobody-may-know-of-this"
CRAMP = Cramp("c", NOW, CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT, notes=SECRET)
UNUSED = "running-00000000-0000-0000-0000-000000000007.lock"


def holding(folder: Path, secret: bytes) -> list[Path]:
    """Return the files anywhere below a folder in which the word stands."""
    return [path for path in folder.rglob("*") if path.is_file() and secret in path.read_bytes()]


def leave_as_kills_do(data: Path) -> list[Path]:
    """Leave what a kill leaves in a backup, a replacing, a restoring and a saving of settings."""
    copy = (data / FILE_NAME).read_bytes()
    left = [
        data / "backups" / ".new-abcdefgh.sqlite",
        data / "backups" / ".new-abcdefgh.sqlite-journal",
        data / "backups" / ".new-ijklmnop",
        data / ".new-qrstuvwx.sqlite",
        data / ".new-yz012345",
        data / ".settings-abcdefgh",
        data / "routines" / ".new-abcdefgh",
        data / "routines" / "exercises" / ".new-abcdefgh",
        data / "cache" / ".new-abcdefgh",
        data / "cache" / "cards.json.4711.new",
        data / UNUSED,
    ]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(copy + SECRET.encode())
    return left


@pytest.fixture
def coach(loaded_coach: Coach) -> Coach:
    """The coach of a user with a secret, which is in a backup, too."""
    assert loaded_coach.journal is not None
    Archive(loaded_coach.journal).add(Contents(cramps=(CRAMP,)), NOW)
    back_up_now(loaded_coach)
    return loaded_coach


def test_erasing_leaves_no_byte_of_the_user_anywhere(coach: Coach, places: Places) -> None:
    left = leave_as_kills_do(places.data)
    kept_otherwise = [
        places.data / "journal-aside-2026-11-20-080000.sqlite",
        places.data / "journal-aside-2026-11-20-080000.sqlite-wal",
        places.data / "journal-before-version-3.sqlite",
        places.data / "backups" / "journal-2026-11-02.sqlite",
        places.cache / "runs_seen.json",
    ]
    for path in kept_otherwise:
        path.write_text(SECRET)
    save_memory(places.data, Memory(True, True, muscles=(SECRET,)), NOW.date())
    assert len(holding(places.data, SECRET.encode())) >= len(left) + len(kept_otherwise) + 2
    erase(coach, None)
    coach.close()
    assert holding(places.data, SECRET.encode()) == []


@pytest.mark.skipif(os.name != "posix", reason="links as on Unix")
def test_a_journal_behind_a_link_is_erased_with_its_copies(
    places: Places, loaded_coach: Coach, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    places.data.mkdir()
    (places.data / FILE_NAME).symlink_to(elsewhere / FILE_NAME)
    assert loaded_coach.journal is not None
    Archive(loaded_coach.journal).add(Contents(cramps=(CRAMP,)), NOW)
    chosen = back_up_now(loaded_coach)
    restore(loaded_coach, chosen)
    assert len(list(elsewhere.glob("journal-aside-*.sqlite"))) == 1
    erase(loaded_coach, None)
    loaded_coach.close()
    assert (places.data / FILE_NAME).is_symlink()
    assert holding(tmp_path, SECRET.encode()) == []


def test_the_last_copy_stays_where_it_was_wanted(coach: Coach, places: Places) -> None:
    (places.data / "routines").mkdir()
    last = places.data / "journal-aside-mine.sqlite"
    erase(coach, places.data / "routines" / ".." / last.name)
    assert holding(places.data, SECRET.encode()) == [last]
    again = last.rename(last.with_suffix(".json"))
    contents, problems = read_files(again)
    assert ([cramp.notes for cramp in contents.cramps], problems) == ([SECRET], ())


def test_a_copy_that_cannot_be_removed_is_named(coach: Coach, places: Places) -> None:
    stubborn = places.data / "journal-aside-folder"
    stubborn.mkdir()
    with pytest.raises(EnvironmentFault, match=r"was erased, but .*journal-aside-folder could not"):
        erase(coach, None)
    assert coach.journal is not None
    assert Archive(coach.journal).read()[0] == Contents()
    assert backups.backups(coach) == ()


def test_a_start_sweeps_what_was_left_and_nothing_that_is_in_use(
    coach: Coach, places: Places
) -> None:
    left = leave_as_kills_do(places.data)
    own = places.data / "routines" / "mine.routine.toml"
    own.write_text("mine")
    with Journal(places.data) as other:
        # Another program is in the middle of a session.
        number = "00000000-0000-0000-0000-000000000009"
        other.save_session(SessionRecord(number, "r", "R", NOW, None, Outcome.RUNNING, ()), NOW)
        sweep_leftovers(places)
        assert not any(path.exists() for path in left)
        assert (places.data / f"running-{number}.lock").exists()
    assert own.exists()
    assert len(backups.backups(coach)) == 1


def test_no_backup_is_due_where_nothing_can_be_written(coach: Coach, places: Places) -> None:
    coach.close()
    for path in (places.data / "backups").iterdir():
        path.unlink()
    assert DailyBackup(coach).is_due()
    coach.close()
    with read_only(places.data):
        assert not DailyBackup(coach).is_due()
        coach.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe as on Unix")
def test_a_sweep_waits_for_no_pipe(places: Places) -> None:
    places.data.mkdir(parents=True)
    os.mkfifo(places.data / ".new-pipe")
    sweep_leftovers(places)
    assert (places.data / ".new-pipe").exists()
