"""Sessions that another living process guides are told from those that were cut short."""

import subprocess
import sys
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from uncramp.journal.locks import lock
from uncramp.journal.presence import Presence
from uncramp.journal.store import Journal
from uncramp.model.record import Outcome, SessionRecord

NOW = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)
RECORD = SessionRecord(
    id=str(uuid.UUID(int=7)),
    routine="prerun_quick",
    routine_name="Quick 5",
    started_at=NOW,
    ended_at=None,
    outcome=Outcome.RUNNING,
    parts=(),
    progress="{}",
)

GUIDING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from uncramp.journal.store import Journal
from uncramp.model.record import Outcome, SessionRecord
now = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)
journal = Journal(Path(sys.argv[1]))
record = SessionRecord(sys.argv[2], "prerun_quick", "Quick 5", now, None, Outcome.RUNNING, ())
journal.save_session(record, now)
print("guiding", flush=True)
sys.stdin.read()
"""


def guiding(folder: Path) -> "subprocess.Popen[str]":
    """Return another process, in the middle of a session."""
    process = subprocess.Popen(
        [sys.executable, "-c", GUIDING, str(folder), RECORD.id],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "guiding\n"
    return process


def ended(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.communicate()


def test_a_session_that_runs_elsewhere_was_not_cut_short_until_its_process_ends(
    tmp_path: Path,
) -> None:
    other = guiding(tmp_path)
    try:
        with Journal(tmp_path) as journal:
            assert [record.id for record in journal.sessions()] == [RECORD.id]
            assert journal.unfinished_sessions() == ()
            ended(other)
            assert [record.id for record in journal.unfinished_sessions()] == [RECORD.id]
    finally:
        ended(other)
    assert not list(tmp_path.glob("*.lock"))


def test_the_lock_is_given_back_when_the_session_ends_or_the_journal_closes(
    tmp_path: Path,
) -> None:
    with Journal(tmp_path) as looking:
        guided = Journal(tmp_path)
        guided.save_session(RECORD, NOW)
        guided.save_session(RECORD, NOW)
        assert guided.unfinished_sessions() == (RECORD,)
        assert looking.unfinished_sessions() == ()
        guided.close()
        assert looking.unfinished_sessions() == (RECORD,)
        with Journal(tmp_path) as again:
            again.save_session(RECORD, NOW)
            assert list(tmp_path.glob("*.lock"))
            again.save_session(replace(RECORD, outcome=Outcome.FINISHED), NOW)
            assert not list(tmp_path.glob("*.lock"))


def test_no_id_of_a_spoilt_journal_becomes_a_path(tmp_path: Path) -> None:
    presence = Presence(tmp_path / "data")
    (tmp_path / "data").mkdir()
    for spoilt in ("../../escape", "", "running", "\0", "x" * 5000):
        presence.hold(spoilt)
        assert not presence.is_elsewhere(spoilt)
    assert [path.name for path in tmp_path.rglob("*")] == ["data"]


def test_where_nothing_can_be_locked_nothing_counts_as_alive(tmp_path: Path) -> None:
    presence = Presence(tmp_path / "missing")
    presence.hold(RECORD.id)
    assert not presence.is_elsewhere(RECORD.id)
    presence.release_all()


def test_a_file_that_is_swept_while_it_is_locked_is_locked_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweeps = [True]

    def swept(descriptor: int) -> None:
        lock(descriptor)
        if sweeps:
            sweeps.pop()
            next(tmp_path.glob("running-*.lock")).unlink()

    monkeypatch.setattr("uncramp.journal.presence.lock", swept)
    guiding_here = Presence(tmp_path)
    guiding_here.hold(RECORD.id)
    assert Presence(tmp_path).is_elsewhere(RECORD.id)
    guiding_here.release_all()
    assert list(tmp_path.iterdir()) == []
