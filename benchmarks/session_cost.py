"""What a running session takes of one core, beside a bare scene of 25 painted paths.

Each state runs for some seconds in the real window; the share is the processor time of the
whole process over the wall time. The bare scene (25 antialiased paths in 900 by 700 pixels at
30 frames a second) is the floor's measure, taken in the same run. All sessions are muted but
the last one, whose floor is a bare device that plays silence in blocks of the same length; both
play to a private sound server and are left out where none can be had.

    python3 dev.py bench session_cost [SECONDS]
"""

import itertools
import math
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from datetime import date
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from _cue_server import SoundServer, missing
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from uncramp.coach.clock import read_clocks
from uncramp.coach.coach import Coach
from uncramp.coach.places import find_places
from uncramp.coach.plan.reminders import Memory, save_memory
from uncramp.coach.session.sessions import Pacing
from uncramp.model.clocks import Clocks
from uncramp.sound.clip import RATE_HZ
from uncramp.sound.device import PERIOD_MS, PERIODS
from uncramp.ui.session.view import SessionView
from uncramp.ui.theme import base_font
from uncramp.ui.window import MainWindow

FPS = 30


class BareScene(QWidget):
    """Twenty-five moving paths and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(900, 700)
        self._begun = time.monotonic()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's own name
        """Paint all paths anew."""
        del event
        t = time.monotonic() - self._begun
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(25):
            phase = t * 1.3 + number * 0.4
            x, y = 450 + 250 * math.cos(number * 0.9), 350 + 200 * math.sin(number * 1.1)
            path = QPainterPath(QPointF(x, y))
            path.cubicTo(
                x + 80 * math.cos(phase),
                y + 80 * math.sin(phase),
                x + 120 * math.cos(phase * 0.7),
                y - 60 * math.sin(phase),
                x + 160 * math.cos(phase * 0.5),
                y + 140 * math.sin(phase * 0.8),
            )
            if number % 3 == 0:
                path.cubicTo(x - 60, y + 90 * math.cos(phase), x - 90 * math.sin(phase), y, x, y)
                painter.setPen(QPen(QColor(232, 201, 168), 2))
                painter.setBrush(QColor(80 + 5 * number, 140, 180, 200))
            else:
                pen = QPen(QColor.fromHsv((number * 37) % 360, 120, 220), 14 if number % 2 else 5)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)
        painter.end()


def cpu_s() -> float:
    """Return the processor time of this process so far."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def spin(seconds: float) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def share(seconds: float) -> float:
    """Return the percent of one core that the next `seconds` take."""
    begun, used = time.monotonic(), cpu_s()
    spin(seconds)
    return 100 * (cpu_s() - used) / (time.monotonic() - begun)


def bare(seconds: float) -> float:
    """Return what the bare scene takes."""
    scene = BareScene()
    scene.show()
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(round(1000 / FPS))
    timer.timeout.connect(scene.update)
    timer.start()
    spin(0.5)
    taken = share(seconds)
    timer.stop()
    scene.close()
    return taken


class ShiftedClock:
    """The real clock, which can be put forward to the moment that is to be measured."""

    def __init__(self) -> None:
        self.shift_ns = 0

    def read(self) -> Clocks:
        """Return the time it shows."""
        now = read_clocks()
        return Clocks(now.now_ns + self.shift_ns, now.boot_ns + self.shift_ns)


class PaintWatch(QObject):
    """Notes when a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.instants: list[float] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
        """Note a painting and let it happen."""
        del watched
        if event.type() is QEvent.Type.Paint:
            self.instants.append(time.perf_counter())
        return False

    def p99_ms(self) -> float:
        """Return the time between two pictures that 99 of 100 keep, in milliseconds."""
        gaps = sorted(b - a for a, b in itertools.pairwise(self.instants))
        return 1000 * gaps[math.ceil(0.99 * len(gaps)) - 1]


def session(window: MainWindow, routine: str, second: float) -> SessionView:
    """Begin a session and put it forward to `second`."""
    clock = ShiftedClock()
    window.parts.stage.begin(window.coach.library.routines[routine], Pacing(clock.read))
    view = window.parts.stage.view
    assert view is not None
    spin(1.0)  # until the sound device is awake
    for _ in range(round(second)):
        clock.shift_ns += 1_000_000_000
        view.driver.tick()
    spin(1.0)
    return view


def main() -> int:
    """Measure and print."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 8.0
    application = QApplication([])
    application.setStyle("Fusion")
    application.setFont(base_font(application.font()))
    rows: list[tuple[str, float, float]] = []
    print(f"bare scene of 25 paths        {bare(seconds):5.1f} %")
    with tempfile.TemporaryDirectory() as folder:
        places = find_places(Path(folder))
        Coach(places).change_setting("muted", True)
        save_memory(places.data, Memory(welcomed=True), date(2026, 1, 1))
        window = MainWindow(places)
        window.show()
        while not window.is_filled:
            application.processEvents()
        for name, most, take in states(window, seconds):
            rows.append((name, take(), most))
            print(f"{name:<29} {rows[-1][1]:5.1f} %  (at most {most} %)", flush=True)
        if not missing():
            sound_server = Path(folder) / "sound"
            sound_server.mkdir()
            with_sound(window, seconds, SoundServer(sound_server))
        window.close()
    print(f"bare scene again              {bare(seconds):5.1f} %")
    return 0


def with_sound(window: MainWindow, seconds: float, server: SoundServer) -> None:
    """Print what an open device costs, bare and in a session that holds a pose."""
    server.start()
    os.environ.update(server.environment)
    try:
        window.hide()  # its moving preview would be counted too
        print(f"bare device playing silence   {bare_device(seconds):5.1f} %", flush=True)
        window.show()
        window.coach.change_setting("muted", False)
        print(f"holding a pose, with sound    {hold_pose(window, seconds):5.1f} %", flush=True)
    finally:
        server.kill()


def bare_device(seconds: float) -> float:
    """Return what the library's device takes with nothing to play and nobody to watch it."""
    import miniaudio

    silence = bytes(2 * RATE_HZ)

    def blocks() -> Generator[bytes, int, None]:
        frames = yield b""
        while True:
            frames = yield silence[: 2 * frames]

    device = miniaudio.PlaybackDevice(
        output_format=miniaudio.SampleFormat.SIGNED16,
        nchannels=1,
        sample_rate=RATE_HZ,
        buffersize_msec=PERIOD_MS,
        callback_periods=PERIODS,
        backends=[miniaudio.Backend.PULSEAUDIO],
    )
    playing = blocks()
    next(playing)
    device.start(playing)
    spin(0.5)
    taken = share(seconds)
    device.close()
    return taken


def hold_pose(window: MainWindow, seconds: float) -> float:
    """Return what a session takes while a pose is held and the figure only breathes."""
    view = session(window, "cooldown_short", 80.0)
    spin(6.0)  # until the pose is reached, and once around a breath
    watch = PaintWatch(view._figure)
    taken = share(seconds)
    print(f"  {len(watch.instants) / seconds:.1f} frames a second")
    view.driver.end()
    window.frame.back_to_rooms()
    return taken


def stand_still(window: MainWindow, seconds: float) -> float:
    """Return what a session takes while a pose is held and the user wants it to stand still."""
    window.coach.change_setting("calm", True)
    taken = hold_pose(window, seconds)
    window.coach.change_setting("calm", False)
    return taken


def states(window: MainWindow, seconds: float) -> list[tuple[str, float, Callable[[], float]]]:
    """Return each state's name, its bound in percent, and how to measure it."""

    def moving(routine: str, second: float, fps: int = FPS) -> Callable[[], float]:
        def take() -> float:
            view = session(window, routine, second)
            view._figure.set_fps(fps)
            spin(3.0)  # once around: frames are built in the first cycle
            watch = PaintWatch(view._figure)
            taken = share(seconds)
            if fps > FPS:
                pictures = len(watch.instants) / seconds
                print(f"  {pictures:.1f} frames a second, p99 {watch.p99_ms():.1f} ms apart")
            view.driver.end()
            window.frame.back_to_rooms()
            return taken

        return take

    def paused() -> float:
        view = session(window, "prerun_quick", 20.0)
        view.driver.toggle_pause()
        spin(0.5)
        taken = share(seconds)
        view.driver.end()
        window.frame.back_to_rooms()
        return taken

    def hidden() -> float:
        view = session(window, "prerun_quick", 20.0)
        window.hide()
        spin(0.5)
        taken = share(seconds)
        window.show()
        view.driver.end()
        window.frame.back_to_rooms()
        return taken

    return [
        ("jogging, 30 fps", 12.0, moving("prerun_quick", 14.0)),
        ("wall calf stretch, 30 fps", 12.0, moving("prerun_full", 455.0)),
        ("sideways swings, 30 fps", 12.0, moving("prerun_quick", 127.0)),
        ("lunge with a twist, 30 fps", 12.0, moving("prerun_quick", 240.0)),
        ("jogging, 60 fps", 24.0, moving("prerun_quick", 14.0, 60)),
        ("holding a pose, breathing", 12.0, partial(hold_pose, window, seconds)),
        ("holding still, calm picture", 0.5, partial(stand_still, window, seconds)),
        ("paused", 0.5, paused),
        ("hidden", 0.5, hidden),
    ]


if __name__ == "__main__":
    sys.exit(main())
