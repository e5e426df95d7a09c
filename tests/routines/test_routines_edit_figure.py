"""Changing lists and figures in an exercise's text: the lines concerned and no others."""

import difflib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from uncramp.model.figure import Easing, Figure, KeyFrame, Pin, Pose, View
from uncramp.routines.edit_figure import read_figure, with_figure, without_figure
from uncramp.routines.edit_lists import with_list

SHIPPED = sorted((Path(__file__).parents[2] / "routines" / "exercises").glob("*.toml"))
LISTS = """\
format = 1
short = ["a", "b"] # two
cues = [
    # The first one matters.
    "Keep the heel heavy", # slowly
    { default = "Lean in", de = "Lehn dich vor" },
    "Breathe, \\"out\\"]"
] # cues
feel = "x"
"""


def told(before: str, after: str) -> tuple[list[str], list[str]]:
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    gone = [line[2:] for line in lines if line.startswith("- ")]
    return gone, [line[2:] for line in lines if line.startswith("+ ")]


def shipped(name: str) -> tuple[str, Figure]:
    text = next(path for path in SHIPPED if path.stem == name).read_text("utf-8")
    figure = read_figure(text)
    assert figure is not None
    return text, figure


def cues(text: str) -> list[Any]:
    items: list[Any] = tomli.loads(text)["cues"]
    return items


def test_an_item_that_changes_changes_its_line_alone() -> None:
    items = cues(LISTS)
    gone, come = told(LISTS, with_list(LISTS, ("cues",), ["Heel down", *items[1:]]))
    assert gone == ['    "Keep the heel heavy", # slowly']
    assert come == ['    "Heel down", # slowly']


def test_items_come_and_go_by_their_lines() -> None:
    items = cues(LISTS)
    more = with_list(LISTS, ("cues",), [*items, "New"])
    assert told(LISTS, more)[1][-1] == '    "New",'
    assert cues(more) == [*items, "New"]
    less = with_list(more, ("cues",), [items[0], items[2], "New"])
    assert told(more, less) == (['    { default = "Lean in", de = "Lehn dich vor" },'], [])
    assert "# The first one matters." in less


def test_a_short_list_stays_on_its_line_and_a_long_one_gets_lines() -> None:
    short = with_list(LISTS, ("short",), ["a", "b", "c"])
    assert told(LISTS, short) == (['short = ["a", "b"] # two'], ['short = ["a", "b", "c"] # two'])
    long = with_list(LISTS, ("short",), ["a" * 60, "b" * 60])
    assert f'    "{"a" * 60}",' in long.splitlines()
    assert "] # two" in long.splitlines()
    new = with_list(LISTS, ("sources",), ["A book"])
    assert told(LISTS, new) == ([], ['sources = ["A book"]'])
    assert told(new, with_list(new, ("sources",), [])) == (['sources = ["A book"]'], [])


@given(
    st.lists(st.lists(st.text(max_size=8) | st.just("Lean in"), max_size=6), min_size=1, max_size=4)
)
@settings(deadline=None, max_examples=50)
def test_any_row_of_lists_is_read_back(rows: list[list[str]]) -> None:
    text = LISTS
    for row in rows:
        text = with_list(text, ("cues",), row)
        assert tomli.loads(text).get("cues", []) == row
        assert tomli.loads(text)["short"] == ["a", "b"]
        assert "# two" in text


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_figure_that_is_not_changed_changes_no_text(path: Path) -> None:
    text = path.read_text("utf-8")
    figure = read_figure(text)
    assert figure is not None
    assert with_figure(text, figure) == text


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_figure_can_be_written_anew(path: Path) -> None:
    text = path.read_text("utf-8")
    figure = read_figure(text)
    assert figure is not None
    bare = without_figure(text)
    assert "figure" not in tomli.loads(bare)
    again = with_figure(bare, figure)
    assert read_figure(again) == figure
    words, drawn = tomli.loads(text), tomli.loads(again)
    assert {**words, "figure": 0} == {**drawn, "figure": 0}


def test_a_pose_changes_its_own_lines_and_the_next_frame_stays_as_it_was() -> None:
    text, figure = shipped("wall_calf_pump")
    first, second = figure.keys
    bent = replace(first.pose, trunk=9.0, twist=5.0)
    changed = with_figure(text, replace(figure, keys=(replace(first, pose=bent), second)))
    assert told(text, changed) == (["trunk = 8"], ["trunk = 9", "twist = 5", "twist = 0"])
    after = read_figure(changed)
    assert after is not None
    assert after.keys == (replace(first, pose=bent), second)


def test_a_limb_says_what_it_said_and_what_is_new() -> None:
    text, figure = shipped("calf_raise")
    key = figure.keys[1]
    leg = replace(key.pose.working_leg, knee=4.5)
    keys = (figure.keys[0], replace(key, pose=replace(key.pose, working_leg=leg)), figure.keys[2])
    gone, come = told(text, with_figure(text, replace(figure, keys=keys)))
    assert gone == ["working_leg = { ankle = -27 }"]
    assert come == [
        "working_leg = { ankle = -27, knee = 4.5 }",
        "working_leg = { knee = 3 }",
    ]


def test_key_frames_come_and_go_as_blocks() -> None:
    text, figure = shipped("bridge")
    extra = KeyFrame(1.0, figure.keys[1].pose, Easing.LINEAR)
    more = replace(figure, keys=(figure.keys[0], extra, *figure.keys[1:]))
    longer = with_figure(text, more)
    assert read_figure(longer) == more
    assert 'easing = "linear"' in told(text, longer)[1]
    back = with_figure(longer, figure)
    assert read_figure(back) == figure
    shorter = with_figure(text, replace(figure, keys=figure.keys[:1]))
    gone, come = told(text, shorter)
    assert come == []
    assert gone[0] == "[[figure.keys]]" or gone[0] == ""


def test_a_pin_changes_its_line_alone() -> None:
    text, figure = shipped("wall_calf_pump")
    pins = [replace(pin, x=0.25) if pin.x == 0.2 else pin for pin in figure.pins]
    gone, come = told(text, with_figure(text, replace(figure, pins=tuple(pins))))
    assert gone == ['    { limb = "other_foot", touch = "floor", contact = "sole", x = 0.2 },']
    assert come == ['    { limb = "other_foot", touch = "floor", contact = "sole", x = 0.25 },']


@pytest.mark.parametrize(
    "drawn",
    [
        'figure = { view = "side", cycle_s = 2, keys = [{ at_s = 0, trunk = 5 }] }',
        '[figure]\nview = "side"\ncycle_s = 2\nkeys = [\n  { at_s = 0, trunk = 5 }, # one\n]',
        'figure.view = "side"\nfigure.cycle_s = 2\nfigure.keys = [{ at_s = 0, trunk = 5 }]',
        (
            '[figure]\nview = "side"\ncycle_s = 2\n[[figure.keys]]\nat_s = 0\ntrunk = 5\n'
            "[figure.keys.working_leg]\nhip = 20\n"
        ),
        (
            '[figure]\nview = "side"\ncycle_s = 2\n[[figure.keys]]\nat_s = 0\n'
            "working_leg.hip = 20\ntrunk = 5\n[[figure.pins]]\n"
            'limb = "working_foot"\ntouch = "floor"\ncontact = "sole"\n'
        ),
    ],
)
def test_other_ways_to_write_a_figure_are_changed_too(drawn: str) -> None:
    text = f'format = 1\nid = "x"\n{drawn}\n'
    figure = read_figure(text)
    assert figure is not None
    leg = replace(figure.keys[0].pose.working_leg, knee=40.0)
    keys = (
        replace(figure.keys[0], pose=replace(figure.keys[0].pose, trunk=7.0, working_leg=leg)),
        KeyFrame(1.0, Pose(trunk=20.0)),
    )
    pins = tuple(replace(pin, x=0.5) for pin in figure.pins)
    wanted = replace(figure, keys=keys, pins=pins, barefoot=True)
    changed = with_figure(text, wanted)
    assert read_figure(changed) == wanted
    assert tomli.loads(changed)["id"] == "x"


def test_windows_line_ends_stay() -> None:
    text, figure = shipped("squat")
    text = text.replace("\n", "\r\n")
    keys = tuple(replace(key, pose=replace(key.pose, trunk=33.0)) for key in figure.keys)
    changed = with_figure(text, replace(figure, keys=keys))
    assert "\n" not in changed.replace("\r\n", "")
    after = read_figure(changed)
    assert after is not None
    assert after.keys == keys


def test_a_wrong_figure_is_none_and_is_written_anew() -> None:
    text = 'format = 1\n[figure]\nview = "sideways"\nkeys = []\n'
    assert read_figure(text) is None
    assert read_figure("format = 1\n") is None
    figure = Figure(View.SIDE, keys=(KeyFrame(0.0, Pose(trunk=12.5)),))
    assert read_figure(with_figure(text, figure)) == figure
    assert all(isinstance(pin, Pin) for pin in figure.pins)
