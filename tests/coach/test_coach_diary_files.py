"""The journal written out and read again: exact, told at its place, never over what is there."""

import csv
import io
import json
import os
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from diary_values import cramps, ids, instants, runs, scales
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from uncramp.coach.coach import Coach
from uncramp.coach.diary import files as diary_files
from uncramp.coach.diary.backups import backups
from uncramp.coach.diary.files import (
    as_csv,
    as_json,
    as_zip,
    export,
    read_files,
)
from uncramp.coach.diary.tables import TABLES
from uncramp.coach.diary.taking import Offer, changes, take
from uncramp.journal.archive import Archive
from uncramp.journal.store import Journal
from uncramp.model.body import Side
from uncramp.model.check_in import CheckIn
from uncramp.model.contents import Contents
from uncramp.model.diary import (
    Cramp,
    CrampContext,
    CrampMuscle,
    DayContext,
    DayValue,
    Night,
    Run,
)
from uncramp.model.errors import EnvironmentFault
from uncramp.model.experiment import LARGEST_SEED, Design, Ending, Experiment
from uncramp.model.plan import Pause, Plan, PlanItem, Skip, Tie
from uncramp.model.problem import Severity
from uncramp.model.record import Outcome, PartRecord, SessionRecord

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=1)))


def noted_day(
    day: date, answered: datetime, noted: Mapping[str, tuple[DayValue, datetime | None]]
) -> DayContext:
    """Return a day of which some values were noted later."""
    return DayContext(
        day,
        answered,
        {key: value for key, (value, _) in noted.items()},
        {key: at for key, (_, at) in noted.items() if at is not None},
    )


words = st.text(max_size=30) | st.sampled_from(
    ["=1+1", "'=x", "'", "+49 30", "-", "@a", "\r", "\n", "a,b", '"', "\ufeff", "\0", " ", "٣ Ω 🏃"]
)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
day_values = st.booleans() | st.integers(-(10**9), 10**9) | words | st.floats(-1e9, 1e9)


def several(kind: st.SearchStrategy, key: str) -> st.SearchStrategy:
    return st.lists(kind, max_size=3, unique_by=lambda one: getattr(one, key)).map(tuple)


contents = st.builds(
    Contents,
    sessions=several(
        st.builds(
            SessionRecord,
            id=ids,
            routine=words,
            routine_name=words,
            started_at=instants,
            ended_at=st.none() | instants,
            outcome=st.sampled_from(Outcome),
            parts=st.lists(
                st.builds(
                    PartRecord,
                    words,
                    st.sampled_from(Side),
                    st.integers(0, 10**9),
                    st.integers(0, 10**9),
                ),
                max_size=3,
            ).map(tuple),
            progress=words,
        ),
        "id",
    ),
    nights=several(st.builds(Night, days, st.integers(0, 50), instants, st.booleans()), "day"),
    cramps=several(cramps(words), "id"),
    days=several(
        st.builds(
            noted_day,
            days,
            instants,
            st.dictionaries(words, st.tuples(day_values, st.none() | instants), max_size=3),
        ),
        "day",
    ),
    runs=several(runs(words), "id"),
    plan=st.builds(
        Plan,
        several(
            st.builds(
                PlanItem,
                ids,
                words,
                st.sampled_from(Tie),
                st.frozensets(st.integers(0, 6), min_size=1),
                st.just(0),
                days,
                st.none() | days,
                st.sampled_from(["", "21:30"]),
            )
            | st.builds(
                PlanItem,
                ids,
                words,
                st.sampled_from(Tie),
                st.just(frozenset()),
                st.integers(1, 7),
                days,
            ),
            "id",
        ),
        several(st.builds(Pause, ids, days, st.none() | days, words), "id"),
        st.frozensets(st.builds(Skip, words, days), max_size=3),
    ),
    experiments=several(
        st.builds(
            Experiment,
            ids,
            words,
            st.just(Design.RANDOM_WEEKS),
            days,
            st.integers(1, 12).map(lambda n: 2 * n),
            st.integers(0, 6),
            st.integers(0, LARGEST_SEED),
            instants,
            days,
            st.sampled_from(Ending),
            words,
        )
        | st.builds(
            Experiment,
            ids,
            words,
            st.just(Design.NIGHT_PAIRS),
            days,
            st.just(12),
            st.just(0),
            st.integers(0, LARGEST_SEED),
            instants,
        ),
        "id",
    ),
    check_ins=several(st.builds(CheckIn, days, instants, words, words, words, scales), "day"),
)

CRAMP = Cramp("c", NOW, CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT, 90, 7, notes="=ouch")
SOME = Contents(
    nights=(Night(date(2026, 11, 20), 0, NOW), Night(date(2026, 11, 21), 1, NOW)),
    cramps=(CRAMP,),
    days=(DayContext(date(2026, 11, 21), NOW, {"sleep_h": 7.5, "massage": True}),),
    runs=(Run("r", NOW, 1800, 5000.0),),
    plan=Plan((PlanItem("i", "bedtime_trial", Tie.BEDTIME, frozenset({0}), 0, NOW.date()),)),
    experiments=(
        Experiment("e", "bedtime_trial", Design.NIGHT_PAIRS, date(2026, 11, 2), 12, 0, 7, NOW),
    ),
    check_ins=(CheckIn(date(2026, 11, 1), NOW, "new shoes", "=salts", "earlier to bed", 4),),
)

quick = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=40,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking all of it takes minutes
)


def folder_of(path: Path, found: Contents) -> Path:
    for old in path.iterdir():
        old.unlink()
    export(found, path, "csv")
    return path


def json_of(path: Path, found: Contents) -> Path:
    (path / "all.json").write_bytes(as_json(found))
    return path / "all.json"


def zip_of(path: Path, found: Contents) -> Path:
    (path / "all.zip").write_bytes(as_zip(found))
    return path / "all.zip"


def test_an_export_from_before_the_hourly_reminder_is_read_whole(tmp_path: Path) -> None:
    old = folder_of(tmp_path, SOME) / "plan_items.csv"
    head, row = old.read_text().splitlines()
    assert (head.rpartition(",")[2], row.rpartition(",")[2]) == ("remind_until", "")
    old.write_text(f"{head.rpartition(',')[0]}\n{row.rpartition(',')[0]}\n")
    assert read_files(tmp_path) == (SOME, ())


@pytest.mark.parametrize("written", [folder_of, json_of, zip_of])
@given(found=contents)
@quick
def test_what_was_written_out_is_read_again_exactly(
    tmp_path: Path, written: Callable[[Path, Contents], Path], found: Contents
) -> None:
    path = tmp_path / "out"
    path.mkdir(exist_ok=True)
    read, problems = read_files(written(path, found))
    assert problems == ()
    assert read == found
    # Equal instants may still differ in the clock on the wall, which the cramp-day goes by.
    assert [one.day for one in read.cramps] == [one.day for one in found.cramps]


@given(found=contents)
@quick
def test_a_journal_takes_an_export_whole(
    tmp_path_factory: pytest.TempPathFactory, found: Contents
) -> None:
    with Journal(tmp_path_factory.mktemp("journal")) as journal:
        Archive(journal).add(found, NOW)
        kept, unreadable = Archive(journal).read()
    assert unreadable == 0
    assert set(kept.cramps) == set(found.cramps)
    assert set(kept.runs) == set(found.runs)
    assert set(kept.nights) == set(found.nights)
    assert {one.day: one for one in kept.days} == {one.day: one for one in found.days}
    assert {one.id: one for one in kept.sessions} == {one.id: one for one in found.sessions}
    assert set(kept.plan.items) == set(found.plan.items)
    assert set(kept.plan.pauses) == set(found.plan.pauses)
    assert kept.plan.skips == found.plan.skips


def test_a_spreadsheet_finds_no_formula(tmp_path: Path) -> None:
    lines = as_csv(SOME)["cramps.csv"].decode()
    assert "'=ouch" in lines
    assert ",=" not in lines


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("pain", "11", "cramps.csv:2:1: pain: 11 is not between 0 and 10"),
        ("pain", "much", "cramps.csv:2:1: pain: 'much' is not a whole number"),
        ("pain", "nan", "pain: nan is not a whole number"),
        ("at", "yesterday", "at: 'yesterday' is not a time like"),
        ("at", "2026-11-22T03:10:00", "is not a time like"),
        ("at", "0001-01-01T00:00:00+14:00", "is not a time like"),
        ("muscle", "ear", "muscle: 'ear' is not one of calf, foot"),
        ("relief", "stretch magic", "relief: ['stretch', 'magic'] is not one of stretch, walk"),
        ("seconds", "1e400", "seconds: inf is not"),
    ],
)
def test_what_is_wrong_is_told_at_its_place_and_left_out(
    tmp_path: Path, column: str, cell: str, told: str
) -> None:
    head = [one.name for one in TABLES["cramps"]]
    row = as_csv(SOME)["cramps.csv"].decode().splitlines()[1].split(",")
    good = ",".join(row)
    row[head.index(column)] = cell
    path = tmp_path / "cramps.csv"
    path.write_text("\n".join([",".join(head), ",".join(row), good]) + "\n")
    read, problems = read_files(path)
    assert [told in str(problem) for problem in problems] == [True]
    assert read.cramps == (CRAMP,)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("nights.csv", b"", "is empty"),
        ("nights.csv", b"day,cramps\n", "nights.csv:1:1: there is no column answered, recalled"),
        ("nights.csv", b'day,cramps,answered,recalled\n"2026', "nights.csv:2:1: unexpected end"),
        ("nights.csv", b"day,cramps,answered,recalled\n2026-11-21,1\n", ":2:1: has 2 cells, not 4"),
        ("nights.csv", b"day,cramps,answered,recalled\n\xff\n", "nights.csv:2:1: is not UTF-8"),
        ("photos.csv", b"a,b\n", "is not one of the files sessions.csv"),
        ("all.json", b"{", "all.json:1:2: Expecting property name"),
        ("all.json", b"[1]", "contains no Uncramp journal"),
        ("all.json", b"[" * 100_000, "contains no journal"),
        ("all.json", b'{"program": "uncramp", "format": 99}', "has format 99"),
        ("all.json", b'{"program": "uncramp", "format": 1, "runs": 3}', "runs: is not a list"),
        (
            "all.json",
            b'{"program": "uncramp", "format": 1, "plan_skips": [{"item": "a", "day": 3}]}',
            "plan_skips[0].day: 3 is not a date like",
        ),
    ],
)
def test_files_that_are_none_of_ours_are_told_in_a_line(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    read, problems = read_files(tmp_path / name)
    assert read == Contents()
    assert len(problems) == 1
    assert told in str(problems[0])


def test_the_line_of_a_row_counts_the_lines_of_notes_before_it(tmp_path: Path) -> None:
    three = replace(CRAMP, id="a", notes="one\ntwo\nthree")
    bad = as_csv(Contents(cramps=(three, CRAMP)))["cramps.csv"].replace(b",7,", b",70,")
    (tmp_path / "cramps.csv").write_bytes(bad)
    _, problems = read_files(tmp_path / "cramps.csv")
    assert [str(problem) for problem in problems] == [
        f"{tmp_path}/cramps.csv:2:1: pain: 70 is not between 0 and 10 (also in line 5)"
    ]


def test_a_thing_that_is_there_twice_counts_once_and_is_told(tmp_path: Path) -> None:
    content = json.loads(as_json(SOME))
    content["runs"] *= 2
    (tmp_path / "all.json").write_text(json.dumps(content))
    read, problems = read_files(tmp_path / "all.json")
    assert len(read.runs) == 1
    assert "'r' appears twice" in str(problems[0])


def test_a_column_that_is_not_known_is_only_a_warning(tmp_path: Path) -> None:
    (tmp_path / "plan_skips.csv").write_text("item,day,mood\na,2026-11-22,good\n")
    read, (problem,) = read_files(tmp_path / "plan_skips.csv")
    assert problem.severity is Severity.WARNING
    assert len(read.plan.skips) == 1


def test_hostile_zip_files_are_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("nights.csv", b"0" * 5_000_000)
    monkeypatch.setattr(diary_files, "LARGEST_BYTES", 1_000_000)
    with pytest.raises(EnvironmentFault, match="too large"):
        read_files(bomb)
    cut = tmp_path / "cut.zip"
    good = as_zip(SOME)
    cut.write_bytes(good[:40] + b"\0\0\0\0" + good[44:])
    with pytest.raises(EnvironmentFault, match="zip file that can be read"):
        read_files(cut)
    stray = io.BytesIO()
    with zipfile.ZipFile(stray, "w") as archive:
        archive.writestr("../nights.csv", b"day\n")
    (tmp_path / "stray.zip").write_bytes(stray.getvalue())
    with pytest.raises(EnvironmentFault, match="no journal tables"):
        read_files(tmp_path / "stray.zip")


def test_what_cannot_be_found_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="no file"):
        read_files(tmp_path / "none.json")
    with pytest.raises(EnvironmentFault, match="no journal tables"):
        read_files(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe as on Unix")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(EnvironmentFault, match="not an ordinary file"):
        read_files(tmp_path / "pipe.json")


def test_an_import_adds_and_never_overwrites_unasked(loaded_coach: Coach) -> None:
    coach = loaded_coach
    assert coach.journal is not None
    archive = Archive(coach.journal)
    mine = replace(CRAMP, notes="mine")
    archive.add(Contents(cramps=(mine,), runs=SOME.runs), NOW)
    found = changes(archive.read()[0], SOME)
    assert (found.new.count, found.different.count, found.same) == (5, 1, 1)
    assert found.new.plan == SOME.plan
    take(coach, Offer("all.json", found), with_different=False)
    kept, _ = archive.read()
    assert kept.cramps == (mine,)
    assert kept.nights == SOME.nights
    assert kept.plan == SOME.plan
    again = changes(kept, SOME)
    assert (again.new.count, again.different.count, again.same) == (0, 1, 6)
    take(coach, Offer("all.json", again), with_different=True)
    assert archive.read()[0] == SOME
    assert changes(archive.read()[0], SOME).is_empty
    assert len(backups(coach)) == 1


def test_each_cause_is_one_message_with_its_lines(tmp_path: Path) -> None:
    rows = [f"2026-11-{day:02d},many,2026-11-30T08:00:00+01:00,no" for day in range(1, 8)]
    rows.append("2026-11-20,0,2026-11-30T08:00:00+01:00,perhaps")
    (tmp_path / "nights.csv").write_text("\n".join(["day,cramps,answered,recalled", *rows]))
    _, problems = read_files(tmp_path / "nights.csv")
    assert [str(problem).partition("nights.csv:")[2] for problem in problems] == [
        "2:1: cramps: 'many' is not a whole number (also in lines 3, 4, 5 and 3 more)",
        "9:1: recalled: 'perhaps' is neither yes nor no",
    ]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_what_a_spreadsheet_has_saved_again_is_read_or_named(
    tmp_path: Path, separator: str
) -> None:
    folder = folder_of(tmp_path, SOME)
    for path in folder.iterdir():
        rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
        text = "\r\n".join(separator.join(row) for row in rows)
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_files(folder) == (SOME, ())
    nights = folder / "nights.csv"
    nights.write_text(nights.read_text("utf-8-sig").replace("2026-11-20", "20.11.2026", 1))
    read, (problem,) = read_files(nights)
    assert (
        "day: '20.11.2026' is not a date like 2026-11-22; a spreadsheet program has changed"
        in str(problem)
    )
    assert read.nights == SOME.nights[1:]
