"""Damage routine and exercise files in thousands of ways and see that nothing breaks.

Each mutant is read as the program reads a user's file. It must be taken or refused within a
second, never raise, and every refusal must name a line and column that exist in the file.

    python benchmarks/fuzz_routines.py --count 20000 --seed 1
"""

import argparse
import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from uncramp.model.exercise import Exercise  # noqa: E402
from uncramp.model.problem import Problem  # noqa: E402
from uncramp.routines.cache import Checked  # noqa: E402
from uncramp.routines.library import Shelf, assemble, load_library  # noqa: E402

SLOWEST_S = 1.0
TOKENS = (
    "[", "]", "[[", "]]", "{", "}", "=", ".", ",", "#", '"', "'", '"""', "'''", "\\", "\n", "\r",
    "\r\n", "\t", " ", "\0", "\x1b[2J", "\ufeff", "\u202e", "\u2028", "é", "🦵", "nan", "inf",
    "-inf", "true", "false", "0", "-1", "1e999", "0x", "1979-05-27", "07:32:00",
    "1979-05-27T07:32:00Z", "[[steps]]\n", "[figure]\n", "[[figure.keys]]\n", "[steps.x]\n",
    "steps = 1\n", "a.b.c = 1\n",
    "format = 2\n", "id = 'x'\n", 'name.de = "x"\n', "= = =", "{ default = 'x' }", "[[]]",
    "\\u0000", "\\ud800", "9" * 5000, "[" * 500, "a." * 1200, "x" * 70_000,
)  # fmt: skip
"""What TOML is made of, and what often breaks readers."""


@dataclass(slots=True)
class Outcome:
    """What happened to the mutants.

    Attributes:
        taken: files without an error.
        refused: files with at least one.
        failures: what must not happen, with the mutant's number.
        slowest_s: the longest time for one file.
        messages: how often each kind of message came, by its first words.
    """

    taken: int = 0
    refused: int = 0
    failures: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    messages: Counter[str] = field(default_factory=Counter)


def bytes_flipped(data: bytes, chance: random.Random) -> bytes:
    """Change a few bytes to anything."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def token_inserted(data: bytes, chance: random.Random) -> bytes:
    """Put pieces of TOML where they do not belong."""
    text = data.decode()
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(TOKENS) + text[at:]
    return text.encode("utf-8", "surrogatepass")


def piece_removed(data: bytes, chance: random.Random) -> bytes:
    """Take a piece out."""
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, 60) :]


def cut_short(data: bytes, chance: random.Random) -> bytes:
    """End the file too early."""
    return data[: chance.randrange(len(data))]


def lines_shuffled(data: bytes, chance: random.Random) -> bytes:
    """Move, repeat or drop whole lines."""
    lines = data.split(b"\n")
    for _ in range(chance.randint(1, 4)):
        line = lines.pop(chance.randrange(len(lines))) if len(lines) > 1 else b""
        for _ in range(chance.randint(0, 2)):
            lines.insert(chance.randrange(len(lines) + 1), line)
    return b"\n".join(lines)


def value_replaced(data: bytes, chance: random.Random) -> bytes:
    """Give a key another value, often of another type."""
    lines = data.decode().split("\n")
    keyed = [number for number, line in enumerate(lines) if " = " in line]
    for number in chance.sample(keyed, min(len(keyed), chance.randint(1, 3))):
        key = lines[number].partition(" = ")[0]
        lines[number] = f"{key} = {_value(chance)}"
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def key_replaced(data: bytes, chance: random.Random) -> bytes:
    """Misspell a key."""
    lines = data.decode().split("\n")
    keyed = [number for number, line in enumerate(lines) if " = " in line]
    for number in chance.sample(keyed, min(len(keyed), chance.randint(1, 3))):
        key, _, value = lines[number].partition(" = ")
        letters = list(key)
        chance.shuffle(letters)
        wrong = chance.choice([key + "s", key[:-1], key[1:], "".join(letters), f'"{key} "', ""])
        lines[number] = f"{wrong} = {value}"
    return "\n".join(lines).encode()


def repeated(data: bytes, chance: random.Random) -> bytes:
    """Repeat a part until the file is large."""
    start = chance.randrange(len(data))
    part = data[start : start + chance.randint(1, 200)]
    return data[:start] + part * chance.randint(2, 200_000 // len(part) + 2) + data[start:]


def _value(chance: random.Random, depth: int = 0) -> str:
    kinds: list[Callable[[], str]] = [
        lambda: str(chance.randint(-5, 4000)),
        lambda: f"{chance.uniform(-1, 100):.2f}",
        lambda: chance.choice(["true", "false", "nan", "inf", "0", "''", "1979-05-27", "1e308"]),
        lambda: f'"{chance.choice(TOKENS[16:24])}"',
        lambda: '"' + "x" * chance.randint(0, 500) + '"',
        lambda: chance.choice(['"before_run"', '"hold"', '"each"', '"wall"', '"squat"', '"10"']),
    ]
    if depth < 4:
        kinds += [
            lambda: "[" + ", ".join(_value(chance, depth + 1) for _ in range(3)) + "]",
            lambda: "{ de = " + _value(chance, depth + 1) + ", x = 1 }",
            lambda: "{ default = " + _value(chance, depth + 1) + " }",
        ]
    return chance.choice(kinds)()


MUTATIONS = (
    bytes_flipped, token_inserted, piece_removed, cut_short, lines_shuffled, repeated,
    value_replaced, value_replaced, value_replaced, key_replaced, key_replaced,
)  # fmt: skip
"""Mostly such that the file stays TOML and gets past the parser."""


def fuzz(count: int, seed: int) -> Outcome:
    """Read `count` mutants of the shipped files and tell what happened."""
    seeds = [(path.name, path.read_bytes()) for path in sorted((ROOT / "routines").rglob("*.toml"))]
    library, _ = load_library(ROOT / "routines", None)
    outcome = Outcome()
    with TemporaryDirectory() as folder:
        for number in range(count):
            chance = random.Random(f"{seed}/{number}")
            name, data = chance.choice(seeds)
            for _ in range(chance.choice([1, 1, 1, 2])):
                mutation = chance.choice(MUTATIONS)
                try:
                    data = mutation(data, chance)
                except (UnicodeDecodeError, ValueError):  # an earlier mutation left no text
                    data = bytes_flipped(data or b"#", chance)
            path = Path(folder) / name
            path.write_bytes(data)
            _read(path, data, number, library.exercises, outcome)
            path.unlink()
    return outcome


def _read(
    path: Path, data: bytes, number: int, exercises: Mapping[str, Exercise], outcome: Outcome
) -> None:
    start = time.perf_counter()
    try:
        shelf = Shelf(Checked(None))
        add = shelf.add_routine if path.name.endswith(".routine.toml") else shelf.add_exercise
        add(path)
        _, problems = assemble([shelf], exercises)
        printed = [str(problem) for problem in problems]
    except Exception:  # noqa: BLE001  # whatever is raised is what we look for
        outcome.failures.append(f"mutant {number} ({path.name}): {traceback.format_exc()}")
        return
    took_s = time.perf_counter() - start
    outcome.slowest_s = max(outcome.slowest_s, took_s)
    if took_s > SLOWEST_S:
        outcome.failures.append(f"mutant {number} ({path.name}): took {took_s:.2f} s")
    if any(problem.severity == "error" for problem in problems):
        outcome.refused += 1
    else:
        outcome.taken += 1
    for problem, said in zip(problems, printed, strict=True):
        outcome.messages[re.sub(r'"[^"]*"|\d+', "_", problem.message)] += 1
        wrong = _misplaced(problem, said, data)
        if wrong:
            outcome.failures.append(f"mutant {number} ({path.name}): {wrong}: {said}")


def _misplaced(problem: Problem, said: str, data: bytes) -> str:
    """Return what is wrong with the place or the words of a problem, or nothing."""
    if problem.message.startswith("is too large"):
        return ""
    lines = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").split("\n")
    if not 1 <= problem.line <= len(lines):
        return "a line that does not exist"
    if not 1 <= problem.column <= len(lines[problem.line - 1]) + 1:
        return "a column that does not exist"
    if any(not ch.isprintable() and ch not in "\n\t" for ch in said):
        return "control characters in the message"
    if len(said) > 1500:
        return "a message that nobody can read"
    jargon = ("Input should", "validat", "NoneType", "Traceback", "<class", "pydantic", "{")
    ours = re.sub(r'"[^"]*"', "", problem.message)  # without what is quoted from the file
    found = [word for word in jargon if word in ours]
    return f"jargon ({found[0]})" if found else ""


def main() -> int:
    """Run and print; 1 when anything failed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--messages", action="store_true", help="how often each message came")
    chosen = options.parse_args()
    start = time.perf_counter()
    outcome = fuzz(chosen.count, chosen.seed)
    print(
        f"{chosen.count} mutants in {time.perf_counter() - start:.0f} s: {outcome.taken} taken, "
        f"{outcome.refused} refused, slowest {outcome.slowest_s * 1000:.0f} ms, "
        f"{len(outcome.failures)} failures"
    )
    if chosen.messages:
        for message, times in outcome.messages.most_common():
            print(f"{times:7} {message}")
    for failure in outcome.failures[:20]:
        print(failure)
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
