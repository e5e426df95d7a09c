"""The review of whole records: what is counted, what is compared, and what is left alone."""

import math
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

import pytest

from uncramp.analysis.adherence import Doing
from uncramp.analysis.looks import LATER_LEVEL, LOOK_LEVEL, looks
from uncramp.analysis.record import Cut, Factor, Record, Source, Window
from uncramp.analysis.review import SPANS, Review, review
from uncramp.analysis.tally import NightState
from uncramp.analysis.verdict import Missing, Wording
from uncramp.analysis.weeks import MarkKind
from uncramp.model.body import Side
from uncramp.model.diary import (
    GUESSED_HOUR,
    Cramp,
    CrampContext,
    CrampMuscle,
    DayContext,
    Night,
    Run,
)
from uncramp.model.plan import Pause, Plan, PlanItem, Tie

CET = timezone(timedelta(hours=1))
START = date(2026, 1, 5)  # a Monday
BED = "bedtime_trial"
EVERY_DAY = frozenset(range(7))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), CET)


def after(days: int) -> date:
    return START + timedelta(days=days)


def night(day: date, cramps: int, *, recalled: bool = False) -> Night:
    return Night(day, cramps, at(day + timedelta(days=1), 8), recalled)


def cramp(day: date, hour: int = 23, **more: object) -> Cramp:
    began = at(day if hour >= 12 else day + timedelta(days=1), hour)
    made = Cramp(
        f"{day}-{hour}", began, CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT, seconds=90, pain=4
    )
    return replace(made, **more)  # type: ignore[arg-type]  # fields of a cramp


def done(day: date, share: float = 1.0, hour: int = 22) -> Doing:
    began = at(day if hour >= 12 else day + timedelta(days=1), hour)
    return Doing(BED, day, 120 * share, 120, began, 60 * share, 60 * share)


def diary(days: int, with_it: Callable[[int], bool], cramped: Callable[[int], bool]) -> Record:
    """Make a record in which every night is told."""
    return Record(
        nights=tuple(night(after(n), int(cramped(n))) for n in range(days)),
        doings=tuple(done(after(n)) for n in range(days) if with_it(n)),
        bedtime=frozenset({BED}),
        first_day=START,
    )


def never(_: int) -> bool:
    return False


def always(_: int) -> bool:
    return True


def chance(days: int, with_it: float = 0.1, without: float = 0.6) -> Record:
    pick = random.Random(7)
    exposed = [pick.random() < 0.5 for _ in range(days)]
    cramps = [pick.random() < (with_it if was else without) for was in exposed]
    return diary(days, exposed.__getitem__, cramps.__getitem__)


def estimates(made: Review) -> list[object]:
    verdicts = [made.question.verdict, *(one.verdict for one in made.factors)]
    found: list[object] = [made.rate, made.question.nights, made.logged]
    for one in verdicts:
        found += [one.nights, one.ratio, one.gap, one.shrunk]
    return found


def test_a_record_without_anything_says_nothing() -> None:
    for span in SPANS:
        made = review(Record(), START, span)
        assert not (made.weeks or made.nights or made.places or made.runs_weekly or made.factors)
        assert made.rate is None
        assert made.break_ is None
        assert made.question.verdict.wording is Wording.NOT_ENOUGH
        assert made.question.looks is None
        assert made.question.needed == ()
        assert made.question.visible is None


def test_a_difference_is_told_at_a_look_and_not_before() -> None:
    record = chance(120)
    before = review(record, after(83)).question
    assert before.look is not None
    assert before.look.week == 8
    assert before.verdict.wording is not Wording.POSSIBLE_PATTERN
    at_look = review(record, after(84)).question
    assert at_look.look is not None
    assert (at_look.look.week, at_look.look.day) == (12, after(84))
    assert at_look.verdict.wording is Wording.POSSIBLE_PATTERN
    assert at_look.looks is not None
    assert at_look.looks.next.week == 26
    assert at_look.look == review(record, after(84 + 97)).question.look
    # Between two looks the counts go on and what was said stays.
    later = review(record, after(120)).question
    assert later.verdict == at_look.verdict
    assert later.nights.n1 + later.nights.n0 == 120
    assert at_look.nights.n1 + at_look.nights.n0 == 84


def test_what_is_shown_changes_no_comparison() -> None:
    record = chance(200)
    whole = review(record, after(200))
    for span in SPANS:
        made = review(record, after(200), span)
        assert made.question == whole.question
        assert made.factors == whole.factors
        assert made.nights == whole.nights


def test_nights_that_were_not_told_change_no_estimate() -> None:
    pick = random.Random(3)
    days = 120
    record = replace(
        chance(days),
        days=tuple(
            DayContext(after(n), at(after(n), 20), {"alcohol": pick.randrange(4)})
            for n in range(days)
        ),
        factors=(Factor("alcohol", cut=Cut.AT_LEAST, limit=1),),
    )
    lost = {after(n) for n in range(days) if pick.random() < 0.06}
    told = replace(record, nights=tuple(one for one in record.nights if one.day not in lost))
    dropped = replace(
        told,
        doings=tuple(one for one in told.doings if one.day not in lost),
        days=tuple(one for one in told.days if one.day not in lost),
    )
    made = review(told, after(days))
    assert made.question.verdict.is_compared
    assert made.factors[0].verdict.is_compared
    assert estimates(made) == estimates(review(dropped, after(days)))
    assert estimates(made) != estimates(review(record, after(days)))


def test_memories_and_nights_before_the_first_day_are_drawn_and_never_compared() -> None:
    record = chance(120)
    memories = tuple(night(START - timedelta(days=n), 1, recalled=True) for n in range(1, 20))
    earlier = tuple(night(START - timedelta(days=n), 1) for n in range(20, 60))
    more = replace(record, nights=(*reversed(earlier), *reversed(memories), *record.nights))
    plain, made = review(record, after(120)), review(more, after(120))
    assert estimates(made) == estimates(plain)
    assert made.question == plain.question
    assert len(made.nights) == len(plain.nights) + 59
    assert [one.recalled for one in made.nights[:59]] == [True] * 59
    assert made.weeks[0].cramp_nights > 0


def test_memories_of_later_nights_count_for_nothing_either() -> None:
    record = chance(120)
    nights = tuple(
        replace(one, recalled=True) if n % 9 == 0 else one for n, one in enumerate(record.nights)
    )
    without = tuple(one for one in nights if not one.recalled)
    made = review(replace(record, nights=nights), after(120))
    assert estimates(made) == estimates(review(replace(record, nights=without), after(120)))
    assert sum(week.logged for week in made.weeks) == 120
    assert sum(week.recalled for week in made.weeks) == 14


def test_entries_of_the_future_are_left_out_and_told() -> None:
    record = chance(60)
    ahead = after(90)
    more = replace(
        record,
        nights=(*record.nights, night(ahead, 1)),
        cramps=(cramp(ahead),),
        doings=(*record.doings, done(ahead)),
        days=(DayContext(ahead, at(ahead, 20), {"alcohol": 1}),),
        runs=(Run("r", at(ahead, 7), 1800),),
    )
    made = review(more, after(60))
    assert made.future.count == 5
    assert replace(made, future=review(record, after(60)).future) == review(record, after(60))


def test_a_session_after_the_cramp_or_half_a_one_counts_neither_way() -> None:
    nights = (night(START, 1), night(after(1), 0), night(after(2), 0), night(after(3), 0))
    record = Record(
        nights=nights,
        cramps=(cramp(START, 1),),
        doings=(done(START, hour=2), done(after(1), 0.4), done(after(2), 0.6)),
        bedtime=frozenset({BED}),
        first_day=START,
    )
    counts = review(record, after(4)).question.nights
    assert (counts.x1, counts.n1, counts.x0, counts.n0) == (0, 1, 0, 1)


def test_what_is_noted_after_the_night_is_not_known_for_it() -> None:
    def noted(when: datetime) -> Review:
        day = DayContext(START, when, {"alcohol": 2})
        record = Record(
            nights=(night(START, 1), night(after(1), 0)),
            cramps=(cramp(START, 23),),
            days=(day,),
            first_day=START,
            factors=(Factor("alcohol", cut=Cut.AT_LEAST, limit=1),),
        )
        return review(record, after(2))

    def counts(when: datetime) -> int:
        (only,) = noted(when).factors
        return only.nights.n1

    assert counts(at(START, 22)) == 1
    assert counts(at(START, 23, 30)) == 0  # after the cramp
    assert counts(at(after(1), 8)) == 0


def test_each_window_reaches_its_own_nights() -> None:
    runs = tuple(
        Run(f"{n}", at(after(n), 18), 9000 if n == 20 else 3000, 10_000) for n in range(0, 41, 2)
    )
    record = replace(
        diary(41, never, never),
        runs=runs,
        strength=frozenset({"strength_week"}),
        doings=tuple(
            Doing("strength_week", after(n), 600, 600, at(after(n), 17)) for n in (0, 5, 6)
        ),
        factors=(
            Factor("long_run", Window.SAME_NIGHT, Source.LONG_RUN),
            Factor("strength", Window.TWO_NIGHTS, Source.STRENGTH),
        ),
    )
    long_run, strength = review(record, after(41)).factors
    assert (long_run.nights.n1, long_run.nights.n0) == (1, 40)
    # Nights 0, 1, 5, 6 and 7.
    assert (strength.nights.n1, strength.nights.n0) == (5, 36)


def test_a_jump_is_held_against_the_week_after_it() -> None:
    metres = [10_000, 10_000, 10_000, 10_000, 20_000, 10_000]
    runs = tuple(Run(f"{n}", at(after(7 * n), 18), 3000, one) for n, one in enumerate(metres))
    record = replace(
        diary(49, never, never),
        runs=runs,
        factors=(Factor("mileage_jump", Window.NEXT_WEEK, Source.MILEAGE_JUMP),),
    )
    (jump,) = review(record, after(49)).factors
    # Week 4 (from day 28) jumped, so the nights of week 5 are those after it. Of week 6 only the
    # last evening of week 5 and what comes after are known, and they tell of no jump.
    assert jump.nights.n1 == 7
    assert jump.nights.x1 == 0


def test_weeks_have_what_was_done_told_and_changed() -> None:
    plan = Plan(
        (
            PlanItem("a", BED, Tie.BEDTIME, EVERY_DAY, 0, START, after(7)),
            PlanItem("b", BED, Tie.BEDTIME, frozenset({0, 1}), 0, after(7)),
        ),
        (Pause("p", after(14), after(17), "cold"),),
    )
    record = Record(
        nights=(night(START, 2), night(after(1), 0), night(after(8), 1, recalled=True)),
        cramps=(cramp(START), cramp(START, 3, pain=6)),
        days=(DayContext(after(9), at(after(9), 20), {"notes": "new shoes"}),),
        plan=plan,
        doings=(done(START), done(after(1)), done(after(7), 0.5)),
        bedtime=frozenset({BED}),
        first_day=START,
    )
    first, second, third = review(record, after(16)).weeks
    assert first.total.share == pytest.approx(2 / 7)
    assert first.total.dose_share == pytest.approx(2 / 7)
    assert (first.logged, first.cramp_nights, first.cramps, first.recalled) == (2, 1, 2, 0)
    assert first.pain == 5.0
    assert first.is_whole
    assert [mark.kind for mark in first.marks] == [MarkKind.PLANNED]
    assert second.total.share == pytest.approx(0.25)
    assert (second.logged, second.cramp_nights, second.recalled_cramp_nights) == (1, 1, 1)
    assert [mark.kind for mark in second.marks] == [MarkKind.CHANGED, MarkKind.NOTE]
    assert second.marks[1].text == "new shoes"
    # Two of the three days are over, both in a pause.
    assert third.days == 2
    assert not third.is_whole
    assert third.total.share is None
    assert [mark.kind for mark in third.marks] == [MarkKind.PAUSED]


def test_cramps_are_tallied_by_place_hour_length_and_pain() -> None:
    record = Record(
        cramps=(
            cramp(START, 23),
            cramp(START, 3, side=Side.RIGHT, seconds=None, pain=8),
            cramp(after(1), 3, seconds=700, pain=None),
            cramp(after(2), 18, context=CrampContext.RUN, muscle=CrampMuscle.FOOT),
        ),
        doings=(done(START), done(after(1))._replace(left_s=10, right_s=0)),
        first_day=START,
    )
    made = review(record, after(5))
    assert [(one.muscle, one.side, one.cramps) for one in made.places] == [
        (CrampMuscle.CALF, Side.LEFT, 2),
        (CrampMuscle.CALF, Side.RIGHT, 1),
        (CrampMuscle.FOOT, Side.LEFT, 1),
    ]
    assert (made.stretched.left_s, made.stretched.right_s) == (70, 60)
    assert (made.hours[23], made.hours[3], sum(made.hours)) == (1, 2, 3)
    guessed = [
        replace(one, at=datetime.combine(one.at.date(), GUESSED_HOUR, one.at.tzinfo))
        for one in record.cramps
    ]
    # An hour that nobody told makes no peak.
    assert sum(review(replace(record, cramps=tuple(guessed)), after(5)).hours) == 0
    assert made.contexts[CrampContext.RUN] == 1
    assert [one.count for one in made.durations.bins] == [0, 0, 2, 0, 0, 1, 0]
    assert (made.durations.known, made.durations.unknown, made.durations.median) == (3, 1, 90)
    assert [one.count for one in made.pains.bins][4] == 2
    assert made.pains.largest == 8


def test_the_calendar_has_every_night_with_what_is_known() -> None:
    record = Record(nights=(night(START, 2), night(after(2), 0)), first_day=START)
    cells = review(record, after(4)).nights
    assert [one.state for one in cells] == [
        NightState.CRAMPS,
        NightState.NOT_LOGGED,
        NightState.CLEAR,
        NightState.NOT_LOGGED,
    ]


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
    assert felt[1].temperature_c == 10


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
    assert {one.state for one in made.nights} == {NightState.NOT_LOGGED}


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
