"""What is said and shown for a cue: a chime, phrases that fit before the next cue, a caption."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from uncramp.coach.settings import Verbosity
from uncramp.model.body import Side
from uncramp.model.exercise import Exercise, Kind, Sides
from uncramp.model.language import tr
from uncramp.model.routine import Routine
from uncramp.model.text import Text
from uncramp.session.timeline import (
    URGENT_LEAD_IN_MS,
    Cue,
    CueKind,
    Segment,
    SegmentKind,
    Timeline,
)
from uncramp.sound.chime import Chime

SPOKEN_LANGUAGE = "en"
GAP_S = 0.12
"""Between a chime and the voice, and between two phrases."""
CLEAR_S = 0.15
"""Silence kept before the next cue."""

GET_READY = "Get ready."
GET_READY_AGAIN = "Get ready again."
NEXT = "Next:"
REST = "Rest."
HALF_WAY = "Half way."
SWITCH_SIDES = "Switch sides."
FINISHED = "Well done. That was the last one."
FIXED_PHRASES = (
    GET_READY,
    GET_READY_AGAIN,
    NEXT,
    REST,
    HALF_WAY,
    SWITCH_SIDES,
    FINISHED,
    "Left leg.",
    "Right leg.",
)

CHIME_OF = {
    CueKind.GET_READY: Chime.GET_READY,
    CueKind.COUNTDOWN: Chime.TICK,
    CueKind.START: Chime.GO,
    CueKind.HALF_WAY: Chime.HALF_WAY,
    CueKind.SWITCH_SIDES: Chime.SWITCH_SIDES,
    CueKind.NEXT: Chime.NEXT,
    CueKind.FINISH: Chime.FINISH,
    CueKind.RESUME: Chime.RESUME,
    CueKind.COACHING: None,
}


@dataclass(frozen=True, slots=True)
class Announcement:
    """One cue as it is heard and seen.

    Attributes:
        chime: sounds at the cue's instant; None for a spoken hint.
        phrases: spoken after the chime, in order; only those that end before the next cue.
        caption: the visual twin; short, in the user's language.
    """

    chime: Chime | None
    phrases: tuple[str, ...]
    caption: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    text: str
    rank: int
    """0 is said before all others; the highest rank is left out first."""


class Announcer:
    """Turns cues into announcements.

    Args:
        exercises: by id.
        duration_s: how long a text takes to say; None when it cannot be said.
        chime_s: how long a chime sounds.
        verbosity: how much is spoken.
        speed: how many times faster than life the session runs.
        steps: the exercises of the routine's steps in the words of the steps; where they do not
            fit a timeline, as when the routine was changed since, those by id are used.

    Attributes:
        verbosity: how much is spoken; may be changed while a session runs.
    """

    def __init__(
        self,
        exercises: Mapping[str, Exercise],
        duration_s: Callable[[str], float | None],
        chime_s: Callable[[Chime], float],
        verbosity: Verbosity,
        speed: float = 1.0,
        steps: Sequence[Exercise] = (),
    ) -> None:
        self.verbosity = verbosity
        self._steps = tuple(steps)
        self._exercises = exercises
        self._duration_s = duration_s
        self._chime_s = chime_s
        self._speed = speed

    def announcement(self, cue: Cue, timeline: Timeline, free_ms: int | None) -> Announcement:
        """Return how `cue` is heard and seen; `free_ms` is the time until the next cue."""
        segment = timeline.segments[cue.segment]
        chime = CHIME_OF[cue.kind]
        wanted = self._wanted(cue, timeline)
        free_s = float("inf") if free_ms is None else free_ms / 1000 / self._speed - CLEAR_S
        if _is_urgent(cue, segment) and self._fitting(wanted, free_s):
            chime = None  # what to do comes first, and in the night nothing rings
        if chime is not None:
            free_s -= self._chime_s(chime) + GAP_S
        return Announcement(
            chime=chime,
            phrases=self._fitting(wanted, free_s),
            caption=caption(cue, timeline, self.exercise_of(segment)),
        )

    def exercise_of(self, segment: Segment) -> Exercise:
        """Return the exercise of a segment in the words of its step."""
        if segment.step < len(self._steps):
            worded = self._steps[segment.step]
            if worded.id == segment.exercise:
                return worded
        return self._exercises[segment.exercise]

    def _wanted(self, cue: Cue, timeline: Timeline) -> list[_Phrase]:
        segment = timeline.segments[cue.segment]
        exercise = self.exercise_of(segment)
        if self.verbosity is Verbosity.CHIMES:
            return []
        if cue.kind is not CueKind.START:
            return list(_phrases(cue, segment, exercise, self.verbosity))
        side = [_Phrase(text, 0) for text in _spoken_side(exercise, segment.side)]
        return side if side and not self._was_said(side[0].text, cue.segment - 1, timeline) else []

    def _was_said(self, side: str, index: int, timeline: Timeline) -> bool:
        """Tell whether the preparation had room for the side: a long name may take all of it."""
        before = timeline.segments[index]
        if before.kind in {SegmentKind.REST, SegmentKind.WORK}:
            return True
        for cue, following in pairwise(timeline.cues):
            if cue.segment == index:
                free_ms = following.at_ms - cue.at_ms
                return side in self.announcement(cue, timeline, free_ms).phrases
        return False

    def _fitting(self, wanted: list[_Phrase], free_s: float) -> tuple[str, ...]:
        spoken = [phrase for phrase in wanted if self._duration_s(phrase.text) is not None]
        while spoken and self._length_s(spoken) > free_s:
            spoken.remove(max(spoken, key=_rank))
        return tuple(phrase.text for phrase in spoken)

    def _length_s(self, phrases: list[_Phrase]) -> float:
        return sum((self._duration_s(p.text) or 0.0) + GAP_S for p in phrases) - GAP_S


def _is_urgent(cue: Cue, segment: Segment) -> bool:
    return cue.kind is CueKind.GET_READY and segment.duration_ms <= URGENT_LEAD_IN_MS


def _rank(phrase: _Phrase) -> int:
    return phrase.rank


def side_text(exercise: Exercise, side: Side) -> str:
    """Return the side as it is shown and said, for example "Left leg back"; "" without sides."""
    if side is Side.NONE:
        return ""
    own = exercise.side_left if side is Side.LEFT else exercise.side_right
    if own is not None:
        return own.default
    return tr("Left leg") if side is Side.LEFT else tr("Right leg")


def legs_text(exercise: Exercise) -> str:
    """Return which legs work where no side is named."""
    if exercise.sides is Sides.EACH:
        return tr("The leg that cramps")
    return tr("At rest") if exercise.kind is Kind.STILL else tr("Both legs")


def caption(cue: Cue, timeline: Timeline, exercise: Exercise) -> str:
    """Return the words that stand on the screen for a cue."""
    segment = timeline.segments[cue.segment]
    side = side_text(exercise, segment.side)
    name = exercise.name.default
    if cue.kind is CueKind.COUNTDOWN:
        return str(cue.count)
    if cue.kind is CueKind.NEXT and segment.kind is SegmentKind.REST:
        return tr("Rest")
    if cue.kind is CueKind.COACHING:
        return _hint(exercise, cue.count)
    return {
        CueKind.GET_READY: tr("Get ready"),
        CueKind.START: tr("Go"),
        CueKind.HALF_WAY: tr("Half way"),
        CueKind.SWITCH_SIDES: tr("Switch: {side}").format(side=side) if side else tr("Switch"),
        CueKind.NEXT: tr("Next: {name}").format(name=name),
        CueKind.FINISH: tr("Done"),
        CueKind.RESUME: tr("Get ready again"),
    }[cue.kind]


def every_spoken_text(
    exercises: Iterable[Exercise], routines: Iterable[Routine] = ()
) -> tuple[str, ...]:
    """Return every text that may be spoken, each once, in a stable order."""
    found = dict.fromkeys(FIXED_PHRASES)
    for exercise in exercises:
        sides = (exercise.side_left, exercise.side_right)
        texts = (exercise.name, *(side for side in sides if side is not None), *exercise.cues)
        found |= dict.fromkeys(map(_spoken, texts))
    for step in (step for routine in routines for step in routine.steps):
        names = () if step.name is None else (step.name,)
        found |= dict.fromkeys(map(_spoken, (*names, *step.cues)))
    return tuple(found)


def _phrases(
    cue: Cue, segment: Segment, exercise: Exercise, verbosity: Verbosity
) -> Iterator[_Phrase]:
    full = verbosity is Verbosity.FULL
    name = _Phrase(_spoken(exercise.name), 0)
    side = _spoken_side(exercise, segment.side)
    match cue.kind:
        case CueKind.GET_READY:
            if full and not _is_urgent(cue, segment):
                yield _Phrase(GET_READY, 2)
            yield name
            yield from (_Phrase(text, 1) for text in side)
        case CueKind.NEXT if segment.kind is SegmentKind.REST:
            yield _Phrase(REST, 0)
        case CueKind.NEXT:
            if full:
                yield _Phrase(NEXT, 2)
            yield name
            yield from (_Phrase(text, 1) for text in side)
        case CueKind.SWITCH_SIDES:
            if full:
                yield _Phrase(SWITCH_SIDES, 1)
            yield from (_Phrase(text, 0) for text in side)
        case CueKind.HALF_WAY:
            yield _Phrase(HALF_WAY, 0)
        case CueKind.RESUME:
            yield _Phrase(GET_READY_AGAIN, 0)
        case CueKind.FINISH:
            yield _Phrase(FINISHED, 0)
        case CueKind.COACHING if full and exercise.cues:
            chosen = exercise.cues[cue.count % len(exercise.cues)]
            yield _Phrase(_spoken(chosen), 0)
        case _:
            return


def _spoken_side(exercise: Exercise, side: Side) -> Iterator[str]:
    if side is Side.NONE:
        return
    own = exercise.side_left if side is Side.LEFT else exercise.side_right
    if own is not None:
        yield _spoken(own)
    else:
        yield "Left leg." if side is Side.LEFT else "Right leg."


def _hint(exercise: Exercise, number: int) -> str:
    if not exercise.cues:
        return ""
    return exercise.cues[number % len(exercise.cues)].default


def _spoken(text: Text) -> str:
    """Return a text as it is said: closed with a full stop, where the voice lowers its tone."""
    stripped = text.in_language(SPOKEN_LANGUAGE).strip()
    return stripped if stripped.endswith((".", "!", "?", "…")) else stripped + "."
