"""Cues through a player program that the tests pretend to have."""

import os
import sys
import time
import wave
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from uncramp.model.errors import EnvironmentFault
from uncramp.sound.clip import clip_of
from uncramp.sound.mixer import Cue, Mixer
from uncramp.sound.player import PlayerBackend, PlayerOutput, joined

Wait = Callable[..., bool]


class Player:
    """A player program: remembers what it was given."""

    def __init__(self) -> None:
        self.played: list[list[int]] = []
        self.running: list[Player.Process] = []
        self.code: int | None = 0
        self.absent = False

    class Process:
        def __init__(self, code: int | None) -> None:
            self.code = code

        def poll(self) -> int | None:
            return self.code

        def terminate(self) -> None:
            self.code = -15

    def __call__(self, path: Path) -> "Player.Process":
        if self.absent:
            raise OSError("no player")
        with wave.open(str(path), "rb") as file:
            assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (48_000, 1, 2)
            samples = array("h", file.readframes(file.getnframes()))
        self.played.append(samples.tolist())
        self.running.append(Player.Process(self.code))
        return self.running[-1]


@pytest.fixture
def player() -> Player:
    return Player()


@pytest.fixture
def output(player: Player) -> Iterator[tuple[Mixer, PlayerOutput]]:
    mixer = Mixer()
    opened = PlayerBackend(player).open(mixer)
    assert not any(player.played.pop())
    yield mixer, opened
    opened.close()


def tone(value: int, frames: int) -> "array[int]":
    return array("h", [value] * frames)


def test_clips_are_joined_with_their_gap() -> None:
    cue = Cue((clip_of("a", tone(1_000, 3)), clip_of("b", tone(-500, 2))), 0, 4)
    assert joined(cue, 0.5).tolist() == [500] * 3 + [0] * 4 + [-250] * 2


def test_due_cue_is_played_once(
    output: tuple[Mixer, PlayerOutput], player: Player, wait_for: Wait
) -> None:
    mixer, opened = output
    mixer.schedule([clip_of("a", tone(700, 10))], time.monotonic_ns(), 0.0)
    assert wait_for(lambda: player.played)
    assert player.played == [[700] * 10]
    assert opened.fault() == ""
    blocks = mixer.blocks
    assert wait_for(lambda: mixer.blocks > blocks + 3)
    assert len(player.played) == 1


def test_cancel_stops_the_player(
    output: tuple[Mixer, PlayerOutput], player: Player, wait_for: Wait
) -> None:
    mixer, opened = output
    player.code = None
    mixer.schedule([clip_of("a", tone(700, 10))], time.monotonic_ns(), 0.0)
    assert wait_for(lambda: player.played)
    mixer.cancel()
    assert wait_for(lambda: player.running[-1].code == -15)
    blocks = mixer.blocks
    assert wait_for(lambda: mixer.blocks > blocks + 3)
    assert opened.fault() == ""


@pytest.mark.parametrize("how", ["absent", "code"])
def test_player_that_fails_shows_on_the_badge(
    how: str, output: tuple[Mixer, PlayerOutput], player: Player, wait_for: Wait
) -> None:
    mixer, opened = output
    player.absent, player.code = how == "absent", 1
    mixer.schedule([clip_of("a", tone(700, 10))], time.monotonic_ns(), 0.0)
    assert wait_for(opened.fault)
    assert "player failed" in opened.fault()


def test_muted_cue_starts_no_player(
    output: tuple[Mixer, PlayerOutput], player: Player, wait_for: Wait
) -> None:
    mixer, _ = output
    mixer.gain = 0
    mixer.schedule([clip_of("a", tone(700, 10))], time.monotonic_ns(), 0.0)
    assert wait_for(lambda: mixer.idle)
    assert not player.played


@pytest.mark.parametrize("how", ["absent", "code"])
def test_without_a_working_player_there_is_no_output_and_no_hurry(how: str, player: Player) -> None:
    player.absent, player.code = how == "absent", 1
    now = [0]
    backend = PlayerBackend(player, lambda: now[0])
    with pytest.raises(EnvironmentFault, match="no sound device"):
        backend.open(Mixer())
    tries = len(player.played)
    player.absent, player.code = False, 0
    now[0] = 4_900_000_000
    with pytest.raises(EnvironmentFault):
        backend.open(Mixer())
    assert len(player.played) == tries
    now[0] = 5_100_000_000
    backend.open(Mixer()).close()


def test_while_another_way_is_expected_back_the_player_stays_out(player: Player) -> None:
    with pytest.raises(EnvironmentFault):
        PlayerBackend(player).open(Mixer(), "PulseAudio")
    assert not player.played


def test_files_are_gone_afterwards(player: Player) -> None:
    paths: list[Path] = []

    def play(path: Path) -> Player.Process:
        paths.append(path)
        return player(path)

    PlayerBackend(play).open(Mixer()).close()
    assert paths
    assert not paths[0].parent.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="GStreamer's player is asked on Linux")
def test_a_player_that_fails_when_it_is_asked_is_no_player(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "gst-play-1.0"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    for name in [name for name in sys.modules if name.partition(".")[0] == "playsound3"]:
        monkeypatch.delitem(sys.modules, name)  # it looks for players when it is imported
    with pytest.raises(EnvironmentFault, match="no sound device"):
        PlayerBackend().open(Mixer())
