"""Cards of routines: what they say, what they are found by, and their file."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from uncramp.coach.browse.card_making import make_cards
from uncramp.coach.browse.cards import FILE_NAME, CardCache, RoutineCard
from uncramp.coach.browse.finding import Finder, Wish
from uncramp.coach.coach import Coach
from uncramp.coach.wording import last_done
from uncramp.model.moment import Moment
from uncramp.session.timeline import total_ms


@pytest.fixture
def cards(loaded_coach: Coach) -> dict[str, RoutineCard]:
    return {card.id: card for card in make_cards(loaded_coach)}


def test_every_routine_has_a_card_in_the_order_of_the_moments(
    loaded_coach: Coach, cards: dict[str, RoutineCard]
) -> None:
    assert cards.keys() == loaded_coach.library.routines.keys()
    order = [list(Moment).index(Moment(card.when)) for card in cards.values()]
    assert order == sorted(order)


def test_lengths_are_those_of_the_timelines(
    loaded_coach: Coach, cards: dict[str, RoutineCard]
) -> None:
    exercise_of = loaded_coach.library.exercises.__getitem__
    for routine in loaded_coach.library.routines.values():
        total = loaded_coach.timeline(routine).total_ms
        assert total_ms(routine, exercise_of) == total
        assert cards[routine.id].length_s == -(-total // 1000)


def test_a_card_is_found_by_its_own_words_and_those_of_its_exercises(
    loaded_coach: Coach, cards: dict[str, RoutineCard]
) -> None:
    for routine in loaded_coach.library.routines.values():
        exercise = loaded_coach.library.exercises[routine.steps[-1].exercise]
        for words in (routine.name.default.upper(), routine.summary.default, routine.ref):
            assert Finder(Wish(words)).fits(cards[routine.id].words, (), ()), words
        assert Finder(Wish(exercise.muscles[0].default)).fits(cards[routine.id].words, (), ())


def test_five_minutes_and_a_wall_leave_what_fits(cards: dict[str, RoutineCard]) -> None:
    finder = Finder(Wish(minutes=5, things=frozenset({"wall"})))
    fitting = {
        card.id
        for card in cards.values()
        if finder.fits(card.words, (card.when,), card.props, length_s=card.length_s)
    }
    assert "prerun_quick" in fitting  # 4:55 with a wall
    assert "prerun_full" not in fitting  # 8:23
    assert "night_hamstring" not in fitting  # in bed


def test_what_comes_around_a_routine_is_on_its_card(cards: dict[str, RoutineCard]) -> None:
    race = cards["race_day"]
    assert [prompt.time for prompt in race.prompts][:2] == [
        "3 h before the start",
        "1 h before the start",
    ]
    linked = [prompt for prompt in race.prompts if prompt.routine]
    assert [(prompt.routine, prompt.routine_name) for prompt in linked] == [
        ("prerun_cold", cards["prerun_cold"].name)
    ]
    assert any("call the emergency services" in words for words in race.ending)
    assert "the calf" in cards["night_calf"].relief
    assert cards["prerun_quick"].relief == ""


def test_history_tells_when_and_how_often() -> None:
    now = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    done = {"a": now - timedelta(days=1), "b": now, "c": now}
    assert last_done(done, now, {"a": 5, "b": 1}) == {
        "a": "last done yesterday · 5 times",
        "b": "last done today",
        "c": "last done today",
    }


def test_routines_that_are_not_there_are_not_offered(loaded_coach: Coach) -> None:
    library = loaded_coach.library
    routine = replace(library.routines["desk_break"], offers=("no_such_one", "morning"))
    loaded_coach._library = replace(library, routines={**library.routines, routine.id: routine})
    cards = {card.id: card for card in make_cards(loaded_coach)}
    assert [offer.routine for offer in cards["desk_break"].offers] == ["morning"]


def test_the_file_gives_back_the_same_cards(loaded_coach: Coach) -> None:
    cache = CardCache(loaded_coach.places)
    assert cache.read() is None
    cards = make_cards(loaded_coach)
    cache.write(cards)
    assert CardCache(loaded_coach.places).read() == cards


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda rows: rows[0].pop(),
        lambda rows: rows[0].__setitem__(0, 3),
        lambda rows: rows[0].__setitem__(9, "long"),
        lambda rows: rows[0].__setitem__(-1, []),
        lambda rows: rows[0].__setitem__(-1, [["a", "b"]]),
        lambda rows: rows[0].__setitem__(-2, "x"),
        lambda rows: rows[0].__setitem__(13, [[1, 2, 3, 4]]),
        lambda rows: rows.__setitem__(0, None),
    ],
)
def test_a_spoilt_file_is_made_again(loaded_coach: Coach, spoilt: object) -> None:
    cache = CardCache(loaded_coach.places)
    cache.write(make_cards(loaded_coach))
    path = loaded_coach.places.cache / FILE_NAME
    known = json.loads(path.read_text(encoding="utf-8"))
    assert callable(spoilt)
    spoilt(known["cards"])
    path.write_text(json.dumps(known), encoding="utf-8")
    assert cache.read() is None
