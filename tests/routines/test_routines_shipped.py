"""The shipped files hold what the exercise and routine catalogues say."""

import re
from pathlib import Path

import pytest

from uncramp.model.exercise import Exercise, Kind, Sides
from uncramp.model.routine import Moment, Routine
from uncramp.routines.library import Library, load_library

ROOT = Path(__file__).resolve().parents[2]

# Routine catalogue, R01, R02, R07, R08: exercise, seconds of a set, sets, rest.
DOSES = {
    "prerun_full": [
        ("easy_jog", 120, 1, 0),
        ("leg_swing_front", 20, 1, 0),
        ("leg_swing_side", 20, 1, 0),
        ("lunge_twist", 40, 1, 0),
        ("high_knees", 15, 2, 10),
        ("butt_kicks", 15, 2, 10),
        ("jumping_jacks", 30, 1, 0),
        ("calf_raise", 30, 1, 0),
        ("wall_calf_pump", 30, 1, 0),
    ],
    "prerun_quick": [
        ("easy_jog", 60, 1, 0),
        ("leg_swing_front", 20, 1, 0),
        ("leg_swing_side", 20, 1, 0),
        ("butt_kicks", 20, 1, 0),
        ("high_knees", 20, 1, 0),
        ("lunge_twist", 24, 1, 0),
        ("wall_calf_pump", 20, 1, 0),
    ],
    "cooldown_short": [
        ("cool_down_walk", 60, 1, 0),
        ("wall_calf_static", 30, 1, 0),
        ("chair_hamstring", 30, 1, 0),
        ("standing_quad", 30, 1, 0),
    ],
    "bedtime_trial": [("wall_calf_static", 10, 3, 0), ("chair_hamstring", 10, 3, 0)],
}
TOTALS = {"prerun_full": 503, "prerun_quick": 295, "cooldown_short": 273, "bedtime_trial": 126}
REFS = {
    "R01": "prerun_full",
    "R02": "prerun_quick",
    "R07": "cooldown_short",
    "R08": "bedtime_trial",
}
EXERCISES = {
    "E01": "wall_calf_pump", "E01b": "wall_calf_static", "E09": "chair_hamstring",
    "E11": "standing_quad", "E15": "easy_jog", "E16": "leg_swing_front", "E17": "leg_swing_side",
    "E18": "high_knees", "E19": "butt_kicks", "E20": "jumping_jacks", "E21": "lunge_twist",
    "E22": "cool_down_walk", "E25": "calf_raise",
}  # fmt: skip
# The exercise catalogue's tempo: seconds of a cycle, from and to.
TEMPO = {
    "wall_calf_pump": (5, 5), "easy_jog": (2 * 60 / 170, 2 * 60 / 150), "leg_swing_front": (2, 2),
    "leg_swing_side": (2, 2), "high_knees": (2 * 60 / 180, 2 * 60 / 150),
    "butt_kicks": (2 * 60 / 180, 2 * 60 / 150), "jumping_jacks": (60 / 60, 60 / 50),
    "lunge_twist": (8, 8), "calf_raise": (6, 6),
}  # fmt: skip


@pytest.fixture(scope="module")
def library() -> Library:
    library, problems = load_library(ROOT / "routines", None)
    assert problems == ()
    return library


def everything(library: Library) -> list[Exercise | Routine]:
    return [*library.exercises.values(), *library.routines.values()]


def texts(thing: Exercise | Routine) -> list[str]:
    if isinstance(thing, Routine):
        notes = [step.note for step in thing.steps]
        return [str(t) for t in (thing.name, thing.summary, *notes) if t] + list(thing.sources)
    single = (thing.name, thing.feel, thing.caution, thing.easier, thing.harder)
    several = (*thing.cues, *thing.mistakes, *thing.muscles)
    return [str(text) for text in (*single, *several) if text] + list(thing.sources)


def test_the_whole_first_set_is_there(library: Library) -> None:
    assert {r.ref: r.id for r in library.routines.values() if r.ref in REFS} == REFS
    found = {e.ref: e.id for e in library.exercises.values() if e.ref in EXERCISES}
    assert found == EXERCISES
    for path in (ROOT / "routines").rglob("*.toml"):
        name = path.name.removesuffix(".toml").removesuffix(".routine")
        assert name in library.routines or name in library.exercises


@pytest.mark.parametrize("name", DOSES)
def test_doses_are_the_catalogues(library: Library, name: str) -> None:
    steps = library.routines[name].steps
    assert [(s.exercise, s.seconds, s.sets, s.rest_s) for s in steps] == DOSES[name]


@pytest.mark.parametrize("name", TOTALS)
def test_totals_are_the_catalogues(library: Library, name: str) -> None:
    """Work + 6 s set-up between steps + 5 s for each change of side + the listed rests."""
    total = 0.0
    for number, step in enumerate(library.routines[name].steps):
        each = library.exercises[step.exercise].sides is Sides.EACH
        total += step.set_up_s if number else 0
        total += step.seconds * step.sets * (2 if each else 1)
        total += step.rest_s * (step.sets - 1)
        total += step.switch_s * (1 if each else 0)
    assert total == TOTALS[name]


def test_the_trials_dose_changes_sides_at_once(library: Library) -> None:
    for step in library.routines["bedtime_trial"].steps:
        assert step.alternate
        assert step.switch_s == 0
        assert step.set_up_s == 6


def test_nothing_is_held_long_before_a_run(library: Library) -> None:
    for routine in library.routines.values():
        if routine.moment is Moment.BEFORE_RUN:
            kinds = {library.exercises[step.exercise].kind for step in routine.steps}
            assert Kind.HOLD not in kinds


@pytest.mark.parametrize("name", TEMPO)
def test_tempo_is_the_catalogues(library: Library, name: str) -> None:
    cycle_s = library.exercises[name].cycle_s
    assert cycle_s is not None
    assert TEMPO[name][0] <= cycle_s <= TEMPO[name][1]


def test_time_for_both_legs_is_equal_where_they_take_turns(library: Library) -> None:
    for routine in library.routines.values():
        for step in routine.steps:
            if step.exercise == "lunge_twist":
                assert step.seconds % 8 == 0


def test_cues_can_be_spoken(library: Library) -> None:
    for exercise in library.exercises.values():
        assert 2 <= len(exercise.cues) <= 4, exercise.id
        for cue in exercise.cues:
            assert 2 <= len(str(cue).split()) <= 9, cue
            assert re.fullmatch(r"[A-Z][a-z' -]+(, [a-z' -]+)*", str(cue)), cue


def test_every_text_is_ready_to_print(library: Library) -> None:
    for exercise in library.exercises.values():
        for sentence in (exercise.feel, exercise.caution, exercise.easier, exercise.harder):
            assert sentence is None or str(sentence).endswith("."), sentence
        assert exercise.sources, exercise.id
        assert exercise.caution is not None, exercise.id
    names = [str(thing.name) for thing in everything(library)]
    assert len(names) == len(set(names))


def test_nothing_is_promised(library: Library) -> None:
    """What may not be said of cramps: that they are prevented, cured, treated or explained."""
    forbidden = re.compile(
        r"\b(prevent|cure|heal|treat|diagnos|guarantee|your trigger|works in|proven|always works"
        r"|safe for everyone|never cramp|cramp-free)",
        re.IGNORECASE,
    )
    for thing in everything(library):
        for text in texts(thing):
            assert not forbidden.search(text), text


def test_a_trial_is_cited_with_its_limits(library: Library) -> None:
    sources = " ".join(library.routines["bedtime_trial"].sources)
    for part in ("Hallegraeff 2012, J Physiother 58:17-22", "one trial", "over 55", "made no",
                 "none of them in runners"):  # fmt: skip
        assert part in sources


def test_sides_are_told_apart(library: Library) -> None:
    for exercise in library.exercises.values():
        if exercise.side_left is not None or exercise.side_right is not None:
            assert exercise.sides is Sides.EACH
            left, right = str(exercise.side_left), str(exercise.side_right)
            assert left.replace("Left", "Right") == right != left
