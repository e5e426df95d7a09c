"""Scrolling forty exercises, and one that moves, beside plain pictures in a bare list.

Both lists hold forty pictures of the same size in the same window and are scrolled by the same
timer, up and down, by six pixels sixty times a second. Told are the pictures a second that were
painted, the longest time between two of them, and the share of one core; then what the grid
takes at rest while the chosen exercise moves, beside the same figure in a bare widget.

    python3 dev.py bench exercise_grid [SECONDS]
"""

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QIcon, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView

from uncramp.coach.browse.exercise_cards import make_exercise_cards
from uncramp.coach.coach import Coach
from uncramp.coach.places import find_places
from uncramp.model.body import Side
from uncramp.routines.library import Looks
from uncramp.ui.browse.exercise_grid import PICTURE_PX, ExerciseGrid
from uncramp.ui.figure.view import FigureView, thumbnail
from uncramp.ui.theme import base_font, load_theme

PREVIEWS = 40
SIZE = (1035, 560)
STEP_PX = 6
INTERVAL_MS = 16
MOST_PERCENT = 15.0
LEAST_FPS = 58.0
ROUNDS = 3


class Frames(QObject):
    """Notes when a widget is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.at: list[float] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own
        """Note a painting."""
        del watched
        if event.type() == QEvent.Type.Paint:
            self.at.append(time.monotonic())
        return False


class Scroller(QObject):
    """Scrolls a list up and down."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__()
        self._bar = view.verticalScrollBar()
        self._step = STEP_PX
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._go)
        self._timer.start()

    def _go(self) -> None:
        before = self._bar.value()
        self._bar.setValue(before + self._step)
        if self._bar.value() == before:
            self._step = -self._step
            self._bar.setValue(before + self._step)

    def stop(self) -> None:
        """Leave the list where it is."""
        self._timer.stop()


class Answers(QObject):
    """Lets the first exercise move whenever the grid asks for one."""

    def __init__(self, grid: ExerciseGrid, looks: Looks) -> None:
        super().__init__()
        self._grid = grid
        self._looks = looks

    def give(self, exercise: str) -> None:
        """Answer."""
        self._grid.show_looks(exercise, self._looks)


def cpu_s() -> float:
    """Return the processor time of this process so far."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def spin(seconds: float) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def scrolled(view: QAbstractItemView, seconds: float) -> tuple[float, float, float]:
    """Return pictures a second, the longest gap in ms, and percent of a core while scrolling."""
    frames = Frames()
    view.viewport().installEventFilter(frames)
    scroller = Scroller(view)
    spin(1.0)  # everything has been seen once
    frames.at.clear()
    begun, used = time.monotonic(), cpu_s()
    spin(seconds)
    took = time.monotonic() - begun
    percent = 100 * (cpu_s() - used) / took
    scroller.stop()
    view.viewport().removeEventFilter(frames)
    gaps = [b - a for a, b in zip(frames.at, frames.at[1:], strict=False)]
    return len(frames.at) / took, 1000 * max(gaps), percent


def share(seconds: float) -> float:
    """Return the percent of one core that the next `seconds` take."""
    begun, used = time.monotonic(), cpu_s()
    spin(seconds)
    return 100 * (cpu_s() - used) / (time.monotonic() - begun)


def bare_list(pictures: list[QPixmap], names: list[str]) -> QListView:
    """Return a list of plain pictures with their names."""
    model = QStandardItemModel()
    for picture, name in zip(pictures, names, strict=True):
        model.appendRow(QStandardItem(QIcon(picture), name))
    view = QListView()
    view.setModel(model)
    model.setParent(view)
    view.setViewMode(QListView.ViewMode.IconMode)
    view.setIconSize(QSize(PICTURE_PX, PICTURE_PX))
    view.setGridSize(QSize(204, 216))
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setUniformItemSizes(True)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.resize(*SIZE)
    return view


def main() -> int:
    """Measure and print; 1 when a limit is not kept."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 6.0
    application = QApplication([])
    application.setStyle("Fusion")
    application.setFont(base_font(application.font()))
    with tempfile.TemporaryDirectory() as data:
        coach = Coach(find_places(Path(data)))
        library = coach.library
        theme = load_theme(coach.places.assets / "themes", "light")
        cards = make_exercise_cards(library, {})
        cards = (*cards, *(cards[n]._replace(id=f"more_{n}") for n in range(PREVIEWS - len(cards))))
        square = QSize(PICTURE_PX, PICTURE_PX)
        drawn = {
            card.id: thumbnail(
                library.exercises[card.id.replace("more_0", cards[0].id)].figure,
                square,
                theme.figure,
            )
            for card in cards[:PREVIEWS]
        }
        bare = bare_list(list(drawn.values()), [card.name for card in cards])
        grid = ExerciseGrid(theme)
        grid.resize(*SIZE)
        grid.fill(cards)
        grid.add_pictures(drawn)
        good = _scroll_both(bare, grid, seconds)
        good &= _rest(grid, library.looks(cards[0].id), theme.figure, seconds)
        coach.close()
    return 0 if good else 1


def _scroll_both(bare: QListView, grid: ExerciseGrid, seconds: float) -> bool:
    figures: dict[str, list[tuple[float, float, float]]] = {"bare list": [], "exercises": []}
    for _ in range(ROUNDS):
        for name, view in (("bare list", bare), ("exercises", grid)):
            view.show()
            figures[name].append(scrolled(view, seconds))
            view.hide()
    good = True
    for name, rows in figures.items():
        fps, gap, percent = (statistics.median(column) for column in zip(*rows, strict=True))
        print(f"{name:<12} scrolled  {fps:5.1f} pictures/s, longest gap {gap:5.1f} ms,", end=" ")
        print(f"{percent:5.1f} % of a core")
        if name == "exercises":
            good = fps >= LEAST_FPS and percent <= MOST_PERCENT
    print(f"  wanted: at least {LEAST_FPS:g} pictures/s, at most {MOST_PERCENT:g} %")
    return good


def _rest(grid: ExerciseGrid, looks: Looks, colours: Mapping[str, str], seconds: float) -> bool:
    """Compare one moving exercise in the grid with the same figure alone."""
    alone = FigureView(colours)
    alone.resize(PICTURE_PX, PICTURE_PX)
    alone.set_figure(looks.figure, Side.NONE)
    alone.show()
    alone.run()
    spin(looks.figure.cycle_s + 1.0)  # its frames are built
    floor = share(seconds)
    alone.hide()
    answers = Answers(grid, looks)
    grid.looks_requested.connect(answers.give)
    grid.show()
    grid.verticalScrollBar().setValue(0)
    spin(looks.figure.cycle_s + 1.0)
    ours = share(seconds)
    print(f"one moves: the figure alone {floor:.1f} % of a core, in the grid {ours:.1f} %")
    return ours <= MOST_PERCENT


if __name__ == "__main__":
    sys.exit(main())
