"""The page of signs that are reasons to get help, read from the shipped text."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SafetyLevel:
    """How soon to get help, and the signs for it.

    Attributes:
        name: what to do, as a heading.
        urgent: whether it is a matter of today.
        signs: one sentence or two each.
    """

    name: str
    urgent: bool
    signs: tuple[str, ...]


def load_safety(assets: Path) -> tuple[str, tuple[SafetyLevel, ...]]:
    """Return the opening sentence and the levels, most urgent first."""
    import tomli  # only when the page is opened

    with (assets / "guide" / "safety.toml").open("rb") as file:
        table = tomli.load(file)
    levels = tuple(
        SafetyLevel(level["name"], level["tone"] == "alert", tuple(level["signs"]))
        for level in table["level"]
    )
    return table["intro"], levels
