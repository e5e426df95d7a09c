"""A text that carries its own translations."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A text as its author wrote it, with the translations given in the same file.

    Attributes:
        default: the text in the file's own language (English in the shipped files).
        translations: pairs of language code ("de", "pt-BR") and text.
    """

    default: str
    translations: tuple[tuple[str, str], ...] = ()

    def in_language(self, code: str) -> str:
        """Return the text for `code`, for its language without region, or the default."""
        table = dict(self.translations)
        return table.get(code) or table.get(code.partition("-")[0]) or self.default

    def __str__(self) -> str:
        return self.default
