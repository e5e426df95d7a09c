"""Files that were right before are not checked again, and nothing else is believed."""

import hashlib
import json
import os
import random
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import uncramp
from uncramp.routines.library import load_library

SOURCE = Path(__file__).resolve().parents[2] / "src"


def read(kept: Path) -> dict[str, Any]:
    """Return what a cache holds, below the digest of it."""
    found: dict[str, Any] = json.loads(kept.read_text().partition("\n")[2])
    return found


def write(kept: Path, text: str) -> None:
    """Keep a text under its right digest."""
    kept.write_text(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}")


def test_gives_the_same_library(shipped: Path, tmp_path: Path) -> None:
    kept = tmp_path / "deep" / "checked.json"
    fresh, _ = load_library(shipped, None)
    first, _ = load_library(shipped, None, kept)
    assert kept.is_file()
    again, problems = load_library(shipped, None, kept)
    assert fresh == first == again
    assert problems == ()


def test_needs_no_pydantic_the_second_time(shipped: Path, tmp_path: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from uncramp.routines.library import load_library\n"
        f"library, _ = load_library(Path({str(shipped)!r}), None, Path({str(tmp_path / 'c')!r}))\n"
        "print(len(library.routines), 'pydantic' in sys.modules, 'tomlkit' in sys.modules)"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONPATH": str(SOURCE)},
        ).stdout.split()
        for _ in range(2)
    ]
    count = str(len(list(shipped.glob("*.routine.toml"))))
    assert said == [[count, "True", "False"], [count, "False", "False"]]


def test_a_changed_file_is_read_again(shipped: Path, user: Path, tmp_path: Path) -> None:
    kept = tmp_path / "checked.json"
    own = user / "routines" / "mine.routine.toml"
    text = (shipped / "prerun_quick.routine.toml").read_text(encoding="utf-8")
    own.write_text(text, encoding="utf-8")
    load_library(shipped, user, kept)
    own.write_text(text.replace("seconds = 60", "seconds = 61"), encoding="utf-8")
    library, _ = load_library(shipped, user, kept)
    assert library.routines["prerun_quick"].steps[0].seconds == 61
    own.write_text(text.replace("seconds = 60", "seconds = 0"), encoding="utf-8")
    for _ in range(2):
        library, problems = load_library(shipped, user, kept)
        assert [p.message for p in problems] == ['step 1: "seconds" must be at least 1, not 0']
        assert library.routines["prerun_quick"].steps[0].seconds == 60


def test_rules_are_checked_every_time(shipped: Path, user: Path, tmp_path: Path) -> None:
    kept = tmp_path / "checked.json"
    load_library(shipped, user, kept)
    pump = (shipped / "exercises" / "wall_calf_pump.toml").read_text(encoding="utf-8")
    own = user / "routines" / "exercises" / "pump.toml"
    own.write_text(
        pump.replace('kind = "oscillate"', 'kind = "hold"').replace("cycle_s = 5.0 #", "#"),
        encoding="utf-8",
    )
    routine = user / "routines" / "long.routine.toml"
    text = (shipped / "prerun_full.routine.toml").read_text(encoding="utf-8")
    assert text.rstrip().endswith("seconds = 30")
    routine.write_text(text.rstrip().removesuffix("30") + "31\n", encoding="utf-8")
    for _ in range(2):
        _, problems = load_library(shipped, user, kept)
        assert ["a hold of 31 s" in p.message for p in problems] == [True]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '{"edition": 5}',
        "[" * 100_000,
        '{"edition": "EDITION", "files": []}',
        '{"edition": "EDITION", "files": {"DIGEST": {"Path": ["/etc/passwd"]}}}',
        '{"edition": "EDITION", "files": {"DIGEST": {"Exercise": [1]}}}',
        '{"edition": "EDITION", "files": {"DIGEST": {"Kind": ["dance"]}}}',
        '{"edition": "EDITION", "files": {"DIGEST": {}}}',
        '{"edition": "EDITION", "files": {"DIGEST": 5}}',
    ],
)
def test_a_spoilt_cache_is_ignored(shipped: Path, tmp_path: Path, content: str) -> None:
    kept = tmp_path / "checked.json"
    expected, _ = load_library(shipped, None, kept)
    good = read(kept)
    for digest in good["files"]:
        text = content.replace("EDITION", good["edition"]).replace("DIGEST", digest)
        write(kept, text)
        library, problems = load_library(shipped, None, kept)
        assert library == expected
        assert problems == ()
        if "DIGEST" not in content:
            break
    assert read(kept)["files"].keys() == good["files"].keys()


def test_no_byte_of_a_cache_can_change_what_is_loaded(shipped: Path, tmp_path: Path) -> None:
    kept = tmp_path / "checked.json"
    expected, _ = load_library(shipped, None, kept)
    good = kept.read_bytes()
    for seed in range(60):
        chance = random.Random(seed)
        spoilt = bytearray(good)
        place = chance.randrange(len(spoilt))
        if seed % 3 == 0:
            del spoilt[place:]
        elif seed % 3 == 1:
            spoilt[place] ^= 1 << chance.randrange(7)
        else:
            word = chance.choice([b"30.0", b"true", b"null", b"wall", b'"each"'])
            place = spoilt.find(word)
            spoilt[place : place + len(word)] = b"9" * len(word)
        kept.write_bytes(spoilt)
        library, problems = load_library(shipped, None, kept)
        assert library == expected
        assert problems == ()
    assert kept.read_bytes() == good


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_the_folder_of_the_cache_is_its_owners_alone(shipped: Path, tmp_path: Path) -> None:
    load_library(shipped, None, tmp_path / "cache" / "checked.json")
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700


def test_another_edition_of_the_program_checks_anew(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "checked.json"
    load_library(shipped, None, kept)
    before = read(kept)["edition"]
    monkeypatch.setattr(uncramp, "__version__", "999")
    load_library(shipped, None, kept)
    assert read(kept)["edition"] != before


def test_no_place_to_write_is_no_problem(shipped: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    library, problems = load_library(shipped, None, tmp_path / "file" / "checked.json")
    assert problems == ()
    assert library.routines
