"""What kind of recording a file is, by its content and never by its name."""

import csv
import io
import re
from enum import StrEnum

from uncramp.recordings.garmin import KEY
from uncramp.recordings.intervals import is_intervals
from uncramp.recordings.rows import delimiter
from uncramp.recordings.strava import is_strava

HEAD_BYTES = 1 << 16
"""As much as is looked at."""
FIT_HEADERS = (12, 14)
"""With its own length a FIT file begins."""


class Kind(StrEnum):
    """What a file is."""

    FIT = "fit"
    TCX = "tcx"
    GPX = "gpx"
    APPLE = "apple"
    STRAVA = "strava"
    INTERVALS = "intervals"
    GARMIN = "garmin"
    GARMIN_LIST = "garmin_list"
    GZIP = "gzip"
    ZIP = "zip"
    WEB_PAGE = "web_page"
    EMPTY = "empty"
    UNKNOWN = "unknown"


_ROOTS = (
    (Kind.TCX, re.compile(r"<(?:[\w.-]+:)?TrainingCenterDatabase[\s>/]")),
    (Kind.GPX, re.compile(r"<(?:[\w.-]+:)?gpx[\s>/]")),
    (Kind.APPLE, re.compile(r"<(?:!DOCTYPE\s+)?HealthData[\s>\[]")),
    (Kind.WEB_PAGE, re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)),
)
_GARMIN_WORDS = ("training effect", "swolf")


def kind_of(head: bytes) -> Kind:
    """Return the kind of a file that begins with `head`."""
    if not head:
        return Kind.EMPTY
    if head[8:12] == b".FIT" or (len(head) < 12 and head[0] in FIT_HEADERS):
        return Kind.FIT
    if head[:2] == b"\x1f\x8b":
        return Kind.GZIP
    if head[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        return Kind.ZIP
    text = _text(head)
    shown = text.lstrip()
    if shown.startswith("<"):
        return _of_xml(shown)
    if shown[:1] in {"[", "{"}:
        return Kind.GARMIN if f'"{KEY}"' in shown else Kind.UNKNOWN
    return _of_table(text)


def _text(head: bytes) -> str:
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return head.decode("utf-16", "ignore")
    return head.decode("utf-8-sig", "ignore")


def _of_xml(text: str) -> Kind:
    places = [(found.start(), kind) for kind, form in _ROOTS if (found := form.search(text))]
    return min(places)[1] if places else Kind.UNKNOWN


def _of_table(text: str) -> Kind:
    lines = text.splitlines()[:4]
    if not lines or "\0" in text:
        return Kind.UNKNOWN
    for line in lines:
        try:
            head = next(csv.reader(io.StringIO(line), delimiter=delimiter(line)), [])
        except csv.Error:
            return Kind.UNKNOWN
        if is_intervals([one.strip().casefold() for one in head]):
            return Kind.INTERVALS
        if is_strava(head):
            return Kind.STRAVA
        if any(word in line.casefold() for word in _GARMIN_WORDS):
            return Kind.GARMIN_LIST
    return Kind.UNKNOWN
