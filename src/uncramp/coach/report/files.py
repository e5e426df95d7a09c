"""A report as a file: its kinds, its name, and how it is written."""

from collections.abc import Callable
from pathlib import Path

from uncramp.coach.report.document import Document
from uncramp.coach.report.html import html
from uncramp.coach.whole_file import write_whole

HTML, PDF = "html", "pdf"
_KINDS = {".html": HTML, ".htm": HTML, ".pdf": PDF}


def kind_of(path: Path) -> str | None:
    """Return which kind of page a file name asks for; None for an ending that is not known."""
    return _KINDS.get(path.suffix.casefold())


def write_report(
    shown: Document, path: Path, kind: str, pdf: Callable[[Document], bytes] | None = None
) -> None:
    """Write a report, whole or not at all.

    Args:
        shown: what is told.
        path: where it goes.
        kind: `HTML` or `PDF`.
        pdf: sets a document as PDF, for that kind.

    Raises:
        EnvironmentFault: it cannot be written; whatever was there is untouched.
        ValueError: a PDF is wanted, and nothing is there to make it.
    """
    if kind == PDF:
        if pdf is None:
            raise ValueError("nothing that makes a PDF")
        content = pdf(shown)
    else:
        content = html(shown).encode()
    write_whole(path, content)
