"""The chimes as they are shipped, measured by other means than the script uses."""

from array import array
from itertools import combinations
from pathlib import Path

import make_chimes
import numpy as np
import pytest
from numpy.typing import NDArray

from uncramp.sound.chime import Chime, ChimeSet
from uncramp.sound.clip import RATE_HZ

SOUNDS = Path(__file__).parents[2] / "assets" / "sounds"


@pytest.fixture(scope="module")
def chimes() -> dict[Chime, NDArray[np.float64]]:
    loaded, problems = ChimeSet.load(SOUNDS)
    assert problems == ()
    found = {}
    for chime in Chime:
        clip = loaded.clip(chime)
        assert clip is not None
        found[chime] = np.array(clip.samples, dtype=np.float64) / 32_768
    return found


def a_weighted_db(samples: NDArray[np.float64], window_s: float) -> float:
    """Return the A-weighted level (IEC 61672-1) of the loudest stretch, in dB of full scale."""
    window = round(window_s * RATE_HZ)
    padded = np.concatenate([samples, np.zeros(window)])
    f2 = np.fft.rfftfreq(len(padded), 1 / RATE_HZ) ** 2
    weight = (
        12194**2
        * f2**2
        / ((f2 + 20.6**2) * np.sqrt((f2 + 107.7**2) * (f2 + 737.9**2)) * (f2 + 12194**2))
        * 10 ** (2.0 / 20)
    )
    weighted = np.fft.irfft(np.fft.rfft(padded) * weight, len(padded))
    energy = np.concatenate([[0.0], np.cumsum(weighted**2)])
    loudest = (energy[window:] - energy[:-window]).max() / window
    return float(10 * np.log10(loudest))


def strokes_s(samples: NDArray[np.float64]) -> list[float]:
    """Return where the envelope jumps up: the rhythm, in seconds."""
    hop = RATE_HZ // 200
    blocks = samples[: len(samples) // hop * hop].reshape(-1, hop)
    level = np.concatenate([[1e-4] * 4, np.sqrt((blocks**2).mean(axis=1)) + 1e-4])
    found: list[float] = []
    for n in range(4, len(level)):
        rises = level[n] > 0.02 and level[n] > 1.6 * level[n - 4 : n - 1].mean()
        at_s = (n - 4) * hop / RATE_HZ
        if rises and (not found or at_s - found[-1] > 0.05):
            found.append(at_s)
    return found


def first_pitch_hz(samples: NDArray[np.float64], at_s: float) -> float:
    start = round(at_s * RATE_HZ)
    part = samples[start + 480 : start + 480 + RATE_HZ // 20]
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)), 1 << 16))
    return float(np.argmax(spectrum) * RATE_HZ / (1 << 16))


def test_chimes_are_equally_loud(chimes: dict[Chime, NDArray[np.float64]]) -> None:
    levels = {chime: a_weighted_db(samples, 0.2) for chime, samples in chimes.items()}
    assert max(levels.values()) - min(levels.values()) < 3.0, levels


def test_every_chime_has_its_own_rhythm_or_pitch(
    chimes: dict[Chime, NDArray[np.float64]],
) -> None:
    rhythms = {chime: strokes_s(samples) for chime, samples in chimes.items()}
    assert {chime: len(rhythm) for chime, rhythm in rhythms.items()} == {
        Chime.GET_READY: 2,
        Chime.TICK: 1,
        Chime.GO: 1,
        Chime.HALF_WAY: 2,
        Chime.SWITCH_SIDES: 3,
        Chime.NEXT: 3,
        Chime.FINISH: 4,
        Chime.RESUME: 3,
    }
    for one, other in combinations(Chime, 2):
        a, b = rhythms[one], rhythms[other]
        if len(a) == len(b) > 1:
            assert max(abs(x - y) for x, y in zip(a, b, strict=True)) > 0.06, (one, other)
    tick = first_pitch_hz(chimes[Chime.TICK], 0)
    assert first_pitch_hz(chimes[Chime.GO], 0) > 1.2 * tick
    pitches = {
        chime: tuple(round(first_pitch_hz(chimes[chime], at_s) / 10) for at_s in rhythm)
        for chime, rhythm in rhythms.items()
    }
    assert len(set(pitches.values())) == len(Chime), pitches


@pytest.mark.parametrize("chime", Chime)
def test_chime_is_clean(chime: Chime, chimes: dict[Chime, NDArray[np.float64]]) -> None:
    samples = chimes[chime]
    assert len(samples) / RATE_HZ <= (1.8 if chime is Chime.FINISH else 0.6)
    assert 0.2 < np.abs(samples).max() < 0.9
    assert abs(samples.mean()) < 1e-4
    assert int(np.flatnonzero(np.abs(samples) > 0.01)[0]) < 48  # heard within a millisecond
    assert np.abs(samples[-48:]).max() < 0.001
    assert abs(samples[0]) < 0.01


def test_files_are_what_the_script_makes() -> None:
    loaded, _ = ChimeSet.load(SOUNDS)
    for chime, melody in make_chimes.MELODIES.items():
        clip = loaded.clip(chime)
        assert clip is not None
        made = make_chimes.chime_samples(melody)
        # Two processors may round a cosine differently; nobody hears the last bit.
        difference = np.array(made, dtype=int) - np.array(clip.samples, dtype=int)
        assert np.abs(difference).max() <= 1, chime


def test_missing_and_broken_files_are_problems(tmp_path: Path) -> None:
    for chime in Chime:
        (tmp_path / f"{chime}.flac").write_bytes((SOUNDS / f"{chime}.flac").read_bytes())
    (tmp_path / "tick.flac").unlink()
    (tmp_path / "go.flac").write_bytes(b"no sound at all")
    loaded, problems = ChimeSet.load(tmp_path)
    assert {Path(problem.file).name for problem in problems} == {"tick.flac", "go.flac"}
    assert loaded.clip(Chime.TICK) is None
    assert loaded.clip(Chime.GO) is None
    assert loaded.clip(Chime.NEXT) is not None


def test_a_melody_too_short_for_its_loudness_is_refused() -> None:
    short = make_chimes.Melody(0.05, (make_chimes.Note(0, 500.0, 0.02),))
    with pytest.raises(ValueError, match="too short"):
        make_chimes.chime_samples(short)
    assert isinstance(make_chimes.chime_samples(make_chimes.MELODIES[Chime.TICK]), array)
