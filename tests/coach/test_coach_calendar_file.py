"""The plan as a calendar file: what RFC 5545 asks for, and what a phone makes of it."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from uncramp.coach.plan.calendar_file import FILE_NAME, Known, calendar, keep_calendar
from uncramp.coach.plan.planning import (
    EVERY_DAY,
    Rhythm,
    resumed,
    with_pause,
    with_rhythm,
    with_routine,
    with_skip,
    without_item,
)
from uncramp.model.errors import EnvironmentFault
from uncramp.model.plan import Plan, Tie

CET = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 20, 18, 0, 30, tzinfo=CET)  # a Friday
MONDAY = date(2026, 11, 16)
KNOWN = Known({"evening": "Evening"}, {"evening": 126.0})


def lines(plan: Plan, name: str = "Evening", length_s: float = 126.0) -> list[str]:
    content = calendar(plan, Known({"evening": name}, {"evening": length_s}), NOW)
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
    later = calendar(changed, KNOWN, NOW + timedelta(minutes=1)).decode().split("\r\n")
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


def kept(folder: Path) -> list[str]:
    return (folder / FILE_NAME).read_bytes().decode().replace("\r\n ", "").split("\r\n")


def events(found: list[str]) -> dict[str, list[str]]:
    """Return the lines of each event by its UID."""
    made: dict[str, list[str]] = {}
    begin = 0
    for number, line in enumerate(found):
        if line == "BEGIN:VEVENT":
            begin = number
        elif line == "END:VEVENT":
            made[value(found[begin:number], "UID")] = found[begin : number + 1]
    return made


def test_a_kept_file_changes_with_the_plan_and_only_where_the_plan_has_changed(
    tmp_path: Path,
) -> None:
    plan = with_routine(
        planned(Rhythm(Tie.BEDTIME, remind="22:00")), "dawn", Rhythm(Tie.MORNING), MONDAY
    )
    assert keep_calendar(tmp_path, plan, KNOWN, NOW)
    first = events(kept(tmp_path))
    # Days later nothing has changed, and nothing is written: a folder that is synchronised rests.
    assert not keep_calendar(tmp_path, plan, KNOWN, NOW + timedelta(days=3))
    later = NOW + timedelta(seconds=10)  # within the same minute
    changed = with_rhythm(plan, plan.items[0].id, Rhythm(Tie.BEDTIME, remind="21:30"), MONDAY)
    assert keep_calendar(tmp_path, changed, KNOWN, later)
    second = events(kept(tmp_path))
    assert second.keys() == first.keys()
    assert second["dawn-morning@plan.uncramp"] == first["dawn-morning@plan.uncramp"]
    uid = "evening-bedtime@plan.uncramp"
    assert value(second[uid], "DTSTART") == "20261120T213000"
    assert int(value(second[uid], "SEQUENCE")) == int(value(first[uid], "SEQUENCE")) + 1
    assert value(first[uid], "LAST-MODIFIED") == "20261120T170030Z"
    assert value(second[uid], "LAST-MODIFIED") == "20261120T170040Z"
    gone = without_item(changed, changed.items[0].id, NOW.date())
    assert keep_calendar(tmp_path, gone, KNOWN, later)
    assert list(events(kept(tmp_path))) == ["dawn-morning@plan.uncramp"]
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_days_left_out_and_pauses_are_taken_out_of_it() -> None:
    plan = planned(Rhythm(Tie.BEDTIME, frozenset({4, 6}), remind="22:00"))
    plan = with_skip(plan, plan.items[0].id, date(2026, 11, 27))
    plan = with_pause(plan, date(2026, 12, 4), date(2026, 12, 8), "Race")
    out = [line for line in lines(plan) if line.startswith("EXDATE")]
    assert out == [
        "EXDATE:20261127T220000",
        "EXDATE:20261204T220000",
        "EXDATE:20261206T220000",
    ]


def test_a_pause_without_an_end_ends_it_until_it_is_over() -> None:
    plan = planned(Rhythm(Tie.BEDTIME, remind="22:00"))
    later = with_pause(plan, date(2026, 11, 25), None, "Injury")
    assert value(lines(later), "RRULE") == "FREQ=DAILY;UNTIL=20261124T235959"
    begun = with_pause(plan, NOW.date(), None, "Injury")
    assert "BEGIN:VEVENT" not in lines(begun)
    assert "BEGIN:VEVENT" in lines(resumed(begun, NOW.date()))


def test_a_folder_that_is_gone_is_a_sentence_and_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="is not there"):
        keep_calendar(tmp_path / "gone", planned(Rhythm(Tie.BEDTIME)), KNOWN, NOW)
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize(
    "content", [b"BEGIN:VCALENDAR\r\nPRODID:-//Somebody//Else//EN\r\n", b"\xff\xfe notes"]
)
def test_somebody_elses_file_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(EnvironmentFault, match="not a calendar file of Uncramp"):
        keep_calendar(tmp_path, planned(Rhythm(Tie.BEDTIME)), KNOWN, NOW)
    assert (tmp_path / FILE_NAME).read_bytes() == content


@pytest.mark.parametrize("cut", range(60, 420, 24))
def test_a_file_that_was_cut_or_edited_is_written_whole_again(tmp_path: Path, cut: int) -> None:
    plan = planned(Rhythm(Tie.BEDTIME, remind="22:00"))
    whole = calendar(plan, KNOWN, NOW)
    (tmp_path / FILE_NAME).write_bytes(whole[:cut].replace(b"SEQUENCE:", b"SEQUENCE:-"))
    assert keep_calendar(tmp_path, plan, KNOWN, NOW)
    assert (tmp_path / FILE_NAME).read_bytes() == whole
