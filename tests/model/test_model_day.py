"""When what is noted about a day became known."""

from datetime import date, datetime, timedelta, timezone

from uncramp.model.diary import DayContext

CET = timezone(timedelta(hours=1))
DAY = date(2026, 11, 29)
EVENING = datetime(2026, 11, 29, 20, tzinfo=CET)
MORNING = datetime(2026, 11, 30, 7, 45, tzinfo=CET)


def evening() -> DayContext:
    day = DayContext(DAY, EVENING).with_value("alcohol", 2, EVENING)
    return day.with_value("sleep_h", 6.5, EVENING + timedelta(minutes=1))


def test_a_word_the_next_morning_leaves_the_evening_as_it_was() -> None:
    day = evening().with_value("notes", "Bad cramp in the night", MORNING)
    assert day.noted_at("alcohol") == EVENING
    assert day.noted_at("sleep_h") == EVENING + timedelta(minutes=1)
    assert day.noted_at("notes") == MORNING


def test_a_correction_has_the_time_at_which_it_was_made() -> None:
    day = evening().with_value("alcohol", 3, MORNING)
    assert day.noted_at("alcohol") == MORNING
    assert day.with_value("alcohol", 3, MORNING + timedelta(days=1)) is day


def test_true_and_one_are_two_answers() -> None:
    day = DayContext(DAY, EVENING).with_value("massage", True, EVENING)
    assert day.with_value("massage", 1, MORNING).noted_at("massage") == MORNING


def test_what_is_taken_away_and_noted_again_is_noted_anew() -> None:
    day = evening().with_value("alcohol", None, MORNING)
    assert set(day.values) == {"sleep_h"}
    again = day.with_value("alcohol", 2, MORNING)
    assert again.noted_at("alcohol") == MORNING
    empty = DayContext(DAY, EVENING).with_value("alcohol", 2, EVENING)
    assert empty.with_value("alcohol", None, MORNING).values == {}
    later = empty.with_value("alcohol", None, MORNING).with_value("alcohol", 1, MORNING)
    assert later.noted_at("alcohol") == MORNING
