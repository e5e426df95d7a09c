"""Weeks put together to columns of the chart."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.analysis.adherence import Adherence
from uncramp.analysis.columns import columns
from uncramp.analysis.weeks import Mark, MarkKind, Week

FIRST = date(2026, 8, 31)


def week(number: int, *, logged: int = 0, cramps: int = 0, done: int = 0) -> Week:
    kept = Adherence(7, done)
    return Week(
        monday=FIRST + timedelta(days=7 * number),
        days=7,
        routines={"a": kept},
        total=kept + Adherence(1, 1),
        logged=logged,
        cramp_nights=cramps,
        cramps=2 * cramps,
    )


def test_a_week_without_a_logged_night_has_no_height() -> None:
    empty, clear, bad = columns([week(0), week(1, logged=5), week(2, logged=4, cramps=3)])
    assert (empty.height, clear.height, bad.height) == (None, 0.0, 3.0)


def test_the_mean_of_several_weeks_counts_logged_nights_only() -> None:
    weeks = [week(0), week(1, logged=7, cramps=2), week(2, logged=7, cramps=2), week(3)]
    (column,) = columns(weeks, together=4)
    assert column.height == pytest.approx(2.0)  # 4 of 14 logged nights, not of 28
    assert (column.first, column.last) == (FIRST, FIRST + timedelta(days=27))


def test_one_routine_is_kept_to_by_itself() -> None:
    weeks = [week(0, done=7)]
    assert columns(weeks, "a")[0].kept.share == 1.0
    assert columns(weeks)[0].kept.planned == 8
    assert columns(weeks, "another")[0].kept.share is None


@given(st.integers(0, 40), st.integers(1, 6))
def test_no_week_is_lost_and_the_last_column_is_full(count: int, together: int) -> None:
    mark = Mark(FIRST, MarkKind.NOTE, text="x")
    weeks = [week(n, logged=n % 8, cramps=n % 8 // 2) for n in range(count)]
    weeks = [Week(w.monday, 7, w.routines, w.total, w.logged, marks=(mark,)) for w in weeks]
    made = columns(weeks, together=together)
    assert sum(one.weeks for one in made) == count
    assert sum(one.logged for one in made) == sum(w.logged for w in weeks)
    assert sum(len(one.marks) for one in made) == count
    assert all(one.weeks == together for one in made[1:])
    assert all(a.last + timedelta(days=1) == b.first for a, b in pairwise(made))
