"""Renders every spoken text of the shipped files into `assets/voice/en/`.

Run it after a change of texts and commit the files: `python packaging/render_voice.py`. What is
unchanged is not rendered again, and what no text needs any more is removed. The voice gives the
same samples for the same text, and the encoder's only random number is overwritten, so a second
machine makes the same files.
"""

import argparse
import hashlib
import io
import json
import re
import struct
import sys
from array import array
from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from uncramp.sound import loudness, speech, synthesis  # noqa: E402  # found by the line above
from uncramp.sound.clip import RATE_HZ, decode_clip  # noqa: E402
from uncramp.sound.voice import FORMAT, MANIFEST  # noqa: E402

DIRECTORY = ROOT / "assets" / "voice" / "en"
QUALITY = 0.35
"""Of the Vorbis encoder, 0 to 1: about 8 kB for a second of speech."""

Row = dict[str, str | float]


def render(texts: Iterable[str], directory: Path) -> tuple[int, int, int]:
    """Bring `directory` up to `texts`; return how many were made, kept and removed."""
    directory.mkdir(parents=True, exist_ok=True)
    before = _read_rows(directory / MANIFEST)
    voice = synthesis.Speech()
    rows: dict[str, Row] = {}
    made = 0
    for text in sorted(set(texts)):
        made_with = _settings_digest(text)
        old = before.get(text)
        if old is not None and old.get("made_with") == made_with and _is_there(directory, old):
            rows[text] = old
            continue
        rows[text] = _make(voice.say(text), text, made_with, directory)
        made += 1
    manifest = {
        "format": FORMAT,
        "voice": f"hibari-tts {version('hibari-tts')}, voice {synthesis.VOICE}",
        "prompts": rows,
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True)
    (directory / MANIFEST).write_text(text + "\n", encoding="utf-8")
    removed = _remove_others(directory, {str(row["file"]) for row in rows.values()})
    return made, len(rows) - made, removed


def _make(samples: "array[int]", text: str, made_with: str, directory: Path) -> Row:
    name = _file_name(text)
    path = directory / name
    path.write_bytes(encoded(samples))
    # The length as the program will hear it, from the file itself.
    duration_s = decode_clip(path, text).duration_s
    return {"file": name, "duration_s": round(duration_s, 3), "made_with": made_with}


def _is_there(directory: Path, row: Row) -> bool:
    return (directory / str(row.get("file"))).is_file()


def _file_name(text: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:40].rstrip("_")
    return f"{words}-{hashlib.sha256(text.encode()).hexdigest()[:8]}.ogg"


def _settings_digest(text: str) -> str:
    """Return a digest of everything that decides how `text` sounds."""
    shaping = b"".join(Path(module.__file__ or "").read_bytes() for module in (speech, loudness))
    settings = (
        version("hibari-tts"),
        synthesis.VOICE,
        synthesis.SEED,
        synthesis.SPEED,
        QUALITY,
        RATE_HZ,
        hashlib.sha256(shaping).hexdigest(),
        text,
    )
    return hashlib.sha256(repr(settings).encode()).hexdigest()[:16]


def encoded(samples: "array[int]") -> bytes:
    """Return `samples` as Ogg Vorbis, the same bytes for the same samples."""
    import numpy as np

    soundfile = import_module("soundfile")  # of the voice's requirements only

    buffer = io.BytesIO()
    soundfile.write(
        buffer,
        np.array(samples, dtype=np.int16),
        RATE_HZ,
        format="OGG",
        subtype="VORBIS",
        compression_level=1 - QUALITY,
    )
    return with_serial(buffer.getvalue(), 1)


def with_serial(ogg: bytes, serial: int) -> bytes:
    """Return the Ogg stream with its random serial number replaced (RFC 3533, section 6)."""
    stream = bytearray(ogg)
    at = 0
    while at < len(stream):
        if stream[at : at + 4] != b"OggS":
            raise ValueError(f"no Ogg page at byte {at}")
        segments = stream[at + 26]
        size = 27 + segments + sum(stream[at + 27 : at + 27 + segments])
        stream[at + 14 : at + 18] = struct.pack("<I", serial)
        stream[at + 22 : at + 26] = bytes(4)
        stream[at + 22 : at + 26] = struct.pack("<I", _ogg_checksum(stream[at : at + size]))
        at += size
    return bytes(stream)


def _ogg_checksum(page: bytearray) -> int:
    """Return the 32-bit CRC with polynomial 0x04c11db7, not reflected, from zero."""
    crc = 0
    for byte in page:
        crc = (crc << 8 & 0xFFFFFFFF) ^ _CRC_TABLE[(crc >> 24) ^ byte]
    return crc


def _crc_row(byte: int) -> int:
    crc = byte << 24
    for _ in range(8):
        crc = (crc << 1) ^ (0x04C11DB7 if crc & 0x80000000 else 0)
    return crc & 0xFFFFFFFF


_CRC_TABLE = [_crc_row(byte) for byte in range(256)]


def _read_rows(path: Path) -> dict[str, Row]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["prompts"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return rows if isinstance(rows, dict) else {}


def _remove_others(directory: Path, wanted: set[str]) -> int:
    others = [path for path in directory.glob("*.ogg") if path.name not in wanted]
    for path in others:
        path.unlink()
    return len(others)


def shipped_texts() -> tuple[str, ...]:
    """Return every text that may be spoken for the shipped files."""
    from uncramp.coach.session.announce import every_spoken_text
    from uncramp.routines.library import load_library

    library, problems = load_library(ROOT / "routines", None)
    if problems:
        raise SystemExit("\n".join(str(problem) for problem in problems))
    return every_spoken_text(library.exercises.values(), library.routines.values())


def main() -> int:
    """Render the shipped texts, or those of a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", nargs="?", type=Path, default=DIRECTORY)
    parser.add_argument("--texts", type=Path, metavar="FILE", help="one text a line instead")
    arguments = parser.parse_args()
    if arguments.texts is None:
        texts = shipped_texts()
    else:
        lines = arguments.texts.read_text(encoding="utf-8").splitlines()
        texts = tuple(line.strip() for line in lines if line.strip())
    made, kept, removed = render(texts, arguments.directory)
    sys.stdout.write(f"{made} made, {kept} kept, {removed} removed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
