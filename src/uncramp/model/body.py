"""Words for the body that everything else uses: its sides, and where a leg cramps."""

from enum import StrEnum


class Side(StrEnum):
    """The side that works in a segment."""

    LEFT = "left"
    RIGHT = "right"
    NONE = "none"

    @property
    def opposite(self) -> "Side":
        """The other side; none stays none."""
        return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.NONE: Side.NONE}[self]


class CrampSite(StrEnum):
    """Where a leg cramps."""

    CALF = "calf"
    HAMSTRING = "hamstring"
    QUAD = "quad"
    FOOT = "foot"
