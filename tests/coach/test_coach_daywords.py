"""The day in words says what is so, and nothing that was not done."""

from datetime import datetime

import pytest

from uncramp.coach.daywords import headline


@pytest.mark.parametrize(
    ("due", "done", "paused", "words"),
    [
        (1, 0, False, "Good morning, one thing today"),
        (2, 1, False, "Good morning, two things are left"),
        (0, 2, False, "Good morning, all done for today"),
        (0, 0, False, "Good morning, nothing planned today"),
        (0, 2, True, "Good morning, the plan is paused"),
        (0, 0, True, "Good morning, the plan is paused"),
    ],
)
def test_the_headline_of_a_day(due: int, done: int, paused: bool, words: str) -> None:
    now = datetime(2026, 11, 22, 8)
    assert headline(now, due, done, has_plan=True, is_paused=paused) == words
    assert headline(now, 0, 0, has_plan=False) == "Good morning"
