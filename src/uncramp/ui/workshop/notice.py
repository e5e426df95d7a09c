"""The line above an editor that tells what happened and asks what to do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from uncramp.model.language import tr
from uncramp.ui.widgets import button, label


class EditorNotice(QFrame):
    """A sentence with the choices that belong to it.

    Signals:
        over_chosen: save over what another program has written.
        keep_chosen: save, then leave.
        discard_chosen: leave without saving.
        closed: nothing more; the editor goes on.
    """

    over_chosen = Signal()
    keep_chosen = Signal()
    discard_chosen = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._told = label("body", wrap=True)
        self._over = button(tr("Overwrite with mine"))
        self._keep = button(tr("Save and leave"), kind="primary")
        self._discard = button(tr("Leave without saving"))
        self._stay = button(tr("Stay"), kind="quiet")
        self._over.clicked.connect(self.over_chosen)
        self._keep.clicked.connect(self.keep_chosen)
        self._discard.clicked.connect(self.discard_chosen)
        self._stay.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 10, 20, 10)
        row.setSpacing(10)
        row.addWidget(self._told, 1)
        for part in (self._over, self._keep, self._discard, self._stay):
            row.addWidget(part)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is told."""
        return self._told.text()

    def tell(self, sentence: str) -> None:
        """Say something that asks for nothing."""
        self._show(sentence, tr("Close"))

    def ask_to_leave(self, sentence: str) -> None:
        """Ask what becomes of what is not saved."""
        self._show(sentence, tr("Stay"), self._keep, self._discard)
        self._keep.setFocus()

    def ask_to_write_over(self, sentence: str) -> None:
        """Ask whose text is to stay in the file."""
        self._show(sentence, tr("Stay"), self._over, self._discard)

    def _show(self, sentence: str, stay: str, *choices: QWidget) -> None:
        self._told.setText(sentence)
        self._stay.setText(stay)
        for part in (self._over, self._keep, self._discard):
            part.setVisible(part in choices)
        self.show()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
