"""The shipped prompts, broken manifests, and texts spoken on demand."""

import json
import logging
import threading
import wave
from array import array
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import render_voice

from uncramp.coach.session.announce import every_spoken_text
from uncramp.model.errors import EnvironmentFault
from uncramp.routines.library import load_library
from uncramp.sound.clip import RATE_HZ, ClipCache, decode_clip
from uncramp.sound.loudness import SILENCE_LUFS, loudness_lufs
from uncramp.sound.speech import finished_prompt
from uncramp.sound.voice import Voice

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "assets" / "voice" / "en"


@pytest.fixture(scope="module")
def shipped() -> Voice:
    voice, problems = Voice.load(SHIPPED)
    assert problems == ()
    return voice


def shipped_texts() -> list[str]:
    rows = json.loads((SHIPPED / "manifest.json").read_text(encoding="utf-8"))["prompts"]
    return list(rows)


def test_every_spoken_text_of_the_shipped_files_has_its_prompt(shipped: Voice) -> None:
    library, problems = load_library(ROOT / "routines", None)
    assert not problems
    texts = every_spoken_text(library.exercises.values(), library.routines.values())
    assert len(texts) > 20
    assert [text for text in texts if not shipped.has(text)] == []


def test_no_file_is_shipped_in_vain() -> None:
    rows = json.loads((SHIPPED / "manifest.json").read_text(encoding="utf-8"))["prompts"]
    named = {row["file"] for row in rows.values()} | {"manifest.json"}
    assert {path.name for path in SHIPPED.iterdir()} == named
    assert len({row["file"] for row in rows.values()}) == len(rows)


@pytest.mark.parametrize("text", shipped_texts())
def test_prompt_is_clean_and_as_long_as_promised(text: str, shipped: Voice) -> None:
    clip = shipped.clip(text)
    assert clip is not None
    assert shipped.duration_s(text) == pytest.approx(clip.duration_s, abs=0.001)
    samples = np.array(clip.samples) / 32_768
    assert np.abs(samples).max() < 0.98
    assert abs(samples.mean()) < 0.005
    level = np.sqrt((samples[: len(samples) // 480 * 480].reshape(-1, 480) ** 2).mean(axis=1))
    audible = np.flatnonzero(level > level.max() * 10 ** (-40 / 20))
    # Nothing cut off, and no more than a breath of silence at either end.
    assert level[0] < 0.02
    assert level[-1] < 0.005
    assert audible[0] <= 7
    assert len(level) - 1 - audible[-1] <= 12
    # English at a coach's pace; a truncated or stuck voice falls out of this.
    letters = sum(ch.isalpha() for ch in text)
    assert 0.04 < clip.duration_s / letters < 0.20


def test_prompts_are_equally_loud(shipped: Voice) -> None:
    levels = []
    for text in shipped_texts()[::4]:
        clip = shipped.clip(text)
        assert clip is not None
        levels.append(loudness_lufs([sample / 32_768 for sample in clip.samples]))
    assert max(levels) - min(levels) < 1.0


def test_loudness_of_the_reference_tone() -> None:
    # BS.1770-4, annex 1: a 997 Hz sine at full scale in one channel reads -3.01 LUFS.
    turn = 2 * np.pi * 997 * np.arange(RATE_HZ) / RATE_HZ
    assert loudness_lufs(np.sin(turn).tolist()) == pytest.approx(-3.01, abs=0.02)
    assert loudness_lufs([]) == SILENCE_LUFS
    assert loudness_lufs([0.0] * 500) == SILENCE_LUFS


def test_silence_around_speech_is_trimmed_and_pitch_kept() -> None:
    tone = 0.1 * np.sin(2 * np.pi * 300 * np.arange(12_000) / 24_000)
    spoken = np.concatenate([np.zeros(9_600), tone, np.zeros(14_400)])
    prompt = np.array(finished_prompt(spoken.tolist()))
    assert len(prompt) / RATE_HZ == pytest.approx(0.5, abs=0.1)
    middle = prompt[4_800:14_400] * np.hanning(9_600)
    peak_hz = np.argmax(np.abs(np.fft.rfft(middle))) * RATE_HZ / 9_600
    assert peak_hz == pytest.approx(300, abs=5)


def test_a_silent_voice_is_refused() -> None:
    for spoken in ([], [0.0] * 5_000):
        with pytest.raises(ValueError, match="nothing"):
            finished_prompt(spoken)


def test_ogg_stream_keeps_its_sound_under_another_serial_number(tmp_path: Path) -> None:
    path = next(SHIPPED.glob("*.ogg"))
    before = path.read_bytes()
    changed = render_voice.with_serial(before, 77)
    assert changed != before
    assert render_voice.with_serial(changed, 1) == before
    (tmp_path / "other.ogg").write_bytes(changed)
    assert decode_clip(tmp_path / "other.ogg", "x") == decode_clip(path, "x")
    with pytest.raises(ValueError, match="no Ogg page"):
        render_voice.with_serial(b"RIFF" + before, 1)


# --- manifests that are not as they should be -----------------------------------------------


def row(**changes: object) -> dict[str, object]:
    return {"file": "a.ogg", "duration_s": 0.5, **changes}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "cannot be read"),
        ("{", "cannot be read"),
        ("[]", "not a list"),
        ('{"format": 2, "prompts": {}}', "not a list"),
        ('{"format": 1, "prompts": []}', "not a list"),
        ("[" * 100_000, "cannot be read"),
        ('{"format": 1, "prompts": {"x": ' + "1" * 5_000 + "}}", "cannot be read"),
        ('"' + " " * 3_000_000 + '"', "too large"),
    ],
)
def test_broken_manifest_is_one_problem(tmp_path: Path, text: str, word: str) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    voice, problems = Voice.load(tmp_path)
    assert len(problems) == 1
    assert word in str(problems[0])
    assert not voice.has("x")
    assert voice.clip("x") is None
    assert voice.duration_s("x") is None


def test_missing_folder_and_wrong_bytes_are_problems(tmp_path: Path) -> None:
    assert len(Voice.load(tmp_path / "nowhere")[1]) == 1
    (tmp_path / "manifest.json").write_bytes(b"\xff\xfe\x00")
    assert len(Voice.load(tmp_path)[1]) == 1


@pytest.mark.parametrize(
    "bad",
    [
        None,
        7,
        {},
        row(file=""),
        row(file=3),
        row(file="../a.ogg"),
        row(file="/etc/passwd"),
        row(file="..\\a.ogg"),
        row(file=".."),
        row(file="missing.ogg"),
        row(file="a\u0000b"),
        row(file="\ud800"),
        row(file="x" * 5_000),
        row(duration_s="long"),
        row(duration_s=True),
        row(duration_s=0),
        row(duration_s=-1),
        row(duration_s=1e300),
        row(duration_s=10**300),
        row(duration_s=float("nan")),
        row(duration_s=float("inf")),
    ],
)
def test_bad_row_hides_no_good_one(tmp_path: Path, bad: object) -> None:
    (tmp_path / "a.ogg").write_bytes(next(SHIPPED.glob("*.ogg")).read_bytes())
    manifest = {"format": 1, "prompts": {"bad": bad, "good": row()}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    voice, problems = Voice.load(tmp_path)
    assert len(problems) == 1
    assert '"bad"' in problems[0].message
    assert not voice.has("bad")
    assert voice.has("good")
    assert voice.duration_s("good") == 0.5


def test_file_that_does_not_decode_is_no_prompt_any_more(tmp_path: Path) -> None:
    whole = next(SHIPPED.glob("*.ogg")).read_bytes()
    (tmp_path / "a.ogg").write_bytes(whole[:40])
    manifest = {"format": 1, "prompts": {"text": row()}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    voice, problems = Voice.load(tmp_path)
    assert problems == ()
    assert voice.has("text")
    assert voice.clip("text") is None
    assert not voice.has("text")
    assert voice.duration_s("text") is None


# --- decoding -------------------------------------------------------------------------------


def test_wave_of_another_rate_becomes_48_khz(tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    turn = 2 * np.pi * 500 * np.arange(11_025) / 22_050
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(22_050)
        tone = (8_000 * np.sin(turn)).astype("<i2")
        file.writeframes(np.repeat(tone, 2).tobytes())
    clip = decode_clip(path, "tone")
    assert clip.duration_s == pytest.approx(0.5, abs=0.002)
    crossings = np.count_nonzero(np.diff(np.sign(np.array(clip.samples))) > 0)
    assert crossings == pytest.approx(250, abs=2)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"OggS" * 50, b"\x00" * 5_000])
def test_what_is_no_sound_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.ogg"
    path.write_bytes(content)
    with pytest.raises(EnvironmentFault, match=r"x\.ogg"):
        decode_clip(path, "x")


def test_large_files_folders_and_long_sounds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        decode_clip(tmp_path, "folder")
    with pytest.raises(EnvironmentFault):
        decode_clip(tmp_path / "none.wav", "missing")
    large = tmp_path / "large.wav"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(EnvironmentFault, match="too large"):
        decode_clip(large, "large")
    long = tmp_path / "long.wav"
    with wave.open(str(long), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8_000)
        sound.writeframes(b"\x80" * 8_000 * 61)
    with pytest.raises(EnvironmentFault, match="too long"):
        decode_clip(long, "long")


def test_clips_cannot_be_changed(shipped: Voice) -> None:
    clip = shipped.clip("Get ready.")
    assert clip is not None
    with pytest.raises(TypeError):
        clip.samples[0] = 1


def test_cache_keeps_what_was_used_last_and_no_more() -> None:
    first, second, third = sorted(SHIPPED.glob("*.ogg"))[:3]
    room_s = decode_clip(first, "1").duration_s + decode_clip(second, "2").duration_s
    cache = ClipCache(most_s=room_s)
    one, two = cache.get(first, "1"), cache.get(second, "2")
    assert cache.get(first, "1") is one
    cache.get(third, "3")
    assert cache.get(second, "2") is not two


# --- on demand ------------------------------------------------------------------------------


def spoken(text: str) -> "array[int]":
    return array("h", [1_000] * (100 * len(text)))


def test_own_text_is_spoken_on_demand_and_kept(
    tmp_path: Path, wait_for: Callable[..., bool]
) -> None:
    calls: list[tuple[str, str]] = []

    def say(text: str) -> "array[int]":
        calls.append((text, threading.current_thread().name))
        return spoken(text)

    voice, _ = Voice.load(SHIPPED, tmp_path / "cache", say)
    assert not voice.has("My own stretch.")
    voice.prepare(["My own stretch.", "Get ready.", "My own stretch."])
    assert wait_for(lambda: voice.has("My own stretch."))
    assert voice.duration_s("My own stretch.") == pytest.approx(1_500 / RATE_HZ)
    clip = voice.clip("My own stretch.")
    assert clip is not None
    assert set(clip.samples) == {1_000}
    voice.prepare(["My own stretch."])
    voice.close()
    assert calls == [("My own stretch.", "uncramp-voice")]
    again, _ = Voice.load(SHIPPED, tmp_path / "cache", say)
    assert again.has("My own stretch.")
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".wav"]


def test_text_that_cannot_be_spoken_leaves_the_others(
    tmp_path: Path, wait_for: Callable[..., bool], caplog: pytest.LogCaptureFixture
) -> None:
    def say(text: str) -> "array[int]":
        asked.append(text)
        if text == "bad":
            raise RuntimeError("the voice stumbles")
        return spoken(text)

    asked: list[str] = []
    voice, _ = Voice.load(SHIPPED, tmp_path, say)
    with caplog.at_level(logging.WARNING):
        voice.prepare(["bad", "x" * 1_000, "", "good"])
        assert wait_for(lambda: voice.has("good"))
        voice.prepare(["bad", "better"])
        assert wait_for(lambda: voice.has("better"))
    voice.close()
    assert asked == ["bad", "good", "better"]
    assert not voice.has("bad")
    assert voice.clip("bad") is None
    assert not voice.has("x" * 1_000)
    assert "bad" in caplog.text


def test_asking_never_waits_for_the_voice(tmp_path: Path, wait_for: Callable[..., bool]) -> None:
    release = threading.Event()

    def say(text: str) -> "array[int]":
        release.wait(10)
        return spoken(text)

    voice, _ = Voice.load(SHIPPED, tmp_path, say)
    voice.prepare(["slow"])
    assert not voice.has("slow")
    release.set()
    assert wait_for(lambda: voice.has("slow"))
    voice.close()


def test_without_a_folder_or_with_a_broken_file_there_are_chimes_only(tmp_path: Path) -> None:
    voice, _ = Voice.load(SHIPPED, None, spoken)
    voice.prepare(["text"])
    assert not voice.has("text")
    asked: list[str] = []
    broken, _ = Voice.load(SHIPPED, tmp_path, spoken)
    broken.prepare(asked)
    assert not broken.has("text")
    assert not any(tmp_path.iterdir())
