"""A session bus that nobody else knows, and the programs of a desktop that are reached by it."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from _program import PATIENCE_S, ROOT

HERE = Path(__file__).parent


class Helper:
    """A program that says line by line what happens to it, and obeys lines.

    Args:
        command: how it is started.
        environment: all of its variables.
    """

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=1,
            text=True,
            env=environment,
            cwd=ROOT,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.strip())

    def line(self) -> str:
        """Return the next line, which must come soon."""
        return self._lines.get(timeout=PATIENCE_S)

    def event(self) -> dict[str, object]:
        """Return what happens next, which must be soon."""
        found = json.loads(self.line())
        assert isinstance(found, dict)
        return found

    def says_no_more(self) -> bool:
        """Tell whether everything that it said was asked for."""
        return self._lines.empty()

    def tell(self, line: str) -> None:
        """Tell it what to do."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def ask(self, line: str) -> dict[str, object]:
        """Tell it what to do, and return what it answers."""
        self.tell(line)
        return self.event()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE_S)
        self._reader.join(PATIENCE_S)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


def session_bus(environment: Mapping[str, str]) -> Helper:
    """Return a bus whose first line is its address."""
    return Helper(["dbus-daemon", "--session", "--nofork", "--print-address"], environment)


def helper(name: str, environment: Mapping[str, str], *arguments: str) -> Helper:
    """Return one of the programs beside this file, ready."""
    made = Helper([sys.executable, str(HERE / name), *arguments], environment)
    try:
        assert made.line() == "ready"
    except BaseException:
        made.__exit__(None, None, None)
        raise
    return made
