"""Finding routines and exercises by words, time at hand and things at hand."""

import unicodedata
from collections.abc import Collection
from typing import NamedTuple

_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ـ": None})
"""Letters with a stroke, without a dot or in one, which Unicode does not take apart, and the
stretch of Arabic writing, which is no letter."""


def folded(text: str) -> str:
    """Return `text` without case, accents, vowel signs and widths, to be compared in any script."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(ch for ch in apart if not unicodedata.combining(ch))
    return bare.translate(_LETTERS)


class Wish(NamedTuple):  # made in a seventh of the time of a dataclass
    """What is looked for; the defaults ask for nothing.

    Attributes:
        words: all must occur, in any order, also as parts of longer ones.
        moment: the name of a moment; empty for any.
        muscle: the name of a group of muscles; empty for any.
        minutes: what there is time for; 0 for any length.
        things: the props at hand; None when everything is.
    """

    words: str = ""
    moment: str = ""
    muscle: str = ""
    minutes: int = 0
    things: frozenset[str] | None = None

    @property
    def is_open(self) -> bool:
        """Whether everything fits."""
        return self == Wish() or (self == Wish(words=self.words) and not self.words.strip())


class Finder:
    """Tells what fits one wish.

    Args:
        wish: what is looked for.
    """

    def __init__(self, wish: Wish) -> None:
        self._wish = wish
        self._words = folded(wish.words).split()

    def fits(
        self,
        words: str,
        moments: Collection[str],
        needs: Collection[str],
        *,
        length_s: int = 0,
        muscles: Collection[str] = (),
    ) -> bool:
        """Tell whether one thing fits.

        Args:
            words: all that it can be found by, `folded`.
            moments: names of the moments that it is for.
            needs: names of the props that it takes.
            length_s: how long it takes in seconds.
            muscles: names of the groups of muscles that it is for.
        """
        wish = self._wish
        if wish.minutes and length_s > 60 * wish.minutes:
            return False
        if wish.moment and wish.moment not in moments:
            return False
        if wish.muscle and wish.muscle not in muscles:
            return False
        if wish.things is not None and not wish.things.issuperset(needs):
            return False
        return all(word in words for word in self._words)
