"""What was counted, in sentences that are true of one cramp as of many."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from uncramp.analysis.tally import durations, pains
from uncramp.coach.insight.tally_words import length_words, pain_words
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
        ((), "How long they were was not told."),
        ((None,), "How long they were was not told."),
        ((36,), "It lasted 36 s."),
        ((36, None), "One of them lasted 36 s. Of 1 it is not known."),
        ((36, 36), "The longest took 36 s."),
        ((20, 36, 50), "Half of them took 36 s or less; the longest took 50 s."),
        ((20, None, 40), "Half of them took 30 s or less; the longest took 40 s. Of 1 it is not"),
    ],
)
def test_lengths_are_told_of_one_as_of_many(seconds: Sequence[int | None], expected: str) -> None:
    assert length_words(durations(cramps(seconds, [None] * len(seconds)))).startswith(expected)


@pytest.mark.parametrize(
    ("pain", "expected"),
    [
        ((None,), "How painful they were was not told."),
        ((6,), "Its pain was 6."),
        ((6, None, None), "One of them had a pain of 6. Of 2 it is not known."),
        ((6, 6), "The worst had a pain of 6."),
        ((3, 6), "Half of them had a pain of 4.5 or less; the worst had 6."),
    ],
)
def test_pains_are_told_of_one_as_of_many(pain: Sequence[int | None], expected: str) -> None:
    assert pain_words(pains(cramps([None] * len(pain), pain))) == expected
