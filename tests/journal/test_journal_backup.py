"""Dated copies: whole, private, few enough, and one comes back while the present file is kept."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from uncramp.journal import backup
from uncramp.journal.archive import Archive
from uncramp.journal.database import JournalDamage
from uncramp.journal.diary import Diary
from uncramp.journal.store import FILE_NAME, Journal
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, DayContext, Night, Run
from uncramp.model.errors import EnvironmentFault
from uncramp.model.record import Outcome, PartRecord, SessionRecord

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=1)))
TODAY = NOW.date()
NIGHT = Night(date(2026, 11, 21), 2, NOW)
CRAMP = Cramp("c", NOW, CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT)
SESSION = SessionRecord(
    "s",
    "bedtime_trial",
    "Bedtime",
    NOW,
    NOW,
    Outcome.FINISHED,
    (PartRecord("wall_calf_static", Side.LEFT, 10_000, 10_000),),
)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path) as made:
        yield made


def nights(folder: Path) -> tuple[Night, ...]:
    with Journal(folder) as journal:
        return Diary(journal).nights(date.min, date.max)


def made_on(folder: Path, days: list[date]) -> None:
    folder.mkdir(exist_ok=True)
    for day in days:
        (folder / f"journal-{day}.sqlite").write_bytes(b"x")


def test_a_copy_holds_what_was_confirmed_and_only_the_owner_reads_it(
    journal: Journal, tmp_path: Path
) -> None:
    Diary(journal).save_night(NIGHT, NOW)  # still in the file beside the journal
    folder = tmp_path / "backups"
    made = backup.back_up(journal.path, folder, TODAY)
    assert backup.backups(folder) == (made,)
    assert [path.name for path in folder.iterdir()] == ["journal-2026-11-22.sqlite"]
    if os.name == "posix":
        assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (tmp_path / "there").mkdir()
    made.path.rename(tmp_path / "there" / FILE_NAME)
    assert nights(tmp_path / "there") == (NIGHT,)


def test_one_copy_a_day_is_due(journal: Journal, tmp_path: Path) -> None:
    assert backup.is_due(tmp_path, TODAY)
    backup.back_up(journal.path, tmp_path, TODAY)
    assert not backup.is_due(tmp_path, TODAY)
    assert backup.is_due(tmp_path, TODAY + timedelta(days=1))


def test_fourteen_days_and_twelve_months_stay(tmp_path: Path) -> None:
    days = [TODAY - timedelta(days=back) for back in range(800)]
    made_on(tmp_path, days)
    (tmp_path / "journal-2026-99-99.sqlite").write_text("not a day")
    (tmp_path / "letter.txt").write_text("not ours")
    backup.prune(tmp_path)
    stay = [one.day for one in backup.backups(tmp_path)]
    assert stay[:14] == days[:14]
    # November has its days above; before it the last day of each of eleven months.
    ends = [date(2026, 11, 1) - timedelta(days=1)]
    while len(ends) < 11:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    assert stay[14:] == ends
    assert (tmp_path / "letter.txt").exists()


def test_a_damaged_journal_pushes_no_good_copy_out(journal: Journal, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    for number in range(3000):
        journal._connection.execute(
            "INSERT INTO night VALUES (?, 0, '2026', 0, 0, '2026')", (f"{number:08}",)
        )
    good = backup.back_up(journal.path, folder, TODAY)
    before = good.path.read_bytes()
    journal.close()
    with journal.path.open("r+b") as file:
        file.seek(4096 * 25)
        file.write(b"\xff" * 8)  # copying alone does not notice
    with pytest.raises(JournalDamage):
        backup.back_up(journal.path, folder, TODAY)
    assert good.path.read_bytes() == before
    assert backup.newest_good(folder) == good
    (folder / "journal-2026-11-23.sqlite").write_bytes(b"SQLite format 3\0 and no more")
    assert backup.newest_good(folder) == good


def test_a_copy_whose_index_misses_rows_is_not_kept(journal: Journal, tmp_path: Path) -> None:
    """The quick check does not see it; a search by the index would not find the row."""
    Diary(journal).save_night(NIGHT, NOW)
    journal.close()
    spoiling = sqlite3.connect(journal.path)
    spoiling.execute("CREATE INDEX spoilt ON night (cramps)")
    spoiling.execute("PRAGMA writable_schema = ON")
    name = spoiling.execute("SELECT * FROM sqlite_master WHERE name = 'spoilt'").fetchone()
    spoiling.execute("DELETE FROM sqlite_master WHERE name = 'spoilt'")
    spoiling.commit()
    spoiling.close()
    with Journal(tmp_path) as again:
        Diary(again).save_night(replace(NIGHT, day=TODAY), NOW)
    spoiling = sqlite3.connect(journal.path)
    spoiling.execute("PRAGMA writable_schema = ON")
    spoiling.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", name)
    spoiling.commit()
    spoiling.close()
    spoiling = sqlite3.connect(journal.path)
    assert spoiling.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    spoiling.close()
    with pytest.raises(JournalDamage, match="missing from index"):
        backup.back_up(journal.path, tmp_path / "backups", TODAY)
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_copy_comes_back_to_where_a_link_leads(tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    data.mkdir()
    elsewhere.mkdir()
    (data / FILE_NAME).symlink_to(elsewhere / FILE_NAME)
    with Journal(data) as journal:
        Diary(journal).save_night(NIGHT, NOW)
        copy = backup.back_up(journal.path, tmp_path / "backups", TODAY)
        Diary(journal).save_night(replace(NIGHT, day=TODAY), NOW)
    aside = backup.restore(copy.path, data / FILE_NAME, NOW)
    assert (data / FILE_NAME).is_symlink()
    assert nights(data) == (NIGHT,)
    assert aside is not None
    assert aside.parent == elsewhere


def test_a_copy_comes_back_and_the_present_file_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    with Journal(tmp_path) as journal:
        Diary(journal).save_night(NIGHT, NOW)
        made = backup.back_up(journal.path, folder, TODAY)
        Diary(journal).save_night(replace(NIGHT, day=TODAY), NOW)
    aside = backup.restore(made.path, tmp_path / FILE_NAME, NOW)
    assert nights(tmp_path) == (NIGHT,)
    assert aside is not None
    (tmp_path / "aside").mkdir()
    aside.rename(tmp_path / "aside" / FILE_NAME)
    assert len(nights(tmp_path / "aside")) == 2


def test_writings_beside_a_damaged_file_never_reach_the_one_that_comes_back(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "backups"
    journal = Journal(tmp_path)
    Diary(journal).save_night(NIGHT, NOW)
    made = backup.back_up(journal.path, folder, TODAY)
    Diary(journal).save_night(replace(NIGHT, day=TODAY), NOW)
    rest = (tmp_path / f"{FILE_NAME}-wal").read_bytes()
    journal.close()
    (tmp_path / FILE_NAME).write_bytes(b"damaged")
    (tmp_path / f"{FILE_NAME}-wal").write_bytes(rest)
    aside = backup.restore(made.path, tmp_path / FILE_NAME, NOW)
    assert nights(tmp_path) == (NIGHT,)
    assert aside is not None
    assert aside.read_bytes() == b"damaged"


def test_what_is_no_backup_takes_nobodys_place(journal: Journal, tmp_path: Path) -> None:
    Diary(journal).save_night(NIGHT, NOW)
    journal.close()
    before = sorted(path.name for path in tmp_path.iterdir())
    other = tmp_path / "other.sqlite"
    sqlite3.connect(other).close()
    for wrong in (other, tmp_path / "missing.sqlite", tmp_path):
        with pytest.raises(EnvironmentFault, match="cannot be used"):
            backup.restore(wrong, tmp_path / FILE_NAME, NOW)
    other.unlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert nights(tmp_path) == (NIGHT,)


def test_a_folder_in_the_way_is_one_sentence(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("in the way")
    with pytest.raises(EnvironmentFault, match="cannot be used"):
        backup.back_up(journal.path, tmp_path / "backups", TODAY)


# -- everything at once


def filled(journal: Journal) -> Contents:
    contents = Contents(
        sessions=(SESSION,),
        nights=(NIGHT,),
        cramps=(CRAMP, replace(CRAMP, id="d", at=NOW + timedelta(hours=1))),
        days=(DayContext(TODAY, NOW, {"sleep_h": 7}),),
        runs=(Run("r", NOW, 60),),
    )
    Archive(journal).add(contents, NOW)
    return contents


@pytest.mark.parametrize(
    ("spoil", "lost"),
    [
        ("UPDATE cramp SET context = 'dreaming' WHERE id = 'c'", 1),
        ("UPDATE cramp SET at_utc = 'noon' WHERE id = 'c'", 1),
        ("UPDATE cramp SET notes = CAST(x'ff41' AS TEXT), relief = 'magic' WHERE id = 'c'", 1),
        (
            "UPDATE cramp SET muscle = CAST(x'ff' AS TEXT) WHERE id = 'c'",
            1,
        ),
        ("UPDATE day_context SET content = '[1]'", 1),
        ("UPDATE day_context SET content = '{\"a\": '", 1),
        ("UPDATE night SET day = '2026-99-99'", 1),
        ("UPDATE session SET offset_min = 100000000", 1),
        ("UPDATE run SET terrain = 'moon'", 1),
    ],
)
def test_one_damaged_row_hides_no_other(journal: Journal, spoil: str, lost: int) -> None:
    whole = filled(journal)
    journal._connection.execute(spoil)
    read, unreadable = Archive(journal).read()
    assert unreadable == lost
    assert read.count == whole.count - lost


def test_erasing_leaves_nothing_in_the_file(journal: Journal, tmp_path: Path) -> None:
    secret = "Nobody may know of this"
    Archive(journal).add(Contents(cramps=(replace(CRAMP, notes=secret),)), NOW)
    Diary(journal).delete_cramp("c", NOW)
    Archive(journal).erase()
    assert Archive(journal).read() == (Contents(), 0)
    for path in tmp_path.iterdir():
        assert secret.encode() not in path.read_bytes(), path
    Archive(journal).add(Contents(nights=(NIGHT,)), NOW)
    journal.close()
    assert nights(tmp_path) == (NIGHT,)


def test_what_another_program_reads_is_not_said_to_be_erased(
    journal: Journal, tmp_path: Path
) -> None:
    secret = "Nobody may know of this"
    Archive(journal).add(Contents(cramps=(replace(CRAMP, notes=secret),)), NOW)
    other = sqlite3.connect(journal.path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM cramp").fetchone()
    with pytest.raises(EnvironmentFault, match="erase again"):
        Archive(journal).erase()
    other.close()
    Archive(journal).erase()
    for path in tmp_path.iterdir():
        assert secret.encode() not in path.read_bytes(), path


def test_every_change_makes_another_version(journal: Journal, tmp_path: Path) -> None:
    seen = {Archive(journal).version()}
    filled(journal)
    seen.add(Archive(journal).version())
    with Journal(tmp_path) as other:
        Diary(other).forget_night(NIGHT.day)
    seen.add(Archive(journal).version())
    assert len(seen) == 3
    assert Archive(journal).version() in seen


def test_a_session_that_was_taken_out_can_be_saved_again(journal: Journal) -> None:
    filled(journal)
    Archive(journal).forget_session("s")
    assert journal.sessions() == ()
    journal.save_session(SESSION, NOW)
    assert journal.sessions() == (SESSION,)
