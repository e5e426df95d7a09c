"""What a routine must keep beyond its form."""

from collections.abc import Callable
from pathlib import Path

import pytest

from uncramp.model.body import CrampSite
from uncramp.model.problem import Problem, Severity
from uncramp.model.routine import Anchor
from uncramp.routines.library import Library

Load = Callable[[str], tuple[Library, tuple[Problem, ...]]]
TRIAL = 'sources = ["Hallegraeff 2012, J Physiother 58:17-22"]\n'


def routine(moment: str, steps: str, head: str = "") -> str:
    return (
        f'format = 1\nid = "mine"\nname = "M"\nsummary = "S."\nmoment = "{moment}"\n{head}{steps}'
    )


def step(exercise: str, dose: str) -> str:
    return f'[[steps]]\nexercise = "{exercise}"\n{dose}\n'


def test_no_hold_over_thirty_seconds_before_a_run(load_routine: Load) -> None:
    steps = step("leg_swing", "seconds = 45") + step("calf_hold", "seconds = 30.5")
    library, problems = load_routine(routine("before_run", steps))
    assert "mine" not in library.routines
    assert [(p.line, p.column, p.message) for p in problems] == [
        (
            11,
            11,
            (
                "step 2: a hold of 30.5 s is too long before a run: at most 30 s, "
                "or keep it for afterwards"
            ),
        )
    ]


def test_a_long_hold_made_of_repetitions_is_found_too(load_routine: Load) -> None:
    steps = step("calf_hold", "repetitions = 4\nrepetition_s = 10")
    _, problems = load_routine(routine("before_run", steps))
    assert [(p.line, p.column) for p in problems] == [(8, 15)]
    assert "a hold of 40 s" in problems[0].message


@pytest.mark.parametrize(
    ("moment", "dose"),
    [
        ("before_run", "seconds = 30"),
        ("before_run", "seconds = 15\nsets = 2"),
        ("after_run", "seconds = 60\nsets = 3"),
    ],
)
def test_other_holds_are_fine(load_routine: Load, moment: str, dose: str) -> None:
    library, problems = load_routine(routine(moment, step("calf_hold", dose)))
    assert problems == ()
    assert "mine" in library.routines


def test_many_short_holds_before_a_run_are_a_warning(load_routine: Load) -> None:
    # What a user may add before a run: up to 30 s a muscle.
    steps = step("calf_hold", "seconds = 15\nsets = 3")
    library, problems = load_routine(routine("before_run", steps))
    assert [(p.line, p.column, p.severity) for p in problems] == [(9, 8, Severity.WARNING)]
    assert "3 holds of 15 s are a lot before a run: 30 s in all" in problems[0].message
    assert "mine" in library.routines


@pytest.mark.parametrize("moment", ["cramp", "during_run"])
def test_relief_of_a_cramp_is_for_one_leg(load_routine: Load, moment: str) -> None:
    text = routine(moment, step("calf_hold", "seconds = 30"), 'relieves = ["calf"]\n')
    library, problems = load_routine(text)
    assert problems == ()
    assert library.routines["mine"].is_one_sided
    assert library.routines["mine"].relieves == (CrampSite.CALF,)


def test_every_other_routine_is_for_both_legs(load_routine: Load) -> None:
    text = routine("bedtime", step("calf_hold", "seconds = 30"), 'relieves = ["calf"]\n')
    library, problems = load_routine(text)
    assert "mine" not in library.routines
    assert [(p.line, p.column) for p in problems] == [(6, 12)]
    assert '"relieves" stretches one leg only' in problems[0].message


def test_a_step_may_change_with_the_place_of_the_cramp(load_routine: Load) -> None:
    head = 'relieves = ["calf", "hamstring"]\n'
    steps = step("calf_hold", 'seconds = 30\nname = "N"\ninstead = {hamstring = "thigh_hold"}')
    library, problems = load_routine(routine("cramp", steps, head))
    assert problems == ()
    mine = library.routines["mine"]
    assert mine.for_site(CrampSite.CALF) == mine
    other = mine.for_site(CrampSite.HAMSTRING).steps[0]
    assert (other.exercise, other.seconds, other.name) == ("thigh_hold", 30, None)


def test_an_exercise_for_another_cramp_must_be_there_and_wanted(load_routine: Load) -> None:
    dose = 'seconds = 30\ninstead = {quad = "thigh_hold", hamstring = "nobody"}'
    head = 'relieves = ["calf", "hamstring"]\n'
    library, problems = load_routine(routine("cramp", step("calf_hold", dose), head))
    assert "mine" not in library.routines
    assert [(p.line, p.column, p.message, p.severity) for p in problems] == [
        (10, 19, 'step 1: "quad" is not in "relieves", so this is never used', Severity.WARNING),
        (10, 45, 'step 1: unknown exercise "nobody"', Severity.ERROR),
    ]


def test_what_needs_practice_is_not_for_beginners(load_routine: Load, built_in: Path) -> None:
    path = built_in / "exercises" / "calf_hold.toml"
    path.write_text(path.read_text() + 'gate = "Only after two weeks."\n')
    steps = step("thigh_hold", "seconds = 10") + step("calf_hold", "seconds = 10")
    assert load_routine(routine("after_run", steps))[1] == ()
    library, problems = load_routine(routine("after_run", steps, "for_beginners = true\n"))
    assert "mine" not in library.routines
    assert [(p.line, p.message) for p in problems] == [
        (11, 'step 2: "calf_hold" is not for beginners: Only after two weeks.')
    ]


def test_prompts_are_put_in_order(load_routine: Load) -> None:
    prompts = "".join(
        f'[[prompts]]\nminutes = {minutes}\nanchor = "{anchor}"\ntext = "T."\n'
        for anchor, minutes in (("finish", 5), ("start", -10), ("start", -60.5), ("finish", 0))
    )
    text = routine("race_day", prompts + step("squat", "seconds = 20"))
    library, problems = load_routine(text)
    assert problems == ()
    found = [(p.anchor, p.minutes) for p in library.routines["mine"].prompts]
    assert found == [
        (Anchor.START, -60.5), (Anchor.START, -10), (Anchor.FINISH, 0), (Anchor.FINISH, 5)
    ]  # fmt: skip


def test_a_routine_that_is_not_there_is_not_offered(load_routine: Load) -> None:
    prompt = '[[prompts]]\nminutes = -5\ntext = "T."\nroutine = "gone"\n'
    head = 'offers = ["mine", "nobody"]\n'
    text = routine("desk", prompt + step("squat", "seconds = 20"), head)
    library, problems = load_routine(text)
    assert "mine" in library.routines
    assert [(p.line, p.column, p.message, p.severity) for p in problems] == [
        (6, 19, 'unknown routine "nobody"; it is not offered', Severity.WARNING),
        (10, 11, 'unknown routine "gone"; it is not offered', Severity.WARNING),
    ]


@pytest.mark.parametrize(
    "dose",
    [
        "seconds = 10\nsets = 3\nalternate = true\nswitch_s = 0",
        "seconds = 10\nsets = 3\nrest_s = 10",
    ],
)
def test_the_dose_of_the_trial_is_accepted(load_routine: Load, dose: str) -> None:
    steps = step("calf_hold", dose) + step("thigh_hold", dose)
    assert load_routine(routine("bedtime", steps, TRIAL))[1] == ()
    # More stretches may follow in any dose.
    more = steps + step("calf_hold", "seconds = 30")
    assert load_routine(routine("bedtime", more, TRIAL))[1] == ()


@pytest.mark.parametrize(
    ("dose", "line", "column"),
    [
        ("seconds = 20\nsets = 3\nrest_s = 10", 14, 11),
        ("seconds = 10\nsets = 2\nrest_s = 10", 15, 8),
        ("seconds = 10\nsets = 3\nrest_s = 5", 15, 8),
        ("seconds = 10\nsets = 3\nalternate = true", 15, 8),
    ],
)
def test_another_dose_may_not_cite_the_trial(
    load_routine: Load, dose: str, line: int, column: int
) -> None:
    right = step("calf_hold", "seconds = 10\nsets = 3\nrest_s = 10")
    library, problems = load_routine(routine("bedtime", right + step("thigh_hold", dose), TRIAL))
    assert [(p.line, p.column) for p in problems] == [(line, column)]
    assert "the cited trial held for 10 s, 3 times a side" in problems[0].message
    assert "mine" not in library.routines
    assert load_routine(routine("bedtime", right + step("thigh_hold", dose)))[1] == ()


def test_who_cites_the_trial_has_its_two_holds(load_routine: Load) -> None:
    _, problems = load_routine(routine("bedtime", step("leg_swing", "seconds = 10"), TRIAL))
    assert [(p.line, p.column) for p in problems] == [(6, 12)]
    assert "no two such holds" in problems[0].message


def test_repetitions_take_the_exercises_tempo(load_routine: Load) -> None:
    library, problems = load_routine(routine("morning", step("squat", "repetitions = 6")))
    assert problems == ()
    assert library.routines["mine"].steps[0].seconds == 24  # 6 x 4 s
    assert library.routines["mine"].steps[0].repetitions == 6


def test_a_steps_own_tempo_comes_first(load_routine: Load) -> None:
    text = routine("morning", step("squat", "repetitions = 6\nrepetition_s = 2.5"))
    library, _ = load_routine(text)
    assert library.routines["mine"].steps[0].seconds == 15


def test_repetitions_without_a_tempo_are_refused(load_routine: Load) -> None:
    _, problems = load_routine(routine("morning", step("calf_hold", "repetitions = 6")))
    assert [(p.line, p.column, p.message) for p in problems] == [
        (
            8,
            15,
            (
                'step 1: needs "seconds" or "repetition_s", because "calf_hold" has no tempo of '
                "its own"
            ),
        )
    ]


def test_repetitions_that_take_hours_are_refused(load_routine: Load) -> None:
    text = routine("morning", step("squat", "repetitions = 500\nrepetition_s = 60"))
    _, problems = load_routine(text)
    assert [p.message for p in problems] == [
        "step 1: 500 repetitions of 60 s take 30000 s; the limits are 1 and 3600 s"
    ]


def test_a_routine_of_days_is_refused_where_it_becomes_one(load_routine: Load) -> None:
    hour = step("calf_hold", "seconds = 3600")  # two hours with both sides
    library, problems = load_routine(routine("desk", hour * 7))
    assert "mine" not in library.routines
    assert [(p.line, p.message) for p in problems] == [
        (6 + 3 * 5 + 2, "step 6: the routine becomes longer than 12 hours here")
    ]


def test_sets_and_rests_count_too(load_routine: Load) -> None:
    resting = step("calf_hold", "repetitions = 1\nrepetition_s = 60\nsets = 20\nrest_s = 600")
    library, problems = load_routine(routine("desk", resting))
    assert problems == ()
    library, problems = load_routine(routine("desk", resting * 2))
    assert "mine" not in library.routines
    assert [p.message for p in problems] == [
        "step 2: the routine becomes longer than 12 hours here"
    ]


def test_seconds_against_their_own_tempo_are_refused(load_routine: Load) -> None:
    dose = "repetitions = 10\nrepetition_s = 2\nseconds = {}"
    assert load_routine(routine("morning", step("squat", dose.format(21))))[1] == ()
    _, problems = load_routine(routine("morning", step("squat", dose.format(30))))
    assert [(p.line, p.column, p.severity) for p in problems] == [(10, 11, Severity.ERROR)]
    assert problems[0].message == ("step 1: 10 repetitions of 2 s take 20 s, but 30 s are given")


@pytest.mark.parametrize(("seconds", "odd"), [(19, True), (20, False), (80, False), (81, True)])
def test_a_tempo_far_from_the_usual_one_is_a_warning(
    load_routine: Load, seconds: int, odd: bool
) -> None:
    text = routine("morning", step("squat", f"repetitions = 10\nseconds = {seconds}"))
    library, problems = load_routine(text)
    assert [p.severity for p in problems] == [Severity.WARNING] * odd
    assert library.routines["mine"].steps[0].seconds == seconds


def test_no_sides_cannot_alternate(load_routine: Load) -> None:
    library, problems = load_routine(
        routine("morning", step("squat", "seconds = 20\nalternate = true"))
    )
    assert [(p.line, p.column, p.severity) for p in problems] == [(9, 13, Severity.WARNING)]
    assert "mine" in library.routines


def test_a_step_cannot_say_different_times_for_the_sides(load_routine: Load) -> None:
    for key in ("seconds_left = 10", "side = 'left'", "sides = 'both'"):
        library, problems = load_routine(
            routine("morning", step("calf_hold", f"seconds = 20\n{key}"))
        )
        assert len(problems) == 1
        assert "unknown key" in problems[0].message
        assert "mine" not in library.routines


def test_rules_and_form_are_reported_together(load_routine: Load) -> None:
    steps = (
        step("calf_hold", "seconds = 45\nnoet = 'x'")
        + step("nobody", "seconds = 0")
        + step("squat", "repetitions = 10\nrepetition_s = 2\nseconds = 300")
    )
    _, problems = load_routine(routine("before_run", steps))
    assert [(p.line, p.message.partition(":")[0]) for p in problems] == [
        (8, "step 1"),
        (9, "step 1"),
        (11, "step 2"),
        (12, "step 2"),
        (17, "step 3"),
    ]
