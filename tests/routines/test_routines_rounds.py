"""Groups of steps that are done several times around."""

from collections.abc import Callable

import pytest

from uncramp.model.problem import Problem
from uncramp.routines.library import Library
from uncramp.session.timeline import SegmentKind, compile_routine

Load = Callable[[str], tuple[Library, tuple[Problem, ...]]]
HEAD = 'format = 1\nid = "mine"\nname = "M"\nsummary = "S."\nmoment = "strength"\n'
JOG = '[[steps]]\nexercise = "leg_swing"\nseconds = 10\n'
GROUP = """[[steps]]
rounds = 3
[[steps.steps]]
exercise = "calf_hold"
seconds = 20
[[steps.steps]]
exercise = "leg_swing"
seconds = 30
set_up_s = 2
"""


def test_the_steps_of_a_group_are_done_once_for_each_round(load_routine: Load) -> None:
    library, problems = load_routine(HEAD + JOG + GROUP + JOG)
    assert problems == ()
    steps = library.routines["mine"].steps
    assert [step.exercise for step in steps] == [
        *("leg_swing", *("calf_hold", "leg_swing") * 3, "leg_swing")
    ]
    assert [(step.round_number, step.rounds) for step in steps] == [
        *((1, 1), (1, 3), (1, 3), (2, 3), (2, 3), (3, 3), (3, 3), (1, 1))
    ]


def test_a_round_takes_as_long_as_its_steps_and_set_ups(load_routine: Load) -> None:
    library, _ = load_routine(HEAD + GROUP)
    once, _ = load_routine(HEAD + GROUP.replace("rounds = 3", "rounds = 1"))
    find = library.exercises.__getitem__
    three, one = (compile_routine(lib.routines["mine"], find) for lib in (library, once))
    assert three.work_ms == 3 * one.work_ms
    set_ups = [s.duration_ms for s in three.segments if s.kind is SegmentKind.SET_UP]
    assert set_ups == [2_000, 6_000, 2_000, 6_000, 2_000]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (GROUP.replace("rounds = 3\n", ""), 6, 'step 1: missing key "rounds"'),
        (GROUP.replace("rounds = 3", "rounds = 0"), 7, 'step 1: "rounds" must be'),
        (GROUP.replace("rounds = 3", "rounds = 21"), 7, 'step 1: "rounds" must be at most 20'),
        (GROUP.replace("seconds = 20", "secnds = 20"), 10, 'step 1: step 1: unknown key "secnds"'),
        (GROUP.replace("seconds = 30\n", ""), 11, "step 1: step 2: says neither"),
        (GROUP.replace('"leg_swing"', '"leg_swin"'), 12, "step 1: step 2: unknown exercise"),
        ("[[steps]]\nrounds = 2\n", 6, 'step 1: missing key "steps"'),
        ("[[steps]]\nrounds = 2\nsteps = []\n", 8, "step 1"),
        (
            GROUP.replace('exercise = "leg_swing"', 'exercise = "leg_swing"\nrounds = 2'),
            13,
            'step 1: step 2: unknown key "rounds"',
        ),
        (GROUP.replace("rounds = 3", 'rounds = 3\nexercise = "calf_hold"'), 8, "step 1: unknown"),
    ],
)
def test_what_is_wrong_in_a_group_has_its_place(
    load_routine: Load, text: str, line: int, message: str
) -> None:
    library, problems = load_routine(HEAD + text)
    assert "mine" not in library.routines
    assert [problem for problem in problems if problem.line == line and message in problem.message]


def test_rules_hold_in_groups_too(load_routine: Load) -> None:
    text = HEAD.replace("strength", "before_run") + GROUP.replace("20", "40")
    _, problems = load_routine(text)
    assert [(p.line, p.column) for p in problems] == [(10, 11)]
    assert problems[0].message.startswith("step 1: step 1: a hold of 40 s is too long")


def test_rounds_count_towards_the_longest_routine(load_routine: Load) -> None:
    many = GROUP.replace("rounds = 3", "rounds = 20").replace("seconds = 20", "seconds = 3600")
    library, problems = load_routine(HEAD + many)
    assert "mine" not in library.routines
    assert "longer than 12 hours" in problems[0].message


def test_rounds_count_towards_the_most_steps(load_routine: Load) -> None:
    inner = '[[steps.steps]]\nexercise = "calf_hold"\nseconds = 1\nset_up_s = 0\n' * 26
    library, problems = load_routine(HEAD + "[[steps]]\nrounds = 20\n" + inner)
    assert "mine" not in library.routines
    assert [(p.line, p.message) for p in problems] == [
        (7, "step 1: step 26: with all rounds this makes more than 500 steps")
    ]
