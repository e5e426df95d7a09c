"""List every sentence that a user can meet, with its place: to be read aloud, and translated.

    python3 dev.py strings [WORD]     all of them, or those that contain WORD

The code's are those inside `tr` and `trn`; the texts of routines, exercises and the guide are the
values of the keys that hold words.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import tomli
from babel.messages.extract import extract_from_dir

ROOT: Final = Path(__file__).resolve().parent.parent
KEYWORDS: Final = {"tr": None, "trn": (1, 2)}
"""The functions that hold words; None for the first argument alone."""
FOLDERS: Final = ("routines", "assets/guide")
WORKS: Final = "sources.toml"
"""Titles and authors are read as they were printed."""
NO_WORDS: Final = frozenset(
    {
        *("id", "ref", "exercise", "moment", "kind", "view", "strength", "figure", "easier"),
        *("harder", "routine", "anchor", "site", "ease", "touch", "surface", "glow", "props"),
        *("relieves", "offers", "muscle", "pins", "sides", "breath", "at", "limb", "url"),
    }
)


class Place(NamedTuple):
    """A sentence and where it stands.

    Attributes:
        file: below the project's folder.
        line: from 1.
        text: the sentence; of a plural both forms, one after the other.
    """

    file: str
    line: int
    text: str


def of_code(root: Path) -> Iterator[Place]:
    """Yield the words of the program's code."""
    found = extract_from_dir(
        str(root / "src"), [("**.py", "python")], keywords=KEYWORDS, comment_tags=()
    )
    for name, line, message, _, _ in found:
        forms = (message,) if isinstance(message, str) else message
        yield Place(f"src/{name}", line, " | ".join(form for form in forms if form))


def of_texts(root: Path) -> Iterator[Place]:
    """Yield the words of routines, exercises and the guide."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.toml")):
            if path.name == WORKS:
                continue
            content = path.read_text(encoding="utf-8")
            lines = content.splitlines()
            for words in _words(tomli.loads(content)):
                first = words.splitlines()[0]
                line = next((n for n, text in enumerate(lines, 1) if first in text), 1)
                yield Place(str(path.relative_to(root)), line, words)


def _words(value: object, key: str = "") -> Iterator[str]:
    """Yield the words of a table or a list, in order."""
    if isinstance(value, dict):
        for inner, part in value.items():
            yield from _words(part, inner)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part, key)
    elif isinstance(value, str) and value.strip() and key not in NO_WORDS:
        yield value


def main(arguments: list[str]) -> int:
    """Print the sentences; return 1 where a wanted word is in none."""
    wanted = arguments[0].casefold() if arguments else ""
    places = [*of_code(ROOT), *of_texts(ROOT)]
    shown = [place for place in places if wanted in place.text.casefold()]
    for place in shown:
        print(f"{place.file}:{place.line}: {place.text}")
    return 0 if shown else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
