"""A FIT file without the messages and fields that nobody asks for.

Decoding costs by the field, and of the twenty fields that a watch writes each second three are
needed. Where anything is unusual nothing is left out, and the library reads the whole file.
"""

import struct

HEADER_SIZES = (12, 14)
COMPRESSED, DEFINITION, DEVELOPER, LOCAL = 0x80, 0x40, 0x20, 0x0F
"""Bits of the first byte of a message (FIT protocol)."""
RECORD = 20
RECORD_FIELDS = frozenset({253, 5, 8, 13})
"""Of a record: timestamp, distance, compressed speed and distance, temperature."""
WHOLE_MESSAGES = frozenset({0, 12, 18, 34})
"""Needed with all their fields: file_id, sport, session, activity."""

Slices = tuple[tuple[int, int], ...]


def thinned(data: bytes) -> bytes | None:
    """Return a file with only what is needed of `data`; None where that is not safe.

    It is safe for one whole file whose messages all fit their definitions and need no other
    message for their time. The check sums of what is returned are zero.
    """
    size = data[0] if data else 0
    if size not in HEADER_SIZES or len(data) < size + 2 or data[8:12] != b".FIT":
        return None
    (body,) = struct.unpack_from("<I", data, 4)
    if len(data) != size + body + 2:
        return None
    try:
        pieces = _needed(data, size, size + body)
    except (IndexError, struct.error):
        return None
    if pieces is None:
        return None
    kept = b"".join(pieces)
    head = data[:4] + struct.pack("<I", len(kept)) + data[8:12] + b"\0" * (size - 12)
    return head + kept + b"\0\0"


def _needed(data: bytes, at: int, end: int) -> list[bytes] | None:
    pieces: list[bytes] = []
    # By local number: how long a message is, and what of it is kept.
    known: dict[int, tuple[int, Slices]] = {}
    while at < end:
        head = data[at]
        if head & COMPRESSED:
            return None  # its time counts from that of any other message
        if head & DEFINITION:
            local = head & LOCAL
            at, length, slices, definition = _definition(data, at)
            known[local] = length, slices
            if slices:
                pieces.append(definition)
            continue
        found = known.get(head & LOCAL)
        if found is None:
            return None
        length, slices = found
        at += 1
        if slices:
            pieces.append(bytes((head & LOCAL,)))
            for start, stop in slices:
                pieces.append(data[at + start : at + stop])
        at += length
    return pieces if at == end else None


def _definition(data: bytes, at: int) -> tuple[int, int, Slices, bytes]:
    """Return the next place, the length of a message, what of it is kept, and its definition."""
    head, _, order = data[at : at + 3]
    (number,) = struct.unpack_from(">H" if order else "<H", data, at + 3)
    fields = data[at + 5]
    first = at + 6
    last = first + 3 * fields
    kept: list[bytes] = []
    slices: list[tuple[int, int]] = []
    length = 0
    for place in range(first, last, 3):
        field, size = data[place], data[place + 1]
        if number in WHOLE_MESSAGES or (number == RECORD and field in RECORD_FIELDS):
            kept.append(data[place : place + 3])
            slices.append((length, length + size))
        length += size
    if head & DEVELOPER:
        extra = data[last]
        # They stand behind all other fields, and are left out.
        length += sum(data[last + 2 : last + 1 + 3 * extra : 3])
        last += 1 + 3 * extra
    # The first byte of the rest: reserved, byte order, number; then how many fields.
    definition = bytes((DEFINITION | head & LOCAL,)) + data[at + 1 : at + 5]
    definition += bytes((len(kept),)) + b"".join(kept)
    return last, length, _joined(slices), definition


def _joined(slices: list[tuple[int, int]]) -> Slices:
    """Join what stands side by side."""
    joined: list[tuple[int, int]] = []
    for start, stop in slices:
        if joined and joined[-1][1] == start:
            joined[-1] = joined[-1][0], stop
        else:
            joined.append((start, stop))
    return tuple(joined)
