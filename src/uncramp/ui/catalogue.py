"""The routines as cards and the exercises as small drawings, for every room that shows them."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap

from uncramp.coach.browse.cards import CardCache, make_cards
from uncramp.ui.figure.pictures import Pictures

if TYPE_CHECKING:
    from uncramp.coach.browse.cards import RoutineCard
    from uncramp.routines.library import Looks
    from uncramp.ui.frame import Frame


class Catalogue:
    """What was kept of the library as it is now; only what is missing is read or painted anew.

    Args:
        frame: asked for the coach, who reads the library, only when something is missing.
    """

    def __init__(self, frame: "Frame") -> None:
        self._frame = frame
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
        return self._frame.coach.library.looks(exercise)

    def picture(self, exercise: str, side_px: int) -> QPixmap:
        """Return a square drawing of an exercise in the colours of now, for this screen."""
        theme, ratio = self._frame.theme, self._frame.pixel_ratio
        return self._pictures.picture(exercise, side_px, theme, ratio, self.looks)

    def _read_key(self) -> None:
        self._cache = CardCache(self._frame.places)
        self._pictures = Pictures(self._frame.places.cache, self._cache.key)

    def _write_cards(self) -> None:
        self._cards = make_cards(self._frame.coach)
        self._cache.write(self._cards)
