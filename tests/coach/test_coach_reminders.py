"""Reminders: due, late, put off, and only when it was not done yet."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from uncramp.analysis.adherence import Doing
from uncramp.coach.opening import FILE_NAME, opening
from uncramp.coach.plan.planning import Rhythm, with_pause, with_routine
from uncramp.coach.plan.reminders import (
    Memory,
    Outlook,
    Snooze,
    is_quiet,
    load_memory,
    outlook,
    put_off,
    save_memory,
    told,
)
from uncramp.model.errors import EnvironmentFault
from uncramp.model.plan import Plan, Tie

MONDAY = date(2026, 11, 16)
PLAN = with_routine(Plan(), "evening", Rhythm(Tie.BEDTIME, remind="22:00"), MONDAY)


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    return datetime(2026, 11, 16, hour, minute, tzinfo=UTC) + timedelta(days=days)


def look(now: datetime, memory: Memory = Memory(), plan: Plan = PLAN) -> Outlook:  # noqa: B008
    return outlook(plan, (), memory, now)


def test_before_its_time_it_comes_next() -> None:
    seen = look(at(21, 59))
    assert seen.due == ()
    assert seen.coming is not None
    assert seen.coming.at == datetime(2026, 11, 16, 22)


def test_at_its_time_it_is_due_once() -> None:
    seen = look(at(22))
    assert [one.item.routine for one in seen.due] == ["evening"]
    memory = told(Memory(), seen.due)
    again = look(at(22, 1), memory)
    assert again.due == ()
    assert again.coming is not None
    assert again.coming.at == datetime(2026, 11, 17, 22)


def test_what_was_done_is_not_reminded_of() -> None:
    done = (Doing("evening", MONDAY, 60.0, 60.0),)
    assert outlook(PLAN, done, Memory(), at(22)).due == ()
    half = (Doing("evening", MONDAY, 30.0, 60.0),)
    assert len(outlook(PLAN, half, Memory(), at(22)).due) == 1


def test_after_a_sleep_of_the_machine_it_is_late_and_later_not_told() -> None:
    assert len(look(at(23, 59)).due) == 1
    assert look(at(0, 1, days=1)).due == ()
    assert look(at(7, days=1)).due == ()


def test_a_pause_is_silent() -> None:
    paused = with_pause(PLAN, MONDAY, None, "")
    assert look(at(22), plan=paused) == Outlook()


def test_a_clock_that_is_set_back_tells_nothing_twice() -> None:
    memory = told(Memory(), look(at(22)).due)
    seen = look(at(21), memory)
    assert seen.due == ()
    assert look(at(22, 5), memory).due == ()


def test_on_a_journey_the_clock_on_the_wall_decides() -> None:
    far = datetime(2026, 11, 16, 22, tzinfo=timezone(timedelta(hours=-8)))
    assert len(look(far).due) == 1


@pytest.mark.parametrize(
    ("by", "back"),
    [
        (Snooze.TEN_MINUTES, datetime(2026, 11, 16, 22, 15)),
        (Snooze.HOUR, datetime(2026, 11, 16, 23, 5)),
    ],
)
def test_put_off_it_comes_back(by: Snooze, back: datetime) -> None:
    now = at(22, 5)
    first = look(now)
    memory = put_off(told(Memory(), first.due), first.due[0], by, now)
    before = look((back - timedelta(minutes=1)).replace(tzinfo=UTC), memory)
    assert before.due == ()
    assert before.coming is not None
    assert before.coming.at == back
    assert len(look(back.replace(tzinfo=UTC), memory).due) == 1


def test_the_hour_that_does_not_exist_and_the_one_that_comes_twice() -> None:
    plan = with_routine(Plan(), "early", Rhythm(Tie.MORNING, remind="02:30"), date(2026, 3, 1))
    summer, winter = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    spring = datetime(2026, 3, 29, 3, 0, tzinfo=summer)  # 02:30 was skipped that night
    assert len(outlook(plan, (), Memory(), spring).due) == 1
    first = datetime(2026, 10, 25, 2, 30, tzinfo=summer)
    memory = told(Memory(), outlook(plan, (), Memory(), first).due)
    second = datetime(2026, 10, 25, 2, 30, tzinfo=winter)
    assert outlook(plan, (), memory, second).due == ()


@pytest.mark.parametrize(
    ("hour", "start", "end", "quiet"),
    [
        (23, "22:00", "07:00", True),
        (6, "22:00", "07:00", True),
        (7, "22:00", "07:00", False),
        (12, "22:00", "07:00", False),
        (13, "12:00", "14:00", True),
        (23, "", "07:00", False),
        (23, "22:00", "22:00", False),
    ],
)
def test_quiet_hours(hour: int, start: str, end: str, quiet: bool) -> None:
    assert is_quiet(at(hour), start, end) is quiet


def test_what_is_kept_is_loaded_without_what_is_old(tmp_path: Path) -> None:
    old, new = f"a {MONDAY - timedelta(days=9)}", f"b {MONDAY}"
    memory = Memory(True, True, frozenset({old, new}), {new: datetime(2026, 11, 16, 23)}, ("calf",))
    save_memory(tmp_path, memory, MONDAY)
    assert load_memory(tmp_path) == memory._replace(told=frozenset({new}))
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"told": 3}',
        b'{"later": {"a": "never"}}',
        b'{"later": []}',
        b"[" * 100_000,
        b" " * 2_000_000,
    ],
)
def test_what_cannot_be_read_is_as_if_it_were_new(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert load_memory(tmp_path) == Memory()
    assert opening(tmp_path) == "welcome"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFault):
        save_memory(tmp_path / "file", Memory(), MONDAY)


def test_the_program_opens_on_the_day_once_there_is_a_plan(tmp_path: Path) -> None:
    assert opening(tmp_path) == "welcome"
    save_memory(tmp_path, Memory(welcomed=True), MONDAY)
    assert opening(tmp_path) == "routines"
    save_memory(tmp_path, Memory(welcomed=True, has_plan=True), MONDAY)
    assert opening(tmp_path) == "today"
    (tmp_path / FILE_NAME).unlink()
    (tmp_path / "journal.sqlite").write_bytes(b"")
    assert opening(tmp_path) == "unknown"


# -- every hour

DESK = with_routine(
    Plan(),
    "desk",
    Rhythm(Tie.ANY_TIME, frozenset(range(5)), remind="09:00", remind_until="17:00"),
    MONDAY,
)


def desk_at(hour: int, minute: int, *done: datetime, days: int = 0) -> Outlook:
    doings = [Doing("desk", when.date(), 60.0, 60.0, when) for when in done]
    return outlook(DESK, doings, Memory(), at(hour, minute, days))


def test_an_hourly_reminder_comes_each_hour_and_is_not_heaped_up() -> None:
    assert desk_at(8, 59).due == ()
    # The machine slept from nine to half past twelve: once, for this hour.
    assert [one.at.hour for one in desk_at(12, 30).due] == [12]
    coming = desk_at(12, 30).coming
    assert coming is not None
    assert coming.at == datetime(2026, 11, 16, 13)


def test_each_hour_is_told_once() -> None:
    memory = told(Memory(), outlook(DESK, (), Memory(), at(12)).due)
    assert outlook(DESK, (), memory, at(12, 20)).due == ()
    assert [one.at.hour for one in outlook(DESK, (), memory, at(13)).due] == [13]


def test_a_break_silences_its_hour_and_not_the_day() -> None:
    assert desk_at(12, 5, at(11, 40)).due == ()
    assert [one.at.hour for one in desk_at(12, 5, at(11, 20)).due] == [12]
    assert [one.at.hour for one in desk_at(13, 0, at(11, 40)).due] == [13]


def test_after_the_last_hour_and_at_the_weekend_nothing_is_due() -> None:
    evening = desk_at(19, 0)
    assert evening.due == ()
    assert evening.coming is not None
    assert evening.coming.at == datetime(2026, 11, 17, 9)
    saturday = desk_at(10, 0, days=5)
    assert saturday.due == ()
    assert saturday.coming is not None
    assert saturday.coming.at == datetime(2026, 11, 23, 9)


def test_an_hourly_reminder_can_be_put_off_for_a_while() -> None:
    (due,) = desk_at(12, 0).due
    later = put_off(Memory(), due, Snooze.TEN_MINUTES, at(12))
    assert outlook(DESK, (), later, at(12, 5)).due == ()
    assert len(outlook(DESK, (), later, at(12, 10)).due) == 1


def test_the_hours_that_were_told_are_remembered(tmp_path: Path) -> None:
    memory = told(Memory(), desk_at(12, 0).due)
    save_memory(tmp_path, memory, MONDAY)
    assert load_memory(tmp_path).told == memory.told
