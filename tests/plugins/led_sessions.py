"""Sessions that a test leads through their seconds, and what is seen of them.

A test imports this after it has made sure that there is Qt.
"""

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication, QLabel

from uncramp.coach.session.sessions import Pacing
from uncramp.model.clocks import Clocks
from uncramp.session.machine import Phase
from uncramp.ui.painted import Digits, TimeLeft
from uncramp.ui.session.view import SessionView
from uncramp.ui.window import MainWindow

S = 1_000_000_000


@dataclass
class ManualClock:
    """A clock that stands until it is set."""

    now_ns: int = 5 * S

    def read(self) -> Clocks:
        """Return the time it shows."""
        return Clocks(self.now_ns, self.now_ns)


def in_session(
    window: MainWindow, clock: ManualClock, routine: str = "prerun_quick"
) -> SessionView:
    """Begin a session of a shipped routine and return its page."""
    window.parts.stage.begin(window.coach.library.routines[routine], Pacing(clock.read))
    view = window.parts.stage.view
    assert view is not None
    QApplication.processEvents()
    return view


def go(view: SessionView, clock: ManualClock, second: float) -> None:
    """Let the session's clock go on to `second`, in steps of a quarter."""
    until_ns = 5 * S + round(second * S)
    while clock.now_ns < until_ns and not view.session.is_over:
        clock.now_ns = min(clock.now_ns + S // 4, until_ns)
        view.driver.tick()


def shown_texts(widget: object) -> list[str]:
    """Return what the labels say that can be seen."""
    assert hasattr(widget, "findChildren")
    return [found.text() for found in widget.findChildren(QLabel) if found.isVisible()]


def digits_of(view: SessionView) -> Digits:
    """Return the large number."""
    found = view.findChild(Digits)
    assert found is not None
    return found


def total_of(view: SessionView) -> TimeLeft:
    """Return the time that is left in all."""
    found = view.findChild(TimeLeft)
    assert found is not None
    return found


def phase_of(view: SessionView) -> Phase:
    """Return whether it runs, is paused, or is over."""
    return view.session.state.phase
