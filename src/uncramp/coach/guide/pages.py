"""The pages of the guide, read from the shipped texts, and found by words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from uncramp.coach.browse.finding import folded
from uncramp.coach.works import Work, load_works
from uncramp.model.language import tr


class Strength(StrEnum):
    """How well something is supported."""

    REVIEW = "review"
    TRIAL = "trial"
    OBSERVED = "observed"
    LAB = "lab"
    EXPERT = "expert"
    RECKONED = "reckoned"
    PRACTICE = "practice"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class GuideItem:
    """One statement.

    Attributes:
        text: a sentence or some.
        strength: how well it is supported.
        sources: the works that it stands on; none for experience, and for what needs none.
    """

    text: str
    strength: Strength
    sources: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class GuideSection:
    """A heading with what belongs to it."""

    heading: str
    items: tuple[GuideItem, ...]


@dataclass(frozen=True)  # not slotted: what it is found by is kept
class GuidePage:
    """One page.

    Attributes:
        id: the name of its file without number and ending.
        title: in a few words.
        lead: its point in a sentence.
        figure: the id of an exercise whose drawing stands beside it; empty for none.
        sections: in order.
    """

    id: str
    title: str
    lead: str
    figure: str
    sections: tuple[GuideSection, ...]

    @cached_property
    def words(self) -> str:
        """All that it can be found by, folded."""
        parts = [self.title, self.lead]
        for section in self.sections:
            parts.append(section.heading)
            for item in section.items:
                parts.extend((item.text, *(work.words for work in item.sources)))
        return folded(" ".join(parts))


def load_guide(assets: Path) -> tuple[GuidePage, ...]:
    """Return all pages in their order; a broken one is our own mistake and raises."""
    import tomli  # only when the guide is opened

    folder = assets / "guide"
    works = load_works(assets)
    pages: list[GuidePage] = []
    for path in sorted((folder / "pages").glob("*.toml")):
        with path.open("rb") as file:
            table = tomli.load(file)
        sections = tuple(
            GuideSection(
                one["heading"],
                tuple(
                    GuideItem(
                        item["text"],
                        Strength(item["strength"]),
                        tuple(works[key] for key in item.get("sources", ())),
                    )
                    for item in one["item"]
                ),
            )
            for one in table["section"]
        )
        pages.append(
            GuidePage(
                path.stem.partition("_")[2],
                table["title"],
                table["lead"],
                table.get("figure", ""),
                sections,
            )
        )
    return tuple(pages)


def found(pages: Sequence[GuidePage], wanted: str) -> tuple[GuidePage, ...]:
    """Return the pages in which all words occur, those with them in their title first."""
    words = folded(wanted).split()
    fits = [page for page in pages if all(word in page.words for word in words)]
    titled = [page for page in fits if all(word in folded(page.title) for word in words)]
    return (*titled, *(page for page in fits if page not in titled))


def strength_words(strength: Strength) -> str:
    """Return how well something is supported, in a few words; empty for what needs no support."""
    return {
        Strength.REVIEW: tr("several trials taken together"),
        Strength.TRIAL: tr("one trial"),
        Strength.OBSERVED: tr("observed, not tested"),
        Strength.LAB: tr("laboratory studies only"),
        Strength.EXPERT: tr("agreed by experts"),
        Strength.RECKONED: tr("worked out by us from one trial"),
        Strength.PRACTICE: tr("experience; we know of no study of it"),
        Strength.NONE: "",
    }[strength]


def support_words(item: GuideItem) -> str:
    """Return how well a statement is supported, to stand before its works; empty for neither."""
    words = strength_words(item.strength)
    return tr("Evidence: {strength}.").format(strength=words) if words else ""
