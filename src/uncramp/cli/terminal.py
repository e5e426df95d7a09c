"""Keys and lines of a terminal, or of what stands in for one."""

import os
import select
import shutil
import sys
import time
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
        self._output = output or sys.stdout
        self._live = self._output.isatty()
        self._keys = sys.stdin is not None and sys.stdin.isatty() and self._live
        self._saved: object = None
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
        self._clear()
        if self._saved is not None:
            import termios

            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._saved)  # type: ignore[arg-type]

    @property
    def has_keys(self) -> bool:
        """Whether single keys can be read."""
        return self._keys

    def wait(self, seconds: float) -> str:
        """Wait at most `seconds` for a key and return it, or "" when none came."""
        if not self._keys:
            time.sleep(max(0.0, seconds))
            return ""
        if os.name == "posix":
            ready, _, _ = select.select([sys.stdin], [], [], max(0.0, seconds))
            return os.read(sys.stdin.fileno(), 8).decode("utf-8", "ignore") if ready else ""
        return _windows_key(seconds)

    def line(self, text: str) -> None:
        """Print a line that stays."""
        self._clear()
        print(text, file=self._output, flush=True)

    def status(self, text: str) -> None:
        """Show a line that the next one replaces; nothing where that cannot be done."""
        if not self._live:
            return
        shown = text[: shutil.get_terminal_size().columns - 1]
        if shown != self._status:
            print("\r\x1b[K" + shown, end="", file=self._output, flush=True)
            self._status = shown

    def _clear(self) -> None:
        if self._live and self._status:
            print("\r\x1b[K", end="", file=self._output, flush=True)
            self._status = ""


def _windows_key(seconds: float) -> str:
    import msvcrt

    end = time.monotonic() + max(0.0, seconds)
    while True:
        if msvcrt.kbhit():  # type: ignore[attr-defined]  # on Windows only
            return str(msvcrt.getwch())  # type: ignore[attr-defined]
        left = end - time.monotonic()
        if left <= 0:
            return ""
        time.sleep(min(left, 0.02))
