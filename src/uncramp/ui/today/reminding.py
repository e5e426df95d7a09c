"""When to look at the clock, and how to be noticed while nobody looks at the window.

The notification portal comes first: only there a press on the message comes back, because the
messages of a tray are sent without anything to be pressed. Where no portal answers, the tray shows
it. Neither is sure to be seen, so the window shows every reminder as well.
"""

import logging
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import SLOT, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from uncramp.coach.plan.today import plan_day
from uncramp.model.language import tr

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusPendingCall, QDBusPendingCallWatcher

LOOK_MS: Final = 30_000
_JUMP: Final = timedelta(minutes=2)
_SHOWN_MS: Final = 15_000
_PORTAL: Final = (
    "org.freedesktop.portal.Desktop",
    "/org/freedesktop/portal/desktop",
    "org.freedesktop.portal.Notification",
)
_ID: Final = "reminder"

_log = logging.getLogger("uncramp.reminding")


class Waker(QObject):
    """Looks at the clock on the wall twice a minute, and says when there is something to do.

    A timer to the very instant would be wrong after a suspend or when the clock is set; nothing
    but the clock is looked at until then.

    Signals:
        woke: the time has come, or the clock has jumped.
    """

    woke = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._at: datetime | None = None
        self._last: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setInterval(LOOK_MS)

    @property
    def timer(self) -> QTimer:
        """The timer whose ticks are to be answered with `look`."""
        return self._timer

    def wait_until(self, at: datetime | None, now: datetime) -> None:
        """Sleep until `at` by the clock on the wall; None until the next day."""
        self._at, self._last = at, now.replace(tzinfo=None)
        if not self._timer.isActive():
            self._timer.start()

    def look(self, now: datetime) -> None:
        """Look at the clock."""
        wall = now.replace(tzinfo=None)
        last, self._last = self._last, wall
        jumped = last is None or not last <= wall <= last + _JUMP or _day(wall) != _day(last)
        if jumped or (self._at is not None and wall >= self._at):
            self.woke.emit()


def _day(wall: datetime) -> tuple[date, date]:
    """Return the day of the calendar, and the day whose plan is on: both turn the page."""
    return wall.date(), plan_day(wall)


class Notifier(QObject):
    """Shows a reminder on the desktop.

    Signals:
        opened: the message, or the icon in the tray, was pressed.
        cramp_requested: help with a cramp was asked for in the tray.
        quit_requested: the program shall end.
    """

    opened = Signal()
    cramp_requested = Signal()
    quit_requested = Signal()

    def __init__(self, icons: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._icons = icons
        self._tray: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._hears_portal = False
        self._asked: tuple[str, str] | None = None

    @property
    def has_tray(self) -> bool:
        """Whether there is a tray through which the window comes back."""
        return self._tray is not None and QSystemTrayIcon.isSystemTrayAvailable()

    def enter_tray(self) -> None:
        """Show the icon where the desktop has a tray; without one a message there would be lost."""
        if self._tray is not None or not QSystemTrayIcon.isSystemTrayAvailable():
            return
        self._menu = QMenu()
        for text, slot in (
            (tr("Open Uncramp"), self.opened),
            (tr("Cramp now"), self.cramp_requested),
            (tr("Quit"), self.quit_requested),
        ):
            self._menu.addAction(text).triggered.connect(slot)
        self._tray = QSystemTrayIcon(QIcon(str(self._icons / "uncramp.svg")), self)
        self._tray.setToolTip("Uncramp")
        self._tray.setContextMenu(self._menu)
        self._tray.activated.connect(self._activated)
        self._tray.messageClicked.connect(self.opened)
        self._tray.show()
        QApplication.setQuitOnLastWindowClosed(False)

    def leave_tray(self) -> None:
        """Take the icon away."""
        if self._tray is not None:
            self._tray.hide()
            self._tray.deleteLater()
            self._tray = None
            QApplication.setQuitOnLastWindowClosed(True)

    def show(self, title: str, body: str) -> None:
        """Show a message on the desktop, in the place of the one before."""
        from PySide6.QtDBus import QDBusPendingCallWatcher  # with the first reminder

        self._hear_portal()
        # Buttons would have to be of the type aa{sv}, which cannot be written from here; a portal
        # refuses a message with any other. What can be pressed stands in the window.
        content = {"title": title, "body": body, "default-action": "open"}
        self._asked = (title, body)
        # Not waited for: a desktop whose portal is slow must not stop the window.
        call = self._call("AddNotification", [_ID, content])
        QDBusPendingCallWatcher(call, self).finished.connect(self._answered)

    def _answered(self, watcher: "QDBusPendingCallWatcher") -> None:
        """Let the tray show what no portal has taken."""
        asked, self._asked = self._asked, None
        refused = watcher.isError()
        watcher.deleteLater()
        if not refused or asked is None:
            return
        if self._tray is not None and self.has_tray:
            self._tray.showMessage(*asked, QSystemTrayIcon.MessageIcon.NoIcon, _SHOWN_MS)
        else:
            _log.info("nobody took the reminder")

    def withdraw(self) -> None:
        """Take the message away, if it is still there."""
        if self._hears_portal:
            self._call("RemoveNotification", [_ID])

    def _hear_portal(self) -> None:
        from PySide6.QtDBus import QDBusConnection  # with the first reminder

        if not self._hears_portal:
            service, path, interface = _PORTAL
            bus = QDBusConnection.sessionBus()
            self._hears_portal = bus.isConnected() and bus.connect(  # type: ignore[call-overload]  # takes what SLOT returns, no bytes
                service,
                path,
                interface,
                "ActionInvoked",
                self,
                SLOT("hear(QString,QString,QVariantList)"),
            )

    def _call(self, method: str, arguments: list[object]) -> "QDBusPendingCall":
        from PySide6.QtDBus import QDBusConnection, QDBusMessage

        message = QDBusMessage.createMethodCall(*_PORTAL, method)
        message.setArguments(arguments)
        return QDBusConnection.sessionBus().asyncCall(message)

    @Slot(str, str, "QVariantList")
    def hear(self, identity: str, action: str, parameters: list[object]) -> None:
        """Hear from the portal what was pressed."""
        del action, parameters
        if identity == _ID:
            self.opened.emit()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.opened.emit()
