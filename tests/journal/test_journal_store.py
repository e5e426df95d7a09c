"""The journal's file: round trips, permissions, and calm refusals that lose nothing."""

import os
import random
import sqlite3
import stat
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from uncramp.journal import database, schema
from uncramp.journal.store import FILE_NAME, Journal
from uncramp.model.body import Side
from uncramp.model.errors import EnvironmentFault
from uncramp.model.record import Outcome, PartRecord, SessionRecord

KIRIBATI = timezone(timedelta(hours=14))
NOW = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)

RECORD = SessionRecord(
    id="6a1f0a9e-0000-4000-8000-000000000001",
    routine="prerun_quick",
    routine_name="Quick 5 – Σ عربي 🏃",
    started_at=datetime(2026, 3, 29, 1, 30, 0, 250_000, tzinfo=KIRIBATI),
    ended_at=None,
    outcome=Outcome.RUNNING,
    parts=(
        PartRecord("easy_jog", Side.NONE, 60_000, 60_000),
        PartRecord("wall_calf_pump", Side.LEFT, 20_000, 12_345),
    ),
    progress='{"elapsed_ms": 5}',
)


def test_a_session_comes_back_as_it_was_written(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.save_session(RECORD, NOW)
    with Journal(tmp_path) as journal:
        (found,) = journal.sessions()
    assert found == RECORD
    assert found.started_at.utcoffset() == timedelta(hours=14)


def test_saving_again_replaces_progress_and_parts(tmp_path: Path) -> None:
    done = replace(
        RECORD,
        ended_at=RECORD.started_at + timedelta(minutes=5),
        outcome=Outcome.FINISHED,
        parts=(RECORD.parts[0]._replace(done_ms=1),),
        progress="",
    )
    with Journal(tmp_path) as journal:
        journal.save_session(RECORD, NOW)
        assert journal.unfinished_sessions() == (RECORD,)
        journal.save_session(done, NOW)
        assert journal.sessions() == (done,)
        assert journal.unfinished_sessions() == ()


def test_sessions_come_newest_first_whatever_their_offset(tmp_path: Path) -> None:
    earlier = replace(RECORD, id="b", started_at=datetime(2026, 3, 28, 11, 0, tzinfo=UTC))
    with Journal(tmp_path) as journal:
        journal.save_session(earlier, NOW)
        journal.save_session(RECORD, NOW)
        assert [s.id for s in journal.sessions()] == [RECORD.id, "b"]
        assert [s.id for s in journal.sessions(limit=1, offset=1)] == ["b"]


def test_last_done_leaves_out_sessions_without_work(tmp_path: Path) -> None:
    nothing = replace(
        RECORD, id="c", started_at=NOW, parts=(PartRecord("easy_jog", Side.NONE, 60_000, 0),)
    )
    with Journal(tmp_path) as journal:
        journal.save_session(RECORD, NOW)
        journal.save_session(nothing, NOW)
        assert journal.last_done() == {"prerun_quick": RECORD.started_at}
        assert journal.times_done() == {"prerun_quick": 1}
        journal.save_session(replace(RECORD, id="again"), NOW)
        assert journal.times_done() == {"prerun_quick": 2}


def test_an_instant_without_offset_is_our_own_mistake(tmp_path: Path) -> None:
    naive = replace(RECORD, started_at=datetime(2026, 1, 1))  # the point
    with Journal(tmp_path) as journal, pytest.raises(ValueError, match="offset"):
        journal.save_session(naive, NOW)


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_only_the_owner_may_read(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with Journal(folder) as journal:
        journal.save_session(RECORD, NOW)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        for file in folder.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    Journal(tmp_path).close()
    raw = sqlite3.connect(tmp_path / FILE_NAME)
    assert raw.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
    assert raw.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    raw.close()


def changed(path: Path, statement: str) -> None:
    raw = sqlite3.connect(path)
    raw.execute(statement)
    raw.commit()
    raw.close()


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("PRAGMA user_version = 99", "newer Uncramp"),
        ("PRAGMA application_id = 7", "not an Uncramp journal"),
    ],
)
def test_foreign_and_newer_files_are_refused_untouched(
    tmp_path: Path, statement: str, says: str
) -> None:
    Journal(tmp_path).close()
    changed(tmp_path / FILE_NAME, statement)
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(EnvironmentFault, match=says):
        Journal(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize("content", [b"hello, I am no database" * 50, b"\0" * 5000])
def test_a_damaged_file_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(EnvironmentFault, match="journal"):
        Journal(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_a_file_in_use_is_named_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.01)
    with Journal(tmp_path) as journal:
        other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(EnvironmentFault, match="in use"):
            journal.save_session(RECORD, NOW)
        other.execute("ROLLBACK")
        other.close()
        journal.save_session(RECORD, NOW)
        assert len(journal.sessions()) == 1


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EnvironmentFault, match="cannot be used"):
        Journal(tmp_path / "file" / "data")


def test_an_older_file_is_copied_before_it_is_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Journal(tmp_path) as journal:
        journal.save_session(RECORD, NOW)
    older = schema.VERSION
    grown = (*schema.MIGRATIONS, ("ALTER TABLE session ADD COLUMN extra TEXT",))
    monkeypatch.setattr(database, "MIGRATIONS", grown)
    monkeypatch.setattr(database, "VERSION", older + 1)
    with Journal(tmp_path) as journal:
        assert journal.sessions() == (RECORD,)
    kept = tmp_path / f"journal-before-version-{older + 1}.sqlite"
    if os.name == "posix":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    copy = sqlite3.connect(kept)
    assert copy.execute("PRAGMA user_version").fetchone() == (older,)
    assert copy.execute("SELECT count(*) FROM session").fetchone() == (1,)
    copy.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Journal(tmp_path) as journal:
        journal.save_session(RECORD, NOW)
    broken = (*schema.MIGRATIONS, ("DROP TABLE session_part", "NOT SQL AT ALL"))
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", broken)
        patch.setattr(database, "VERSION", len(broken))
        with pytest.raises(EnvironmentFault):
            Journal(tmp_path)
    with Journal(tmp_path) as journal:
        assert journal.sessions() == (RECORD,)


KILLED = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from test_journal_store import NOW, RECORD
from uncramp.journal.store import Journal
journal = Journal(Path(sys.argv[1]))
for number in range(20):
    journal.save_session(replace(RECORD, id=str(number)), NOW)
journal._connection.execute("BEGIN IMMEDIATE")
journal._connection.execute("DELETE FROM session")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
def test_what_was_confirmed_survives_a_kill(tmp_path: Path) -> None:
    here = str(Path(__file__).parent)
    result = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), here, *sys.path], check=False
    )
    assert result.returncode == -9
    with Journal(tmp_path) as journal:
        assert len(journal.sessions()) == 20


def spoilt(data: bytes, seed: int) -> bytes:
    """Return the file cut, overwritten in places, or with other letters in its rows."""
    chance = random.Random(seed)
    content = bytearray(data)
    match seed % 4:
        case 0:
            return bytes(content[: chance.randrange(len(content))])
        case 1:
            for _ in range(chance.randrange(1, 40)):
                content[chance.randrange(len(content))] = chance.randrange(256)
        case 2:
            start = chance.randrange(len(content))
            end = min(len(content), start + chance.randrange(1, 4000))
            content[start:end] = chance.randbytes(end - start)
        case _:
            for _ in range(30):
                word = chance.choice([b"running", b"left", b"2026", b"+00:00", b"none"])
                place = content.find(word, chance.randrange(len(content)))
                if place >= 0:
                    content[place + chance.randrange(len(word))] = chance.choice(b"\0 9z\xc3\xff")
    return bytes(content)


def test_a_spoilt_file_works_or_is_told_in_a_sentence(tmp_path: Path) -> None:
    sound = tmp_path / "sound"
    with Journal(sound) as journal:
        for day in range(30):
            started_at = RECORD.started_at + timedelta(days=day)
            journal.save_session(replace(RECORD, id=str(day), started_at=started_at), NOW)
    data = (sound / FILE_NAME).read_bytes()
    told = Counter[str]()
    for seed in range(200):
        folder = tmp_path / str(seed)
        folder.mkdir()
        (folder / FILE_NAME).write_bytes(spoilt(data, seed))
        for use in (
            Journal.sessions,
            Journal.last_done,
            Journal.times_done,
            Journal.unfinished_sessions,
            lambda journal: journal.save_session(replace(RECORD, id="3"), NOW),
        ):
            try:
                with Journal(folder) as journal:
                    use(journal)
                told["works"] += 1
            except EnvironmentFault as fault:
                told["damaged" if "damaged" in str(fault) else "refused"] += 1
    assert told["works"] > 50
    assert told["damaged"] > 50


def test_a_foreign_database_keeps_every_byte(tmp_path: Path) -> None:
    foreign = sqlite3.connect(tmp_path / FILE_NAME)
    foreign.execute("CREATE TABLE photo (name TEXT)")
    foreign.commit()
    foreign.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(EnvironmentFault, match="not an Uncramp journal"):
        Journal(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_a_file_that_was_never_filled_is_taken(tmp_path: Path) -> None:
    """The program may end between making the file and filling it."""
    half = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    half.execute("PRAGMA journal_mode = WAL")
    half.close()
    assert (tmp_path / FILE_NAME).stat().st_size > 0
    with Journal(tmp_path) as journal:
        journal.save_session(RECORD, NOW)
        assert journal.sessions() == (RECORD,)


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_a_journal_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    Journal(tmp_path).close()
    (tmp_path / FILE_NAME).chmod(0o644)
    with Journal(tmp_path) as journal:
        journal.save_session(RECORD, NOW)
        for file in tmp_path.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


OPENED_AT_ONCE = """
import sys
from collections import Counter
from pathlib import Path
from uncramp.journal.store import Journal
sys.stdin.read()
Journal(Path(sys.argv[1])).close()
"""


def test_many_first_starts_at_once_make_one_journal(tmp_path: Path) -> None:
    for attempt in range(3):
        starting = [
            subprocess.Popen(
                [sys.executable, "-c", OPENED_AT_ONCE, str(tmp_path / str(attempt))],
                stdin=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(6)
        ]
        for process in starting:
            assert process.stdin is not None
            process.stdin.close()
            process.stdin = None
        complaints = [process.communicate()[1] for process in starting]
        assert complaints == [""] * len(starting)


def test_a_commit_that_fails_leaves_the_next_one_free(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal._connection.execute("PRAGMA max_page_count = 12")
        big = replace(RECORD, progress="x" * 100_000)
        with pytest.raises(EnvironmentFault, match="no room"):
            journal.save_session(big, NOW)
        journal._connection.execute("PRAGMA max_page_count = 100000")
        journal.save_session(big, NOW)
        assert journal.sessions() == (big,)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere an open file cannot be moved")
def test_a_journal_that_goes_while_it_is_open_is_told_and_may_come_back(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.save_session(RECORD, NOW)
        path, aside = tmp_path / FILE_NAME, tmp_path / "aside"
        path.rename(aside)
        with pytest.raises(EnvironmentFault, match="moved or deleted"):
            journal.save_session(RECORD, NOW)
        path.write_bytes(b"another")
        with pytest.raises(EnvironmentFault, match="moved or deleted"):
            journal.save_session(RECORD, NOW)
        aside.replace(path)
        journal.save_session(replace(RECORD, id="later"), NOW)
    with Journal(tmp_path) as journal:
        assert {record.id for record in journal.sessions()} == {RECORD.id, "later"}


def test_whatever_ends_a_transaction_leaves_the_next_one_free(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.save_session(RECORD, NOW)
        with pytest.raises(KeyboardInterrupt), database.transaction(journal._connection):
            journal._connection.execute("DELETE FROM session")
            raise KeyboardInterrupt
        journal.save_session(replace(RECORD, id="next"), NOW)
        assert len(journal.sessions()) == 2


def test_every_connection_keeps_the_rules(tmp_path: Path) -> None:
    for _ in range(2):
        with Journal(tmp_path) as journal:
            for pragma, value in (
                ("foreign_keys", 1),
                ("journal_mode", "wal"),
                ("synchronous", 2),
                ("busy_timeout", 200),
            ):
                found = journal._connection.execute(f"PRAGMA {pragma}").fetchone()
                assert found == (value,), pragma


def test_a_journal_used_after_it_was_closed_is_our_own_mistake(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.close()
    with pytest.raises(sqlite3.ProgrammingError):
        journal.sessions()
