"""What was counted, in sentences that are true of one cramp as of many."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from uncramp.analysis.tally import NightCell, NightState, durations, pains
from uncramp.coach.insight.tally_words import (
    length_words,
    pain_words,
    year_words,
)
from uncramp.model.body import Side
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle


def cramps(seconds: Sequence[int | None], pain: Sequence[int | None]) -> list[Cramp]:
    at = datetime(2026, 11, 21, 3, tzinfo=UTC)
    place = CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT
    both = zip(seconds, pain, strict=True)
    return [Cramp(str(n), at, *place, *one) for n, one in enumerate(both)]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        ((), "How long they lasted was not recorded."),
        ((None,), "How long they lasted was not recorded."),
        ((36,), "It lasted 36 s."),
        ((36, None), "One of them lasted 36 s. For 1, it was not recorded."),
        ((36, 36), "The longest took 36 s."),
        ((20, 36, 50), "Half of them took 36 s or less; the longest took 50 s."),
        (
            (20, None, 40),
            "Half of them took 30 s or less; the longest took 40 s. For 1, it was not",
        ),
    ],
)
def test_lengths_are_told_of_one_as_of_many(seconds: Sequence[int | None], expected: str) -> None:
    assert length_words(durations(cramps(seconds, [None] * len(seconds)))).startswith(expected)


@pytest.mark.parametrize(
    ("pain", "expected"),
    [
        ((None,), "How painful they were was not recorded."),
        ((6,), "The pain was 6."),
        ((6, None, None), "The pain of one of them was 6. For 2, it was not recorded."),
        ((6, 6), "The worst pain was 6."),
        ((3, 6), "For half of them the pain was 4.5 or less; the worst was 6."),
    ],
)
def test_pains_are_told_of_one_as_of_many(pain: Sequence[int | None], expected: str) -> None:
    assert pain_words(pains(cramps([None] * len(pain), pain))) == expected


FIRST = date(2025, 11, 17)
LAST = date(2026, 11, 21)


def row(states: Sequence[NightState]) -> list[NightCell]:
    """Return nights that end with the last one."""
    begun = LAST - timedelta(days=len(states) - 1)
    return [NightCell(begun + timedelta(days=n), state) for n, state in enumerate(states)]


def test_a_year_is_told_by_its_nights_and_what_was_before_them() -> None:
    unknown, clear, bad = NightState.NOT_LOGGED, NightState.CLEAR, NightState.CRAMPS
    words = year_words(row([clear, unknown, bad]), FIRST, LAST)
    assert words.startswith("1 clear (green), 1 with a cramp (redder for more), 1 not logged")
    assert words.endswith("Nights before your first entry are left blank.")
    # A year has 370 squares; the one clear night was long before them.
    long = year_words(row([clear, *[unknown] * 500, clear]), FIRST, LAST)
    assert long.startswith("1 clear (green), 0 with a cramp")
    assert "369 not logged" in long
    assert "blank" not in long


@pytest.mark.parametrize("days", [0, 30, 900])
def test_a_year_without_a_logged_night_is_told_without_a_count(days: int) -> None:
    words = year_words(row([NightState.NOT_LOGGED] * days), FIRST, LAST)
    assert words.startswith("No night of this year is logged")
