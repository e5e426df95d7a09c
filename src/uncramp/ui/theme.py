"""Themes: named colours from a TOML file, turned into a palette and a style sheet.

Widgets ask for a token by name and never name a colour themselves.
"""

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from uncramp.coach.settings import ThemeChoice

BASE_PT = 10.5
FAMILIES = ("Inter", "Inter Variable")


class Theme(NamedTuple):  # made in a seventh of the time of a dataclass
    """One theme.

    Attributes:
        name: "light", "dark" or "night".
        colour: token to "#RRGGBB", for widgets.
        figure: role to "#RRGGBB", for the drawn body and its props.
    """

    name: str
    colour: Mapping[str, str]
    figure: Mapping[str, str]

    def qcolor(self, token: str) -> QColor:
        """Return a token's colour."""
        return QColor(self.colour[token])


def load_theme(folder: Path, name: str) -> Theme:
    """Read a theme that was shipped; a broken one is our own mistake and raises."""
    import tomli  # beside the first paint, not before it

    with (folder / f"{name}.toml").open("rb") as file:
        table = tomli.load(file)
    return Theme(name=table["theme"]["name"], colour=table["colour"], figure=table["figure"])


def theme_name(choice: ThemeChoice) -> str:
    """Return the theme's name for the user's choice, asking the system where it is to decide."""
    if choice is not ThemeChoice.SYSTEM:
        return choice.value
    return "dark" if system_is_dark() else "light"


def system_is_dark() -> bool:
    """Tell whether the desktop wears dark colours; where it does not say, it does not."""
    role = QPalette.ColorRole
    # The style's own palette follows the system; to ask for the scheme by its name would load
    # all of Qt's hundred enumerations before the first picture.
    colours = QApplication.style().standardPalette()
    return colours.color(role.WindowText).lightness() > colours.color(role.Window).lightness()


def base_font(system: QFont) -> QFont:
    """Return the font of all text: Inter where the system has it, else the desktop's own.

    Its size follows the desktop's, so that somebody who enlarged all text has it here too.
    """
    made = QFont(system)
    made.setFamilies([*FAMILIES, *system.families()])
    made.setPointSizeF(max(BASE_PT, system.pointSizeF()))
    return made


def mixed(ground: QColor, full: QColor, share: float) -> QColor:
    """Return the colour that lies `share` (0 to 1) of the way from `ground` to `full`."""
    rest = 1.0 - share
    return QColor.fromRgbF(
        rest * ground.redF() + share * full.redF(),
        rest * ground.greenF() + share * full.greenF(),
        rest * ground.blueF() + share * full.blueF(),
    )


def palette(theme: Theme) -> QPalette:
    """Return the palette, for what the style sheet does not reach."""
    role = QPalette.ColorRole
    made = QPalette()
    for colour_role, token in (
        (role.Window, "ground"),
        (role.Base, "card"),
        (role.AlternateBase, "ground"),
        (role.Button, "card"),
        (role.ToolTipBase, "card"),
        (role.WindowText, "text"),
        (role.Text, "text"),
        (role.ButtonText, "text"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "text_soft"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.Accent, "accent"),
        (role.Link, "accent_text"),
        (role.Mid, "line"),
        (role.Midlight, "line"),
        (role.Dark, "line"),
        (role.Light, "card"),
        (role.Shadow, "line"),
    ):
        made.setColor(colour_role, theme.qcolor(token))
    disabled = QPalette.ColorGroup.Disabled
    for colour_role in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(disabled, colour_role, theme.qcolor("text_soft"))
    return made


def style_sheet(theme: Theme, font: QFont) -> str:
    """Return the style sheet of the whole window, its sizes in step with `font`."""
    share = font.pointSizeF() / BASE_PT if font.pointSizeF() > 0 else 1.0
    sheet = _SHEET
    if share != 1.0:
        sheet = re.sub(r"([\d.]+)pt", partial(_scaled, share), sheet)
    for token in sorted(theme.colour, key=len, reverse=True):
        sheet = sheet.replace(f"@{token};", f"{theme.colour[token]};")
        sheet = sheet.replace(f"@{token} ", f"{theme.colour[token]} ")
    return sheet


def _scaled(share: float, size: re.Match[str]) -> str:
    return f"{float(size.group(1)) * share:g}pt"


_SHEET = """
QMainWindow, QWidget#ground, QScrollArea, QWidget#scrolled { background: @ground; }
QScrollArea { border: none; }
QLabel { color: @text; background: transparent; }
QLabel[role="display"] { font-size: 20pt; font-weight: 700; }
QLabel[role="title"] { font-size: 15pt; font-weight: 700; }
QLabel[role="heading"] { font-size: 11.5pt; font-weight: 600; }
TimeLeft { font-size: 16pt; font-weight: 600; }
QLabel[role="cue"] { font-size: 18.5pt; font-weight: 500; }
QLabel[role="feel"] { font-size: 12pt; color: @text_soft; }
QLabel[role="soft"] { color: @text_soft; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="source"] { font-size: 9pt; color: @text_soft; padding: 0 0 6px 0; }
QLabel[role="kicker"] { font-size: 9pt; font-weight: 600; color: @accent_text; }
QLabel[role="kicker_evening"] { font-size: 9pt; font-weight: 600; color: @evening; }
QLabel[role="number"] { font-size: 30pt; font-weight: 700; }
QLabel[role="done"] { font-weight: 600; color: @text_soft; }
QLabel#stage { background: @stage; border-radius: 14px; }
QFrame#card_done { background: @card_done; border: 1px solid @line; border-radius: 16px; }
QPushButton[kind="good"] { color: @on_good; background: @good; border: 1px solid @good; }
QPushButton[kind="good"]:hover { border-color: @text; }
QPushButton[kind="good"]:focus { border: 2px solid @text; }
QPushButton:checked { color: @accent_text; background: @accent_soft; border-color: @accent; }
QPushButton:checked:focus { border: 2px solid @focus; }
QLabel[role="chip"] {
    font-size: 14pt; font-weight: 600; color: @accent_text; background: @accent_soft;
    border-radius: 15px; padding: 5px 18px;
}
QLabel[role="caption"] { font-size: 14pt; font-weight: 600; color: @text_soft; padding: 5px 6px; }
QLabel[role="badge"] {
    color: @text; background: @card; border: 1px solid @line; border-radius: 8px;
    padding: 5px 12px;
}
QLabel[role="alert"] { color: @alert; font-weight: 600; }
QLabel[role="good"] { color: @good; font-weight: 600; }
QFrame#card { background: @card; border: 1px solid @line; border-radius: 16px; }
QFrame#notice { background: @accent_soft; border: none; border-radius: 12px; }
QFrame#reminder { background: @accent_soft; border-radius: 10px; }
QPushButton[kind="mark"] {
    color: @accent_text; background: transparent; border: 2px solid transparent;
    border-radius: 10px; padding: 3px 5px; font-size: 8.5pt;
}
QPushButton[kind="mark"]:hover { border-color: @accent; }
QPushButton[kind="mark"]:focus { border-color: @focus; padding: 3px 5px; }
QFrame#rail { background: @card; border: none; border-right: 1px solid @line; }
QPushButton {
    color: @text; background: @card; border: 1px solid @line; border-radius: 10px;
    padding: 9px 18px; font-weight: 600;
}
QPushButton:hover { border-color: @text_soft; }
QPushButton:focus { border: 2px solid @focus; padding: 8px 17px; }
QPushButton:disabled { color: @text_soft; background: @ground; }
QPushButton[kind="primary"] {
    color: @on_accent; background: @accent; border: 1px solid @accent; padding: 10px 26px;
}
QPushButton[kind="primary"]:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; padding: 9px 25px; }
QLabel[role="on_button"] { font-weight: 600; }
QLabel[role="on_button"][kind="primary"] { color: @on_accent; }
QLabel[role="key"] {
    font-size: 8pt; font-weight: 600; color: @text_soft; background: @ground;
    border: 1px solid @line; border-radius: 5px; padding: 1px 7px;
}
QLabel[role="key"][kind="primary"] { color: @accent_text; background: @accent_soft; border: none; }
QPushButton[kind="quiet"], QPushButton[kind="tight"] {
    background: transparent; border: 1px solid transparent;
}
QPushButton[kind="quiet"]:hover, QPushButton[kind="tight"]:hover { background: @accent_soft; }
QPushButton[kind="quiet"]:focus { border: 2px solid @focus; }
QPushButton[kind="tight"] { padding: 7px 7px; }
QPushButton[kind="tight"]:focus { border: 2px solid @focus; padding: 6px 6px; }
QPushButton[kind="alert"] {
    color: @alert; background: transparent; border: 1px solid transparent; padding: 9px 12px;
}
QPushButton[kind="alert"]:disabled { color: @text_soft; }
QPushButton[kind="alert"]:hover { border-color: @alert; }
QPushButton[kind="alert"]:focus { border: 2px solid @alert; padding: 8px 11px; }
QPushButton[kind="chip"], QPushButton[kind="scale"] { padding: 7px 13px; }
QPushButton[kind="scale"] { padding: 7px 0px; min-width: 34px; }
QPushButton[kind="chip"]:checked, QPushButton[kind="scale"]:checked {
    color: @accent_text; background: @accent_soft; border: 2px solid @accent; padding: 6px 12px;
}
QPushButton[kind="scale"]:checked { padding: 6px 0px; min-width: 32px; }
QPushButton[kind="chip"]:focus { border: 2px solid @focus; padding: 6px 12px; }
QPushButton[kind="scale"]:focus { border: 2px solid @focus; padding: 6px 0px; min-width: 32px; }
QPushButton[kind="choice"], QPushButton[kind="choice_first"] {
    background: @card; border: 1px solid @line; border-radius: 14px; padding: 0;
}
QPushButton[kind="choice_first"] { border: 2px solid @accent; }
QPushButton[kind="choice"]:hover { border-color: @text_soft; }
QPushButton[kind="choice_first"]:hover { background: @accent_soft; }
QPushButton[kind="choice"]:focus, QPushButton[kind="choice_first"]:focus {
    border: 3px solid @focus; padding: 0;
}
QLabel[role="choice"] { font-size: 12.5pt; font-weight: 600; }
QLabel[role="choice_key"] { font-size: 9.5pt; color: @text_soft; }
QLabel[role="question"] { font-size: 20pt; font-weight: 700; }
QLabel[role="relief_what"] { font-size: 25pt; font-weight: 700; }
QLabel[role="relief_cue"] { font-size: 16pt; font-weight: 500; }
QLabel[role="relief_soft"] { font-size: 12pt; color: @text_soft; }
QLabel[role="relief_advice"] { font-size: 12pt; font-weight: 600; color: @accent_text; }
QLabel[role="relief_alert"] { font-size: 13pt; font-weight: 700; color: @alert; }
QToolButton#cramp {
    color: @on_cramp; background: @cramp; border: 2px solid @cramp; border-radius: 16px;
    padding: 8px 2px; font-size: 8.5pt; font-weight: 700;
}
QToolButton#cramp:hover { border-color: @text; }
QToolButton#cramp:focus { border: 2px solid @text; }
QDoubleSpinBox { padding: 7px 4px; }
QDoubleSpinBox:focus { padding: 6px 3px; }
QDoubleSpinBox::up-button, QDoubleSpinBox::down-button { subcontrol-origin: margin; width: 0px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {
    background: transparent; border: none; padding: 0;
}
QPushButton[kind="small"] { padding: 6px 10px; }
QPushButton[kind="small"]:focus { padding: 5px 9px; }
QPushButton[kind="small"]:checked {
    color: @accent_text; background: @accent_soft; border-color: @accent;
}
QPushButton[kind="choice"] {
    font-weight: 400; border-radius: 8px; padding: 7px 12px; min-height: 20px; text-align: left;
}
QPushButton[kind="choice"]:focus { padding: 6px 11px; }
QMenu { color: @text; background: @card; border: 1px solid @line; padding: 6px; }
QMenu::item { padding: 7px 26px 7px 30px; border-radius: 6px; }
QMenu::item:selected { background: @accent_soft; }
QMenu::separator { height: 1px; background: @line; margin: 6px 8px; }
QLineEdit { selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit[role="title"] { font-size: 15pt; font-weight: 700; }
QWidget#on_card, QScrollArea#on_card { background: transparent; }
QListWidget#problems {
    background: @card; border: 1px solid @line; border-radius: 12px; padding: 4px 8px;
}
QListView::item { padding: 4px 6px; border-radius: 8px; }
QListView::item:selected { background: @accent_soft; color: @text; }
QListView::item:hover { background: @accent_soft; }
QToolButton#place {
    color: @text_soft; background: transparent; border: 2px solid transparent;
    border-radius: 14px; padding: 8px 4px; font-size: 8.5pt; font-weight: 500;
}
QToolButton#place[tight="true"] { padding: 0px 4px; }
QToolButton#cramp[tight="true"] { padding: 0px 2px; }
QToolButton#place:hover { background: @ground; }
QToolButton#place:checked { color: @accent_text; background: @accent_soft; font-weight: 700; }
QToolButton#place:focus { border: 2px solid @focus; }
QListView, QTreeView {
    background: transparent; border: 1px solid transparent; outline: none; color: @text;
    selection-background-color: @accent_soft; selection-color: @text;
}
QListView#cards { margin-left: -6px; }
QTreeView:focus { border: 1px solid @focus; border-radius: 6px; }
QTreeView::item { padding: 7px 6px; border-bottom: 1px solid @line; }
QTreeView::item:selected { background: @accent_soft; color: @text; }
QTreeView::item:hover { background: @accent_soft; }
QTableView {
    color: @text; background: @card; border: 1px solid @line; border-radius: 12px; padding: 4px 8px;
    selection-background-color: @accent_soft; selection-color: @text; outline: none;
}
QTableView:focus { border: 2px solid @focus; }
QTableView::item { padding: 4px 8px; border-bottom: 1px solid @line; }
QTableView::indicator {
    width: 14px; height: 14px; border: 2px solid @text_soft; border-radius: 4px; background: @card;
}
QTableView::indicator:checked { background: @accent; border: 2px solid @accent; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
    color: @text_soft; background: transparent; border: none; border-bottom: 1px solid @line;
    padding: 7px 8px; font-weight: 600;
}
QPlainTextEdit {
    color: @text; background: @card; border: 1px solid @line; border-radius: 8px;
    padding: 4px 8px; selection-background-color: @accent; selection-color: @on_accent;
}
QPlainTextEdit:focus { border: 2px solid @focus; padding: 3px 7px; }
QComboBox, QSpinBox, QDoubleSpinBox, QLineEdit {
    color: @text; background: @card; border: 1px solid @line; border-radius: 8px;
    padding: 7px 12px; min-height: 20px;
}
QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QLineEdit:focus {
    border: 2px solid @focus; padding: 6px 11px;
}
QComboBox::drop-down { border: none; width: 32px; }
QComboBox::down-arrow { image: none; }
QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView {
    color: @text; background: @card; border: 1px solid @line; outline: none;
    selection-background-color: @accent_soft; selection-color: @text;
}
QComboBox QAbstractItemView::item { min-height: 30px; padding: 2px 10px; }
QRadioButton { color: @text; spacing: 10px; padding: 4px; border: 2px solid transparent; }
QRadioButton:focus { border: 2px solid @focus; border-radius: 8px; }
QRadioButton::indicator {
    width: 16px; height: 16px; border: 2px solid @text_soft; border-radius: 10px;
    background: @card;
}
QRadioButton::indicator:checked { background: @accent; border: 2px solid @accent; }
QSlider { min-height: 30px; border: 2px solid transparent; }
QSlider::groove:horizontal { height: 6px; border-radius: 3px; background: @track; }
QSlider::sub-page:horizontal { height: 6px; border-radius: 3px; background: @accent; }
QSlider::handle:horizontal {
    width: 18px; height: 18px; margin: -6px 0; border-radius: 9px;
    background: @accent; border: 2px solid @card;
}
QSlider:focus { border: 2px solid @focus; border-radius: 8px; }
QScrollBar:vertical { width: 10px; background: transparent; margin: 0; }
QScrollBar::handle:vertical { background: @track; border-radius: 5px; min-height: 40px; }
QScrollBar:horizontal { height: 10px; background: transparent; margin: 0; }
QScrollBar::handle:horizontal { background: @track; border-radius: 5px; min-width: 40px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: @track; border: none; border-radius: 4px; max-height: 8px; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
QToolTip { color: @text; background: @card; border: 1px solid @line; padding: 4px; }
"""
