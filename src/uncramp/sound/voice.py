"""Spoken prompts: rendered ahead with the program, or on demand for the user's own texts."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.problem import Problem
from uncramp.sound.clip import LONGEST_S, Clip, ClipCache
from uncramp.sound.synthesis import Say, SpeechCache

MANIFEST = "manifest.json"
FORMAT = 1
_LARGEST_MANIFEST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Prompt:
    """One row of the manifest.

    Attributes:
        path: the sound file.
        duration_s: its length in seconds.
    """

    path: Path
    duration_s: float


class Voice:
    """Says texts, as far as it has or can make their sound.

    Args:
        prompts: the texts rendered ahead.
        cache: the texts spoken on demand.
    """

    def __init__(self, prompts: dict[str, Prompt], cache: SpeechCache) -> None:
        self._prompts = dict(prompts)
        self._cache = cache
        self._clips = ClipCache()

    @classmethod
    def load(
        cls, directory: Path, cache_dir: Path | None = None, say: Say | None = None
    ) -> tuple["Voice", tuple[Problem, ...]]:
        """Read the manifest in `directory`; nothing is decoded yet.

        Args:
            directory: with `manifest.json` and the files it names.
            cache_dir: where texts spoken on demand are kept; None: none are.
            say: how they are spoken; None for the installed voice, if any.

        Returns:
            the voice, which has at least the prompts without a problem, and the problems.
        """
        prompts, problems = _read_manifest(directory)
        return cls(prompts, SpeechCache(cache_dir, say)), problems

    def has(self, text: str) -> bool:
        """Tell whether `text` can be said now."""
        return text in self._prompts or self._cache.path(text) is not None

    def duration_s(self, text: str) -> float | None:
        """Return how long `text` takes in seconds, or None when it cannot be said now."""
        prompt = self._prompts.get(text)
        return self._cache.duration_s(text) if prompt is None else prompt.duration_s

    def clip(self, text: str) -> Clip | None:
        """Return `text` as sound, or None when it cannot be said now."""
        prompt = self._prompts.get(text)
        path = self._cache.path(text) if prompt is None else prompt.path
        if path is None:
            return None
        try:
            return self._clips.get(path, text)
        except EnvironmentFault:
            self._prompts.pop(text, None)  # has() and duration_s() have to agree with it
            return None

    def prepare(self, texts: Iterable[str]) -> None:
        """Begin to speak those of `texts` that are missing, where the voice is installed.

        Returns at once; `has` tells when a text is there.
        """
        self._cache.request([text for text in texts if text not in self._prompts])

    def close(self) -> None:
        """End what is being spoken on demand."""
        self._cache.close()


def _read_manifest(directory: Path) -> tuple[dict[str, Prompt], tuple[Problem, ...]]:
    path = directory / MANIFEST
    try:
        if path.stat().st_size > _LARGEST_MANIFEST_BYTES:
            return {}, (Problem(str(path), 0, 0, tr("the list of prompts is too large")),)
        manifest = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        sentence = tr("the list of spoken prompts cannot be read: {error}")
        return {}, (Problem(str(path), 0, 0, sentence.format(error=error)),)
    rows = manifest.get("prompts") if isinstance(manifest, dict) else None
    if not isinstance(rows, dict) or manifest.get("format") != FORMAT:
        return {}, (Problem(str(path), 0, 0, tr("this is not a list of spoken prompts")),)
    prompts: dict[str, Prompt] = {}
    problems: list[Problem] = []
    for text, row in rows.items():
        prompt = _prompt(directory, row)
        if isinstance(prompt, Prompt):
            prompts[text] = prompt
        else:
            message = tr('prompt "{text}": {fault}').format(text=text[:80], fault=prompt)
            problems.append(Problem(str(path), 0, 0, message))
    return prompts, tuple(problems)


def _prompt(directory: Path, row: object) -> Prompt | str:
    """Return the prompt of one row, or what is wrong with it."""
    if not isinstance(row, dict):
        return tr("not a table")
    name, duration_s = row.get("file"), row.get("duration_s")
    # A plain name: no manifest may point out of its folder.
    if not isinstance(name, str) or not name or name != Path(name).name or "\\" in name:
        return tr("no file name")
    if isinstance(duration_s, bool) or not isinstance(duration_s, int | float):
        return tr("no duration")
    if not 0 < duration_s <= LONGEST_S:
        return tr("impossible duration")
    path = directory / name
    try:
        if not path.is_file():
            return tr("the file {name} is missing").format(name=name)
    except (OSError, ValueError):  # a name that no file system takes
        return tr("no file name")
    return Prompt(path, float(duration_s))
