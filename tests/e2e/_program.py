"""Runs the program as its user does: another process, its own folders, nothing of this one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from uncramp.coach.coach import Coach
from uncramp.coach.places import find_places
from uncramp.coach.plan.planning import Rhythm, with_routine
from uncramp.journal.store import Journal
from uncramp.model.plan import Plan, Tie
from uncramp.model.record import SessionRecord

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "uncramp")
PATIENCE_S = 20.0
_LOOK_S = 0.02


def stranger(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of somebody who has nothing but a home: no display, no desktop."""
    home.mkdir(parents=True, exist_ok=True)
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH"}
    }
    return {
        **kept,
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT / "src"),
        # Nobody answers there: neither the session bus nor one that would be started for us.
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={home}/no-bus",
        "PULSE_SERVER": f"unix:{home}/no-sound",
        **more,
    }


class Program:
    """One run of the program; it is killed at the end of the `with` block if it still lives.

    Args:
        arguments: what follows `uncramp` on the command line.
        environment: all of its variables.
        folder: where its output is kept.
        command: how it is started.
    """

    def __init__(
        self,
        arguments: Sequence[str | Path],
        environment: Mapping[str, str],
        folder: Path,
        command: Sequence[str] = PROGRAM,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        number = len(list(folder.glob("*.out")))
        self._out, self._err = folder / f"{number}.out", folder / f"{number}.err"
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self.process = subprocess.Popen(
                [*command, *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env=environment,
                cwd=folder,
            )

    @property
    def out(self) -> str:
        """What it has printed."""
        return self._out.read_text(encoding="utf-8", errors="replace")

    @property
    def err(self) -> str:
        """What it has complained about."""
        return self._err.read_text(encoding="utf-8", errors="replace")

    def wait_until(self, condition: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
        """Wait while it runs until a condition holds.

        Raises:
            AssertionError: it ended before, or the patience did.
        """
        end = time.monotonic() + patience_s
        while not condition():
            assert time.monotonic() < end, f"waited in vain; it said: {self.out}{self.err}"
            try:
                code = self.process.wait(_LOOK_S)
            except subprocess.TimeoutExpired:
                continue
            assert condition(), f"ended with {code}; it said: {self.out}{self.err}"

    def wait_for_window(self, data: Path) -> None:
        """Wait until the window is filled, and ends in order when it is asked to."""
        self.wait_until((data / "window.open").exists)
        self.wait_until(self._catches_signals)

    def _catches_signals(self) -> bool:
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            return True
        caught = next(line for line in status.read_text().splitlines() if line.startswith("SigCgt"))
        return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)

    def ended(self, patience_s: float = PATIENCE_S) -> int:
        """Wait for its end and return its exit code."""
        return self.process.wait(patience_s)

    def terminate(self) -> int:
        """Ask it to end, as a desktop does at the end of a session; return its exit code."""
        self.process.terminate()
        return self.ended()

    def kill(self) -> None:
        """End it without a farewell."""
        self.process.kill()
        self.process.wait(PATIENCE_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.kill()


def sessions(data: Path) -> tuple[SessionRecord, ...]:
    """Return the sessions in the journal, newest first; none where there is no journal yet."""
    if not (data / "journal.sqlite").exists():
        return ()
    with Journal(data) as journal:
        return journal.sessions()


def plan_for_now(data: Path) -> None:
    """Plan the quick warm-up for a minute ago, whatever the time is."""
    coach = Coach(find_places(data))
    now = coach.read_date()
    at = now - timedelta(minutes=1)
    rhythm = Rhythm(Tie.BEFORE_RUN, remind=f"{at:%H:%M}")
    assert coach.diary is not None
    coach.diary.save_plan(with_routine(Plan(), "prerun_quick", rhythm, at.date()), now)
    coach.close()
