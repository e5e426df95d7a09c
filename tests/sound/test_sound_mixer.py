"""The mixer under a manual clock and a device that only counts."""

import random
import threading
import time
from array import array
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from uncramp.sound.clip import RATE_HZ, Clip, clip_of
from uncramp.sound.mixer import FADE_FRAMES, Mixer

START_NS = 7_000_000_000_000
BLOCK = 960


class Device:
    """Asks for block after block, each exactly when the one before has left its buffer."""

    def __init__(self, mixer: Mixer, latency_ns: int = 0) -> None:
        self.mixer = mixer
        self.latency_ns = latency_ns
        self.now_ns = START_NS
        self.frames = 0
        self.heard: list[int] = []
        mixer.device_changed(latency_ns)

    def take(self, frames: int = BLOCK, late_ns: int = 0) -> None:
        """Ask for one block, `late_ns` after its time."""
        block = self.mixer.render(frames, self.now_ns + late_ns)
        assert len(block) == 2 * frames
        self.heard.extend(memoryview(bytes(block)).cast("h"))
        self.frames += frames
        self.now_ns = START_NS + self.frames * 1_000_000_000 // RATE_HZ

    def run(self, seconds: float, blocks: Sequence[int] = (BLOCK,)) -> NDArray[np.int64]:
        end = self.frames + round(seconds * RATE_HZ)
        sizes = _cycle(blocks)
        while self.frames < end:
            self.take(min(next(sizes), end - self.frames))
        return np.array(self.heard, dtype=np.int64)

    def instant(self, frame: int) -> int:
        """Return when `frame` is heard, rounded up to be on its side of the border."""
        return START_NS + self.latency_ns + -(-frame * 1_000_000_000 // RATE_HZ)


def _cycle(sizes: Sequence[int]) -> Iterator[int]:
    while True:
        yield from sizes


def constant(value: int, frames: int, name: str = "clip") -> Clip:
    return clip_of(name, array("h", [value] * frames))


def ramp(frames: int) -> Clip:
    return clip_of("ramp", array("h", range(1, frames + 1)))


@pytest.mark.parametrize("latency_ns", [0, 15_000_000, 40_000_000])
@pytest.mark.parametrize("frame", [5_000, 24_000, 24_001, 24_959])
def test_first_sample_is_heard_at_its_instant(frame: int, latency_ns: int) -> None:
    device = Device(Mixer(), latency_ns)
    device.mixer.schedule([ramp(100)], device.instant(frame), 0.0)
    heard = device.run(1.0)
    assert np.flatnonzero(heard)[0] == frame
    assert list(heard[frame : frame + 100]) == list(range(1, 101))
    assert not heard[frame + 100 :].any()


def test_clips_of_a_cue_follow_with_their_gap() -> None:
    device = Device(Mixer())
    device.mixer.schedule([ramp(700), ramp(300)], device.instant(2_000), 0.12)
    heard = device.run(0.5)
    second = 2_000 + 700 + 5_760
    assert list(heard[2_000:2_700]) == list(range(1, 701))
    assert not heard[2_700:second].any()
    assert list(heard[second : second + 300]) == list(range(1, 301))


def test_stream_does_not_depend_on_the_size_of_blocks() -> None:
    streams = []
    for blocks in ((960,), (1, 17, 480, 3), (4_800,)):
        device = Device(Mixer())
        device.mixer.gain = 0.3
        device.run(0.1)
        device.mixer.schedule([ramp(5_000), ramp(50)], device.instant(9_000), 0.01)
        device.mixer.schedule([constant(900, 3_000)], device.instant(10_000), 0.0)
        streams.append(device.run(0.5, blocks)[4_800:])
    assert streams[0].any()
    assert np.array_equal(streams[0], streams[1])
    assert np.array_equal(streams[0], streams[2])


def test_late_cue_begins_at_once_and_whole() -> None:
    device = Device(Mixer())
    device.run(1.0)
    device.mixer.schedule([ramp(400)], device.now_ns - 500_000_000, 0.0)
    heard = device.run(0.1)
    assert list(heard[48_000:48_400]) == list(range(1, 401))


def test_cue_over_a_second_late_is_dropped() -> None:
    device = Device(Mixer())
    device.run(2.0)
    device.mixer.schedule([ramp(400)], device.now_ns - 1_001_000_000, 0.0)
    assert not device.run(0.2).any()
    assert device.mixer.idle


def test_overdue_cues_are_no_burst() -> None:
    device = Device(Mixer())
    device.run(1.0)
    for n, value in enumerate((100, 200, 300)):
        late_ns = (900 - 300 * n) * 1_000_000
        device.mixer.schedule([constant(value, 480)], device.now_ns - late_ns, 0.0)
    heard = device.run(0.2)
    assert set(heard[48_000:48_480]) == {300}
    assert not heard[48_480:].any()


def test_device_that_was_away_for_long_plays_nothing_old() -> None:
    mixer = Mixer()
    for n in range(20):
        mixer.schedule([constant(500, 480)], START_NS - 10_000_000_000 + n * 100_000_000, 0.0)
    device = Device(mixer)
    assert not device.run(0.5).any()


def test_cancel_drops_what_has_not_begun() -> None:
    device = Device(Mixer())
    device.mixer.schedule([ramp(400)], device.instant(9_600), 0.0)
    device.run(0.1)
    device.mixer.cancel()
    assert not device.run(0.5).any()


@pytest.mark.parametrize("blocks", [(960,), (1_920,), (480,), (7, 300)])
def test_cancel_fades_what_sounds_within_20_ms(blocks: Sequence[int]) -> None:
    device = Device(Mixer())
    device.mixer.schedule([constant(10_000, 48_000), ramp(5_000)], device.instant(0), 0.0)
    device.run(0.2)
    device.mixer.cancel()
    heard = device.run(1.5, blocks)[9_600:]
    assert FADE_FRAMES == 960
    assert heard[0] == 10_000
    assert not heard[FADE_FRAMES:].any()
    steps = np.diff(heard[: FADE_FRAMES + 1])
    assert steps.max() <= 0
    assert steps.min() >= -11


def test_cue_after_a_cancel_is_heard() -> None:
    device = Device(Mixer())
    device.mixer.schedule([constant(10_000, 48_000)], device.instant(0), 0.0)
    device.run(0.1)
    device.mixer.cancel()
    device.mixer.schedule([ramp(100)], device.instant(9_600), 0.0)
    heard = device.run(0.5)
    assert list(heard[9_600:9_700]) == list(range(1, 101))


def test_gain_scales_and_glides() -> None:
    device = Device(Mixer())
    device.mixer.schedule([constant(10_000, 48_000)], device.instant(0), 0.0)
    device.run(0.1)
    device.mixer.gain = 0.5
    heard = device.run(0.1)
    assert set(heard[:4_800]) == {10_000}
    assert set(heard[4_800 + BLOCK :]) == {5_000}
    steps = np.diff(heard[4_700 : 4_800 + BLOCK])
    assert steps.min() >= -6
    assert steps.max() <= 0


@pytest.mark.parametrize(("gain", "expected"), [(0.0, 0), (1.0, 10_000), (-3.0, 0), (9.0, 10_000)])
def test_gain_is_bounded(gain: float, expected: int) -> None:
    mixer = Mixer()
    mixer.gain = gain
    device = Device(mixer)
    device.mixer.schedule([constant(10_000, 4_800)], device.instant(0), 0.0)
    assert set(device.run(0.1)) == {expected}


def test_overlap_adds_quiet_sounds_exactly() -> None:
    device = Device(Mixer())
    device.mixer.schedule([constant(4_000, 2_000)], device.instant(1_000), 0.0)
    device.mixer.schedule([constant(5_000, 2_000)], device.instant(2_000), 0.0)
    heard = device.run(0.1)
    assert set(heard[1_000:2_000]) == {4_000}
    assert set(heard[2_000:3_000]) == {9_000}
    assert set(heard[3_000:4_000]) == {5_000}


def test_overlap_of_loud_sounds_neither_wraps_nor_clips() -> None:
    turn = np.arange(4_800) * 2 * np.pi * 440 / RATE_HZ
    loud = clip_of("loud", array("h", (29_000 * np.sin(turn)).astype(int).tolist()))
    device = Device(Mixer())
    for _ in range(3):
        device.mixer.schedule([loud], device.instant(0), 0.0)
    heard = device.run(0.1)
    single = np.array(loud.samples)
    assert np.abs(heard).max() < 32_767
    assert (np.sign(heard) == np.sign(single)).all()
    # A clipped wave stays level at its top for many samples; a bent one does not.
    assert (np.diff(heard) == 0).sum() < 40


def test_new_device_keeps_what_waits_and_drops_what_was_half_heard() -> None:
    mixer = Mixer()
    first = Device(mixer)
    mixer.schedule([constant(10_000, 48_000)], first.instant(0), 0.0)
    mixer.schedule([ramp(200)], START_NS + 400_000_000, 0.0)
    first.run(0.2)
    second = Device(mixer)
    heard = second.run(1.0)
    assert list(np.flatnonzero(heard)) == list(range(19_200, 19_400))


def test_answers_that_come_late_do_not_move_a_cue() -> None:
    chance = random.Random(4)
    device = Device(Mixer(), latency_ns=15_000_000)
    for _ in range(30):
        device.take(late_ns=chance.randrange(0, 12_000_000))
    frame = device.frames + 6_000
    device.mixer.schedule([ramp(100)], device.instant(frame), 0.0)
    for _ in range(30):
        device.take(late_ns=chance.randrange(0, 12_000_000))
    found = int(np.flatnonzero(np.array(device.heard))[0])
    assert abs(found - frame) <= RATE_HZ // 500  # 2 ms


def test_after_running_dry_the_next_cue_is_on_time() -> None:
    device = Device(Mixer(), latency_ns=15_000_000)
    device.run(1.0)
    # The machine stood still for 70 ms: the device ran dry and everything is heard later now.
    dry_ns = 70_000_000
    device.mixer.schedule([ramp(100)], device.instant(device.frames + 4_800) + dry_ns, 0.0)
    expected = device.frames + 4_800
    for _ in range(20):
        device.take(late_ns=dry_ns)
    assert abs(int(np.flatnonzero(np.array(device.heard))[0]) - expected) <= 1


def test_empty_cue_and_empty_clip_are_nothing() -> None:
    device = Device(Mixer())
    device.mixer.schedule([], device.instant(0), 0.0)
    device.mixer.schedule([constant(1, 0)], device.instant(0), 0.0)
    assert not device.run(0.1).any()
    assert device.mixer.idle


def test_queue_is_bounded_while_there_is_no_device() -> None:
    mixer = Mixer()
    for n in range(100_000):
        mixer.schedule([constant(100 + n % 2, 10)], START_NS + n, 0.0)
    device = Device(mixer)
    device.run(0.1)
    assert mixer.idle


def test_threads_may_schedule_and_cancel_while_the_device_takes() -> None:
    device = Device(Mixer())
    clip = constant(100, 200)
    faults: list[BaseException] = []

    def bother() -> None:
        try:
            for _ in range(3_000):
                device.mixer.schedule([clip], device.now_ns, 0.0)
                device.mixer.gain = 0.5
                device.mixer.cancel()
        except BaseException as error:  # noqa: BLE001  # reported by the test's own thread
            faults.append(error)

    threads = [threading.Thread(target=bother) for _ in range(2)]
    for thread in threads:
        thread.start()
    end = time.monotonic() + 30
    while any(thread.is_alive() for thread in threads):
        assert time.monotonic() < end, "a thread does not come to its end"
        device.take()
        device.heard.clear()
    assert not faults
    device.mixer.cancel()
    device.run(0.1)
    assert device.mixer.idle
