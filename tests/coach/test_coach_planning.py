"""The plan: changes with their day, and sessions judged by what was planned then."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

import pytest

from uncramp.analysis.adherence import Adherence, Doing, weekly
from uncramp.coach.plan.planning import (
    EVERY_DAY,
    Rhythm,
    day_of,
    doings,
    open_on,
    pause_on,
    planned,
    reminder_at,
    reminder_slots,
    resumed,
    tie_of,
    with_pause,
    with_rhythm,
    with_routine,
    with_skip,
    without_item,
    without_skip,
)
from uncramp.coach.plan.record import record
from uncramp.journal.sums import SessionSum
from uncramp.model.moment import Moment
from uncramp.model.plan import Plan, PlanItem, Skip, Tie

CET = timezone(timedelta(hours=1))
MONDAY = date(2026, 11, 16)
SUNDAY = MONDAY + timedelta(days=6)


@dataclass(frozen=True)
class Session:
    routine: str
    started_at: datetime
    planned_ms: int = 120_000
    done_ms: int = 120_000


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CET)


def evening_plan(start: date = MONDAY - timedelta(days=7)) -> Plan:
    return with_routine(Plan(), "evening", Rhythm(Tie.BEDTIME, remind="22:00"), start)


def item_of(plan: Plan, routine: str = "evening") -> PlanItem:
    return next(item for item in reversed(plan.items) if item.routine == routine)


def done_on(routine: str, *days: date) -> tuple[Doing, ...]:
    return tuple(Doing(routine, day, 120.0, 120.0) for day in days)


def test_another_rhythm_ends_the_old_item_and_begins_a_new_one() -> None:
    plan = evening_plan()
    old = item_of(plan)
    changed = with_rhythm(plan, old.id, Rhythm(Tie.BEDTIME, frozenset({0, 2})), MONDAY)
    first, second = changed.items
    assert (first.id, first.days, first.end) == (old.id, EVERY_DAY, MONDAY)
    assert second.id != old.id
    assert (second.days, second.start, second.end) == (frozenset({0, 2}), MONDAY, None)
    before = weekly(changed, (), MONDAY - timedelta(days=7), SUNDAY)
    after = weekly(changed, (), MONDAY, SUNDAY)
    assert {item: kept.planned for item, kept in before.items()} == {first.id: 7}
    assert {item: kept.planned for item, kept in after.items()} == {second.id: 2}


def test_a_change_on_its_first_day_leaves_nothing_of_zero_length() -> None:
    plan = evening_plan(MONDAY)
    changed = with_rhythm(plan, item_of(plan).id, Rhythm(Tie.MORNING), MONDAY)
    assert [(item.tie, item.start) for item in changed.items] == [(Tie.MORNING, MONDAY)]


def test_another_reminder_changes_no_week() -> None:
    plan = evening_plan()
    changed = with_rhythm(plan, item_of(plan).id, Rhythm(Tie.BEDTIME, remind="21:00"), MONDAY)
    assert changed.items == (replace(item_of(plan), remind="21:00"),)


def test_a_change_that_is_none_and_one_of_nothing_keep_the_plan() -> None:
    plan = evening_plan()
    assert with_rhythm(plan, item_of(plan).id, Rhythm.of(item_of(plan)), MONDAY) is plan
    assert with_rhythm(plan, "nobody", Rhythm(Tie.MORNING), MONDAY) is plan


def test_what_is_left_out_stays_left_out_when_the_rhythm_changes() -> None:
    plan = evening_plan()
    plan = with_skip(plan, item_of(plan).id, MONDAY)
    plan = with_skip(plan, item_of(plan).id, MONDAY - timedelta(days=1))
    changed = with_rhythm(plan, item_of(plan).id, Rhythm(Tie.ANY_TIME), MONDAY)
    new = item_of(changed)
    assert Skip(new.id, MONDAY) in changed.skips
    assert Skip(new.id, MONDAY - timedelta(days=1)) not in changed.skips


def test_taking_out_ends_today_and_old_weeks_keep_theirs() -> None:
    own = evening_plan()
    gone = without_item(own, item_of(own).id, MONDAY)
    assert planned(gone, MONDAY) == ()
    assert len(planned(gone, MONDAY - timedelta(days=1))) == 1
    fresh = evening_plan(MONDAY)
    assert without_item(fresh, item_of(fresh).id, MONDAY).items == ()


def test_a_pause_is_neutral_and_ends_when_it_is_ended() -> None:
    plan = with_pause(evening_plan(), MONDAY, None, "Injury")
    assert open_on(plan, (), SUNDAY) == ()
    assert weekly(plan, (), SUNDAY, SUNDAY) == {}
    again = resumed(plan, MONDAY + timedelta(days=2))
    assert pause_on(again, MONDAY + timedelta(days=1)) is not None
    assert [item.routine for item in open_on(again, (), MONDAY + timedelta(days=2))] == ["evening"]
    # One that began today leaves nothing behind.
    assert resumed(plan, MONDAY).pauses == ()
    with pytest.raises(ValueError, match="a pause from"):
        with_pause(plan, MONDAY, MONDAY, "")


def test_left_out_counts_neither_way_and_comes_back() -> None:
    plan = evening_plan()
    item = item_of(plan)
    skipped = with_skip(plan, item.id, MONDAY)
    assert open_on(skipped, (), MONDAY) == ()
    assert weekly(skipped, (), MONDAY, SUNDAY)[item.id].planned == 6
    assert without_skip(skipped, item.id, MONDAY) == plan


@pytest.mark.parametrize(
    ("hour", "day"),
    [(22, MONDAY), (0, MONDAY - timedelta(days=1)), (3, MONDAY - timedelta(days=1)), (7, MONDAY)],
)
def test_bedtime_after_midnight_belongs_to_the_evening_before(hour: int, day: date) -> None:
    bedtime = frozenset({"evening"})
    assert day_of(Session("evening", at(MONDAY, hour)), bedtime) == day
    assert day_of(Session("warm_up", at(MONDAY, hour)), bedtime) == MONDAY


def test_a_night_on_a_journey_counts_by_the_clock_that_was_on_the_wall() -> None:
    far = timezone(timedelta(hours=-8))
    session = Session("evening", datetime(2026, 11, 16, 23, 30, tzinfo=far))
    assert day_of(session, frozenset({"evening"})) == MONDAY


def test_done_ones_are_not_due_and_parts_stay_due() -> None:
    plan = evening_plan()
    half = doings(plan, [Session("evening", at(MONDAY, 22), done_ms=60_000)])
    assert len(open_on(plan, half, MONDAY)) == 1
    whole = doings(plan, [Session("evening", at(MONDAY, 22)), Session("evening", at(MONDAY, 23))])
    assert open_on(plan, whole, MONDAY) == ()


def test_so_many_times_a_week_is_due_until_it_was_done_so_often() -> None:
    plan = with_routine(Plan(), "warm_up", Rhythm(Tie.BEFORE_RUN, frozenset(), 2), MONDAY)
    once = done_on("warm_up", MONDAY)
    assert open_on(plan, once, MONDAY) == ()
    assert len(open_on(plan, once, MONDAY + timedelta(days=1))) == 1
    twice = done_on("warm_up", MONDAY, MONDAY + timedelta(days=1))
    assert open_on(plan, twice, SUNDAY) == ()
    assert len(open_on(plan, twice, SUNDAY + timedelta(days=1))) == 1


def test_the_weeks_are_judged_by_their_own_plan() -> None:
    start = MONDAY - timedelta(days=14)
    plan = evening_plan(start)
    plan = with_rhythm(plan, item_of(plan).id, Rhythm(Tie.BEDTIME, frozenset({0})), MONDAY)
    sums = tuple(
        SessionSum("evening", at(start + timedelta(days=number), 22), 1000, 1000, 500, 500)
        for number in range(14)
    )
    now = at(SUNDAY, 12)
    weeks = record(plan, sums, now).weeks
    assert [(week.start, week.total) for week in weeks] == [
        (MONDAY, Adherence(1, 0)),
        (MONDAY - timedelta(days=7), Adherence(7, 7)),
        (start, Adherence(7, 7)),
    ]


def test_the_running_week_is_there_before_anything_of_it_is_over() -> None:
    plan = evening_plan(MONDAY - timedelta(days=7))
    this_week, last_week = record(plan, (), at(MONDAY, 8)).weeks
    assert (this_week.start, this_week.total) == (MONDAY, Adherence(7, to_come=7))
    assert (last_week.start, last_week.total) == (MONDAY - timedelta(days=7), Adherence(7))


def test_reminders_have_their_evening() -> None:
    late = replace(item_of(evening_plan()), remind="00:30")
    assert reminder_at(late, MONDAY) == datetime(2026, 11, 17, 0, 30)
    assert reminder_at(replace(late, tie=Tie.MORNING), MONDAY) == datetime(2026, 11, 16, 0, 30)
    for wrong in ("", "24:00", "12:60", "1:30", "noon", "12:5x", ":"):
        assert reminder_at(replace(late, remind=wrong), MONDAY) is None


def test_routines_come_tied_to_their_moment() -> None:
    assert tie_of(Moment.BEDTIME) is Tie.BEDTIME
    assert tie_of(Moment.DESK) is Tie.ANY_TIME


def test_the_same_routine_may_be_planned_again() -> None:
    plan = with_routine(evening_plan(), "evening", Rhythm(Tie.MORNING), MONDAY)
    morning, evening = planned(plan, MONDAY)
    assert (morning.tie, evening.tie) == (Tie.MORNING, Tie.BEDTIME)
    early = doings(plan, [Session("evening", at(MONDAY, 7, 30))])
    assert [doing.day for doing in early] == [MONDAY]
    assert open_on(plan, early, MONDAY) == (evening,)
    # After midnight it is still the evening's.
    late = doings(plan, [Session("evening", at(MONDAY + timedelta(days=1), 0, 30))])
    assert open_on(plan, late, MONDAY) == (morning,)
    assert without_item(plan, morning.id, MONDAY).items == (evening,)


def test_of_two_reminded_times_the_nearer_is_done() -> None:
    plan = with_routine(Plan(), "desk", Rhythm(Tie.ANY_TIME, remind="10:00"), MONDAY)
    plan = with_routine(plan, "desk", Rhythm(Tie.ANY_TIME, remind="15:00"), MONDAY)
    at_ten, at_three = plan.items
    assert open_on(plan, doings(plan, [Session("desk", at(MONDAY, 14))]), MONDAY) == (at_ten,)
    assert open_on(plan, doings(plan, [Session("desk", at(MONDAY, 11))]), MONDAY) == (at_three,)


@pytest.mark.parametrize(
    ("first", "until", "hours"),
    [
        ("09:00", "17:00", [9, 10, 11, 12, 13, 14, 15, 16, 17]),
        ("09:00", "10:59", [9, 10]),
        ("09:00", "", [9]),
        ("09:00", "08:00", [9]),
        ("", "17:00", []),
        ("09:00", "five", [9]),
    ],
)
def test_a_reminder_may_come_every_hour(first: str, until: str, hours: list[int]) -> None:
    rhythm = Rhythm(Tie.ANY_TIME, remind=first, remind_until=until)
    item = item_of(with_routine(Plan(), "desk", rhythm, MONDAY), "desk")
    assert [slot.hour for slot in reminder_slots(item, MONDAY)] == hours
    assert Rhythm.of(item) == rhythm


def test_hours_of_reminding_change_no_week() -> None:
    plan = evening_plan()
    rhythm = Rhythm(Tie.BEDTIME, remind="20:00", remind_until="22:00")
    changed = with_rhythm(plan, item_of(plan).id, rhythm, MONDAY)
    assert changed.items == (replace(item_of(plan), remind="20:00", remind_until="22:00"),)
