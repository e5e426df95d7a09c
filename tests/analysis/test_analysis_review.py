"""The review of whole records: what is counted, what is compared, and what is left alone."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from judged_records import (
    BED,
    EVERY_DAY,
    START,
    after,
    at,
    chance,
    cramp,
    diary,
    done,
    estimates,
    never,
    night,
)

from uncramp.analysis.adherence import Adherence, Doing
from uncramp.analysis.record import Cut, Factor, Record, Source, Window
from uncramp.analysis.review import SPANS, Review, outline, review
from uncramp.analysis.tally import NightState
from uncramp.analysis.verdict import Wording
from uncramp.analysis.weeks import MarkKind
from uncramp.model.body import Side
from uncramp.model.diary import (
    GUESSED_HOUR,
    CrampContext,
    CrampMuscle,
    DayContext,
    DayValue,
    Run,
)
from uncramp.model.plan import Pause, Plan, PlanItem, Tie


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


@pytest.mark.parametrize(("key", "value", "seen"), [("notes", "Bad cramp", 1), ("alcohol", 3, 0)])
def test_a_note_of_the_next_morning_changes_no_count_and_a_correction_is_left_out(
    key: str, value: DayValue, seen: int
) -> None:
    evening = DayContext(START, at(START, 20)).with_value("alcohol", 2, at(START, 20))
    record = Record(
        nights=(night(START, 1), night(after(1), 0)),
        days=(evening.with_value(key, value, at(after(1), 8)),),
        first_day=START,
        factors=(Factor("alcohol", cut=Cut.AT_LEAST, limit=1),),
    )
    (alcohol,) = review(record, after(2)).factors
    assert (alcohol.nights.n1, alcohol.nights.x1) == (seen, seen)


def test_how_one_lay_is_held_against_the_night_just_past() -> None:
    """Noted in the morning after, also after a cramp; a day later it is a memory."""
    lying = Factor("toes_down", Window.PAST_NIGHT)
    mornings = {after(1): (True, at(after(1), 8)), after(3): (True, at(after(4), 8))}
    record = Record(
        nights=tuple(night(after(n), int(n == 0)) for n in range(4)),
        days=tuple(
            DayContext(day, when, {"toes_down": value}) for day, (value, when) in mornings.items()
        ),
        first_day=START,
        factors=(lying,),
    )
    (toes,) = review(record, after(4)).factors
    assert (toes.nights.x1, toes.nights.n1, toes.nights.n0) == (1, 1, 0)


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
    assert first.total == Adherence(7, 2)
    assert first.work_s == 240
    assert (first.logged, first.cramp_nights, first.cramps, first.recalled) == (2, 1, 2, 0)
    assert first.pain == 5.0
    assert first.is_whole
    assert [mark.kind for mark in first.marks] == [MarkKind.PLANNED]
    assert second.total == Adherence(2, 0, 1)
    assert (second.logged, second.cramp_nights, second.recalled_cramp_nights) == (1, 1, 1)
    assert [mark.kind for mark in second.marks] == [MarkKind.CHANGED, MarkKind.NOTE]
    assert second.marks[1].text == "new shoes"
    # Two of the three days are over, both in a pause.
    assert third.days == 2
    assert not third.is_whole
    # Thursday to Sunday are not planned for, and Monday to Wednesday are paused.
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


OLD_RUN = Run("old", at(after(-1500), 8), 3000, 10_000)
OLD_NOTE = DayContext(after(-1400), at(after(-1400), 20), {"notes": "new shoes"})


def test_old_runs_and_notes_do_not_move_the_beginning_of_the_nights() -> None:
    record = replace(diary(9, never, never), runs=(OLD_RUN,), days=(OLD_NOTE,))
    for span in SPANS:
        seen = review(record, after(9), span)
        assert seen.begun == seen.first == START
        assert sum(week.days for week in seen.weeks) == len(seen.nights) == 9
        assert len(seen.weeks) == 2
    assert outline(record, after(9)).weeks == review(record, after(9)).weeks


def test_nights_begin_with_the_first_answer_session_or_plan() -> None:
    item = PlanItem("a", BED, Tie.BEDTIME, EVERY_DAY, 0, after(3))
    record = Record(nights=(night(after(5), 0),), runs=(OLD_RUN,))
    assert len(review(record, after(9)).nights) == 4
    assert len(review(replace(record, plan=Plan((item,))), after(9)).nights) == 6
    assert len(review(replace(record, doings=(done(after(1)),)), after(9)).nights) == 8
    assert len(review(replace(record, cramps=(cramp(after(2)),)), after(9)).nights) == 7


def test_a_record_of_runs_alone_has_no_night_that_counts() -> None:
    seen = review(Record(runs=(OLD_RUN,)), START)
    assert seen.begun == after(-1500)
    assert sum(load.runs for load in seen.runs_weekly) == 1
    assert seen.nights == ()
    assert {week.days for week in seen.weeks} == {0}
