"""Every shipped routine laid out in time and put into words, with the real voice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from uncramp.coach.coach import Coach
from uncramp.coach.places import find_places
from uncramp.coach.session.announce import (
    CLEAR_S,
    GAP_S,
    Announcement,
    Announcer,
    legs_text,
    side_text,
)
from uncramp.coach.session.sounding import load_sounds
from uncramp.coach.settings import Verbosity
from uncramp.coach.wording import advice, dose, prompt_time, worded_steps
from uncramp.model.body import CrampSite, Side
from uncramp.model.exercise import Prop
from uncramp.model.routine import Anchor, Prompt, Routine
from uncramp.model.text import Text
from uncramp.session.timeline import Cue, CueKind, SegmentKind, Timeline
from uncramp.sound.chime import Chime

# Routine catalogue, totals: work, 6 s to get into place between steps, 5 s for a change of side,
# and the rests. A cramp is relieved on one leg. R18 says "about 18:20", without its rests.
TOTALS = {
    "prerun_full": "8:23", "prerun_quick": "4:55", "prerun_cold": "14:36", "back_primer": "2:52",
    "midrun_relief": "4:59", "cooldown": "8:20", "cooldown_short": "4:33",
    "bedtime_trial": "2:06", "bedtime_plus": "6:15", "morning": "6:07", "roller": "7:38",
    "night_calf": "4:09", "night_hamstring": "3:33", "night_quad": "3:33", "night_foot": "3:59",
    "heat_then_cold": "26:12", "desk_break": "3:44", "flex_week": "14:13", "race_day": "10:44",
}  # fmt: skip
ABOUT = {"strength_week": (18 * 60 + 20, 20)}
RELIEF = ("midrun_relief", "night_calf", "night_hamstring", "night_quad", "night_foot")
SPARE = {"Get ready.", "Next:", "Switch sides."}
"""What may be left out where time is short: the chime says as much."""


@pytest.fixture(scope="module")
def coach(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    made = Coach(find_places(tmp_path_factory.mktemp("data")))
    yield made
    made.close()


class Heard:
    """What is heard of a routine in its timeline, with the shipped voice and chimes."""

    def __init__(self, coach: Coach, cache: Path) -> None:
        self._coach = coach
        self._chimes, self.voice, problems = load_sounds(coach.places.assets, cache)
        assert problems == ()

    def chime_s(self, chime: Chime) -> float:
        clip = self._chimes.clip(chime)
        assert clip is not None
        return clip.duration_s

    def length_s(self, given: Announcement) -> float:
        parts = [self.voice.duration_s(text) or 0.0 for text in given.phrases]
        if given.chime is not None:
            parts.insert(0, self.chime_s(given.chime))
        return sum(parts) + GAP_S * (len(parts) - 1)

    def announcer(self, routine: Routine) -> Announcer:
        exercises = self._coach.library.exercises
        return Announcer(
            exercises,
            self.voice.duration_s,
            self.chime_s,
            Verbosity.FULL,
            steps=worded_steps(routine, exercises),
        )

    def all(self, routine: Routine, line: Timeline) -> list[tuple[Cue, int, Announcement]]:
        """Return each cue but the last, the time until the next one, and how it is heard."""
        speaker = self.announcer(routine)
        found = []
        for cue, following in zip(line.cues, line.cues[1:], strict=False):
            free_ms = following.at_ms - cue.at_ms
            found.append((cue, free_ms, speaker.announcement(cue, line, free_ms)))
        return found


@pytest.fixture(scope="module")
def heard(coach: Coach, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Heard]:
    made = Heard(coach, tmp_path_factory.mktemp("cache"))
    yield made
    made.voice.close()


def every_run(coach: Coach) -> Iterator[tuple[Routine, Side]]:
    """Every routine, for a cramp at every site that it is for and on either leg or an unknown."""
    for routine in coach.library.routines.values():
        sides = tuple(Side) if routine.is_one_sided else (Side.NONE,)
        for side in sides:
            yield routine, side
            for site in routine.relieves:
                yield routine.for_site(site), side


def seconds(clock: str) -> int:
    minutes, rest = clock.split(":")
    return int(minutes) * 60 + int(rest)


def test_the_catalogue_is_complete(coach: Coach) -> None:
    assert set(coach.library.routines) == {*TOTALS, *ABOUT}
    assert len(coach.library.routines) == 20


@pytest.mark.parametrize("name", TOTALS)
def test_totals_are_met_to_the_second(coach: Coach, name: str) -> None:
    routine = coach.library.routines[name]
    assert coach.timeline(routine).total_ms == seconds(TOTALS[name]) * 1000
    for site in routine.relieves:
        for side in Side:
            line = coach.timeline(routine.for_site(site), side)
            assert line.total_ms == seconds(TOTALS[name]) * 1000, (site, side)


@pytest.mark.parametrize("name", ABOUT)
def test_a_total_without_its_rests_is_met_nearly(coach: Coach, name: str) -> None:
    about_s, margin_s = ABOUT[name]
    total_s = coach.timeline(coach.library.routines[name]).total_ms / 1000
    assert abs(total_s - about_s) <= margin_s


def test_both_legs_get_the_same_time_and_a_cramp_one_leg_alone(coach: Coach) -> None:
    for routine, side in every_run(coach):
        worked = dict.fromkeys(Side, 0)
        for segment in coach.timeline(routine, side).segments:
            if segment.kind is SegmentKind.WORK:
                worked[segment.side] += segment.duration_ms
        if not routine.is_one_sided:
            assert worked[Side.LEFT] == worked[Side.RIGHT], routine.id
        elif side is Side.NONE:
            assert worked[Side.LEFT] == worked[Side.RIGHT] == 0, routine.id
        else:
            assert worked[side] > 0, routine.id
            assert worked[side.opposite] == 0, routine.id


@pytest.mark.parametrize("name", RELIEF)
@pytest.mark.parametrize("side", Side)
def test_relief_says_at_once_what_to_do(coach: Coach, heard: Heard, name: str, side: Side) -> None:
    routine = coach.library.routines[name]
    line = coach.timeline(routine, side)
    assert line.lead_in_ms <= 2_000
    cue, free_ms, given = heard.all(routine, line)[0]
    assert cue.at_ms == 0
    # The voice comes first, not a chime, and it says the first step's words.
    assert given.chime is None
    assert given.phrases[0] == f"{routine.steps[0].name}."
    assert heard.length_s(given) + CLEAR_S <= free_ms / 1000


def test_where_no_voice_can_speak_relief_begins_with_a_chime(coach: Coach, heard: Heard) -> None:
    line = coach.timeline(coach.library.routines["night_calf"])

    def dumb(text: str) -> float | None:
        del text
        return None

    speaker = Announcer(coach.library.exercises, dumb, heard.chime_s, Verbosity.FULL)
    given = speaker.announcement(line.cues[0], line, 2_000)
    assert (given.chime, given.phrases) == (Chime.GET_READY, ())


def test_nothing_that_matters_is_left_out_or_cut_off(coach: Coach, heard: Heard) -> None:
    for routine, side in every_run(coach):
        line = coach.timeline(routine, side)
        speaker = heard.announcer(routine)
        said_before: tuple[str, ...] = ()
        for cue, free_ms, given in heard.all(routine, line):
            segment = line.segments[cue.segment]
            exercise = speaker.exercise_of(segment)
            where = (routine.id, side, cue, given)
            if given.phrases:
                assert heard.length_s(given) <= free_ms / 1000 - CLEAR_S + 1e-9, where
            leads_in = segment.kind in {SegmentKind.GET_READY, SegmentKind.SET_UP}
            if cue.kind in {CueKind.GET_READY, CueKind.NEXT} and leads_in:
                assert f"{exercise.name}." in given.phrases, where
                said_before = given.phrases
            elif cue.kind is CueKind.SWITCH_SIDES:
                assert f"{side_text(exercise, segment.side)}." in given.phrases, where
                assert set(given.phrases) <= SPARE | {f"{side_text(exercise, segment.side)}."}
            elif cue.kind is CueKind.START:
                named = side_text(exercise, segment.side)
                if named and line.segments[cue.segment - 1].kind in {
                    SegmentKind.GET_READY,
                    SegmentKind.SET_UP,
                }:
                    # Once, and not twice within seconds.
                    times = (*said_before, *given.phrases).count(f"{named}.")
                    assert times == 1, where
                else:
                    assert given.phrases == (), where
            elif cue.kind in {CueKind.COACHING, CueKind.HALF_WAY}:
                assert len(given.phrases) == 1, where


def test_every_step_is_coached_and_none_is_talked_through(coach: Coach) -> None:
    for routine, side in every_run(coach):
        line = coach.timeline(routine, side)
        hints = [0] * len(line.segments)
        for cue in line.cues:
            hints[cue.segment] += cue.kind is CueKind.COACHING
        for segment, count in zip(line.segments, hints, strict=True):
            if segment.kind is SegmentKind.WORK:
                assert 1 <= count <= 6, (routine.id, segment)


def test_the_first_words_of_every_step_are_the_first_cue(coach: Coach) -> None:
    for routine, side in every_run(coach):
        line = coach.timeline(routine, side)
        first: dict[int, int] = {}
        for cue in line.cues:
            if cue.kind is CueKind.COACHING:
                first.setdefault(line.segments[cue.segment].step, cue.count)
        assert first == dict.fromkeys(range(line.steps), 0)


def test_cautions_are_shown_with_every_step(coach: Coach) -> None:
    for routine, _ in every_run(coach):
        for step in routine.steps:
            exercise = coach.library.exercises[step.exercise]
            shown = advice(step, exercise)
            assert str(exercise.caution) in shown
            if Prop.ROLLER in exercise.props or exercise.id == "hand_massage":
                assert "clot" in shown


def test_a_heel_drop_carries_its_gate(coach: Coach) -> None:
    drop = coach.library.exercises["step_drop"]
    step = coach.library.routines["prerun_quick"].steps[0]
    assert "Only after two weeks of the wall calf stretch." in advice(step, drop)


def test_a_dose_for_one_leg_does_not_speak_of_sides(coach: Coach) -> None:
    routine = coach.library.routines["night_calf"]
    pull = coach.library.exercises["toe_pull"]
    assert dose(routine.steps[1], pull, one_sided=routine.is_one_sided) == "2 × 30 s"
    assert dose(routine.steps[1], pull) == "2 × 30 s each side"


def test_every_kind_of_cramp_has_a_routine_for_the_night(coach: Coach) -> None:
    nightly = [r for r in coach.library.routines.values() if r.id.startswith("night_")]
    assert {site for r in nightly for site in r.relieves} == set(CrampSite)


@pytest.mark.parametrize(
    ("minutes", "anchor", "words"),
    [
        (-180, Anchor.START, "3 h before the start"),
        (-90, Anchor.START, "1 h 30 min before the start"),
        (-25, Anchor.START, "25 min before the start"),
        (0, Anchor.START, "At the start"),
        (2.5, Anchor.START, "2.5 min after the start"),
        (-5, Anchor.FINISH, "5 min before the finish"),
        (0, Anchor.FINISH, "At the finish"),
        (15, Anchor.FINISH, "15 min after the finish"),
    ],
)
def test_the_time_of_a_prompt_is_put_into_words(minutes: float, anchor: Anchor, words: str) -> None:
    assert prompt_time(Prompt(minutes, Text("T"), anchor)) == words


def test_no_leg_is_named_that_does_not_work(coach: Coach) -> None:
    exercises = coach.library.exercises
    told = {name: legs_text(exercises[name]) for name in ("toe_pull", "calm_breath", "squat")}
    assert told == {
        "toe_pull": "The leg that cramps",
        "calm_breath": "At rest",
        "squat": "Both legs",
    }
