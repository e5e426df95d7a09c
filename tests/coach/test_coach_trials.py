"""Experiments and monthly check-ins: begun, kept, followed, ended, told."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from uncramp.analysis.experiment import Finding
from uncramp.analysis.proportions import Nights
from uncramp.analysis.record import Record
from uncramp.analysis.verdict import Wording
from uncramp.coach.coach import Coach
from uncramp.coach.insight import check_ins, trial_words, trials
from uncramp.coach.insight.reading import read_record, read_review
from uncramp.coach.places import Places
from uncramp.model.body import Side
from uncramp.model.check_in import CheckIn
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, Night
from uncramp.model.errors import EnvironmentFault
from uncramp.model.experiment import Design, Ending

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
BED = "bedtime_trial"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def seven() -> int:
    return 7


def test_an_experiment_is_followed_from_evening_to_evening(places: Places) -> None:
    clock = Clock()
    coach = Coach(places, clock)
    begun = trials.begin_trial(coach, BED, Design.NIGHT_PAIRS, 8, seed=seven)
    assert begun.experiment.start == date(2026, 11, 23)
    assert trials.tonight(coach, begun) is None
    with pytest.raises(ValueError, match="running"):
        trials.begin_trial(coach, BED, Design.NIGHT_PAIRS, 8)
    drawn = []
    for day in range(1, 57):
        clock.now = NOW + timedelta(days=day)
        (kept,) = trials.read_trials(coach)
        drawn.append(trials.tonight(coach, kept))
    assert drawn == list(begun.drawn)
    clock.now += timedelta(hours=7)  # at one in the morning it is still that evening
    assert trials.tonight(coach, begun) is drawn[-1]
    clock.now += timedelta(hours=12)
    assert trials.tonight(coach, begun) is None
    assert trials.running(trials.read_trials(coach), clock.now.date()) is None
    assert trials.begin_trial(coach, BED, Design.RANDOM_WEEKS, 12).drawn != begun.drawn
    coach.close()


def test_it_can_be_stopped_for_pain_at_any_time(places: Places) -> None:
    clock = Clock()
    coach = Coach(places, clock)
    begun = trials.begin_trial(coach, BED, Design.RANDOM_WEEKS, 8, washout=True, seed=seven)
    assert begun.experiment.washout_days == 2
    clock.now = NOW + timedelta(days=10)
    stopped = trials.stop_trial(coach, begun, Ending.PAIN)
    assert stopped.experiment.stopped == clock.now.date()
    assert trials.read_trials(coach) == (stopped,)
    assert trials.tonight(coach, stopped) is None
    (finding,) = read_review(coach).findings
    assert finding.is_over
    told = trial_words.finding_sentences(finding)
    assert "because of pain" in told[0]
    assert "not judged" in told[0]
    coach.close()


def test_only_offered_lengths_are_begun(places: Places) -> None:
    coach = Coach(places, lambda: NOW)
    with pytest.raises(ValueError, match="10 weeks"):
        trials.begin_trial(coach, BED, Design.NIGHT_PAIRS, 10)
    assert trials.read_trials(coach) == ()
    coach.close()


def test_prospects_are_told_before_the_start_and_do_not_change() -> None:
    for a_week in (0.0, 1.0, 2.5, 7.0):
        for weeks in trials.WEEKS:
            found = trials.prospects(a_week, weeks)
            assert found == trials.prospects(a_week, weeks)
            assert len(found) == len(Design) * len(trials.RATIOS)
            for design in Design:
                powers = [one.power for one in found if one.design is design]
                assert all(0 <= power <= 1 for power in powers)
                # A larger drop is seen more often.
                assert all(one <= other + 0.05 for one, other in pairwise(powers))
    typical = trials.prospects(2.5, 12)
    assert trial_words.advice_sentence(typical)
    assert not trial_words.advice_sentence(trials.prospects(7.0, 24))
    assert trial_words.prospect_sentence(typical[0]).startswith(
        "If the routine left 6.5 of every 10 cramp-nights, "
    )


def test_findings_are_told_by_their_step(places: Places) -> None:
    coach = Coach(places, lambda: NOW)
    begun = trials.begin_trial(coach, BED, Design.NIGHT_PAIRS, 12, seed=seven)
    coach.close()
    running = Finding(begun, 40, None, 38, 40, is_over=False, wording=Wording.NOT_ENOUGH)
    so_far = trial_words.finding_sentences(running)
    assert "40 nights are logged so far" in so_far[0]
    assert not any("ramps in" in sentence for sentence in so_far)
    held = replace(
        running,
        nights=Nights(3, 42, 14, 42),
        is_over=True,
        wording=Wording.HELD_IN_A_TEST,
        p=0.004,
        ratio=0.15,
        pairs=42,
    )
    told = trial_words.finding_sentences(held)
    assert told[0].startswith("Fewer cramp-nights")
    assert "3 of 42" in told[1]
    assert "14 of 42" in told[1]
    assert any("0.004 (42 pairs of nights)" in sentence for sentence in told)
    more = replace(held, nights=Nights(14, 42, 3, 42))
    assert trial_words.finding_headline(more).startswith("More")
    nothing = replace(held, wording=Wording.NO_CLEAR_DIFFERENCE, p=0.5)
    assert trial_words.finding_headline(nothing).startswith("No clear difference")
    for sentence in (*told, *trial_words.rules(), *so_far):
        assert not re.search(r"\bcaus|prevent|cure|proves|\{|\bNone\b", sentence)


def test_an_evening_is_told_only_while_it_is_drawn() -> None:
    assert trial_words.tonight_sentence(None, "Bedtime") == ""
    assert "drew Bedtime" in trial_words.tonight_sentence(drawn=True, routine="Bedtime")
    assert "drew no Bedtime" in trial_words.tonight_sentence(drawn=False, routine="Bedtime")


# -- monthly check-ins


def test_a_check_in_is_kept_and_stands_beside_the_one_before(places: Places) -> None:
    clock = Clock()
    coach = Coach(places, clock)
    assert coach.diary is not None
    for back in range(1, 60):
        day = NOW.date() - timedelta(days=back)
        answered = datetime(day.year, day.month, day.day, 20, tzinfo=UTC) + timedelta(hours=12)
        coach.diary.save_night(Night(day, int(back % 4 == 0 and back < 29), answered), NOW)
    at = NOW - timedelta(days=5)
    pain = Cramp("c", at, CrampContext.REST, CrampMuscle.CALF, Side.LEFT, pain=7)
    coach.diary.save_cramp(pain, NOW)
    clock.now = NOW - timedelta(days=28)
    first = check_ins.save_check_in(coach, " new shoes ", "", "salts", 6)
    assert first.changed == "new shoes"
    clock.now = NOW
    second = check_ins.save_check_in(coach, "", "salts", "", 4)
    kept = check_ins.read_check_ins(coach)
    assert kept == (first, second)
    latest, earliest = check_ins.look_backs(read_record(coach), kept)
    assert (latest.check_in, latest.before) == (second, first)
    assert (latest.month.cramp_nights, latest.month.nights, latest.month.worst_pain) == (7, 28, 7)
    assert latest.month_before == earliest.month
    assert (earliest.month.cramp_nights, earliest.month.nights) == (0, 28)
    assert earliest.month_before is None
    assert check_ins.month_sentence(latest.month) == (
        "In the four weeks before: cramps in 7 of 28 logged nights."
    )
    compared = check_ins.compared_sentence(latest)
    assert "7 of 28" in compared
    assert "0 of 28" in compared
    assert "Months differ anyway" in compared
    assert check_ins.compared_sentence(earliest) == ""
    again = check_ins.save_check_in(coach, "", "salts", "", None)
    assert check_ins.read_check_ins(coach) == (first, again)
    check_ins.forget_check_in(coach, again)
    assert check_ins.read_check_ins(coach) == (first,)
    coach.close()


def test_a_check_in_is_due_every_four_weeks() -> None:
    today = NOW.date()
    assert not check_ins.is_due((), None, today)
    assert not check_ins.is_due((), today - timedelta(days=27), today)
    assert check_ins.is_due((), today - timedelta(days=28), today)
    made = CheckIn(today - timedelta(days=20), NOW)
    assert not check_ins.is_due((made,), today - timedelta(days=90), today)
    assert check_ins.is_due((made,), None, today + timedelta(days=8))


@pytest.mark.parametrize("rating", [-1, 11])
def test_a_rating_beyond_the_scale_is_refused(places: Places, rating: int) -> None:
    coach = Coach(places, lambda: NOW)
    with pytest.raises(ValueError, match="rating"):
        check_ins.save_check_in(coach, "", "", "", rating)
    with pytest.raises(ValueError, match="letters"):
        check_ins.save_check_in(coach, "x" * 3000, "", "", 1)
    assert check_ins.read_check_ins(coach) == ()
    coach.close()


def test_an_empty_month_has_nothing() -> None:
    month = check_ins.month_of(Record(), NOW.date())
    assert (month.cramp_nights, month.nights, month.worst_pain) == (0, 0, None)
    assert check_ins.prompts()


def test_without_a_journal_nothing_begins(places: Places) -> None:
    places.data.parent.mkdir(parents=True, exist_ok=True)
    places.data.write_text("no folder", encoding="utf-8")
    coach = Coach(places, lambda: NOW)
    with pytest.raises(EnvironmentFault):
        trials.begin_trial(coach, BED, Design.NIGHT_PAIRS, 8)
    with pytest.raises(EnvironmentFault):
        check_ins.read_check_ins(coach)
