"""A cramp that is there now: its relief, its clock, its place in the diary; numbers to call."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from uncramp.coach.coach import Coach
from uncramp.coach.cramp.book import CrampBook
from uncramp.coach.cramp.emergency import call_text, emergency_number
from uncramp.coach.cramp.relief import (
    Advice,
    Episode,
    advice_at,
    advice_text,
    is_night,
    relief_for,
)
from uncramp.coach.cramp.wording import cramp_line, length_text, place_name
from uncramp.coach.places import Places
from uncramp.journal.store import FILE_NAME
from uncramp.model.body import Side
from uncramp.model.diary import MOST_CRAMPS, Cramp, CrampContext, CrampMuscle, Night
from uncramp.model.record import Outcome, SessionRecord
from uncramp.session.timeline import URGENT_LEAD_IN_MS, SegmentKind

PARIS = timezone(timedelta(hours=1))
S = 1_000_000_000


@dataclass
class Wall:
    now: datetime

    def read(self) -> datetime:
        return self.now


@pytest.fixture
def wall() -> Wall:
    return Wall(datetime(2026, 11, 22, 3, 10, tzinfo=PARIS))


@pytest.fixture
def coach(places: Places, wall: Wall) -> Iterator[Coach]:
    made = Coach(places, wall.read)
    yield made
    made.close()


def book_of(coach: Coach) -> CrampBook:
    assert coach.diary is not None
    return CrampBook(coach.diary, coach.read_date)


def cramps_of(coach: Coach) -> tuple[Cramp, ...]:
    assert coach.diary is not None
    now = coach.read_date()
    return coach.diary.cramps(now - timedelta(days=40), now + timedelta(days=2))


def cramp(number: int, at: datetime, context: CrampContext = CrampContext.NIGHT) -> Cramp:
    return Cramp(str(UUID(int=number)), at, context, CrampMuscle.CALF, Side.LEFT)


# -- which relief


@pytest.mark.parametrize(
    ("muscle", "ref"),
    [("calf", "R12"), ("hamstring", "R13"), ("quad", "R14"), ("foot", "R15")],
)
def test_each_muscle_has_its_relief(coach: Coach, muscle: str, ref: str) -> None:
    assert relief_for(coach, CrampMuscle(muscle), on_a_run=False).ref == ref


def test_on_a_run_it_is_the_relief_for_a_run_with_the_stretch_of_the_muscle(coach: Coach) -> None:
    routine = relief_for(coach, CrampMuscle.QUAD, on_a_run=True)
    assert routine.ref == "R05"
    assert "standing_quad" in [step.exercise for step in routine.steps]
    assert "lunge_calf" not in [step.exercise for step in routine.steps]


@pytest.mark.parametrize("muscle", list(CrampMuscle))
@pytest.mark.parametrize("on_a_run", [False, True])
def test_the_first_words_come_at_once_and_only_the_leg_that_cramps_works(
    coach: Coach, muscle: CrampMuscle, on_a_run: bool
) -> None:
    timeline = coach.timeline(relief_for(coach, muscle, on_a_run=on_a_run), Side.RIGHT)
    assert timeline.segments[0].duration_ms <= URGENT_LEAD_IN_MS
    sides = {one.side for one in timeline.segments if one.kind is SegmentKind.WORK}
    assert sides <= {Side.RIGHT, Side.NONE}
    assert timeline.total_ms <= 5 * 60_000


def test_a_shin_is_not_stretched_like_a_calf(coach: Coach) -> None:
    exercises = {s.exercise for s in relief_for(coach, CrampMuscle.SHIN, on_a_run=False).steps}
    assert exercises == {"calm_breath", "hand_massage", "night_walk"}


@pytest.mark.parametrize(
    ("clock", "night"),
    [("21:59", False), ("22:00", True), ("03:00", True), ("06:59", True), ("07:00", False)],
)
def test_the_night_is_from_ten_to_seven(clock: str, night: bool) -> None:
    assert is_night(datetime.fromisoformat(f"2026-11-22T{clock}+01:00")) is night


def test_advice_comes_at_five_and_at_ten_minutes() -> None:
    assert [advice_at(s) for s in (299.9, 300, 599.9, 600, 5000)] == [
        Advice.NONE,
        Advice.STILL_CRAMPING,
        Advice.STILL_CRAMPING,
        Advice.GET_ADVICE,
        Advice.GET_ADVICE,
    ]
    assert "warm" in advice_text(Advice.STILL_CRAMPING, on_a_run=False)
    assert "limp" in advice_text(Advice.STILL_CRAMPING, on_a_run=True)
    assert "advice now" in advice_text(Advice.GET_ADVICE, on_a_run=True)


# -- what is taken for granted


def done(coach: Coach, routine: str, ended: datetime) -> None:
    assert coach.journal is not None
    record = SessionRecord(str(UUID(int=7)), routine, routine, ended, ended, Outcome.FINISHED, ())
    coach.journal.save_session(record, ended)


def test_without_a_history_it_is_the_left_calf_at_night(coach: Coach) -> None:
    made = Episode(coach, 0).cramp
    assert (made.muscle, made.side, made.context) == (
        CrampMuscle.CALF,
        Side.LEFT,
        CrampContext.NIGHT,
    )


def test_the_place_of_the_last_cramp_is_chosen(coach: Coach, wall: Wall) -> None:
    old = replace(cramp(1, wall.now - timedelta(days=3)), muscle=CrampMuscle.FOOT, side=Side.RIGHT)
    book_of(coach).save(old)
    made = Episode(coach, 0).cramp
    assert (made.muscle, made.side) == (CrampMuscle.FOOT, Side.RIGHT)


@pytest.mark.parametrize(
    ("routine", "minutes", "context"),
    [
        ("prerun_quick", 50, CrampContext.RUN),
        ("prerun_quick", 121, CrampContext.REST),
        ("cooldown", 50, CrampContext.AFTER_RUN),
        ("cooldown", 181, CrampContext.REST),
        ("desk_break", 5, CrampContext.REST),
    ],
)
def test_what_was_done_lately_tells_what_the_runner_does(
    coach: Coach, wall: Wall, routine: str, minutes: int, context: CrampContext
) -> None:
    wall.now = datetime(2026, 11, 22, 17, 0, tzinfo=PARIS)
    done(coach, routine, wall.now - timedelta(minutes=minutes))
    made = Episode(coach, 0)
    assert made.cramp.context is context
    assert made.on_a_run is (context is CrampContext.RUN)


def test_to_say_that_one_runs_and_to_take_it_back(coach: Coach) -> None:
    made = Episode(coach, 0)
    made.set_on_a_run(True)
    assert (made.cramp.context, made.routine.ref) == (CrampContext.RUN, "R05")
    made.set_on_a_run(False)
    assert (made.cramp.context, made.routine.ref) == (CrampContext.NIGHT, "R12")


# -- the diary


def test_it_is_in_the_diary_from_the_beginning_of_the_relief(coach: Coach, wall: Wall) -> None:
    made = Episode(coach, 100 * S)
    assert cramps_of(coach) == ()
    made.relieved_by("a session")
    written = cramps_of(coach)
    assert [(one.session, one.seconds, one.at) for one in written] == [
        ("a session", None, wall.now)
    ]
    made.ease(268 * S)
    assert [one.seconds for one in cramps_of(coach)] == [168]
    assert len(cramps_of(coach)) == 1


def test_a_cramp_at_night_makes_a_cramp_night_of_the_evening_before(
    coach: Coach, wall: Wall
) -> None:
    made = Episode(coach, 0)
    made.relieved_by("x")
    made.ease(60 * S)
    assert book_of(coach).night(date(2026, 11, 21)) == Night(date(2026, 11, 21), 1, wall.now)
    assert book_of(coach).night(date(2026, 11, 22)) is None
    Episode(coach, 0).relieved_by("y")
    night = book_of(coach).night(date(2026, 11, 21))
    assert night is not None
    assert night.cramps == 2


def test_a_cramp_by_day_makes_no_cramp_night(coach: Coach, wall: Wall) -> None:
    wall.now = datetime(2026, 11, 22, 15, 0, tzinfo=PARIS)
    Episode(coach, 0).relieved_by("x")
    assert len(cramps_of(coach)) == 1
    assert book_of(coach).night(date(2026, 11, 22)) is None


@pytest.mark.parametrize("before", [None, 0, 3])
def test_undo_leaves_the_night_as_it_was(coach: Coach, wall: Wall, before: int | None) -> None:
    day = date(2026, 11, 21)
    assert coach.diary is not None
    if before is not None:
        coach.diary.save_night(Night(day, before, wall.now), wall.now)
    made = Episode(coach, 0)
    made.relieved_by("x")
    made.undo()
    assert made.is_undone
    assert cramps_of(coach) == ()
    night = book_of(coach).night(day)
    assert (None if night is None else night.cramps) == before
    made.bring_back()
    assert len(cramps_of(coach)) == 1
    night = book_of(coach).night(day)
    assert night is not None
    assert night.cramps == max(1, before or 0)


def test_another_answer_than_night_takes_the_cramp_night_back(coach: Coach) -> None:
    made = Episode(coach, 0)
    made.relieved_by("x")
    made.change(replace(made.cramp, context=CrampContext.REST))
    assert book_of(coach).night(date(2026, 11, 21)) is None


def test_a_cramp_that_is_moved_takes_its_night_along(coach: Coach, wall: Wall) -> None:
    book, first = book_of(coach), cramp(1, wall.now)
    second = cramp(2, wall.now + timedelta(minutes=5))
    book.save(first)
    book.save(second)
    book.save(replace(first, at=wall.now - timedelta(days=2)), first)
    nights = [book.night(date(2026, 11, day)) for day in (19, 20, 21)]
    assert [None if one is None else (one.cramps, one.recalled) for one in nights] == [
        (1, True),
        None,
        (1, False),
    ]


def test_more_cramps_than_were_described_stay(coach: Coach, wall: Wall) -> None:
    book, first = book_of(coach), cramp(1, wall.now)
    assert coach.diary is not None
    coach.diary.save_night(Night(date(2026, 11, 21), 4, wall.now), wall.now)
    book.save(first)
    book.delete(first)
    night = book.night(date(2026, 11, 21))
    assert night is not None
    assert night.cramps == 4


def test_more_cramps_than_a_night_can_count_are_described_all_the_same(
    coach: Coach, wall: Wall
) -> None:
    book = book_of(coach)
    for number in range(MOST_CRAMPS + 2):
        cramp = Cramp(f"c{number}", wall.now, CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT)
        book.save(cramp, None)
    night = book.night(cramp.day)
    assert night is not None
    assert night.cramps == MOST_CRAMPS


def test_a_journal_that_cannot_be_written_does_not_stop_the_relief(
    places: Places, wall: Wall
) -> None:
    places.data.mkdir(parents=True)
    (places.data / FILE_NAME).write_bytes(b"no database at all" * 100)
    coach = Coach(places, wall.read)
    made = Episode(coach, 0)
    made.relieved_by("x")
    made.ease(60 * S)
    assert made.fault is not None
    assert (made.cramp.seconds, made.is_written) == (60, False)
    made.undo()
    assert not made.is_undone
    coach.close()


def test_a_machine_left_running_for_days_makes_no_impossible_cramp(coach: Coach) -> None:
    made = Episode(coach, 0)
    made.relieved_by("x")
    made.ease(10 * 24 * 3600 * S)
    assert [one.seconds for one in cramps_of(coach)] == [24 * 3600]


# -- words


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (45, "45 s"), (60, "1 min"), (150, "2 min 30 s"), (669, "11 min")],
)
def test_lengths(seconds: int, text: str) -> None:
    assert length_text(seconds) == text


def test_a_cramp_in_one_line(wall: Wall) -> None:
    made = replace(cramp(1, wall.now), seconds=48, muscle=CrampMuscle.QUAD, side=Side.RIGHT)
    assert cramp_line(made) == "Front of the right thigh · 48 s · at night"
    names = {place_name(muscle, side) for muscle in CrampMuscle for side in Side}
    assert len(names) == len(CrampMuscle) * len(Side)


@pytest.mark.parametrize(
    ("locale", "number"),
    [
        ("de_DE", "112"),
        ("en_US", "911"),
        ("en-GB", "999 or 112"),
        ("en_AU.UTF-8", "000"),
        ("mi_NZ", "111"),
        ("ja_JP", "119"),
        ("zh_Hant_TW", "119"),
        ("ca_ES@valencia", "112"),
        ("C", ""),
        ("en", ""),
        ("de", ""),
        ("xx_YY", ""),
        ("", ""),
        ("_" * 500, ""),
    ],
)
def test_the_number_of_the_country(locale: str, number: str) -> None:
    assert emergency_number(locale) == number
    assert (number or "your local emergency number") in call_text(locale)
