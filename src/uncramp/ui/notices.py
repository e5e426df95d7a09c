"""What the window tells above its pages: a sentence, with the choices that belong to it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from uncramp.model.language import tr


class Notices(QWidget):
    """One notice at a time; a new one takes the place of the one before.

    Signals:
        go_on_chosen: the interrupted session shall go on.
        leave_chosen: it shall not.
        undo_chosen: what was told of shall be taken back.
    """

    go_on_chosen = Signal()
    leave_chosen = Signal()
    undo_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(34, 20, 34, 0)
        self._shown: QFrame | None = None
        self.hide()

    def tell(self, text: str, *buttons: QWidget) -> None:
        """Show a sentence; without buttons it can be closed."""
        from uncramp.ui.widgets import button, label  # after the first picture

        notice = QFrame()
        notice.setObjectName("notice")
        row = QHBoxLayout(notice)
        row.setContentsMargins(20, 12, 20, 12)
        row.setSpacing(12)
        row.addWidget(label("body", text, wrap=True), 1)
        if not buttons:
            close = button(tr("Close"), kind="quiet")
            close.clicked.connect(self.clear)
            buttons = (close,)
        for made in buttons:
            row.addWidget(made)
        self.clear()
        self._shown = notice
        self._room.addWidget(notice)
        self.show()

    def clear(self) -> None:
        """Show nothing."""
        shown, self._shown = self._shown, None
        self.hide()
        if shown is not None:
            self._room.removeWidget(shown)
            shown.deleteLater()

    def offer_to_go_on(self, routine: str, left: str) -> None:
        """Tell that a session was interrupted, and how much of it is left."""
        from uncramp.ui.widgets import button

        go_on = button(tr("Go on"), kind="primary")
        go_on.clicked.connect(self.go_on_chosen)
        leave = button(tr("Leave it"), kind="quiet")
        leave.clicked.connect(self.leave_chosen)
        text = tr("{routine} was interrupted; {left} are left in all.")
        self.tell(text.format(routine=routine, left=left), go_on, leave)

    def offer_undo(self, sentence: str) -> None:
        """Tell what was done, with the way back."""
        from uncramp.ui.widgets import button

        undo = button(tr("Undo"), kind="primary")
        undo.clicked.connect(self.undo_chosen)
        close = button(tr("Close"), kind="quiet")
        close.clicked.connect(self.clear)
        self.tell(sentence, undo, close)
