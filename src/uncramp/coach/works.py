"""The works that health statements stand on: looked up by key, and put into words with a link."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from uncramp.model.language import tr

_CITED: Final = re.compile(r"([a-z][a-z0-9_]*)(?:: (.+))?", re.DOTALL)


class Work(NamedTuple):
    """A work.

    Attributes:
        authors: as one would name them.
        year: of publication, or of the look at a page that is kept up to date.
        title: in its own language.
        published: the journal with volume and pages, or the site.
        link: where it can be read, or read about.
    """

    authors: str
    year: int
    title: str
    published: str
    link: str

    @property
    def words(self) -> str:
        """In a line."""
        return f"{self.authors} {self.year}, {self.title}, {self.published}"


class Citation(NamedTuple):
    """A source in words.

    Attributes:
        words: what is read.
        link: where to read on; empty for none.
    """

    words: str
    link: str = ""


def load_works(assets: Path) -> dict[str, Work]:
    """Return all works by their keys; a broken table is our own mistake and raises."""
    import tomli  # only when sources are shown

    with (assets / "guide" / "sources.toml").open("rb") as file:
        tables = tomli.load(file)
    return {
        key: Work(table["authors"], table["year"], table["title"], table["published"], _link(table))
        for key, table in tables.items()
    }


def _link(table: Mapping[str, str]) -> str:
    if "doi" in table:
        return f"https://doi.org/{table['doi']}"
    if "pmid" in table:
        return f"https://pubmed.ncbi.nlm.nih.gov/{table['pmid']}/"
    return table["link"]


def citations(sources: Iterable[str], works: Mapping[str, Work]) -> tuple[Citation, ...]:
    """Return sources as they are read: the work behind a key, and any other text as it is.

    Args:
        sources: each a key, a key with a note behind a colon, or free text.
        works: by their keys.
    """
    return tuple(_citation(source, works) for source in sources)


def _citation(source: str, works: Mapping[str, Work]) -> Citation:
    match = _CITED.fullmatch(source)
    work = works.get(match.group(1)) if match else None
    if match is None or work is None:
        return Citation(source)
    note = match.group(2)
    if not note:
        return Citation(work.words, work.link)
    return Citation(tr("{work}: {note}").format(work=work.words, note=note), work.link)
