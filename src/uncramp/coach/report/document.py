"""A page of headings, sentences, tables and drawings, before anybody lays it out.

The page for a browser and the one for paper are both made from this, so that they say the same.
"""

from dataclasses import dataclass

from uncramp.coach.report.svg import Drawing

WIDTH_PT = 516.0
"""Of the text on a page of A4, for which drawings are made."""
GAP_PT = 18.0


@dataclass(frozen=True, slots=True)
class Own:
    """Words of the user, which may be written in any direction."""

    text: str


Words = str | Own


@dataclass(frozen=True, slots=True)
class Lead:
    """The sentence that matters most."""

    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Sentences.

    Attributes:
        text: one paragraph.
        soft: told in passing.
    """

    text: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A number that is seen at once.

    Attributes:
        name: what it is.
        value: the number.
        detail: what belongs to it, or empty.
    """

    name: str
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Numbers side by side."""

    items: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names and what belongs to them, one below the other."""

    items: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its first cell of a row names the row.

    Attributes:
        caption: what it tells.
        head: the names of the columns.
        rows: the cells.
        shares: how the width is shared among the columns.
        numeric: the columns whose cells are numbers.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    shares: tuple[float, ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing, and its numbers for those who do not see it.

    Attributes:
        drawing: what is seen.
        caption: below it, or empty.
        table: the same as a table; None where the drawing's description says it all.
    """

    drawing: Drawing
    caption: str = ""
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the user, as he wrote them.

    Attributes:
        day: when, in words.
        about: what, in words.
        text: what he wrote.
    """

    day: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Quotes:
    """What the user wrote."""

    items: tuple[Quote, ...]


Block = Lead | Prose | Facts | Pairs | Table | Figure | Quotes


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it.

    Attributes:
        title: the heading.
        blocks: in order.
        share: of the width of its row.
        framed: it is set apart from the rest.
    """

    title: str
    blocks: tuple[Block, ...]
    share: float = 1.0
    framed: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report.

    Attributes:
        title: what it is.
        name: of the runner; empty for none.
        lines: below the title.
        rows: sections, side by side within a row.
        foot: what every page says at its foot.
        language: its code, for example "en".
    """

    title: str
    name: str
    lines: tuple[str, ...]
    rows: tuple[tuple[Section, ...], ...]
    foot: str
    language: str = "en"


def widths(sections: tuple[Section, ...], whole: float = WIDTH_PT) -> tuple[float, ...]:
    """Return how wide the sections of a row are, in the unit of `whole`."""
    room = whole - GAP_PT * whole / WIDTH_PT * (len(sections) - 1)
    shares = sum(one.share for one in sections)
    return tuple(room * one.share / shares for one in sections)
