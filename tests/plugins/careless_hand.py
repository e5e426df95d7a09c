"""A hand that knows no care, at the real window on a private X server.

Its events are those of a mouse and a keyboard. First it walks through all rooms, presses each
button and chooses each entry of each list; then it does what chance says. What it did last is told
when the program ends by itself, makes a mistake, or answers no more.
"""

import json
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from x_screen import SIZE, Screen

HERE = Path(__file__).resolve().parent
ROOMS: Final = 9
PATIENCE_S: Final = 60.0
_RETURNS: Final = 12
"""So often a page is gone to again that has something new."""
_AWAY: Final = ("Leave", "Back", "Done", "Cancel", "Close")
_MOST_AT_ONCE: Final = 60
_IDLE_ROUNDS: Final = 2
_SCREENS: Final = 4
"""So many times what is seen of a page is scrolled through."""
_KEYS: Final = (
    *("Tab", "Tab", "Return", "space", "Escape", "Up", "Down", "Left", "Right", "Page_Up"),
    *("Page_Down", "Home", "End", "Delete", "BackSpace", "F9", "F11", "c", "r", "x", "n", "y"),
    *("p", "plus", "slash", "1", "2", "6", "0"),
)
_HELD: Final = (
    *(("Control_L", str(number)) for number in range(1, ROOMS + 1)),
    *(("Control_L", key) for key in ("n", "s", "z", "y", "f", "a", "c", "v")),
    *(("Shift_L", "Tab"), ("Alt_L", "Up"), ("Alt_L", "Down"), ("Control_L", "Return")),
)
_LETTERS: Final = ("a", "b", "e", "space", "1", "7", "comma", "period", "colon", "minus", "Z")
_SIZES: Final = ((720, 520), (900, 640), (1200, 760), (1270, 790), (800, 790))


Key = tuple[str, str, str]
"""Where a widget is, of which class, and what it is called."""


class MonkeyError(Exception):
    """The program died, made a mistake or hangs; the message says after what."""


@dataclass
class Counts:
    """What was done.

    Attributes:
        actions: presses, turns, drags and typed words.
        starts: of the program.
        rss_kb: memory held, by seconds since the start of the program that is running.
    """

    actions: int = 0
    starts: int = 0
    rss_kb: list[tuple[float, int]] = field(default_factory=list)


class Monkey:
    """One hand at one program.

    Args:
        data: the folder of the journal.
        folder: an empty one, for the server and all that is written.
        seed: of chance.
        environment: of the program.
    """

    def __init__(self, data: Path, folder: Path, seed: int, environment: Mapping[str, str]) -> None:
        self.counts = Counts()
        self._data, self._folder, self._seed = data, folder, seed
        self._chance = random.Random(seed)
        self._last: deque[str] = deque(maxlen=20)
        self._times: Counter[Key] = Counter()
        self._leads: dict[Key, str] = {}
        self._exhausted: set[str] = set()
        (folder / "screen").mkdir()
        self._screen = Screen(folder / "screen")
        self._environment = {**environment, "DISPLAY": self._screen.name}
        self._manager: subprocess.Popen[bytes] | None = None
        if shutil.which("openbox") is not None:
            self._manager = subprocess.Popen(
                ["openbox", "--sm-disable"],
                env=self._environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._program: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._begun = 0.0
        self._start()

    # -- the program

    def _start(self) -> None:
        if self._line is not None:
            self._line.close()
        port = self._folder / "port"
        port.unlink(missing_ok=True)
        self._errors = self._folder / f"errors-{self.counts.starts}.txt"
        with self._errors.open("wb") as errors:
            self._program = subprocess.Popen(
                [sys.executable, str(HERE / "watched_window.py"), str(self._data), str(port)],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
                cwd=self._folder,
            )
        self.counts.starts += 1
        self._begun = time.monotonic()
        self.counts.rss_kb = []
        end = self._begun + PATIENCE_S
        while not port.exists():
            self._check_alive()
            if time.monotonic() > end:
                raise MonkeyError(self._report("The window does not come."))
            time.sleep(0.05)
        self._line = socket.create_connection(("127.0.0.1", int(port.read_text())), PATIENCE_S)
        while not self._look()["room"]:
            time.sleep(0.05)

    def _check_alive(self) -> None:
        assert self._program is not None
        code = self._program.poll()
        errors = self._errors.read_text(encoding="utf-8", errors="replace")
        if "Traceback" in errors or "Fatal" in errors:
            raise MonkeyError(self._report(f"A mistake:\n{errors[-4000:]}"))
        if code is not None and code != 0:
            fatal = self._data / "cache" / "fatal.log"
            trace = fatal.read_text(errors="replace")[-3000:] if fatal.exists() else ""
            raise MonkeyError(self._report(f"The program ended with {code}.\n{errors}\n{trace}"))

    def _look(self) -> dict[str, Any]:
        """Return what is on the screen, once all that was done has been handled."""
        assert self._line is not None
        for _ in range(2):  # the second answer comes after what the first one let happen
            try:
                self._line.sendall(b"?\n")
                answer = b""
                while not answer.endswith(b"\n"):
                    piece = self._line.recv(1 << 16)
                    if not piece:
                        raise ConnectionError
                    answer += piece
            except TimeoutError as error:
                raise MonkeyError(self._report("The window does not answer any more.")) from error
            except OSError:
                self._open_again()
                return self._look()
        seen: dict[str, Any] = json.loads(answer)
        if not seen["active"] and not seen["popup"]:
            # The hand has missed the window; it takes hold of its title again.
            left, top, width, _ = seen["frame"]
            self._screen.click(left + width // 3, max(2, top - 10))
        self.counts.rss_kb.append((time.monotonic() - self._begun, seen["rss_kb"]))
        return seen

    def _open_again(self) -> None:
        """Go on with a new program where the old one was closed; what ended otherwise is told."""
        assert self._program is not None
        try:
            self._program.wait(PATIENCE_S)
        except subprocess.TimeoutExpired as error:
            raise MonkeyError(self._report("The window is gone and the program stays.")) from error
        self._check_alive()
        self._note("closed and opened")
        self._start()

    def _report(self, what: str) -> str:
        last = "\n".join(f"  {action}" for action in self._last)
        return (
            f"{what}\nThe last of {self.counts.actions} actions:\n{last}\n"
            f"Again with: python3 dev.py bench monkey MINUTES {self._seed}"
        )

    def _note(self, action: str) -> None:
        self._last.append(action)
        self.counts.actions += 1

    # -- the walk

    def walk(self, rooms: Sequence[int] = tuple(range(1, ROOMS))) -> int:
        """Press every button of the rooms and choose every entry of their lists; return how many.

        What a button leads to is walked through before what stands beside it.

        Args:
            rooms: their numbers in the rail.
        """
        for room in rooms:
            idle = 0
            while idle < _IDLE_ROUNDS:
                seen = self._come_to(room)
                idle = 0 if self._walk_on(seen) else idle + 1
        return len(self._times)

    def _walk_on(self, seen: dict[str, Any]) -> bool:
        """Press what is new here, and on each page that this leads to; tell whether any was."""
        pressed = False
        for _ in range(_MOST_AT_ONCE):
            widget = self._next(seen)
            if widget is None:
                self._exhausted.add(seen["place"])
                return pressed
            pressed = True
            key = _key_of(seen, widget)
            self._times[key] += 1
            if widget["kind"] == "QComboBox":
                self._choose_each(widget)
            else:
                self._click(widget)
            seen = self._look()
            self._check_alive()
            if seen["popup"]:
                self._key("Down")
                self._key("Return")
                seen = self._look()
            if seen["place"] != key[0]:
                self._leads[key] = seen["place"]
        return pressed

    def _next(self, seen: dict[str, Any]) -> dict[str, Any] | None:
        """Return something new to be pressed here, or what leads to where something is new.

        What leads away comes last; what is below the edge after what is seen.
        """
        again: list[dict[str, Any]] = []
        for turn in range(_SCREENS):
            usable: list[dict[str, Any]] = [
                widget for widget in seen["widgets"] if _is_pressable(widget)
            ]
            fresh = [widget for widget in usable if not self._times[_key_of(seen, widget)]]
            fresh.sort(key=_leads_away)
            if fresh and not _leads_away(fresh[0]):
                return fresh[0]
            again += fresh
            again += [widget for widget in usable if self._leads_to_more(_key_of(seen, widget))]
            if again and turn + 1 == _SCREENS:
                break
            left, top, width, height = seen["frame"]
            for _ in range(5):
                self._screen.click(left + width * 2 // 3, top + height // 2, button=5)
            seen = self._look()
        here = {_key_of(seen, widget): widget for widget in seen["widgets"]}
        return next((here[key] for widget in again if (key := _key_of(seen, widget)) in here), None)

    def _leads_to_more(self, key: "Key") -> bool:
        place = self._leads.get(key)
        return place is not None and place not in self._exhausted and self._times[key] < _RETURNS

    def _choose_each(self, widget: dict[str, Any]) -> None:
        """Choose each entry of a list by keys, of a long one only some."""
        for entry in range(widget["entries"]):
            if entry > 6 and entry % 7:
                continue
            here = self._look()["widgets"]
            same = [
                other
                for other in here
                if (other["class"], other["name"]) == (widget["class"], widget["name"])
            ]
            if not same:
                return
            self._click(same[0])
            self._look()
            self._key("Home")
            for _ in range(entry):
                self._key("Down")
            self._key("Return")
            self._look()

    def _come_to(self, room: int) -> dict[str, Any]:
        """Go to a room, out of whatever page, list or session is open."""
        for tries in range(12):
            seen = self._look()
            if not seen["popup"] and not seen["page"]:
                self._key("Control_L", str(room))
                return self._look()
            ways = sorted(filter(_leads_away, seen["widgets"]), key=_way)
            if tries % 3 == 2 and ways and not seen["popup"]:
                self._click(ways[0])  # it asks first what becomes of what is not saved
            else:
                self._key("Escape")
        raise MonkeyError(self._report(f"Esc leads out of nothing: {seen['page'] or 'a list'}"))

    # -- chance

    def play(self, seconds: float) -> None:
        """Do what chance says for some time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            seen = self._look()
            self._check_alive()
            self._act(seen)
            # What a clock does comes in between; nobody presses a thousand keys a second.
            time.sleep(self._chance.random() * (1.0 if self._chance.random() < 0.03 else 0.05))
        self._look()
        self._check_alive()

    def _act(self, seen: dict[str, Any]) -> None:
        chance = self._chance
        widgets = [one for one in seen["widgets"] if min(one["rect"][2:]) > 4]
        left, top, width, height = seen["frame"]
        place = (left + chance.randrange(max(1, width)), top + chance.randrange(max(1, height)))
        dice = chance.random()
        if widgets and dice < 0.5:
            self._click(chance.choice(widgets), twice=chance.random() < 0.1)
        elif dice < 0.6:
            self._note(f"click at {place}")
            self._screen.click(*place)
        elif dice < 0.66:
            button = chance.choice((4, 5))
            self._note(f"wheel {button} at {place}")
            for _ in range(chance.randrange(1, 6)):
                self._screen.click(*place, button=button)
        elif dice < 0.7:
            to = (left + chance.randrange(max(1, width)), top + chance.randrange(max(1, height)))
            self._note(f"drag from {place} to {to}")
            middle = ((place[0] + to[0]) // 2, (place[1] + to[1]) // 2)
            self._screen.drag(place, middle, to)
        elif dice < 0.86:
            self._key(chance.choice(_KEYS))
        elif dice < 0.93:
            self._key(*chance.choice(_HELD))
        elif dice < 0.97:
            for _ in range(chance.randrange(1, 8)):
                self._key(chance.choice(_LETTERS))
        elif dice < 0.9997:
            size = chance.choice(_SIZES)
            self._note(f"size {size}")
            self._screen.resize(seen["window"], *size)
        else:
            self._note("close")
            self._screen.close(seen["window"])

    # -- the hand

    def _click(self, widget: dict[str, Any], *, twice: bool = False) -> None:
        left, top, width, height = widget["rect"]
        x = min(max(0, left + width // 2), SIZE[0] - 1)
        y = min(max(0, top + height // 2), SIZE[1] - 1)
        if widget["kind"] in {"QAbstractItemView", "QMenu", "QPlainTextEdit"}:
            x = left + self._chance.randrange(max(1, width))
            y = top + self._chance.randrange(max(1, height))
        self._note(f"{'double ' if twice else ''}click {widget['class']} {widget['name']!r}")
        for _ in range(1 + twice):
            self._screen.click(x, y)

    def _key(self, *keys: str) -> None:
        self._note("key " + "+".join(keys))
        self._screen.press(*keys)

    # -- the end

    def kill(self) -> None:
        """End the program as a fault would."""
        assert self._program is not None
        self._program.kill()
        self._program.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._line is not None:
            self._line.close()
        for process in (self._program, self._manager):
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()
        self._screen.__exit__(kind, error, trace)


def _key_of(seen: Mapping[str, Any], widget: Mapping[str, Any]) -> Key:
    return seen["place"], widget["class"], widget["name"]


def _is_pressable(widget: Mapping[str, Any]) -> bool:
    in_rail = widget["class"] == "_RailButton"
    usable = widget["kind"] in {"QComboBox", "QAbstractButton"}
    return usable and not in_rail and min(widget["rect"][2:]) > 4


def _way(widget: Mapping[str, Any]) -> int:
    """Return how soon this way out is tried."""
    name = str(widget["name"])
    return next(number for number, word in enumerate(_AWAY) if name.startswith(word))


def _leads_away(widget: Mapping[str, Any]) -> bool:
    return str(widget["name"]).startswith(_AWAY)


def stranger_to_sound(home: Path) -> dict[str, str]:
    """Return the environment of somebody without a desktop or a sound server."""
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "TMPDIR"}}
    return {
        **kept,
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(HERE.parents[1] / "src"),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={home}/no-bus",
        "PULSE_SERVER": f"unix:{home}/no-sound",
    }
