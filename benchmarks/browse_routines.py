"""Opening the routines page, and searching in it, with a thousand routines of one's own.

The library is read before the clock starts. Opening: the cards are made anew (the files have
just changed) or read from the cache (the usual start), then shown and painted. Searching: each
word is typed letter by letter; a letter's time runs from the change of the text to the painted
list. Beside it stands the floor: a bare list of as many plain names, narrowed by Qt's own filter
model and painted.

    python3 dev.py bench browse_routines
"""

import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSortFilterProxyModel, QStringListModel, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListView

from uncramp.coach.browse.card_making import make_cards
from uncramp.coach.browse.cards import CardCache, RoutineCard
from uncramp.coach.coach import Coach
from uncramp.coach.places import Places, find_places
from uncramp.ui.browse.finder import Finder
from uncramp.ui.browse.routines_page import RoutinesPage
from uncramp.ui.theme import Theme, base_font, load_theme

OWN = 1_000
WORDS = ("calf", "warm", "gastrocnemius", "Καλημέρα", "zzz", "étirement", "night 17")
OPEN_MS = 300.0
FRAME_MS = 1000 / 60
RUNS = 5


def write_routines(places: Places) -> None:
    """Write the user's routines: the shipped ones, over and over, under names of their own."""
    folder = places.data / "routines"
    folder.mkdir(parents=True)
    shipped = sorted(places.routines.glob("*.routine.toml"))
    for number in range(OWN):
        text = shipped[number % len(shipped)].read_text(encoding="utf-8")
        text = re.sub(r"^id = .*$", f'id = "own_{number:04}"', text, flags=re.MULTILINE)
        text = re.sub(r"^ref = .*$", "", text, flags=re.MULTILINE)
        named = rf'name = "\1 Καλημέρα {number}"'
        text = re.sub(r'^name = "(.*)"$', named, text, count=1, flags=re.MULTILINE)
        (folder / f"own_{number:04}.routine.toml").write_text(text, encoding="utf-8")


def opened_ms(cards: tuple[RoutineCard, ...], theme: Theme) -> tuple[float, RoutinesPage]:
    """Return how long a new page takes to be filled and painted."""
    begun = time.perf_counter()
    page = RoutinesPage()
    page.set_theme(theme)
    page.setMinimumSize(1, 1)
    page.resize(1100, 760)
    page.fill(cards)
    page.show()
    page.repaint()
    return 1000 * (time.perf_counter() - begun), page


def letters_ms(page: RoutinesPage) -> list[float]:
    """Return how long each letter takes, typed and taken away."""
    finder = page.findChild(Finder)
    assert finder is not None
    search = finder.findChild(QLineEdit)
    assert search is not None
    times: list[float] = []
    for word in WORDS:
        for text in [*(word[:n] for n in range(1, len(word) + 1)), ""]:
            begun = time.perf_counter()
            search.setText(text)
            page.repaint()
            times.append(1000 * (time.perf_counter() - begun))
            QApplication.processEvents()
    return times


def bare_letters_ms(cards: tuple[RoutineCard, ...]) -> list[float]:
    """Return the same for a bare list and Qt's own filter."""
    names = QStringListModel([card.name for card in cards])
    narrowed = QSortFilterProxyModel()
    narrowed.setSourceModel(names)
    narrowed.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    view = QListView()
    view.setUniformItemSizes(True)
    view.setModel(narrowed)
    view.resize(460, 640)
    view.show()
    times: list[float] = []
    for word in WORDS:
        for text in [*(word[:n] for n in range(1, len(word) + 1)), ""]:
            begun = time.perf_counter()
            narrowed.setFilterFixedString(text)
            view.repaint()
            times.append(1000 * (time.perf_counter() - begun))
            QApplication.processEvents()
    return times


def main() -> int:
    """Measure and print; 1 when a limit is not kept."""
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    application.setFont(base_font(application.font()))
    with tempfile.TemporaryDirectory() as data:
        places = find_places(Path(data))
        write_routines(places)
        coach = Coach(places)
        begun = time.perf_counter()
        count = len(coach.library.routines)
        print(f"{count} routines read for the first time in {time.perf_counter() - begun:.2f} s")
        theme = load_theme(places.assets / "themes", "light")
        good = _open_and_search(coach, theme)
        coach.close()
    return 0 if good else 1


def _open_and_search(coach: Coach, theme: Theme) -> bool:
    anew: list[float] = []
    kept: list[float] = []
    letters: list[float] = []
    bare: list[float] = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        cards = make_cards(coach)
        making_ms = 1000 * (time.perf_counter() - begun)
        cache = CardCache(coach.places)
        cache.write(cards)
        begun = time.perf_counter()
        read = CardCache(coach.places).read()
        reading_ms = 1000 * (time.perf_counter() - begun)
        assert read == cards
        painting_ms, page = opened_ms(cards, theme)
        anew.append(making_ms + painting_ms)
        kept.append(reading_ms + painting_ms)
        letters += letters_ms(page)
        bare += bare_letters_ms(cards)
        page.deleteLater()
    anew_ms, kept_ms = statistics.median(anew), statistics.median(kept)
    print(f"page open: cards anew {anew_ms:.0f} ms, from the cache {kept_ms:.0f} ms", end=" ")
    print(f"(at most {OPEN_MS:.0f} ms)")
    worst = statistics.quantiles(letters, n=50)[-1]
    floor = statistics.quantiles(bare, n=50)[-1]
    print(
        f"a letter: {statistics.median(letters):.1f} ms, 98 of 100 within {worst:.1f} ms", end=" "
    )
    print(f"(at most {FRAME_MS:.1f} ms)")
    print(f"  bare list: {statistics.median(bare):.1f} ms, 98 of 100 within {floor:.1f} ms")
    return anew_ms <= OPEN_MS and worst <= FRAME_MS


if __name__ == "__main__":
    sys.exit(main())
