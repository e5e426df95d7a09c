"""The page of signs that are reasons to get help, read from the shipped text."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from uncramp.coach.works import Work, load_works


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
    table = _table(assets)
    levels = tuple(
        SafetyLevel(level["name"], level["tone"] == "alert", tuple(level["signs"]))
        for level in table["level"]
    )
    return table["intro"], levels


def load_safety_works(assets: Path) -> tuple[Work, ...]:
    """Return the works that the signs stand on."""
    works = load_works(assets)
    return tuple(works[key] for key in _table(assets)["sources"])


def _table(assets: Path) -> dict[str, Any]:
    import tomli  # only when the page is opened

    with (assets / "guide" / "safety.toml").open("rb") as file:
        return tomli.load(file)
