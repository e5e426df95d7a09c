"""What the program costs while it waits in the tray.

The program runs hidden on a private X server and a private session bus with a tray, beside the
floor: a bare hidden window with an icon and no timer at all. After a while to settle, the
processor time (with its share of a core) and the wake-ups of all threads are read from the
system at the start and the end of the same minute. The plan has a reminder that is not due, so
the clock on the wall is looked at, twice a minute.

    python3 dev.py bench hidden [SECONDS]
"""

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / part) for part in ("src", "tests/e2e", "tests/plugins")]

from _bus import helper, session_bus  # noqa: E402  # found through the line above
from _program import stranger  # noqa: E402
from x_screen import Screen, missing  # noqa: E402

from uncramp.coach.coach import Coach  # noqa: E402
from uncramp.coach.places import find_places  # noqa: E402
from uncramp.coach.plan.planning import Rhythm, with_routine  # noqa: E402
from uncramp.model.plan import Plan, Tie  # noqa: E402

SETTLE_S = 8.0
LOOK_S = 30.0
SHARE_MOST = 0.0005
"""Shown as 0.0 %."""
WAKE_UPS_A_LOOK = 4
"""The timer itself, and what the display and the bus answer."""
FLOOR = """
import sys
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QSystemTrayIcon
application = QApplication(sys.argv)
application.setQuitOnLastWindowClosed(False)
window = QMainWindow()
icon = QSystemTrayIcon(QIcon(sys.argv[1]))
icon.show()
application.exec()
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a process has used since it began.

    Attributes:
        cpu_s: processor time of all threads, in seconds.
        wake_ups: how often one of them had waited and went on.
    """

    cpu_s: float
    wake_ups: int

    @classmethod
    def of(cls, process: "subprocess.Popen[bytes]") -> "Reading":
        """Read it from the system."""
        cpu_ns = wake_ups = 0
        for thread in Path(f"/proc/{process.pid}/task").iterdir():
            cpu_ns += int((thread / "schedstat").read_text().split()[0])
            lines = (thread / "status").read_text().splitlines()
            wake_ups += sum(
                int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt")
            )
        return cls(cpu_ns / 1e9, wake_ups)


def plan_for_later(data: Path) -> None:
    """Plan something whose reminder comes in half a day."""
    data.mkdir(mode=0o700)
    (data / "settings.toml").write_text("muted = true\nkeep_in_tray = true\n", encoding="utf-8")
    (data / "daily.json").write_text('{"welcomed": true}', encoding="utf-8")
    coach = Coach(find_places(data))
    now = coach.read_date()
    rhythm = Rhythm(Tie.BEFORE_RUN, remind=f"{now + timedelta(hours=12):%H:%M}")
    assert coach.diary is not None
    coach.diary.save_plan(with_routine(Plan(), "prerun_quick", rhythm, now.date()), now)
    coach.close()


def measured(place: Path, seconds: float) -> tuple[Reading, Reading]:
    """Return what the program and the floor used in the same time."""
    data = place / "data"
    plan_for_later(data)
    (place / "screen").mkdir()
    with Screen(place / "screen") as screen, session_bus(stranger(place)) as daemon:
        environment = stranger(place, DBUS_SESSION_BUS_ADDRESS=daemon.line(), DISPLAY=screen.name)
        with helper("_desktop.py", environment):
            icon = str(ROOT / "assets" / "icons" / "uncramp.svg")
            commands = (
                [sys.executable, "-m", "uncramp", "--data", str(data), "--hidden"],
                [sys.executable, "-c", FLOOR, icon],
            )
            processes = [subprocess.Popen(one, env=environment) for one in commands]
            try:
                time.sleep(SETTLE_S)
                before = [Reading.of(one) for one in processes]
                time.sleep(seconds)
                after = [Reading.of(one) for one in processes]
            finally:
                for one in processes:
                    one.terminate()
                    one.wait(10)
    program, floor = (
        Reading(end.cpu_s - begin.cpu_s, end.wake_ups - begin.wake_ups)
        for begin, end in zip(before, after, strict=True)
    )
    return program, floor


def main() -> int:
    """Measure, print, and tell whether the bounds hold."""
    absent = missing() if sys.platform == "linux" else "Linux"
    if absent:
        print(f"needs {absent}")
        return 2
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    with tempfile.TemporaryDirectory() as folder:
        program, floor = measured(Path(folder), seconds)
    for name, one in (("hidden program", program), ("bare hidden window", floor)):
        print(
            f"{name}: {1000 * one.cpu_s:.2f} ms of processor in {seconds:.0f} s "
            f"({100 * one.cpu_s / seconds:.3f} % of a core), {one.wake_ups} wake-ups"
        )
    most = floor.wake_ups + WAKE_UPS_A_LOOK * (1 + int(seconds // LOOK_S))
    held = program.cpu_s / seconds < SHARE_MOST and program.wake_ups <= most
    print(f"at most 0.0 % and {most} wake-ups: {'held' if held else 'MISSED'}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
