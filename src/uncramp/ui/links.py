"""Links to works, which open in the browser."""

from html import escape

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel

from uncramp.ui.widgets import label


def open_link(link: str) -> None:
    """Open a page in the browser."""
    QDesktopServices.openUrl(QUrl(link))


def link_label(words: str, link: str) -> QLabel:
    """Return a source that opens in the browser, by the mouse or the keys; plain without a link."""
    shown = label("source", words, wrap=True)
    if not link:
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return shown
    shown.setTextFormat(Qt.TextFormat.RichText)
    shown.setText(f'<a href="{escape(link)}">{escape(words)}</a>')
    shown.setToolTip(link)
    shown.setAccessibleName(words)
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    shown.linkActivated.connect(open_link)
    return shown
