"""First paint and the filled routines page, beside a bare PySide6 window, in one run.

Each sample is a fresh process, timed from before it is spawned to its own report; ours and the
bare one take turns. Prints medians, and the medians of the ratios of neighbours.

    python3 dev.py bench start [RUNS]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = """
import sys, time
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    done = False
    def event(self, event):
        answer = super().event(event)
        if event.type() is QEvent.Type.Paint and not self.done:
            self.done = True
            print("painted", time.monotonic_ns(), flush=True)
            QTimer.singleShot(0, application.quit)
        return answer
application = QApplication([])
window = Window()
window.resize(1200, 760)
window.show()
application.exec()
"""

OURS = """
import os, sys, time
import uncramp.__main__
from uncramp.ui import main, window
from PySide6.QtCore import QEvent, QTimer
class Told(window.MainWindow):
    told = False
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.filled.connect(self.report)
    def event(self, event):
        answer = super().event(event)
        if event.type() is QEvent.Type.Paint and not self.told:
            self.told = True
            print("painted", time.monotonic_ns(), flush=True)
        return answer
    def report(self):
        self.repaint()
        print("filled", time.monotonic_ns(), flush=True)
        QTimer.singleShot(0, self.close)
main.MainWindow = Told
from uncramp.__main__ import main as run
os.environ["UNCRAMP_DATA_DIR"] = sys.argv[1]  # as from a menu: without words on the command line
sys.argv = ["uncramp"]
sys.exit(run())
"""


def environment() -> dict[str, str]:
    """Return the environment of a process whose start is measured."""
    made = dict(os.environ)
    made.setdefault("QT_QPA_PLATFORM", "offscreen")
    # An installed program is compiled; the first start of each kind, before the clock, sees to it.
    made.pop("PYTHONDONTWRITEBYTECODE", None)
    return made


def sample(code: str, *arguments: str) -> dict[str, float]:
    """Run `code` in a fresh interpreter; return milliseconds from the spawn to each report."""
    begun_ns = time.monotonic_ns()
    output = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env=environment(),
    ).stdout
    rows = (line.split() for line in output.splitlines())
    return {row[0]: (int(row[1]) - begun_ns) / 1e6 for row in rows if len(row) == 2}


def main() -> int:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    bare: list[float] = []
    painted: list[float] = []
    filled: list[float] = []
    with tempfile.TemporaryDirectory() as data:
        (Path(data) / "u").mkdir(mode=0o700)
        (Path(data) / "u" / "daily.json").write_text('{"welcomed": true}', encoding="utf-8")
        sample(BARE)
        sample(OURS, str(Path(data) / "u"))
        for _ in range(runs):
            bare.append(sample(BARE)["painted"])
            ours = sample(OURS, str(Path(data) / "u"))
            painted.append(ours["painted"])
            filled.append(ours["filled"])
    floor = statistics.median(bare)
    print(f"bare window, first paint  {floor:7.1f} ms  (n={runs})")
    for name, values, most in (("first paint", painted, 1.3), ("routines filled", filled, 2.0)):
        median = statistics.median(values)
        # Of neighbours: what slows the machine for a while slows both.
        ratio = statistics.median(ours / other for ours, other in zip(values, bare, strict=True))
        print(f"{name:<24}  {median:7.1f} ms  {ratio:.2f}x  (at most {most}x)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
