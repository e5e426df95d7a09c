"""The signs that are reasons to get help: each as urgent as it is."""

from pathlib import Path

import pytest

from uncramp.coach.cramp.relief import red_flag_opening
from uncramp.coach.cramp.safety import load_safety
from uncramp.coach.places import find_places

INTRO, LEVELS = load_safety(find_places(Path("unused")).assets)
NOW, TODAY, APPOINTMENT = (" ".join(level.signs).casefold() for level in LEVELS)


@pytest.mark.parametrize(
    ("sign", "level"),
    [
        ("chest pain", NOW),
        ("confusion", NOW),
        ("suddenly cold, pale or blue", NOW),
        ("vomiting, a strong headache, puffy hands or confusion after drinking a lot", NOW),
        ("tense shin or calf", NOW),
        ("bladder", NOW),
        ("cola-coloured urine", TODAY),
        ("after a long journey, a plaster or an operation, in pregnancy, with the pill", TODAY),
        ("ten minutes of stretching", TODAY),
        ("dirty wound", TODAY),
        ("diabetes", APPOINTMENT),
        ("feet that have long been cold", APPOINTMENT),
    ],
)
def test_a_sign_stands_where_it_belongs_and_nowhere_else(sign: str, level: str) -> None:
    assert sign in level
    assert sum(sign in other for other in (NOW, TODAY, APPOINTMENT)) == 1


def test_too_little_salt_is_never_answered_with_a_drink() -> None:
    (sign,) = (sign for sign in LEVELS[0].signs if "after drinking a lot" in sign)
    assert sign.endswith("Give nothing to drink.")


@pytest.mark.parametrize("before_relief", [True, False])
def test_a_cold_pale_leg_is_an_emergency_from_the_relief_too(before_relief: bool) -> None:
    opening = red_flag_opening(before_relief=before_relief)
    assert "suddenly cold, pale or very painful, call the emergency services now" in opening
