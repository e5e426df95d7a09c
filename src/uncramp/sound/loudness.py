"""How loud a short sound is to the ear.

The K-weighting of Recommendation ITU-R BS.1770-4 (annex 1, tables 1 and 2, for 48 kHz), measured
over the loudest stretch: 400 ms, the "momentary" window of EBU Tech 3341, unless a shorter one is
asked for. For sounds of a second that is what counts: the ear adds up over a few tenths of a
second, and a chime that rings on is no louder for it.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from uncramp.sound.clip import RATE_HZ

_SHELF = (
    1.53512485958697,
    -2.69169618940638,
    1.19839281085285,
    -1.69065929318241,
    0.73248077421585,
)
_HIGH_PASS = (1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621)
MOMENTARY_S = 0.4
_HOP = RATE_HZ // 100
_OFFSET_LU = -0.691
SILENCE_LUFS = -120.0


def loudness_lufs(samples: Sequence[float], window_s: float = MOMENTARY_S) -> float:
    """Return the loudness of the loudest stretch, in LUFS.

    Args:
        samples: mono at 48 kHz, full scale at 1. Fewer count as padded with silence.
        window_s: length of the stretch.
    """
    window = round(window_s * RATE_HZ)
    energies = [0.0, *accumulate(s * s for s in _filtered(_filtered(samples, _SHELF), _HIGH_PASS))]
    last = len(energies) - 1
    loudest = max(
        energies[min(start + window, last)] - energies[start]
        for start in range(0, max(1, last - window + _HOP), _HOP)
        if start <= last
    )
    if loudest <= 0:
        return SILENCE_LUFS
    return max(SILENCE_LUFS, _OFFSET_LU + 10 * math.log10(loudest / window))


def _filtered(samples: Iterable[float], section: tuple[float, ...]) -> Iterator[float]:
    """Yield `samples` through one second-order section (b0, b1, b2, a1, a2)."""
    b0, b1, b2, a1, a2 = section
    s1 = s2 = 0.0
    for x in samples:
        y = b0 * x + s1
        s1 = b1 * x - a1 * y + s2
        s2 = b2 * x - a2 * y
        yield y
