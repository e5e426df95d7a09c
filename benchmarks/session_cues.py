"""Cues of a real session in the real window, recorded at a sound server's monitor.

The bedtime routine (a cue every two or three seconds) runs as a user starts it, with the figure
moving, chimes only; its device plays into a private sound server whose monitor is recorded. For
each cue: how late the session gave it (the visual twin), and how late its chime was heard. A
counting timer of Qt runs beside it in the same loop. Conditions: idle, every core busy, and the
window's thread frozen for 3.5 s.

    python3 dev.py bench session_cues [SECONDS]
"""

import itertools
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "benchmarks")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np  # noqa: E402  # found through the line above, like the next ones
from _cue_server import Recorder, SoundServer, missing  # noqa: E402
from cue_times import FREEZE_S, busy_cores, heard_late_ms  # noqa: E402
from PySide6.QtCore import QEventLoop, QObject, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from uncramp.coach.coach import Coach  # noqa: E402
from uncramp.coach.places import find_places  # noqa: E402
from uncramp.coach.plan.reminders import Memory, save_memory  # noqa: E402
from uncramp.coach.session.guide import Delivered  # noqa: E402
from uncramp.model.body import Side  # noqa: E402
from uncramp.session import machine  # noqa: E402
from uncramp.session.machine import Phase  # noqa: E402
from uncramp.session.timeline import CueKind, SegmentKind  # noqa: E402
from uncramp.sound.output import SoundState  # noqa: E402
from uncramp.ui.session.view import SessionView  # noqa: E402
from uncramp.ui.theme import base_font  # noqa: E402
from uncramp.ui.window import MainWindow  # noqa: E402

ROUTINE = "bedtime_trial"
TARGETS = {"idle": (5.0, 20.0), "busy": (20.0, 40.0), "frozen": (None, 60.0)}
FREEZE_AT_S = 21.0


class Watcher(QObject):
    """Collects what a session gives, and counts seconds as a naive timer does."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[Delivered] = []
        self.counted_ms: list[float] = []
        self._begun_ns = time.monotonic_ns()
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._count)
        self._timer.start()

    def take(self, given: Delivered) -> None:
        """Note one cue."""
        self.given.append(given)

    def _count(self) -> None:
        number = len(self.counted_ms) + 1
        late_ns = time.monotonic_ns() - self._begun_ns - number * 1_000_000_000
        self.counted_ms.append(late_ns / 1e6)

    def freeze(self) -> None:
        """Hold up the window's thread, as a long computation would."""
        time.sleep(FREEZE_S)


def spin(seconds: float) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def measure(window: MainWindow, recorder: Recorder, condition: str, seconds: float) -> None:
    """Run one session under one condition and print its rows."""
    watcher = Watcher()
    window.parts.stage.begin(window.coach.library.routines[ROUTINE])
    view = window.parts.stage.view
    assert view is not None
    view.driver.cue_delivered.connect(watcher.take)
    if condition == "frozen":
        QTimer.singleShot(round(FREEZE_AT_S * 1000), watcher.freeze)
    spin(seconds)
    assert view._sound is not None
    heard_of = view.session.is_over or view._sound.speaker.status().state is SoundState.PLAYING
    balance = sides(watcher.given, view)
    view.driver.end()
    window.frame.back_to_rooms()
    given = [one for one in watcher.given if one.announcement.chime is not None][1:]
    if condition == "frozen":
        given = [one for one in given if one.at_ns - one.due.at_ns < 1_000_000_000]
    recorder.wait_until(given[-1].due.at_ns + 1_000_000_000)
    onsets = [int(onset) for onset in recorder.onsets(gap_s=0.05)]
    engine = [(one.at_ns - one.due.at_ns) / 1e6 for one in given]
    heard, lost = heard_late_ms([one.due.at_ns for one in given], onsets)
    session, speaker = TARGETS[condition]
    rows = (
        ("shown by the session", engine, 0, session),
        ("heard at the monitor", heard, lost, speaker),
        ("counting timer", watcher.counted_ms, 0, None),
    )
    for what, late_ms, missed, target in rows:
        p50, p99, highest = np.percentile(late_ms, (50, 99, 100))
        bound = "" if target is None else f"at most {target:g}"
        print(
            f"{condition + ': ' + what:30}{len(late_ms):5}{p50:9.1f}{p99:9.1f}{highest:9.1f}"
            f"{missed:6}  {bound}",
            flush=True,
        )
    print(f"{condition}: {balance}")
    if not heard_of:
        print("the device was not playing at the end")


def sides(given: Sequence[Delivered], view: SessionView) -> str:
    """Return how the delivered time of left and right differs, from one change to the next."""
    segments = view.session.state.timeline.segments
    opening = {CueKind.START, CueKind.SWITCH_SIDES, CueKind.NEXT, CueKind.FINISH}
    changes = [one for one in given if one.due.cue.kind in opening]
    delivered = dict.fromkeys(Side, 0.0)
    planned = dict.fromkeys(Side, 0)
    for one, following in itertools.pairwise(changes):
        segment = segments[one.due.cue.segment]
        if segment.kind is SegmentKind.WORK:
            delivered[segment.side] += (following.at_ns - one.at_ns) / 1e6
            planned[segment.side] += segment.duration_ms
    return (
        f"left minus right: planned {planned[Side.LEFT] - planned[Side.RIGHT]} ms, "
        f"delivered {delivered[Side.LEFT] - delivered[Side.RIGHT]:.1f} ms (at most 50)"
    )


def pauses(window: MainWindow, count: int) -> None:
    """Pause `count` times and print what that adds to the session."""
    window.parts.stage.begin(window.coach.library.routines["prerun_quick"])
    view = window.parts.stage.view
    assert view is not None
    session = view.session
    while session.state.phase is not Phase.RUNNING:
        spin(0.02)  # it begins when the device is awake
    begun_ns = session.state.anchor_ns
    standing_ns = 0
    for _ in range(count):
        spin(0.7)
        paused_ns = time.monotonic_ns()
        view.driver.toggle_pause()
        spin(0.2)
        resumed_ns = time.monotonic_ns()
        view.driver.toggle_pause()
        standing_ns += resumed_ns - paused_ns + machine.RESUME_MS * machine.NS_PER_MS
        spin(machine.RESUME_MS / 1000)
    now_ns = session.now_ns()
    gone_ns = machine.elapsed_ns(session.state, now_ns)
    change_ms = (now_ns - begun_ns - standing_ns - gone_ns) / 1e6
    print(f"{count} pauses change the total by {change_ms:.2f} ms (at most 20)")
    view.driver.end()
    window.frame.back_to_rooms()


def main() -> int:
    """Measure all conditions."""
    if missing():
        print(f"not measured: needs {missing()}")
        return 0
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 137.5
    application = QApplication([])
    application.setStyle("Fusion")
    application.setFont(base_font(application.font()))
    with tempfile.TemporaryDirectory() as folder:
        server = SoundServer(Path(folder))
        os.environ.update(server.environment)
        places = find_places(Path(folder) / "data")
        coach = Coach(places)
        coach.change_setting("verbosity", "chimes")
        with server, Recorder(server) as recorder:
            save_memory(places.data, Memory(welcomed=True), date(2026, 1, 1))
            window = MainWindow(places)
            window.show()
            while not window.is_filled:
                application.processEvents()
            print(f"{'ms late':30}{'n':>5}{'p50':>9}{'p99':>9}{'max':>9}{'lost':>6}  target p99")
            measure(window, recorder, "idle", seconds)
            with busy_cores():
                measure(window, recorder, "busy", seconds)
            measure(window, recorder, "frozen", max(45.0, seconds / 3))
            pauses(window, 20)
            window.close()
            spin(0.5)
    return 0


if __name__ == "__main__":
    sys.exit(main())
