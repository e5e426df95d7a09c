"""Makes the chimes: soft mallets on tuned bars, one rhythm and one melody for each cue.

Everything is computed from the table below, so the same script always makes the same samples.
Run it after a change and commit the files: `python packaging/make_chimes.py`.
"""

import argparse
import math
import sys
from array import array
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from uncramp.sound.chime import Chime  # noqa: E402  # found through the line above
from uncramp.sound.clip import RATE_HZ  # noqa: E402
from uncramp.sound.loudness import loudness_lufs  # noqa: E402

DIRECTORY = ROOT / "assets" / "sounds"
LARGEST_PEAK = 0.89
TARGET_LUFS = -18.0
"""Of the loudest 200 ms: about what the ear adds up of a stroke."""
WINDOW_S = 0.2
_ATTACK_S = 0.002
_RELEASE_S = 0.04

# A marimba's bar is cut so that its overtones stand at these multiples of its note; the higher
# one rings the shorter it lasts, which is what makes a mallet sound soft.
PARTIALS = ((1.0, 1.0, 1.0), (3.93, 0.28, 0.35), (9.2, 0.07, 0.12))
"""Multiple of the note, strength, share of the note's decay."""

C5, D5, E5, G5, A5 = 523.25, 587.33, 659.26, 783.99, 880.0
C6, E6, G6 = 1046.5, 1318.51, 1567.98


@dataclass(frozen=True, slots=True)
class Note:
    """One stroke.

    Attributes:
        at_s: when it is struck.
        pitch_hz: the bar's note.
        decay_s: time in which it falls to a thousandth.
        strength: 0 to 1.
    """

    at_s: float
    pitch_hz: float
    decay_s: float
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Melody:
    """A chime as notes; `length_s` is where it has faded to silence."""

    length_s: float
    notes: tuple[Note, ...]


MELODIES = {
    # A calm step upwards: something begins.
    Chime.GET_READY: Melody(0.60, (Note(0, C5, 0.50), Note(0.24, G5, 0.55))),
    # One dry stroke.
    Chime.TICK: Melody(0.20, (Note(0, E5, 0.28),)),
    # The octave of the tick, ringing: it cannot be taken for a fourth tick.
    Chime.GO: Melody(0.55, (Note(0, E6, 0.60), Note(0, A5, 0.60, 0.7))),
    # Two quick strokes on one bar.
    Chime.HALF_WAY: Melody(0.42, (Note(0, A5, 0.20), Note(0.11, A5, 0.45))),
    # There, over, and back.
    Chime.SWITCH_SIDES: Melody(
        0.60, (Note(0, D5, 0.30), Note(0.15, A5, 0.30), Note(0.30, D5, 0.45))
    ),
    # Three quick steps up.
    Chime.NEXT: Melody(0.50, (Note(0, C5, 0.25), Note(0.08, E5, 0.25), Note(0.16, G5, 0.50))),
    # Broad and upwards, the last one ringing out.
    Chime.FINISH: Melody(
        1.60,
        (
            Note(0, C5, 0.50),
            Note(0.14, E5, 0.50),
            Note(0.28, G5, 0.60),
            Note(0.56, C6, 1.50),
            Note(0.56, E5, 1.20, 0.5),
        ),
    ),
    # Short, short, long, downwards: picked up again.
    Chime.RESUME: Melody(0.60, (Note(0, G5, 0.20), Note(0.08, G5, 0.25), Note(0.38, C5, 0.40))),
}


def chime_samples(melody: Melody) -> "array[int]":
    """Return a melody as signed 16-bit mono at 48 kHz, as loud as every other sound."""
    count = round(melody.length_s * RATE_HZ)
    mixed = [0.0] * count
    for note in melody.notes:
        _strike(mixed, note)
    mean = sum(mixed) / count
    release = round(_RELEASE_S * RATE_HZ)
    shaped = [
        (sample - mean) * min(1.0, (count - 1 - n) / release) for n, sample in enumerate(mixed)
    ]
    gain = 10 ** ((TARGET_LUFS - loudness_lufs(shaped, WINDOW_S)) / 20)
    peak = max(abs(sample) for sample in shaped) * gain
    if peak > LARGEST_PEAK:
        raise ValueError(f"peak {peak:.2f}: this melody is too short for its loudness")
    return array("h", [round(sample * gain * 32_767) for sample in shaped])


def _strike(mixed: list[float], note: Note) -> None:
    start = round(note.at_s * RATE_HZ)
    attack = round(_ATTACK_S * RATE_HZ)
    for multiple, strength, share in PARTIALS:
        turn = 2 * math.pi * note.pitch_hz * multiple / RATE_HZ
        fall = math.log(0.001) / (note.decay_s * share * RATE_HZ)
        level = note.strength * strength
        for n in range(len(mixed) - start):
            rise = 0.5 - 0.5 * math.cos(math.pi * min(1.0, (n + 1) / attack))
            mixed[start + n] += level * rise * math.exp(fall * n) * math.cos(turn * n)


def write_chimes(directory: Path) -> list[Path]:
    """Write every chime as FLAC, which keeps each sample; return the files."""
    import numpy as np

    soundfile = import_module("soundfile")  # of the voice's requirements only

    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for chime, melody in MELODIES.items():
        path = directory / f"{chime}.flac"
        samples = np.array(chime_samples(melody), dtype=np.int16)
        soundfile.write(path, samples, RATE_HZ, subtype="PCM_16", compression_level=1.0)
        written.append(path)
    return written


def main() -> int:
    """Write the chimes into the folder given, by default the program's own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", nargs="?", type=Path, default=DIRECTORY)
    for path in write_chimes(parser.parse_args().directory):
        sys.stdout.write(f"{path.name}: {path.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
