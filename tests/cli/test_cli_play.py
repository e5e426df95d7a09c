"""A session in the terminal, played by a terminal of straw on a clock of its own."""

import argparse
import io
import json
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from uncramp.__main__ import main
from uncramp.cli.play import TerminalPlayer, play
from uncramp.cli.terminal import RealTerminal
from uncramp.coach.coach import Coach
from uncramp.coach.session.sessions import Pacing
from uncramp.model.clocks import Clocks
from uncramp.model.record import Outcome
from uncramp.session.timeline import CueKind

S = 1_000_000_000
LONGEST_S = 3_600


@dataclass
class StrawTerminal:
    """Waits by moving the clock; presses keys at their seconds."""

    keys: dict[float, str] = field(default_factory=dict)
    has_keys: bool = True
    now_ns: int = 9 * S
    slept_ns: int = 0
    lines: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    on_wait: Callable[[], None] | None = None

    def read(self) -> Clocks:
        return Clocks(self.now_ns, self.now_ns + self.slept_ns)

    def wait(self, seconds: float) -> str:
        if self.now_ns > LONGEST_S * S:
            raise AssertionError(f"the session does not end; it said: {self.lines[-9:]}")
        if self.on_wait is not None:
            self.on_wait()
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
        self.states.append(text)


def played(
    coach: Coach, terminal: StrawTerminal, routine: str = "prerun_quick"
) -> tuple[TerminalPlayer, list[dict[str, object]]]:
    log = io.StringIO()
    player = TerminalPlayer(
        coach, coach.library.routines[routine], None, Pacing(terminal.read), terminal, log
    )
    player.play()
    return player, [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_whole_session_is_told_logged_and_recorded(loaded_coach: Coach) -> None:
    terminal = StrawTerminal()
    player, log = played(loaded_coach, terminal)
    timeline = player.session.state.timeline
    assert [row["cue"] for row in log] == [cue.kind.value for cue in timeline.cues]
    for row, cue in zip(log, timeline.cues, strict=True):
        assert set(row) == {"cue", "exercise", "side", "due_s", "at_s"}
        assert row["due_s"] == pytest.approx(cue.at_ms / 1000)
        assert 0 <= float(str(row["at_s"])) - float(str(row["due_s"])) <= 0.002
    told = "\n".join(terminal.lines)
    assert "Next: Forward leg swings" in told
    assert "Done: 4:04 of work." in told
    assert "Left 1:00, right 1:00." in told
    assert loaded_coach.journal is not None
    (record,) = loaded_coach.journal.sessions()
    assert record.outcome is Outcome.FINISHED
    assert record.done_ms == record.planned_ms == timeline.work_ms
    loaded_coach.close()


def test_keys_pause_skip_and_end(loaded_coach: Coach) -> None:
    terminal = StrawTerminal({12.0: " ", 40.0: "p", 50.0: "s", 52.0: "q"})
    player, log = played(loaded_coach, terminal)
    assert player.session.record.outcome is Outcome.ENDED_EARLY
    # 2 s until the pause, then from 45 s (40 and five to count in) to 50 s.
    assert player.session.record.done_ms == pytest.approx(7_000, abs=5)
    assert CueKind.RESUME.value in {row["cue"] for row in log}
    assert any("paused" in state for state in terminal.states)
    loaded_coach.close()


def test_too_sharp_stops_and_says_what_to_watch_for(loaded_coach: Coach) -> None:
    terminal = StrawTerminal({30.0: "x"})
    player, _ = played(loaded_coach, terminal)
    assert player.session.record.outcome is Outcome.TOO_SHARP
    assert "swollen" in terminal.lines[-1]
    loaded_coach.close()


def test_after_sleep_a_terminal_without_keys_goes_on_by_itself(loaded_coach: Coach) -> None:
    terminal = StrawTerminal(has_keys=False)

    def nap() -> None:
        if terminal.now_ns > 40 * S and not terminal.slept_ns:
            terminal.slept_ns = 3_600 * S

    terminal.on_wait = nap
    player, log = played(loaded_coach, terminal)
    assert player.session.record.outcome is Outcome.FINISHED
    assert player.session.record.done_ms == player.session.state.timeline.work_ms
    assert CueKind.RESUME.value in {row["cue"] for row in log}
    assert any("asleep" in line for line in terminal.lines)
    loaded_coach.close()


def test_ctrl_c_is_recorded_as_an_early_end(loaded_coach: Coach) -> None:
    terminal = StrawTerminal()

    def interrupt() -> None:
        if terminal.now_ns > 30 * S:
            raise KeyboardInterrupt

    terminal.on_wait = interrupt
    player, _ = played(loaded_coach, terminal)
    assert player.session.record.outcome is Outcome.ENDED_EARLY
    assert any("Ended early" in line for line in terminal.lines)
    loaded_coach.close()


def test_a_terminal_that_goes_away_ends_the_session_on_record(loaded_coach: Coach) -> None:
    terminal = StrawTerminal()

    def vanish() -> None:
        if terminal.now_ns > 30 * S:
            raise BrokenPipeError

    terminal.on_wait = vanish
    with pytest.raises(BrokenPipeError):
        played(loaded_coach, terminal)
    assert loaded_coach.journal is not None
    (record,) = loaded_coach.journal.sessions()
    assert record.outcome is Outcome.ENDED_EARLY
    assert record.done_ms == pytest.approx(11_000, abs=300)
    loaded_coach.close()


def test_capital_letters_are_keys_too(loaded_coach: Coach) -> None:
    terminal = StrawTerminal({30.0: "Q"})
    player, _ = played(loaded_coach, terminal)
    assert player.session.record.outcome is Outcome.ENDED_EARLY
    loaded_coach.close()


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="the signals are POSIX's")
def test_a_closed_terminal_or_a_request_to_end_is_recorded_once(
    loaded_coach: Coach, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {signal.SIGHUP: False, signal.SIGTERM: False}

    def request(terminal: RealTerminal, seconds: float) -> str:
        for number in asked:
            asked[number] = True
            os.kill(os.getpid(), number)
        return ""

    monkeypatch.setattr(RealTerminal, "wait", request)
    before = [signal.getsignal(number) for number in asked]
    words = argparse.Namespace(routine="R02", speed=1.0, mute=True, log=None)
    assert play(loaded_coach, words) == 0
    assert asked[signal.SIGHUP]
    assert [signal.getsignal(number) for number in asked] == before
    assert "Ended early" in capsys.readouterr().out
    assert loaded_coach.journal is not None
    (record,) = loaded_coach.journal.sessions()
    assert record.outcome is Outcome.ENDED_EARLY
    loaded_coach.close()


def test_the_real_command_plays_a_routine_fast(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.jsonl"
    data = str(tmp_path / "data")
    words = ["--data", data, "play", "R08", "--speed", "400", "--mute", "--log", str(log)]
    assert main(words) == 0
    rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert rows[0]["cue"] == "get_ready"
    assert rows[-1]["cue"] == "finish"
    assert rows[-1]["due_s"] == 136
    told = capsys.readouterr().out
    assert "Left 1:00, right 1:00." in told
    # Nobody stretches for two minutes in a third of a second: it is not in the journal.
    assert "nothing was recorded" in told
    assert not (tmp_path / "data" / "journal.sqlite").exists()
