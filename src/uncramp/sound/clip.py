"""A short sound in memory, ready for the mixer."""

from array import array
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr

RATE_HZ = 48_000
"""Samples per second of everything that is mixed: what sound devices use themselves."""

LARGEST_FILE_BYTES = 8_000_000
"""A prompt of half a minute as plain WAV takes 3 MB; larger files are not prompts."""

LONGEST_S = 60.0
"""A small file of compressed silence must not unfold into gigabytes."""


@dataclass(frozen=True, slots=True)
class Clip:
    """Signed 16-bit mono samples at `RATE_HZ`.

    Attributes:
        name: what is heard: the chime's name or the spoken text.
        samples: read-only, one item a sample.
    """

    name: str
    samples: memoryview = field(repr=False)

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / RATE_HZ


def clip_of(name: str, samples: "array[int]") -> Clip:
    """Return a clip that nobody can change afterwards."""
    return Clip(name, memoryview(samples.tobytes()).cast("h").toreadonly())


def decode_clip(path: Path, name: str) -> Clip:
    """Read a FLAC, Ogg Vorbis, MP3 or WAV file as 48 kHz mono.

    Raises:
        EnvironmentFault: the file cannot be read, is too large, or holds no sound.
    """
    # Imported late: the window starts without the sound library.
    import miniaudio

    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise EnvironmentFault(tr("{path} is too large for a sound.").format(path=path))
        decoded = miniaudio.decode(
            path.read_bytes(),
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=RATE_HZ,
        )
    except (OSError, miniaudio.MiniaudioError) as error:
        raise EnvironmentFault(tr("{path} is not a sound file.").format(path=path)) from error
    if not decoded.samples or len(decoded.samples) > LONGEST_S * RATE_HZ:
        raise EnvironmentFault(tr("{path} is empty or too long.").format(path=path))
    return clip_of(name, decoded.samples)


class ClipCache:
    """The clips used last, so that a cue costs no decoding; bounded in seconds of sound."""

    def __init__(self, most_s: float = 180.0) -> None:
        self._most_s = most_s
        self._held_s = 0.0
        self._clips: OrderedDict[Path, Clip] = OrderedDict()

    def get(self, path: Path, name: str) -> Clip:
        """Return the decoded file.

        Raises:
            EnvironmentFault: as `decode_clip`.
        """
        clip = self._clips.get(path)
        if clip is not None:
            self._clips.move_to_end(path)
            return clip
        clip = decode_clip(path, name)
        self._clips[path] = clip
        self._held_s += clip.duration_s
        while self._held_s > self._most_s and len(self._clips) > 1:
            _, oldest = self._clips.popitem(last=False)
            self._held_s -= oldest.duration_s
        return clip
