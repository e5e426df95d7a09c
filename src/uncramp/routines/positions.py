"""Where the keys and values of a TOML text stand.

No parser for Python tells it, so this walks once over a text that the parser has accepted
and notes the character index of every key and value. The walk is linear and does not recurse:
a hostile text must not be able to make an error message expensive.
"""

import re
from typing import Final

import tomli

from uncramp.routines.draft import KeyPath

MAX_DEPTH = 10
"""Parts of the longest path that is noted; files of ours have seven."""

# Every text is read in one way only, so the time stays linear. Possessive quantifiers stand at
# single characters alone: before 3.11.5, Python loses its way in possessive groups.
_BLANK = re.compile(r"(?:[ \t\r\n]++|\#[^\n]*+)*")
_SPACE = re.compile(r"[ \t]*+")
_KEY_PART = re.compile(r"""[A-Za-z0-9_-]++|"(?:[^"\\\n]++|\\.)*"|'[^'\n]*+'""")
_SCALAR = re.compile(
    r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']++|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]++|\\.)*"'
    r"|'[^'\n]*+'"
    r"|\d{4}-\d\d-\d\d [\d:.]++(?:[zZ]|[+-][\d:]++)?"
    r"|[^\s,\]\}\#]++",
    re.DOTALL,
)


class _Open:
    """A list or inline table whose end has not come yet."""

    __slots__ = ("end", "index", "path")

    def __init__(self, path: KeyPath | None, end: str) -> None:
        self.path: Final = path
        self.end: Final = end
        self.index = 0


class Pair:
    """A key with its value, outside of lists and inline tables.

    Attributes:
        path: of the value.
        key: index of the first character of its key.
        value: index of the first character of the value.
        end: index behind the value's last character.
    """

    __slots__ = ("end", "key", "path", "value")

    def __init__(self, path: KeyPath, key: int, value: int) -> None:
        self.path: Final = path
        self.key: Final = key
        self.value: Final = value
        self.end = value


class Positions:
    """An index from paths to places in one text.

    Attributes:
        headers: path and index of every `[table]` and `[[table]]`, in their order.
        pairs: what stands between them, in its order.

    Args:
        text: TOML that the parser has accepted. On anything else the index is incomplete,
            never wrong by more than that, and building it still ends.
    """

    def __init__(self, text: str) -> None:
        self._text: Final = text
        self.headers: Final[list[tuple[KeyPath, int]]] = []
        self.pairs: Final[list[Pair]] = []
        self._keys: Final[dict[KeyPath, int]] = {(): 0}
        self._values: Final[dict[KeyPath, int]] = {(): 0}
        self._tables_in: Final[dict[KeyPath, int]] = {}
        """How many tables each array of tables has so far."""
        self._open: Final[list[_Open]] = []
        self._base: KeyPath | None = ()
        self._unfinished: Pair | None = None
        self._at = 0
        self._walk()

    def of_key(self, path: KeyPath) -> int:
        """Return the index of the key's first character, else of what surrounds it."""
        return self._nearest(self._keys, path)

    def of_value(self, path: KeyPath) -> int:
        """Return the index of the value's first character, else of what surrounds it."""
        return self._nearest(self._values, path)

    def paths(self) -> frozenset[KeyPath]:
        """Return every path that has a value in the text."""
        return frozenset(self._values)

    def _nearest(self, table: dict[KeyPath, int], path: KeyPath) -> int:
        while path not in table:
            path = path[:-1]
        return table[path]

    def _walk(self) -> None:
        text, end = self._text, len(self._text)
        while True:
            self._skip(_BLANK)
            if self._at >= end:
                return
            before = self._at
            if self._open:
                self._inside(self._open[-1])
                if self._unfinished is not None and not self._open:
                    self._unfinished.end, self._unfinished = self._at, None
            elif text[self._at] == "[":
                self._header()
            else:
                self._pair(self._base)
            if self._at == before:  # not TOML: the parser has said so already
                return

    def _inside(self, container: _Open) -> None:
        char = self._text[self._at]
        if char == container.end:
            self._open.pop()
            self._at += 1
        elif char == ",":
            self._at += 1
        elif container.end == "}":
            self._pair(container.path)
        else:
            path = _below(container.path, container.index)
            container.index += 1
            if path is not None:
                self._keys[path] = self._at
            self._value(path)

    def _header(self) -> None:
        start = self._at
        is_array = self._text.startswith("[[", start)
        self._at += 2 if is_array else 1
        path: KeyPath | None = ()
        parts = self._key()
        for number, (name, offset) in enumerate(parts, start=1):
            path = _below(path, name)
            if path is None:
                break
            # `[a.b]` makes `a` too; it stands where it is first named.
            self._keys.setdefault(path, offset)
            self._values.setdefault(path, start)
            if path in self._tables_in and not (is_array and number == len(parts)):
                path = (*path, self._tables_in[path] - 1)
        if path is not None and is_array:
            count = self._tables_in.get(path, 0)
            self._tables_in[path] = count + 1
            path = _below(path, count)
        if path is not None:
            self._keys[path] = start if is_array else self._keys.get(path, start)
            self._values[path] = start
            self.headers.append((path, start))
        self._base = path
        closing = self._text.find("]", self._at)
        if closing < 0:
            self._at = len(self._text)
        else:
            self._at = closing + (2 if is_array else 1)

    def _pair(self, base: KeyPath | None) -> None:
        path = base
        first = self._at
        for name, offset in self._key():
            path = _below(path, name)
            if path is not None:
                self._keys.setdefault(path, offset)
                self._values.setdefault(path, offset)
        self._skip(_SPACE)
        if self._text.startswith("=", self._at):
            self._at += 1
            self._skip(_BLANK)
            pair = None if path is None or self._open else Pair(path, first, self._at)
            self._value(path)
            if pair is not None:
                pair.end = self._at
                self.pairs.append(pair)
                self._unfinished = pair if self._open else None

    def _key(self) -> list[tuple[str, int]]:
        """Step over a dotted key; return its parts and where each begins."""
        parts: list[tuple[str, int]] = []
        while True:
            self._skip(_SPACE)
            match = _KEY_PART.match(self._text, self._at)
            if match is None:
                return parts
            parts.append((_unquoted(match.group()), self._at))
            self._at = match.end()
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return parts
            self._at += 1

    def _value(self, path: KeyPath | None) -> None:
        if path is not None:
            self._values[path] = self._at
        char = self._text[self._at : self._at + 1]
        if char in ("[", "{"):
            self._open.append(_Open(path, "]" if char == "[" else "}"))
            self._at += 1
        else:
            self._skip(_SCALAR)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self._text, self._at)
        if match is not None:
            self._at = match.end()


def _below(path: KeyPath | None, part: str | int) -> KeyPath | None:
    if path is None or len(path) >= MAX_DEPTH:
        return None
    return (*path, part)


def _unquoted(token: str) -> str:
    if not token.startswith(('"', "'")):
        return token
    try:
        return str(tomli.loads(f"k = {token}")["k"])
    except tomli.TOMLDecodeError:
        return token[1:-1]
