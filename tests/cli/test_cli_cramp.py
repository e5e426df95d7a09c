"""Relief of a cramp in the terminal: the question, the keys, the journal."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from uncramp.__main__ import main
from uncramp.cli import main as commands
from uncramp.cli.cramp import Relieving, guide
from uncramp.coach.coach import Coach
from uncramp.coach.places import Places
from uncramp.coach.session.sessions import Pacing
from uncramp.model.body import Side
from uncramp.model.clocks import Clocks
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle
from uncramp.model.record import Outcome

S = 1_000_000_000
NIGHT = datetime(2026, 11, 22, 3, 10, tzinfo=timezone(timedelta(hours=1)))
LONGEST_S = 3_600


@dataclass
class StrawTerminal:
    """Waits by moving the clock; presses keys at their seconds."""

    keys: dict[float, str] = field(default_factory=dict)
    has_keys: bool = True
    now_ns: int = 9 * S
    lines: list[str] = field(default_factory=list)

    def read(self) -> Clocks:
        return Clocks(self.now_ns, self.now_ns)

    def wait(self, seconds: float) -> str:
        if self.now_ns > LONGEST_S * S:
            raise AssertionError(f"it does not end; it said: {self.lines[-9:]}")
        until_ns = self.now_ns + round(seconds * S)
        due = sorted(at for at in self.keys if 9 * S + at * S <= until_ns)
        if due:
            self.now_ns = max(self.now_ns, 9 * S + round(due[0] * S))
            return self.keys.pop(due[0])
        self.now_ns = max(until_ns, self.now_ns + 1_000_000)
        return ""

    def line(self, text: str) -> None:
        self.lines.append(text)

    def status(self, text: str) -> None:
        del text


@pytest.fixture
def coach(places: Places) -> Iterator[Coach]:
    made = Coach(places, lambda: NIGHT)
    yield made
    made.close()


def run(
    coach: Coach, terminal: StrawTerminal, muscle: str | None = None, side: str | None = None
) -> tuple[Cramp, ...]:
    Relieving(coach, terminal, None, Pacing(terminal.read)).run(muscle, side)
    assert coach.diary is not None
    return coach.diary.cramps(NIGHT - timedelta(days=1), NIGHT + timedelta(days=1))


@pytest.mark.parametrize(
    ("name", "muscle", "context"),
    [
        ("R12", CrampMuscle.CALF, CrampContext.NIGHT),
        ("R13", CrampMuscle.HAMSTRING, CrampContext.NIGHT),
        ("R14", CrampMuscle.QUAD, CrampContext.NIGHT),
        ("R15", CrampMuscle.FOOT, CrampContext.NIGHT),
        ("R05", CrampMuscle.CALF, CrampContext.RUN),
    ],
)
def test_a_relief_that_is_asked_for_begins_with_the_question(
    coach: Coach, name: str, muscle: CrampMuscle, context: CrampContext
) -> None:
    wanted = coach.library.find_routine(name)
    assert wanted is not None
    terminal = StrawTerminal({2.0: "\n", 62.0: "\n"})
    Relieving(coach, terminal, None, Pacing(terminal.read), wanted).run()
    assert terminal.lines[0].startswith("Is the leg swollen")
    assert coach.diary is not None
    (cramp,) = coach.diary.cramps(NIGHT - timedelta(days=1), NIGHT + timedelta(days=1))
    assert (cramp.muscle, cramp.context) == (muscle, context)
    assert coach.journal is not None
    (session,) = coach.journal.sessions()
    assert session.routine == wanted.id


def test_play_asks_the_question_of_a_relief_and_of_nothing_else(
    coach: Coach, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name, speed, asks in (("R12", 1.0, True), ("R12", 900.0, False), ("R08", 900.0, False)):
        log = tmp_path / f"{name}.jsonl"
        words = argparse.Namespace(routine=name, speed=speed, mute=True, log=log)
        with pytest.MonkeyPatch.context() as patch:
            if speed == 1:
                patch.setattr(Relieving, "_relieve", _nothing)
            assert guide(coach, words) == 0
        assert ("Is the leg swollen" in capsys.readouterr().out) is asks, name
    assert coach.journal is not None
    assert coach.journal.sessions() == ()


def _nothing(relieving: Relieving) -> None:
    del relieving


def test_two_keys_relieve_it_and_it_is_noted(coach: Coach) -> None:
    terminal = StrawTerminal({2.0: "\n", 62.0: "\n"})
    (cramp,) = run(coach, terminal)
    assert (cramp.muscle, cramp.side, cramp.context) == (
        CrampMuscle.CALF,
        Side.LEFT,
        CrampContext.NIGHT,
    )
    assert cramp.seconds == 62
    assert coach.journal is not None
    (session,) = coach.journal.sessions()
    assert (session.id, session.routine) == (cramp.session, "night_calf")
    assert terminal.lines[0].startswith("Is the leg swollen")
    assert terminal.lines[-1] == "In your journal: Left calf · 1 min 2 s · at night"


def test_yes_shows_the_signs_and_nothing_else(coach: Coach) -> None:
    terminal = StrawTerminal({1.0: "y"})
    assert run(coach, terminal) == ()
    told = "\n".join(terminal.lines)
    assert "Do not massage, roll or heat" in told
    assert "emergency" in told
    assert "Get seen today" in told


def test_muscle_and_side_as_asked(coach: Coach) -> None:
    terminal = StrawTerminal({1.0: "n", 5.0: "\n"})
    (cramp,) = run(coach, terminal, "quad", "right")
    assert (cramp.muscle, cramp.side) == (CrampMuscle.QUAD, Side.RIGHT)
    assert any("Front of the right thigh" in line for line in terminal.lines)


@pytest.mark.parametrize("key", ["n", "x"])
def test_numb_and_too_sharp_end_it_with_the_signs(coach: Coach, key: str) -> None:
    terminal = StrawTerminal({1.0: "\n", 20.0: key})
    (cramp,) = run(coach, terminal)
    assert cramp.seconds is None
    assert coach.journal is not None
    assert coach.journal.sessions()[0].outcome is Outcome.TOO_SHARP
    assert any("Get seen today" in line for line in terminal.lines)


def test_when_it_is_through_it_asks_and_advises(coach: Coach) -> None:
    terminal = StrawTerminal({1.0: "\n", 700.0: "\n"})
    (cramp,) = run(coach, terminal)
    assert cramp.seconds == 700
    told = "\n".join(terminal.lines)
    assert (
        told.index("Has it eased?") < told.index("Still cramping?") < told.index("Ten minutes is")
    )


def test_without_keys_it_guides_and_leaves_the_length_open(coach: Coach) -> None:
    terminal = StrawTerminal(has_keys=False)
    (cramp,) = run(coach, terminal)
    assert cramp.seconds is None
    assert coach.journal is not None
    assert coach.journal.sessions()[0].outcome is Outcome.FINISHED


def test_to_leave_at_the_question_notes_nothing(coach: Coach) -> None:
    assert run(coach, StrawTerminal({1.0: "q"})) == ()


@pytest.mark.parametrize("words", [["cramp", "elbow"], ["cramp", "calf", "--side", "both"]])
def test_other_words_are_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 1
    captured = capsys.readouterr()
    told = captured.out + captured.err
    assert "invalid choice" in told
    assert "CrampMuscle" not in told  # the words to choose from, and not our names for them


def test_without_a_display_the_terminal_helps(
    places: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[argparse.Namespace] = []

    def fake(coach: Coach, arguments: argparse.Namespace) -> int:
        del coach
        seen.append(arguments)
        return 0

    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setitem(commands._COMMANDS, "cramp", fake)
    assert main(["--data", str(places.data), "cramp", "Foot", "--side", "left"]) == 0
    assert [(one.muscle, one.side) for one in seen] == [("foot", "left")]
    assert capsys.readouterr().err == ""
