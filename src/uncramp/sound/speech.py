"""From what a voice says to a prompt: trimmed, as loud as every other, without clicks."""

import math
from array import array
from collections.abc import Sequence

from uncramp.sound.clip import RATE_HZ
from uncramp.sound.loudness import SILENCE_LUFS, loudness_lufs

TARGET_LUFS = -16.0
"""Loudness of a prompt's loudest 400 ms; the chimes have the same."""
PEAK = 0.89
"""Highest sample, 1 dB below full scale."""
SOURCE_RATE_HZ = RATE_HZ // 2
"""What the voice speaks at."""

_FRAME = RATE_HZ // 100
_QUIET_DB = 46.0
"""Below the loudest 10 ms by this much is silence; a final "s" or a leading "th" is not."""
_BEFORE = RATE_HZ * 15 // 1000
_AFTER = RATE_HZ * 50 // 1000
_FADE_IN = RATE_HZ * 8 // 1000
_FADE_OUT = RATE_HZ * 40 // 1000
_HALF_TAPS = 16


def finished_prompt(spoken: Sequence[float]) -> "array[int]":
    """Return a prompt at 48 kHz from speech at 24 kHz.

    Args:
        spoken: mono, full scale at 1.

    Raises:
        ValueError: there is nothing but silence.
    """
    levelled = _levelled(_trimmed(_doubled(spoken)))
    _fade(levelled)
    return array("h", [round(sample * 32_767) for sample in levelled])


def _doubled(spoken: Sequence[float]) -> list[float]:
    """Return twice as many samples: the given ones, and between them their interpolation.

    A half-band filter: a sinc under a Hann window, `_HALF_TAPS` neighbours on either side.
    """
    taps = []
    for n in range(_HALF_TAPS):
        x = n + 0.5
        window = 0.5 + 0.5 * math.cos(math.pi * x / (_HALF_TAPS + 0.5))
        taps.append(math.sin(math.pi * x) / (math.pi * x) * window)
    scale = 0.5 / sum(taps)
    taps = [tap * scale for tap in taps]
    pad = [0.0] * _HALF_TAPS
    padded = [*pad, *spoken, *pad]
    between = [0.0] * len(spoken)
    for n, tap in enumerate(taps):
        left = padded[_HALF_TAPS - n : _HALF_TAPS - n + len(spoken)]
        right = padded[_HALF_TAPS + n + 1 : _HALF_TAPS + n + 1 + len(spoken)]
        between = [total + tap * (a + b) for total, a, b in zip(between, left, right, strict=False)]
    doubled = [0.0] * (2 * len(spoken))
    doubled[0::2] = spoken
    doubled[1::2] = between
    return doubled


def _trimmed(samples: list[float]) -> list[float]:
    energies = [
        sum(s * s for s in samples[start : start + _FRAME])
        for start in range(0, len(samples), _FRAME)
    ]
    loudest = max(energies, default=0.0)
    if loudest <= 0:
        raise ValueError("the voice said nothing")
    quiet = loudest * 10 ** (-_QUIET_DB / 10)
    heard = [n for n, energy in enumerate(energies) if energy > quiet]
    return samples[max(0, heard[0] * _FRAME - _BEFORE) : (heard[-1] + 1) * _FRAME + _AFTER]


def _levelled(samples: list[float]) -> list[float]:
    """Bring the loudness to the target, bending the few peaks that would not fit."""
    loudness = loudness_lufs(samples)
    if loudness <= SILENCE_LUFS:
        raise ValueError("the voice said nothing")
    gain = 10 ** ((TARGET_LUFS - loudness) / 20)
    return [_below_peak(sample * gain) for sample in samples]


def _below_peak(sample: float) -> float:
    """Return `sample` unchanged up to two thirds of the peak, ever flatter above."""
    knee = PEAK * 2 / 3
    over = abs(sample) - knee
    if over <= 0:
        return sample
    room = PEAK - knee
    return math.copysign(knee + over * room / (over + room), sample)


def _fade(samples: list[float]) -> None:
    """Let both ends begin and end in silence, in place."""
    for n in range(min(_FADE_IN, len(samples))):
        samples[n] *= 0.5 - 0.5 * math.cos(math.pi * n / _FADE_IN)
    for n in range(min(_FADE_OUT, len(samples))):
        samples[-1 - n] *= 0.5 - 0.5 * math.cos(math.pi * n / _FADE_OUT)
