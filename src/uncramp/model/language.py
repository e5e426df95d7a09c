"""Translation of everything the user sees, in the window and in the terminal alike.

One gettext catalogue serves both front ends, so the core needs no Qt to speak.
"""

from gettext import NullTranslations

_catalogue: NullTranslations = NullTranslations()


def use_translations(catalogue: NullTranslations) -> None:
    """Replace the catalogue that `tr` and `trn` look up."""
    global _catalogue
    _catalogue = catalogue


def tr(message: str) -> str:
    """Return `message` in the user's language. Fill in values with `.format()` afterwards."""
    return _catalogue.gettext(message)


def trn(singular: str, plural: str, n: int) -> str:
    """Return the form for `n` things in the user's language."""
    return _catalogue.ngettext(singular, plural, n)
