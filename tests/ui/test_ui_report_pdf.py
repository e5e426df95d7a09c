"""The report on paper: its pages, its words, and nothing beyond the edges."""

import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

pytest.importorskip("PySide6")

from pypdf import PageObject, PdfReader
from PySide6.QtGui import QImage
from told_diaries import HOSTILE, LONE_HALF, NOW, TODAY, diary, hostile

from uncramp.analysis.record import Record
from uncramp.analysis.review import review
from uncramp.coach.coach import Coach
from uncramp.coach.insight.reading import read_record
from uncramp.coach.places import Places
from uncramp.coach.report.document import (
    Document,
    Own,
    Pairs,
    Quote,
    Quotes,
    Section,
    Table,
)
from uncramp.coach.report.reading import read_report
from uncramp.coach.report.report import report
from uncramp.coach.report.telling import document
from uncramp.journal.archive import Archive
from uncramp.model.contents import Contents
from uncramp.ui.report.paper import Paper
from uncramp.ui.report.pdf import pdf

# Widgets of other tests need an application of their kind.
pytestmark = pytest.mark.usefixtures("qapp")
A4_PT = (595, 842)
RGB = QImage.Format.Format_RGB32


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content), strict=True)


def words(reader: PdfReader) -> str:
    """Return the words of all pages, with single blanks."""
    return " ".join(text_of(page) for page in reader.pages)


def text_of(page: PageObject) -> str:
    return " ".join(page.extract_text().split())


def document_of(
    places: Places, made: Contents, span: int | None = None, name: str = ""
) -> Document:
    coach = Coach(places, lambda: NOW)
    assert coach.journal is not None
    Archive(coach.journal).add(made, NOW)
    try:
        return read_report(coach, span, name)
    finally:
        coach.close()


@pytest.mark.parametrize(("days", "pages"), [(0, 1), (1, 2), (3, 2), (42, 2), (365, 2), (3650, 2)])
def test_every_record_has_a_page_and_two_at_most(places: Places, days: int, pages: int) -> None:
    reader = read(pdf(document_of(places, diary(days))))
    assert 1 <= len(reader.pages) <= pages
    for number, page in enumerate(reader.pages):
        size = page.mediabox
        assert (round(size.width), round(size.height)) == A4_PT
        assert f"Page {number + 1} of {len(reader.pages)}" in text_of(page)
        assert "not a diagnosis" in text_of(page)


def test_numbers_on_paper_are_those_of_the_review(places: Places) -> None:
    shown = document_of(places, diary(400), 52, "Jo Example")
    coach = Coach(places, lambda: NOW)
    seen = review(read_record(coach), TODAY, 52)
    coach.close()
    reader = read(pdf(shown))
    text = words(reader)
    logged = sum(week.logged for week in seen.weeks)
    cramped = sum(week.cramp_nights for week in seen.weeks)
    assert f"{logged} of {sum(week.days for week in seen.weeks)}" in text
    assert f"{cramped} of {logged}" in text
    for place in seen.places:
        assert str(place.cramps) in text
    assert "Wall calf hold 3 × 10 s each side" in text
    question = seen.question.nights
    assert f"cramps in {question.x1} of {question.n1} logged nights" in text
    assert "Jo Example" in text
    assert reader.metadata is not None
    assert reader.metadata.title is not None
    assert "Jo Example" in reader.metadata.title
    assert "Uncramp" in (reader.metadata.creator or "")


def test_drawings_are_lines_and_text_and_no_pictures(places: Places) -> None:
    reader = read(pdf(document_of(places, diary(400), 52)))
    assert not any(page.images for page in reader.pages)
    text = text_of(reader.pages[0])
    for label in ("logged", "100 %", "Calf", "18 h", "not logged: unknown"):
        assert label in text
    drawn = reader.pages[0].get_contents()
    assert drawn is not None
    # Bars, squares, points: hundreds of shapes are filled.
    assert len(re.findall(rb"\bf\*?\b", drawn.get_data())) > 300


@pytest.mark.parametrize("name", [*HOSTILE, LONE_HALF])
def test_any_name_is_set(name: str) -> None:
    found = report(Record(), review(Record(), TODAY), name)
    assert len(read(pdf(document(found, {}))).pages) == 1


def test_hostile_words_stand_there_as_words() -> None:
    quotes = Quotes(tuple(Quote("1 Nov 2026", "cramp", text) for text in HOSTILE))
    text = words(read(pdf(page_of(Section("Words", (quotes,))))))
    for shown in (*HOSTILE[:2], *HOSTILE[-2:], "many words many words"):
        assert shown in text


def test_every_letter_can_be_copied(places: Places) -> None:
    text = words(read(pdf(document_of(places, diary(400), 52, "Jo Example"))))
    assert not {one for one in text if unicodedata.category(one) in {"Co", "Cn", "Cc"}}


# -- how it is set


def page_of(*sections: Section) -> Document:
    return Document("Title", "", ("line",), tuple((one,) for one in sections), "Foot")


def long_table(rows: int) -> Table:
    cells = tuple((f"row {n}", Own("x" * 60), str(n)) for n in range(rows))
    return Table("caption", ("Name", "Words", "Number"), cells, (1, 3, 1), frozenset({2}))


def test_a_long_table_goes_on_with_its_head(places: Places) -> None:
    del places
    reader = read(pdf(page_of(Section("Long", (long_table(150),)))))
    assert len(reader.pages) >= 3
    found = [int(n) for page in reader.pages for n in re.findall(r"row (\d+)", text_of(page))]
    assert found == list(range(150))
    for page in reader.pages:
        assert "Words" in text_of(page)


def test_a_heading_is_never_left_alone() -> None:
    moved = 0
    for rows in range(1, 75):
        many = Section("First", (Pairs(tuple((f"n{n}", "v") for n in range(rows))),))
        paper = Paper(page_of(many, Section("Second", (long_table(20),))), QImage(595, 842, RGB))
        pages = [one.page for one in paper._placed]
        for before, after in pairwise(paper._placed):
            assert not before.piece.keeps or before.page == after.page
        moved += pages[rows + 2] == 1 and pages[rows + 1] == 0
    # In some of them the heading would have been the last line of the page.
    assert moved > 3


@pytest.mark.parametrize("rows", [3, 12, 40])
def test_no_row_of_a_table_is_left_alone(rows: int) -> None:
    divided = 0
    for before in range(30, 74):
        many = Section("First", (Pairs(tuple((f"n{n}", "v") for n in range(before))),))
        reader = read(pdf(page_of(many, Section("Second", (long_table(rows),)))))
        parts = [len(re.findall(r"row \d+", text_of(page))) for page in reader.pages]
        assert 1 not in parts
        divided += sum(map(bool, parts)) > 1
    # A short table is not divided at all, a long one where it has to be.
    assert (divided > 0) is (rows == 40)


def test_quotes_of_any_length_fit() -> None:
    quotes = Quotes(
        tuple(Quote("1 Nov 2026", "cramp", text) for text in HOSTILE if "\x00" not in text)
    )
    reader = read(pdf(page_of(Section("Words", (quotes,)))))
    assert 1 <= len(reader.pages) <= 30


def test_nothing_is_painted_beyond_the_margins(places: Places) -> None:
    shown = replace(document_of(places, hostile(), name=HOSTILE[6]), foot="Foot " * 90)
    for page in read(pdf(shown)).pages:
        found: list[float] = []
        page.extract_text(visitor_text=_noting_places(found))
        assert len(found) > 15
        assert min(found) >= 36
        assert max(found) <= A4_PT[0] - 36


def _noting_places(found: list[float]) -> Callable[..., None]:
    def visit(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            found.append(tm[4] * cm[0] + cm[4])

    return visit
