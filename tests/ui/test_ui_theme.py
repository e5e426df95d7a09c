"""Themes: complete, and with enough contrast to be read."""

import ast
import re
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtGui import QColor, QFont
from pytestqt.qtbot import QtBot

from uncramp.coach.places import Places
from uncramp.coach.settings import ThemeChoice
from uncramp.ui import theme as themes

NAMES = ("light", "dark", "night")
SOURCES = sorted(Path(themes.__file__).parent.glob("*.py"))


def luminance(colour: str) -> float:
    """Relative luminance of sRGB, as WCAG 2.2 defines it."""
    read = QColor(colour)
    shares = (read.redF(), read.greenF(), read.blueF())
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself_is_right() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("text", "ground", 7.0),
        ("text", "card", 7.0),
        ("text", "accent_soft", 7.0),
        ("text_soft", "ground", 4.5),
        ("text_soft", "card", 4.5),
        ("accent_text", "ground", 4.5),
        ("accent_text", "card", 4.5),
        ("accent_text", "accent_soft", 4.5),
        ("evening", "card", 4.5),
        ("good", "good_soft", 3.0),
        ("text_soft", "card_done", 4.5),
        ("on_accent", "accent", 4.5),
        ("on_accent", "accent_hover", 4.0),
        ("on_good", "good", 4.5),
        ("on_cramp", "cramp", 3.0),
        ("alert", "ground", 4.5),
        ("alert", "card", 4.5),
        ("focus", "card", 3.0),
        ("focus", "ground", 3.0),
        ("accent", "track", 2.0),
        ("cramp_text", "card", 4.5),
    ],
)
def test_words_can_be_read(places: Places, name: str, ink: str, ground: str, least: float) -> None:
    colour = themes.load_theme(places.assets / "themes", name).colour
    assert contrast(colour[ink], colour[ground]) >= least


def test_all_themes_have_the_same_tokens(places: Places) -> None:
    loaded = [themes.load_theme(places.assets / "themes", name) for name in NAMES]
    for theme in loaded:
        assert set(theme.colour) == set(loaded[0].colour)
        assert set(theme.figure) == set(loaded[0].figure)
        for value in (*theme.colour.values(), *theme.figure.values()):
            assert re.fullmatch("#[0-9A-Fa-f]{6}", value)


@pytest.mark.parametrize("name", NAMES)
def test_the_style_sheet_has_no_token_left(places: Places, name: str) -> None:
    theme = themes.load_theme(places.assets / "themes", name)
    font = QFont("Inter")
    font.setPointSizeF(themes.BASE_PT)
    sheet = themes.style_sheet(theme, font)
    assert "@" not in sheet
    assert "font-size: 20pt" in sheet
    font.setPointSizeF(2 * themes.BASE_PT)
    assert "font-size: 40pt" in themes.style_sheet(theme, font)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_widget_names_a_colour(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not re.fullmatch("#[0-9A-Fa-f]{3,8}", node.value), node.lineno
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("GlobalColor"):
            assert node.attr == "transparent", node.lineno


def test_the_users_choice_comes_before_the_system(qtbot: QtBot) -> None:
    assert qtbot is not None
    assert themes.theme_name(ThemeChoice.NIGHT) == "night"
    assert themes.theme_name(ThemeChoice.SYSTEM) in {"light", "dark"}
