"""The charts of ten years of entries, beside a bare plot of the same points, in one run.

First opening: fresh processes in turns, from the wish to see the charts (the window stands
already) to the painted weeks; the library's import is in both. What the weeks can say is judged
after that; how long it takes is printed too. Then: opened again, moved along and spread.

    python3 dev.py bench charts [RUNS]
"""

import json
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from start import environment
from today import write_years

from uncramp.coach.coach import Coach
from uncramp.coach.places import find_places

BARE = """
import sys, time
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.resize(1200, 760)
window.show()
application.processEvents()
begun = time.perf_counter()
import numpy as np
import pyqtgraph as pg
weeks = 522
random = np.random.default_rng(1)
plot = pg.PlotWidget(background="w")
plot.addItem(pg.BarGraphItem(x=np.arange(weeks), height=random.random(weeks) * 100, width=0.7))
plot.plot(np.arange(weeks), random.integers(0, 4, weeks) * 12.5, antialias=True, symbol="o")
window.setCentralWidget(plot)
application.processEvents()
plot.repaint()
print("first", (time.perf_counter() - begun) * 1e3)
"""

OURS = """
import json, os, statistics, sys, time
from pathlib import Path
import uncramp.__main__
from PySide6.QtWidgets import QApplication
from uncramp.coach.places import find_places
from uncramp.ui.theme import base_font
from uncramp.ui.window import MainWindow
application = QApplication([])
application.setStyle("fusion")
application.setFont(base_font(application.font()))
window = MainWindow(find_places(Path(sys.argv[1])))
window.resize(1200, 760)
window.show()
while not window.is_filled:
    application.processEvents()
for _ in range(20):
    application.processEvents()
begun = time.perf_counter()
window.frame.room_requested.emit("charts")
from uncramp.ui.charts.room import ChartsRoom
room = window.findChild(ChartsRoom)
room.page.weeks.plot.viewport().repaint()
print("first", (time.perf_counter() - begun) * 1e3)
while room._everything is None:
    application.processEvents()
application.processEvents()
print("judged", (time.perf_counter() - begun) * 1e3)
window.frame.room_requested.emit("today")
application.processEvents()
begun = time.perf_counter()
window.frame.room_requested.emit("charts")
room.page.repaint()
print("again", (time.perf_counter() - begun) * 1e3)
plot, box = room.page.weeks.plot, room.page.weeks.plot.getPlotItem().vb
def frames(name, step):
    taken = []
    for number in range(120):
        begun = time.perf_counter()
        step(number)
        plot.viewport().repaint()
        taken.append((time.perf_counter() - begun) * 1e3)
    print(name, statistics.median(taken))
    print(name + "_p99", sorted(taken)[-2])
room.show_span(52)
frames("pan", lambda number: box.translateBy(x=-3.0 if number % 100 < 50 else 3.0))
room.show_span(None)
frames("pan_all", lambda number: box.translateBy(x=0.5 if number % 2 else -0.5))
frames("zoom", lambda number: plot.spread(0.97 if number % 80 < 40 else 1 / 0.97))
window.close()
"""

_FIRST_MOST = 1.3
_AGAIN_MOST_MS = 100.0
_FRAME_MS = 1000.0 / 60.0


def sample(code: str, *arguments: str) -> dict[str, float]:
    """Run `code` in a fresh interpreter; return what it measured, by name, in milliseconds."""
    output = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env=environment(),
    ).stdout
    rows = (line.split() for line in output.splitlines())
    return {row[0]: float(row[1]) for row in rows if len(row) == 2}  # name, value


def main() -> int:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "u"
        coach = Coach(find_places(data))
        write_years(coach, datetime.now(UTC).astimezone())
        coach.close()
        notes = json.dumps({"welcomed": True, "has_plan": True})
        (data / "daily.json").write_text(notes, encoding="utf-8")
        sample(BARE)
        sample(OURS, str(data))
        bare, ours = [], []
        for _ in range(runs):
            bare.append(sample(BARE)["first"])
            ours.append(sample(OURS, str(data)))
    floor = statistics.median(bare)

    def middle(name: str) -> float:
        return statistics.median(one[name] for one in ours)

    ratio = statistics.median(one["first"] / other for one, other in zip(ours, bare, strict=True))
    print(f"bare plot of 522 weeks, import included  {floor:7.0f} ms  (n={runs})")
    first = middle("first")
    print(
        f"charts first opened, weeks painted       {first:7.0f} ms  {ratio:.2f}x  "
        f"(at most {_FIRST_MOST}x)"
    )
    print(f"  everything judged and shown            {middle('judged'):7.0f} ms")
    print(
        f"opened again                             {middle('again'):7.0f} ms  "
        f"(at most {_AGAIN_MOST_MS:g} ms)"
    )
    for name, words in (
        ("pan", "moved along, a year seen"),
        ("pan_all", "moved along, ten years seen"),
        ("zoom", "spread, ten years"),
    ):
        taken = middle(name)
        print(
            f"{words:<40} {taken:7.1f} ms a picture, {1000 / taken:.0f} a second, p99 "
            f"{middle(name + '_p99'):.1f} ms  (at most {_FRAME_MS:.1f})"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
