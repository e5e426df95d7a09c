"""A hand that knows no care, at the real window: nothing that is pressed kills it."""

from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from careless_hand import Monkey, MonkeyError, stranger_to_sound
from x_screen import Screen

from uncramp.coach.coach import Coach
from uncramp.coach.places import find_places
from uncramp.coach.plan.planning import Rhythm, with_routine
from uncramp.coach.plan.reminders import Memory, save_memory
from uncramp.coach.plan.today import plan_day
from uncramp.model.plan import Plan, Tie

SEED = 7
SECONDS = 12.0
TODAY, SETTINGS = 1, 8


@pytest.fixture
def data(tmp_path: Path, screen: Screen) -> Path:
    """A user with a plan of two routines; `screen` tells whether there can be one here."""
    folder = tmp_path / "user" / "data"
    coach = Coach(find_places(folder))
    coach.change_setting("muted", True)
    now = coach.read_date()
    day = plan_day(now)
    plan = with_routine(Plan(), "bedtime_trial", Rhythm(Tie.BEDTIME, remind="22:00"), day)
    plan = with_routine(plan, "prerun_quick", Rhythm(Tie.BEFORE_RUN, frozenset(), 3), day)
    assert coach.diary is not None
    coach.diary.save_plan(plan, now)
    coach.close()
    save_memory(folder, Memory(welcomed=True, has_plan=True), now.date())
    return folder


@pytest.fixture
def monkey(data: Path, tmp_path: Path) -> Monkey:
    folder = tmp_path / "user"
    return Monkey(data, folder, SEED, stranger_to_sound(tmp_path / "home"))


def test_every_list_of_the_plan_and_the_settings_is_chosen_from(monkey: Monkey) -> None:
    with monkey:
        assert monkey.walk((TODAY, SETTINGS)) > 40
    assert monkey.counts.starts == 1


def test_chance_kills_nothing(monkey: Monkey) -> None:
    with monkey:
        monkey.play(SECONDS)
    assert monkey.counts.actions > 50


def test_a_death_is_told_with_what_was_done_last(monkey: Monkey) -> None:
    with monkey:
        monkey.play(1.0)
        monkey.kill()
        with pytest.raises(MonkeyError, match=r"ended with -9[^\x00]*The last of"):
            monkey.play(5.0)
