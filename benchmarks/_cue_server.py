"""A private PulseAudio with a device that nobody hears, and an ear at its monitor.

Used by the benchmark of the cues and by the tests of the sound room.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 48_000
SINK = "uncramp"
# Without "norewinds" an idle null sink has rendered two seconds ahead, which no sound card does.
NULL_SINK = f"module-null-sink sink_name={SINK} rate=48000 channels=2 format=s16le norewinds=1"
_PATIENCE_S = 10.0
_ENVELOPE_S = 0.3


def missing() -> str:
    """Return what has to be installed before a server can be started, or an empty text."""
    absent = [name for name in ("pulseaudio", "parec", "pactl") if shutil.which(name) is None]
    return ", ".join(absent)


class SoundServer:
    """One PulseAudio of our own, reached through a socket in `folder`.

    Args:
        folder: an empty directory of the test; its path is short enough for a socket.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        folder.chmod(0o700)
        self.environment = {
            "PULSE_SERVER": f"unix:{folder}/native",
            "PULSE_RUNTIME_PATH": str(folder),
            "PULSE_STATE_PATH": str(folder),
            "PULSE_COOKIE": str(folder / "cookie"),
        }

    def start(self, sink: str = NULL_SINK) -> None:
        """Start the server and wait until it answers."""
        if self._process is not None:
            raise RuntimeError("the server runs already")
        (self._folder / "native").unlink(missing_ok=True)
        command = [
            *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--realtime=false"),
            *("--high-priority=false", "--use-pid-file=no", "--log-target=stderr"),
            f"--load=module-native-protocol-unix auth-anonymous=1 socket={self._folder}/native",
        ]
        if sink:
            command.append(f"--load={sink}")
        log = self._folder / "log"
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                command, stderr=errors, env={**os.environ, **self.environment}
            )
        wait = threading.Event()
        deadline = time.monotonic() + _PATIENCE_S
        while self.control("info").returncode != 0:
            if time.monotonic() > deadline or self._process.poll() is not None:
                self.kill()
                raise RuntimeError(f"pulseaudio did not start: {log.read_text()[-500:]}")
            wait.wait(0.02)

    def control(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run `pactl` against this server."""
        return subprocess.run(
            ["pactl", *command],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **self.environment},
        )

    def kill(self) -> None:
        """End the server without a farewell, as a crash does."""
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """Let the server hang: it holds its connections and answers nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """End a hang."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(number)

    def _end(self, number: signal.Signals) -> None:
        self._signal(number)
        process, self._process = self._process, None
        if process is not None:
            process.wait(_PATIENCE_S)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()


class Recorder:
    """Records what a sink plays, with the monotonic instant at which each piece arrived.

    Args:
        server: a running server.
        sink: whose monitor is recorded.
    """

    def __init__(self, server: SoundServer, sink: str = SINK) -> None:
        self._process = subprocess.Popen(
            [
                *("parec", f"--device={sink}.monitor", "--format=s16le", "--rate=48000"),
                *("--channels=1", "--latency-msec=5", "--raw"),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={**os.environ, **server.environment},
        )
        self._pieces: list[bytes] = []
        self._stamps: list[tuple[int, int]] = []
        self._frames = 0
        self._arrived = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        # A new stream of a monitor begins with sound that the sink had rendered before.
        self.wait_for_frames(RATE_HZ // 2)

    def _read(self) -> None:
        pipe = self._process.stdout
        if pipe is None:
            raise RuntimeError("no pipe")
        while piece := os.read(pipe.fileno(), 65_536):
            now_ns = time.monotonic_ns()
            with self._arrived:
                self._pieces.append(piece)
                self._frames += len(piece) // 2
                self._stamps.append((self._frames, now_ns))
                self._arrived.notify_all()

    def wait_for_frames(self, count: int) -> None:
        """Wait until `count` samples have been recorded.

        Raises:
            TimeoutError: they do not come.
        """
        with self._arrived:
            if not self._arrived.wait_for(lambda: self._frames >= count, _PATIENCE_S):
                raise TimeoutError("nothing is recorded")

    def wait_until(self, at_ns: int) -> None:
        """Wait until what was heard before `at_ns` has been recorded.

        Raises:
            TimeoutError: the recording has ended before.
        """
        with self._arrived:
            patience = max(0, at_ns - time.monotonic_ns()) / 1e9 + _PATIENCE_S
            if not self._arrived.wait_for(lambda: self._stamps[-1][1] > at_ns, patience):
                raise TimeoutError("nothing is recorded")

    def wait_for_sound(self, since_ns: int, patience_s: float) -> int | None:
        """Return the instant of the first sound after `since_ns`, or None when none comes."""
        end = time.monotonic() + patience_s
        while time.monotonic() < end:
            heard = [at for at in self.onsets() if at >= since_ns]
            if heard:
                return int(heard[0])
            with self._arrived:
                self._arrived.wait(0.1)
        return None

    def audio(self) -> NDArray[np.int16]:
        """Return everything recorded so far."""
        with self._arrived:
            joined = b"".join(self._pieces)
        return np.frombuffer(joined[: len(joined) // 2 * 2], dtype=np.int16)

    def instants(self, frames: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the monotonic instants (ns) at which the samples `frames` were heard.

        A piece can be read late but never early: the smallest difference between arrival and
        sample count among the neighbours is the true one.
        """
        with self._arrived:
            stamps = np.array(self._stamps, dtype=np.int64)
        offsets = stamps[:, 1] - stamps[:, 0] * 1_000_000_000 // RATE_HZ
        found = []
        for frame in frames:
            near = np.abs(stamps[:, 0] - frame) < _ENVELOPE_S * RATE_HZ
            found.append(frame * 1_000_000_000 // RATE_HZ + offsets[near].min())
        return np.array(found, dtype=np.int64)

    def onsets(self, threshold: int = 300, gap_s: float = 0.25) -> NDArray[np.int64]:
        """Return the instants (ns) at which a sound begins after at least `gap_s` of silence."""
        loud = np.flatnonzero(np.abs(self.audio().astype(np.int32)) > threshold)
        if not loud.size:
            return np.array([], dtype=np.int64)
        first = np.concatenate(([True], np.diff(loud) > gap_s * RATE_HZ))
        return self.instants(loud[first])

    def close(self) -> None:
        """Stop recording; what was recorded stays."""
        self._process.terminate()
        self._process.wait(_PATIENCE_S)
        self._reader.join(_PATIENCE_S)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
