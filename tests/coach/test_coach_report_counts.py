"""What a report counts: the same as the review, and nothing that was not told."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told_diaries import BED, HOSTILE, LONE_HALF, RUN, TODAY, at, diary

from uncramp.analysis.adherence import Adherence, Doing, total
from uncramp.analysis.record import Record
from uncramp.analysis.review import review
from uncramp.analysis.tally import NightState
from uncramp.coach.report.report import (
    LONGEST_NOTE,
    MOST_CRAMPS,
    MOST_NOTES,
    Report,
    plain,
    report,
)
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, DayContext, Night, Relief, Run
from uncramp.model.plan import Plan, PlanItem, Tie
from uncramp.model.record import Outcome


def record_of(made: Contents) -> Record:
    return Record(
        nights=made.nights,
        cramps=made.cramps,
        days=made.days,
        runs=made.runs,
        plan=made.plan,
        doings=tuple(
            Doing(
                one.routine,
                one.started_at.date(),
                one.done_ms / 1000,
                one.planned_ms / 1000,
                one.started_at,
                one.done_on(Side.LEFT) / 1000,
                one.done_on(Side.RIGHT) / 1000,
            )
            for one in made.sessions
        ),
        bedtime=frozenset({BED}),
        first_day=min((one.day for one in made.nights), default=None),
    )


def told(made: Contents, span: int | None = None, *, with_notes: bool = True) -> Report:
    record = record_of(made)
    stopped = [one.started_at.date() for one in made.sessions if one.outcome is Outcome.TOO_SHARP]
    seen = review(record, TODAY, span)
    return report(record, seen, "Jo", stopped, with_notes=with_notes)


@pytest.mark.parametrize("span", [1, 4, 12, 26, 52, None])
def test_counts_are_those_of_the_review(span: int | None) -> None:
    made = diary(400)
    found = told(made, span)
    cells = [one for one in found.review.nights if one.day >= found.review.first]
    states = Counter(one.state for one in cells)
    assert found.nights == len(cells)
    assert found.logged == states[NightState.CLEAR] + states[NightState.CRAMPS]
    assert found.cramp_nights == states[NightState.CRAMPS]
    assert found.recalled == sum(one.recalled for one in cells)
    assert found.cramps == sum(one.cramps for one in found.review.places)
    assert found.cramps == sum(found.review.contexts.values())
    assert sum(found.review.hours) == found.review.contexts[CrampContext.NIGHT]
    assert found.disturbance.known + found.disturbance.unknown == found.cramps


def test_everything_is_counted_of_the_diary_itself() -> None:
    made = diary(90)
    found = told(made)
    reliefs = Counter(one for cramp in made.cramps for one in cramp.relief)
    assert dict(found.reliefs) == reliefs
    assert [n for _, n in found.reliefs] == sorted(reliefs.values(), reverse=True)
    assert found.relieved == sum(bool(one.relief) for one in made.cramps)
    assert found.long_cramps == sum((one.seconds or 0) > 600 for one in made.cramps)
    disturbed = {one.day for one in made.cramps if (one.disturbance or 0) >= 5}
    assert found.disturbed_nights == len(disturbed)
    sharp = [one for one in made.sessions if one.outcome is Outcome.TOO_SHARP]
    assert [one.started_at.date() for one in sharp] == list(found.stopped)
    assert found.runs is not None
    assert found.runs.count == len(made.runs)
    assert found.runs.metres == pytest.approx(sum(run.metres or 0 for run in made.runs))
    kept = {one.routine: one for one in found.kept}
    assert kept[RUN].sessions == sum(one.routine == RUN for one in made.sessions)
    done_s = sum(one.done_ms for one in made.sessions if one.routine == BED) / 1000
    assert kept[BED].done_s == pytest.approx(done_s)
    assert [one.id for one in kept[BED].items] == ["a", "b"]
    assert total(routine.kept for routine in found.kept) == total(
        week.total for week in found.review.weeks
    )


def test_years_of_a_long_period_add_up() -> None:
    found = told(diary(800))
    assert [one.year for one in found.years] == [2024, 2025, 2026]
    assert sum(one.nights for one in found.years) == 800
    assert sum(one.logged for one in found.years) == found.logged
    assert sum(one.cramp_nights for one in found.years) == found.cramp_nights
    assert total(year.kept for year in found.years) == total(entry.kept for entry in found.kept)
    assert told(diary(400), 52).years == ()


def test_an_empty_record_is_a_report_too() -> None:
    found = told(Contents())
    assert found.is_empty
    assert (found.nights, found.logged, found.cramps) == (0, 0, 0)
    assert not (found.kept or found.noted or found.notes)


def test_one_day_and_one_cramp() -> None:
    day = TODAY - timedelta(days=1)
    cramp = Cramp("c", at(day, 26), CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT, 45, 7)
    found = told(Contents(nights=(Night(day, 1, at(day, 31)),), cramps=(cramp,)))
    assert (found.nights, found.logged, found.cramp_nights, found.cramps) == (1, 1, 1, 1)
    assert (found.first, found.last) == (day, day)
    assert found.runs is None


def test_what_is_dated_ahead_is_not_told() -> None:
    ahead = TODAY + timedelta(days=9)
    made = Contents(
        nights=(Night(TODAY - timedelta(days=1), 0, at(TODAY, 8)),),
        cramps=(Cramp("c", at(ahead, 2), CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT),),
        days=(DayContext(ahead, at(ahead, 2), {"notes": "from the future"}),),
        runs=(Run("r", at(ahead, 2), 60, notes="as well"),),
    )
    found = told(made)
    assert (found.cramps, found.notes, found.noted, found.runs) == (0, (), (), None)
    assert found.review.future.count == 3


def test_a_shorter_period_leaves_the_rest_out() -> None:
    made = diary(200)
    found = told(made, 4)
    first = date(2026, 10, 26)
    assert found.first == first
    assert found.cramps == sum(one.day >= first for one in made.cramps)
    assert all(note.day >= first for note in found.notes)
    assert {one.routine for one in found.kept} == {BED, RUN}
    # The part of the plan that had ended before is not among it.
    assert [one.id for one in found.kept[0].items] == ["b"]


def test_a_plan_is_told_before_anything_of_it_is_due_or_done() -> None:
    items = (
        PlanItem("a", BED, Tie.BEDTIME, frozenset(range(7)), 0, TODAY),
        PlanItem("b", "later", Tie.MORNING, frozenset({0}), 0, TODAY + timedelta(days=1)),
        PlanItem("c", "taken back", Tie.MORNING, frozenset({0}), 0, TODAY, TODAY),
    )
    made = diary(3)
    found = told(Contents(sessions=made.sessions, nights=made.nights, plan=Plan(items)))
    first, *others = found.kept
    assert (first.routine, first.items, first.kept) == (BED, items[:1], Adherence(1, to_come=1))
    assert {one.routine for one in others} == {RUN}
    alone = told(Contents(plan=Plan(items)))
    assert [(one.routine, one.items, one.sessions) for one in alone.kept] == [(BED, items[:1], 0)]


def test_a_plan_of_long_ago_is_not_told_of_a_later_period() -> None:
    made = diary(200)
    old = PlanItem("o", "old", Tie.MORNING, frozenset({0}), 0, TODAY - timedelta(days=99))
    ended = replace(old, end=TODAY - timedelta(days=60))
    plan = Plan((*made.plan.items, ended))
    assert "old" not in {one.routine for one in told(replace(made, plan=plan), 4).kept}


def test_notes_are_the_newest_and_the_others_are_counted() -> None:
    made = diary(200, words=("said",))
    found = told(made)
    every = sum(bool(one.notes) for one in made.cramps) + len(made.days)
    assert len(found.notes) == MOST_NOTES
    assert len(found.notes) + found.more_notes == every
    days = [one.day for one in found.notes]
    assert days == sorted(days, reverse=True)
    dates = [one.day for one in made.days] + [one.at.date() for one in made.cramps]
    assert days[0] == max(dates)
    without = told(made, with_notes=False)
    assert (without.notes, without.more_notes) == ((), 0)


def test_words_about_a_cramp_stand_under_the_date_on_which_it_began() -> None:
    day = TODAY - timedelta(days=1)
    cramp = Cramp("c", at(day, 27), CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT, notes="Ouch")
    found = told(Contents(cramps=(cramp,)))
    assert cramp.day == day
    assert [(one.day, one.text) for one in found.notes] == [(TODAY, "Ouch")]
    assert found.latest[0].at.date() == found.notes[0].day


def test_latest_cramps_come_first() -> None:
    made = diary(200)
    found = told(made)
    order = sorted((one.at for one in made.cramps), reverse=True)
    assert [one.at for one in found.latest] == order[:MOST_CRAMPS]
    assert told(made, 1).latest == tuple(
        one for one in found.latest if one.day >= date(2026, 11, 16)
    )


def test_rare_answers_keep_their_days() -> None:
    days = tuple(
        DayContext(day, at(day, 20), {"medicine": "new" if n == 3 else "usual", "sleep_h": n})
        for n, day in enumerate(TODAY - timedelta(days=back) for back in range(7, 0, -1))
    )
    found = told(Contents(days=days))
    medicine, sleep = found.noted
    assert medicine.values == {"usual": 6, "new": 1}
    assert medicine.seen is not None
    assert medicine.seen["new"] == (TODAY - timedelta(days=4),)
    assert (sleep.median, sleep.low, sleep.high, sleep.days) == (3, 0, 6, 7)


def test_a_relief_that_nobody_told_is_not_counted() -> None:
    day = TODAY - timedelta(days=1)
    cramps = tuple(
        Cramp(str(n), at(day, 26), CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT, relief=relief)
        for n, relief in enumerate(((), (Relief.WALK, Relief.STRETCH), (Relief.WALK,)))
    )
    found = told(Contents(cramps=cramps))
    assert found.reliefs == ((Relief.WALK, 2), (Relief.STRETCH, 1))
    assert found.relieved == 2


# -- words of a user


@given(st.text() | st.sampled_from((*HOSTILE, LONE_HALF)), st.integers(1, 300))
def test_words_come_in_one_line_that_can_be_shown(text: str, longest: int) -> None:
    shown = plain(text, longest)
    assert len(shown) <= longest + 1
    shown.encode()  # no half of a pair
    assert shown == " ".join(shown.split())
    assert not {chr(n) for n in range(32)} & set(shown)
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068") & set(shown)


def test_words_are_kept_as_they_are() -> None:
    for text in ("Woke up, had to stand", HOSTILE[2], HOSTILE[4], "<b>bold</b> & more"):
        assert plain(text, LONGEST_NOTE) == text
    assert plain("many words " * 99, 24) == "many words many words…"
    assert plain("x" * 99, 10) == "xxxxxxxxxx…"
