"""A session that the program's end cut short: offered again at the next start."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from uncramp.coach.times import clock
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.record import SessionRecord
from uncramp.ui.frame import Frame
from uncramp.ui.session.stage import Stage
from uncramp.ui.widgets import button


class Interrupted(QObject):
    """Offers to go on with a session where it was."""

    def __init__(self, record: SessionRecord, frame: Frame, stage: Stage) -> None:
        super().__init__(frame)
        self._frame = frame
        self._stage = stage
        self._record: SessionRecord | None = record

    @property
    def record(self) -> SessionRecord | None:
        """The session, until the user has chosen."""
        return self._record

    def offer(self, why: str = "", *more: QWidget) -> None:
        """Tell how much of the session is left, with both choices.

        Args:
            why: a sentence that goes before; empty for none.
            more: buttons that belong to that sentence.
        """
        record = self._record
        if record is None:
            return
        go_on = button(tr("Continue"), kind="primary")
        go_on.clicked.connect(self._go_on)
        leave = button(tr("Not now"), kind="quiet")
        leave.clicked.connect(self._leave)
        told = tr("{routine} was interrupted, with {left} to go.").format(
            routine=record.routine_name, left=clock(self._stage.sessions.left_ms(record))
        )
        self._frame.tell(f"{why} {told}".strip(), go_on, leave, *more)

    def _go_on(self) -> None:
        record, self._record = self._record, None
        self._frame.clear_notice()
        if record is not None:
            self._stage.go_on(record)

    def _leave(self) -> None:
        record, self._record = self._record, None
        self._frame.clear_notice()
        if record is not None:
            try:
                self._stage.sessions.dismiss(record)
            except EnvironmentFault as fault:
                self._frame.tell(str(fault))
