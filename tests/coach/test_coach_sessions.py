"""Sessions begun, cut short and taken up again: what the journal's progress may say."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from uncramp.coach.coach import Coach
from uncramp.coach.places import find_places
from uncramp.coach.session.progress import progress_text, state_from_progress
from uncramp.coach.session.sessions import GO_ON_WITHIN, Sessions
from uncramp.model.body import Side
from uncramp.model.record import Outcome, PartRecord, SessionRecord
from uncramp.session import machine
from uncramp.session.machine import Phase
from uncramp.sound.speaker import Speaker

BEGIN = datetime(2026, 11, 21, 6, 50, tzinfo=UTC)


@pytest.fixture
def coach(tmp_path: Path) -> Iterator[Coach]:
    made = Coach(find_places(tmp_path))
    yield made
    made.close()


@pytest.mark.parametrize(
    "progress",
    [
        "",
        "{}",
        "[]",
        "null",
        "not json",
        "[" * 100_000,
        '{"elapsed_ms": Infinity, "segments": []}',
        '{"segments": [[1]]}',
        (
            '{"elapsed_ms": 1, "done_ms": [], "sets": [], "half_way": [], "repetition_ms": [], '
            '"segments": []}'
        ),
    ],
)
def test_progress_that_cannot_be_read_is_not_offered(progress: str) -> None:
    record = SessionRecord("i", "r", "R", BEGIN, None, Outcome.RUNNING, (), progress)
    assert state_from_progress(record) is None


WRONG: tuple[object, ...] = (
    None,
    True,
    -1,
    0,
    1e308,
    float("inf"),
    float("nan"),
    10**30,
    "",
    "x",
    [],
    {},
    [[]],
    "\0",
)


def test_spoilt_progress_is_refused_or_can_be_gone_on_with(coach: Coach) -> None:
    chosen = coach.library.routines["prerun_quick"]
    good = json.loads(progress_text(machine.new_session(coach.timeline(chosen)), 0))
    record = SessionRecord("i", "prerun_quick", "R", BEGIN, None, Outcome.RUNNING, ())
    refused = 0
    for seed in range(1_000):
        chance = random.Random(seed)
        spoilt = json.loads(json.dumps(good))
        place, key = spoilt, chance.choice(list(spoilt))
        while isinstance(place[key], list) and place[key] and chance.random() < 0.8:
            place, key = place[key], chance.randrange(len(place[key]))
        place[key] = chance.choice(WRONG)
        state = state_from_progress(replace(record, progress=json.dumps(spoilt)))
        if state is None:
            refused += 1
            continue
        assert state.timeline.end_ms <= 24 * 3_600_000
        assert all(segment.duration_ms > 0 for segment in state.timeline.segments)
        assert machine.work_done_ms(state) >= 0
        assert machine.position_at(state, 0).left_ms >= 0
    assert 500 < refused < 1_000


def interrupted_coach(tmp_path: Path, now: datetime) -> Coach:
    def read_date() -> datetime:
        return now

    return Coach(find_places(tmp_path), read_date=read_date)


def test_an_interrupted_session_is_offered_while_fresh_and_closed_later(tmp_path: Path) -> None:
    first = interrupted_coach(tmp_path, BEGIN)
    session = Sessions(first).begin(first.library.routines["prerun_quick"], None)
    session.start()
    first.close()

    soon = interrupted_coach(tmp_path, BEGIN + timedelta(minutes=5))
    offered = Sessions(soon).interrupted()
    assert offered is not None
    assert offered.id == session.record.id
    again = Sessions(soon).go_on(offered, None)
    assert again is not None
    assert again.state.phase is Phase.PAUSED
    soon.close()

    set_back = interrupted_coach(tmp_path, BEGIN - timedelta(minutes=5))
    assert Sessions(set_back).interrupted() is not None
    set_back.close()

    late = interrupted_coach(tmp_path, BEGIN + GO_ON_WITHIN + timedelta(minutes=1))
    assert Sessions(late).interrupted() is None
    assert late.journal is not None
    assert late.journal.sessions()[0].outcome is Outcome.ENDED_EARLY
    late.close()


def test_a_session_that_runs_in_another_process_is_neither_offered_nor_closed(
    tmp_path: Path,
) -> None:
    terminal = interrupted_coach(tmp_path, BEGIN)
    session = Sessions(terminal).begin(terminal.library.routines["prerun_quick"], None)
    session.start()
    for minutes in (1, 60 * 24):
        window = interrupted_coach(tmp_path, BEGIN + timedelta(minutes=minutes))
        assert Sessions(window).interrupted() is None
        assert window.journal is not None
        assert window.journal.sessions()[0].outcome is Outcome.RUNNING
        window.close()
    terminal.close()


def test_of_several_interrupted_sessions_the_latest_is_offered_and_the_others_closed(
    tmp_path: Path,
) -> None:
    ids = []
    for minutes in range(3):
        crashing = interrupted_coach(tmp_path, BEGIN + timedelta(minutes=minutes))
        session = Sessions(crashing).begin(crashing.library.routines["prerun_quick"], None)
        session.start()
        ids.append(session.record.id)
        crashing.close()
    later = interrupted_coach(tmp_path, BEGIN + timedelta(minutes=30))
    offered = Sessions(later).interrupted()
    assert offered is not None
    assert offered.id == ids[-1]
    assert later.journal is not None
    outcomes = {record.id: record.outcome for record in later.journal.sessions()}
    assert [outcomes[one] for one in ids] == [
        Outcome.ENDED_EARLY,
        Outcome.ENDED_EARLY,
        Outcome.RUNNING,
    ]
    later.close()


def test_a_session_whose_exercise_is_gone_is_closed_with_what_was_done(tmp_path: Path) -> None:
    first = interrupted_coach(tmp_path, BEGIN)
    session = Sessions(first).begin(first.library.routines["prerun_quick"], None)
    session.start()
    assert first.journal is not None
    parts = (PartRecord("gone_since", Side.NONE, 5_000, 4_000), *session.record.parts)
    first.journal.save_session(replace(session.record, parts=parts), BEGIN)
    first.close()
    later = interrupted_coach(tmp_path, BEGIN + timedelta(minutes=5))
    assert Sessions(later).interrupted() is None
    assert later.journal is not None
    (record,) = later.journal.sessions()
    assert record.outcome is Outcome.ENDED_EARLY
    assert record.done_ms == 4_000
    later.close()


def test_a_session_is_as_loud_as_was_chosen(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Speaker, "open", Speaker.close)  # no device is needed for that
    coach.settings = coach.settings._replace(volume=35, muted=True)
    sound, problems = Sessions(coach).open_sound()
    assert problems == ()
    assert sound.speaker.volume == 0.35
    assert sound.speaker.muted
    sound.close()
