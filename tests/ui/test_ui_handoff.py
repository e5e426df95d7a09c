"""A routine handed over in the window: shown, taken, dropped, refused, given away."""

from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QRadioButton

from uncramp.coach.coach import Coach
from uncramp.coach.places import find_places
from uncramp.coach.workshop.handoff import exported
from uncramp.ui.widgets import Button
from uncramp.ui.window import MainWindow
from uncramp.ui.workshop.offer_page import OfferPage

OWN = """format = 1
id = "mine"
name = "{name}"
summary = "My own."
moment = "after_run"

[[steps]]
exercise = "easy_jog"
seconds = 30
"""


@pytest.fixture
def parcel(tmp_path: Path) -> Path:
    other = Coach(find_places(tmp_path / "other"))
    folder = other.places.data / "routines"
    folder.mkdir(parents=True)
    (folder / "mine.routine.toml").write_text(OWN.format(name="Ωραίο 🌙"), "utf-8")
    path = tmp_path / "from the physio.uncramp"
    path.write_bytes(exported(other, "mine"))
    other.close()
    return path


def offer_of(window: MainWindow) -> OfferPage:
    page = window.stack.page
    assert isinstance(page, OfferPage)
    return page


def texts(widget: MainWindow | OfferPage) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def take(page: OfferPage) -> None:
    button = next(one for one in page.findChildren(Button) if one.text() == "Add it")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_is_shown_before_it_is_taken(window: MainWindow, parcel: Path) -> None:
    window.parts.open_file(parcel)
    page = offer_of(window)
    assert "Ωραίο 🌙" in texts(page)
    assert "1.  Easy jog" in texts(page)
    assert not (window.coach.places.data / "routines").exists()
    take(page)
    assert window.stack.page is None
    assert window.coach.library.routines["mine"].name.default == "Ωραίο 🌙"
    assert "Ωραίο 🌙 is now among your own routines." in texts(window)


def test_it_can_be_left(window: MainWindow, parcel: Path) -> None:
    window.parts.open_file(parcel)
    QTest.keyClick(offer_of(window), Qt.Key.Key_Escape)
    assert window.stack.page is None
    assert not (window.coach.places.data / "routines").exists()


@pytest.mark.parametrize(("replace", "names"), [(False, ["His", "Ωραίο 🌙"]), (True, ["Ωραίο 🌙"])])
def test_what_is_there_stays_unless_chosen_otherwise(
    window: MainWindow, parcel: Path, replace: bool, names: list[str]
) -> None:
    folder = window.coach.places.data / "routines"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mine.routine.toml").write_text(OWN.format(name="His"), "utf-8")
    window.coach.reload_if_changed()
    window.parts.open_file(parcel)
    page = offer_of(window)
    assert "You have a different one with the same name." in texts(page)
    if replace:
        choice = page.findChildren(QRadioButton)[-1]
        choice.click()
    take(page)
    own = [one for one in window.coach.library.routines.values() if not one.built_in]
    assert sorted(one.name.default for one in own) == names


def test_a_dropped_file_is_opened_and_others_are_not(window: MainWindow, parcel: Path) -> None:
    for path, opened in ((parcel.with_suffix(".pdf"), False), (parcel, True)):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        copy = Qt.DropAction.CopyAction
        entered = QDragEnterEvent(QPoint(10, 10), copy, data, button, keys)
        QApplication.sendEvent(window, entered)
        assert entered.isAccepted() == opened
        QApplication.sendEvent(window, QDropEvent(QPointF(10, 10), copy, data, button, keys))
        assert (window.stack.page is not None) == opened


def test_a_file_that_is_none_is_one_sentence(window: MainWindow, tmp_path: Path) -> None:
    window.obey(f"open {tmp_path / 'none.uncramp'}")
    assert window.stack.page is None
    assert "none.uncramp cannot be read" in texts(window)


def test_a_broken_one_is_shown_with_its_places_and_cannot_be_taken(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "bad.routine.toml"
    path.write_text(OWN.format(name="A").replace("easy_jog", "easy_jgo"), "utf-8")
    window.obey(f"open {path}")
    page = offer_of(window)
    assert 'unknown exercise "easy_jgo" (did you mean "easy_jog"?)' in texts(page)
    assert "bad.routine.toml:8:12" in texts(page)
    assert not [one for one in page.findChildren(Button) if one.text() == "Add it"]


def test_a_folder_in_the_way_is_told_on_the_page(window: MainWindow, parcel: Path) -> None:
    window.parts.open_file(parcel)
    (window.coach.places.data / "routines").write_text("in the way", "utf-8")
    page = offer_of(window)
    take(page)
    assert window.stack.page is page
    assert "Nothing was changed" in texts(page)


def test_giving_away_writes_what_opens_elsewhere(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "for you"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    window.parts.workshop.export("prerun_quick")
    assert out.with_suffix(".uncramp").read_bytes() == exported(window.coach, "prerun_quick")
    assert "Saved:" in texts(window)
