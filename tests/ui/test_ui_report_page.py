"""The report in the window: chosen, looked at, written and opened."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from pypdf import PdfReader
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot
from told_diaries import NOW, TODAY, diary

from uncramp.analysis.record import Record
from uncramp.analysis.review import review
from uncramp.coach.coach import Coach
from uncramp.coach.places import Places
from uncramp.coach.report.report import report
from uncramp.coach.report.svg import PAPER
from uncramp.coach.report.telling import document
from uncramp.journal.archive import Archive
from uncramp.ui.charts.room import ChartsRoom
from uncramp.ui.cramp.chips import Chips
from uncramp.ui.painted import Switch
from uncramp.ui.report.page import ReportPage
from uncramp.ui.report.reporting import Reporting
from uncramp.ui.report.sheets import Sheets, page_images
from uncramp.ui.theme import base_font, load_theme, palette
from uncramp.ui.widgets import Button
from uncramp.ui.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


@pytest.fixture
def filled(places: Places) -> None:
    coach = Coach(places, lambda: NOW)
    assert coach.journal is not None
    Archive(coach.journal).add(diary(120), NOW)
    coach.close()


@pytest.fixture
def charts(filled: None, window: MainWindow, qtbot: QtBot) -> ChartsRoom:
    del filled
    window.frame.coach.read_date = lambda: NOW
    window.frame.room_requested.emit("charts")
    room = window.findChild(ChartsRoom)
    assert room is not None
    qtbot.waitUntil(lambda: room._everything is not None)
    return room


@pytest.fixture
def reporting(charts: ChartsRoom, window: MainWindow) -> Reporting:
    charts.page.report_requested.emit()
    found = window.findChild(Reporting)
    assert found is not None
    QApplication.processEvents()
    return found


def part(page: ReportPage, kind: type, name: str = "") -> "QObject":
    found = page.findChild(kind, name) if name else page.findChild(kind)
    assert found is not None
    return found


def sentence(page: ReportPage) -> str:
    return " ".join(
        one.text() for one in page.findChildren(QLabel) if one.isVisible() and "/" in one.text()
    )


def words_of(path: Path) -> str:
    reader = PdfReader(path)
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_button_shows_the_weeks_that_the_charts_show(
    charts: ChartsRoom, window: MainWindow, tmp_path: Path
) -> None:
    charts.show_span(4)
    charts.page.report_requested.emit()
    page = window.frame.page
    assert isinstance(page, ReportPage)
    assert page.span == 4
    found = window.findChild(Reporting)
    assert found is not None
    found.save(tmp_path / "me.pdf")
    assert "(27 days)" in words_of(tmp_path / "me.pdf")


def test_everything_is_done_by_keys(
    reporting: Reporting, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = reporting.page
    out = tmp_path / "me"
    monkeypatch.setattr(
        "uncramp.ui.report.reporting.QFileDialog.getSaveFileName",
        lambda *_: (str(out), ""),
    )
    page.take_focus()

    def press(key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)

    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Space)
    assert page.span == 12
    press(Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "Jo")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    assert not page.with_notes
    press(Qt.Key.Key_Tab)
    # What was typed a moment ago stands on it, though nobody waited for the preview.
    press(Qt.Key.Key_Return)
    text = words_of(out.with_suffix(".pdf"))
    assert "(83 days)" in text
    assert "Jo" in text
    assert "Stood all day" not in text
    assert f"me.pdf in {tmp_path}" in sentence(page)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert "<bdi>Jo</bdi>" in out.with_suffix(".html").read_text("utf-8")
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.isVisible())


def test_what_was_just_typed_stands_on_it(
    reporting: Reporting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "me.html"
    monkeypatch.setattr(
        "uncramp.ui.report.reporting.QFileDialog.getSaveFileName", lambda *_: (str(out), "")
    )
    name, save = part(reporting.page, QLineEdit), part(reporting.page, Button, "html")
    assert isinstance(name, QLineEdit)
    assert isinstance(save, Button)
    QTest.keyClicks(name, "Jo")
    save.click()
    assert "<bdi>Jo</bdi>" in out.read_text("utf-8")


def test_preview_follows_the_name_after_a_while(reporting: Reporting, qtbot: QtBot) -> None:
    page = reporting.page
    name = part(page, QLineEdit)
    assert isinstance(name, QLineEdit)
    with qtbot.waitSignal(page.changed, timeout=3_000):
        QTest.keyClicks(name, "Jo")
    assert reporting._document is not None
    assert reporting._document.name == "Jo"
    # What was saved before is told no more: it is another report now.
    reporting.save(Path(page.name) / "nowhere.txt")
    assert ".pdf or .html" in " ".join(one.text() for one in page.findChildren(QLabel))


def test_at_night_the_paper_is_no_brighter_than_the_words_around_it(
    reporting: Reporting, window: MainWindow
) -> None:
    sheets = reporting.page.findChild(Sheets)
    assert sheets is not None
    places = window.frame.places
    corners: dict[str, QColor] = {}
    for name in ("light", "night", "dark"):
        theme = load_theme(places.assets / "themes", name)
        reporting.page.set_theme(theme)
        image = sheets.grab().toImage()
        corners[name] = image.pixelColor(image.width() // 2, 6)
        if name == "night":
            assert corners[name] == theme.qcolor("text_soft")
    assert corners["light"] == corners["dark"] == QColor("white")


@pytest.mark.parametrize("name", ["light", "dark", "night"])
def test_a_switch_that_is_off_is_never_the_brightest_thing(
    window: MainWindow, qtbot: QtBot, name: str
) -> None:
    theme = load_theme(window.frame.places.assets / "themes", name)
    switch = Switch()
    qtbot.addWidget(switch)
    switch.setPalette(palette(theme))
    ink = {}
    for on in (False, True):
        switch.setChecked(on)
        image = switch.grab().toImage()
        ground = theme.qcolor("card").lightness()
        ink[on] = sum(
            abs(image.pixelColor(x, y).lightness() - ground) > 40
            for x in range(image.width())
            for y in range(image.height())
        )
    assert 100 < ink[False] < 0.7 * ink[True]


def test_a_fault_is_told_and_nothing_is_half_written(reporting: Reporting, tmp_path: Path) -> None:
    target = tmp_path / "a folder.pdf"
    (target / "within").mkdir(parents=True)
    reporting.save(target)
    assert "Nothing was changed." in sentence(reporting.page)
    assert sorted(os.listdir(tmp_path)) == ["a folder.pdf", "data"]  # noqa: PTH208
    alert = [one for one in reporting.page.findChildren(QLabel) if one.property("role") == "alert"]
    assert len(alert) == 1


class Opener(QObject):
    """Takes what the desktop would open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


@pytest.fixture
def opener() -> Iterator[Opener]:
    made = Opener()
    QDesktopServices.setUrlHandler("file", made, "open")  # type: ignore[arg-type]  # the stub errs
    yield made
    QDesktopServices.unsetUrlHandler("file")


def test_what_was_written_is_opened(reporting: Reporting, opener: Opener, tmp_path: Path) -> None:
    page = reporting.page
    page.open_requested.emit()
    assert opener.opened == []
    reporting.save(tmp_path / "me & you #1.html")
    page.open_requested.emit()
    assert opener.opened == [str(tmp_path / "me & you #1.html")]


def test_page_is_gone_when_it_is_left(
    reporting: Reporting, window: MainWindow, qtbot: QtBot
) -> None:
    gone: list[str] = []
    reporting.page.destroyed.connect(lambda: gone.append("page"))
    reporting.destroyed.connect(lambda: gone.append("reporting"))
    reporting.page.done.emit()
    qtbot.waitUntil(lambda: len(gone) == 2)
    assert window.frame.page is None
    assert window.findChild(ReportPage) is None


def test_pages_stand_below_the_choices_in_a_narrow_window(
    reporting: Reporting, window: MainWindow
) -> None:
    page = reporting.page
    sheets = part(page, Sheets)
    chips = part(page, Chips)
    assert isinstance(sheets, Sheets)
    assert isinstance(chips, Chips)

    def places_of() -> tuple[QPoint, QPoint]:
        QApplication.processEvents()
        return sheets.mapTo(page, QPoint()), chips.mapTo(page, QPoint())

    window.resize(1200, 760)
    there, form = places_of()
    assert there.x() > form.x() + chips.width()
    window.resize(640, 700)
    there, form = places_of()
    assert there.y() > form.y() + chips.height()
    assert sheets.pages in {1, 2}
    assert sheets.height() >= sheets.pages * 1.41 * (sheets.width() - 60)


@pytest.fixture
def doubled() -> Iterator[None]:
    """Letters twice as large, as a desktop may have them."""
    before = QApplication.font()
    large = base_font(before)
    large.setPointSizeF(2 * large.pointSizeF())
    QApplication.setFont(large)
    yield
    QApplication.setFont(before)


@pytest.mark.usefixtures("doubled")
@pytest.mark.parametrize("width", [720, 1000, 1280])
def test_with_large_letters_nothing_is_cut_at_the_side(
    reporting: Reporting, window: MainWindow, tmp_path: Path, width: int
) -> None:
    window.resize(width, 520)
    reporting.save(tmp_path / "me.html")
    QApplication.processEvents()
    area = reporting.page.findChild(QScrollArea)
    assert area is not None
    inside = area.widget()
    assert inside is not None
    assert inside.width() <= area.viewport().width()
    shown = [one for one in reporting.page.findChildren(QLabel) if one.isVisible()]
    assert len(shown) > 5
    for one in shown:
        assert one.height() >= one.heightForWidth(one.width()), one.text()


def test_switch_and_chips_have_names(reporting: Reporting) -> None:
    for kind in (Switch, QLineEdit, Chips, Sheets):
        named = part(reporting.page, kind)
        assert named.accessibleName()  # type: ignore[attr-defined]


# -- the preview


@pytest.mark.usefixtures("qapp")
def test_every_night_with_a_cramp_is_red_on_the_page() -> None:
    made = diary(300)
    record = Record(nights=made.nights, first_day=made.nights[0].day)
    shown = document(report(record, review(record, TODAY)), {})
    image = page_images(shown, 1190)[0]
    assert (image.width(), image.height()) == (1190, 1684)
    red = QColor(PAPER["cramps"][0])
    pixels = sum(
        image.pixelColor(x, y) == red
        for y in range(image.height() // 5, image.height() // 2)
        for x in range(image.width())
    )
    nights = sum(one.cramps > 0 for one in made.nights)
    # A square is 9.5 minus 1.1 points wide where the weeks have room, and two pixels a point.
    weeks = (TODAY - made.nights[0].day).days // 7 + 1
    side = 2 * (min(9.5, (516 - 40) / weeks) - 1.1)
    assert pixels == pytest.approx((nights + 1) * side * side, rel=0.2)
    for x in (0, 40, image.width() - 60, image.width() - 1):
        assert image.pixelColor(x, image.height() // 2) == QColor("white")
