"""What happens when the program makes a mistake: a log, one dialog, and the session goes on.

An exception can surface in any thread and many times a second (a failing paint), so the hook
only records it and posts it; the dialog is opened on the GUI thread, once for each fault.
"""

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from uncramp import __version__
from uncramp.coach.crashes import begin_log, without_home
from uncramp.model.language import tr

_log = logging.getLogger(__name__)


def _machine() -> str:
    return f"{__version__}, Python {platform.python_version()}, {platform.platform()}"


class CrashReporter(QObject):
    """Shows each fault once.

    Signals:
        crashed: a fault to show (its report); emitted from whichever thread it happened in.
    """

    crashed = Signal(str)

    def __init__(self, folder: Path, parent_window: QWidget | None = None) -> None:
        super().__init__()
        self._folder = folder
        self._window = parent_window
        self._seen: set[str] = set()
        self._fatal: TextIO | None = None
        self.crashed.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the hooks of Python, and keep a file for faults that end the program."""
        sys.excepthook = self.record
        threading.excepthook = self._record_of_thread
        try:
            self._fatal = begin_log(self._folder, _machine())
            faulthandler.enable(self._fatal)
        except OSError as error:
            _log.info("no file for fatal faults: %s", error)

    def record(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Log a fault and ask for its dialog; never raises."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        print(text, file=sys.stderr)
        place = traceback.extract_tb(trace)[-1] if trace else None
        key = f"{kind.__name__} {place.filename}:{place.lineno}" if place else kind.__name__
        if key in self._seen:
            return
        self._seen.add(key)
        self.crashed.emit(self._report(text))

    def _record_of_thread(self, given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None:
            self.record(given.exc_type, given.exc_value, given.exc_traceback)

    def _report(self, text: str) -> str:
        return without_home(f"Uncramp {_machine()}\n\n{text}", Path.home())

    def _show(self, report: str) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(tr("Uncramp made a mistake"))
        box.setText(tr("Something in the program went wrong. That is our fault, not yours."))
        box.setInformativeText(
            tr(
                "What you have recorded is safe. If it happens again, please send us the "
                "details below. Read them first: they stay on this computer until you "
                "send them."
            )
        )
        box.setDetailedText(report)
        box.setModal(False)
        box.show()
