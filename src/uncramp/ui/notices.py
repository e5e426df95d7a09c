"""What the window tells above its pages: a sentence, with the choices that belong to it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from uncramp.model.language import tr


class Notices(QWidget):
    """One notice at a time; a new one takes the place of the one before."""

    def __init__(self) -> None:
        super().__init__()
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(34, 20, 34, 0)
        self._shown: QFrame | None = None
        self._is_only_told = False
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
        is_only_told = not buttons
        if is_only_told:
            close = button(tr("Close"), kind="quiet")
            close.clicked.connect(self.clear)
            buttons = (close,)
        for made in buttons:
            row.addWidget(made)
        self.clear()
        self._shown, self._is_only_told = notice, is_only_told
        self._room.addWidget(notice)
        self.show()

    def leave(self) -> None:
        """The user goes on: what was only told has been read, what asks for a choice stays."""
        if self._is_only_told:
            self.clear()

    def clear(self) -> None:
        """Show nothing."""
        shown, self._shown = self._shown, None
        self.hide()
        if shown is not None:
            from uncramp.ui.widgets import discard  # after the first picture

            self._room.removeWidget(shown)
            discard(shown)
