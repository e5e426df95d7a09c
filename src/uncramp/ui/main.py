"""Builds the window once and runs it."""

import contextlib
import gc
import logging
import sys
from types import FrameType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from uncramp.coach.places import Places
from uncramp.ui.theme import base_font
from uncramp.ui.window import MainWindow

APPLICATION_ID = "org.uncramp.Uncramp"
MARK = "window.open"
STYLE = "fusion"
if TYPE_CHECKING:
    from uncramp.ui.crash import CrashReporter
    from uncramp.ui.single import SingleInstance

_log = logging.getLogger("qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def run(places: Places, wish: str = "", *, hidden: bool = False) -> int:
    """Open the window and return its exit code when it is closed.

    Args:
        places: where everything is.
        wish: what to do at once, see `MainWindow.obey`.
        hidden: begin in the tray; where there is none, the window waits minimised, because
            nothing else would lead back to it.
    """
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Uncramp")
    application.setDesktopFileName(APPLICATION_ID)
    if application.style().name().casefold() != STYLE:
        application.setStyle(STYLE)
    application.setFont(base_font(application.font()))
    qInstallMessageHandler(_to_log)
    mark = places.data / MARK
    if mark.exists() and _handed_over(places, wish):
        return 0
    window = MainWindow(places, wish)
    rest = _Rest(places, window, application)
    window.filled.connect(rest.make)
    if not hidden:
        window.show()
    elif not window.wait_hidden():
        window.showMinimized()
    code = application.exec()
    rest.close()
    return int(code)


def _handed_over(places: Places, wish: str) -> bool:
    """Raise the window that is open already, if there is one."""
    from uncramp.ui.single import SingleInstance  # only where a window may be open

    return SingleInstance(places).hand_over(wish)


class _Rest:
    """What the program needs beside its window, made once that stands."""

    def __init__(self, places: Places, window: MainWindow, application: QApplication) -> None:
        self._places = places
        self._window = window
        self._application = application
        self._single: SingleInstance | None = None
        self._reporter: CrashReporter | None = None

    def make(self) -> None:
        """Listen for later starts, take over the hooks, show the icon."""
        from PySide6.QtGui import QIcon  # its enumerations, too, can wait for the window

        from uncramp.ui.crash import CrashReporter
        from uncramp.ui.single import SingleInstance

        with contextlib.suppress(OSError):  # whoever writes into it first tells why it cannot be
            self._places.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._reporter = CrashReporter(self._places.cache, self._window)
        self._reporter.install()
        icon = self._places.assets / "icons" / "uncramp.svg"
        self._application.setWindowIcon(QIcon(str(icon)))
        self._single = SingleInstance(self._places)
        self._single.listen()
        self._single.message_received.connect(self.answer)
        _end_on_signals(self._application, self._window)
        gc.enable()
        self._mark(present=True)

    def close(self) -> None:
        """Let a later start be the one."""
        if self._single is not None:
            self._single.close()
            self._mark(present=False)

    def answer(self, wish: str) -> None:
        """Come to the front for a second start, and do what it wants."""
        window = self._window
        window.come_forward()
        window.obey(wish)

    def _mark(self, *, present: bool) -> None:
        """Leave a mark while a window is open: without it, a start need not look for one."""
        mark = self._places.data / MARK
        try:
            if present:
                self._places.data.mkdir(parents=True, exist_ok=True, mode=0o700)
                mark.touch(mode=0o600)
            else:
                mark.unlink(missing_ok=True)
        except OSError as error:
            _log.info("no mark of the open window: %s", error)


def _end_on_signals(application: QApplication, window: MainWindow) -> None:
    """Close the window in order when the system or the terminal asks the program to end.

    Qt's loop runs outside Python, which handles a signal only when it gets a turn; a socket into
    which the system writes gives it one. A timer would wake the processor for nothing.
    """
    import signal  # long after the first picture

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        # Not from here: the signal may have come in the middle of a painting.
        QTimer.singleShot(0, window.end)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    _Ear(application)


class _Ear(QObject):
    """Wakes the loop of Qt when a signal has come."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        import signal  # long after the first picture
        import socket

        self._near, self._far = socket.socketpair()
        self._near.setblocking(False)
        self._far.setblocking(False)
        signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self.hear)

    def hear(self) -> None:
        """Take what was written; Python handles the signal on the way here."""
        with contextlib.suppress(BlockingIOError):
            self._near.recv(64)


def _to_log(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    del context
    _log.log(_LEVELS.get(kind, logging.WARNING), "%s", text)
