"""Changing a routine's text: the lines concerned and no others, with their comments."""

import difflib
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from uncramp.routines import edit

SHIPPED = sorted((Path(__file__).parents[2] / "routines").glob("*.routine.toml"))

TEXT = """\
#:schema ./routine.schema.json
format = 1
id = "mine" # short
name.default = "Evening"
name.de = "Abend"
summary = { default = "Before bed.", de = "Vor dem Bett." } # both
sources = [
    "A book", # page 12
]

# General words about the steps.

# The calf comes first.
[[steps]]
exercise = "wall_calf_static" # at the wall
seconds = 30
note.default = "Slowly."

[steps.name]
default = "Calf"
de = "Wade"

# Twice around.
[[steps]]
rounds = 2

# Left, then right.
[[steps.steps]]
exercise = "standing_quad"
seconds = 20 # each

[[steps.steps]]
exercise = "chair_hamstring"
seconds = 25

[[steps]]
exercise = "cool_down_walk"
seconds = 60

# sets = 2  # how many blocks

[other]
x = 1
"""


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    gone = [line[2:] for line in lines if line.startswith("- ")]
    return gone, [line[2:] for line in lines if line.startswith("+ ")]


def steps_of(text: str) -> list[Any]:
    steps: list[Any] = tomli.loads(text)["steps"]
    return steps


def comments(text: str) -> list[str]:
    return sorted("#" + line.partition("#")[2] for line in text.splitlines() if "#" in line)


@pytest.mark.parametrize(
    ("path", "value", "gone", "come"),
    [
        (("id",), "ours", ['id = "mine" # short'], ['id = "ours" # short']),
        (("name",), "Night", ['name.default = "Evening"'], ['name.default = "Night"']),
        (
            ("summary",),
            'Say "so".',
            ['summary = { default = "Before bed.", de = "Vor dem Bett." } # both'],
            ['summary = { default = "Say \\"so\\".", de = "Vor dem Bett." } # both'],
        ),
        (("steps", 0, "seconds"), 45, ["seconds = 30"], ["seconds = 45"]),
        (("steps", 0, "sets"), 2, [], ["sets = 2"]),
        (("steps", 0, "name"), "Shin", ['default = "Calf"'], ['default = "Shin"']),
        (("steps", 0, "note"), None, ['note.default = "Slowly."'], []),
        (
            ("steps", 0, "name"),
            None,
            ["[steps.name]", 'default = "Calf"', 'de = "Wade"'],
            [],
        ),
        (
            ("steps", 1, "steps", 0, "seconds"),
            22.5,
            ["seconds = 20 # each"],
            ["seconds = 22.5 # each"],
        ),
        (("steps", 1, "rounds"), 3, ["rounds = 2"], ["rounds = 3"]),
        (("steps", 1, "steps", 1, "half_way"), True, [], ["half_way = true"]),
        (("moment",), "bedtime", [], ['moment = "bedtime"']),
        (("sources",), ["A", "B"], ["sources = [", '    "A book", # page 12', "]"], None),
    ],
)
def test_a_value_changes_its_own_line_alone(
    path: tuple[str | int, ...], value: edit.Value | None, gone: list[str], come: list[str] | None
) -> None:
    after = edit.with_value(TEXT, path, value)
    told = changed_lines(TEXT, after)
    assert told == (gone, ['sources = ["A", "B"]'] if come is None else come)


def test_a_key_that_is_new_stands_in_the_table_it_belongs_to() -> None:
    text = edit.with_value(TEXT, ("steps", 0, "sets"), 2)
    assert 'note.default = "Slowly."\nsets = 2\n' in text
    text = edit.with_value("", ("name",), "A")
    assert text == 'name = "A"\n'
    assert edit.with_value("[[steps]]", ("id",), "a") == 'id = "a"\n[[steps]]'
    assert edit.with_value("[[steps]]", ("steps", 0, "sets"), 2) == "[[steps]]\nsets = 2\n"


def test_a_new_step_comes_between_the_others() -> None:
    after = edit.with_step(TEXT, (1,), {"seconds": 30, "exercise": "easy_jog"})
    gone, come = changed_lines(TEXT, after)
    assert gone == []
    assert [line for line in come if line] == ["[[steps]]", 'exercise = "easy_jog"', "seconds = 30"]
    assert [step.get("exercise") for step in steps_of(after)] == [
        *("wall_calf_static", "easy_jog", None, "cool_down_walk")
    ]
    inner = edit.with_step(TEXT, (1, 2), {"exercise": "easy_jog", "seconds": 5})
    assert [step["exercise"] for step in steps_of(inner)[1]["steps"]][2] == "easy_jog"
    last = edit.with_step(TEXT, (3,), {"exercise": "easy_jog", "seconds": 5})
    assert last.index("easy_jog") < last.index("# sets = 2")


def test_the_first_step_of_all_finds_its_place() -> None:
    start = 'format = 1\nid = "a"\n\n# What is done.\n'
    after = edit.with_step(start, (0,), {"exercise": "easy_jog", "seconds": 5})
    assert after.startswith('format = 1\nid = "a"\n')
    assert steps_of(after) == [{"exercise": "easy_jog", "seconds": 5}]
    assert comments(after) == ["# What is done."]


def test_a_step_takes_the_comment_above_it_along() -> None:
    after = edit.with_step_moved(TEXT, (0,), (2,))
    assert after.index("# The calf comes first.") > after.index("cool_down_walk")
    assert "# The calf comes first.\n[[steps]]\nexercise" in after
    assert after.index("# General words") < after.index("# Twice around.")
    assert comments(after) == comments(TEXT)
    gone = edit.without_step(TEXT, (0,))
    assert set(comments(TEXT)) - set(comments(gone)) == {
        "# The calf comes first.",
        "# at the wall",
    }
    assert "# General words about the steps." in gone


def test_steps_move_into_a_group_and_out_of_it() -> None:
    within = edit.with_step_moved(TEXT, (0,), (0, 1))
    (first, _) = steps_of(within)
    assert [one["exercise"] for one in first["steps"]] == [
        *("standing_quad", "wall_calf_static", "chair_hamstring")
    ]
    assert first["steps"][1]["name"] == {"default": "Calf", "de": "Wade"}
    assert comments(within) == comments(TEXT)
    without = edit.with_step_moved(within, (0, 1), (0,))
    assert steps_of(without) == steps_of(TEXT)
    with pytest.raises(ValueError, match="group"):
        edit.with_step_moved(TEXT, (1,), (1, 0))


def test_steps_become_a_group_and_stand_for_themselves_again() -> None:
    flat = edit.without_group(TEXT, 1)
    assert [step["exercise"] for step in steps_of(flat)] == [
        *("wall_calf_static", "standing_quad", "chair_hamstring", "cool_down_walk")
    ]
    assert comments(flat) == comments(TEXT)
    grouped = edit.with_group(flat, 1, 2, 2)
    assert steps_of(grouped) == steps_of(TEXT)
    assert comments(grouped) == comments(TEXT)
    with pytest.raises(ValueError, match="group"):
        edit.with_group(TEXT, 0, 1, 3)


def test_a_copy_has_no_comment_of_another() -> None:
    after = edit.with_copy(TEXT, (0,))
    assert steps_of(after)[0] == steps_of(after)[1]
    assert after.count("# The calf comes first.") == 1


def test_steps_in_one_list_become_blocks_when_they_are_changed() -> None:
    text = 'id = "a"\nsteps = [\n  { exercise = "b", seconds = 1 },\n]\n[other]\nx = 1\n'
    after = edit.with_value(text, ("steps", 0, "seconds"), 5)
    assert tomli.loads(after) == {
        **tomli.loads(text),
        "steps": [{"exercise": "b", "seconds": 5}],
    }
    assert "[[steps]]" in after
    assert edit.with_value(text, ("id",), "b") == text.replace('"a"', '"b"')


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_stay_as_they_are(end: str) -> None:
    text = TEXT.replace("\n", end)
    for after in (
        edit.with_step(text, (1,), {"exercise": "easy_jog", "seconds": 5}),
        edit.with_step_moved(text, (0,), (2,)),
        edit.with_group(edit.without_group(text, 1), 0, 1, 2),
        edit.with_copy(text, (0,)),
        edit.with_value(text, ("steps", 0, "sets"), 2),
    ):
        assert after.count("\n") == after.count(end)


def test_places_are_found_by_line() -> None:
    lines = TEXT.splitlines()
    found = {line: edit.place_of_line(TEXT, number) for number, line in enumerate(lines, 1)}
    assert found["format = 1"] is None
    assert found["seconds = 30"] == (0,)
    assert found['de = "Wade"'] == (0,)
    assert found["rounds = 2"] == (1,)
    assert found["seconds = 25"] == (1, 1)
    assert found["[[steps.steps]]"] == (1, 1)
    assert found["x = 1"] is None
    assert edit.place_of_line(TEXT, 10_000) is None


WORDS = st.text(min_size=1, max_size=12) | st.sampled_from(
    ["Ωραίο", "مساء", "🦵 calf", 'a "b" \\ c', "\x7f"]
)


@given(data=st.data())
def test_any_row_of_changes_keeps_comments_and_every_other_step(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([TEXT, *(p.read_text("utf-8") for p in SHIPPED)]))
    remarks = comments(text)
    for _ in range(data.draw(st.integers(1, 5))):
        steps = steps_of(text)
        number = data.draw(st.integers(0, len(steps) - 1))
        kind = data.draw(st.sampled_from(["move", "set", "add", "group", "ungroup"]))
        if kind == "move":
            to = data.draw(st.integers(0, len(steps) - 1))
            text = edit.with_step_moved(text, (number,), (to,))
            steps.insert(to, steps.pop(number))
        elif kind == "set" and "exercise" in steps[number]:
            steps[number]["exercise"] = data.draw(WORDS)
            text = edit.with_value(text, ("steps", number, "exercise"), steps[number]["exercise"])
        elif kind == "add":
            new = {"exercise": data.draw(WORDS), "note": {"default": data.draw(WORDS), "de": "x"}}
            steps.insert(number, new)
            text = edit.with_step(text, (number,), new)
        elif kind == "group" and "steps" not in steps[number]:
            text = edit.with_group(text, number, number, 3)
            steps[number] = {"rounds": 3, "steps": [steps[number]]}
        elif kind == "ungroup" and "steps" in steps[number]:
            text = edit.without_group(text, number)
            steps[number : number + 1] = steps[number]["steps"]
        assert steps_of(text) == steps
        assert [line for line in comments(text) if line in set(remarks)] == remarks
