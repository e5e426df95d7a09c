"""The seven cues as chimes."""

from enum import StrEnum
from pathlib import Path

from uncramp.model.errors import EnvironmentFault
from uncramp.model.problem import Problem
from uncramp.sound.clip import Clip, ClipCache


class Chime(StrEnum):
    """A cue without words; the value is the file's name without ending."""

    GET_READY = "get_ready"
    TICK = "tick"
    """Three, two, one."""
    GO = "go"
    """The zero after three, two, one."""
    HALF_WAY = "half_way"
    SWITCH_SIDES = "switch_sides"
    NEXT = "next"
    FINISH = "finish"
    RESUME = "resume"
    """Get ready again after a pause."""


class ChimeSet:
    """One clip for each chime, as far as the folder has them."""

    def __init__(self, clips: dict[Chime, Clip]) -> None:
        self._clips = dict(clips)

    @classmethod
    def load(cls, directory: Path) -> tuple["ChimeSet", tuple[Problem, ...]]:
        """Read every chime from `directory`; a missing or broken file is a problem."""
        clips: dict[Chime, Clip] = {}
        problems: list[Problem] = []
        cache = ClipCache()
        for chime in Chime:
            path = directory / f"{chime}.flac"
            try:
                clips[chime] = cache.get(path, chime)
            except EnvironmentFault as fault:
                problems.append(Problem(str(path), 0, 0, str(fault)))
        return cls(clips), tuple(problems)

    def clip(self, chime: Chime) -> Clip | None:
        """Return the sound, or None where its file is missing or broken."""
        return self._clips.get(chime)
