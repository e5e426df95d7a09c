"""Keys and lines of a terminal, or of what stands in for one."""

import contextlib
import os
import re
import select
import shutil
import sys
import time
import unicodedata
from types import TracebackType
from typing import Protocol, Self, TextIO


class Terminal(Protocol):
    """What a guided session needs to see and hear of its user."""

    @property
    def has_keys(self) -> bool:
        """Whether single keys can be read."""
        ...

    def wait(self, seconds: float) -> str:
        """Wait at most `seconds` for a key and return it, or "" when none came."""
        ...

    def line(self, text: str) -> None:
        """Print a line that stays."""
        ...

    def status(self, text: str) -> None:
        """Show a line that the next one replaces; nothing where that cannot be done."""
        ...


class RealTerminal:
    """Standard input and output; single keys where both are a terminal."""

    def __init__(self, output: TextIO | None = None) -> None:
        # None where the program was started with its output closed: print() then prints nothing.
        self._output = output or sys.stdout
        self._live = self._output is not None and self._output.isatty()
        self._keys = sys.stdin is not None and sys.stdin.isatty() and self._live
        self._saved: object = None
        self._typed: list[str] = []
        self._status = ""

    def __enter__(self) -> Self:
        if self._keys and os.name == "posix":
            import termios
            import tty

            self._saved = termios.tcgetattr(sys.stdin)
            tty.setcbreak(sys.stdin)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._saved is not None:
            import termios

            with contextlib.suppress(termios.error):  # the terminal is gone
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._saved)  # type: ignore[arg-type]
        if error is None:
            self._clear()

    @property
    def has_keys(self) -> bool:
        """Whether single keys can be read."""
        return self._keys

    def wait(self, seconds: float) -> str:
        """Wait at most `seconds` for a key and return it, or "" when none came."""
        if self._typed:
            return self._typed.pop(0)
        if not self._keys:
            time.sleep(max(0.0, seconds))
            return ""
        if os.name != "posix":
            return _windows_key(seconds)
        self._typed = _KEY.findall(self._read(max(0.0, seconds)).replace("\x1bO", "\x1b["))
        return self._typed.pop(0) if self._typed else ""

    def _read(self, seconds: float) -> str:
        """Return all that was typed meanwhile: keys may come several at a time."""
        found = b""
        while select.select([sys.stdin], [], [], seconds)[0]:
            try:
                read = os.read(sys.stdin.fileno(), 1024)
            except OSError:
                read = b""
            if not read:
                self._keys = False  # nobody is there any more
                break
            found += read
            if not _BEGUN_KEY.search(found):
                break
            # An arrow may come in pieces, and its first alone is the key that ends the session.
            seconds = _REST_OF_KEY_S
        return found.decode("utf-8", "ignore")

    def line(self, text: str) -> None:
        """Print a line that stays."""
        self._clear()
        print(text, file=self._output, flush=True)

    def status(self, text: str) -> None:
        """Show a line that the next one replaces; nothing where that cannot be done."""
        if not self._live:
            return
        shown = fitting(text, shutil.get_terminal_size().columns - 1)
        if shown != self._status:
            self._clear()
            print(shown, end="", file=self._output, flush=True)
            self._status = shown

    def _clear(self) -> None:
        # With blanks: not every terminal knows the sequence that clears a line.
        if self._live and self._status:
            print(f"\r{' ' * width(self._status)}\r", end="", file=self._output, flush=True)
            self._status = ""


_KEY = re.compile(r"\x1b\[[0-9;]*[A-Za-z~]|.", re.DOTALL)
_BEGUN_KEY = re.compile(rb"\x1b(?:[\[O][0-9;]*)?$")
_REST_OF_KEY_S = 0.05
_WINDOWS_KEYS = {"K": "\x1b[D", "M": "\x1b[C"}
"""What follows the mark of a special key, for the arrows to the left and to the right."""


def width(text: str) -> int:
    """Return how many columns of a terminal `text` takes."""
    return sum(_columns(letter) for letter in text)


def fitting(text: str, columns: int) -> str:
    """Return as much of `text` as fits: a line that wraps cannot be replaced."""
    taken = 0
    for place, letter in enumerate(text):
        taken += _columns(letter)
        if taken > columns:
            return text[:place]
    return text


def _columns(letter: str) -> int:
    if letter.isascii():
        return 1
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def _windows_key(seconds: float) -> str:
    import msvcrt

    end = time.monotonic() + max(0.0, seconds)
    while True:
        if msvcrt.kbhit():  # type: ignore[attr-defined]  # on Windows only
            key = str(msvcrt.getwch())  # type: ignore[attr-defined]
            if key in {"\0", "\xe0"}:
                return _WINDOWS_KEYS.get(str(msvcrt.getwch()), "")  # type: ignore[attr-defined]
            return key
        left = end - time.monotonic()
        if left <= 0:
            return ""
        time.sleep(min(left, 0.02))
