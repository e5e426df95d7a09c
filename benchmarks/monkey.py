"""A hand that knows no care, for as long as one likes: does anything that is pressed kill it?

Three programs on private X servers, with an empty journal, one of half a year and one of ten years,
one after the other. Each is first walked through systematically, then chance rules. Every death,
traceback and hang is told with the last twenty actions.

    python3 dev.py bench monkey [MINUTES] [SEED] [JOURNAL]

MINUTES are for each journal (default 2); JOURNAL is empty, half or ten.
"""

import sys
import tempfile
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "plugins")]

import told_diaries  # noqa: E402  # found through the line above
from careless_hand import Monkey, MonkeyError, stranger_to_sound  # noqa: E402

from uncramp.coach.coach import Coach  # noqa: E402
from uncramp.coach.places import find_places  # noqa: E402
from uncramp.coach.plan.reminders import Memory, save_memory  # noqa: E402
from uncramp.journal.archive import Archive  # noqa: E402

DAYS = {"empty": 0, "half": 182, "ten": 3650}
GROWTH_MOST_MB = 5.0
LAST_S = 3600.0


def main() -> int:
    """Run the monkey; return 1 when it found something."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    journals = sys.argv[3:] or list(DAYS)
    return max(_run(name, minutes, seed) for name in journals)


def _run(name: str, minutes: float, seed: int) -> int:
    with tempfile.TemporaryDirectory(prefix="uncramp-monkey-") as place:
        folder = Path(place)
        _write(folder / "data", DAYS[name])
        environment = stranger_to_sound(folder / "home")
        with Monkey(folder / "data", folder, seed, environment) as monkey:
            try:
                pressed = monkey.walk()
                monkey.play(60 * minutes)
            except MonkeyError as error:
                print(f"{name}, seed {seed}: {error}", flush=True)
                return 1
            growth = _growth_mb(monkey.counts.rss_kb)
            counts = monkey.counts
    print(
        f"{name}, seed {seed}: {pressed} widgets pressed one by one, {counts.actions} actions, "
        f"{counts.starts} starts, 0 deaths, 0 tracebacks; {growth:+.1f} MB in the last hour or "
        f"half of the last program's life [{GROWTH_MOST_MB:g}]",
        flush=True,
    )
    return 0


def _write(data: Path, days: int) -> None:
    """Write a journal of so many days up to now; without any, the first start is to come."""
    data.mkdir(parents=True)
    (data / "settings.toml").write_text("muted = true\n", encoding="utf-8")
    if not days:
        return
    coach = Coach(find_places(data))
    now = coach.read_date()
    told_diaries.NOW, told_diaries.TODAY = now, now.date()
    assert coach.journal is not None
    Archive(coach.journal).add(told_diaries.diary(days), now - timedelta(minutes=1))
    save_memory(data, Memory(welcomed=True, has_plan=True), now.date())
    coach.close()


def _growth_mb(rss_kb: list[tuple[float, int]]) -> float:
    """Return how much more memory is held at the end than an hour, or half a life, before.

    Each end is the mean of a tenth of the looks, because single ones jump by what is shown.
    """
    last = rss_kb[-1][0]
    late = [kb for at, kb in rss_kb if at >= max(last - LAST_S, last / 2)]
    tenth = max(1, len(late) // 10)
    return (sum(late[-tenth:]) - sum(late[:tenth])) / tenth / 1024


if __name__ == "__main__":
    sys.exit(main())
