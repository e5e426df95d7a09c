"""What a way to be heard has to offer, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from uncramp.sound.mixer import Mixer


class SoundState(StrEnum):
    """Whether cues are heard."""

    CLOSED = "closed"
    OPENING = "opening"
    PLAYING = "playing"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class SoundStatus:
    """What the badge shows.

    Attributes:
        state: whether cues are heard.
        backend: the way they are heard ("PulseAudio", "ALSA", ...); empty when they are not.
        sentence: one sentence for the user when something is to be said, else empty.
        awake_s: how long the device has been taking sound.
    """

    state: SoundState
    backend: str = ""
    sentence: str = ""
    awake_s: float = 0.0


class Output(Protocol):
    """An open way to the loudspeaker; it takes its sound from one mixer."""

    @property
    def name(self) -> str:
        """The way's name for people: "PulseAudio", "playsound3 (aplay)"."""
        ...

    def fault(self) -> str:
        """Return why nothing is heard although the device is open, or an empty text.

        May take a few milliseconds; called about once a second.
        """
        ...

    def silence(self) -> None:
        """Stop taking sound from the mixer, at once and without waiting."""
        ...

    def close(self) -> None:
        """Give the device back; may wait for it."""
        ...


class Backend(Protocol):
    """A way to be heard, not yet opened."""

    @property
    def name(self) -> str:
        """The way's name for people."""
        ...

    def open(self, mixer: Mixer, again: str = "") -> Output:
        """Open the device and begin to take sound from `mixer`.

        Args:
            mixer: where the sound comes from.
            again: the name of an output that was lost: only that way is tried.

        Raises:
            EnvironmentFault: it cannot be opened; the message says why.
        """
        ...
