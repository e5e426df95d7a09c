"""The plan as a calendar file: what RFC 5545 asks for, and what a phone makes of it."""

from datetime import date, datetime, timedelta, timezone

from uncramp.coach.plan.calendar_file import calendar
from uncramp.coach.plan.planning import EVERY_DAY, Rhythm, with_rhythm, with_routine, without_item
from uncramp.model.plan import Plan, Tie

CET = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 20, 18, 0, 30, tzinfo=CET)  # a Friday
MONDAY = date(2026, 11, 16)


def lines(plan: Plan, name: str = "Evening", length_s: float = 126.0) -> list[str]:
    content = calendar(plan, {"evening": name}, {"evening": length_s}, NOW)
    assert content.endswith(b"\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def planned(rhythm: Rhythm) -> Plan:
    return with_routine(Plan(), "evening", rhythm, MONDAY)


def value(found: list[str], key: str) -> str:
    return next(line for line in found if line.startswith(f"{key}:")).partition(":")[2]


def test_every_evening_is_a_floating_time_that_comes_daily() -> None:
    found = lines(planned(Rhythm(Tie.BEDTIME, remind="22:00")))
    assert found[0] == "BEGIN:VCALENDAR"
    assert found[-1] == "END:VCALENDAR"
    assert value(found, "DTSTART") == "20261120T220000"
    assert value(found, "DTEND") == "20261120T220300"
    assert value(found, "RRULE") == "FREQ=DAILY"
    assert value(found, "DTSTAMP") == "20261120T170030Z"
    assert value(found, "TRIGGER") == "-PT5M"
    assert not any("TZID" in line for line in found)


def test_days_begin_with_the_first_that_comes() -> None:
    found = lines(planned(Rhythm(Tie.MORNING, frozenset({0, 2}), remind="07:00")))
    assert value(found, "RRULE") == "FREQ=WEEKLY;BYDAY=MO,WE"
    assert value(found, "DTSTART") == "20261123T070000"


def test_so_many_times_are_spread_over_the_week() -> None:
    found = lines(planned(Rhythm(Tie.BEFORE_RUN, frozenset(), 3)))
    assert value(found, "RRULE") == "FREQ=WEEKLY;BYDAY=MO,WE,FR"
    assert value(found, "DTSTART") == "20261120T173000"
    assert value(found, "DESCRIPTION").startswith("3 times a week\\, on days of your choice.")


def test_bedtime_after_midnight_falls_on_the_next_day() -> None:
    found = lines(planned(Rhythm(Tie.BEDTIME, frozenset({6}), remind="00:30")))
    assert value(found, "RRULE") == "FREQ=WEEKLY;BYDAY=MO"
    assert value(found, "DTSTART") == "20261123T003000"


def test_a_later_file_changes_the_entry_and_adds_none() -> None:
    plan = planned(Rhythm(Tie.BEDTIME, remind="22:00"))
    before = lines(plan)
    changed = with_rhythm(plan, plan.items[0].id, Rhythm(Tie.BEDTIME, EVERY_DAY - {5}), MONDAY)
    later = calendar(changed, {}, {}, NOW + timedelta(minutes=1)).decode().split("\r\n")
    assert value(later, "UID") == value(before, "UID")
    assert int(value(later, "SEQUENCE")) == int(value(before, "SEQUENCE")) + 1


def test_hostile_names_stay_text_and_long_ones_are_folded() -> None:
    name = "A;b,c\\d\r\nEND:VCALENDAR\r\nßß " + "ö" * 100
    found = lines(planned(Rhythm(Tie.BEDTIME)), name)
    assert found.count("END:VCALENDAR") == 1
    assert value(found, "SUMMARY") == "A\\;b\\,c\\\\d\\nEND:VCALENDAR\\nßß " + "ö" * 100


def test_what_is_no_longer_planned_is_not_written() -> None:
    plan = planned(Rhythm(Tie.BEDTIME))
    gone = without_item(plan, plan.items[0].id, date(2026, 11, 20))
    assert not any(line.startswith("UID") for line in lines(gone))
