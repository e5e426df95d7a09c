"""The guide's texts: complete, sourced, found by words, and careful in what they claim."""

import re
from pathlib import Path

import pytest

from uncramp.coach.guide.pages import GuidePage, Strength, found, load_guide, support_words
from uncramp.coach.places import find_places
from uncramp.routines.folders import EXERCISES_FOLDER

PLACES = find_places(Path("unused"))
PAGES = load_guide(PLACES.assets)
ITEMS = [(page, item) for page in PAGES for section in page.sections for item in section.items]


@pytest.mark.parametrize("page", PAGES, ids=[page.id for page in PAGES])
def test_every_page_is_whole(page: GuidePage) -> None:
    assert page.title
    assert page.lead.endswith(".")
    assert page.sections
    for section in page.sections:
        assert section.heading
        assert section.items
    if page.figure:
        assert (PLACES.routines / EXERCISES_FOLDER / f"{page.figure}.toml").is_file()


def test_every_number_has_its_source() -> None:
    for page, item in ITEMS:
        if re.search(r"\d", item.text):
            assert item.sources, (page.id, item.text)
        without = item.strength in {Strength.NONE, Strength.PRACTICE}
        assert bool(item.sources) != without, item.text
        assert bool(support_words(item)) == (item.strength is not Strength.NONE)


def test_bedtime_stretching_is_never_told_without_the_third_trial() -> None:
    """Where the two trials that disagree are named, so is the one that decided nothing."""
    for page in PAGES:
        works = {
            work.link
            for section in page.sections
            for item in section.items
            for work in item.sources
        }
        if "https://pubmed.ncbi.nlm.nih.gov/15808033/" in works:  # Coppin 2005
            assert "https://doi.org/10.1111/liv.16007" in works


def test_nothing_is_promised() -> None:
    """Claims that the evidence does not carry are not made, in any form."""
    for page in PAGES:
        text = " ".join(item.text for section in page.sections for item in section.items)
        for claim in (r"\bcures?\b", r"\bguarantee", r"\bwill prevent\b", r"\byour trigger is\b"):
            assert not re.search(claim, text, re.IGNORECASE), (page.id, claim)


def test_the_worked_numbers_are_those_of_the_studies() -> None:
    bedtime = next(page for page in PAGES if page.id == "bedtime")
    trial = bedtime.sections[0].items[0].text
    for number in ("80 adults", "1.2 cramps", "0.6 to 1.8", "1.3 cm", "0.9 to 1.7"):
        assert number in trial
    drinking = next(page for page in PAGES if page.id == "drinking")
    for number in ("250 to 500 ml", "7 ml", "400 to 800 ml", "800 ml an hour", "300 to 500 mg"):
        assert number in drinking.words or number in " ".join(
            item.text for section in drinking.sections for item in section.items
        )


def test_all_words_have_to_be_there_in_any_order_and_spelling() -> None:
    assert found(PAGES, "") == PAGES
    assert [page.id for page in found(PAGES, "MAGNESIUM tofu")] == ["food"]
    assert found(PAGES, "martinez-navarro")  # without its accent
    assert found(PAGES, "zebra") == ()


def test_a_title_comes_before_a_mention() -> None:
    assert found(PAGES, "bedtime")[0].id == "bedtime"
    assert len(found(PAGES, "bedtime")) > 1
