"""What is heard first of a loudspeaker that has to wake up."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from uncramp.coach.places import find_places
from uncramp.coach.session.announce import GET_READY
from uncramp.coach.session.sounding import SoundingSession, load_sounds
from uncramp.sound.chime import Chime
from uncramp.sound.clip import Clip
from uncramp.sound.output import SoundState, SoundStatus
from uncramp.sound.speaker import Speaker


class Loudspeaker(Speaker):
    """One that has been awake for as long as the test says."""

    def __init__(self, state: SoundState, awake_s: float) -> None:
        super().__init__(backends=())
        self.now = SoundStatus(state, awake_s=awake_s)
        self.played: list[tuple[Clip, ...]] = []

    def status(self) -> SoundStatus:
        return self.now

    def schedule(self, clips: Sequence[Clip], at_ns: int, gap_s: float = 0.0) -> None:
        del at_ns, gap_s
        self.played.append(tuple(clips))


def session(state: SoundState, awake_s: float, folder: Path) -> tuple[SoundingSession, Loudspeaker]:
    speaker = Loudspeaker(state, awake_s)
    chimes, voice, problems = load_sounds(find_places(folder).assets, folder)
    assert problems == ()
    return SoundingSession(speaker, chimes, voice), speaker


@pytest.mark.parametrize(
    ("state", "awake_s", "waking"),
    [
        (SoundState.OPENING, 0.0, True),
        (SoundState.PLAYING, 0.2, True),
        (SoundState.PLAYING, 1.2, False),
        (SoundState.SILENT, 0.0, False),
    ],
)
def test_words_that_cannot_wait_come_after_a_chime(
    state: SoundState, awake_s: float, waking: bool, tmp_path: Path
) -> None:
    sounding, speaker = session(state, awake_s, tmp_path)
    assert sounding.is_waking is waking
    sounding.announce(None, (GET_READY,), 0)
    (played,) = speaker.played
    assert len(played) == (2 if waking else 1)


def test_a_chime_is_never_doubled(tmp_path: Path) -> None:
    sounding, speaker = session(SoundState.PLAYING, 0.1, tmp_path)
    sounding.announce(Chime.GO, (GET_READY,), 0)
    assert [len(played) for played in speaker.played] == [2]
