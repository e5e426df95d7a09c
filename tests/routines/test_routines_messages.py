"""Every mistake is named in words, where it stands. The mark « shows where the caret belongs."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tomli
from pydantic import BaseModel, ValidationError

from uncramp.model.problem import Problem, Severity
from uncramp.routines.library import Library, load_library
from uncramp.routines.spec import ExerciseSpec, RoutineSpec
from uncramp.routines.wording import _SENTENCES

Load = Callable[[str | bytes], tuple[Library, tuple[Problem, ...]]]
Mark = Callable[[str], tuple[str, list[tuple[int, int]]]]

HEAD = """\
format = 1
id = "mine"
name = "Mine"
summary = "For a test."
moment = "morning"
"""
STEP = """
[[steps]]
exercise = "calf_hold"
seconds = 20
"""

FIGURE = """
[figure]
view = "side"
cycle_s = 4
glow = ["hamstrings"]
pins = [{ limb = "working_foot", touch = "floor", contact = "sole" }]
scenery = [{ kind = "mat", width = 1 }]
[[figure.keys]]
at_s = 0
trunk = 5
[figure.keys.working_leg]
hip = 10
"""

ROUTINES = {
    "unknown key in a step": (
        HEAD + '[[steps]]\nexercise = "calf_hold"\n«secnds = 20\n',
        ['step 1: unknown key "secnds" (did you mean "seconds"?)'],
    ),
    "a key that people try": (
        HEAD + STEP + '[[steps]]\nexercise = "squat"\n  «reps = 20\n',
        ['step 2: unknown key "reps" (did you mean "repetitions"?)'],
    ),
    "unknown key at the top, with nothing near": (
        HEAD + "«zzz = 1\n" + STEP,
        ['unknown key "zzz"'],
    ),
    "quoted and dotted key": (
        HEAD + '«"co lour".x = 1\n' + STEP,
        ['unknown key "co lour"'],
    ),
    "an unknown table": (HEAD + STEP + "[«extra]\na = 1\n", ['unknown key "extra"']),
    "a table inside a step": (
        HEAD + STEP + "[steps.«more]\na = 1\n",
        ['step 1: unknown key "more"'],
    ),
    "missing keys of the file": (
        "«" + HEAD.replace('name = "Mine"\n', "") + STEP,
        ['missing key "name"'],
    ),
    "missing exercise": (
        HEAD + STEP + "\n«[[steps]]\nseconds = 20\n",
        ['step 2: missing key "exercise"'],
    ),
    "missing dose": (
        HEAD + "# first\n«[[steps]]\nexercise = 'calf_hold'\n",
        ['step 1: says neither "seconds" nor "repetitions"'],
    ),
    "steps as inline tables": (
        HEAD + 'steps = [\n  { exercise = "calf_hold", seconds = 20 }, # one\n'
        '  { exercise = "calf_hold", «secons = 20, seconds = «"20" },\n]\n',
        [
            'step 2: unknown key "secons" (did you mean "seconds"?)',
            'step 2: "seconds" must be a number, not the text "20"',
        ],
    ),
    "wrong types": (
        HEAD + '[[steps]]\nexercise = «5\nseconds = «"ten"\nsets = «1.5\nalternate = «"yes"\n'
        "rest_s = «true\nhalf_way = «1\nnote = «[]\n",
        [
            'step 1: "exercise" must be text in quotes, not the number 5',
            'step 1: "seconds" must be a number, not the text "ten"',
            'step 1: "sets" must be a whole number, not the number 1.5',
            'step 1: "alternate" must be true or false, not the text "yes"',
            'step 1: "rest_s" must be a number, not true',
            'step 1: "half_way" must be true or false, not the number 1',
            'step 1: "note" must be text in quotes, not a list',
        ],
    ),
    "a date": (
        HEAD + '[[steps]]\nexercise = "calf_hold"\nseconds = «1979-05-27 07:32:00Z\n'
        "note = «07:32:00\n"
        '[[steps]]\nexercise = "calf_hold"\nseconds = 5\nsets = «1979-05-27\n«day = 1979-05-27\n',
        [
            'step 1: "seconds" cannot be a date or time',
            'step 1: "note" cannot be a date or time',
            'step 2: "sets" must be a whole number, not a date or time',
            'step 2: unknown key "day"',
        ],
    ),
    "zero and absurd": (
        HEAD + '[[steps]]\nexercise = "calf_hold"\nseconds = «0\nsets = «0\nrest_s = «-1\n'
        '[[steps]]\nexercise = "calf_hold"\nseconds = «1e9\nsets = «99\n'
        '[[steps]]\nexercise = "calf_hold"\nseconds = «nan\nswitch_s = «inf\n'
        '[[steps]]\nexercise = "squat"\nrepetitions = «' + "9" * 60 + "\n",
        [
            'step 1: "seconds" must be at least 1, not 0',
            'step 1: "sets" must be at least 1, not 0',
            'step 1: "rest_s" must be at least 0, not -1',
            'step 2: "seconds" must be at most 3600, not 1e+09',
            'step 2: "sets" must be at most 20, not 99',
            'step 3: "seconds" must be an ordinary number, not nan',
            'step 3: "switch_s" must be an ordinary number, not inf',
            'step 4: "repetitions" must be a whole number, not the number …',
        ],
    ),
    "no steps": (HEAD + "steps = «[]\n", ['"steps" needs at least 1 item']),
    "steps that are no tables": (
        HEAD + "steps = [«1, «'two']\n",
        [
            "step 1: this must be a table, not the number 1",
            'step 2: this must be a table, not the text "two"',
        ],
    ),
    "steps that are no list": (
        HEAD + "[steps]\n".replace("[", "«[", 1) + "a = 1\n",
        ['"steps" must be a list in [ ], not a table'],
    ),
    "an impossible moment": (
        HEAD.replace('"morning"', '«"bed_time"') + STEP,
        [
            (
                '"moment" must be "before_run", "during_run", "after_run", "morning", "bedtime", '
                '"cramp", "strength", "flexibility", "desk" or "race_day", not the text "bed_time" '
                '(did you mean "bedtime"?)'
            )
        ],
    ),
    "an impossible id": (
        HEAD.replace('"mine"', '«"../evil"') + STEP,
        [
            (
                '"id" must be small letters a-z, digits and underscores, beginning with a letter, '
                'at most 64; not the text "../evil"'
            )
        ],
    ),
    "an impossible number": (
        HEAD + 'ref = «"R 1"\n' + STEP,
        ['"ref" must be letters and digits, at most 12; not the text "R 1"'],
    ),
    "texts": (
        HEAD.replace('"Mine"', '«"  "').replace('"For a test."', '«"a\\u0007b"')
        + f'sources = ["ok", «"", «{{ default = "x" }}, «"{"x" * 401}"]\n'
        + STEP,
        [
            '"name" is empty',
            '"summary" contains the invisible control character U+0007',
            '"sources", item 2: this is empty',
            '"sources", item 3: this must be text in quotes, not a table',
            '"sources", item 4: this is too long: 401 characters, at most 400',
        ],
    ),
    "a text of two lines": (
        HEAD.replace('"For a test."', '«"""\none\ntwo"""') + STEP,
        ['"summary" must stay on one line'],
    ),
    "a text that turns around": (
        HEAD.replace('"Mine"', '«"a\\u202eb"') + STEP,
        ['"name" contains the invisible control character U+202E'],
    ),
    "translations": (
        HEAD.replace('name = "Mine"', 'name.default = "Mine"\nname.de = «5\nname.«xx_y = "?"')
        + '[[steps]]\nexercise = "calf_hold"\nseconds = 20\nnote = «{ de = "Hallo" }\n',
        [
            '"name.de" must be text in quotes, not the number 5',
            'step 1: "note" needs a text named "default" beside its translations',
        ],
    ),
    "a language": (
        HEAD.replace('name = "Mine"', 'name = «{ default = "Mine", deutsch = "Meins" }') + STEP,
        ['"name": "deutsch" is not a language code like "de" or "pt-BR"'],
    ),
    "an unknown exercise": (
        HEAD + STEP + '[[steps]]\nexercise = «"calf_hodl"\nseconds = 10\n',
        ['step 2: unknown exercise "calf_hodl" (did you mean "calf_hold"?)'],
    ),
    "an unknown exercise beside other mistakes": (
        HEAD + '[[steps]]\nexercise = «"nobody"\nseconds = «0\n',
        ['step 1: unknown exercise "nobody"', 'step 1: "seconds" must be at least 1, not 0'],
    ),
    "tempo without repetitions": (
        HEAD + '[[steps]]\nexercise = "squat"\nseconds = 20\n«repetition_s = 2\n',
        ['step 1: "repetition_s" needs "repetitions" beside it'],
    ),
    "wrong format": (
        HEAD.replace("format = 1", "format = «0") + STEP,
        ['"format" must be 1, not the number 0'],
    ),
    "a newer format, whatever else it has": (
        HEAD.replace("format = 1", "format = «2") + "new_things = true\n",
        [
            "made for a newer version of Uncramp (format 2; this version reads format 1)",
        ],
    ),
    "tabs and wide characters before the place": (
        HEAD
        + '[[steps]]\nexercise = "calf_hold"\nseconds = 10\n'
        '\tnote = { default = "größer 🦵", «5x = 1 }\n'.replace("«5x = 1", "de = «1"),
        ['step 1: "note.de" must be text in quotes, not the number 1'],
    ),
    "inside a long string there are things that look like keys": (
        HEAD + "sources = [\n'''\n[[steps]]\nsecnds = 1\n''', # [[steps]]\n«5]\n" + STEP,
        [
            '"sources", item 1: this must stay on one line',
            '"sources", item 2: this must be text in quotes, not the number 5',
        ],
    ),
}


@pytest.mark.parametrize("case", ROUTINES)
def test_says_what_is_wrong_in_a_routine_and_where(
    case: str, load_routine: Load, marked: Mark
) -> None:
    text, places = marked(ROUTINES[case][0])
    library, problems = load_routine(text)
    said = {problem.message: (problem.line, problem.column) for problem in problems}
    expected = ROUTINES[case][1]
    assert sorted(said) == sorted(expected)
    if case == "inside a long string there are things that look like keys":
        expected = expected[1:]
    if case == "translations":
        places.pop(1)  # the wrong type hides the wrong code of the same text
    assert [said[message] for message in expected] == places
    assert "mine" not in library.routines


SYNTAX = {
    "no value": ("seconds = «\n", "this is not a value; a text needs quotes"),
    "a text without quotes": ("moment = «morning\n", "this is not a value; a text needs quotes"),
    "no equals sign": ("name «5\n", 'a key must be followed by "="'),
    "given twice": ("a = 1\n  «a = 2\n", "the same key is given twice"),
    "open list": ("a = [1,\n2«", "this list is not closed with ]"),
    "open quotes": ('a = "abc«\n', "this character must not stand here"),
    "rubbish behind": ("a = 1 «b = 2\n", "something stands here after the value"),
    "backslash": ('a = "C:«\\Users"\n', "a backslash in quotes must be written twice"),
}


@pytest.mark.parametrize("case", SYNTAX)
def test_says_what_is_not_toml(case: str, load_routine: Load, marked: Mark) -> None:
    text, places = marked("# ä\r\n" + SYNTAX[case][0])
    _, problems = load_routine(text)
    assert [problem.message for problem in problems] == [SYNTAX[case][1]]
    assert [(problem.line, problem.column) for problem in problems] == places


def test_a_problem_prints_as_an_editor_can_follow_it(load_routine: Load) -> None:
    _, problems = load_routine(HEAD + '[[steps]]\nexercise = "calf_hold"\n\tsecnds = 20 # oh\n')
    assert str(problems[0]).splitlines() == [
        problems[0].file + ':8:2: step 1: unknown key "secnds" (did you mean "seconds"?)',
        "    \tsecnds = 20 # oh",
        "    \t^",
    ]
    assert problems[0].file.endswith("mine.routine.toml")
    assert problems[0].severity is Severity.ERROR


EXERCISE_HEAD = """\
format = 1
id = "mine"
name = "Mine"
kind = "hold"
sides = "each"
cues = ["Breathe"]
feel = "Easy."
"""

EXERCISES = {
    "choices": (
        EXERCISE_HEAD.replace('"hold"', '«"holding"').replace('"each"', "«1")
        + 'props = ["wall", «"chiar"]\n',
        [
            (
                '"kind" must be "hold", "oscillate", "repetitions", "travel" or "still", '
                'not the text "holding" (did you mean "hold"?)'
            ),
            '"sides" must be "both" or "each", not the number 1',
            (
                '"props", item 2: this must be "wall", "chair", "step", "mat", "bed", "roller", '
                '"ball", "towel", "rail", "warm_pack" or "cold_pack", not the text "chiar" '
                '(did you mean "chair"?)'
            ),
        ],
    ),
    "cues": (
        EXERCISE_HEAD.replace('["Breathe"]', "«[]").replace('"Easy."', f'«"{"x" * 301}"'),
        [
            '"cues" needs at least 1 item',
            '"feel" is too long: 301 characters, at most 300',
        ],
    ),
    "too many": (
        EXERCISE_HEAD.replace('["Breathe"]', "«[" + '"a",' * 9 + "]"),
        ['"cues" may have at most 8 items'],
    ),
    "figure": (
        EXERCISE_HEAD + '[figure]\nview = "side"\ncycle_s = «"4"\n«glwo = []\n'
        "[[figure.keys]]\nat_s = «true\n[figure.keys.working_leg]\nhip = «500\n«kne = 3\n",
        [
            '"figure.cycle_s" must be a number, not the text "4"',
            'unknown key "glwo" in "figure" (did you mean "glow"?)',
            'figure, key frame 1: "at_s" must be a number, not true',
            'figure, key frame 1: "working_leg.hip" must be at most 125, not 500',
            'figure, key frame 1: unknown key "kne" in "working_leg" (did you mean "knee"?)',
        ],
    ),
    "figure in one line": (
        EXERCISE_HEAD + 'figure = { view = "side", cycle_s = 4, keys = [{ at_s = 0, «q = 1 }] }\n',
        ['figure, key frame 1: unknown key "q"'],
    ),
    "key frames out of order": (
        EXERCISE_HEAD + '«[figure]\nview = "side"\ncycle_s = 4\n'
        "[[figure.keys]]\nat_s = 0\n[[figure.keys]]\nat_s = 0\n",
        ['"figure": key frames follow each other in time'],
    ),
    "missing in the figure": (
        EXERCISE_HEAD + "«[figure]\ncycle_s = 4\n[[figure.keys]]\nat_s = 0\n",
        ['missing key "view" in "figure"'],
    ),
}


@pytest.mark.parametrize("case", EXERCISES)
def test_says_what_is_wrong_in_an_exercise_and_where(
    case: str, load_exercise: Load, marked: Mark
) -> None:
    text, places = marked(EXERCISES[case][0])
    library, problems = load_exercise(text)
    assert [problem.message for problem in problems] == EXERCISES[case][1]
    assert [(problem.line, problem.column) for problem in problems] == places
    assert "mine" not in library.exercises


WRONG_VALUES: tuple[object, ...] = (
    5, -1e9, 1e9, float("nan"), 2**80, True, "", "x", "a\nb", "x" * 999, [], [5], ["x"] * 999, {},
    {"default": 1}, {"de": "x"}, {"xx1": "x"}, {"x": 1}, None,
)  # fmt: skip


def _replaced(value: object) -> Iterator[object]:
    """Yield the value with every part of it, in turn, replaced by each wrong value."""
    yield from WRONG_VALUES
    if isinstance(value, dict):
        for key, inner in value.items():
            yield {k: v for k, v in value.items() if k != key}
            for wrong in _replaced(inner):
                yield {**value, key: wrong}
    if isinstance(value, list):
        for number, inner in enumerate(value):
            for wrong in _replaced(inner):
                yield [*value[:number], wrong, *value[number + 1 :]]


@pytest.mark.parametrize("spec", [RoutineSpec, ExerciseSpec])
def test_every_error_that_the_models_give_has_words(spec: type[BaseModel], shipped: Path) -> None:
    name = "prerun_full.routine" if spec is RoutineSpec else "exercises/chair_hamstring"
    text = (shipped / f"{name}.toml").read_text(encoding="utf-8")
    if "[figure]" not in text and spec is ExerciseSpec:
        text += FIGURE
    kinds = set()
    for wrong in _replaced(tomli.loads(text)):
        try:
            spec.model_validate_json(json.dumps(wrong), strict=True)
        except ValidationError as fault:
            kinds |= {error["type"] for error in fault.errors()}
    assert len(kinds) > 10
    assert kinds - {"missing", "extra_forbidden"} <= set(_SENTENCES)


def test_a_hundred_problems_are_enough(load_routine: Load) -> None:
    steps = '[[steps]]\nexercise = "calf_hold"\nseconds = 10\nx = 1\n' * 150
    _, problems = load_routine(HEAD + steps)
    assert len(problems) == 101
    assert problems[0].message == 'step 1: unknown key "x"'
    assert problems[-1].message == "and 50 more problems from here on"
    assert problems[-1].line == 5 + 4 * 101


def test_a_very_long_line_is_not_printed_whole(load_routine: Load, user: Path) -> None:
    _, problems = load_routine(HEAD.replace('"Mine"', '"' + "x" * 50_000 + '"') + STEP)
    assert problems[0].message == '"name" is too long: 50000 characters, at most 60'
    assert len(str(problems[0])) < 1000
    far = "steps = [" + " " * 5000 + "5]"
    _, problems = load_routine(HEAD + far)
    assert (problems[0].line, problems[0].column) == (6, 5010)
    assert problems[0].source_line == ""


def test_a_right_file_has_no_problem(load_routine: Load, built_in: Path) -> None:
    library, problems = load_routine(HEAD + STEP)
    assert problems == ()
    assert library.routines["mine"].steps[0].seconds == 20
    assert load_library(built_in, None)[1] == ()
