"""XML as services write it: streamed, without namespaces, and with nothing that could unfold.

Real files have undeclared prefixes, ten spaces before their first line, a byte order mark or
UTF-16, all of which expat takes as long as it is told nothing of namespaces.
"""

from collections.abc import Callable, Iterable, Mapping
from xml.parsers.expat import ExpatError, ParserCreate

from uncramp.model.language import tr
from uncramp.model.problem import Problem

CHUNK = 1 << 18
LONGEST_VALUE = 256
"""Letters of one value; names, notes and tracks are longer, and are not needed."""
DEEPEST = 100
"""Elements within elements; recordings have about ten."""
UTF_8_MARK = b"\xef\xbb\xbf"


class RefusedError(Exception):
    """The document is not read on; the message is for the user."""


class Handler:
    """What a reader does with the elements of one kind of document."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Hear of the beginning of an element; its name is without a prefix."""

    def end(self, name: str, value: str) -> None:
        """Hear of its end, and of the text right before it."""


def chunks(data: bytes) -> Iterable[bytes]:
    """Return a document in pieces, without what may stand before its first line."""
    start = len(UTF_8_MARK) if data.startswith(UTF_8_MARK) else 0
    while start < len(data) and data[start] in b" \t\r\n":
        start += 1
    for at in range(start, len(data), CHUNK):
        yield data[at : at + CHUNK]


def parse(pieces: Iterable[bytes], handler: Handler, name: str) -> tuple[Problem, ...]:
    """Tell the handler all elements, and return where the document is broken, if it is.

    What comes before the place was told.
    """
    parser = ParserCreate()
    parser.buffer_text = True
    texts: list[str] = []
    size = depth = 0

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal size, depth
        depth += 1
        if depth > DEEPEST:
            raise RefusedError(
                tr("is nested more deeply than any recording; the rest was not read")
            )
        texts.clear()
        size = 0
        handler.start(element.rpartition(":")[2], attributes)

    def text(found: str) -> None:
        nonlocal size
        if size < LONGEST_VALUE:
            texts.append(found[:LONGEST_VALUE])
            size += len(found)

    def end(element: str) -> None:
        nonlocal size, depth
        depth -= 1
        value = "".join(texts).strip() if texts else ""
        texts.clear()
        size = 0
        handler.end(element.rpartition(":")[2], value)

    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.EndElementHandler = end
    parser.EntityDeclHandler = refuse_entity
    return fed(parser.Parse, pieces, lambda: parser.CurrentLineNumber, name)


def refuse_entity(*_declared: object) -> None:
    """Refuse what can unfold to any size, or read other files.

    Raises:
        RefusedError: always.
    """
    raise RefusedError(tr("declares entities, which no recording needs; it is not read"))


def fed(
    feed: Callable[[bytes, bool], object],
    pieces: Iterable[bytes],
    line: Callable[[], int],
    name: str,
    lines_before: int = 0,
) -> tuple[Problem, ...]:
    """Feed a parser, and return where that ended, if it did not come to the end.

    `lines_before` are those of the file that the parser does not hear of.
    """
    try:
        for piece in pieces:
            feed(piece, False)
        feed(b"", True)
    except RefusedError as refused:
        return (Problem(name, lines_before + line(), 1, str(refused)),)
    except ExpatError as error:
        words = tr("is damaged or cut off: {reason}")
        reason = str(error).partition(":")[0]
        place = lines_before + error.lineno, error.offset + 1
        return (Problem(name, *place, words.format(reason=reason)),)
    except (LookupError, ValueError) as error:
        words = tr("has an encoding that cannot be read: {reason}").format(reason=error)
        return (Problem(name, lines_before + line(), 1, words),)
    return ()
