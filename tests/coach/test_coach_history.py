"""A record that was kept in a spreadsheet: templates, what is understood, what is refused."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from uncramp.coach.coach import Coach
from uncramp.coach.diary.history import History, is_history, read_history, write_templates
from uncramp.coach.diary.taking import Offer, look_at, take, undo_last_entries
from uncramp.coach.places import Places
from uncramp.coach.session.past import past_session
from uncramp.journal.archive import Archive
from uncramp.journal.diary import Diary
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.crampday import cramp_day
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, Night, Run, is_hour_known
from uncramp.model.errors import EnvironmentFault
from uncramp.model.record import Outcome

NOW = datetime(2026, 11, 22, 8, 0).astimezone()


@pytest.fixture
def coach(places: Places) -> Iterator[Coach]:
    coach = Coach(places, lambda: NOW)
    yield coach
    coach.close()


def kept(coach: Coach) -> Contents:
    assert coach.journal is not None
    return Archive(coach.journal).read()[0]


def read(coach: Coach, path: Path, text: str | bytes, name: str = "my diary.csv") -> History:
    file = path / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    assert is_history([file])
    return read_history(coach, [file], kept(coach))


def messages(history: History) -> list[str]:
    return [str(problem).partition(".csv:")[2] for problem in history.problems]


def test_the_templates_are_read_again_and_their_examples_left_out(
    coach: Coach, tmp_path: Path
) -> None:
    files = write_templates(tmp_path / "tables")
    assert [file.name for file in files] == ["nights.csv", "cramps.csv", "sessions.csv", "runs.csv"]
    assert files[0].read_text() == "date,cramps,before_bed,next_morning\n2001-01-01,1,yes,yes\n"
    assert is_history([tmp_path / "tables"])
    history = read_history(coach, [tmp_path / "tables"], Contents())
    assert (history.contents, history.problems) == (Contents(), ())
    assert history.notes == ("The example rows, dated 2001-01-01, were left out.",)
    files[1].unlink()
    with pytest.raises(FileExistsError):
        write_templates(tmp_path / "tables")
    assert not files[1].exists()


def test_two_columns_are_enough_for_a_night(coach: Coach, tmp_path: Path) -> None:
    history = read(coach, tmp_path, "Date,Cramps\n2026-10-03,0\n2026-10-04,2\n2026-11-21,yes\n")
    assert history.problems == ()
    assert [(n.day.day, n.cramps, n.recalled) for n in history.contents.nights] == [
        (3, 0, True),
        (4, 2, True),
        (21, 1, False),  # last night is told in time
    ]
    (note,) = history.notes
    assert note.startswith(
        "2 nights count as filled in later: they are shown, but not used in any rate"
    )


def test_a_night_counts_in_full_where_the_file_says_when_and_whether(
    coach: Coach, tmp_path: Path
) -> None:
    history = read(
        coach,
        tmp_path,
        "date,cramps,before_bed,next_morning\n"
        "2026-10-03,0,yes,yes\n"
        "2026-10-04,0,no,yes\n"
        "2026-10-05,0,,yes\n"
        "2026-10-06,0,yes,no\n",
    )
    assert [night.recalled for night in history.contents.nights] == [False, False, True, True]
    routine = coach.library.routines["bedtime_trial"]
    sessions = history.contents.sessions
    assert [(s.routine, s.started_at.date().day) for s in sessions] == [
        (routine.id, 3),
        (routine.id, 6),
    ]
    for session in sessions:
        assert session.outcome is Outcome.FINISHED
        assert session.done_ms == session.planned_ms > 0
        # Of that evening, at an hour that nobody knows.
        assert cramp_day(session.started_at) == session.started_at.date()
        assert not is_hour_known(session.started_at)
    assert f"before_bed counts as a whole session of {routine.name}." in history.notes


def test_a_cramp_needs_its_day_and_place(coach: Coach, tmp_path: Path) -> None:
    history = read(
        coach,
        tmp_path,
        "date,time,muscle,side,pain,context\n"
        "2026-10-03,3:10,calf,left,7,\n"
        "2026-10-03,15:40,Foot,both,,\n"
        "2026-10-03,,hamstring,,,\n"
        "2026-10-03,10:00 pm,calf,right,0,after run\n"
        "2026-10-03,,shin,,,rest\n",
    )
    assert history.problems == ()
    first, second, third, fourth, fifth = history.contents.cramps
    assert (first.at, first.context) == (datetime(2026, 10, 3, 3, 10).astimezone(), "night")
    assert (first.day, first.side, first.pain) == (date(2026, 10, 2), Side.LEFT, 7)
    assert (second.context, second.muscle, second.side) == ("rest", CrampMuscle.FOOT, Side.NONE)
    assert (third.context, third.day, third.is_hour_known) == ("night", date(2026, 10, 3), False)
    assert (fourth.at.hour, fourth.context, fourth.pain) == (22, CrampContext.AFTER_RUN, 0)
    assert (fifth.context, fifth.at.date(), fifth.is_hour_known) == (
        "rest",
        date(2026, 10, 3),
        False,
    )
    assert all(cramp.recalled for cramp in history.contents.cramps)


def test_sessions_count_whole_and_those_not_done_are_left_out(coach: Coach, tmp_path: Path) -> None:
    history = read(
        coach,
        tmp_path,
        "date,routine,done\n2026-10-03,Quick 5,yes\n2026-10-03,quick 5,\n2026-10-04,R01,no\n"
        "2026-10-05,qick_5,yes\n",
    )
    first, second = history.contents.sessions
    assert first.id != second.id
    assert {s.routine for s in (first, second)} == {"prerun_quick"}
    assert first.done_ms == first.planned_ms > 0
    assert history.notes == ("1 session that was not done was left out.",)
    assert messages(history)[0].startswith("5:1: routine: there is no routine 'qick_5'")


@pytest.mark.parametrize(
    ("row", "seconds", "metres"),
    [
        ("2026-10-03,10,52.5", 3150, 10_000),
        ('2026-10-03,"10,5","52,5"', 3150, 10_500),
        ("2026-10-03,,52:30", 3150, None),
        ("2026-10-03,21.1,1:52:30", 6750, 21_100),
    ],
)
def test_runs_take_points_commas_and_clocks(
    coach: Coach, tmp_path: Path, row: str, seconds: int, metres: float | None
) -> None:
    (run,) = read(coach, tmp_path, f"date,km,minutes\n{row}\n").contents.runs
    assert (run.seconds, run.metres, run.source) == (seconds, metres, "my diary.csv")
    assert (run.started.date(), is_hour_known(run.started)) == (date(2026, 10, 3), False)


ROWS = (("2026-10-03", "10.5", "60"), ("2026-10-13", "8", "45"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "days", [("2026-10-03", "2026-10-13"), ("3.10.2026", "13.10.2026"), ("10/3/2026", "10/13/2026")]
)
def test_it_is_read_as_spreadsheets_save_it(
    coach: Coach,
    tmp_path: Path,
    encoding: str,
    separator: str,
    end: str,
    days: tuple[str, str],
) -> None:
    lines = [separator.join(["date", "km", "minutes"])]
    for day, (_, km, minutes) in zip(days, ROWS, strict=True):
        number = km.replace(".", ",") if separator != "," else km
        lines.append(separator.join([day, number, minutes]))
    history = read(coach, tmp_path, (end.join(lines) + end).encode(encoding))
    assert history.problems == ()
    assert [(run.started.day, run.metres) for run in history.contents.runs] == [
        (3, 10_500),
        (13, 8_000),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "date,km,minutes\n3/10/2026,1,9\n4/10/2026,1,9\n",
            "date: '3/10/2026' could mean two",
        ),
        (
            "date,km,minutes\n13/10/2026,1,9\n10/13/2026,1,9\n",
            "mixes dates with the day first and dates with the month",
        ),
        ("date,km,minutes\n46298,1,9\n", "2:1: date: '46298' is a spreadsheet's number for a date"),
        (
            "date,km,minutes\n2026-02-30,1,9\n",
            "2:1: date: '2026-02-30' is not a date in the calendar",
        ),
        ("date,km,minutes\n2026-11-23,1,9\n", "2:1: date: '2026-11-23' is in the future"),
        ("date,km,minutes\nlately,1,9\n", "2:1: date: 'lately' is not a date like"),
        ("date,km,minutes\n,1,9\n", "2:1: date: is missing"),
        ("date,km,minutes\n2026-10-03,far,9\n", "2:1: km: 'far' is not a number like"),
        ('date,km,minutes\n2026-10-03,"1.234,5",9\n', "km: '1.234,5' is not a number like"),
        ("date,km,minutes\n2026-10-03,-1,9\n", "km: '-1' is not a number like"),
        ("date,km,minutes\n2026-10-03,1,\n", "2:1: minutes: is missing"),
        ("date,km,minutes\n2026-10-03,1,0\n", "2:1: minutes: must be more than 0"),
        ("date,km,minutes\n2026-10-03,1,9,what\n", "2:1: has 4 cells, not 3"),
        ('date,km,minutes\n2026-10-03,"1,9\n', "2:1: unexpected end of data"),
        ("date,date,minutes\n2026-10-03,1,9\n", "1:1: the column 'date' appears more than once"),
        ("date,cramps\n2026-10-03,60\n", "2:1: cramps: '60' is more than 50"),
        ("date,cramps\n2026-10-03,1.5\n", "2:1: cramps: '1.5' is not a whole number"),
        ("date,cramps\n2026-10-03,some\n", "2:1: cramps: 'some' is not a number of cramps"),
        ("date,cramps\n2026-11-22,0\n", "2:1: date: '2026-11-22' is in the future"),
        ("date,cramps\n2026-10-03,0\n3.10.2026,1\n", "3:1: date: '2026-10-03' appears twice"),
        ("date,muscle,side\n2026-10-03,ear,\n", "2:1: muscle: 'ear' is not one of calf, foot"),
        ("date,muscle,pain\n2026-10-03,calf,11\n", "2:1: pain: '11' is more than 10"),
        ("date,muscle,time\n2026-10-03,calf,25:00\n", "2:1: time: '25:00' is not a time like"),
        ("date,muscle,time\n2026-11-22,calf,9:00\n", "2:1: time: '09:00:00' is in the future"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_cause_and_line(
    coach: Coach, tmp_path: Path, text: str, message: str
) -> None:
    history = read(coach, tmp_path, text)
    assert message in messages(history)[0]


def test_a_cause_is_told_once_with_its_lines(coach: Coach, tmp_path: Path) -> None:
    rows = "".join(f"2026-10-{day:02d},sometimes{day}\n" for day in range(1, 31))
    history = read(coach, tmp_path, f"date,cramps\n{rows}")
    (problem,) = messages(history)
    assert problem.startswith("2:1: cramps: 'sometimes1' is not a number of cramps, ")
    assert problem.endswith("(also in lines 3, 4, 5 and 26 more)")


def test_bytes_that_are_no_table_are_refused(coach: Coach, tmp_path: Path) -> None:
    good = "date,km,minutes\n2026-10-03,1,9\n"
    for content, message in (
        (good.encode() + b"\xff\xfe\n", "3:1: is not UTF-8"),
        (good.encode("utf-16") + b"\x00", "is not complete UTF-16"),
    ):
        history = read(coach, tmp_path, content)
        assert message in str(history.problems[0])
        assert history.contents == Contents()
    for content in (b"", b"\0" * 5000, good.encode("utf-16")[2:], b"a,b\n1,2\n", b"\xff" * 9):
        (tmp_path / "other.csv").write_bytes(content)
        assert not is_history([tmp_path / "other.csv"])
    assert not is_history([tmp_path / "nowhere", Path("/dev/null")])


def test_files_beside_the_tables_are_only_named(coach: Coach, tmp_path: Path) -> None:
    (tmp_path / "shopping.csv").write_text("what,price\nmilk,2\n")
    (tmp_path / "nights.csv").write_text("date,cramps,mood\n2026-10-03,0,good\n")
    history = read_history(coach, [tmp_path], Contents())
    assert len(history.contents.nights) == 1
    assert [problem.severity for problem in history.problems] == ["warning", "warning"]


def brought(coach: Coach, folder: Path) -> Offer:
    offer = look_at(coach, [folder])
    take(coach, offer, with_different=False)
    return offer


def test_the_same_files_again_bring_nothing(coach: Coach, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("date,cramps,before_bed\n2026-10-03,1,yes\n2026-10-04,0,no\n")
    (tmp_path / "b.csv").write_text("date,muscle\n2026-10-03,calf\n2026-10-03,calf\n")
    (tmp_path / "c.csv").write_text("date,routine\n2026-10-03,bedtime_trial\n2026-10-05,Quick 5\n")
    (tmp_path / "d.csv").write_text("date,km,minutes\n2026-10-03,10,60\n2026-10-03,10,60\n")
    first = brought(coach, tmp_path)
    # Two nights, two cramps, two runs; the bedtime session that two tables name is one.
    assert (first.changes.new.count, first.changes.same) == (8, 0)
    (tmp_path / "d.csv").rename(tmp_path / "e.csv")
    later = Coach(coach.places, lambda: NOW + timedelta(days=30))
    again = look_at(later, [tmp_path])
    later.close()
    assert (again.changes.new, again.changes.different.count) == (Contents(), 0)
    assert again.changes.same == 8


def test_what_the_journal_knows_better_is_left_out(coach: Coach, tmp_path: Path) -> None:
    assert coach.diary is not None
    watch = datetime(2026, 10, 3, 7, 15).astimezone()
    night = Night(date(2026, 10, 3), 1, NOW, recalled=False)
    coach.diary.save_run(Run("w", watch, 3590, 10_080.0), NOW)
    coach.diary.save_night(night, NOW)
    at = datetime(2026, 10, 4, 3, 5).astimezone()
    coach.diary.save_cramp(
        Cramp("c", at, CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT, pain=6), NOW
    )
    (tmp_path / "a.csv").write_text("date,cramps\n2026-10-03,1\n")
    (tmp_path / "b.csv").write_text("date,time,muscle,side\n2026-10-04,3:10,calf,left\n")
    (tmp_path / "d.csv").write_text("date,km,minutes\n2026-10-03,10,60\n2026-10-03,5,30\n")
    offer = look_at(coach, [tmp_path])
    assert (offer.changes.new.count, offer.changes.same) == (1, 1)
    assert offer.changes.new.runs[0].metres == 5_000
    assert "2 entries are already in the journal in more detail" in offer.notes[-1]


def test_a_session_that_was_led_is_not_taken_a_second_time(coach: Coach, tmp_path: Path) -> None:
    assert coach.journal is not None
    routine = coach.library.routines["bedtime_trial"]
    after_midnight = datetime(2026, 10, 4, 0, 30).astimezone()
    coach.journal.save_session(past_session(coach, routine, "led", after_midnight), NOW)
    (tmp_path / "c.csv").write_text(
        "date,routine\n2026-10-03,bedtime_trial\n2026-10-04,bedtime_trial\n"
    )
    (session,) = look_at(coach, [tmp_path]).changes.new.sessions
    assert session.started_at.date() == date(2026, 10, 4)


def test_a_cramp_in_a_night_without_one_is_said_before(coach: Coach, tmp_path: Path) -> None:
    assert coach.diary is not None
    coach.diary.save_night(Night(date(2026, 10, 3), 0, NOW), NOW)
    history = read(coach, tmp_path, "date,muscle\n2026-10-03,calf\n2026-10-07,calf\n")
    assert history.notes[-1].startswith("1 night that was logged without a cramp becomes")


def test_what_was_taken_is_taken_back_and_what_was_changed_since_stays(
    coach: Coach, tmp_path: Path
) -> None:
    assert coach.journal is not None
    diary = Diary(coach.journal)
    own = Night(date(2026, 10, 1), 0, NOW)
    diary.save_night(own, NOW - timedelta(days=1))
    (tmp_path / "a.csv").write_text("date,cramps\n2026-10-01,2\n2026-10-02,1\n2026-10-03,0\n")
    (tmp_path / "c.csv").write_text("date,routine\n2026-10-03,bedtime_trial\n")
    offer = look_at(coach, [tmp_path])
    assert (offer.changes.new.count, offer.changes.different.count) == (3, 1)
    take(coach, offer, with_different=True)
    assert [night.cramps for night in kept(coach).nights] == [2, 1, 0]
    changed = Night(date(2026, 10, 3), 4, NOW)
    diary.save_night(changed, NOW + timedelta(minutes=1))
    undone = undo_last_entries(coach)
    assert undone is not None
    assert (undone.entry_import.name, undone.gone, undone.kept) == (tmp_path.name, 3, 1)
    assert kept(coach) == Contents(nights=(own, changed))
    assert undo_last_entries(coach) is None


def test_sessions_of_an_export_without_their_parts_count_whole(
    coach: Coach, tmp_path: Path
) -> None:
    (tmp_path / "sessions.csv").write_text(
        "id,routine,routine_name,started_at,ended_at,outcome,progress\n"
        "a,prerun_quick,Quick 5,2026-10-03T18:00:00+00:00,,finished,\n"
        "b,prerun_quick,Quick 5,2026-10-04T18:00:00+00:00,,ended_early,\n"
    )
    offer = look_at(coach, [tmp_path])
    whole, early = offer.changes.new.sessions
    assert whole.done_ms == whole.planned_ms > 0
    assert early.planned_ms == 0
    assert offer.notes == ("1 session without parts counts as done in full.",)


def test_a_file_that_is_gone_is_a_sentence(coach: Coach, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="no file"):
        look_at(coach, [tmp_path / "gone.csv"])


def test_a_night_that_the_file_declares_better_is_offered_again(
    coach: Coach, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("date,cramps\n2026-10-03,1\n")
    brought(coach, tmp_path)
    (tmp_path / "a.csv").write_text("date,cramps,before_bed,next_morning\n2026-10-03,1,no,yes\n")
    offer = look_at(coach, [tmp_path])
    assert (offer.changes.new.count, offer.changes.different.count) == (0, 1)
    take(coach, offer, with_different=True)
    assert [night.recalled for night in kept(coach).nights] == [False]
    # And what the journal has as told in time is not made a memory.
    (tmp_path / "a.csv").write_text("date,cramps\n2026-10-03,1\n")
    assert look_at(coach, [tmp_path]).changes.is_empty
