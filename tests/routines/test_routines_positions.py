"""The index of places agrees with the parser on every path, and costs linear time."""

import re
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import tomli
import tomlkit
from hypothesis import example, given, settings
from hypothesis import strategies as st

from uncramp.routines import positions
from uncramp.routines.draft import KeyPath
from uncramp.routines.positions import MAX_DEPTH, Positions

TEXT = '''\
# [not.a.table]
title = "a # [b]" # c = 1
"quoted \\" key" = 1
'lit.eral'=2
a.b . c = [1, [2, 3],
  { x = 1, 'y z' = [ 4 ] }, # ]
]
multi = """
[[steps]]
k = 1""""
other = \'\'\'
x = 1\'\'\'\'\'
when = 1979-05-27 07:32:00-08:00
nothing = {}

[table]
k = true
[table.sub."d.e"]
k = { l.m = 1, n = 2 }
[[steps]]
s = 1
[steps.inner]
t = 1
  [[steps]]
\ts = 2
[[steps.list]]
u = 1
[[steps.list]]
u = 2
[last]
z = "end"'''

KEYS = {
    ("title",): (2, 1),
    ('quoted " key',): (3, 1),
    ("lit.eral",): (4, 1),
    ("a",): (5, 1),
    ("a", "b"): (5, 3),
    ("a", "b", "c"): (5, 7),
    ("a", "b", "c", 2, "x"): (6, 5),
    ("a", "b", "c", 2, "y z"): (6, 12),
    ("multi",): (8, 1),
    ("other",): (11, 1),
    ("when",): (13, 1),
    ("table",): (16, 2),
    ("table", "k"): (17, 1),
    ("table", "sub"): (18, 8),
    ("table", "sub", "d.e"): (18, 12),
    ("table", "sub", "d.e", "k", "l", "m"): (19, 9),
    ("table", "sub", "d.e", "k", "n"): (19, 16),
    ("steps", 0): (20, 1),
    ("steps", 0, "s"): (21, 1),
    ("steps", 0, "inner"): (22, 8),
    ("steps", 0, "inner", "t"): (23, 1),
    ("steps", 1): (24, 3),
    ("steps", 1, "s"): (25, 2),
    ("steps", 1, "list", 0): (26, 1),
    ("steps", 1, "list", 0, "u"): (27, 1),
    ("steps", 1, "list", 1, "u"): (29, 1),
    ("last", "z"): (31, 1),
}
VALUES = {
    ("title",): (2, 9),
    ("lit.eral",): (4, 12),
    ("a", "b", "c"): (5, 11),
    ("a", "b", "c", 0): (5, 12),
    ("a", "b", "c", 1): (5, 15),
    ("a", "b", "c", 1, 1): (5, 19),
    ("a", "b", "c", 2): (6, 3),
    ("a", "b", "c", 2, "y z", 0): (6, 22),
    ("multi",): (8, 9),
    ("when",): (13, 8),
    ("nothing",): (14, 11),
    ("table",): (16, 1),
    ("table", "sub", "d.e", "k", "n"): (19, 20),
    ("steps", 0, "inner"): (22, 1),
    ("steps", 1, "s"): (25, 6),
    ("steps", 1, "list", 1): (28, 1),
    ("last", "z"): (31, 5),
}


def place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset].split("\n")
    return len(before), len(before[-1]) + 1


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_knows_where_everything_stands(line_end: str) -> None:
    text = TEXT.replace("\n", line_end)
    tomli.loads(text)
    positions = Positions(text)
    assert {path: place(text, positions.of_key(path)) for path in KEYS} == KEYS
    assert {path: place(text, positions.of_value(path)) for path in VALUES} == VALUES


def test_brackets_in_quotes_close_nothing() -> None:
    text = """x = [ 'a]', "b],", '', "c" ]\ny = { '}' = '}', z = "}" }\n"""
    positions = Positions(text)
    assert positions.paths() == all_paths(tomli.loads(text))
    assert [positions.of_value(("x", n)) for n in range(4)] == [6, 12, 19, 23]
    assert place(text, positions.of_value(("y", "z"))) == (2, 22)


def test_what_is_not_there_is_found_at_what_surrounds_it() -> None:
    positions = Positions("x = 1\n[[steps]]\na = 1\n")
    assert positions.of_value(("steps", 0, "missing")) == 6
    assert positions.of_key(("steps", 0, "missing", "deeper")) == 6
    assert positions.of_value(("steps", 7)) == positions.of_value(("steps",)) == 6
    assert positions.of_value(("nowhere",)) == 0


def all_paths(value: object, path: KeyPath = ()) -> set[KeyPath]:
    if len(path) > MAX_DEPTH:
        return set()
    found = {path}
    if isinstance(value, dict):
        for key, inner in value.items():
            found |= all_paths(inner, (*path, key))
    if isinstance(value, list):
        for number, inner in enumerate(value):
            found |= all_paths(inner, (*path, number))
    return found


KEY = st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.sampled_from(
    ["a", "b", "a.b", "a b", '"', "'", "#", "[x]", "="]
)
SCALAR = (
    st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.sampled_from(["]", "[[a]]", "a = 1\nb = 2", '"""', "'''", "\\", "# no"])
    | st.just(date(2024, 2, 29))
    | st.just(datetime(2024, 2, 29, 1, 2, 3, tzinfo=UTC))
)
VALUE = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(KEY, VALUE, max_size=5))
@example({"a": {"b": {"a": {}}}, "b": [{"a": [{"b": 1}]}, {"a": []}]})
def test_agrees_with_the_parser_on_every_path(data: dict[str, Any]) -> None:
    text = tomlkit.dumps(data)
    try:
        parsed = tomli.loads(text)
    except tomli.TOMLDecodeError:  # tomlkit does not escape everything that it should
        return
    positions = Positions(text)
    assert positions.paths() == all_paths(parsed)
    for path in positions.paths():
        value: Any = parsed
        for part in path:
            value = value[part]
        if path and not isinstance(value, dict | list):
            rest = text[positions.of_value(path) :]
            assert _first_value(rest) == value


def _first_value(rest: str) -> object:
    """Parse the shortest beginning of the text that is a value and ends where one may end."""
    for end in range(1, len(rest) + 1):
        if end < len(rest) and rest[end] not in " ,]}\n\r#":
            continue
        try:
            return tomli.loads("v = " + rest[:end])["v"]
        except tomli.TOMLDecodeError:
            continue
    raise AssertionError(rest)


HOSTILE = {
    "many steps": "[[steps]]\na = 1\n" * 15_000,
    "one long list": "a = [" + "1," * 120_000 + "]",
    "deep list": "a = " + "[" * 390 + "1," * 50_000 + "]" * 390,
    "long dotted keys": "".join(f"{'a.' * 400}b{n} = 1\n" for n in range(300)),
    "comments": "# x\n" * 60_000,
    "spaces": "a = 1" + " " * 250_000,
    "quotes": 'a = """' + '""\\"' * 60_000 + '"""',
    "not TOML at all": "[[[" * 80_000,
    "open quotes": '"' * 250_000,
    "backslashes": 'a = "' + "\\" * 250_000,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_texts_hang_nothing(case: str) -> None:
    start = time.process_time()
    Positions(HOSTILE[case])
    # Of this process alone, so that a busy machine does not count. Quadratic time takes minutes.
    assert time.process_time() - start < 1.0


def test_no_group_is_possessive_because_python_before_3_11_5_matches_it_wrongly() -> None:
    sources = sorted(Path(positions.__file__).parents[1].rglob("*.py"))
    assert len(sources) > 50
    found = [
        path.name
        for path in sources
        if re.search(r"\(\?>|\)[*+?}]\+", path.read_text(encoding="utf-8"))
    ]
    assert found == []
