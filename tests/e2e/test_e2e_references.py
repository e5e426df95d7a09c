"""Qt must not lose references to None: where it is counted, a painting program dies of it."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from _program import ROOT, stranger

pytest.importorskip("PySide6")

counted = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None, True and False are not counted any more"
)
SHAPES = 100_000
CALLS = 5_000

BALANCE = f"""
import sys
from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel

class Source(QObject):
    plain = Signal()
    told = Signal(int)

def nothing(*given):
    pass

def paint(shapes):
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setBrush(QBrush(QColor("red")))
    for at in range(shapes):
        painter.drawRect(QRectF(at % 150, at % 140, 9, 7))
    painter.end()

def emit(calls):
    source = Source()
    source.plain.connect(nothing)
    source.told.connect(nothing)
    for at in range(calls):
        source.plain.emit()
        source.told.emit(at)

def call(calls):
    label = QLabel("x")
    timer = QTimer()
    for at in range(calls):
        label.setText("y")
        label.parent()
        label.isVisible()
        label.isEnabled()
        timer.start(99_999)
        timer.stop()

application = QApplication([])
spare = [[value] * 1_000_000 for value in (None, True, False)]
for work, count in ((paint, {SHAPES}), (emit, {CALLS}), (call, {CALLS})):
    work(9)  # what is set up with the first call, stays
    before = [sys.getrefcount(value) for value in (None, True, False)]
    work(count)
    after = [sys.getrefcount(value) for value in (None, True, False)]
    print(work.__name__, *(now - then for then, now in zip(before, after)))
"""


@counted
def test_painting_emitting_and_calling_leave_none_true_and_false_where_they_were(
    home: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BALANCE],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=stranger(home, QT_QPA_PLATFORM="offscreen"),
        cwd=ROOT,
    )
    rows = {row[0]: [int(n) for n in row[1:]] for row in map(str.split, done.stdout.splitlines())}
    assert set(rows) == {"paint", "emit", "call"}, done.stderr
    assert all(abs(change) < 50 for changes in rows.values() for change in changes), rows
    assert done.returncode == 0, done.stderr


@counted
def test_the_qt_that_is_installed_is_older_than_the_one_that_loses_them() -> None:
    installed = tuple(int(part) for part in version("PySide6-Essentials").split(".")[:2])
    assert (6, 8) <= installed < (6, 12)
