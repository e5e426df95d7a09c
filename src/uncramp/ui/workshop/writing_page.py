"""A page on which something is written: saved, left, and asked about before it is lost."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal

from uncramp.coach.workshop.written_file import ChangedMeanwhileError
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.ui.page import Page
from uncramp.ui.workshop.notice import EditorNotice


class Written(Protocol):
    """What is written, as far as saving needs to know it."""

    @property
    def is_changed(self) -> bool:
        """Whether something would be lost without saving."""

    @property
    def is_usable(self) -> bool:
        """Whether no problem keeps it from being used."""

    def save(self, *, over_changes: bool = False) -> Path:
        """Write the user's file and return it."""


class WritingPage(Page):
    """Saves and leaves; what is written on it is up to the page.

    Signals:
        done: the user leaves.
        saved: the file was written.
    """

    is_typed_into = True
    """A letter that misses its field is no command here."""

    done = Signal()
    saved = Signal()

    def __init__(self, written: Written) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._written = written
        self._notice = EditorNotice()
        self._notice.over_chosen.connect(self._save_over_it)
        self._notice.keep_chosen.connect(self._save_and_leave)
        self._notice.discard_chosen.connect(self.done)
        self._notice.closed.connect(self.take_focus)

    def take_focus(self) -> None:
        """Begin where writing begins."""

    def _refresh(self) -> None:
        """Show what is written now."""

    def _save_file(self) -> None:
        self._write(over_changes=False)

    def _save_over_it(self) -> None:
        self._write(over_changes=True)

    def _write(self, *, over_changes: bool) -> bool:
        self._commit_typing()
        try:
            path = self._written.save(over_changes=over_changes)
        except ChangedMeanwhileError as fault:
            self._notice.ask_to_write_over(str(fault))
            return False
        except EnvironmentFault as fault:
            self._notice.tell(str(fault))
            return False
        self._refresh()
        self.saved.emit()
        words = tr("Saved as {path}.").format(path=path)
        if not self._written.is_usable:
            words += " " + tr("It can be used once its problems are corrected.")
        self._notice.tell(words)
        return True

    def _save_and_leave(self) -> None:
        if self._write(over_changes=False):
            self.done.emit()

    def _leave(self) -> None:
        self._commit_typing()
        if self._written.is_changed:
            self._notice.ask_to_leave(tr("It is not saved yet."))
        else:
            self.done.emit()

    def _commit_typing(self) -> None:
        """Take what is being typed, as if the field had been left; it keeps the focus."""
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
            focused.setFocus()
