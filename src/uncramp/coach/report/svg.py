"""Small drawings as SVG: shapes by what they mean, so that paper and screen may colour them.

Only what every reader of SVG knows is used (SVG Tiny 1.2): no styles, no scripts, nothing from
outside. Each shape carries its colour for paper and the name of its meaning as a class, by which a
page may colour it anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr

FONT = "Inter"
"""Of the labels, on paper; a page lends them its own."""
LABEL_PT = 7.0

Colours = Mapping[str, tuple[str, str]]
"""The name of a meaning to its fill and its stroke; "none" for neither."""

PAPER: Colours = MappingProxyType(
    {
        "ink": ("#1A2537", "none"),
        "soft": ("#56657B", "none"),
        "alarm": ("#A3221B", "none"),
        "grid": ("none", "#DDE3EC"),
        "axis": ("none", "#93A1B3"),
        "kept": ("#A6C8F7", "none"),
        "kept-so-far": ("none", "#4F7FC4"),
        "none-kept": ("#4F7FC4", "none"),
        "logged": ("#93A1B3", "none"),
        "season": ("#FFF5D9", "none"),
        "line": ("none", "#C62F36"),
        "dot": ("#FFFFFF", "#C62F36"),
        "change": ("#5B6B82", "none"),
        "clear": ("#BFE2D1", "none"),
        "cramps": ("#C62F36", "none"),
        "unlogged": ("none", "#C3CCD8"),
        "memory": ("#FFFFFF", "none"),
        "count": ("#D9777B", "none"),
    }
)
NIGHT: Colours = MappingProxyType(
    {
        "ink": ("#E8EEF7", "none"),
        "soft": ("#A3B1C6", "none"),
        "alarm": ("#FF8F89", "none"),
        "grid": ("none", "#2B3850"),
        "axis": ("none", "#6B7A92"),
        "kept": ("#2F5C9E", "none"),
        "kept-so-far": ("none", "#7FB0F5"),
        "none-kept": ("#7FB0F5", "none"),
        "logged": ("#6B7A92", "none"),
        "season": ("#2A2A22", "none"),
        "line": ("none", "#FF7B75"),
        "dot": ("#172133", "#FF7B75"),
        "change": ("#A3B1C6", "none"),
        "clear": ("#24604B", "none"),
        "cramps": ("#FF7B75", "none"),
        "unlogged": ("none", "#46546C"),
        "memory": ("#172133", "none"),
        "count": ("#C9605F", "none"),
    }
)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing with the words for those who do not see it.

    Attributes:
        width: in points.
        height: in points.
        content: elements of SVG.
        title: a few words.
        description: what it shows, in a sentence or two.
    """

    width: float
    height: float
    content: str
    title: str
    description: str

    def svg(self, name: str = "drawing") -> str:
        """Return it as an element of SVG.

        Args:
            name: begins the ids of title and description, which have to be unique on a page.
        """
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(self.width)} '
            f'{_n(self.height)}" width="{_n(self.width)}" height="{_n(self.height)}" role="img" '
            f'aria-labelledby="{name}-title {name}-desc" font-family={quoteattr(FONT)}>'
            f'<title id="{name}-title">{escape(self.title)}</title>'
            f'<desc id="{name}-desc">{escape(self.description)}</desc>{self.content}</svg>'
        )


class Canvas:
    """Takes shapes, in points from the upper left corner."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._parts: list[str] = []

    def rect(
        self, x: float, y: float, width: float, height: float, meaning: str, *, round_: float = 0
    ) -> None:
        """Add a rectangle; one without any height or width is left out."""
        if width > 0 and height > 0:
            corner = f' rx="{_n(round_)}"' if round_ else ""
            self._parts.append(
                f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"{corner}'
                f"{_dress(meaning)}/>"
            )

    def line(self, x1: float, y1: float, x2: float, y2: float, meaning: str) -> None:
        """Add a straight line."""
        self._parts.append(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"{_dress(meaning)}/>'
        )

    def path(self, points: Sequence[tuple[float, float]], meaning: str, width: float) -> None:
        """Add a line through points; one point alone is none."""
        if len(points) > 1:
            drawn = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
            self._parts.append(f'<polyline points="{drawn}"{_dress(meaning, width)}/>')

    def triangle(self, x: float, y: float, side: float, meaning: str) -> None:
        """Add a triangle that points down to (x, y)."""
        half = side / 2
        drawn = f"{_n(x - half)},{_n(y - side)} {_n(x + half)},{_n(y - side)} {_n(x)},{_n(y)}"
        self._parts.append(f'<polygon points="{drawn}"{_dress(meaning)}/>')

    def circle(self, x: float, y: float, radius: float, meaning: str, width: float = 1) -> None:
        """Add a circle."""
        self._parts.append(
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"{_dress(meaning, width)}/>'
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        meaning: str = "soft",
        *,
        anchor: str = "start",
        size: float = LABEL_PT,
        bold: bool = False,
    ) -> None:
        """Add words whose line stands on `y`; `anchor` is start, middle or end."""
        weight = ' font-weight="600"' if bold else ""
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" font-size="{_n(size)}"{weight}'
            f"{_dress(meaning)}>{escape(words)}</text>"
        )

    def drawing(self, title: str, description: str) -> Drawing:
        """Return what was drawn."""
        return Drawing(self.width, self.height, "".join(self._parts), title, description)


def _dress(meaning: str, width: float = 0.6) -> str:
    fill, stroke = PAPER[meaning]
    outline = "" if stroke == "none" else f' stroke="{stroke}" stroke-width="{_n(width)}"'
    return f' class="d-{meaning}" fill="{fill}"{outline}'


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
