"""What the user tells comes back as it was told, and what was deleted can be brought back."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from diary_values import cramps, instants, runs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uncramp.journal.diary import Diary
from uncramp.journal.schema import APPLICATION_ID, MIGRATIONS
from uncramp.journal.store import FILE_NAME, Journal
from uncramp.journal.studies import Studies
from uncramp.model.body import Side
from uncramp.model.check_in import CheckIn
from uncramp.model.diary import (
    Cramp,
    CrampContext,
    CrampMuscle,
    DayContext,
    Night,
    Run,
)
from uncramp.model.errors import EnvironmentFault
from uncramp.model.experiment import Design, Ending, Experiment
from uncramp.model.plan import Pause, Plan, PlanItem, Skip, Tie
from uncramp.model.record import Outcome, PartRecord, SessionRecord

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=1)))
EVER = (datetime(1990, 1, 1, tzinfo=UTC), datetime(2110, 1, 1, tzinfo=UTC))
DAYS = (date(1990, 1, 1), date(2110, 1, 1))

words = st.text(max_size=40)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Diary]:
    with Journal(tmp_path_factory.mktemp("shared")) as journal:
        yield Diary(journal)


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    with Journal(tmp_path) as journal:
        yield Diary(journal)


quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@given(cramp=cramps(words))
@quick
def test_a_cramp_comes_back_as_it_was_told(shared: Diary, cramp: Cramp) -> None:
    shared.save_cramp(cramp, NOW)
    found = next(one for one in shared.cramps(*EVER) if one.id == cramp.id)
    assert found == cramp
    assert found.at.utcoffset() == cramp.at.utcoffset()
    assert found.day == cramp.day


@given(run=runs(words))
@quick
def test_a_run_comes_back_as_it_was_told(shared: Diary, run: Run) -> None:
    shared.save_run(run, NOW)
    assert next(one for one in shared.runs(*EVER) if one.id == run.id) == run


@given(
    night=st.builds(
        Night,
        day=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
        cramps=st.integers(0, 50),
        answered=instants,
        recalled=st.booleans(),
    )
)
@quick
def test_an_answer_comes_back_and_a_new_one_takes_its_place(shared: Diary, night: Night) -> None:
    shared.save_night(replace(night, cramps=50 - night.cramps), NOW)
    shared.save_night(night, NOW)
    assert shared.nights(night.day, night.day) == (night,)
    shared.forget_night(night.day)
    assert shared.nights(night.day, night.day) == ()


@given(
    values=st.dictionaries(
        st.text(max_size=20),
        st.booleans() | st.integers(-(10**9), 10**9) | words | st.floats(-1e9, 1e9),
        max_size=6,
    )
)
@quick
def test_a_day_comes_back_as_it_was_told(
    shared: Diary, values: dict[str, bool | int | float | str]
) -> None:
    day = DayContext(date(2026, 11, 22), NOW, values)
    shared.save_day(day, NOW)
    assert shared.days(day.day, day.day) == (day,)


def test_the_plan_comes_back_with_pauses_and_skips(diary: Diary) -> None:
    start = date(2026, 11, 2)
    items = (
        PlanItem("a", "bedtime_trial", Tie.BEDTIME, frozenset(range(7)), 0, start, None, "21:30"),
        PlanItem("b", "prerun_quick", Tie.BEFORE_RUN, frozenset(), 3, start, date(2026, 11, 9)),
        PlanItem("c", "desk_break", Tie.ANY_TIME, frozenset({0}), 0, start, None, "09:00", "17:00"),
        PlanItem("d", "desk_break", Tie.BEDTIME, frozenset({0}), 0, start),
    )
    plan = Plan(
        items,
        (Pause("p", start, None, "Ωραία"), Pause("q", start, date(2026, 11, 5))),
        frozenset({Skip("a", start), Skip("b", start)}),
    )
    diary.save_plan(plan, NOW)
    assert diary.plan() == plan
    diary.save_plan(Plan(items[:1]), NOW)
    assert diary.plan() == Plan(items[:1])


def cramp_at(at: datetime, cramp_id: str = "c") -> Cramp:
    return Cramp(cramp_id, at, CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT)


def test_what_was_deleted_can_be_brought_back(diary: Diary) -> None:
    cramp = replace(cramp_at(NOW), notes="dear")
    run = Run("r", NOW, 60)
    diary.save_cramp(cramp, NOW)
    diary.save_run(run, NOW)
    diary.delete_cramp("c", NOW)
    diary.delete_run("r", NOW)
    assert diary.cramps(*EVER) == ()
    assert diary.runs(*EVER) == ()
    diary.bring_back_cramp("c")
    diary.bring_back_run("r")
    assert diary.cramps(*EVER) == (cramp,)
    assert diary.runs(*EVER) == (run,)


def test_periods_take_their_first_instant_and_not_their_last(diary: Diary) -> None:
    for hour in (0, 1, 2):
        diary.save_cramp(cramp_at(NOW + timedelta(hours=hour), str(hour)), NOW)
    found = diary.cramps(NOW, NOW + timedelta(hours=2))
    assert [one.id for one in found] == ["0", "1"]
    elsewhere = NOW.astimezone(timezone(timedelta(hours=-8)))
    assert diary.cramps(elsewhere, elsewhere + timedelta(hours=2)) == found


def test_an_older_file_is_brought_up_to_date_and_kept(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    old = sqlite3.connect(path)
    for statement in MIGRATIONS[0]:
        old.execute(statement)
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute("PRAGMA user_version = 1")
    old.execute(
        "INSERT INTO session VALUES ('s', 'prerun_quick', 'Quick 5', "
        "'2026-11-20T07:00:00.000+00:00', 60, NULL, 'finished', '', '2026-11-20T07:05:00+00:00')"
    )
    old.execute("INSERT INTO session_part VALUES ('s', 0, 'easy_jog', 'none', 60000, 60000)")
    old.commit()
    old.close()
    before = path.read_bytes()
    with Journal(tmp_path) as journal:
        (record,) = journal.sessions()
        assert record == SessionRecord(
            "s",
            "prerun_quick",
            "Quick 5",
            datetime(2026, 11, 20, 8, tzinfo=timezone(timedelta(hours=1))),
            None,
            Outcome.FINISHED,
            (PartRecord("easy_jog", Side.NONE, 60_000, 60_000),),
        )
        Diary(journal).save_night(Night(date(2026, 11, 21), 0, NOW), NOW)
    kept = sqlite3.connect(tmp_path / "journal-before-version-2.sqlite")
    assert kept.execute("PRAGMA user_version").fetchone() == (1,)
    assert kept.execute("SELECT count(*) FROM session").fetchone() == (1,)
    kept.close()
    assert before[:16] == b"SQLite format 3\0"


def test_a_file_of_the_version_before_takes_experiments_and_keeps_what_it_had(
    tmp_path: Path,
) -> None:
    path = tmp_path / FILE_NAME
    old = sqlite3.connect(path)
    for step in MIGRATIONS[:2]:
        for statement in step:
            old.execute(statement)
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute("PRAGMA user_version = 2")
    old.execute(
        "INSERT INTO night VALUES ('2026-11-20', 2, '2026-11-21T07:00:00.000+00:00', 60, 0, "
        "'2026-11-21T07:00:00.000+00:00')"
    )
    old.commit()
    old.close()
    experiment = Experiment(
        "e", "bedtime_trial", Design.RANDOM_WEEKS, date(2026, 11, 23), 12, 2, 2**53, NOW
    )
    check_in = CheckIn(date(2026, 11, 22), NOW, "new shoes", "salts", "sleep", 3)
    with Journal(tmp_path) as journal:
        (night,) = Diary(journal).nights(date(2026, 11, 1), date(2026, 11, 30))
        assert (night.day, night.cramps) == (date(2026, 11, 20), 2)
        studies = Studies(journal)
        assert studies.experiments() == ()
        studies.save_experiment(experiment, NOW)
        studies.save_check_in(check_in, NOW)
    with Journal(tmp_path) as journal:
        studies = Studies(journal)
        assert studies.experiments() == (experiment,)
        assert studies.check_ins() == (check_in,)
        stopped = replace(experiment, stopped=date(2026, 12, 1), ending=Ending.PAIN)
        studies.save_experiment(stopped, NOW)
        assert studies.experiments() == (stopped,)
        studies.delete_experiment("e", NOW)
        assert studies.experiments() == ()
        studies.bring_back_experiment("e")
        assert studies.experiments() == (stopped,)
        studies.save_check_in(replace(check_in, rating=None), NOW)
        assert [one.rating for one in studies.check_ins()] == [None]
        studies.forget_check_in(check_in.day)
        assert studies.check_ins() == ()
    kept = sqlite3.connect(tmp_path / "journal-before-version-3.sqlite")
    assert kept.execute("PRAGMA user_version").fetchone() == (2,)
    kept.close()


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("cramp", "context", "dreaming"),
        ("cramp", "at_utc", "2026-11-22 at noon"),
        ("cramp", "relief", "magic"),
        ("night", "day", "2026-99-99"),
    ],
)
def test_what_we_cannot_have_written_is_damage_told_in_one_sentence(
    tmp_path: Path, table: str, column: str, value: str
) -> None:
    with Journal(tmp_path) as journal:
        diary = Diary(journal)
        diary.save_cramp(cramp_at(NOW), NOW)
        diary.save_night(Night(date(2026, 11, 21), 1, NOW), NOW)
        other = sqlite3.connect(tmp_path / FILE_NAME)
        other.execute(f"UPDATE {table} SET {column} = ?", (value,))
        other.commit()
        other.close()
        with pytest.raises(EnvironmentFault, match="damaged"):
            if table == "cramp":
                diary.cramps(EVER[0], datetime.max.replace(tzinfo=UTC))
            else:
                diary.nights(DAYS[0], date.max)


@pytest.mark.parametrize(
    "changes", [{"pain": 11}, {"soreness": -1}, {"seconds": -1}, {"disturbance": 99}]
)
def test_impossible_numbers_are_refused(changes: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="is"):
        replace(cramp_at(NOW), **changes)  # type: ignore[arg-type]


def test_a_plan_of_the_version_before_comes_back_with_reminders_once_a_day(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / FILE_NAME)
    for step in MIGRATIONS[:4]:
        for statement in step:
            old.execute(statement)
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute("PRAGMA user_version = 4")
    old.execute(
        "INSERT INTO plan_item VALUES ('a', 'desk_break', 'any_time', '01234', 0, '2026-11-02', "
        "NULL, '10:00', '2026-11-02T08:00:00.000+00:00')"
    )
    old.commit()
    old.close()
    days = frozenset(range(5))
    item = PlanItem("a", "desk_break", Tie.ANY_TIME, days, 0, date(2026, 11, 2), None, "10:00", "")
    with Journal(tmp_path) as journal:
        assert Diary(journal).plan() == Plan((item,))
        hourly = replace(item, remind_until="17:00")
        Diary(journal).save_plan(Plan((hourly,)), NOW)
        assert Diary(journal).plan() == Plan((hourly,))
    kept = sqlite3.connect(tmp_path / "journal-before-version-5.sqlite")
    assert kept.execute("PRAGMA user_version").fetchone() == (4,)
    kept.close()
