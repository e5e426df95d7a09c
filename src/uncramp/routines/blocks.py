"""The lines and blocks of a TOML text: where they begin and end, and how values are written.

A block is what belongs to one `[[header]]`: the header, what follows it, and the comment right
above it. Blocks are moved whole.
"""

import itertools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import tomli

from uncramp.routines.draft import KeyPath
from uncramp.routines.positions import Positions

_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_TOKEN: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[{]|[\]}]|,"
    r"|[^\s,\[\]{}#\"']+"
    r"|\s+",
    re.DOTALL,
)
"""What a value consists of, in a text that the parser has accepted."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """A text around one list of blocks."""

    head: str
    blocks: tuple[str, ...]
    tail: str


def rearranged(text: str, path: KeyPath, change: Callable[[list[str]], list[str]]) -> str:
    """Return `text` with the `[[blocks]]` of the list at `path` exchanged for others."""
    parts = _parts(text, path)
    end = line_end(text)
    blocks = change([ended(block, end) for block in parts.blocks])
    head = ended(parts.head, end) if blocks else parts.head
    return head + "".join(blocks) + parts.tail


def _parts(text: str, wanted: KeyPath) -> _Parts:
    positions = Positions(text)
    starts = [
        offset
        for path, offset in positions.headers
        if path[:-1] == wanted and text.startswith("[[", offset)
    ]
    if not starts:
        at = _end_of_table(text, positions, wanted[:-1])
        return _Parts(text[:at], (), text[at:])
    after = [
        offset
        for path, offset in positions.headers
        if offset > starts[-1] and path[: len(wanted)] != wanted
    ]
    end = min((start_of_block(text, offset) for offset in after), default=len(text))
    edges = [start_of_block(text, offset) for offset in starts]
    last = [pair.end for pair in positions.pairs if pair.key < end]
    last += [offset for _, offset in positions.headers if offset < end]
    closing = min(end, _end_of_paragraph(text, max(last)))
    edges.append(closing)
    blocks = tuple(text[a:b] for a, b in itertools.pairwise(edges))
    return _Parts(text[: edges[0]], blocks, text[closing:])


def _end_of_table(text: str, positions: Positions, table: KeyPath) -> int:
    """Return where a table ends that holds no blocks yet."""
    if not table:
        last = [pair.end for pair in positions.pairs] + [at for _, at in positions.headers]
        return _end_of_paragraph(text, max(last, default=0))
    start = next(at for path, at in positions.headers if path == table)
    following = [at for _, at in positions.headers if at > start]
    end = min((start_of_block(text, at) for at in following), default=len(text))
    last = [start, *(pair.end for pair in positions.pairs if start < pair.key < end)]
    return min(end, end_of_line(text, max(last)))


def start_of_block(text: str, header: int) -> int:
    """Return where the comment right above a header begins, and the blank lines above that."""
    start = start_of_line(text, header)
    while start > 0:
        above = start_of_line(text, start - 1)
        if not text[above:start].strip().startswith("#"):
            break
        start = above
    while start > 0:
        above = start_of_line(text, start - 1)
        if text[above:start].strip():
            break
        start = above
    return start


def _end_of_paragraph(text: str, offset: int) -> int:
    """Return the end of the line at `offset` and of the lines right below it."""
    end = end_of_line(text, offset)
    while end < len(text):
        below = end_of_line(text, end)
        if not text[end:below].strip():
            break
        end = below
    return end


def checked(text: str, expected: dict[str, Any]) -> str:
    """Return `text`, which the parser reads as `expected`; a file must never be spoilt."""
    if tomli.loads(text) != expected:
        raise RuntimeError("the change of a text went wrong")
    return text


def key_text(name: str) -> str:
    """Return a key as TOML writes it."""
    return name if _BARE_KEY.fullmatch(name) else _quoted(name)


def literal(value: object) -> str:
    """Return a value as TOML writes it, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key_text(key)} = {literal(one)}" for key, one in value.items())
        return f"{{ {inside} }}"
    assert isinstance(value, list)
    return "[" + ", ".join(literal(one) for one in value) + "]"


def _quoted(text: str) -> str:
    # JSON escapes as TOML does, but for this one control character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def line_end(text: str) -> str:
    """Return what ends the lines of a text."""
    return "\r\n" if "\r\n" in text else "\n"


def ended(text: str, end: str) -> str:
    """Return a text whose last line has its end."""
    return text if not text or text.endswith("\n") else text + end


def start_of_line(text: str, offset: int) -> int:
    """Return where the line at `offset` begins."""
    return text.rfind("\n", 0, offset) + 1


def end_of_line(text: str, offset: int) -> int:
    """Return where the line behind that at `offset` begins."""
    found = text.find("\n", offset)
    return len(text) if found < 0 else found + 1


def end_of_value(text: str, start: int) -> int:
    """Return where the value ends that begins at `start`; a list or table with its bracket."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        first = token.group()[0]
        depth += (first in "[{") - (first in "]}")
        if depth <= 0 and not first.isspace() and first != "#":
            return token.end()
    return len(text)
