"""Today: what is due, what the nights were, and when a doctor is worth a visit."""

from datetime import date, datetime, timedelta, timezone

import pytest

from uncramp.analysis.adherence import Adherence
from uncramp.analysis.guidance import Reason
from uncramp.coach.coach import Coach
from uncramp.coach.daywords import headline, reminder_words, rhythm_words
from uncramp.coach.places import Places
from uncramp.coach.plan.first_start import Answers, CrampTime, is_first_start, proposal, proposed
from uncramp.coach.plan.planning import Rhythm, with_routine, with_skip
from uncramp.coach.plan.reminders import Memory
from uncramp.coach.plan.today import NightState, Today, answer, compose, read_today
from uncramp.journal.sums import SessionSum, session_sums
from uncramp.model.body import Side
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, Night
from uncramp.model.plan import Plan, Tie
from uncramp.model.record import Outcome, PartRecord, SessionRecord

CET = timezone(timedelta(hours=1))
MONDAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 20, 18, 0, tzinfo=CET)  # a Friday
LAST = date(2026, 11, 19)
EVENINGS = with_routine(Plan(), "evening", Rhythm(Tie.BEDTIME, remind="22:00"), MONDAY)


def done(day: date, hour: int = 22, done_ms: int = 120_000) -> SessionSum:
    at = datetime(day.year, day.month, day.day, hour, tzinfo=CET)
    return SessionSum("evening", at, 120_000, done_ms, done_ms // 2, done_ms // 2)


def cramp(
    at: datetime, context: CrampContext = CrampContext.NIGHT, disturbance: int | None = None
) -> Cramp:
    return Cramp(f"c{at}", at, context, CrampMuscle.CALF, Side.LEFT, disturbance=disturbance)


def seen(
    now: datetime = NOW,
    plan: Plan = EVENINGS,
    sums: tuple[SessionSum, ...] = (),
    nights: tuple[Night, ...] = (),
    cramps: tuple[Cramp, ...] = (),
) -> Today:
    return compose(now, plan, sums, nights, cramps, Memory())


def test_seven_nights_and_missing_is_not_clear() -> None:
    nights = (Night(LAST, 0, NOW), Night(LAST - timedelta(days=2), 3, NOW, recalled=True))
    today = seen(nights=nights)
    assert [mark.day for mark in today.nights] == [
        LAST - timedelta(days=back) for back in reversed(range(7))
    ]
    states = [mark.state for mark in today.nights]
    assert states == [NightState.OPEN] * 4 + [NightState.CRAMP, NightState.OPEN, NightState.CLEAR]
    assert (today.nights[4].cramps, today.nights[4].recalled) == (3, True)


def test_last_night_is_asked_for_until_it_is_told() -> None:
    assert seen().asks
    assert not seen(nights=(Night(LAST, 0, NOW),)).asks
    # At one in the morning the night is not over.
    assert not seen(now=datetime(2026, 11, 20, 1, tzinfo=CET)).asks


def test_a_cramp_at_three_makes_its_night_one_with_a_cramp_whatever_was_answered() -> None:
    three = datetime(2026, 11, 20, 3, tzinfo=CET)
    assert seen(cramps=(cramp(three),)).last_night.state is NightState.CRAMP
    told = seen(nights=(Night(LAST, 0, NOW),), cramps=(cramp(three),))
    assert (told.last_night.state, told.last_night.cramps) == (NightState.CRAMP, 1)
    more = seen(nights=(Night(LAST, 4, NOW),), cramps=(cramp(three),))
    assert more.last_night.cramps == 4
    on_a_run = seen(cramps=(cramp(three, CrampContext.RUN),))
    assert on_a_run.last_night.state is NightState.OPEN


def test_in_the_small_hours_the_evening_is_not_over() -> None:
    late = datetime(2026, 11, 20, 0, 30, tzinfo=CET)
    today = seen(now=late)
    assert today.day == LAST
    assert [entry.item.routine for entry in today.due] == ["evening"]
    after = seen(now=late, sums=(done(date(2026, 11, 20), hour=0),))
    assert after.due == ()
    assert [one.routine for one in after.done] == ["evening"]


def test_a_break_of_every_hour_is_due_again_after_it_was_done() -> None:
    hours = Rhythm(Tie.ANY_TIME, remind="09:00", remind_until="17:00")
    plan = with_routine(Plan(), "evening", hours, MONDAY)
    morning = done(NOW.date(), hour=9)
    assert [entry.is_reminded for entry in seen(NOW.replace(hour=14), plan, (morning,)).due] == [
        True
    ]
    assert seen(NOW.replace(hour=20), plan, (morning,)).due == ()


def test_what_was_begun_today_is_told_with_its_share() -> None:
    evening = datetime(2026, 11, 19, 23, tzinfo=CET)
    begun = done(evening.date(), 22, 30_000)
    (one,) = seen(now=evening, sums=(begun, done(evening.date(), 21, 60_000))).done
    # Both attempts together, as the week counts them.
    assert (one.done_ms, one.share, one.is_whole) == (90_000, 0.75, False)
    (whole,) = seen(now=evening, sums=(begun, done(evening.date(), 21))).done
    assert (whole.share, whole.is_whole) == (1.0, True)


def test_the_week_tells_sessions_sides_and_what_was_left_out() -> None:
    item = EVENINGS.items[0]
    plan = with_skip(EVENINGS, item.id, MONDAY + timedelta(days=1))
    sunday = MONDAY - timedelta(days=1)
    sums = (done(sunday), done(MONDAY), done(MONDAY + timedelta(days=2)))
    today = seen(plan=plan, sums=sums)
    # Tuesday was left out and Thursday missed; Friday to Sunday are to come.
    assert today.kept == Adherence(6, 2, 0, 3)
    assert today.skipped_in_week == 1
    assert (today.left_ms, today.right_ms) == (120_000, 120_000)


def test_a_plan_of_nothing_asks_for_nothing() -> None:
    today = seen(plan=Plan())
    assert not today.has_plan
    assert (today.due, today.kept.share, today.reminders.coming) == ((), None, None)


def test_a_doctor_is_named_for_three_nights_a_week_in_both_weeks() -> None:
    def nights(*back: int) -> tuple[Night, ...]:
        return tuple(Night(NOW.date() - timedelta(days=number), 1, NOW) for number in back)

    assert seen(nights=nights(1, 3, 5, 8, 10)).reasons == ()
    assert seen(nights=nights(1, 3, 5, 8, 10, 12)).reasons == (Reason.MANY_NIGHTS,)


def test_entered_cramps_count_for_the_doctor_as_answers_do() -> None:
    cramps = tuple(
        cramp(NOW.replace(hour=3) - timedelta(days=back)) for back in (0, 2, 4, 7, 9, 11)
    )
    assert seen(cramps=cramps).reasons == (Reason.MANY_NIGHTS,)


def test_disturbed_sleep_names_a_doctor() -> None:
    cramps = tuple(
        cramp(NOW.replace(hour=3) - timedelta(days=back), disturbance=5) for back in (0, 2, 4)
    )
    assert seen(cramps=cramps).reasons == (Reason.DISTURBED_SLEEP,)


def test_an_answer_for_long_ago_is_a_memory() -> None:
    assert not answer(LAST, 0, NOW).recalled
    assert answer(LAST - timedelta(days=1), 0, NOW).recalled
    with pytest.raises(ValueError, match="not over"):
        answer(NOW.date(), 0, NOW)


def test_the_sums_are_those_of_the_sessions(places: Places) -> None:
    coach = Coach(places)
    assert coach.journal is not None
    for number, outcome in enumerate(Outcome):
        parts = (
            PartRecord("wall", Side.LEFT, 1000, 1000),
            PartRecord("wall", Side.RIGHT, 1000, 400),
            PartRecord("jog", Side.NONE, 500, 0),
        )
        started = NOW - timedelta(days=number)
        record = SessionRecord(f"s{number}", "evening", "Evening", started, None, outcome, parts)
        coach.journal.save_session(record, NOW)
    empty = (PartRecord("wall", Side.LEFT, 1000, 0),)
    nothing = SessionRecord("s9", "evening", "Evening", NOW, None, Outcome.ENDED_EARLY, empty)
    coach.journal.save_session(nothing, NOW)
    found = session_sums(coach.journal, NOW - timedelta(days=1), NOW + timedelta(days=1))
    assert found == (
        SessionSum("evening", NOW - timedelta(days=1), 2500, 1400, 1000, 400),
        SessionSum("evening", NOW, 2500, 1400, 1000, 400),
    )
    coach.close()


def test_a_finished_session_without_parts_counts_whole(places: Places) -> None:
    # As from a spreadsheet, which knows nothing of steps and seconds.
    coach = Coach(places, read_date=lambda: NOW)
    assert coach.journal is not None
    assert coach.diary is not None
    coach.diary.save_plan(EVENINGS, NOW)
    for number, outcome in enumerate((Outcome.FINISHED, Outcome.ENDED_EARLY)):
        started = datetime(2026, 11, 16 + number, 22, tzinfo=CET)
        bare = SessionRecord(f"s{number}", "evening", "Evening", started, None, outcome, ())
        coach.journal.save_session(bare, NOW)
    # Monday done, Tuesday left before anything was done, Friday to Sunday to come.
    assert read_today(coach, Memory()).kept == Adherence(7, 1, 0, 3)
    coach.close()


def test_the_first_start_ends_with_the_first_entry(places: Places) -> None:
    coach = Coach(places, read_date=lambda: NOW)
    assert is_first_start(coach)
    assert not (places.data / "journal.sqlite").exists()
    assert coach.diary is not None
    assert is_first_start(coach)
    coach.diary.save_night(Night(LAST, 0, NOW), NOW)
    assert not is_first_start(coach)
    assert read_today(coach, Memory()).last_night.state is NightState.CLEAR
    coach.close()


def proposed_for(coach: Coach, *times: CrampTime, muscles: frozenset[CrampMuscle]) -> list[str]:
    answers = Answers(frozenset(times), muscles)
    plan = proposed(proposal(coach, answers), answers, MONDAY)
    return [item.routine for item in plan.items]


def test_the_answers_decide_what_is_proposed(loaded_coach: Coach) -> None:
    night, run, after = CrampTime.NIGHT, CrampTime.RUN, CrampTime.AFTER
    calf, foot = frozenset({CrampMuscle.CALF}), frozenset({CrampMuscle.FOOT})
    quad = frozenset({CrampMuscle.QUAD})
    assert proposed_for(loaded_coach, night, muscles=calf) == ["bedtime_trial"]
    assert proposed_for(loaded_coach, night, muscles=foot) == ["bedtime_plus"]
    assert proposed_for(loaded_coach, night, muscles=quad) == ["bedtime_trial", "morning"]
    assert proposed_for(loaded_coach, run, muscles=calf) == ["prerun_quick", "cooldown_short"]
    assert proposed_for(loaded_coach, after, muscles=quad) == ["cooldown_short"]
    assert set(proposed_for(loaded_coach, night, run, muscles=foot)) == {
        *("bedtime_plus", "prerun_quick", "cooldown_short"),
    }


def test_without_answers_the_first_plan_is_the_three_routines_for_beginners(
    loaded_coach: Coach,
) -> None:
    answers = Answers(bedtime="22:30")
    plan = proposed(proposal(loaded_coach, answers), answers, MONDAY)
    assert {
        (item.routine, item.tie, len(item.days), item.times, item.remind) for item in plan.items
    } == {
        ("bedtime_trial", Tie.BEDTIME, 7, 0, "22:30"),
        ("prerun_quick", Tie.BEFORE_RUN, 0, 3, ""),
        ("cooldown_short", Tie.AFTER_RUN, 0, 3, ""),
    }


@pytest.mark.parametrize(
    ("hour", "due", "count", "has_plan", "words"),
    [
        (18, 2, 0, True, "Good evening, two things today"),
        (8, 1, 0, True, "Good morning, one thing today"),
        (13, 0, 2, True, "Good afternoon, all done for today"),
        (13, 0, 0, True, "Good afternoon, nothing planned today"),
        (13, 0, 1, False, "Good afternoon"),
        (22, 0, 0, True, "Good evening, nothing is left for today"),
        (22, 1, 2, True, "Good evening, one thing is left"),
        (2, 9, 0, True, "It is late; 9 things are left"),
        (2, 1, 1, True, "It is late; one thing is left"),
        (3, 0, 0, True, "It is night, and nothing is left to do"),
        (3, 0, 2, True, "It is night, and nothing is left to do"),
    ],
)
def test_the_headline(hour: int, due: int, count: int, has_plan: bool, words: str) -> None:
    assert headline(NOW.replace(hour=hour), due, count, has_plan=has_plan) == words


def test_words_of_rhythms_and_reminders() -> None:
    assert rhythm_words(range(7), 0) == "every day"
    assert rhythm_words({0, 1, 2, 3, 4}, 0) == "Monday to Friday"
    assert rhythm_words({4, 0}, 0) == "Mon, Fri"
    assert rhythm_words((), 1) == "once a week"
    assert reminder_words(datetime(2026, 11, 20, 22), NOW) == "today at 22:00"
    assert reminder_words(datetime(2026, 11, 21, 7), NOW) == "tomorrow at 07:00"
    assert reminder_words(datetime(2026, 11, 23, 7), NOW) == "Monday at 07:00"
