"""What is said and shown for each cue, and that no phrase runs into the next cue."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from uncramp.coach.coach import Coach
from uncramp.coach.places import find_places
from uncramp.coach.session.announce import CLEAR_S, GAP_S, Announcer, every_spoken_text
from uncramp.coach.session.sounding import load_sounds
from uncramp.coach.settings import Verbosity
from uncramp.model.exercise import Exercise, Kind, Sides
from uncramp.model.figure import Figure, View
from uncramp.model.moment import Moment
from uncramp.model.routine import Routine, Step
from uncramp.model.text import Text
from uncramp.session.timeline import Cue, CueKind, SegmentKind, Timeline, compile_routine
from uncramp.sound.chime import Chime


@pytest.fixture(scope="module")
def coach(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    made = Coach(find_places(tmp_path_factory.mktemp("data")))
    yield made
    made.close()


def steady(text: str) -> float | None:
    """A voice that needs 60 ms for a letter."""
    return 0.06 * len(text)


def half_second(chime: Chime) -> float:
    assert chime in Chime
    return 0.5


def announcer(coach: Coach, verbosity: Verbosity, speed: float = 1.0) -> Announcer:
    return Announcer(coach.library.exercises, steady, half_second, verbosity, speed)


def first(line: Timeline, kind: CueKind, segment_kind: SegmentKind | None = None) -> Cue:
    for cue in line.cues:
        if cue.kind is kind and segment_kind in {None, line.segments[cue.segment].kind}:
            return cue
    raise AssertionError(f"no {kind}")


def quick(coach: Coach) -> Timeline:
    return coach.timeline(coach.library.routines["prerun_quick"])


@pytest.mark.parametrize(
    ("verbosity", "phrases"),
    [
        (Verbosity.FULL, ("Get ready.", "Easy jog.")),
        (Verbosity.SHORT, ("Easy jog.",)),
        (Verbosity.CHIMES, ()),
    ],
)
def test_verbosity_chooses_the_words_and_never_the_chime(
    coach: Coach, verbosity: Verbosity, phrases: tuple[str, ...]
) -> None:
    line = quick(coach)
    given = announcer(coach, verbosity).announcement(first(line, CueKind.GET_READY), line, None)
    assert given.phrases == phrases
    assert given.chime is Chime.GET_READY
    assert given.caption == "Get ready"


def test_the_side_is_said_with_the_switch(coach: Coach) -> None:
    line = coach.timeline(coach.library.routines["bedtime_trial"])
    cue = first(line, CueKind.SWITCH_SIDES)
    given = announcer(coach, Verbosity.FULL).announcement(cue, line, None)
    assert given.phrases == ("Switch sides.", "Right leg back.")
    assert given.caption == "Switch: Right leg back"


def test_the_least_important_words_give_way_first(coach: Coach) -> None:
    line = quick(coach)
    cue = first(line, CueKind.NEXT)
    speaker = announcer(coach, Verbosity.FULL)
    whole = speaker.announcement(cue, line, None).phrases
    assert whole[0] == "Next:"
    names = [speaker.announcement(cue, line, free_ms).phrases for free_ms in range(8_000, 0, -50)]
    shorter = list(dict.fromkeys(names))
    assert shorter == [whole, whole[1:], whole[1:2], ()]


def test_a_hint_is_spoken_in_full_only_and_in_turn(coach: Coach) -> None:
    line = quick(coach)
    hints = [cue for cue in line.cues if cue.kind is CueKind.COACHING]
    jog = [cue for cue in hints if line.segments[cue.segment].step == 0]
    said = [announcer(coach, Verbosity.FULL).announcement(cue, line, None).phrases for cue in jog]
    assert len(set(said)) == len(said) > 1
    assert announcer(coach, Verbosity.SHORT).announcement(jog[0], line, None).phrases == ()


def test_a_voice_without_a_text_leaves_the_chime(coach: Coach) -> None:
    line = quick(coach)

    def dumb(text: str) -> float | None:
        return None if "jog" in text else 1.0

    given = Announcer(coach.library.exercises, dumb, half_second, Verbosity.FULL).announcement(
        first(line, CueKind.GET_READY), line, None
    )
    assert given.phrases == ("Get ready.",)
    assert given.chime is Chime.GET_READY


@pytest.mark.parametrize("verbosity", [Verbosity.FULL, Verbosity.SHORT])
@pytest.mark.parametrize("speed", [1.0, 4.0])
def test_with_the_real_voice_nothing_runs_into_the_next_cue(
    coach: Coach, verbosity: Verbosity, speed: float, tmp_path: Path
) -> None:
    chimes, voice, problems = load_sounds(coach.places.assets, tmp_path)
    assert problems == ()

    def chime_s(chime: Chime) -> float:
        clip = chimes.clip(chime)
        assert clip is not None
        return clip.duration_s

    speaker = Announcer(coach.library.exercises, voice.duration_s, chime_s, verbosity, speed)
    for routine in coach.library.routines.values():
        line = coach.timeline(routine)
        for cue, following in zip(line.cues, line.cues[1:], strict=False):
            free_ms = following.at_ms - cue.at_ms
            given = speaker.announcement(cue, line, free_ms)
            parts = [voice.duration_s(text) or 0.0 for text in given.phrases]
            if given.chime is not None:
                parts.insert(0, chime_s(given.chime))
            length_s = sum(parts) + GAP_S * (len(parts) - 1)
            if given.phrases:
                assert length_s <= free_ms / 1000 / speed - CLEAR_S + 1e-9, (routine.id, cue)
            else:
                assert length_s <= free_ms / 1000, (routine.id, cue)
    voice.close()


def test_at_the_usual_speed_every_name_and_side_is_said(coach: Coach, tmp_path: Path) -> None:
    chimes, voice, _ = load_sounds(coach.places.assets, tmp_path)

    def chime_s(chime: Chime) -> float:
        clip = chimes.clip(chime)
        assert clip is not None
        return clip.duration_s

    speaker = Announcer(coach.library.exercises, voice.duration_s, chime_s, Verbosity.FULL)
    for routine in coach.library.routines.values():
        line = coach.timeline(routine)
        for cue, following in zip(line.cues, line.cues[1:], strict=False):
            segment = line.segments[cue.segment]
            if cue.kind in {CueKind.GET_READY, CueKind.NEXT} and (
                segment.kind is not SegmentKind.REST
            ):
                said = speaker.announcement(cue, line, following.at_ms - cue.at_ms).phrases
                name = coach.library.exercises[segment.exercise].name.default
                assert f"{name}." in said, (routine.id, name)
    voice.close()


def test_every_spoken_text_of_every_shipped_file_has_its_prompt(
    coach: Coach, tmp_path: Path
) -> None:
    _, voice, _ = load_sounds(coach.places.assets, tmp_path)
    library = coach.library
    texts = every_spoken_text(library.exercises.values(), library.routines.values())
    assert len(texts) > 50
    assert [text for text in texts if not voice.has(text)] == []
    voice.close()


def test_a_phrase_that_fits_exactly_is_said(coach: Coach) -> None:
    line = quick(coach)
    cue = first(line, CueKind.NEXT)
    speaker = announcer(coach, Verbosity.FULL)
    words = speaker.announcement(cue, line, None).phrases
    spoken_s = sum(0.06 * len(word) for word in words) + GAP_S * (len(words) - 1)
    needed_ms = round((0.5 + GAP_S + spoken_s + CLEAR_S) * 1000)
    assert speaker.announcement(cue, line, needed_ms + 1).phrases == words
    assert speaker.announcement(cue, line, needed_ms - 1).phrases == words[1:]


def plain(
    sides: Sides = Sides.EACH, name: str = "Own", left: str = "", right: str = ""
) -> Exercise:
    return Exercise(
        id="own",
        ref="",
        name=Text(name),
        kind=Kind.HOLD,
        sides=sides,
        muscles=(),
        props=(),
        cues=(Text("First!"), Text("Second?"), Text("Third … ")),
        feel=Text("f"),
        mistakes=(),
        sources=(),
        figure=Figure(View.SIDE),
        side_left=Text(left) if left else None,
        side_right=Text(right) if right else None,
    )


def told(exercise: Exercise, step: Step) -> list[tuple[CueKind, tuple[str, ...], str]]:
    routine = Routine("r", "", Text("R"), Text("s"), Moment.DESK, (step,), ())
    line = compile_routine(routine, {exercise.id: exercise}.__getitem__)
    speaker = Announcer({exercise.id: exercise}, len, half_second, Verbosity.FULL)
    found = []
    for cue in line.cues:
        given = speaker.announcement(cue, line, None)
        found.append((cue.kind, given.phrases, given.caption))
    return found


def test_each_side_has_its_own_words_or_the_usual_ones() -> None:
    for own_left, own_right, left, right in (
        ("", "", "Left leg", "Right leg"),
        ("Left up", "", "Left up", "Right leg"),
        ("", "Right up", "Left leg", "Right up"),
    ):
        exercise = plain(left=own_left, right=own_right)
        cues = told(exercise, Step("own", 5, sets=2, alternate=True))
        assert cues[0] == (CueKind.GET_READY, ("Get ready.", "Own.", f"{left}."), "Get ready")
        switches = [given for given in cues if given[0] is CueKind.SWITCH_SIDES]
        assert [(phrases[-1], shown) for _, phrases, shown in switches] == [
            (f"{right}.", f"Switch: {right}"),
            (f"{left}.", f"Switch: {left}"),
            (f"{right}.", f"Switch: {right}"),
        ]


def test_a_rest_is_a_rest_and_hints_are_shown_in_turn_as_they_are_said() -> None:
    cues = told(plain(Sides.BOTH, name="Ready?"), Step("own", 90, sets=2, rest_s=10))
    assert cues[0][1] == ("Get ready.", "Ready?")
    assert (CueKind.NEXT, ("Rest.",), "Rest") in cues
    hints = [given[1:] for given in cues if given[0] is CueKind.COACHING]
    assert hints[:4] == [
        (("First!",), "First!"),
        (("Second?",), "Second?"),
        (("Third …",), "Third … "),
        (("First!",), "First!"),
    ]
