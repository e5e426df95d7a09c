"""A year on paper: from the journal to the PDF, beside a bare page of the same writer.

The page for a browser is made from the same document, and is measured beside it.

    python3 dev.py bench report
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from insights import TODAY, contents
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QFont, QPageSize, QPainter, QPdfWriter

from uncramp.coach.coach import Coach
from uncramp.coach.places import find_places
from uncramp.coach.report.html import html
from uncramp.coach.report.reading import read_report
from uncramp.journal.archive import Archive
from uncramp.ui.offscreen import ensure_application
from uncramp.ui.report.pdf import pdf

YEAR_WEEKS = 52
_MOST_MS = 1_000.0
_TIMES = 5


def bare() -> bytes:
    """Return a page with a title, as little as a PDF can hold."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(writer)
    font = QFont()
    font.setPointSizeF(12)
    painter.setFont(font)
    painter.drawText(1000, 1000, "Leg cramps: a runner's own record")
    painter.end()
    buffer.close()
    return bytes(content.data())


def taken_ms(done: Callable[[], object]) -> tuple[float, float]:
    """Return how long the first time takes, and the quickest of the others."""
    times = []
    for _ in range(_TIMES):
        begun = time.perf_counter()
        done()
        times.append((time.perf_counter() - begun) * 1e3)
    return times[0], min(times[1:])


def whole(coach: Coach, weeks: int | None) -> bytes:
    """Return the PDF of the last weeks, read from the journal."""
    return pdf(read_report(coach, weeks))


def main() -> int:
    """Measure and print."""
    ensure_application()
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 18, tzinfo=UTC)
    slowest = 0.0
    bare_first, bare_ms = taken_ms(bare)
    print(f"bare page                {bare_first:8.1f} ms first, then {bare_ms:6.1f} ms")
    with tempfile.TemporaryDirectory() as folder:
        for years, weeks in ((1, YEAR_WEEKS), (10, None)):
            coach = Coach(find_places(Path(folder) / str(years)), lambda: now)
            assert coach.journal is not None
            Archive(coach.journal).add(contents(years), now)
            assert coach.library.routines
            shown = read_report(coach, weeks)
            first, again = taken_ms(partial(whole, coach, weeks))
            set_ms = taken_ms(partial(pdf, shown))[1]
            page_ms = taken_ms(partial(html, shown))[1]
            print(f"{years:2} years read and set    {first:8.1f} ms first, then {again:6.1f} ms")
            print(f"   only set              {set_ms:8.1f} ms  {set_ms / bare_ms:.1f}x a bare page")
            print(f"   as HTML               {page_ms:8.1f} ms")
            slowest = max(slowest, first) if years == 1 else slowest
            coach.close()
    print(f"a year: {slowest:.0f} ms (at most {_MOST_MS:g} ms)")
    return int(slowest > _MOST_MS)


if __name__ == "__main__":
    sys.exit(main())
