"""An application without a display, for pictures and pages that are made without a window."""

import os

from PySide6.QtGui import QGuiApplication

_applications: list[QGuiApplication] = []
"""Keeps the application object alive as long as the program."""


def ensure_application() -> None:
    """Make the application object that text needs, if there is none; it needs no display."""
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _applications.append(QGuiApplication([]))
