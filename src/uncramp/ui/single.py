"""One window for each user and data folder: a second start only raises the first.

The socket lies in a folder that only the user may enter, and both sides ask the system whose
program the other one is: nobody else on the machine can take a start's place, or hear it.
"""

import contextlib
import getpass
import hashlib
import os
import socket
import stat
import struct
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from uncramp.coach.places import Places

_PATIENCE_MS = 1_000
_LONGEST_MESSAGE = 5_000
_LONGEST_NAME = 100
"""Bytes: the systems allow 104 or 108."""


class SingleInstance(QObject):
    """Listens for later starts.

    Signals:
        message_received: what a later start wants, or "" to be raised.
    """

    message_received = Signal(str)

    def __init__(self, places: Places, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places = tuple(socket_places(places))
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)

    def hand_over(self, message: str) -> bool:
        """Give `message` to the program that runs already; False when there is none of the user."""
        return any(_handed_over(str(place), message) for place in self._places if _is_safe(place))

    def listen(self) -> None:
        """Be the one. A socket left over by a program that was killed is taken over."""
        for place in self._places:
            if os.name == "posix":
                with contextlib.suppress(OSError):
                    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if _is_safe(place) and self._listens(str(place)):
                return

    def _listens(self, name: str) -> bool:
        if not self._server.listen(name):
            QLocalServer.removeServer(name)
            self._server.listen(name)
        return self._server.isListening()

    def close(self) -> None:
        """Let a later start be the one."""
        self._server.close()

    def _accept(self) -> None:
        connection = self._server.nextPendingConnection()
        if connection is None:
            return
        connection.setParent(self)
        connection.disconnected.connect(connection.deleteLater)
        if is_of_this_user(int(connection.socketDescriptor())):
            connection.readyRead.connect(self._read)
        else:
            connection.abort()

    def _read(self) -> None:
        connection = self.sender()
        if isinstance(connection, QLocalSocket) and connection.canReadLine():
            raw = connection.readLine(_LONGEST_MESSAGE + 2).data()
            self.message_received.emit(bytes(raw).decode("utf-8", "replace").strip())


def socket_places(places: Places, environment: Mapping[str, str] = os.environ) -> Iterator[Path]:
    """Yield where the socket may lie, best first; a later start looks at all of them.

    Args:
        places: the data folder gives the name, so that each has a window of its own.
        environment: with XDG_RUNTIME_DIR, which the system clears when the user logs out.
    """
    name = hashlib.sha256(f"{getpass.getuser()}\n{places.data}".encode()).hexdigest()[:16]
    if os.name != "posix":
        yield Path(f"uncramp-{name}")  # a pipe, which has no folder; Qt lets only its user in
        return
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    if runtime and Path(runtime).is_dir():
        yield Path(runtime, "uncramp", name)
    yield places.cache / "run" / name
    yield Path(tempfile.gettempdir(), f"uncramp-{os.getuid()}", name)


def _is_safe(place: Path) -> bool:
    """Whether the folder is there and only the user may enter it, and the name is short enough."""
    if os.name != "posix":
        return True
    try:
        state = place.parent.lstat()
    except OSError:
        return False
    is_own = stat.S_ISDIR(state.st_mode) and state.st_uid == os.getuid()
    is_private = is_own and not stat.S_IMODE(state.st_mode) & 0o077
    return is_private and len(os.fsencode(place)) <= _LONGEST_NAME


def is_of_this_user(descriptor: int) -> bool:
    """Whether the program at the other end of a socket is run by the same user.

    Only Linux is asked; elsewhere the folder of the socket, or the pipe's own rights, keep
    others out.
    """
    if sys.platform != "linux":
        return True
    try:
        with socket.socket(fileno=os.dup(descriptor)) as peer:
            raw = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    except OSError:
        return False
    _, user, _ = struct.unpack("3i", raw)
    return bool(user == os.getuid())


def _handed_over(name: str, message: str) -> bool:
    connection = QLocalSocket()
    connection.connectToServer(name)
    if not connection.waitForConnected(_PATIENCE_MS):
        return False
    if not is_of_this_user(int(connection.socketDescriptor())):
        return False
    connection.write(message.encode()[:_LONGEST_MESSAGE] + b"\n")
    connection.waitForBytesWritten(_PATIENCE_MS)
    connection.disconnectFromServer()
    return True
