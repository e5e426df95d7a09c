"""Adherence in whole sessions: what is planned, done, partly done and to come."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.analysis.adherence import (
    Adherence,
    Doing,
    by_routine,
    due_on,
    open_items,
    total,
    weekly,
)
from uncramp.model.plan import Pause, Plan, PlanItem, Skip, Tie

MONDAY = date(2026, 11, 16)
AFTER = MONDAY + timedelta(days=7)
"""The week is over then."""
WORK = {"bed": 120.0, "quick": 240.0}
EVERY_DAY = frozenset(range(7))


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def item(
    routine: str = "bed",
    days: frozenset[int] = EVERY_DAY,
    times: int = 0,
    start: date = MONDAY,
    end: date | None = None,
    tie: Tie = Tie.BEDTIME,
) -> PlanItem:
    days = frozenset() if times else days
    return PlanItem(f"{routine}-{tie}-{start}", routine, tie, days, times, start, end)


def done(number: int, routine: str = "bed", share: float = 1.0, hour: int | None = None) -> Doing:
    at = None if hour is None else datetime.combine(day(number), datetime.min.time(), UTC)
    if at is not None and hour is not None:
        at += timedelta(hours=hour)
    return Doing(routine, day(number), share * WORK[routine], WORK[routine], at)


def of(plan: Plan, *doings: Doing, today: date = AFTER) -> Adherence:
    return total(weekly(plan, doings, MONDAY, today).values())


def test_sessions_are_counted_whole() -> None:
    kept = of(Plan((item(),)), done(0), done(1), done(3), done(4, share=0.5))
    assert kept == Adherence(planned=7, done=3, partly=1, to_come=0)
    assert kept.share == pytest.approx(3 / 7)


@pytest.mark.parametrize(
    ("attempts", "counted"),
    [
        ((1.0,), (1, 0)),
        ((0.93,), (1, 0)),  # Quick 5 without a step of 16 s
        ((0.9,), (1, 0)),
        ((0.89,), (0, 1)),
        ((0.01,), (0, 1)),
        ((0.5, 0.5), (1, 0)),
        ((0.5, 0.3), (0, 1)),
        ((1.0, 1.0), (1, 0)),
        ((0.0,), (0, 0)),
    ],
)
def test_nine_tenths_are_done_and_attempts_of_a_day_add_up(
    attempts: tuple[float, ...], counted: tuple[int, int]
) -> None:
    kept = of(Plan((item(),)), *(done(2, share=share) for share in attempts))
    assert (kept.done, kept.partly) == counted


def test_only_the_days_of_the_plan_count() -> None:
    plan = Plan((item(days=frozenset({1, 3})),))
    assert of(plan, done(0), done(1)) == Adherence(2, 1)


@pytest.mark.parametrize(("sessions", "counted"), [(2, 2), (3, 3), (6, 3)])
def test_so_many_times_a_week_may_be_any_days(sessions: int, counted: int) -> None:
    assert of(Plan((item(times=3),)), *map(done, range(sessions))) == Adherence(3, counted)


def test_a_running_week_is_not_judged_before_its_days_are_over() -> None:
    plan = Plan((item(),))
    assert of(plan, today=day(0)) == Adherence(7, 0, 0, 7)
    # Wednesday, of which half is done: Monday done, Tuesday missed, five to come.
    wednesday = of(plan, done(0), done(2, share=0.5), today=day(2))
    assert wednesday == Adherence(7, 1, 0, 5)
    assert not wednesday.is_over
    assert of(plan, done(0), done(2), today=day(2)) == Adherence(7, 2, 0, 4)
    assert of(plan, *map(done, range(7)), today=day(6)) == Adherence(7, 7)


def test_a_time_of_the_week_is_to_come_as_long_as_there_are_days_for_it() -> None:
    plan = Plan((item(times=3),))
    assert of(plan, today=day(0)) == Adherence(3, 0, 0, 3)
    # A half on Tuesday can still be made good on Wednesday.
    assert of(plan, done(0), done(1, share=0.5), today=day(2)) == Adherence(3, 1, 0, 2)
    # On Sunday one day is left for two.
    assert of(plan, done(0), done(1, share=0.5), today=day(6)) == Adherence(3, 1, 1, 1)
    assert of(plan, done(0), done(6), today=day(6)) == Adherence(3, 2)


def test_pauses_and_planned_skips_are_neutral() -> None:
    base = item()
    plan = Plan(
        (base,), (Pause("p", day(4), day(6), "holiday"),), frozenset({Skip(base.id, day(0))})
    )
    assert of(plan, done(0), done(1), done(4)) == Adherence(4, 1)
    assert due_on(plan, day(0)) == ()
    assert due_on(plan, day(5)) == ()
    assert due_on(plan, day(6)) == (base,)
    whole_week = Plan((base,), (Pause("p", day(-3)),))
    assert of(whole_week).share is None


@pytest.mark.parametrize(
    ("times", "paused", "asked"),
    [(3, 1, 3), (3, 2, 2), (3, 3, 2), (3, 5, 1), (3, 6, 0), (1, 3, 1), (1, 4, 0), (6, 1, 5)],
)
def test_a_pause_takes_its_part_of_the_times_to_the_nearest_whole(
    times: int, paused: int, asked: int
) -> None:
    # times x days left / 7: 18/7, 15/7, 12/7, 6/7, 3/7, 4/7, 3/7, 36/7.
    plan = Plan((item(times=times),), (Pause("p", day(0), day(paused)),))
    assert of(plan).planned == asked


@pytest.mark.parametrize("number", range(1, 7))
@pytest.mark.parametrize("times", range(1, 7))
def test_a_change_in_mid_week_asks_for_no_more_and_no_less(times: int, number: int) -> None:
    before = item(times=times, end=day(number))
    after = item(times=times, start=day(number), tie=Tie.MORNING)
    assert of(Plan((before, after))).planned == times


def test_what_begins_late_in_the_week_is_asked_for_and_what_ends_early_is_not() -> None:
    assert of(Plan((item(times=1, start=day(5)),))).planned == 1
    assert of(Plan((item(times=3, start=day(3)),))).planned == 2
    assert of(Plan((item(times=1, end=day(4)),))).planned == 0


def test_old_weeks_are_judged_by_the_old_plan() -> None:
    old = item(days=frozenset({0}), end=AFTER)
    new = item(start=AFTER)
    plan = Plan((old, new))
    assert of(plan, done(0)) == Adherence(1, 1)
    later = total(weekly(plan, (), day(8), day(14)).values())
    assert later == Adherence(7)


def test_other_routines_do_not_count() -> None:
    plan = Plan((item(), item("quick")))
    both = by_routine(plan, weekly(plan, [done(0, "quick")], MONDAY, AFTER))
    assert both == {"bed": Adherence(7), "quick": Adherence(7, 1)}


TWICE = Plan((item(tie=Tie.MORNING), item(tie=Tie.BEDTIME)))


@pytest.mark.parametrize(
    ("doings", "morning", "bedtime"),
    [
        ((done(0, hour=7),), 1, 0),
        ((done(0, hour=22),), 0, 1),
        ((done(0),), 1, 0),
        ((done(0, hour=7, share=0.93), done(0, hour=22, share=0.93)), 1, 1),
        ((done(0, hour=21), done(0, hour=22)), 1, 1),
    ],
)
def test_a_routine_that_is_planned_twice_is_asked_for_twice(
    doings: tuple[Doing, ...], morning: int, bedtime: int
) -> None:
    counts = weekly(TWICE, doings, MONDAY, AFTER)
    assert [kept.done for kept in counts.values()] == [morning, bedtime]
    assert by_routine(TWICE, counts) == {"bed": Adherence(14, morning + bedtime)}
    still_open = [entry.tie for entry in open_items(TWICE, doings, MONDAY)]
    assert (Tie.MORNING in still_open, Tie.BEDTIME in still_open) == (not morning, not bedtime)


@given(
    st.lists(
        st.tuples(st.integers(-3, 10), st.floats(0, 3)).map(
            lambda pair: done(pair[0], "bed", pair[1])
        )
    ),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(0, 7),
    st.integers(-1, 8),
)
def test_every_planned_session_is_counted_once(
    doings: list[Doing], days: set[int], times: int, today: int
) -> None:
    plan = Plan((item(days=frozenset(days), times=times),))
    kept = of(plan, *doings, today=day(today))
    assert kept.planned == (times or len(days))
    assert min(kept.done, kept.partly, kept.to_come) >= 0
    assert kept.done + kept.partly + kept.to_come <= kept.planned
