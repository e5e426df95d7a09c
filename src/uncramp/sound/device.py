"""The sound device, through miniaudio."""

import ctypes
import functools
import logging
import sys
import time
from collections.abc import Generator
from typing import Any, Protocol

from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.sound.clip import RATE_HZ
from uncramp.sound.mixer import Mixer

PERIOD_MS = 40
"""Cues are scheduled ahead, so a longer block makes none of them late. 40 ms against 20 ms halve
the processor's share and let a busy machine run dry a fraction as often; a cancelled sound is
heard that much longer."""
PERIODS = 2
_QUARTERS_AHEAD = {"PulseAudio": 3}
"""How much sound, in quarters of a block, is still waiting when a device asks for the next block.
A whole block is usual; PulseAudio asks a quarter later (its "minreq")."""

_DUMMY_DEVICES = frozenset({"Dummy Output", "auto_null"})
"""What PulseAudio and PipeWire offer where there is no device: it swallows everything."""

_log = logging.getLogger(__name__)


def latency_ns(backend: str) -> int:
    """Return the time from a device's request to the sound of its first sample, in ns."""
    quarters = _QUARTERS_AHEAD.get(backend, 4) + 4 * (PERIODS - 2)
    return quarters * PERIOD_MS * 250_000


class _Device(Protocol):
    """miniaudio's device, as far as it is used here."""

    backend: str

    def start(self, callback_generator: Generator[memoryview, int, None]) -> None: ...

    def close(self) -> None: ...


class _Devices(Protocol):
    """miniaudio's list of devices, as far as it is used here."""

    def get_playbacks(self) -> list[dict[str, Any]]: ...


def backends_of(platform: str) -> tuple[str, ...]:
    """Return miniaudio's names of the ways to try on `sys.platform`, best first.

    They are named one by one because the library's own list ends with a device that takes all
    samples and sounds nowhere.
    """
    if platform == "win32":
        return ("WASAPI",)
    if platform == "darwin":
        return ("COREAUDIO",)
    return ("PULSEAUDIO", "ALSA")


class DeviceOutput:
    """One open device; its own thread asks the mixer for block after block."""

    def __init__(self, mixer: Mixer, device: _Device) -> None:
        self._mixer: Mixer | None = mixer
        self._device: _Device | None = device
        self._devices = _RealDevices()
        self.name = str(device.backend)
        blocks = self._blocks()
        next(blocks)
        mixer.device_changed(latency_ns(self.name))
        device.start(blocks)

    def _blocks(self) -> Generator[memoryview, int, None]:
        """Yield what the device asks for, in its own thread; nothing may escape from here."""
        frames = yield memoryview(b"")
        while True:
            mixer = self._mixer
            block = memoryview(b"")  # the library has cleared the device's buffer already
            if mixer is not None:
                try:
                    block = mixer.render(frames, time.monotonic_ns())
                except Exception:  # noqa: BLE001  # nothing may escape into the device's thread
                    # An escaping error would end the stream without a word; a log entry and the
                    # badge keep the session going.
                    _log.exception("the mixer failed")
                    self._mixer = None
            frames = yield block

    def fault(self) -> str:
        """Return a sentence when the mixer failed or the server has only its dummy device."""
        if self._mixer is None:
            return tr("No sound: the sound device was lost.")
        if self.name == "PulseAudio" and not self._devices.any():
            return tr("No sound: no sound device was found.")
        return ""

    def silence(self) -> None:
        """Let go of the mixer at once."""
        self._mixer = None

    def close(self) -> None:
        """Give the device back."""
        self._mixer = None
        device, self._device = self._device, None
        if device is not None:
            _give_back(device)


class DeviceBackend:
    """Opens the sound device of this platform."""

    name = "miniaudio"

    def __init__(self, backends: tuple[str, ...] | None = None) -> None:
        self._backends = backends if backends is not None else backends_of(sys.platform)
        if not self._backends:
            raise ValueError("at least one way to the device is needed")

    def open(self, mixer: Mixer, again: str = "") -> DeviceOutput:
        """Open the default device.

        Args:
            mixer: where the sound comes from.
            again: the name of the lost output, to try only its server; empty for all.

        Raises:
            EnvironmentFault: there is none, or its server does not answer.
        """
        for name in self._backends:
            if again and name != again.upper():
                continue
            output = _open(name, mixer)
            if output is not None:
                return output
        raise EnvironmentFault(tr("No sound: no sound device was found."))


def _open(name: str, mixer: Mixer) -> DeviceOutput | None:
    import miniaudio

    if name == "ALSA":
        _hush_alsa()
    # Made in two steps so that the connection can be given back when opening fails half-way.
    device = miniaudio.PlaybackDevice.__new__(miniaudio.PlaybackDevice)
    try:
        device.__init__(
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=RATE_HZ,
            buffersize_msec=PERIOD_MS,
            callback_periods=PERIODS,
            backends=[miniaudio.Backend[name]],
            app_name="Uncramp",
        )
        if device.backend != "Null":
            return DeviceOutput(mixer, device)
    except miniaudio.MiniaudioError as error:
        _log.debug("%s does not open: %s", name, error)
    _give_back(device)
    return None


def _give_back(device: _Device) -> None:
    """Close the device and the connection to its server, which the library leaves open."""
    import miniaudio

    context = getattr(device, "_context", None)
    device.close()
    if context is not None:
        miniaudio.lib.ma_context_uninit(context)


class _RealDevices:
    """Whether PulseAudio has a device that somebody can hear; asked over one kept connection.

    To connect anew for each look costs twelve times as much as the look itself.
    """

    def __init__(self) -> None:
        self._connection: _Devices | None = None

    def any(self) -> bool:
        """Tell whether there is one; yes while the server is on its way out."""
        import miniaudio

        try:
            if self._connection is None:
                self._connection = miniaudio.Devices([miniaudio.Backend.PULSEAUDIO])
            devices = self._connection.get_playbacks()
        except miniaudio.MiniaudioError:
            self._connection = None
            return True  # the watchdog sees the device stop
        return any(device["name"] not in _DUMMY_DEVICES for device in devices)


@functools.cache
def _hush_alsa() -> object:
    """Keep ALSA's library from writing thirty lines to the terminal for a missing card."""
    handler = ctypes.CFUNCTYPE(
        None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
    )(_ignore)
    try:
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(handler)
    except (OSError, AttributeError):
        return None
    return handler  # kept by the cache: the library goes on calling it


def _ignore(_file: bytes, _line: int, _function: bytes, _error: int, _format: bytes) -> None:
    """Take a message of the ALSA library and say nothing."""
