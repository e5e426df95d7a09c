"""Changing a list in a TOML text: only the lines of the items that change."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import tomli

from uncramp.routines.blocks import (
    checked,
    end_of_line,
    end_of_value,
    line_end,
    literal,
    start_of_line,
)
from uncramp.routines.draft import KeyPath
from uncramp.routines.edit import with_value
from uncramp.routines.positions import Positions

LONGEST_LINE: Final = 100
INDENT: Final = "    "


def with_list(text: str, path: KeyPath, values: Sequence[Any]) -> str:
    """Return `text` with other items in the list at `path`; an empty list takes the key away.

    Items are texts, numbers or tables. What stays the same keeps its line with its comment, and
    one that stands on its own line is exchanged, added or removed there.

    Args:
        text: TOML that the parser accepts.
        path: of the list; it need not be there yet.
        values: all items.
    """
    data = tomli.loads(text)
    table: Any = data
    for part in path[:-1]:
        table = table[part]
    old = table.get(path[-1])
    if old == list(values) or (not values and old is None):
        return text
    if not values:
        return with_value(text, path, None)
    table[path[-1]] = list(values)
    array = _array(text, path)
    if array is None or not isinstance(old, list) or not old:
        return checked(_whole(with_value(text, path, list(values)), path, values), data)
    if not array.own_lines:
        return checked(_whole(text, path, values), data)
    return checked(_by_lines(text, array, old, values), data)


@dataclass(frozen=True, slots=True)
class _Array:
    """A list in a text: its brackets, and start and end of each item."""

    start: int
    end: int
    items: tuple[tuple[int, int], ...]
    own_lines: bool


def _array(text: str, path: KeyPath) -> _Array | None:
    positions = Positions(text)
    pair = next((pair for pair in positions.pairs if pair.path == path), None)
    if pair is None or not text.startswith("[", pair.value):
        return None
    starts = []
    for number in itertools.count():
        at = positions.of_value((*path, number))
        if (*path, number) not in positions.paths():
            break
        starts.append(at)
    items = tuple((at, end_of_value(text, at)) for at in starts)
    closing = text[start_of_line(text, pair.end - 1) : pair.end - 1]
    alone = not closing.strip() and all(
        not text[start_of_line(text, at) : at].strip() for at in starts
    )
    return _Array(pair.value, pair.end, items, alone and bool(starts))


def _whole(text: str, path: KeyPath, values: Sequence[Any]) -> str:
    """Write the list anew: on one line if it fits there, else an item a line."""
    array = _array(text, path)
    assert array is not None
    written = literal(list(values))
    used = array.start - start_of_line(text, array.start)
    tables = any(isinstance(value, dict) for value in values)
    if used + len(written) > LONGEST_LINE or (tables and len(values) > 1):
        end = line_end(text)
        lines = "".join(f"{INDENT}{literal(value)},{end}" for value in values)
        written = f"[{end}{lines}]"
    return text[: array.start] + written + text[array.end :]


def _by_lines(text: str, array: _Array, old: Sequence[Any], values: Sequence[Any]) -> str:
    same = list(itertools.takewhile(_equal, zip(old, values, strict=False)))
    first = len(same)
    backwards = zip(reversed(old[first:]), reversed(values[first:]), strict=False)
    last = len(list(itertools.takewhile(_equal, backwards)))
    gone, come = list(old[first : len(old) - last]), list(values[first : len(values) - last])
    both = min(len(gone), len(come))
    end = line_end(text)
    pieces = _pieces(text, array)
    indent = _indent(text, array)
    changed = [
        _Piece(one.lines[: one.start] + literal(value) + one.lines[one.end :], one.start, -1)
        for one, value in zip(pieces[first : first + both], come, strict=False)
    ]
    added = [_Piece(f"{indent}{literal(value)},{end}", len(indent), -1) for value in come[both:]]
    kept = [*pieces[:first], *changed, *added, *pieces[first + len(gone) :]]
    head = end_of_line(text, array.start)
    tail = head + sum(len(one.lines) for one in pieces)
    lines = [*(one.with_comma() for one in kept[:-1]), kept[-1].lines]
    return text[:head] + "".join(lines) + text[tail:]


@dataclass(frozen=True, slots=True)
class _Piece:
    """The lines of an item, with the comments above it, and where it begins in them."""

    lines: str
    start: int
    end: int

    def with_comma(self) -> str:
        """Return the lines of an item that is followed by another one."""
        end = end_of_value(self.lines, self.start)
        if self.lines[end:].lstrip().startswith(","):
            return self.lines
        return f"{self.lines[:end]},{self.lines[end:]}"


def _equal(pair: tuple[Any, Any]) -> bool:
    return bool(pair[0] == pair[1])


def _pieces(text: str, array: _Array) -> list[_Piece]:
    pieces = []
    at = end_of_line(text, array.start)
    for start, end in array.items:
        until = end_of_line(text, end)
        pieces.append(_Piece(text[at:until], start - at, end - at))
        at = until
    return pieces


def _indent(text: str, array: _Array) -> str:
    start = array.items[0][0]
    return text[start_of_line(text, start) : start]
