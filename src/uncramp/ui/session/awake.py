"""Keeps the screen from blanking while a session runs."""

import ctypes
import logging
import os
import subprocess
import sys

_log = logging.getLogger(__name__)
_CONNECTION = "uncramp-awake"
_REASON = "A guided session is running"
_ES_CONTINUOUS = 0x80000000
_ES_DISPLAY_REQUIRED = 0x00000002


class KeepAwake:
    """Asks the desktop not to blank the screen, in the way that this system knows.

    Whatever fails is logged and left: a session is possible with a dark screen too.
    """

    def __init__(self) -> None:
        self._on_bus = False
        self._x11: _X11Saver | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def held(self) -> bool:
        """Whether a request is in force."""
        return self._on_bus or self._x11 is not None or self._process is not None

    def hold(self) -> None:
        """Keep the screen on from now."""
        if self.held:
            return
        if sys.platform == "win32":
            ctypes.windll.kernel32.SetThreadExecutionState(_ES_CONTINUOUS | _ES_DISPLAY_REQUIRED)
        elif sys.platform == "darwin":
            self._process = _started(["caffeinate", "-d", "-w", str(os.getpid())])
        else:
            self._on_bus = _inhibited()
            if not self._on_bus:
                self._x11 = _X11Saver.suspended()

    def release(self) -> None:
        """Let the screen blank again as the user has set it."""
        if sys.platform == "win32":
            ctypes.windll.kernel32.SetThreadExecutionState(_ES_CONTINUOUS)
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None
        if self._on_bus:
            _leave_bus()
            self._on_bus = False
        if self._x11 is not None:
            self._x11.close()
            self._x11 = None


def _started(command: list[str]) -> "subprocess.Popen[bytes] | None":
    try:
        return subprocess.Popen(command)
    except OSError as error:
        _log.info("the screen may blank: %s", error)
        return None


def _inhibited() -> bool:
    """Ask the desktop's screen saver service; it holds as long as our connection of that name.

    The request cannot be taken back by its cookie: PySide6 sends every integer as signed, and
    the service wants it unsigned. Leaving the bus releases it just as well.
    """
    from PySide6.QtDBus import QDBusConnection, QDBusInterface, QDBusMessage

    bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, _CONNECTION)
    if bus.isConnected():
        name = "org.freedesktop.ScreenSaver"
        service = QDBusInterface(name, "/org/freedesktop/ScreenSaver", name, bus)
        if service.isValid():
            answer = service.call("Inhibit", "Uncramp", _REASON)
            if answer.type() == QDBusMessage.MessageType.ReplyMessage:
                return True
    QDBusConnection.disconnectFromBus(_CONNECTION)
    return False


def _leave_bus() -> None:
    from PySide6.QtDBus import QDBusConnection

    QDBusConnection.disconnectFromBus(_CONNECTION)


class _X11Saver:
    """Suspends the X server's own screen saver for as long as its connection lives."""

    def __init__(self, x11: ctypes.CDLL, saver: ctypes.CDLL, display: int) -> None:
        self._x11, self._saver, self._display = x11, saver, display

    @classmethod
    def suspended(cls) -> "_X11Saver | None":
        if not os.environ.get("DISPLAY"):
            return None
        try:
            x11, saver = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXss.so.1")
        except OSError as error:
            _log.info("the screen may blank: %s", error)
            return None
        x11.XOpenDisplay.restype = ctypes.c_void_p
        display = x11.XOpenDisplay(None)
        if not display:
            return None
        saver.XScreenSaverSuspend(ctypes.c_void_p(display), 1)
        x11.XFlush(ctypes.c_void_p(display))
        return cls(x11, saver, display)

    def close(self) -> None:
        self._x11.XCloseDisplay(ctypes.c_void_p(self._display))
