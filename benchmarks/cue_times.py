"""How late a cue is, at the call and at the loudspeaker, beside a timer that counts.

A private sound server records what its device plays. A loop with absolute deadlines, as the
players of the program have, schedules every cue a quarter of a second ahead; a plain counting
timer ("sleep a second, count down") runs beside it in the same process and meets the same
freezes. Three conditions: an idle machine, every core busy, and the calling thread frozen for
3.5 s in the middle.

    python benchmarks/cue_times.py [--cues N] [--check]
"""

import argparse
import contextlib
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]

import numpy as np  # noqa: E402  # found through the line above, like the next two
from _cue_server import Recorder, SoundServer, missing  # noqa: E402

from uncramp.sound.chime import Chime, ChimeSet  # noqa: E402
from uncramp.sound.output import SoundState  # noqa: E402
from uncramp.sound.speaker import Speaker  # noqa: E402

NS = 1_000_000_000
PERIOD_NS = NS // 2
AHEAD_NS = NS // 4
FREEZE_S = 3.5
NEAR_NS = PERIOD_NS // 2


@dataclass(frozen=True, slots=True)
class Result:
    """Lateness in milliseconds.

    Attributes:
        condition: "idle", "busy" or "frozen".
        what: where it was measured.
        late_ms: one number a cue.
        lost: cues that were not heard at all.
        target_ms: what 99 of 100 have to stay below; None for what is only looked at.
    """

    condition: str
    what: str
    late_ms: Sequence[float]
    lost: int = 0
    target_ms: float | None = None

    @property
    def met(self) -> bool:
        """Whether the target is kept and nothing is lost."""
        if self.target_ms is None:
            return True
        worst = float(np.percentile(self.late_ms, 99)) if len(self.late_ms) else float("inf")
        return worst <= self.target_ms and self.lost == 0


class Freezer:
    """Stops whoever asks at one moment, as a window does that is busy drawing."""

    def __init__(self, at_ns: int | None) -> None:
        self._at_ns = at_ns

    def pass_by(self) -> None:
        """Freeze once, when the moment has come."""
        if self._at_ns is not None and time.monotonic_ns() >= self._at_ns:
            self._at_ns = None
            time.sleep(FREEZE_S)


def deadline_loop(
    instants: Sequence[int], schedule: Callable[[int], None], freezer: Freezer
) -> list[float]:
    """Schedule every instant `AHEAD_NS` before it; return how late each call came, in ms.

    After a freeze the cues that were missed are left out, all but the newest.
    """
    late_ms = []
    for n, at_ns in enumerate(instants):
        while (left_ns := at_ns - AHEAD_NS - time.monotonic_ns()) > 0:
            time.sleep(min(left_ns / NS, 0.05))
            freezer.pass_by()
        now_ns = time.monotonic_ns()
        following = instants[n + 1] if n + 1 < len(instants) else None
        if following is not None and following <= now_ns:
            continue
        if at_ns > now_ns:
            late_ms.append((now_ns - (at_ns - AHEAD_NS)) / 1e6)
        schedule(at_ns)
    return late_ms


def counting_loop(instants: Sequence[int], freezer: Freezer) -> list[float]:
    """Sleep one period after the other and count; return how late each one ends, in ms."""
    late_ms = []
    time.sleep(max(0, instants[0] - time.monotonic_ns()) / NS)
    for at_ns in instants:
        late_ms.append((time.monotonic_ns() - at_ns) / 1e6)
        freezer.pass_by()
        time.sleep(PERIOD_NS / NS)
    return late_ms


def _spin() -> None:
    while True:
        pass


@contextlib.contextmanager
def busy_cores() -> Iterator[None]:
    """Keep every core busy."""
    spinners = [
        multiprocessing.Process(target=_spin, daemon=True) for _ in range(os.cpu_count() or 1)
    ]
    for spinner in spinners:
        spinner.start()
    try:
        yield
    finally:
        for spinner in spinners:
            spinner.kill()
            spinner.join()


def measure(condition: str, speaker: Speaker, recorder: Recorder, cues: int) -> list[Result]:
    """Play `cues` ticks under one condition."""
    tick = ChimeSet.load(ROOT / "assets" / "sounds")[0].clip(Chime.TICK)
    if tick is None:
        raise SystemExit("the chime is missing")
    start_ns = time.monotonic_ns() + NS
    instants = [start_ns + n * PERIOD_NS for n in range(cues)]
    freeze_ns = instants[len(instants) // 3] if condition == "frozen" else None
    counted: list[float] = []
    counter = threading.Thread(
        target=lambda: counted.extend(counting_loop(instants, Freezer(freeze_ns)))
    )
    counter.start()
    calls = deadline_loop(
        instants, lambda at_ns: speaker.schedule([tick], at_ns), Freezer(freeze_ns)
    )
    recorder.wait_until(instants[-1] + NS)
    counter.join()
    if freeze_ns is not None:
        # What fell into the freeze could not be called for; what counts is what follows.
        thawed_ns = freeze_ns + round(FREEZE_S * NS)
        instants = [at_ns for at_ns in instants if at_ns > thawed_ns]
        counted = counted[-len(instants) :]
    heard, lost = heard_late_ms(instants, [int(onset) for onset in recorder.onsets()])
    targets = {"idle": (5.0, 20.0), "busy": (20.0, 40.0), "frozen": (None, 60.0)}[condition]
    return [
        Result(condition, "deadline, at the call", calls, target_ms=targets[0]),
        Result(condition, "deadline, heard", heard, lost, targets[1]),
        Result(condition, "counting timer, at the call", counted),
    ]


def heard_late_ms(instants: Sequence[int], onsets: Sequence[int]) -> tuple[list[float], int]:
    """Return how late each cue was heard, in ms, and how many were not."""
    late_ms = []
    lost = 0
    for at_ns in instants:
        near = [onset - at_ns for onset in onsets if abs(onset - at_ns) < NEAR_NS]
        if near:
            late_ms.append(min(near, key=abs) / 1e6)
        else:
            lost += 1
    return late_ms, lost


def run(cues: int) -> list[Result]:
    """Measure all conditions with one server and one device."""
    with tempfile.TemporaryDirectory() as folder:
        server = SoundServer(Path(folder))
        os.environ.update(server.environment)
        with server, Recorder(server) as recorder:
            speaker = Speaker()
            speaker.open()
            while speaker.status().state is not SoundState.PLAYING:
                time.sleep(0.01)
            time.sleep(0.5)
            results = measure("idle", speaker, recorder, cues)
            with busy_cores():
                results += measure("busy", speaker, recorder, cues)
            results += measure("frozen", speaker, recorder, cues)
            speaker.close()
            time.sleep(0.3)
    return results


def main() -> int:
    """Print the table; with --check fail when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cues", type=int, default=40, help="cues for each condition")
    parser.add_argument("--check", action="store_true", help="fail when a target is missed")
    arguments = parser.parse_args()
    if missing():
        print(f"not measured: needs {missing()}")
        return 0
    results = run(arguments.cues)
    print(f"{'ms late':36}{'n':>5}{'p50':>8}{'p99':>8}{'max':>8}{'lost':>6}  target p99")
    for result in results:
        p50, p99, highest = np.percentile(result.late_ms, (50, 99, 100))
        target = "" if result.target_ms is None else f"<= {result.target_ms:g}"
        verdict = "" if result.met else "  MISSED"
        print(
            f"{result.condition + ': ' + result.what:36}{len(result.late_ms):5}{p50:8.1f}{p99:8.1f}"
            f"{highest:8.1f}{result.lost:6}  {target}{verdict}"
        )
    return 1 if arguments.check and not all(result.met for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
