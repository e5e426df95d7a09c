"""The journal read for a review, the factors of a day, and the sentences."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from judged_records import after, night

from uncramp.analysis.adherence import Doing
from uncramp.analysis.binomial import Interval
from uncramp.analysis.confounding import Confounder, Confounding
from uncramp.analysis.level import Rate, Season
from uncramp.analysis.proportions import Nights
from uncramp.analysis.question import Question
from uncramp.analysis.record import Cut, Future, Record, Source
from uncramp.analysis.review import SPANS, Review, review
from uncramp.analysis.verdict import MOST_FACTORS, Verdict, Wording
from uncramp.coach.coach import Coach
from uncramp.coach.diary.tracking import MOST, Kind, fields
from uncramp.coach.insight import words
from uncramp.coach.insight.factors import chosen_factors, factor_name, factor_of, window_words
from uncramp.coach.insight.reading import read_record, read_review
from uncramp.coach.insight.week_words import warmer_half
from uncramp.coach.places import Places
from uncramp.journal.archive import Archive
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, DayContext, Night, Run
from uncramp.model.errors import EnvironmentFault
from uncramp.model.plan import Plan, PlanItem, Tie
from uncramp.model.record import Outcome, PartRecord, SessionRecord

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
START = date(2026, 1, 5)
BED = "bedtime_trial"


def evening(day: date, hour: int = 21) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def diary(days: int, with_it: float = 0.1, without: float = 0.6) -> Record:
    pick = random.Random(7)
    exposed = [pick.random() < 0.5 for _ in range(days)]
    every = [START + timedelta(days=n) for n in range(days)]
    return Record(
        nights=tuple(
            Night(day, int(pick.random() < (with_it if was else without)), evening(day))
            for day, was in zip(every, exposed, strict=True)
        ),
        doings=tuple(
            Doing(BED, day, 120, 120, evening(day))
            for day, was in zip(every, exposed, strict=True)
            if was
        ),
        bedtime=frozenset({BED}),
        first_day=START,
        factors=chosen_factors("alcohol sleep_h"),
    )


def reviews() -> Iterator[Review]:
    for days in (0, 1, 20, 45, 90, 200, 400):
        for rates in ((0.1, 0.6), (0.6, 0.1), (0.3, 0.3), (0.0, 0.0), (1.0, 1.0), (0.0, 0.5)):
            yield review(diary(days, *rates), START + timedelta(days=days))


# -- reading


def test_everything_of_the_journal_is_read(places: Places) -> None:
    first = NOW.date() - timedelta(days=800)
    every = [first + timedelta(days=n) for n in range(0, 800, 9)]
    parts = (PartRecord("E01", Side.LEFT, 60_000, 30_000),)
    made = Contents(
        sessions=tuple(
            SessionRecord(f"s{day}", BED, "Bed", evening(day), None, Outcome.FINISHED, parts)
            for day in every
        ),
        nights=tuple(Night(day, 0, evening(day) + timedelta(hours=10)) for day in every),
        cramps=tuple(
            Cramp(f"c{day}", evening(day), CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT)
            for day in every
        ),
        days=tuple(DayContext(day, evening(day), {"alcohol": 1}) for day in every),
        runs=tuple(Run(f"r{day}", evening(day, 7), 1800) for day in every),
        plan=Plan((PlanItem("a", "morning", Tie.BEDTIME, frozenset({0}), 0, first),)),
    )
    coach = Coach(places, lambda: NOW)
    assert coach.journal is not None
    Archive(coach.journal).add(made, NOW)
    read = read_record(coach)
    assert read.cramps == made.cramps
    assert read.days == made.days
    assert read.runs == made.runs
    assert read.plan == made.plan
    assert [one.day for one in read.doings] == every
    assert {(one.done_s, one.planned_s, one.left_s, one.right_s) for one in read.doings} == {
        (30, 60, 30, 0)
    }
    # A cramp that was entered makes its night one with a cramp, whatever was answered.
    assert [(one.day, one.cramps) for one in read.nights] == [(day, 1) for day in every]
    assert read.first_day == first
    assert {"bedtime_trial", "bedtime_plus", "morning"} <= read.bedtime
    assert read.strength == {"strength_week"}
    coach.close()


def test_what_is_dated_ahead_is_read_and_told(places: Places) -> None:
    ahead = NOW.date() + timedelta(days=4000)
    coach = Coach(places, lambda: NOW)
    assert coach.diary is not None
    coach.diary.save_night(Night(NOW.date() - timedelta(days=1), 0, NOW), NOW)
    coach.diary.save_night(Night(ahead, 1, NOW), NOW)
    found = read_review(coach)
    assert found.future == Future(nights=1)
    assert "1 entry is dated after today" in " ".join(words.summary(found))
    coach.close()


@pytest.mark.parametrize("year", [1, 1970])
def test_a_clock_that_was_far_behind_draws_no_thousand_years(places: Places, year: int) -> None:
    coach = Coach(places, lambda: NOW)
    assert coach.diary is not None
    coach.diary.save_night(Night(date(year, 1, 1), 1, NOW), NOW)
    coach.diary.save_night(Night(NOW.date() - timedelta(days=1), 0, NOW), NOW)
    assert len(read_review(coach).weeks) < 5300
    coach.close()


def test_a_journal_that_cannot_be_opened_is_the_worlds_fault(places: Places) -> None:
    places.data.parent.mkdir(parents=True, exist_ok=True)
    places.data.write_text("no folder", encoding="utf-8")
    with pytest.raises(EnvironmentFault):
        read_record(Coach(places, lambda: NOW))


# -- factors


def test_every_field_of_a_day_has_its_line_and_its_name() -> None:
    for field in fields():
        factor = factor_of(field.key)
        choices = {value for value, _ in field.choices}
        assert (factor.cut is Cut.AMONG) == (field.kind is Kind.CHOICE)
        assert (factor.cut is Cut.YES) == (field.kind is Kind.YES_NO)
        # Some values count and some do not, else nothing could be compared.
        assert not choices or factor.values < choices
        assert factor.cut not in (Cut.AT_LEAST, Cut.BELOW) or 0 < factor.limit <= (
            field.highest or len(field.swatches)
        )
        assert field.title in factor_name(factor, 3)
        assert window_words(factor)


def test_what_is_tracked_leaves_room_for_runs_and_strength() -> None:
    keys = [field.key for field in fields()]
    most = chosen_factors(" ".join(keys[:MOST]))
    assert [one.source for one in most[MOST:]] == [Source.LONG_RUN, Source.STRENGTH]
    assert len(chosen_factors(" ".join(keys))) == MOST_FACTORS
    assert [one.source for one in chosen_factors("")] == [
        Source.LONG_RUN,
        Source.STRENGTH,
        Source.MILEAGE_JUMP,
    ]


# -- words


def everything_said(found: Review) -> list[str]:
    said = [*words.summary(found), *words.question_sentences(found.question)]
    for one in found.factors:
        said += words.factor_sentences(one)
        line = words.factor_line(one)
        said.append(line[:1].upper() + line[1:])
    said += [words.factors_sentence(found.factors), words.break_sentence(found.break_)]
    said += words.rate_sentences(found)
    return [sentence for sentence in said if sentence]


def test_no_sentence_names_a_cause_or_a_number_without_its_interval() -> None:
    wordings = set()
    for found in reviews():
        wordings.add(found.question.verdict.wording)
        for sentence in everything_said(found):
            low = sentence.casefold()
            assert not re.search(r"\bcaus|\bbecause of|prevent|cure|trigger|works|proves", low)
            assert not re.search(r"\bnan\b|\binf\b|\bNone\b|\{|\}", sentence), sentence
            if re.search(r"\d times", sentence):
                assert re.search(r"\(\d.* to .*\)|interval", sentence), sentence
            if "%" in sentence:
                assert "95 %" in sentence
            assert sentence[0].isupper() or sentence[0].isdigit()
            assert sentence[-1] in ".?"
    assert wordings == {
        Wording.NOT_ENOUGH,
        Wording.NO_CLEAR_DIFFERENCE,
        Wording.POSSIBLE_PATTERN,
    }


@pytest.mark.parametrize(("rates", "side"), [((0.1, 0.6), "fewer"), ((0.6, 0.1), "more")])
def test_a_pattern_says_its_side_and_that_it_may_be_chance(
    rates: tuple[float, float], side: str
) -> None:
    asked = review(diary(90, *rates), START + timedelta(days=90)).question
    headline = words.question_headline(asked)
    assert headline.startswith(f"A possible pattern: {side} cramp-nights")
    assert "may be chance" in headline
    held = replace(asked, verdict=replace(asked.verdict, wording=Wording.HELD_IN_A_TEST))
    assert "held in your randomised test" in words.question_headline(held)


def test_counts_are_told_as_nights_of_nights() -> None:
    assert words.question_counts(Nights(7, 34, 8, 18)) == (
        "With the routine, cramps in 7 of 34 logged nights; without it, in 8 of 18."
    )
    assert "1 logged night;" in words.question_counts(Nights(0, 1, 0, 0))


def test_what_is_missing_is_told_in_numbers() -> None:
    nothing = Nights(0, 0, 0, 0)
    asked = Question(nothing, (), 1, 2, 0, None, Verdict(Wording.NOT_ENOUGH, (), nothing))
    (first, *_) = words.missing_sentences(asked)
    assert first == (
        "A comparison needs at least: 1 more cramp-night and 2 more logged nights with the routine."
    )


def test_what_can_be_seen_is_said_before_anything_is_compared() -> None:
    typical = words.visible_sentence(2.5, 0.22)
    assert "2.5 cramp-nights a week" in typical
    assert "18 weeks" in typical
    assert "from 10 cramp-nights to 2 or fewer" in typical
    assert "even an end to all cramps" in words.visible_sentence(0.1, None)


def test_a_rate_has_its_interval() -> None:
    empty = review(Record(), START)
    rated = replace(empty, rate=Rate(19, 52, 2.56, Interval(1.54, 3.99)), logged=52)
    assert words.rate_sentences(rated) == (
        "Cramps in 19 of 52 logged nights: 2.6 cramp-nights a week (1.5 to 4.0, 95 % interval).",
    )
    (sentence,) = words.rate_sentences(replace(empty, logged=1))
    # A period may be shorter than the record: nothing is said of the time before it.
    assert (
        sentence == "1 night of this period was logged in time; a rate is given from 28 nights on."
    )


def test_a_rate_says_which_nights_of_the_weeks_it_leaves_out() -> None:
    # 40 nights, of which 3 were told from memory and 2 are from before the first evening.
    nights = [night(after(n), 0, recalled=n in {9, 19, 29}) for n in range(40)]
    record = Record(nights=tuple(nights), first_day=after(2))
    rate, left_out = words.rate_sentences(review(record, after(40)))
    assert rate.startswith("Cramps in 0 of 35 logged nights")
    assert left_out.startswith("5 logged nights are left out here")
    # None of them is in the last week.
    assert len(words.rate_sentences(review(record, after(40), 1))) == 1


@pytest.mark.parametrize("kind", list(Confounding))
@pytest.mark.parametrize("miles", [False, True])
def test_each_confounder_is_told_with_both_sides(kind: Confounding, miles: bool) -> None:
    value = {Confounding.TEMPERATURE: (20, 10), Confounding.WEEKLY_DISTANCE: (32_187, 16_093)}
    with_it, without = value.get(kind, (0.8, 0.2))
    told = words.confounder_sentence(Confounder(kind, with_it, without, 1.5), miles=miles)
    numbers = [int(one) for one in re.findall(r"\d+", told)]
    expected = {
        Confounding.SEASON: [8, 10, 2, 10],
        Confounding.LONG_RUNS: [8, 10, 2, 10],
        Confounding.TEMPERATURE: [20, 10],
        Confounding.WEEKLY_DISTANCE: [20, 10] if miles else [32, 16],
    }
    assert numbers == expected[kind]


def test_seasons_are_named_by_months_or_by_warmth() -> None:
    season = Season(START, START, summer_half=True)
    assert warmer_half(season) == "April to September"
    assert warmer_half(replace(season, warm=True)) == "warmer half of the year"


def test_an_empty_review_says_what_to_do() -> None:
    for span in SPANS:
        assert len(words.summary(review(Record(), START, span))) == 2
