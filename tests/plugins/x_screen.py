"""A private X server with a screen that is a file, and a hand on its keyboard.

The libraries are called directly: libX11 and libXss come with the program's own needs, libXtst
with the sound server's.
"""

import ctypes
import os
import select
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

PATIENCE_S = 20.0
SIZE = (1280, 800)
LIBRARIES = ("libX11.so.6", "libXss.so.1", "libXtst.so.6")
_HEADER_WORDS = 25
_CLIENT_MESSAGE = 33
_COLOUR_BYTES = 12


def missing() -> str:
    """Return what has to be installed before a server can be started, or an empty text."""
    if shutil.which("Xvfb") is None:
        return "Xvfb"
    for name in LIBRARIES:
        try:
            ctypes.CDLL(name)
        except OSError:
            return name
    return ""


def _line(pipe: int) -> str:
    """Return the line that a server writes when it can be reached; "" when it ends before."""
    end = time.monotonic() + PATIENCE_S
    read = b""
    while not read.endswith(b"\n"):
        ready, _, _ = select.select([pipe], [], [], max(0.0, end - time.monotonic()))
        piece = os.read(pipe, 16) if ready else b""
        if not piece:
            return ""
        read += piece
    return read.decode().strip()


class _SaverInfo(ctypes.Structure):
    """XScreenSaverInfo of X11/extensions/scrnsaver.h."""

    _fields_ = (
        ("window", ctypes.c_ulong),
        ("state", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("til_or_since", ctypes.c_ulong),
        ("idle", ctypes.c_ulong),
        ("event_mask", ctypes.c_ulong),
    )


class _Attributes(ctypes.Structure):
    """The beginning of XWindowAttributes of X11/Xlib.h, with room for what follows."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("x", "y", "width", "height", "border", "depth")),
        ("rest", ctypes.c_byte * 512),
    )


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent of X11/Xlib.h, as long as the longest event."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 12),
    )


class Screen:
    """One X server; its picture is read from the file in which it keeps it.

    Args:
        folder: an empty directory of the test.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "Xvfb_screen0"
        reader, writer = os.pipe()
        with (folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [
                    *("Xvfb", "-displayfd", str(writer), "-nolisten", "tcp", "-br"),
                    *("-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-fbdir", str(folder)),
                ],
                pass_fds=[writer],
                stdout=log,
                stderr=log,
            )
        os.close(writer)
        try:
            number = _line(reader)
        finally:
            os.close(reader)
        if not number:
            self._end()
            raise RuntimeError(f"Xvfb did not start: {(folder / 'log').read_text()[-500:]}")
        self.name = f":{number}"
        self._x11, self._saver, self._test = map(ctypes.CDLL, LIBRARIES)
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x11.XStringToKeysym.restype = ctypes.c_ulong
        opened = self._x11.XOpenDisplay(self.name.encode())
        if not opened:
            self._end()
            raise RuntimeError("Xvfb does not answer")
        self._display = ctypes.c_void_p(opened)

    def picture(self) -> NDArray[np.uint32]:
        """Return the screen: height by width colours as 0xRRGGBB."""
        raw = self._file.read_bytes()
        header = np.frombuffer(raw, dtype=">u4", count=_HEADER_WORDS)
        height, line_bytes = int(header[5]), int(header[12])
        begin = int(header[0]) + int(header[19]) * _COLOUR_BYTES
        pixels = np.frombuffer(raw, dtype="<u4", offset=begin, count=height * line_bytes // 4)
        shown = pixels.reshape(height, line_bytes // 4)[:, : int(header[4])]
        return shown & np.uint32(0xFFFFFF)

    def press(self, *keys: str) -> None:
        """Press keys one after the other and release them, the last one first.

        Args:
            keys: named as in X11/keysymdef.h; all but the last are held meanwhile.
        """
        codes = [self._code(key) for key in keys]
        for down, order in ((1, codes), (0, codes[::-1])):
            for code in order:
                self._test.XTestFakeKeyEvent(self._display, code, down, ctypes.c_ulong(0))
        self._x11.XSync(self._display, 0)

    def _code(self, key: str) -> int:
        code = self._x11.XKeysymToKeycode(
            self._display, ctypes.c_ulong(self._x11.XStringToKeysym(key.encode()))
        )
        if not code:
            raise ValueError(f"there is no key {key}")
        return int(code)

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Press and release a button of the mouse at a place of the screen.

        Args:
            x: pixels from the left.
            y: pixels from the top.
            button: 1 to 3 from the left; 4 and 5 are a turn of the wheel up and down.
        """
        self.drag((x, y), button=button)

    def drag(self, *places: tuple[int, int], button: int = 1) -> None:
        """Press a button at the first place and release it at the last, by way of the others."""
        nothing = ctypes.c_ulong(0)
        for number, (x, y) in enumerate(places):
            self._test.XTestFakeMotionEvent(self._display, -1, x, y, nothing)
            if number == 0:
                self._test.XTestFakeButtonEvent(self._display, button, 1, nothing)
        self._test.XTestFakeButtonEvent(self._display, button, 0, nothing)
        self._x11.XSync(self._display, 0)

    def resize(self, window: int, width: int, height: int) -> None:
        """Ask for another size of a window, as dragging its frame does."""
        self._x11.XResizeWindow(self._display, ctypes.c_ulong(window), width, height)
        self._x11.XSync(self._display, 0)

    def close_window(self) -> None:
        """Ask the largest window to close, as the cross in its frame does."""
        self.close(self._largest_window())

    def close(self, window: int) -> None:
        """Ask a window to close, as the cross in its frame does."""
        asked = _ClientMessage(type=_CLIENT_MESSAGE, window=window, format=32)
        asked.message_type = self._atom("WM_PROTOCOLS")
        asked.data[0] = self._atom("WM_DELETE_WINDOW")
        self._x11.XSendEvent(
            self._display, ctypes.c_ulong(asked.window), 0, ctypes.c_long(0), ctypes.byref(asked)
        )
        self._x11.XSync(self._display, 0)

    def _largest_window(self) -> int:
        root = ctypes.c_ulong(self._x11.XDefaultRootWindow(self._display))
        children = ctypes.POINTER(ctypes.c_ulong)()
        count, other = ctypes.c_uint(), ctypes.c_ulong()
        self._x11.XQueryTree(
            *(self._display, root, ctypes.byref(other), ctypes.byref(other)),
            *(ctypes.byref(children), ctypes.byref(count)),
        )
        windows = children[: count.value]
        self._x11.XFree(children)
        return int(max(windows, key=self._area))

    def _area(self, window: int) -> int:
        found = _Attributes()
        self._x11.XGetWindowAttributes(self._display, ctypes.c_ulong(window), ctypes.byref(found))
        return int(found.width * found.height)

    def _atom(self, name: str) -> int:
        self._x11.XInternAtom.restype = ctypes.c_ulong
        return int(self._x11.XInternAtom(self._display, name.encode(), 0))

    def blank_after(self, seconds: int) -> None:
        """Let the screen saver blank the screen after so long without a key."""
        self._x11.XSetScreenSaver(self._display, seconds, 0, 1, 1)
        self._x11.XSync(self._display, 0)

    def idle_s(self) -> float:
        """Return how long no key was pressed."""
        return float(self._info().idle) / 1_000

    def is_blank(self) -> bool:
        """Tell whether the screen saver has taken the screen."""
        return bool(self._info().state == 1)

    def _info(self) -> _SaverInfo:
        info = _SaverInfo()
        root = ctypes.c_ulong(self._x11.XDefaultRootWindow(self._display))
        if not self._saver.XScreenSaverQueryInfo(self._display, root, ctypes.byref(info)):
            raise RuntimeError("the server has no screen saver")
        return info

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._x11.XCloseDisplay(self._display)
        self._end()
