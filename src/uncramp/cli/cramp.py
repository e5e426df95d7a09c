"""Relief of a cramp in the terminal: where no window can open, or where it is asked for."""

import argparse
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

from uncramp.cli.play import (
    TerminalPlayer,
    Terminated,
    is_looked_through,
    log_file,
    play,
    termination,
)
from uncramp.cli.terminal import RealTerminal, Terminal
from uncramp.coach.coach import Coach
from uncramp.coach.cramp.emergency import call_text
from uncramp.coach.cramp.relief import Advice, Episode, advice_at, advice_text, red_flag_opening
from uncramp.coach.cramp.safety import load_safety
from uncramp.coach.cramp.wording import cramp_line, place_name
from uncramp.coach.session.guide import Delivered
from uncramp.coach.session.sessions import Pacing, Sessions
from uncramp.coach.session.sounding import SoundingSession
from uncramp.model.body import Side
from uncramp.model.diary import CrampMuscle
from uncramp.model.language import tr
from uncramp.model.record import Outcome
from uncramp.model.routine import Routine

_LET_FINISH_S = 4.0
_WAIT_S = 0.5
_YES = {"y", "x"}
_ENTER = {"\n", "\r"}
_LEAVE = {"q", "\x1b"}


def guide(coach: Coach, arguments: argparse.Namespace) -> int:
    """Guide a routine; one that relieves a cramp begins with the question."""
    wanted = coach.library.find_routine(arguments.routine)
    if wanted is None or not wanted.is_one_sided or is_looked_through(arguments):
        return play(coach, arguments)
    return _relieve(coach, arguments, wanted)


def relieve(coach: Coach, arguments: argparse.Namespace) -> int:
    """Ask the one question, guide the relief, and note the cramp."""
    return _relieve(coach, arguments)


def _relieve(coach: Coach, arguments: argparse.Namespace, wanted: Routine | None = None) -> int:
    sound = None
    if not arguments.mute and not coach.settings.muted:
        sound, _ = Sessions(coach).open_sound()
    whole = True
    try:
        with (
            log_file(arguments.log if wanted else None) as log,
            suppress(Terminated),
            RealTerminal() as terminal,
            termination(),
        ):
            relieving = Relieving(coach, terminal, sound, Pacing(), wanted, log)
            if wanted is None:
                relieving.run(arguments.muscle, arguments.side)
            else:
                relieving.run()
            whole = relieving.log_is_whole
    finally:
        if sound is not None:
            sound.close(drain_s=_LET_FINISH_S)
    return 0 if whole else 2


class Relieving:
    """One cramp in the terminal.

    Args:
        coach: knows date and diary.
        terminal: what is read and written.
        sound: where it is heard; None for silence.
        pacing: the clock.
        wanted: the relief that was asked for; None for the one of the place.
        log: where each cue is written; None for nowhere.
    """

    def __init__(
        self,
        coach: Coach,
        terminal: Terminal,
        sound: SoundingSession | None,
        pacing: Pacing,
        wanted: Routine | None = None,
        log: TextIO | None = None,
    ) -> None:
        self._coach, self._terminal = coach, terminal
        self._sound, self._pacing = sound, pacing
        self._read = pacing.read
        self._log = log
        self.log_is_whole = True
        self.episode = Episode(coach, pacing.read().boot_ns)
        if wanted is not None:
            self.episode.want(wanted)

    def run(self, muscle: str | None = None, side: str | None = None) -> None:
        """Lead from the question to the journal."""
        cramp = self.episode.cramp
        self.episode.locate(
            CrampMuscle(muscle) if muscle else cramp.muscle, Side(side) if side else cramp.side
        )
        with suppress(KeyboardInterrupt):
            if self._is_warned():
                self._show_signs(red_flag_opening(before_relief=True))
                return
            self._relieve()

    def _is_warned(self) -> bool:
        line = self._terminal.line
        line(tr("Is the leg swollen, warm or cold, changed in colour, numb or injured?"))
        if not self._terminal.has_keys:
            line(tr("If so, stop here (Ctrl+C): no massage, no heat, and have it seen today."))
            return False
        place = place_name(self.episode.cramp.muscle, self.episode.cramp.side)
        line(tr("y yes · Enter no, go on: {place}").format(place=place))
        while self._terminal.has_keys:
            key = self._terminal.wait(_WAIT_S).lower()
            if key in _YES:
                return True
            if key in _ENTER or key == "n":
                return False
            if key in _LEAVE:
                raise KeyboardInterrupt
        return False

    def _relieve(self) -> None:
        episode = self.episode
        player = _ReliefPlayer(
            self._coach,
            episode.routine,
            self._sound,
            self._pacing,
            self._terminal,
            self._log,
            episode.cramp.side,
        )
        episode.relieved_by(player.session.record.id)
        if self._terminal.has_keys:
            self._terminal.line(tr("Enter: it is easing"))
        player.play()
        self.log_is_whole = player.log_is_whole
        if player.session.record.outcome is Outcome.TOO_SHARP:
            self._show_signs(red_flag_opening(before_relief=False))
            return
        if player.eased or (
            player.session.record.outcome is Outcome.FINISHED and self._has_eased()
        ):
            episode.ease(self._read().boot_ns)
        if episode.fault is not None:
            words = tr("It could not be saved in the journal. {why}").format(why=episode.fault)
        else:
            words = tr("In your journal: {cramp}").format(cramp=cramp_line(episode.cramp))
        self._terminal.line(words)

    def _has_eased(self) -> bool:
        """Ask whether it is over; without keys nobody can say."""
        if not self._terminal.has_keys:
            return False
        self._terminal.line(tr("Has it eased? Enter yes · q leave"))
        said = Advice.NONE
        while self._terminal.has_keys:
            key = self._terminal.wait(_WAIT_S).lower()
            if key in _ENTER or key in _LEAVE:
                return key in _ENTER
            advice = advice_at(self.episode.elapsed_s(self._read().boot_ns))
            if advice is not said:
                said = advice
                self._terminal.line(advice_text(advice, on_a_run=self.episode.on_a_run))
        return False

    def _show_signs(self, opening: str) -> None:
        line = self._terminal.line
        intro, levels = load_safety(self._coach.places.assets)
        line(opening)
        line(call_text(_locale()))
        line(intro)
        for level in levels:
            line(level.name)
            for sign in level.signs:
                line(f"  • {sign}")


class _ReliefPlayer(TerminalPlayer):
    """Enter says that it is easing."""

    eased = False

    def _press(self, key: str) -> Sequence[Delivered]:
        if key in _ENTER:
            self.eased = True
            self.session.end()
            return ()
        return super()._press(key)


def _locale() -> str:
    import os

    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((name for name in names if name), "C")
