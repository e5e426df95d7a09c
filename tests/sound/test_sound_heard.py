"""Cues as a real sound server plays them: private, recorded at its monitor."""

import os
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from _cue_server import NULL_SINK, Recorder, SoundServer
from numpy.typing import NDArray

from uncramp.sound.chime import Chime, ChimeSet
from uncramp.sound.clip import Clip, clip_of
from uncramp.sound.device import DeviceBackend
from uncramp.sound.output import SoundState
from uncramp.sound.probe import probe
from uncramp.sound.speaker import Speaker
from uncramp.sound.voice import Voice

pytestmark = pytest.mark.sound

Wait = Callable[..., bool]
ROOT = Path(__file__).parents[2]
NS = 1_000_000_000
TAKES = 4


@pytest.fixture
def speaker(sound_server: SoundServer) -> Iterator[Speaker]:
    made = Speaker((DeviceBackend(),))
    yield made
    made.close()


@pytest.fixture(scope="module")
def tick() -> Clip:
    clip = ChimeSet.load(ROOT / "assets" / "sounds")[0].clip(Chime.TICK)
    assert clip is not None
    return clip


def playing(speaker: Speaker) -> Callable[[], bool]:
    return lambda: speaker.status().state is SoundState.PLAYING


def silent(speaker: Speaker) -> Callable[[], bool]:
    return lambda: speaker.status().state is SoundState.SILENT


def test_cues_are_heard_at_their_instants(
    sound_server: SoundServer, speaker: Speaker, tick: Clip, wait_for: Wait
) -> None:
    sound_server.start()
    speaker.open()
    assert wait_for(playing(speaker))
    assert speaker.status().backend == "PulseAudio"
    with Recorder(sound_server) as recorder:
        start_ns = time.monotonic_ns() + NS // 2
        instants = [start_ns + round(n * 0.47 * NS) for n in range(8)]
        for at_ns in instants:
            recorder.wait_until(at_ns - NS // 4)
            speaker.schedule([tick], at_ns)
        recorder.wait_until(instants[-1] + NS // 2)
        heard = [int(onset) for onset in recorder.onsets()]
    assert len(heard) == len(instants)
    late_ms = np.array([(h - at) / 1e6 for h, at in zip(heard, instants, strict=True)])
    # One of them may meet a machine that is busy with something else, in the ear or in the mouth.
    assert np.sort(np.abs(late_ms))[-2] < 20, late_ms
    assert np.abs(late_ms).max() < 60, late_ms
    assert np.median(np.abs(late_ms)) < 5, late_ms


def test_stalled_caller_delays_nothing_that_is_scheduled(
    sound_server: SoundServer, speaker: Speaker, tick: Clip, wait_for: Wait
) -> None:
    sound_server.start()
    speaker.open()
    assert wait_for(playing(speaker))
    with Recorder(sound_server) as recorder:
        at_ns = time.monotonic_ns() + 300_000_000
        speaker.schedule([tick], at_ns)
        # This thread keeps Python to itself, as a window does that computes.
        while time.monotonic_ns() < at_ns + 100_000_000:
            sum(range(1_000))
        recorder.wait_until(at_ns + NS // 2)
        heard = [int(onset) for onset in recorder.onsets()]
    assert len(heard) == 1
    assert abs(heard[0] - at_ns) < 40_000_000


def test_chime_and_words_follow_each_other(
    sound_server: SoundServer, speaker: Speaker, tick: Clip, wait_for: Wait
) -> None:
    words = Voice.load(ROOT / "assets" / "voice" / "en")[0].clip("Get ready.")
    assert words is not None
    sound_server.start()
    speaker.open()
    assert wait_for(playing(speaker))
    expected = np.concatenate([tick.samples, np.zeros(5_760), words.samples]).astype(float)
    # The recording is what was scheduled, sample for sample: chime, gap, words, nothing else. A
    # machine that is held up leaves a hole in a recording; one undisturbed take is the proof.
    takes = []
    for _ in range(TAKES):
        takes.append(_difference(speaker, [tick, words], expected, sound_server))
        if takes[-1] <= 2:
            break
    assert min(takes) <= 2


def _difference(
    speaker: Speaker, clips: list[Clip], expected: NDArray[np.float64], server: SoundServer
) -> float:
    """Return the largest difference between what was recorded and what was expected."""
    with Recorder(server) as recorder:
        at_ns = time.monotonic_ns() + NS // 2
        speaker.schedule(clips, at_ns)
        recorder.wait_until(at_ns + 2 * NS)
        heard = recorder.audio().astype(float)
    begin = int(np.flatnonzero(np.abs(heard) > 300)[0])
    around = [heard[: begin - 100], heard[begin + len(expected) :]]
    besides = max(float(np.abs(part).max(initial=0.0)) for part in around)
    differences = [
        float(np.abs(heard[start : start + len(expected)] - expected).max())
        for start in range(begin - 100, begin + 1)
    ]
    return max(besides, min(differences))


def test_killed_server_is_noticed_and_heard_again(
    sound_server: SoundServer, speaker: Speaker, tick: Clip, wait_for: Wait
) -> None:
    sound_server.start()
    speaker.open()
    assert wait_for(playing(speaker))
    threading.Event().wait(0.3)
    sound_server.kill()
    assert wait_for(silent(speaker), 1.0)
    assert speaker.status().sentence.startswith("No sound:")
    speaker.schedule([tick], time.monotonic_ns())  # nobody hears it, and nothing breaks
    sound_server.start()
    returned_ns = time.monotonic_ns()
    assert wait_for(playing(speaker), 2.0)
    with Recorder(sound_server) as recorder:
        speaker.cancel()
        since_ns = time.monotonic_ns()
        speaker.schedule([tick], since_ns + 100_000_000)
        heard_ns = recorder.wait_for_sound(since_ns, 1.0)
    assert heard_ns is not None
    assert heard_ns - returned_ns < 2 * NS


def test_hanging_server_is_silence_until_it_answers(
    sound_server: SoundServer, speaker: Speaker, wait_for: Wait
) -> None:
    sound_server.start()
    speaker.open()
    assert wait_for(playing(speaker))
    threading.Event().wait(0.3)
    sound_server.freeze()
    assert wait_for(silent(speaker), 1.0)
    sound_server.thaw()
    assert wait_for(playing(speaker), 2.0)


def test_sound_comes_with_a_server_that_comes_late(
    sound_server: SoundServer, speaker: Speaker, tick: Clip, wait_for: Wait
) -> None:
    speaker.open()
    assert wait_for(silent(speaker), 1.0)
    assert "no sound device was found" in speaker.status().sentence
    for _ in range(20):
        speaker.schedule([tick], time.monotonic_ns())
    sound_server.start()
    assert wait_for(playing(speaker), 2.0)
    with Recorder(sound_server) as recorder:
        threading.Event().wait(0.3)
        speaker.cancel()
        since_ns = time.monotonic_ns()
        speaker.play_now([tick])
        assert recorder.wait_for_sound(since_ns, 1.0) is not None


def test_unplugged_device_shows_and_the_next_one_is_heard(
    sound_server: SoundServer, speaker: Speaker, tick: Clip, wait_for: Wait
) -> None:
    sound_server.start()
    sound_server.control("load-module", "module-always-sink")
    speaker.open()
    assert wait_for(playing(speaker))
    threading.Event().wait(0.3)
    # The server moves the stream to a dummy that swallows everything.
    assert sound_server.control("unload-module", "module-null-sink").returncode == 0
    assert wait_for(silent(speaker), 1.2)
    second = NULL_SINK.replace("sink_name=uncramp", "sink_name=second")
    assert sound_server.control("load-module", *second.split()).returncode == 0
    assert wait_for(playing(speaker), 2.0)
    with Recorder(sound_server, "second") as recorder:
        since_ns = time.monotonic_ns()
        speaker.play_now([tick])
        assert recorder.wait_for_sound(since_ns, 1.0) is not None


def test_cancel_is_heard_and_volume_too(
    sound_server: SoundServer, speaker: Speaker, wait_for: Wait
) -> None:
    sound_server.start()
    speaker.volume = 0.5
    speaker.open()
    assert wait_for(playing(speaker))
    long = clip_of("long", array("h", [8_000, -8_000] * 48_000))
    with Recorder(sound_server) as recorder:
        at_ns = time.monotonic_ns() + 200_000_000
        speaker.schedule([long], at_ns)
        recorder.wait_until(at_ns + 400_000_000)
        cancelled_ns = time.monotonic_ns()
        speaker.cancel()
        recorder.wait_until(cancelled_ns + 500_000_000)
        audio = recorder.audio()
        loud = np.flatnonzero(np.abs(audio) > 100)
        last_ns = int(recorder.instants(loud[-1:])[0])
    assert np.median(np.abs(audio[loud])) == pytest.approx(1_000, abs=2)
    assert last_ns - cancelled_ns < 150_000_000


def test_closed_speaker_leaves_the_server_alone(
    sound_server: SoundServer, speaker: Speaker, wait_for: Wait
) -> None:
    sound_server.start()

    def streams() -> str:
        return sound_server.control("list", "short", "sink-inputs").stdout

    for _ in range(3):
        speaker.open()
        assert wait_for(playing(speaker))
        assert wait_for(lambda: streams() != "")
        speaker.close()
        assert wait_for(lambda: streams() == "")
    clients = sound_server.control("list", "short", "clients").stdout.splitlines()
    assert all("pactl" in client for client in clients), clients


def test_doctor_finds_the_server(sound_server: SoundServer) -> None:
    sound_server.start()
    findings = {finding.name: finding for finding in probe()}
    assert findings["PULSEAUDIO"].works
    sound_server.kill()
    findings = {finding.name: finding for finding in probe()}
    assert not findings["PULSEAUDIO"].works
    assert findings["PULSEAUDIO"].sentence


def test_program_that_forgets_to_close_still_ends(sound_server: SoundServer) -> None:
    sound_server.start()
    script = (
        "from uncramp.sound.speaker import Speaker\n"
        "from uncramp.sound.output import SoundState\n"
        "import time\n"
        "speaker = Speaker(); speaker.open()\n"
        "end = time.monotonic() + 5\n"
        "while speaker.status().state is not SoundState.PLAYING and time.monotonic() < end: pass\n"
        "print(speaker.status().state)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert (ended.returncode, ended.stdout.strip(), ended.stderr) == (0, "playing", "")
