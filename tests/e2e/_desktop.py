"""A desktop for a test: a tray of the kind that today's desktops have, and its notifications.

    python _desktop.py [--deaf]

Speaks StatusNotifierWatcher, its host, and the notification service on the session bus. Prints
"ready", then one line of JSON for each thing that happens. It obeys lines on its standard input:

    menu              print the texts of the icon's menu
    choose TEXT       choose an entry of it
    activate          press the icon
    press ID ACTION   press a notification
    leave             give up the tray, as a panel does that ends

With --deaf there is a notification service and no tray.
"""

import contextlib
import json
import select
import sys
from collections.abc import Callable
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    Properties,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

WATCHER = "org.kde.StatusNotifierWatcher"
NOTICES = "org.freedesktop.Notifications"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
PROPERTIES = "org.freedesktop.DBus.Properties"
PATIENCE_S = 10.0
KNOWN = {
    "IsStatusNotifierHostRegistered": ("b", True),
    "ProtocolVersion": ("i", 0),
    "RegisteredStatusNotifierItems": ("as", []),
}


def say(**what: object) -> None:
    """Tell the test of something."""
    print(json.dumps(what), flush=True)


class Desktop:
    """One connection to the bus that answers as a desktop does."""

    def __init__(self, bus: DBusConnection, *, tray: bool) -> None:
        self._bus = bus
        self._item: DBusAddress | None = None
        self._menu: DBusAddress | None = None
        self._last_id = 0
        self._answers: dict[tuple[str, str], Callable[[Message], Message]] = {
            (NOTICES, "Notify"): self._notify,
            (NOTICES, "CloseNotification"): self._close,
            (NOTICES, "GetCapabilities"): self._tell_capabilities,
            (NOTICES, "GetServerInformation"): self._tell_server,
            (WATCHER, "RegisterStatusNotifierItem"): self._register,
            (PROPERTIES, "Get"): self._get,
            (PROPERTIES, "GetAll"): self._get_all,
        }
        for name in (NOTICES, *((WATCHER,) if tray else ())):
            bus.send_and_get_reply(message_bus.RequestName(name), timeout=PATIENCE_S)
        for rule in (
            MatchRule(type="signal", interface=ITEM),
            MatchRule(type="signal", member="NameOwnerChanged"),
        ):
            bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=PATIENCE_S)

    def hear(self, message: Message) -> None:
        """Answer a call, or tell of a signal."""
        fields = message.header.fields
        member = str(fields.get(HeaderFields.member, ""))
        if message.header.message_type is MessageType.method_call:
            key = (str(fields.get(HeaderFields.interface, "")), member)
            answer = self._answers.get(key)
            self._bus.send(answer(message) if answer else _unknown(message))
        elif member == "NameOwnerChanged" and self._item is not None:
            name, _, owner = message.body
            if name == self._item.bus_name and not owner:
                self._item = None
                say(icon_gone=True)

    def obey(self, line: str) -> None:
        """Do what the test wants."""
        word, _, rest = line.strip().partition(" ")
        if word == "menu":
            say(menu=[text for _, text in self._entries()])
        elif word == "choose":
            number = next(number for number, text in self._entries() if text == rest)
            self._call(self._menu, "Event", "isvu", (number, "clicked", ("i", 0), 0))
        elif word == "activate":
            self._call(self._item, "Activate", "ii", (0, 0))
        elif word == "press":
            pressed, _, action = rest.partition(" ")
            source = DBusAddress("/org/freedesktop/Notifications", interface=NOTICES)
            self._bus.send(new_signal(source, "ActionInvoked", "us", (int(pressed), action)))
        elif word == "leave":
            self._bus.send_and_get_reply(message_bus.ReleaseName(WATCHER), timeout=PATIENCE_S)

    # -- the tray

    def _register(self, message: Message) -> Message:
        sender = str(message.header.fields[HeaderFields.sender])
        (named,) = message.body
        service, path = (sender, named) if named.startswith("/") else (named, "/StatusNotifierItem")
        self._item = DBusAddress(path, bus_name=service, interface=ITEM)
        say(icon=service)
        return new_method_return(message)

    def _entries(self) -> list[tuple[int, str]]:
        assert self._item is not None, "there is no icon"
        asked = Properties(self._item).get("Menu")
        path = self._answered(asked)[0][1]
        self._menu = DBusAddress(path, bus_name=self._item.bus_name, interface=MENU)
        self._call(self._menu, "AboutToShow", "i", (0,))
        _, root = self._call(self._menu, "GetLayout", "iias", (0, -1, []))
        children = [child for _, child in root[2]]
        return [
            (number, str(properties["label"][1]).replace("_", ""))
            for number, properties, _ in children
            if "label" in properties
        ]

    def _call(
        self, at: DBusAddress | None, method: str, signature: str, body: tuple[object, ...]
    ) -> tuple[Any, ...]:
        assert at is not None
        return self._answered(new_method_call(at, method, signature, body))

    def _answered(self, call: Message) -> tuple[Any, ...]:
        # What the program asks meanwhile is answered: it may wait for that before it answers.
        serial = next(self._bus.outgoing_serial)
        self._bus.send(call, serial=serial)
        while True:
            message = self._bus.receive(timeout=PATIENCE_S)
            if message.header.fields.get(HeaderFields.reply_serial) != serial:
                self.hear(message)
                continue
            assert message.header.message_type is MessageType.method_return, message.body
            return tuple(message.body)

    def _get(self, message: Message) -> Message:
        interface, name = message.body
        if interface != WATCHER or name not in KNOWN:
            return _unknown(message)
        return new_method_return(message, "v", (KNOWN[name],))

    def _get_all(self, message: Message) -> Message:
        return new_method_return(message, "a{sv}", (KNOWN,))

    # -- the notifications

    def _notify(self, message: Message) -> Message:
        if message.header.fields.get(HeaderFields.signature) != "susssasa{sv}i":
            return _unknown(message)
        _, replaced, icon, title, body, actions, hints, _ = message.body
        self._last_id = replaced or self._last_id + 1
        say(
            notified=self._last_id,
            title=title,
            body=body,
            actions=actions,
            icon=icon,
            hints=sorted(hints),
        )
        return new_method_return(message, "u", (self._last_id,))

    def _close(self, message: Message) -> Message:
        say(closed=message.body[0])
        return new_method_return(message)

    def _tell_capabilities(self, message: Message) -> Message:
        return new_method_return(message, "as", (["body", "actions"],))

    def _tell_server(self, message: Message) -> Message:
        return new_method_return(message, "ssss", ("a desktop for tests", "us", "1", "1.2"))


def _unknown(message: Message) -> Message:
    return new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")


def main() -> int:
    with open_dbus_connection(bus="SESSION") as bus:
        desktop = Desktop(bus, tray="--deaf" not in sys.argv)
        print("ready", flush=True)
        while True:
            readable, _, _ = select.select([sys.stdin, bus.sock], [], [])
            if sys.stdin in readable:
                line = sys.stdin.readline()
                if not line:
                    return 0
                desktop.obey(line)
            # What one reading brought may be several messages.
            with contextlib.suppress(TimeoutError):
                while True:
                    desktop.hear(bus.receive(timeout=0))


if __name__ == "__main__":
    sys.exit(main())
