"""Speaks texts that were not rendered ahead: the user's own exercise names and cues.

Needs the optional package hibari; it speaks on the processor, without a network, and the same
text always gives the same samples.
"""

import atexit
import contextlib
import hashlib
import importlib.util
import logging
import os
import threading
import wave
from array import array
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from uncramp.sound.clip import RATE_HZ
from uncramp.sound.speech import finished_prompt

VOICE = "heart"
SEED = 0
SPEED = 0.93
"""A little slower than the voice by itself: it is heard from three metres away."""
LONGEST_TEXT = 240
"""Characters; about fifteen seconds, more than any cue has time for."""
MOST_FILES = 400

_EXIT_S = 2.0
_log = logging.getLogger(__name__)

Say = Callable[[str], "array[int]"]
"""Speak a text: a finished prompt, signed 16-bit mono at 48 kHz.

Raises a ValueError when there is nothing to be heard, an OSError when the voice cannot be read.
"""


class _Spoken(Protocol):
    """The voice's samples, as numpy has them."""

    def tolist(self) -> list[float]: ...


class _Engine(Protocol):
    """The voice, as far as it is used here."""

    def __call__(self, text: str, *, speed: float, seed: int) -> _Spoken: ...


def voice_is_installed() -> bool:
    """Tell whether texts can be spoken on demand; nothing is loaded for it."""
    return importlib.util.find_spec("hibari") is not None


class Speech:
    """The voice, loaded at the first text."""

    def __init__(self) -> None:
        self._engine: _Engine | None = None

    def say(self, text: str) -> "array[int]":
        """Return `text` as a finished prompt.

        Raises:
            ValueError: there is nothing to be heard.
            ImportError: the voice is not installed.
        """
        if self._engine is None:
            from hibari import Hibari  # half a second and numpy: only when a text is to be spoken

            self._engine = Hibari(voice=VOICE, threads=1)
        return finished_prompt(self._engine(text, speed=SPEED, seed=SEED).tolist())


class SpeechCache:
    """Spoken texts as files in a folder, made in a thread of its own.

    Args:
        folder: where the files are; made when first needed. None: nothing is spoken on demand.
        say: how a text is spoken; None for the installed voice, if any.
    """

    def __init__(self, folder: Path | None, say: Say | None = None) -> None:
        self._folder = folder
        self._say = say
        self._wanted: deque[str] = deque()
        self._asked: set[str] = set()
        self._found: dict[str, Path] = {}
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None
        self._leave = threading.Event()

    def path(self, text: str) -> Path | None:
        """Return the file with `text`, or None as long as there is none."""
        if self._folder is None:
            return None
        known = self._found.get(text)
        if known is None:
            candidate = self._path_of(text)
            if not candidate.is_file():
                return None
            known = self._found[text] = candidate
        return known

    def duration_s(self, text: str) -> float | None:
        """Return the length of the spoken text, or None as long as there is none."""
        path = self.path(text)
        if path is None:
            return None
        try:
            with wave.open(str(path), "rb") as file:
                return file.getnframes() / RATE_HZ
        except (OSError, EOFError, wave.Error):
            return None

    def request(self, texts: Iterable[str]) -> None:
        """Begin to speak those of `texts` that have no file; returns at once."""
        if self._folder is None or (self._say is None and not voice_is_installed()):
            return
        with self._lock:
            for text in texts:
                if text not in self._asked and 0 < len(text) <= LONGEST_TEXT:
                    self._asked.add(text)
                    self._wanted.append(text)
            if self._wanted and self._worker is None and not self._leave.is_set():
                # The voice must not be at work while Python goes down around it.
                atexit.register(self.close)
                self._worker = threading.Thread(target=self._run, name="uncramp-voice", daemon=True)
                self._worker.start()

    def close(self) -> None:
        """End the work after the text at hand."""
        self._leave.set()
        worker = self._worker
        if worker is not None:
            worker.join(_EXIT_S)
        atexit.unregister(self.close)

    def _path_of(self, text: str) -> Path:
        digest = hashlib.sha256(f"{VOICE} {SEED} {SPEED}\n{text}".encode()).hexdigest()
        if self._folder is None:
            raise ValueError("no folder for spoken texts")
        return self._folder / f"{digest[:32]}.wav"

    def _next(self) -> str | None:
        with self._lock:
            if self._wanted and not self._leave.is_set():
                return self._wanted.popleft()
            self._worker = None
            return None

    def _run(self) -> None:
        say = self._say or Speech().say
        while (text := self._next()) is not None:
            if self.path(text) is not None:
                continue
            try:
                _write_wave(self._path_of(text), say(text))
            except Exception:  # noqa: BLE001  # whatever a third voice stumbles over, chimes remain
                _log.warning("cannot speak %r", text, exc_info=True)
        self._remove_oldest()

    def _remove_oldest(self) -> None:
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            files = sorted(self._folder.glob("*.wav"), key=_age)
            for path in files[:-MOST_FILES]:
                path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    return path.stat().st_mtime


def _write_wave(path: Path, samples: "array[int]") -> None:
    """Write `samples` so that the file is there either whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    try:
        with wave.open(str(unfinished), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(samples.tobytes())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
