"""Tries every way to be heard, for the doctor command."""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.sound.device import DeviceBackend, backends_of
from uncramp.sound.mixer import Mixer
from uncramp.sound.output import Backend
from uncramp.sound.player import PlayerBackend

_PATIENCE_S = 1.0
_LOOK_S = 0.01
_ENOUGH_BLOCKS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one way.

    Attributes:
        name: for people: "PULSEAUDIO", "ALSA", "playsound3".
        works: it opened and took sound.
        sentence: what is wrong and what to do; empty when it works.
    """

    name: str
    works: bool
    sentence: str = ""


def probe(ways: Sequence[tuple[str, Backend]] | None = None) -> tuple[Finding, ...]:
    """Open every way in turn, silently, and tell what works; takes up to a second for each.

    Args:
        ways: names and what to open; None for those of this platform, best first.
    """
    if ways is None:
        devices = [(name, DeviceBackend((name,))) for name in backends_of(sys.platform)]
        ways = [*devices, ("playsound3", PlayerBackend())]
    return tuple(_finding(name, backend) for name, backend in ways)


def advice(findings: Sequence[Finding], platform: str) -> str:
    """Return one sentence on what to do when no way works, else an empty text."""
    if any(finding.works for finding in findings):
        return ""
    if platform == "linux":
        return tr(
            "Start PulseAudio or PipeWire, or plug in a sound device; until then cues are shown."
        )
    return tr("Plug in or switch on a sound device; until then cues are shown.")


def _finding(name: str, backend: Backend) -> Finding:
    mixer = Mixer()
    try:
        output = backend.open(mixer)
    except EnvironmentFault as fault:
        return Finding(name, works=False, sentence=str(fault))
    try:
        end = time.monotonic() + _PATIENCE_S
        while mixer.blocks < _ENOUGH_BLOCKS and time.monotonic() < end:
            time.sleep(_LOOK_S)
        fault_now = output.fault()
    finally:
        output.close()
    if not fault_now and mixer.blocks < _ENOUGH_BLOCKS:
        fault_now = tr("The sound device opens but accepts no sound.")
    return Finding(name, works=not fault_now, sentence=fault_now)
