"""The program as it is, with an eye inside that tells where its widgets are.

    python watched_window.py DATA PORT_FILE

For each line that comes in over a local socket, the eye answers with one line of JSON. It is asked
in the loop of the window, so an answer also says that everything before it has been handled. No
dialog for files opens: the answers lead into the folder of the data, where a hand that knows no
care can do no harm.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtNetwork import QHostAddress, QTcpServer, QTcpSocket
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from uncramp.coach.places import find_places
from uncramp.ui import main as program
from uncramp.ui.page import Page
from uncramp.ui.window import MainWindow

Known = dict[str, object]
KINDS: tuple[type[QWidget], ...] = (
    *(QComboBox, QAbstractButton, QAbstractItemView, QMenu, QLineEdit, QPlainTextEdit),
    *(QAbstractSpinBox, QAbstractSlider),
)


def main() -> int:
    """Run the program until it is closed."""
    data, port_file = Path(sys.argv[1]), Path(sys.argv[2])
    lead_dialogs_into(data.parent)
    show = MainWindow.showEvent
    eyes: list[Eye] = []

    def showEvent(window: MainWindow, event: object) -> None:  # noqa: N802  # Qt's name
        show(window, event)  # type: ignore[arg-type]  # what Qt gives
        if not eyes:
            eyes.append(Eye(window, port_file))

    MainWindow.showEvent = showEvent  # type: ignore[method-assign,assignment]
    return program.run(find_places(data))


def lead_dialogs_into(folder: Path) -> None:
    """Answer every question for a file with one below a folder."""
    QFileDialog.getSaveFileName = _answer(str(folder / "written"))  # type: ignore[method-assign]
    QFileDialog.getOpenFileName = _answer(str(folder / "written"))  # type: ignore[method-assign]
    QFileDialog.getOpenFileNames = _answer([str(folder)])  # type: ignore[method-assign]
    QFileDialog.getExistingDirectory = _folder(str(folder))  # type: ignore[method-assign]


def _answer(chosen: object) -> staticmethod:  # type: ignore[type-arg]
    def ask(*_: object, **__: object) -> tuple[object, str]:
        return chosen, ""

    return staticmethod(ask)


def _folder(chosen: str) -> staticmethod:  # type: ignore[type-arg]
    def ask(*_: object, **__: object) -> str:
        return chosen

    return staticmethod(ask)


class Eye(QObject):
    """Answers what is on the screen."""

    def __init__(self, window: QWidget, port_file: Path) -> None:
        super().__init__(window)
        self._window = window
        self._socket: QTcpSocket | None = None
        self._server = QTcpServer(self)
        self._server.newConnection.connect(self._welcome)
        self._server.listen(QHostAddress.SpecialAddress.LocalHost)
        new = port_file.with_suffix(".new")
        new.write_text(str(self._server.serverPort()), encoding="ascii")
        new.replace(port_file)

    def _welcome(self) -> None:
        self._socket = self._server.nextPendingConnection()
        self._socket.readyRead.connect(self._tell)

    def _tell(self) -> None:
        assert self._socket is not None
        while self._socket.canReadLine():
            self._socket.readLine()
            self._socket.write(json.dumps(self._seen()).encode() + b"\n")

    def _seen(self) -> Known:
        popup = QApplication.activePopupWidget()
        tops = [popup] if popup is not None else QApplication.topLevelWidgets()
        focused = QApplication.focusWidget()
        shown = [widget for top in tops if top.isVisible() for widget in widgets_of(top)]
        window = self._window
        stack = getattr(window, "stack", None)
        rooms = getattr(window, "_rooms", None)
        return {
            "widgets": [known(widget) for widget in shown],
            "popup": popup is not None,
            "window": int(window.winId()),
            "frame": rectangle(QRect(window.mapToGlobal(QPoint()), window.size())),
            "page": type(stack.page).__name__ if stack is not None and stack.page else "",
            "room": rooms.shown if rooms is not None else "",
            "place": " ".join(
                type(page).__name__ for page in window.findChildren(Page) if page.isVisible()
            ),
            "focus": type(focused).__name__ if focused is not None else "",
            "active": window.isActiveWindow(),
            "rss_kb": resident_kb(),
        }


def widgets_of(top: QWidget) -> Iterator[QWidget]:
    """Yield what can be used of a window."""
    for widget in (top, *top.findChildren(QWidget)):
        if isinstance(widget, KINDS) and widget.isVisible() and widget.isEnabled():
            yield widget


def known(widget: QWidget) -> Known:
    """Return what a hand has to know of a widget; the place is what is seen of it."""
    seen = widget.visibleRegion().boundingRect()
    kind = next(kind.__name__ for kind in KINDS if isinstance(widget, kind))
    return {
        "kind": kind,
        "class": type(widget).__name__,
        "name": widget.accessibleName() or widget.objectName() or str(widget.property("text")),
        "entries": widget.count() if isinstance(widget, QComboBox) else 0,
        "rect": rectangle(QRect(widget.mapToGlobal(seen.topLeft()), seen.size())),
    }


def rectangle(place: QRect) -> tuple[int, int, int, int]:
    """Return left, top, width and height."""
    return place.x(), place.y(), place.width(), place.height()


def resident_kb() -> int:
    """Return the memory that the program holds, in kB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


if __name__ == "__main__":
    sys.exit(main())
