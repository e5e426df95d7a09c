"""Finding by words in any script, by time and by things at hand."""

import pytest

from uncramp.coach.browse.finding import Finder, Wish, folded


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("etirement", "Étirement du mollet"),
        ("ÉTIREMENT", "etirement"),
        ("grossstadt", "GROẞSTADT"),
        ("οδος", "ΟΔΌΣ"),
        ("καλημερα", "Καλημέρα"),
        ("istanbul", "İstanbul"),
        ("ısı", "ISI"),
        ("lodz", "Łódź"),
        ("malmo ost", "Malmø Öst"),
        ("أحمد", "احمد"),
        ("كتاب", "كِتَـــاب"),
        ("растяжка", "РАСТЯЖКА"),
        ("ストレッチ", "ｽﾄﾚｯﾁ"),  # the narrow form is meant
        ("스트레칭", "다리 스트레칭"),
        ("🏃", "My own 🏃"),
    ],
)
def test_words_are_found_whatever_their_case_and_accents(typed: str, written: str) -> None:
    assert Finder(Wish(typed)).fits(folded(written), (), ())


def test_all_words_must_occur_in_any_order_and_parts_will_do() -> None:
    written = folded("Wall calf stretch\nupper calf (gastrocnemius)")
    assert Finder(Wish("gastro wall")).fits(written, (), ())
    assert Finder(Wish("  ")).fits(written, (), ())
    assert not Finder(Wish("calf chair")).fits(written, (), ())


def test_time_things_moment_and_muscle_narrow_together() -> None:
    def fits(wish: Wish) -> bool:
        return Finder(wish).fits(
            "x", ("bedtime",), ("wall", "mat"), length_s=300, muscles=("calf",)
        )

    assert fits(Wish())
    assert fits(Wish(minutes=5))
    assert not fits(Wish(minutes=4))
    assert fits(Wish(moment="bedtime"))
    assert not fits(Wish(moment="morning"))
    assert fits(Wish(things=frozenset({"wall", "mat", "ball"})))
    assert not fits(Wish(things=frozenset({"wall"})))
    assert not fits(Wish(things=frozenset()))
    assert Finder(Wish(things=frozenset())).fits("x", (), ())
    assert fits(Wish(muscle="calf"))
    assert not fits(Wish(muscle="foot"))


def test_a_wish_is_open_until_something_is_asked_for() -> None:
    assert Wish().is_open
    assert Wish(words="  ").is_open
    for asked in (Wish("a"), Wish(minutes=5), Wish(things=frozenset()), Wish(muscle="calf")):
        assert not asked.is_open
