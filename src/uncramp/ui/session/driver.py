"""Drives a guided session from Qt's event loop: one timer, armed for the next instant."""

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from uncramp.coach.session.guide import Delivered, GuidedSession
from uncramp.session import machine
from uncramp.session.machine import Phase

_NS_PER_S = 1_000_000_000


class SessionDriver(QObject):
    """Asks the session what is due and tells the window.

    Signals:
        cue_delivered: a cue is to be shown now (Delivered).
        position_changed: another second, segment or phase is to be shown.
        ended: the session is over.
    """

    cue_delivered = Signal(object)
    position_changed = Signal()
    ended = Signal()

    def __init__(self, session: GuidedSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self._shows_seconds = True

    def show_seconds(self, shown: bool) -> None:
        """Wake for every second, or (while nobody can see it) only for cues."""
        self._shows_seconds = shown
        if not self.session.is_over:
            self._arm()

    def start(self) -> None:
        """Begin."""
        self._after(self.session.start())

    def toggle_pause(self) -> None:
        """Pause or resume."""
        self._after(self.session.toggle_pause())

    def pause(self) -> None:
        """Pause if it runs."""
        self._after(self.session.pause())

    def skip(self) -> None:
        """Go on to the next segment."""
        self._after(self.session.skip())

    def back(self) -> None:
        """Go back."""
        self._after(self.session.back())

    def repeat(self) -> None:
        """Once more."""
        self._after(self.session.repeat())

    def ten_more(self) -> None:
        """Ten seconds more."""
        self._after(self.session.ten_more())

    def end(self) -> None:
        """Stop early."""
        self._stop(too_sharp=False)

    def too_sharp(self) -> None:
        """Stop because it hurts."""
        self._stop(too_sharp=True)

    def shut_down(self) -> None:
        """Stop the timer for good; the session itself stays as it is."""
        self._timer.stop()

    def _stop(self, *, too_sharp: bool) -> None:
        if not self.session.is_over:
            self.session.end(too_sharp=too_sharp)
            self._after(())

    def tick(self) -> None:
        """Deliver what is due now, and show where the session is."""
        self._after(self.session.tick())

    def _after(self, delivered: tuple[Delivered, ...]) -> None:
        for given in delivered:
            self.cue_delivered.emit(given)
        self.position_changed.emit()
        if self.session.is_over:
            self._timer.stop()
            self.ended.emit()
        else:
            self._arm()

    def _arm(self) -> None:
        wake_ns = self.session.next_wake_ns()
        if wake_ns is None:
            self._timer.stop()
            return
        now_ns = time.monotonic_ns()
        if self._shows_seconds:
            wake_ns = min(wake_ns, now_ns + self._to_next_second_ns(now_ns))
        # Rounded up: a timer that fires early would only be armed again.
        self._timer.start(max(0, -(-(wake_ns - now_ns) // machine.NS_PER_MS)))

    def _to_next_second_ns(self, now_ns: int) -> int:
        state = self.session.state
        if state.phase is not Phase.RUNNING:
            return _NS_PER_S
        left_ns = machine.lead_left_ns(state, now_ns)
        if not left_ns:
            left_ns = machine.position_at(state, now_ns).left_ms * machine.NS_PER_MS
        return left_ns % _NS_PER_S or _NS_PER_S
