"""Every health statement stands on a work that can be read, and every reference leads somewhere."""

import re
from pathlib import Path

import pytest
import tomli

from uncramp.coach.cramp.safety import load_safety_works
from uncramp.coach.guide.pages import load_guide
from uncramp.coach.places import find_places
from uncramp.coach.works import Citation, Work, citations, load_works

ASSETS = find_places(Path("unused")).assets
ROOT = Path(__file__).parents[2]
WORKS = load_works(ASSETS)
EVIDENCE = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
FILES = sorted((ROOT / "routines").rglob("*.toml"))
WORK = Work("Somebody", 2020, "A title", "A journal 1:2", "https://doi.org/10.1/x")


@pytest.mark.parametrize("key", WORKS)
def test_a_work_can_be_found(key: str) -> None:
    work = WORKS[key]
    assert re.fullmatch(r"https://doi\.org/10\.\d{4,9}/\S+|https://\S+", work.link)
    assert 1950 <= work.year <= 2026
    assert all((work.authors, work.title, work.published))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_exercises_and_routines_name_works_or_say_that_they_are_experience(file: Path) -> None:
    sources = tomli.loads(file.read_text(encoding="utf-8"))["sources"]
    assert sources
    for source in citations(sources, WORKS):
        assert source.link or source.words.startswith("Experience"), source.words


def test_every_work_is_used() -> None:
    guide = {
        work
        for page in load_guide(ASSETS)
        for section in page.sections
        for item in section.items
        for work in item.sources
    }
    cited = {
        key
        for file in FILES
        for source in tomli.loads(file.read_text(encoding="utf-8"))["sources"]
        if (key := source.partition(":")[0]) in WORKS
    }
    used = {key for key, work in WORKS.items() if work in guide} | cited
    used |= {key for key, work in WORKS.items() if work in load_safety_works(ASSETS)}
    assert used == set(WORKS)


def test_the_page_of_evidence_names_every_work_and_no_other() -> None:
    assert set(re.findall(r"\[([a-z][a-z0-9_]*)\](?!\()", EVIDENCE)) == set(WORKS)


def test_every_reference_in_the_program_leads_to_a_heading() -> None:
    headings = re.findall(r"^## (.+)$", EVIDENCE, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-") for title in headings}
    references = [
        reference
        for file in (ROOT / "src").rglob("*.py")
        for reference in re.findall(r"evidence\.md#([\w-]+)", file.read_text(encoding="utf-8"))
    ]
    assert len(references) >= 20
    assert set(references) <= anchors


@pytest.mark.parametrize(
    ("source", "citation"),
    [
        ("a2020", Citation("Somebody 2020, A title, A journal 1:2", WORK.link)),
        ("a2020: so", Citation("Somebody 2020, A title, A journal 1:2: so", WORK.link)),
        ("b2021: so", Citation("b2021: so")),
        ("My physiotherapist", Citation("My physiotherapist")),
        ("", Citation("")),
    ],
)
def test_a_source_is_a_work_with_a_note_or_free_text(source: str, citation: Citation) -> None:
    assert citations([source], {"a2020": WORK}) == (citation,)
