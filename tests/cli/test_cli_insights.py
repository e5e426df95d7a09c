"""`uncramp insights`: the same numbers as the journal's, as text and as JSON."""

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from uncramp.cli.main import run
from uncramp.cli.parser import parse
from uncramp.coach.coach import Coach
from uncramp.coach.insight.trials import begin_trial
from uncramp.coach.places import Places
from uncramp.journal.archive import Archive
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, DayContext, Night
from uncramp.model.experiment import Design
from uncramp.model.plan import Plan, PlanItem, Tie
from uncramp.model.record import Outcome, PartRecord, SessionRecord

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
DAYS = 100
Said = Callable[..., int]


@pytest.fixture
def said(places: Places) -> Said:
    def say(*words: str) -> int:
        return run(Coach(places, lambda: NOW), parse(["insights", *words]))

    return say


def written(places: Places) -> Contents:
    """Write a hundred nights, every second one after the bedtime routine."""
    pick = random.Random(5)
    first = NOW.date() - timedelta(days=DAYS)
    nights, cramps, sessions, days = [], [], [], []
    for number in range(DAYS):
        day = first + timedelta(days=number)
        evening = datetime(day.year, day.month, day.day, 21, tzinfo=UTC)
        stretched = pick.random() < 0.5
        cramped = pick.random() < (0.1 if stretched else 0.6)
        nights.append(Night(day, int(cramped), evening + timedelta(hours=10)))
        days.append(DayContext(day, evening, {"alcohol": pick.randrange(3)}))
        if cramped:
            at = evening + timedelta(hours=5)
            cramps.append(Cramp(f"c{number}", at, CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT))
        if stretched:
            parts = tuple(PartRecord("E01", side, 60_000, 60_000) for side in list(Side)[:2])
            sessions.append(
                SessionRecord(
                    f"s{number}",
                    "bedtime_trial",
                    "Bedtime",
                    evening,
                    evening,
                    Outcome.FINISHED,
                    parts,
                )
            )
    item = PlanItem("a", "bedtime_trial", Tie.BEDTIME, frozenset(range(7)), 0, first)
    made = Contents(tuple(sessions), tuple(nights), tuple(cramps), tuple(days), plan=Plan((item,)))
    coach = Coach(places, lambda: NOW)
    assert coach.journal is not None
    Archive(coach.journal).add(made, NOW)
    coach.close()
    return made


def test_an_empty_journal_is_told_so(said: Said, capsys: pytest.CaptureFixture[str]) -> None:
    assert said() == 0
    assert "Nothing is in the journal yet." in capsys.readouterr().out
    assert said("--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["weeks"] == []
    assert data["rate"] is None
    assert data["question"]["verdict"]["wording"] == "not_enough"


def test_with_a_clock_set_back_entries_ahead_are_not_passed_over(
    said: Said, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    coach = Coach(places, lambda: NOW)
    assert coach.diary is not None
    for days in (10, 11):
        day = NOW.date() + timedelta(days=days)
        coach.diary.save_night(Night(day, 0, NOW + timedelta(days=days)), NOW)
    coach.close()
    assert said() == 0
    assert " ".join(capsys.readouterr().out.split()).startswith(
        "The journal has nothing up to today. "
        "2 entries are dated after today and were left out. Was a clock wrong?"
    )


def test_json_counts_what_the_journal_holds(
    said: Said, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    made = written(places)
    with_it = {session.started_at.date() for session in made.sessions}
    # What is compared begins with the first session, not with the plan.
    since = [night for night in made.nights if night.day >= min(with_it)]
    assert said("--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["question"]["nights"] == {
        "cramps_with": sum(night.cramps for night in since if night.day in with_it),
        "nights_with": len(with_it),
        "cramps_without": sum(night.cramps for night in since if night.day not in with_it),
        "nights_without": len(since) - len(with_it),
    }
    assert data["question"]["verdict"]["wording"] == "possible_pattern"
    assert data["question"]["look"]["week"] == 12
    low, high = data["question"]["verdict"]["ratio"]["interval"]
    assert 0 < low < data["question"]["verdict"]["ratio"]["value"] < high < 1
    assert sum(week["logged"] for week in data["weeks"]) == DAYS
    assert sum(week["cramps"] for week in data["weeks"]) == len(made.cramps)
    assert data["stretched_s"] == {"left": 60.0 * len(with_it), "right": 60.0 * len(with_it)}
    alcohol = next(one for one in data["factors"] if one["key"] == "alcohol")
    assert alcohol["nights"]["nights_with"] == sum(day.values["alcohol"] != 0 for day in made.days)


def test_text_and_json_say_the_same_sentences(
    said: Said, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    written(places)
    assert said("--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert said() == 0
    text = " ".join(capsys.readouterr().out.split())
    for sentence in data["question"]["sentences"]:
        assert sentence in text


def test_the_weeks_that_are_shown_change_no_comparison(
    said: Said, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    written(places)
    found = []
    for words in (("--json",), ("--json", "--weeks", "4")):
        assert said(*words) == 0
        found.append(json.loads(capsys.readouterr().out))
    whole, part = found
    assert len(part["weeks"]) == 4
    assert part["weeks"] == whole["weeks"][-4:]
    assert part["question"] == whole["question"]
    assert part["factors"] == whole["factors"]


def test_an_experiment_is_told_without_its_lots_ahead(
    said: Said, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    coach = Coach(places, lambda: NOW - timedelta(days=20))
    begin_trial(coach, "bedtime_trial", Design.NIGHT_PAIRS, 8, seed=lambda: 7)
    coach.close()
    written(places)
    assert said("--json") == 0
    (found,) = json.loads(capsys.readouterr().out)["experiments"]
    assert found["nights"] is None
    assert (found["is_over"], found["wording"], found["logged"]) == (False, "not_enough", 19)
    assert said() == 0
    assert "Experiment from 3 November 2026: bedtime_trial, pairs" in capsys.readouterr().out


@pytest.mark.parametrize("weeks", ["0", "-3", "many", "1.5", "99999", "9" * 5000])
def test_weeks_that_are_none_are_refused(said: Said, weeks: str) -> None:
    with pytest.raises(SystemExit) as refused:
        said("--weeks", weeks)
    assert refused.value.code == 1


@pytest.mark.parametrize("columns", ["20", "40", "200"])
def test_lines_fit_into_the_terminal(
    said: Said,
    places: Places,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    columns: str,
) -> None:
    written(places)
    monkeypatch.setenv("COLUMNS", columns)
    assert said() == 0
    lines = capsys.readouterr().out.splitlines()
    table = next(number for number, line in enumerate(lines) if not line)
    assert max(map(len, lines[table:-3])) <= min(88, int(columns))
    assert len({len(line) for line in lines[:table]}) == 1


def test_a_long_record_fits_on_a_screen_and_all_of_it_can_be_asked_for(
    said: Said, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    first = NOW - timedelta(days=7 * 52)
    coach = Coach(places, lambda: NOW)
    assert coach.journal is not None
    nights = tuple(
        Night((first + timedelta(days=n)).date(), 0, first + timedelta(days=n + 1))
        for n in range(7 * 52)
    )
    Archive(coach.journal).add(Contents(nights=nights), NOW)
    coach.close()
    said()
    told = capsys.readouterr().out
    assert told.count(" of 7 ") + told.count(" of 6 ") <= 27
    assert "--weeks 53 shows them" in told
    # What is said is about all of it, but the night before the first answer.
    assert "in 0 of 363 logged nights" in told
    said("--weeks", "53")
    assert capsys.readouterr().out.count(" of 7 ") > 50
