"""A notification portal for a test: says what it is asked, and presses what it is told to.

    python _portal.py [ACTION]

Prints "ready", then one line of JSON for each notification, and answers each with ACTION. It
obeys lines on its standard input: "press ACTION" presses the last one.
"""

import json
import sys

from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QSocketNotifier, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage

INTERFACE = "org.freedesktop.portal.Notification"
PATH = "/org/freedesktop/portal/desktop"


@ClassInfo({"D-Bus Interface": INTERFACE})  # type: ignore[call-arg]
class Portal(QObject):  # type: ignore[operator]
    """The one object of the service."""

    last = ""

    @Slot(str, "QVariantMap")
    def AddNotification(self, identity: str, content: dict[str, object]) -> None:  # noqa: N802
        shown = {key: str(content.get(key)) for key in ("title", "body")}
        print(json.dumps({"id": identity, **shown}), flush=True)
        self.last = identity
        if sys.argv[1:]:
            self.press(sys.argv[1])

    def press(self, action: str) -> None:
        answer = QDBusMessage.createSignal(PATH, INTERFACE, "ActionInvoked")
        answer.setArguments([self.last, action, []])
        QDBusConnection.sessionBus().send(answer)

    def obey(self) -> None:
        line = sys.stdin.readline()
        if line:
            self.press(line.split()[1])
        else:
            QCoreApplication.quit()

    @Slot(str)
    def RemoveNotification(self, identity: str) -> None:  # noqa: N802
        print(json.dumps({"removed": identity}), flush=True)


def main() -> int:
    application = QCoreApplication(sys.argv)
    bus = QDBusConnection.sessionBus()
    portal = Portal()
    bus.registerObject(PATH, portal, QDBusConnection.RegisterOption.ExportAllSlots)
    if not bus.registerService("org.freedesktop.portal.Desktop"):
        return 1
    told = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    told.activated.connect(portal.obey)
    print("ready", flush=True)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
