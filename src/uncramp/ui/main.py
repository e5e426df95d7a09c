"""Builds the window once and runs it."""

import logging
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from uncramp.coach.coach import Coach
from uncramp.ui.crash import CrashReporter
from uncramp.ui.single import SingleInstance
from uncramp.ui.window import MainWindow

APPLICATION_ID = "org.uncramp.Uncramp"
_log = logging.getLogger("qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def run(coach: Coach, start_with: str = "", arguments: Sequence[str] = ()) -> int:
    """Open the window and return its exit code when it is closed.

    Args:
        coach: the program without its face.
        start_with: a routine to begin at once.
        arguments: what Qt may want to know from the command line.
    """
    application = QApplication([sys.argv[0], *arguments])
    application.setApplicationName("Uncramp")
    application.setDesktopFileName(APPLICATION_ID)
    application.setStyle("Fusion")
    qInstallMessageHandler(_to_log)
    single = SingleInstance(coach.places.data)
    if single.hand_over(start_with):
        coach.close()
        return 0
    single.listen()
    icon = coach.places.assets / "icons" / "uncramp.svg"
    application.setWindowIcon(QIcon(str(icon)))
    window = MainWindow(coach, start_with)
    reporter = CrashReporter(coach.places.cache, window)
    reporter.install()
    later = _Later(window)
    single.message_received.connect(later.answer)
    window.show()
    _end_on_signals(application)
    code = application.exec()
    single.close()
    return int(code)


class _Later:
    """Answers a second start."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def answer(self, routine: str) -> None:
        window = self._window
        if window.isMinimized():
            window.showNormal()
        window.show()
        window.raise_()
        window.activateWindow()
        if routine:
            window.start_routine(routine)


def _end_on_signals(application: QApplication) -> None:
    """Close the window in order when the system or the terminal asks the program to end.

    Qt's loop runs outside Python, which handles a signal only when it gets a turn.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        application.closeAllWindows()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    turn = QTimer(application)
    turn.setInterval(500)
    turn.timeout.connect(_turn)
    turn.start()


def _turn() -> None:
    """Give Python its turn."""


def _to_log(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    del context
    _log.log(_LEVELS.get(kind, logging.WARNING), "%s", text)
