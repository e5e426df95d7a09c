"""The speaker over ways to be heard that the tests open, lose and block."""

import logging
import threading
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from uncramp.model.errors import EnvironmentFault
from uncramp.sound.clip import clip_of
from uncramp.sound.device import DeviceBackend, backends_of
from uncramp.sound.mixer import Mixer
from uncramp.sound.output import Backend, Output, SoundState
from uncramp.sound.probe import Finding, advice, probe
from uncramp.sound.speaker import Speaker

Wait = Callable[..., bool]


class FakeOutput:
    """Takes blocks in a thread, until it is told to stall."""

    def __init__(self, name: str, mixer: Mixer) -> None:
        self.name = name
        self.stalled = threading.Event()
        self.closed = threading.Event()
        self.sentence = ""
        self.peak = 0
        self.blocks = 0
        mixer.device_changed(0)
        threading.Thread(target=self._run, args=(mixer,), daemon=True).start()

    def _run(self, mixer: Mixer) -> None:
        now_ns = 0
        while not (self.stalled.wait(0.01) or self.closed.is_set()):
            now_ns += 10_000_000
            block = mixer.render(480, now_ns).cast("h")
            self.peak = max(self.peak, *block)
            self.blocks += 1

    def fault(self) -> str:
        return self.sentence

    def silence(self) -> None:
        self.stalled.set()

    def close(self) -> None:
        self.closed.set()


@dataclass
class FakeBackend:
    name: str
    works: bool = True
    block: threading.Event | None = None
    opened: list[FakeOutput] = field(default_factory=list)
    tries: list[str] = field(default_factory=list)

    def open(self, mixer: Mixer, again: str = "") -> Output:
        self.tries.append(again)
        if self.block is not None:
            self.block.wait(10)
        if not self.works:
            raise EnvironmentFault(f"{self.name} does not open")
        self.opened.append(FakeOutput(self.name, mixer))
        return self.opened[-1]


class Clock:
    def __init__(self) -> None:
        self.ns = 0

    def __call__(self) -> int:
        return self.ns


@pytest.fixture
def speak() -> Iterator[Callable[..., Speaker]]:
    speakers: list[Speaker] = []

    def make(*backends: Backend, clock: Callable[[], int] | None = None) -> Speaker:
        speakers.append(Speaker(backends, clock or Clock()))
        return speakers[-1]

    yield make
    for speaker in speakers:
        speaker.close()


def state_is(speaker: Speaker, state: SoundState) -> Callable[[], bool]:
    return lambda: speaker.status().state is state


def test_first_way_that_opens_is_taken(speak: Callable[..., Speaker], wait_for: Wait) -> None:
    broken, good = FakeBackend("broken", works=False), FakeBackend("good")
    speaker = speak(broken, good)
    assert speaker.status().state is SoundState.CLOSED
    speaker.open()
    assert wait_for(state_is(speaker, SoundState.PLAYING))
    assert speaker.status().backend == "good"
    assert speaker.status().sentence == ""


def test_no_way_at_all_is_a_sentence(speak: Callable[..., Speaker], wait_for: Wait) -> None:
    speaker = speak(FakeBackend("one", works=False), FakeBackend("two", works=False))
    speaker.open()
    assert wait_for(state_is(speaker, SoundState.SILENT))
    assert speaker.status().sentence == "one does not open"
    speaker.play_now([clip_of("x", array("h", [1]))])
    speaker.cancel()


def test_device_that_appears_later_is_taken(speak: Callable[..., Speaker], wait_for: Wait) -> None:
    backend = FakeBackend("late", works=False)
    speaker = speak(backend)
    speaker.open()
    assert wait_for(state_is(speaker, SoundState.SILENT))
    backend.works = True
    assert wait_for(state_is(speaker, SoundState.PLAYING), 2.0)


def test_stalled_device_is_noticed_within_a_second_and_opened_again(
    speak: Callable[..., Speaker], wait_for: Wait
) -> None:
    backend, other = FakeBackend("card"), FakeBackend("other")
    speaker = speak(backend, other)
    speaker.open()
    assert wait_for(lambda: backend.opened and not backend.opened[0].stalled.is_set())
    assert wait_for(state_is(speaker, SoundState.PLAYING))
    blocks = threading.Event()
    blocks.wait(0.2)
    backend.works = False
    backend.opened[0].stalled.set()
    assert wait_for(state_is(speaker, SoundState.SILENT), 1.0)
    assert wait_for(backend.opened[0].closed.is_set)
    # A server that restarts must find its card free: no other way is tried meanwhile.
    assert wait_for(lambda: len(backend.tries) > 2)
    assert not other.opened
    assert set(backend.tries[1:]) == {"card"}
    backend.works = True
    assert wait_for(state_is(speaker, SoundState.PLAYING), 2.0)
    assert len(backend.opened) == 2


def test_device_that_nobody_hears_shows_on_the_badge(
    speak: Callable[..., Speaker], wait_for: Wait
) -> None:
    backend = FakeBackend("dummy")
    speaker = speak(backend)
    speaker.open()
    assert wait_for(state_is(speaker, SoundState.PLAYING))
    backend.opened[0].sentence = "nobody hears this"
    assert wait_for(state_is(speaker, SoundState.SILENT), 1.2)
    assert speaker.status().sentence == "nobody hears this"
    backend.opened[0].sentence = ""
    assert wait_for(state_is(speaker, SoundState.PLAYING), 1.2)
    assert len(backend.opened) == 1


def test_better_way_takes_over_when_it_opens(speak: Callable[..., Speaker], wait_for: Wait) -> None:
    device, player = FakeBackend("device", works=False), FakeBackend("player")
    speaker = speak(device, player)
    speaker.open()
    assert wait_for(lambda: speaker.status().backend == "player")
    device.works = True
    assert wait_for(lambda: speaker.status().backend == "device", 2.5)
    assert player.opened[0].closed.is_set()


def test_opening_never_waits_and_a_hanging_server_is_silence(
    speak: Callable[..., Speaker], wait_for: Wait
) -> None:
    release, clock = threading.Event(), Clock()
    speaker = speak(FakeBackend("hangs", block=release), clock=clock)
    speaker.open()
    assert speaker.status().state is SoundState.OPENING
    clock.ns = 999_000_000
    assert speaker.status().state is SoundState.OPENING
    clock.ns = 1_001_000_000
    assert speaker.status().state is SoundState.SILENT
    assert "does not answer" in speaker.status().sentence
    speaker.close()
    assert speaker.status().state is SoundState.CLOSED
    release.set()


def test_close_lets_go_of_the_device_and_leaves_no_thread(
    speak: Callable[..., Speaker], wait_for: Wait
) -> None:
    backend = FakeBackend("card")
    speaker = speak(backend)
    for _ in range(3):
        speaker.open()
        speaker.open()
        assert wait_for(state_is(speaker, SoundState.PLAYING))
        speaker.close()
        speaker.close()
        assert wait_for(backend.opened[-1].closed.is_set)
        assert wait_for(
            lambda: all(thread.name != "uncramp-sound" for thread in threading.enumerate())
        )
    assert len(backend.opened) == 3


def test_close_can_wait_for_the_last_sound(speak: Callable[..., Speaker], wait_for: Wait) -> None:
    backend = FakeBackend("card")
    clip = clip_of("x", array("h", [5_000] * 14_400))
    for drain_s, peak in ((0.0, 0), (2.0, 5_000)):
        speaker = speak(backend)
        speaker.open()
        assert wait_for(state_is(speaker, SoundState.PLAYING))
        speaker.schedule([clip], 10**15 if drain_s == 0 else 0)
        speaker.close(drain_s)
        assert wait_for(backend.opened[-1].closed.is_set)
        assert backend.opened[-1].peak == peak


def test_volume_is_bounded_and_follows_the_ear(
    speak: Callable[..., Speaker], wait_for: Wait
) -> None:
    backend = FakeBackend("card")
    speaker = speak(backend)
    speaker.volume = 7
    assert speaker.volume == 1.0
    speaker.volume = -1
    assert speaker.volume == 0.0
    speaker.volume = 0.5
    speaker.open()
    assert wait_for(state_is(speaker, SoundState.PLAYING))
    speaker.schedule([clip_of("x", array("h", [8_000] * 480))], 0)
    assert wait_for(lambda: backend.opened[0].peak > 0)
    assert backend.opened[0].peak == 1_000
    speaker.muted = True
    assert speaker.muted
    done = backend.opened[0].blocks
    assert wait_for(lambda: backend.opened[0].blocks > done + 2)
    backend.opened[0].peak = 0
    speaker.schedule([clip_of("x", array("h", [8_000] * 4_800))], 0)
    assert wait_for(lambda: backend.opened[0].blocks > done + 10)
    assert backend.opened[0].peak == 0


def test_mistake_of_ours_shows_on_the_badge_and_in_the_log(
    speak: Callable[..., Speaker], wait_for: Wait, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        name = "broken"

        def open(self, mixer: Mixer, again: str = "") -> Output:
            raise KeyError(f"a bug {mixer.blocks}{again}")

    speaker = speak(Broken())
    with caplog.at_level(logging.ERROR):
        speaker.open()
        assert wait_for(state_is(speaker, SoundState.SILENT))
    assert "a bug 0" in caplog.text


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin", "freebsd14"])
def test_the_silent_device_is_never_named(platform: str) -> None:
    names = backends_of(platform)
    assert names
    assert "NULL" not in names


def test_a_device_backend_needs_a_way() -> None:
    with pytest.raises(ValueError, match="at least one"):
        DeviceBackend(())


def test_probe_tells_what_works_and_what_to_do() -> None:
    broken, good = FakeBackend("a", works=False), FakeBackend("b")
    findings = probe([("a", broken), ("b", good)])
    assert findings == (
        Finding("a", works=False, sentence="a does not open"),
        Finding("b", works=True),
    )
    assert good.opened[0].closed.is_set()
    assert advice(findings, "linux") == ""
    assert "PipeWire" in advice(findings[:1], "linux")
    assert "PipeWire" not in advice(findings[:1], "darwin")
