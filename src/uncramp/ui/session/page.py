"""What every page has that shows a guided session."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from uncramp.coach.session.guide import GuidedSession
from uncramp.ui.page import Page
from uncramp.ui.session.driver import SessionDriver


class SessionPage(Page):
    """Drives a session, and shows its seconds while it is seen.

    Attributes:
        driver: keeps the session's time.
    """

    def __init__(self, session: GuidedSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.driver = SessionDriver(session, self)

    @property
    def session(self) -> GuidedSession:
        """The session that is shown."""
        return self.driver.session

    def showEvent(self, event: QShowEvent) -> None:
        """Show every second again."""
        super().showEvent(event)
        self.driver.show_seconds(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees the seconds: only cues wake the program."""
        super().hideEvent(event)
        self.driver.show_seconds(False)
