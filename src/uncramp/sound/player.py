"""Cues through the system's own players, where the sound device itself cannot be opened.

A player is a process for each cue and comes some hundredths of a second late, but it is better
than silence.
"""

import contextlib
import logging
import subprocess
import tempfile
import threading
import time
import wave
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.sound.clip import RATE_HZ
from uncramp.sound.mixer import Cue, Mixer

_LOOK_S = 0.02
_PATIENCE_S = 2.0
_AGAIN_NS = 5_000_000_000
_SILENCE_FRAMES = RATE_HZ // 20

_log = logging.getLogger(__name__)


class Process(Protocol):
    """A player at work, as `subprocess.Popen` has it."""

    def poll(self) -> int | None:
        """Return None as long as it plays, else its exit code."""
        ...

    def terminate(self) -> None:
        """Stop it."""
        ...


Play = Callable[[Path], Process]
"""Begin to play a WAV file and return at once.

Raises an OSError or a RuntimeError where there is no player.
"""


def play_with_playsound3(path: Path) -> Process:
    """Begin to play with the first player that playsound3 finds.

    Raises:
        OSError: there is none, or looking for one failed.
    """
    # Imported late: the import itself starts a process for each player that it looks for, and
    # writes to the terminal when it finds none, which the badge tells already.
    logging.getLogger("playsound3").setLevel(logging.CRITICAL)
    try:
        import playsound3
    except subprocess.SubprocessError as error:  # a player that is there and fails when asked
        raise OSError(str(error)) from error
    try:
        player: Process = playsound3.playsound(path, block=False).subprocess
    except playsound3.PlaysoundException as error:
        raise OSError(str(error)) from error
    return player


class PlayerOutput:
    """Takes due cues from the mixer and hands each as a file to a player."""

    name = "playsound3"

    def __init__(self, mixer: Mixer, play: Play) -> None:
        self._play = play
        self._fault = ""
        self._stop = threading.Event()
        self._folder = tempfile.TemporaryDirectory(prefix="uncramp-", ignore_cleanup_errors=True)
        self._players: list[Process] = []
        self._count = 0
        try:
            self._try_player()
        except EnvironmentFault:
            self._folder.cleanup()
            raise
        mixer.device_changed(0)
        self._thread = threading.Thread(
            target=self._run, args=(mixer,), name="uncramp-player", daemon=True
        )
        self._thread.start()

    def _try_player(self) -> None:
        """Play a moment of silence: a player that fails at it would fail at every cue."""
        fault = EnvironmentFault(tr("No sound: no sound device was found."))
        path = self._write(array("h", bytes(2 * _SILENCE_FRAMES)))
        try:
            player = self._play(path)
        except (OSError, RuntimeError) as error:
            raise fault from error
        deadline = time.monotonic() + _PATIENCE_S
        while player.poll() is None and time.monotonic() < deadline:
            self._stop.wait(_LOOK_S)
        if player.poll() != 0:
            player.terminate()
            raise fault

    def _run(self, mixer: Mixer) -> None:
        cancels = mixer.cancels
        while not self._stop.wait(_LOOK_S):
            if mixer.cancels != cancels:
                cancels = mixer.cancels
                self._stop_players()
            cue = mixer.take_due(time.monotonic_ns(), lead_ns=round(_LOOK_S * 1e9))
            if cue is not None and mixer.gain > 0:
                self._begin(cue, mixer.gain)
            self._look_at_players()

    def _begin(self, cue: Cue, gain: float) -> None:
        try:
            self._players.append(self._play(self._write(joined(cue, gain))))
            self._fault = ""
        except (OSError, RuntimeError):
            _log.warning("the player failed", exc_info=True)
            self._fault = tr("No sound: the sound player failed.")

    def _write(self, samples: "array[int]") -> Path:
        """Write a WAV file; a few take turns, so that one still playing is not overwritten."""
        self._count = (self._count + 1) % 16
        path = Path(self._folder.name) / f"cue-{self._count}.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(samples.tobytes())
        return path

    def _stop_players(self) -> None:
        players, self._players = self._players, []
        for player in players:
            with contextlib.suppress(OSError):
                player.terminate()

    def _look_at_players(self) -> None:
        codes = [(player, player.poll()) for player in self._players]
        self._players = [player for player, code in codes if code is None]
        if any(code for _, code in codes):
            self._fault = tr("No sound: the sound player failed.")

    def fault(self) -> str:
        """Return a sentence when the last cue could not be played."""
        return self._fault

    def silence(self) -> None:
        """Take no further cue."""
        self._stop.set()

    def close(self) -> None:
        """Stop the players and remove their files."""
        self._stop.set()
        self._thread.join(_PATIENCE_S)
        self._stop_players()
        self._folder.cleanup()


def joined(cue: Cue, gain: float) -> "array[int]":
    """Return the clips of `cue` with their gaps as one run of samples at `gain`."""
    samples = array("h")
    for clip in cue.clips:
        if samples:
            samples.extend(array("h", bytes(2 * cue.gap_frames)))
        samples.extend(array("h", [round(sample * gain) for sample in clip.samples]))
    return samples


class PlayerBackend:
    """Opens a player; asked again and again it looks for one every five seconds."""

    name = "playsound3"

    def __init__(
        self,
        play: Play = play_with_playsound3,
        now_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._play = play
        self._now_ns = now_ns
        self._failed_ns: int | None = None

    def open(self, mixer: Mixer, again: str = "") -> PlayerOutput:
        """Begin to hand cues to a player.

        Args:
            mixer: where the sound comes from.
            again: the name of an output that was lost: only that way is tried.

        Raises:
            EnvironmentFault: no player plays.
        """
        now_ns = self._now_ns()
        failed_lately = self._failed_ns is not None and now_ns - self._failed_ns < _AGAIN_NS
        if failed_lately or again not in {"", self.name}:
            raise EnvironmentFault(tr("No sound: no sound device was found."))
        try:
            return PlayerOutput(mixer, self._play)
        except EnvironmentFault:
            self._failed_ns = now_ns
            raise
