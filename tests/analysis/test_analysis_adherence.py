"""Adherence by its definition, and the habit's strength by its published numbers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.analysis.adherence import (
    Adherence,
    Doing,
    due_on,
    habit_strength,
    rolling_checks,
    weekly,
)
from uncramp.model.plan import Pause, Plan, PlanItem, Skip, Tie

MONDAY = date(2026, 11, 16)
WORK = {"bed": 120.0, "warm": 240.0}


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def item(
    routine: str = "bed",
    days: frozenset[int] = frozenset(range(7)),
    times: int = 0,
    start: date = MONDAY,
    end: date | None = None,
) -> PlanItem:
    return PlanItem(f"{routine}-{start}", routine, Tie.BEDTIME, days, times, start, end)


def done(number: int, routine: str = "bed", share: float = 1.0) -> Doing:
    return Doing(routine, day(number), share * WORK[routine], WORK[routine])


def of(plan: Plan, *doings: Doing, until: date | None = None) -> Adherence:
    return weekly(plan, doings, MONDAY, WORK, until).get("bed", Adherence())


def test_it_is_sessions_done_over_sessions_prescribed() -> None:
    found = of(Plan((item(),)), done(0), done(1), done(3))
    assert (found.done, found.prescribed) == (3, 7)
    assert found.share == pytest.approx(3 / 7)
    assert (found.done_s, found.prescribed_s) == (360, 840)
    assert found.dose_share == pytest.approx(3 / 7)


def test_a_day_counts_once_and_what_was_left_early_in_part() -> None:
    assert of(Plan((item(),)), done(0), done(0), done(1, share=0.25)).done == 1.25
    assert of(Plan((item(),)), done(0, share=0.75), done(0, share=0.75)).done == 1


def test_only_the_days_of_the_plan_count() -> None:
    plan = Plan((item(days=frozenset({1, 3})),))
    found = of(plan, done(0), done(1))
    assert (found.done, found.prescribed) == (1, 2)


@pytest.mark.parametrize(("sessions", "counted"), [(2, 2), (3, 3), (6, 3)])
def test_so_many_times_a_week_may_be_any_days(sessions: int, counted: int) -> None:
    found = of(Plan((item(days=frozenset(), times=3),)), *(done(n) for n in range(sessions)))
    assert (found.done, found.prescribed) == (counted, 3)


def test_pauses_and_planned_skips_are_neutral() -> None:
    base = item()
    plan = Plan(
        (base,), (Pause("p", day(4), day(6), "holiday"),), frozenset({Skip(base.id, day(0))})
    )
    found = of(plan, done(0), done(1), done(4))
    assert (found.done, found.prescribed) == (1, 4)
    assert due_on(plan, day(0)) == ()
    assert due_on(plan, day(5)) == ()
    assert due_on(plan, day(6)) == (base,)
    whole_week = Plan((base,), (Pause("p", day(-3)),))
    assert of(whole_week).share is None


def test_old_weeks_are_judged_by_the_old_plan() -> None:
    old = item(days=frozenset({0}), end=day(7))
    new = item(days=frozenset(range(7)), start=day(7))
    plan = Plan((old, new))
    assert of(plan, done(0)).prescribed == 1
    later = weekly(plan, (), day(8), WORK)["bed"]
    assert later.prescribed == 7


def test_a_week_that_runs_is_judged_by_its_past_days() -> None:
    found = of(Plan((item(),)), done(0), done(1), until=day(2))
    assert (found.done, found.prescribed) == (2, 2)


def test_other_routines_do_not_count() -> None:
    plan = Plan((item(), item("warm")))
    both = weekly(plan, [done(0, "warm")], MONDAY, WORK)
    assert both["bed"].done == 0
    assert both["warm"].done == 1
    assert (both["bed"] + both["warm"]).prescribed_s == 7 * 120 + 7 * 240


@given(
    st.lists(
        st.tuples(st.integers(-3, 10), st.floats(0, 3)).map(lambda one: done(one[0], "bed", one[1]))
    ),
    st.sets(st.integers(0, 6), min_size=1),
)
def test_it_is_never_more_than_whole(doings: list[Doing], days: set[int]) -> None:
    found = of(Plan((item(days=frozenset(days)),)), *doings)
    assert found.share is not None
    assert 0 <= found.share <= 1
    assert found.prescribed == len(days)


@pytest.mark.parametrize(
    ("days", "strength"), [(7, 0.311), (13, 0.50), (14, 0.526), (28, 0.775), (66, 0.97)]
)
def test_a_perfect_daily_habit_grows_as_published(days: int, strength: float) -> None:
    assert habit_strength([1.0] * days, 1.0) == pytest.approx(strength, abs=0.0015)


@pytest.mark.parametrize(("misses", "strength"), [(1, 0.853), (7, 0.620)])
def test_misses_cost_as_published(misses: int, strength: float) -> None:
    assert habit_strength([0.0] * misses, 1.0, 0.9) == pytest.approx(strength, abs=0.0006)


@pytest.mark.parametrize(("a_week", "days"), [(7, 13), (5, 15.4), (3, 19.9), (1, 34.4)])
def test_the_half_life_is_as_published(a_week: int, days: float) -> None:
    below = habit_strength([0.0] * int(days), a_week / 7, 1.0)
    above = habit_strength([0.0] * (int(days) + 1), a_week / 7, 1.0)
    assert above <= 0.5 <= below + 1e-9


def test_a_planned_skip_holds_the_strength() -> None:
    assert habit_strength([None, None], 1.0, 0.7) == 0.7


def test_a_habit_of_three_a_week_is_whole_when_it_is_kept() -> None:
    pattern = [1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0] * 4
    checks = rolling_checks(pattern, 3, 7)
    assert checks[-1] == 1.0
    assert checks[0] == pytest.approx(1 / 6)
    assert rolling_checks([1.0, None, 0.0], 3, 7)[1] is None
