"""The shipped files hold what the exercise and routine catalogues say."""

import re
from pathlib import Path

import pytest

from uncramp.model.body import CrampSite
from uncramp.model.exercise import Exercise, Kind, Prop, Sides
from uncramp.model.moment import Moment
from uncramp.model.routine import Anchor, Routine
from uncramp.routines.library import Library, load_library

ROOT = Path(__file__).resolve().parents[2]

# Routine catalogue: exercise, seconds of a set (for each side where it has sides), sets, rest.
DYNAMIC = [
    ("leg_swing_front", 20, 1, 0),
    ("leg_swing_side", 20, 1, 0),
    ("lunge_twist", 40, 1, 0),
    ("high_knees", 15, 2, 10),
    ("butt_kicks", 15, 2, 10),
    ("jumping_jacks", 30, 1, 0),
]
TRIAL_PAIR = [("wall_calf_static", 10, 3, 0), ("chair_hamstring", 10, 3, 0)]
DOSES = {
    "prerun_full": [
        ("easy_jog", 120, 1, 0),
        *DYNAMIC,
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
    "prerun_cold": [("easy_jog", 600, 1, 0), *DYNAMIC],
    "back_primer": [
        ("prone_press_up", 40, 2, 20),
        ("calm_breath", 20, 1, 0),
        ("standing_back_extension", 40, 1, 0),
    ],
    "midrun_relief": [
        ("cool_down_walk", 30, 1, 0),
        ("cool_down_walk", 60, 1, 0),
        ("lunge_calf", 30, 2, 5),
        ("hand_massage", 60, 1, 0),
        ("cool_down_walk", 60, 1, 0),
    ],
    "cooldown": [
        ("cool_down_walk", 180, 1, 0),
        ("wall_calf_static", 30, 1, 0),
        ("wall_calf_bent", 30, 1, 0),
        ("standing_quad", 30, 1, 0),
        ("chair_hamstring", 30, 1, 0),
        ("downward_dog", 30, 1, 0),
    ],
    "cooldown_short": [
        ("cool_down_walk", 60, 1, 0),
        ("wall_calf_static", 30, 1, 0),
        ("chair_hamstring", 30, 1, 0),
        ("standing_quad", 30, 1, 0),
    ],
    "bedtime_trial": TRIAL_PAIR,
    "bedtime_plus": [
        *TRIAL_PAIR,
        ("wall_calf_static", 30, 1, 0),
        ("seated_hamstring", 25, 2, 5),
        ("toe_pull", 20, 1, 0),
        ("calm_breath", 60, 1, 0),
    ],
    "morning": [
        ("cool_down_walk", 30, 1, 0),
        ("wall_calf_pump", 30, 1, 0),
        ("chair_hamstring_pump", 20, 1, 0),
        ("standing_quad", 20, 2, 3),
        ("seated_hamstring", 25, 2, 5),
        ("leg_swing_front", 10, 1, 0),
        ("calf_raise", 20, 1, 0),
    ],
    "roller": [
        ("roll_calf", 60, 1, 0),
        ("roll_hamstring", 60, 1, 0),
        ("roll_quad", 60, 1, 0),
        ("foot_ball", 30, 1, 0),
    ],
    "night_calf": [
        ("toe_pull", 10, 1, 0),
        ("toe_pull", 30, 2, 5),
        ("wall_calf_static", 30, 1, 0),
        ("night_walk", 60, 1, 0),
        ("hand_massage", 60, 1, 0),
    ],
    "night_hamstring": [
        ("lying_hamstring", 10, 1, 0),
        ("lying_hamstring", 30, 2, 5),
        ("night_walk", 60, 1, 0),
        ("hand_massage", 60, 1, 0),
    ],
    "night_quad": [
        ("side_lying_quad", 10, 1, 0),
        ("side_lying_quad", 30, 2, 5),
        ("night_walk", 60, 1, 0),
        ("hand_massage", 60, 1, 0),
    ],
    "night_foot": [
        ("toe_pull", 10, 1, 0),
        ("toe_stretch", 30, 2, 5),
        ("posture_break", 20, 1, 0),
        ("foot_ball", 60, 1, 0),
        ("night_walk", 60, 1, 0),
    ],
    "heat_then_cold": [("heat", 900, 1, 0), ("calm_breath", 60, 1, 0), ("cold", 600, 1, 0)],
    "desk_break": [
        ("standing_back_extension", 30, 1, 0),
        ("cool_down_walk", 60, 1, 0),
        ("wall_calf_pump", 20, 1, 0),
        ("chair_hamstring", 20, 1, 0),
        ("posture_break", 20, 1, 0),
    ],
    "strength_week": [
        ("easy_jog", 120, 1, 0),
        ("squat", 48, 2, 45),
        ("lunge_strength", 32, 2, 45),
        ("calf_raise", 90, 2, 45),
        ("calf_raise", 72, 2, 45),
        ("bridge", 48, 2, 45),
    ],
    "flex_week": [
        ("cool_down_walk", 60, 1, 0),
        ("wall_calf_static", 30, 2, 3),
        ("wall_calf_bent", 30, 2, 3),
        ("toes_on_wall", 30, 1, 0),
        ("step_drop", 20, 2, 10),
        ("chair_hamstring", 30, 2, 3),
        ("standing_quad", 30, 2, 3),
        ("downward_dog", 30, 2, 6),
        ("prone_press_up", 40, 1, 0),
    ],
    "race_day": [
        ("cool_down_walk", 300, 1, 0),
        ("wall_calf_static", 30, 1, 0),
        ("chair_hamstring", 30, 1, 0),
        ("standing_quad", 30, 1, 0),
        ("hand_massage", 60, 1, 0),
    ],
}
REFS = {f"R{number:02d}": name for number, name in enumerate(DOSES, 1)}
EXERCISES = {
    "E01": "wall_calf_pump", "E01b": "wall_calf_static", "E02": "wall_calf_bent",
    "E03": "toes_on_wall", "E04": "lunge_calf", "E05": "step_drop", "E06": "toe_pull",
    "E07": "night_walk", "E08": "seated_hamstring", "E09": "chair_hamstring",
    "E09b": "chair_hamstring_pump", "E10": "trial_pair",
    "E11": "standing_quad", "E12": "downward_dog", "E13": "prone_press_up",
    "E14": "standing_back_extension", "E15": "easy_jog", "E16": "leg_swing_front",
    "E17": "leg_swing_side", "E18": "high_knees", "E19": "butt_kicks", "E20": "jumping_jacks",
    "E21": "lunge_twist", "E22": "cool_down_walk", "E23": "squat", "E24": "lunge_strength",
    "E25": "calf_raise", "E26": "bridge", "E27": "roll_calf", "E28": "roll_hamstring",
    "E29": "roll_quad", "E30": "foot_ball", "E31": "hand_massage", "E32": "heat", "E33": "cold",
    "E34": "posture_break", "E35": "calm_breath", "E36": "toe_stretch", "E37": "lying_hamstring",
    "E38": "side_lying_quad",
}  # fmt: skip
BEGINNERS = {"prerun_quick", "cooldown_short", "bedtime_trial"}
RELIEF = {
    "midrun_relief": {"calf", "hamstring", "quad", "foot"},
    "night_calf": {"calf"},
    "night_hamstring": {"hamstring"},
    "night_quad": {"quad"},
    "night_foot": {"foot"},
}
# The exercise catalogue's tempo: seconds of a cycle, from and to.
TEMPO = {
    "wall_calf_pump": (5, 5), "easy_jog": (2 * 60 / 170, 2 * 60 / 150), "leg_swing_front": (2, 2),
    "leg_swing_side": (2, 2), "high_knees": (2 * 60 / 180, 2 * 60 / 150),
    "butt_kicks": (2 * 60 / 180, 2 * 60 / 150), "jumping_jacks": (60 / 60, 60 / 50),
    "lunge_twist": (8, 8), "calf_raise": (6, 6), "seated_hamstring": (5, 5),
    "chair_hamstring_pump": (5, 5), "squat": (4, 4),
    "lunge_strength": (4, 4), "bridge": (4, 4), "prone_press_up": (4, 4),
    "standing_back_extension": (3, 3), "night_walk": (1.2, 1.2), "roll_calf": (4, 6),
    "roll_hamstring": (4, 6), "roll_quad": (4, 6), "foot_ball": (4, 4), "hand_massage": (2, 2),
    "calm_breath": (10, 10),
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
        steps = [t for step in thing.steps for t in (step.note, step.name, *step.cues)]
        around = [prompt.text for prompt in thing.prompts] + [*thing.checklist, thing.afterwards]
        told = (thing.name, thing.summary, *steps, *around)
        return [str(text) for text in told if text] + list(thing.sources)
    single = (thing.name, thing.feel, thing.caution, thing.easier, thing.harder, thing.start)
    several = (*thing.cues, *thing.mistakes, *thing.muscles)
    return [str(text) for text in (*single, *several) if text] + list(thing.sources)


def test_the_whole_first_set_is_there(library: Library) -> None:
    assert {r.ref: r.id for r in library.routines.values() if r.ref in REFS} == REFS
    found = {e.ref: e.id for e in library.exercises.values() if e.ref in EXERCISES}
    assert found == EXERCISES
    assert len(library.exercises) == 40
    assert list(library.routines) == list(DOSES)
    for path in (ROOT / "routines").rglob("*.toml"):
        name = path.name.removesuffix(".toml").removesuffix(".routine")
        assert name in library.routines or name in library.exercises


@pytest.mark.parametrize("name", DOSES)
def test_doses_are_the_catalogues(library: Library, name: str) -> None:
    steps = library.routines[name].steps
    assert [(s.exercise, s.seconds, s.sets, s.rest_s) for s in steps] == DOSES[name]


@pytest.mark.parametrize("name", ["bedtime_trial", "bedtime_plus"])
def test_the_trials_dose_changes_sides_at_once(library: Library, name: str) -> None:
    for step in library.routines[name].steps[:2]:
        assert step.alternate
        assert step.switch_s == 0
        assert step.set_up_s == 6


def test_set_ups_and_side_changes_are_the_catalogues(library: Library) -> None:
    for routine in library.routines.values():
        for step in routine.steps:
            assert step.set_up_s == 6
            trial = step.alternate
            rested = routine.id == "strength_week" and step.exercise == "lunge_strength"
            assert step.switch_s == (0 if trial else 45 if rested else 5)


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
            assert step.exercise != "lunge_twist" or step.seconds % 8 == 0


def test_cues_can_be_spoken(library: Library) -> None:
    steps = [step for routine in library.routines.values() for step in routine.steps]
    groups = [exercise.cues for exercise in library.exercises.values()]
    groups += [step.cues for step in steps if step.name is not None]
    for cues in groups:
        assert 2 <= len(cues) <= 4, cues
        for cue in cues:
            assert 2 <= len(str(cue).split()) <= 9, cue
            assert re.fullmatch(r"[A-Z][a-z' -]+(, [a-z' -]+)*", str(cue)), cue


def test_a_step_that_is_called_otherwise_has_cues_of_its_own(library: Library) -> None:
    for routine in library.routines.values():
        for step in routine.steps:
            assert (step.name is None) == (not step.cues), (routine.id, step.exercise)


def test_every_text_is_ready_to_print(library: Library) -> None:
    for exercise in library.exercises.values():
        ends = (exercise.caution, exercise.gate, exercise.easier, exercise.harder)
        for sentence in (exercise.feel, exercise.start, *ends):
            assert sentence is None or str(sentence).endswith("."), sentence
        for needed in (exercise.caution, exercise.start, exercise.dose, exercise.easier):
            assert needed is not None, exercise.id
        assert exercise.sources, exercise.id
        assert exercise.muscles, exercise.id
        assert exercise.mistakes, exercise.id
    for routine in library.routines.values():
        around = (routine.afterwards, *routine.checklist, *(p.text for p in routine.prompts))
        for sentence in (routine.summary, *around, *(step.note for step in routine.steps)):
            assert sentence is None or str(sentence).endswith((".", "?")), sentence
        assert routine.sources, routine.id
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
    for part in ("hallegraeff2012", "relax2024", "one trial", "over 55", "made no",
                 "none of them in runners"):  # fmt: skip
        assert part in sources


def test_sides_are_told_apart(library: Library) -> None:
    for exercise in library.exercises.values():
        if exercise.side_left is not None or exercise.side_right is not None:
            assert exercise.sides is Sides.EACH
            left, right = str(exercise.side_left), str(exercise.side_right)
            assert left.replace("Left", "Right") == right != left


def test_beginners_get_three_short_routines_only(library: Library) -> None:
    """Home programmes with few exercises are kept better: Bachmann 2018."""
    marked = {r.id for r in library.routines.values() if r.for_beginners}
    assert marked == BEGINNERS


def test_relief_knows_the_cramp_that_it_is_for(library: Library) -> None:
    found = {r.id: set(r.relieves) for r in library.routines.values() if r.relieves}
    assert found == RELIEF
    for name in RELIEF:
        assert library.routines[name].moment.is_urgent
        for sign in ("swollen", "warm", "colour", "numb", "injured"):
            assert sign in str(library.routines[name].summary), name
    midrun = library.routines["midrun_relief"]
    stretches = {site: midrun.for_site(site).steps[2].exercise for site in CrampSite}
    assert stretches == {
        CrampSite.CALF: "lunge_calf",
        CrampSite.HAMSTRING: "chair_hamstring",
        CrampSite.QUAD: "standing_quad",
        CrampSite.FOOT: "toe_stretch",
    }


def test_what_belongs_after_a_routine_is_said(library: Library) -> None:
    routines = library.routines
    assert "limp" in str(routines["midrun_relief"].afterwards)
    assert len(routines["bedtime_plus"].checklist) == 4
    for name in ("night_calf", "night_hamstring", "night_quad", "night_foot"):
        assert "ten minutes" in str(routines[name].afterwards)
        assert routines[name].offers == ("heat_then_cold",)
    skin = routines["heat_then_cold"].steps[1]
    assert str(skin.name) == "Check your skin"
    assert "sore" in str(routines["heat_then_cold"].steps[2].note)


def test_race_day_is_a_timeline_of_prompts(library: Library) -> None:
    prompts = library.routines["race_day"].prompts
    before = [prompt.minutes for prompt in prompts if prompt.anchor is Anchor.START]
    assert before == [-180, -60, -25, -5, 0]
    assert [prompt.routine for prompt in prompts if prompt.routine] == ["prerun_cold"]
    assert all(0 <= p.minutes <= 30 for p in prompts if p.anchor is Anchor.FINISH)
    assert {prompt.anchor for prompt in prompts} == set(Anchor)


def test_drinking_is_always_named_with_its_limit(library: Library) -> None:
    """Too much water harms: no more than 700 ml in the last hour, 800 in an hour of running."""
    for thing in everything(library):
        for text in texts(thing):
            if re.search(r"\b(drink|sips)\b", text, re.IGNORECASE) and re.search(r"\d", text):
                assert re.search(r"at (the )?most|never more than", text), text
            for amount in re.findall(r"(\d+) ml", text):
                assert int(amount) <= 800, text


def test_cautions_stand_where_they_are_needed(library: Library) -> None:
    for exercise in library.exercises.values():
        caution = str(exercise.caution)
        if Prop.ROLLER in exercise.props:
            for part in ("clot", "varicose", "numb", "blood thinners", "six out of ten"):
                assert part in caution, exercise.id
        if exercise.id in ("roll_calf", "roll_hamstring"):
            assert caution.startswith("Never behind the knee")
        if exercise.id in ("prone_press_up", "standing_back_extension"):
            assert "moves further down the leg" in caution
            assert "Stop if pain travels down the leg" in map(str, exercise.cues[:2])
        if exercise.id in ("heat", "cold"):
            for part in ("Twenty minutes at most", "numb skin", "diabetes"):
                assert part in caution
    gated = {e.id for e in library.exercises.values() if e.gate is not None}
    assert gated == {"step_drop"}
    assert "two weeks" in str(library.exercises["step_drop"].gate)


def test_the_dog_stretches_no_quadriceps(library: Library) -> None:
    """With a bent hip the front of the thigh is slack."""
    dog = library.exercises["downward_dog"]
    assert not any("quad" in str(m) or "front" in str(m) for m in dog.muscles)
    assert not any("quad" in text.casefold() for text in texts(dog))
