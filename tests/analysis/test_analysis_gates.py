"""What a review says when: its gates, its looks, and records that are extreme."""

import math
import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

import pytest
from judged_records import (
    START,
    after,
    always,
    at,
    chance,
    cramp,
    diary,
    estimates,
    never,
    night,
)

from uncramp.analysis.level import seasons, shaded
from uncramp.analysis.looks import LATER_LEVEL, LOOK_LEVEL, looks
from uncramp.analysis.record import Factor, Record, Source, Window
from uncramp.analysis.review import SPANS, review
from uncramp.analysis.verdict import Missing, Wording
from uncramp.model.diary import (
    CrampContext,
    Night,
    Run,
)


def test_a_rate_needs_twenty_eight_nights() -> None:
    record = diary(40, never, lambda n: n % 4 == 0)
    assert review(record, after(27)).rate is None
    made = review(record, after(28)).rate
    assert made is not None
    assert made.a_week == pytest.approx(7 / 4)
    # Garwood: 7 events have 2.814 to 14.423, here in four weeks.
    assert made.interval.low == pytest.approx(2.814 / 4, abs=1e-3)
    assert made.interval.high == pytest.approx(14.423 / 4, abs=1e-3)


def test_what_is_missing_is_told_before_anything_is_compared() -> None:
    asked = review(diary(12, lambda n: n % 2 == 0, lambda n: n == 1), after(12)).question
    assert asked.missing == (Missing.CRAMP_NIGHTS, Missing.NIGHTS_WITH, Missing.NIGHTS_WITHOUT)
    assert (asked.more_cramp_nights, asked.more_with, asked.more_without) == (7, 4, 4)
    assert asked.verdict.wording is Wording.NOT_ENOUGH


def test_nights_before_the_routine_was_in_use_are_no_side_of_it() -> None:
    record = chance(60)
    later = replace(record, doings=tuple(one for one in record.doings if one.day >= after(30)))
    asked = review(later, after(60)).question
    assert asked.looks is not None
    assert asked.looks.start >= after(30)
    assert asked.nights.n1 + asked.nights.n0 == (after(60) - asked.looks.start).days


def test_a_long_break_of_the_diary_is_no_loss_of_nights() -> None:
    record = chance(80)
    pause = timedelta(days=200)

    def moved(nights: tuple[Night, ...]) -> tuple[Night, ...]:
        return tuple(
            replace(one, day=one.day + pause) if one.day >= after(40) else one for one in nights
        )

    with_break = replace(
        record,
        nights=moved(record.nights),
        doings=tuple(
            one._replace(day=one.day + pause, at=(one.at or at(START, 1)) + pause)
            if one.day >= after(40)
            else one
            for one in record.doings
        ),
    )
    made = review(with_break, after(280)).question
    assert made.missing == ()
    assert made.nights == review(record, after(80)).question.nights


def test_a_change_of_level_is_told_without_a_cause() -> None:
    high = diary(168, never, lambda n: (n % 7 in (0, 2, 4, 6)) if n < 84 else n % 28 == 0)
    found = review(high, after(168)).break_
    assert found is not None
    assert found.monday == after(84)
    assert (found.before.cramp_nights, found.before.nights) == (48, 84)
    assert (found.after.cramp_nights, found.after.nights) == (3, 84)
    steady = diary(168, never, lambda n: n % 3 == 0)
    assert review(steady, after(168)).break_ is None


def test_fewer_logged_nights_are_no_other_level() -> None:
    """Every second night has a cramp all along; from the middle on two nights a week are told."""
    record = diary(168, never, lambda n: n % 2 == 0)
    nights = tuple(one for n, one in enumerate(record.nights) if n < 84 or n % 7 in (0, 1))
    assert review(replace(record, nights=nights), after(168)).break_ is None


def test_a_factor_does_not_differ_from_itself() -> None:
    record = replace(
        diary(190, never, lambda n: n % 3 == 0),
        runs=tuple(
            Run(f"{n}", at(after(n), 18), 9000 if n % 10 == 0 else 3000, 9000.0)
            for n in range(0, 190, 2)
        ),
        factors=(Factor("long_run", Window.SAME_NIGHT, Source.LONG_RUN),),
    )
    (result,) = review(record, after(190)).factors
    assert result.verdict.is_compared
    assert result.confounders == ()


def test_what_differs_between_the_sides_is_named() -> None:
    # With the routine in winter, without it in summer.
    record = diary(182, lambda n: n < 84, lambda n: n % 3 == 0)
    (season,) = review(record, after(182)).confounders
    assert season.kind == "season"
    assert season.with_it == 0.0
    assert season.without == pytest.approx((182 - 85) / 98, abs=0.02)
    assert review(chance(182), after(182)).confounders == ()


def test_seasons_are_warm_only_by_temperatures() -> None:
    nights = diary(300, never, never)
    plain = review(nights, after(300)).seasons
    assert [(one.first, one.summer_half, one.warm) for one in plain] == [
        (START, False, None),
        (date(2026, 4, 1), True, None),
        (date(2026, 10, 1), False, None),
    ]
    southern = replace(
        nights,
        runs=tuple(
            Run(f"{n}", at(after(n), 7), 1800, temperature_c=30 if n < 80 else 10)
            for n in range(0, 240, 10)
        ),
    )
    felt = review(southern, after(300)).seasons
    assert [one.warm for one in felt] == [True, False, True]
    # Without temperatures nobody knows on which half of the earth the runner is.
    assert [half.is_warmer for half in plain] == [False, True, False]
    assert [half.is_warmer for half in felt] == [True, False, True]


def test_the_warmer_half_is_shaded_where_there_is_enough_of_it() -> None:
    # From 5 January: April begins after 86 days.
    for days, weeks, shown in ((300, 43, 1), (300, 7, 0), (86 + 7, 14, 1), (86 + 6, 14, 0)):
        halves = seasons((), START, after(days - 1))
        assert [half.first for half in shaded(halves, weeks)] == [date(2026, 4, 1)] * shown


def test_two_time_zones_in_one_night_are_one_night() -> None:
    far = timezone(timedelta(hours=-8))
    first = cramp(START, 23)
    second = replace(
        cramp(START, 3), id="far", at=datetime.combine(START, time(22), far)
    )  # seven hours later
    record = Record(nights=(night(START, 2),), cramps=(first, second), first_day=START)
    made = review(record, after(1))
    assert [one.cramps for one in made.nights] == [2]
    assert made.hours[22] == made.hours[23] == 1


@pytest.mark.parametrize("days", [1, 2, 30, 200])
@pytest.mark.parametrize("kind", ["all", "none", "one", "unlogged"])
def test_extreme_diaries_divide_by_nothing(days: int, kind: str) -> None:
    cramped = {"all": always, "none": never, "one": lambda n: n == 0}
    record = diary(days, lambda n: n % 2 == 0, cramped.get(kind, never))
    if kind == "unlogged":
        record = replace(record, nights=())
    for span in SPANS:
        made = review(record, after(days), span)
        assert made.question.verdict.wording in (Wording.NOT_ENOUGH, Wording.NO_CLEAR_DIFFERENCE)
        assert len(made.question.needed) in (0, 3)
        if made.question.verdict.is_compared:
            assert estimates(made)


def test_a_span_of_no_week_is_refused() -> None:
    with pytest.raises(ValueError, match="0 weeks"):
        review(Record(), START, 0)


def test_a_record_of_imported_runs_alone_is_drawn_and_compared_with_nothing() -> None:
    runs = tuple(
        Run(f"{n}", at(after(n), 7), 3000, 9000.0, source=f"{n}.fit") for n in range(0, 100, 3)
    )
    record = Record(
        runs=runs,
        factors=(
            Factor("long_run", Window.SAME_NIGHT, Source.LONG_RUN),
            Factor("mileage_jump", Window.NEXT_WEEK, Source.MILEAGE_JUMP),
        ),
    )
    made = review(record, after(100))
    assert sum(one.runs for one in made.runs_weekly) == len(runs)
    assert sum(one.metres for one in made.runs_weekly) == pytest.approx(9000 * len(runs))
    assert made.rate is None
    assert made.question.looks is None
    assert [one.nights.n1 + one.nights.n0 for one in made.factors] == [0, 0]
    assert made.nights == ()


def test_a_cramp_within_six_hours_belongs_to_its_run() -> None:
    run = Run("r", at(START, 8), 3600)
    after_run = cramp(START, 14, context=CrampContext.AFTER_RUN)
    late = replace(after_run, at=at(START, 15, 1))
    at_night = replace(after_run, context=CrampContext.NIGHT)
    for one, expected in ((after_run, 1), (late, 0), (at_night, 0)):
        (load,) = review(Record(runs=(run,), cramps=(one,)), after(1)).runs_weekly
        assert load.cramps == expected
    (told,) = review(Record(runs=(run._replace(cramp=True),)), after(1)).runs_weekly
    assert told.cramps == 1


def test_one_switch_in_a_long_record_leaves_a_wide_interval() -> None:
    """Half a year with the routine and half without, of a level that comes and goes by itself."""
    pick = random.Random(5)
    cramps = [pick.random() < 0.3 + 0.25 * math.sin(n / 15) for n in range(364)]
    switched = review(diary(364, lambda n: n < 182, cramps.__getitem__), after(364)).question
    lots = [pick.random() < 0.5 for _ in range(364)]
    mixed = review(diary(364, lots.__getitem__, cramps.__getitem__), after(364)).question
    assert switched.verdict.ratio is not None
    assert mixed.verdict.ratio is not None
    _, wide = switched.verdict.ratio
    _, narrow = mixed.verdict.ratio
    assert wide.high / wide.low > 1.5 * narrow.high / narrow.low
    assert switched.verdict.wording is Wording.NO_CLEAR_DIFFERENCE


@pytest.mark.parametrize(
    ("weeks", "last", "coming"),
    [
        *((0, None, 4), (3, None, 4), (4, 4, 8), (11, 8, 12), (12, 12, 26), (25, 12, 26)),
        *((26, 26, 38), (37, 26, 38), (38, 38, 50), (520, 518, 530)),
    ],
)
def test_looks_are_held_on_fixed_days(weeks: int, last: int | None, coming: int) -> None:
    for days in (0, 6):
        found = looks(START, after(7 * weeks + days))
        assert (found.last.week if found.last else None) == last
        assert found.next.week == coming
        assert found.next.day == after(7 * coming)
    assert found.next.level == (LOOK_LEVEL if coming <= 26 else LATER_LEVEL)
