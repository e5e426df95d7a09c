"""Joins cues to the sound room: which clips make up an announcement."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from uncramp.model.problem import Problem
from uncramp.sound.chime import Chime, ChimeSet
from uncramp.sound.output import SoundState
from uncramp.sound.speaker import Speaker
from uncramp.sound.voice import Voice

WAKING_S = 1.0
"""So long a wireless loudspeaker that slept swallows what is played to it."""


class SoundingSession:
    """The chimes, the voice and the speaker of one session."""

    def __init__(self, speaker: Speaker, chimes: ChimeSet, voice: Voice) -> None:
        self.speaker = speaker
        self._chimes = chimes
        self._voice = voice

    def announce(self, chime: Chime | None, phrases: Sequence[str], at_ns: int) -> None:
        """Let chime and phrases be heard from the monotonic instant `at_ns` on.

        Words that cannot wait for the device to be awake come after a chime: what a wireless
        loudspeaker swallows is then no word.
        """
        if chime is None and phrases and self.is_waking:
            chime = Chime.GET_READY
        wanted = [] if chime is None else [self._chimes.clip(chime)]
        wanted.extend(self._voice.clip(phrase) for phrase in phrases)
        clips = [clip for clip in wanted if clip is not None]
        if clips:
            self.speaker.schedule(clips, at_ns)

    def prepare(self, phrases: Iterable[str]) -> None:
        """Render what has no shipped prompt, in the background, where that can be done."""
        self._voice.prepare(phrases)

    def close(self, drain_s: float = 0.0) -> None:
        """Give the device back; `drain_s` is how long what was said may still be heard."""
        self.speaker.close(drain_s)
        self._voice.close()

    def cancel(self) -> None:
        """Drop what has not begun and fade out what sounds."""
        self.speaker.cancel()

    @property
    def is_opening(self) -> bool:
        """Whether the device is still to be opened."""
        return self.speaker.status().state is SoundState.OPENING

    @property
    def is_waking(self) -> bool:
        """Whether a wireless loudspeaker may still be waking up, and would swallow first words."""
        status = self.speaker.status()
        is_new = status.state is SoundState.PLAYING and status.awake_s < WAKING_S
        return is_new or status.state is SoundState.OPENING

    def rest(self) -> None:
        """Give the device back for a while: nothing will be heard during a pause."""
        self.speaker.close()

    def wake(self) -> None:
        """Take the device again; it opens within about 50 ms."""
        self.speaker.open()

    def chime_s(self, chime: Chime) -> float:
        """Return the length of a chime; 0 where it is missing."""
        clip = self._chimes.clip(chime)
        return 0.0 if clip is None else clip.duration_s

    def duration_s(self, text: str) -> float | None:
        """Return the length of a spoken text, or None where it cannot be said."""
        return self._voice.duration_s(text)


def load_sounds(assets: Path, cache: Path) -> tuple[ChimeSet, Voice, tuple[Problem, ...]]:
    """Read chimes and voice; what is missing is a problem, and the session goes on without it."""
    chimes, chime_problems = ChimeSet.load(assets / "sounds")
    voice, voice_problems = Voice.load(assets / "voice" / "en", cache / "voice")
    return chimes, voice, (*chime_problems, *voice_problems)
