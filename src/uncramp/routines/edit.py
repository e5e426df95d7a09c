"""Changing a routine's text: only the lines that a change concerns, comments kept.

A step is a block of lines: its `[[steps]]`, what follows it, and the comment right above it.
Values are exchanged where they stand; blocks are moved whole. Every function takes the text of a
file and returns the new one, and makes sure that the parser reads just what was meant.

Places of steps are 0-based: `(2,)` is the third step, `(2, 0)` the first step of the group of
rounds that stands third.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

import tomli

from uncramp.routines.blocks import (
    checked,
    end_of_line,
    end_of_value,
    ended,
    key_text,
    line_end,
    literal,
    rearranged,
    start_of_block,
    start_of_line,
)
from uncramp.routines.draft import KeyPath
from uncramp.routines.positions import Pair, Positions

Value = str | bool | int | float | list[Any] | dict[str, Any]
Place = tuple[int, ...]
STEPS: Final = "steps"
ROUNDS: Final = "rounds"

_Data = dict[str, Any]
_STEP_ORDER: Final = ("exercise", "name", "seconds", "repetitions", "repetition_s", "sets")
_STEPS_IN_HEADER: Final = {
    1: re.compile(r"""\[+\s*(["']?steps["']?)"""),
    2: re.compile(r"""\[+\s*(["']?steps["']?\s*\.\s*["']?steps["']?)"""),
}
"""A header's own steps, by its depth."""


def with_value(text: str, path: KeyPath, value: Value | None) -> str:
    """Return `text` with another value at `path`; None takes the key away.

    Args:
        text: TOML that the parser accepts.
        path: a key of the top level, `("name",)`, or of a step, `("steps", 2, "seconds")`.
            Where a text has translations, the untranslated one is changed.
        value: what to write.
    """
    if path[0] == STEPS and len(path) > 1:
        text = _in_blocks(text)
    expected = tomli.loads(text)
    table: Any = expected
    for part in path[:-1]:
        table = table[part]
    key = path[-1]
    if isinstance(table.get(key), dict) and isinstance(value, str):
        table, key, path = table[key], "default", (*path, "default")
    if value is None:
        table.pop(key, None)
        return checked(_without_key(text, path), expected)
    present = key in table
    table[key] = value
    if present and not isinstance(value, str) and not _is_pair(text, path):
        # Written as a table of its own, or key by key: it is written anew as one value.
        text, present = _without_key(text, path), False
    changed = _exchanged(text, path, value) if present else _with_key(text, path, value)
    return checked(changed, expected)


def with_step(text: str, place: Place, step: Mapping[str, Any]) -> str:
    """Return `text` with a new step that stands at `place`; those from there on follow it."""
    text = _in_blocks(text)
    expected = tomli.loads(text)
    _list_of(expected, place).insert(place[-1], dict(step))

    def inserted(blocks: list[str]) -> list[str]:
        block = _block(step, len(place), line_end(text))
        if blocks and blocks[-1].strip() == blocks[-1].rstrip():
            block = block.lstrip()  # a file without blank lines stays so
        return [*blocks[: place[-1]], block, *blocks[place[-1] :]]

    return checked(rearranged(text, _path_of_list(place[:-1]), inserted), expected)


def without_step(text: str, place: Place) -> str:
    """Return `text` without the step or the group of rounds at `place`."""
    text = _in_blocks(text)
    expected = tomli.loads(text)
    steps = _list_of(expected, place)
    del steps[place[-1]]
    if not steps:
        _owner(expected, place).pop(STEPS)

    def removed(blocks: list[str]) -> list[str]:
        return [*blocks[: place[-1]], *blocks[place[-1] + 1 :]]

    return checked(rearranged(text, _path_of_list(place[:-1]), removed), expected)


def with_copy(text: str, place: Place) -> str:
    """Return `text` with the step at `place` once more behind itself."""
    text = _in_blocks(text)
    expected = tomli.loads(text)
    steps = _list_of(expected, place)
    number = place[-1]
    steps.insert(number, steps[number])

    def doubled(blocks: list[str]) -> list[str]:
        return [*blocks[: number + 1], _without_remark(blocks[number]), *blocks[number + 1 :]]

    return checked(rearranged(text, _path_of_list(place[:-1]), doubled), expected)


def with_step_moved(text: str, place: Place, to: Place) -> str:
    """Return `text` with the step at `place` standing at `to`.

    Args:
        text: TOML that the parser accepts.
        place: where it stands now.
        to: where it stands once it has been taken away from `place`, which for a move within
            one list is the place that it has afterwards. Groups cannot go into groups.

    Raises:
        ValueError: a group was to go into a group.
    """
    text = _in_blocks(text)
    expected = tomli.loads(text)
    left = _list_of(expected, place)
    step = left.pop(place[-1])
    if not left:
        _owner(expected, place).pop(STEPS)
    if len(to) > 1 and STEPS in step:
        raise ValueError("a group of rounds cannot stand in another one")
    _list_of(expected, to).insert(to[-1], step)
    taken: list[str] = []

    def without(blocks: list[str]) -> list[str]:
        taken.append(blocks[place[-1]])
        return [*blocks[: place[-1]], *blocks[place[-1] + 1 :]]

    def with_it(blocks: list[str]) -> list[str]:
        block = _at_depth(taken[0], len(place), len(to))
        return [*blocks[: to[-1]], block, *blocks[to[-1] :]]

    moved = rearranged(text, _path_of_list(place[:-1]), without)
    return checked(rearranged(moved, _path_of_list(to[:-1]), with_it), expected)


def with_group(text: str, first: int, last: int, rounds: int) -> str:
    """Return `text` with the steps `first` to `last` (0-based, both included) as one group.

    Raises:
        ValueError: one of them is a group already.
    """
    text = _in_blocks(text)
    expected = tomli.loads(text)
    steps = expected[STEPS]
    inner = steps[first : last + 1]
    if any(STEPS in step for step in inner):
        raise ValueError("a group of rounds cannot stand in another one")
    steps[first : last + 1] = [{ROUNDS: rounds, STEPS: inner}]

    def grouped(blocks: list[str]) -> list[str]:
        within = "".join(_at_depth(block, 1, 2) for block in blocks[first : last + 1])
        head = _block({ROUNDS: rounds}, 1, line_end(text))
        return [*blocks[:first], head + within, *blocks[last + 1 :]]

    return checked(rearranged(text, _path_of_list(()), grouped), expected)


def without_group(text: str, number: int) -> str:
    """Return `text` with the steps of the group at `number` standing for themselves."""
    text = _in_blocks(text)
    expected = tomli.loads(text)
    expected[STEPS][number : number + 1] = expected[STEPS][number][STEPS]
    inner: list[str] = []

    def emptied(blocks: list[str]) -> list[str]:
        inner.extend(_at_depth(block, 2, 1) for block in blocks)
        return []

    emptied_text = rearranged(text, _path_of_list((number,)), emptied)

    def ungrouped(blocks: list[str]) -> list[str]:
        inner[0] = _remark(blocks[number]) + inner[0]
        return [*blocks[:number], *inner, *blocks[number + 1 :]]

    return checked(rearranged(emptied_text, _path_of_list(()), ungrouped), expected)


def place_of_line(text: str, line: int) -> Place | None:
    """Return which step stands in that 1-based line, or None for what is no step's."""
    lines = text.split("\n")
    offset = sum(len(one) + 1 for one in lines[: line - 1])
    found: Place | None = None
    for path, start in Positions(text).headers:
        if start > offset + len(lines[line - 1] if line <= len(lines) else ""):
            break
        found = tuple(part for part in path if isinstance(part, int)) if path[0] == STEPS else None
    return found or None


# -- one value


def _is_pair(text: str, path: KeyPath) -> bool:
    return any(pair.path == path for pair in Positions(text).pairs)


def _exchanged(text: str, path: KeyPath, value: Value) -> str:
    positions = Positions(text)
    pair = next((pair for pair in positions.pairs if pair.path == path), None)
    if pair is not None:
        return text[: pair.value] + literal(value) + text[pair.end :]
    # The only value within an inline table that is changed is an untranslated text.
    start = positions.of_value(path)
    whole = next(pair for pair in positions.pairs if pair.path == path[:-1])
    end = end_of_value(text[: whole.end], start)
    return text[:start] + literal(value) + text[end:]


def _with_key(text: str, path: KeyPath, value: Value) -> str:
    """Add a key behind the last one of its table that stands in the file."""
    positions = Positions(text)
    table, key = path[:-1], str(path[-1])
    line = f"{key_text(key)} = {literal(value)}{line_end(text)}"
    last: Pair | None = None
    start = -1
    for header, offset in positions.headers:
        if header == table:
            start = offset
    following = [offset for _, offset in positions.headers if offset > start]
    end = min(following, default=len(text))
    for pair in positions.pairs:
        if start <= pair.key < end:
            last = pair
    if last is None and start < 0:
        at = start_of_block(text, end) if following else len(text)
    else:
        at = end_of_line(text, start if last is None else last.end)
    before = text[:at]
    if before and not before.endswith("\n"):
        before += line_end(text)
    return before + line + text[at:]


def _without_key(text: str, path: KeyPath) -> str:
    positions = Positions(text)
    cuts = [
        (start_of_line(text, pair.key), end_of_line(text, pair.end))
        for pair in positions.pairs
        if pair.path[: len(path)] == path
    ]
    cuts += [
        (start_of_line(text, offset), end_of_line(text, offset))
        for header, offset in positions.headers
        if header[: len(path)] == path
    ]
    for start, end in sorted(cuts, reverse=True):
        text = text[:start] + text[end:]
    return text


# -- blocks


def _at_depth(block: str, now: int, wanted: int) -> str:
    """Return a step's block as one of the top level (1) or of a group (2)."""
    if now == wanted:
        return block
    for path, offset in reversed(Positions(block).headers):
        found = _STEPS_IN_HEADER[now].match(block, offset)
        if path[0] == STEPS and found is not None:
            block = block[: found.start(1)] + ".".join([STEPS] * wanted) + block[found.end(1) :]
    return block


def _remark(block: str) -> str:
    """Return what stands above a block's header: blank lines and its comment."""
    return block[: start_of_line(block, Positions(block).headers[0][1])]


def _without_remark(block: str) -> str:
    """Return a block without the comment above it; a blank line there stays."""
    remark = _remark(block)
    blank = remark[: end_of_line(remark, 0)] if not remark.split("\n")[0].strip() else ""
    return blank + block[len(remark) :]


def _in_blocks(text: str) -> str:
    """Return `text` with steps that were written as one list as `[[steps]]` instead."""
    data = tomli.loads(text)
    if not any(pair.path == (STEPS,) for pair in Positions(text).pairs):
        return text
    steps = data[STEPS] if isinstance(data[STEPS], list) else []
    end = line_end(text)
    blocks = "".join(_block(step, 1, end) for step in steps if isinstance(step, dict))
    return ended(_without_key(text, (STEPS,)), end) + blocks


def _block(step: Mapping[str, Any], depth: int, end: str) -> str:
    """Return a new step as lines that end with `end`, below a blank one."""
    order = {key: number for number, key in enumerate(_STEP_ORDER)}
    keys = sorted(step, key=lambda key: order.get(key, len(order)))
    lines = ["", f"[[{'.'.join([STEPS] * depth)}]]"]
    lines += [f"{key_text(key)} = {literal(step[key])}" for key in keys if key != STEPS]
    inner = "".join(_block(one, depth + 1, end) for one in step.get(STEPS, ()))
    return end.join([*lines, ""]) + inner


# -- small things


def _list_of(data: _Data, place: Place) -> list[Any]:
    steps: list[Any] = _owner(data, place).setdefault(STEPS, [])
    return steps


def _path_of_list(group: Place) -> KeyPath:
    """Return where the list is that a group's steps stand in; () for the whole."""
    return (STEPS, group[0], STEPS) if group else (STEPS,)


def _owner(data: _Data, place: Place) -> _Data:
    owner: _Data = data if len(place) == 1 else data[STEPS][place[0]]
    return owner
