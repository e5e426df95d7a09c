"""The routines as cards and the exercises as small drawings, for every room that shows them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from uncramp.coach.browse.cards import CardCache
from uncramp.coach.places import Places
from uncramp.ui.figure.pictures import Pictures

if TYPE_CHECKING:
    from uncramp.coach.browse.cards import RoutineCard
    from uncramp.coach.coach import Coach
    from uncramp.routines.library import Looks


class Catalogue:
    """What was kept of the library as it is now; only what is missing is read or painted anew.

    Args:
        places: where the files are, and what was kept of them.
        coach: returns the coach, who reads the library; asked only when something is missing.
    """

    def __init__(self, places: Places, coach: "Callable[[], Coach]") -> None:
        self._places = places
        self._coach = coach
        self._cards: tuple[RoutineCard, ...] | None = None
        self._read_key()

    @property
    def cards(self) -> "tuple[RoutineCard, ...]":
        """The routines in words, from what was kept if nothing has changed."""
        if self._cards is None:
            self._cards = self._cache.read()
        if self._cards is None:
            self._write_cards()
        assert self._cards is not None
        return self._cards

    @property
    def pictures(self) -> Pictures:
        """Small drawings of exercises, as the files are now."""
        return self._pictures

    def renew(self) -> None:
        """The library is another one: make all that is made of it anew."""
        self._read_key()
        self._write_cards()

    def looks(self, exercise: str) -> "Looks":
        """Return how an exercise is shown, by its id."""
        return self._coach().library.looks(exercise)

    def _read_key(self) -> None:
        self._cache = CardCache(self._places)
        self._pictures = Pictures(self._places.cache, self._cache.key)

    def _write_cards(self) -> None:
        from uncramp.coach.browse.card_making import make_cards  # most starts have them

        self._cards = make_cards(self._coach())
        self._cache.write(self._cards)
