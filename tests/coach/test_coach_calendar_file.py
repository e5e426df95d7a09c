"""The plan as a calendar file: what RFC 5545 asks for, and what a phone makes of it."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from calendar_reader import Component, events_of

from uncramp.coach.plan.calendar_file import (
    FILE_NAME,
    Known,
    calendar,
    keep_calendar,
    without_days,
)
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


def entries(plan: Plan, name: str = "Evening") -> list[Component]:
    return events_of(calendar(plan, Known({"evening": name}, {"evening": 126.0}), NOW))


def planned(rhythm: Rhythm) -> Plan:
    return with_routine(Plan(), "evening", rhythm, MONDAY)


def test_every_evening_is_a_floating_time_that_comes_daily() -> None:
    (evening,) = entries(planned(Rhythm(Tie.BEDTIME, remind="22:00")))
    assert evening.start == datetime(2026, 11, 20, 22)
    assert evening.times("DTEND") == [datetime(2026, 11, 20, 22, 3)]
    assert evening.raw("RRULE") == "FREQ=DAILY"
    assert evening.times("DTSTAMP") == [datetime(2026, 11, 20, 17, 0, 30, tzinfo=UTC)]
    assert evening.alarms == [timedelta(minutes=5)]


def test_days_begin_with_the_first_that_comes() -> None:
    (morning,) = entries(planned(Rhythm(Tie.MORNING, frozenset({0, 2}), remind="07:00")))
    assert morning.raw("RRULE") == "FREQ=WEEKLY;BYDAY=MO,WE"
    assert morning.start == datetime(2026, 11, 23, 7)


@pytest.mark.parametrize("tie", Tie)
def test_without_a_reminder_there_is_no_time_and_no_alarm(tie: Tie) -> None:
    plan = planned(Rhythm(tie, frozenset({0, 2})))
    plan = with_skip(plan, plan.items[0].id, date(2026, 11, 25))
    plan = with_pause(plan, date(2026, 12, 15), None, "Holiday")
    (whole_day,) = entries(plan)
    assert type(whole_day.start) is date
    assert whole_day.start == date(2026, 11, 23)
    assert whole_day.raw("RRULE") == "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261214"
    assert whole_day.times("EXDATE") == [date(2026, 11, 25)]
    assert whole_day.alarms == []
    assert "DTEND" not in whole_day.values


@pytest.mark.parametrize("remind", ["", "18:30"])
def test_so_many_times_a_week_have_no_days_and_no_entry(remind: str) -> None:
    plan = planned(Rhythm(Tie.AFTER_RUN, frozenset(), 3, remind))
    assert entries(plan) == []
    assert without_days(plan, MONDAY) == plan.items
    assert without_days(planned(Rhythm(Tie.BEDTIME)), MONDAY) == ()


def test_each_hour_is_an_entry() -> None:
    weekdays = frozenset(range(5))
    plan = planned(Rhythm(Tie.ANY_TIME, weekdays, remind="15:30", remind_until="17:30"))
    hours = entries(plan)
    assert [hour.start for hour in hours] == [
        datetime(2026, 11, 20, 15, 30),
        datetime(2026, 11, 20, 16, 30),
        datetime(2026, 11, 20, 17, 30),
    ]
    assert {hour.raw("RRULE") for hour in hours} == {"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"}


def test_a_routine_that_is_planned_twice_has_two_entries() -> None:
    plan = planned(Rhythm(Tie.ANY_TIME, remind="10:00"))
    plan = with_routine(plan, "evening", Rhythm(Tie.ANY_TIME, remind="15:00"), MONDAY)
    plan = with_routine(plan, "evening", Rhythm(Tie.BEDTIME, remind="22:00"), MONDAY)
    assert sorted(entry.start.isoformat()[11:16] for entry in entries(plan)) == [
        "10:00",
        "15:00",
        "22:00",
    ]


def test_bedtime_after_midnight_falls_on_the_next_day() -> None:
    (night,) = entries(planned(Rhythm(Tie.BEDTIME, frozenset({6}), remind="00:30")))
    assert night.raw("RRULE") == "FREQ=WEEKLY;BYDAY=MO"
    assert night.start == datetime(2026, 11, 23, 0, 30)


def test_a_later_file_changes_the_entry_and_adds_none() -> None:
    plan = planned(Rhythm(Tie.BEDTIME, remind="22:00"))
    (before,) = entries(plan)
    changed = with_rhythm(plan, plan.items[0].id, Rhythm(Tie.BEDTIME, EVERY_DAY - {5}), MONDAY)
    (later,) = events_of(calendar(changed, KNOWN, NOW + timedelta(minutes=1)))
    assert later.raw("UID") == before.raw("UID")
    assert int(later.raw("SEQUENCE")) == int(before.raw("SEQUENCE")) + 1


def test_hostile_names_stay_text_and_long_ones_are_folded() -> None:
    name = "A;b,c\\d\r\nEND:VCALENDAR\r\nßß " + "ö" * 100
    for rhythm in (Rhythm(Tie.BEDTIME, remind="22:00"), Rhythm(Tie.BEDTIME)):
        (entry,) = entries(planned(rhythm), name)
        assert entry.text("SUMMARY") == name.replace("\r\n", "\n")


def test_what_is_no_longer_planned_is_not_written() -> None:
    plan = planned(Rhythm(Tie.BEDTIME))
    assert entries(without_item(plan, plan.items[0].id, date(2026, 11, 20))) == []


def kept(folder: Path) -> dict[str, Component]:
    content = (folder / FILE_NAME).read_bytes()
    return {entry.raw("UID"): entry for entry in events_of(content)}


def test_a_kept_file_changes_with_the_plan_and_only_where_the_plan_has_changed(
    tmp_path: Path,
) -> None:
    plan = with_routine(
        planned(Rhythm(Tie.BEDTIME, remind="22:00")), "dawn", Rhythm(Tie.MORNING), MONDAY
    )
    assert keep_calendar(tmp_path, plan, KNOWN, NOW)
    first = kept(tmp_path)
    # Days later nothing has changed, and nothing is written: a folder that is synchronised rests.
    assert not keep_calendar(tmp_path, plan, KNOWN, NOW + timedelta(days=3))
    later = NOW + timedelta(seconds=10)  # within the same minute
    changed = with_rhythm(plan, plan.items[0].id, Rhythm(Tie.BEDTIME, remind="21:30"), MONDAY)
    assert keep_calendar(tmp_path, changed, KNOWN, later)
    second = kept(tmp_path)
    assert second.keys() == first.keys()
    assert second["dawn-morning@plan.uncramp"] == first["dawn-morning@plan.uncramp"]
    uid = "evening-bedtime@plan.uncramp"
    assert second[uid].start == datetime(2026, 11, 20, 21, 30)
    assert int(second[uid].raw("SEQUENCE")) == int(first[uid].raw("SEQUENCE")) + 1
    assert first[uid].raw("LAST-MODIFIED") == "20261120T170030Z"
    assert second[uid].raw("LAST-MODIFIED") == "20261120T170040Z"
    gone = without_item(changed, changed.items[0].id, NOW.date())
    assert keep_calendar(tmp_path, gone, KNOWN, later)
    assert list(kept(tmp_path)) == ["dawn-morning@plan.uncramp"]
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_days_left_out_and_pauses_are_taken_out_of_it() -> None:
    plan = planned(Rhythm(Tie.BEDTIME, frozenset({4, 6}), remind="22:00"))
    plan = with_skip(plan, plan.items[0].id, date(2026, 11, 27))
    plan = with_pause(plan, date(2026, 12, 4), date(2026, 12, 8), "Race")
    (evening,) = entries(plan)
    assert evening.times("EXDATE") == [
        datetime(2026, 11, 27, 22),
        datetime(2026, 12, 4, 22),
        datetime(2026, 12, 6, 22),
    ]


def test_a_pause_without_an_end_ends_it_until_it_is_over() -> None:
    plan = planned(Rhythm(Tie.BEDTIME, remind="22:00"))
    later = with_pause(plan, date(2026, 11, 25), None, "Injury")
    (evening,) = entries(later)
    assert evening.raw("RRULE") == "FREQ=DAILY;UNTIL=20261124T235959"
    begun = with_pause(plan, NOW.date(), None, "Injury")
    assert entries(begun) == []
    assert len(entries(resumed(begun, NOW.date()))) == 1


def test_a_folder_that_is_gone_is_a_sentence_and_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="does not exist"):
        keep_calendar(tmp_path / "gone", planned(Rhythm(Tie.BEDTIME)), KNOWN, NOW)
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize(
    "content", [b"BEGIN:VCALENDAR\r\nPRODID:-//Somebody//Else//EN\r\n", b"\xff\xfe notes"]
)
def test_somebody_elses_file_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(EnvironmentFault, match="not an Uncramp calendar file"):
        keep_calendar(tmp_path, planned(Rhythm(Tie.BEDTIME)), KNOWN, NOW)
    assert (tmp_path / FILE_NAME).read_bytes() == content


@pytest.mark.parametrize("cut", range(60, 420, 24))
def test_a_file_that_was_cut_or_edited_is_written_whole_again(tmp_path: Path, cut: int) -> None:
    plan = planned(Rhythm(Tie.BEDTIME, remind="22:00"))
    whole = calendar(plan, KNOWN, NOW)
    (tmp_path / FILE_NAME).write_bytes(whole[:cut].replace(b"SEQUENCE:", b"SEQUENCE:-"))
    assert keep_calendar(tmp_path, plan, KNOWN, NOW)
    assert (tmp_path / FILE_NAME).read_bytes() == whole
