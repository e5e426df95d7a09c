"""Plays cues at their instants, and knows when nobody hears them."""

import atexit
import logging
import threading
import time
from collections.abc import Callable, Sequence

from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.sound.clip import Clip
from uncramp.sound.device import DeviceBackend
from uncramp.sound.mixer import Mixer
from uncramp.sound.output import Backend, Output, SoundState, SoundStatus
from uncramp.sound.player import PlayerBackend

GAP_S = 0.12
"""Silence between two clips of one cue: they are heard as two."""

_LOOK_S = 0.2
_LOST_LOOKS = 3
"""Looks without a new block after which the device counts as lost: 0.6 s. They are counted, not
timed, so that a machine that was asleep or held up does not lose its device by that."""
_FIRST_BLOCKS = 3
_START_LOOKS = 15
"""A device may take its time to begin (wireless ones wake up): 3 s."""
_CHECK_LOOKS = 4
_RETRY_S = 0.4
_SILENT_NS = 800_000_000
_OPENING_NS = 1_000_000_000
_WAKING_NS = 3_000_000_000
"""The same patience as `_START_LOOKS`, as the badge sees it."""
_FADE_S = 0.12
"""The fade itself and what the device still holds."""
_EXIT_S = 1.0
_SAME_SERVER_NS = 10_000_000_000
"""So long after a loss only the lost way is tried again: to take the card directly while the
sound server restarts would keep the server from getting it back."""

_log = logging.getLogger(__name__)


def default_backends() -> tuple[Backend, ...]:
    """Return the ways to be heard, best first: the sound device, then a player program."""
    return (DeviceBackend(), PlayerBackend())


class Speaker:
    """One always-open device into which chimes and speech are mixed.

    Every method returns at once and may be called from any thread. The device is opened, watched
    and reopened by a thread of its own that ends with `close`.

    Args:
        backends: the ways to be heard, best first; None for those of this platform.
        now_ns: the monotonic clock.
    """

    def __init__(
        self,
        backends: Sequence[Backend] | None = None,
        now_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._backends = tuple(backends) if backends is not None else default_backends()
        self._now_ns = now_ns
        self._volume = 1.0
        self._muted = False
        self._keeper: _Keeper | None = None

    def open(self) -> None:
        """Begin to open the device; `status` tells when it is heard."""
        if self._keeper is None:
            self._keeper = _Keeper(self._backends, self._now_ns, self._gain())
            self._keeper.start()

    def close(self, drain_s: float = 0.0) -> None:
        """Give the device back.

        Args:
            drain_s: how long what is scheduled may still be heard; by default it fades at once.
        """
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            keeper.stop(drain_s)

    def schedule(self, clips: Sequence[Clip], at_ns: int, gap_s: float = GAP_S) -> None:
        """Play `clips` one after the other, the first sample heard at `at_ns`.

        Scheduled a quarter of a second ahead, neither a busy machine nor a held-up window delays
        a cue. What is late begins at once; what is more than a second late is dropped.

        Args:
            clips: in their order.
            at_ns: instant of the monotonic clock.
            gap_s: silence between two of them.
        """
        if self._keeper is not None:
            self._keeper.mixer.schedule(clips, at_ns, gap_s)

    def play_now(self, clips: Sequence[Clip], gap_s: float = GAP_S) -> None:
        """Play `clips` as soon as the device takes them, about 60 ms from now."""
        self.schedule(clips, self._now_ns(), gap_s)

    def cancel(self) -> None:
        """Drop what has not begun; what sounds fades out within 20 ms."""
        if self._keeper is not None:
            self._keeper.mixer.cancel()

    @property
    def volume(self) -> float:
        """Loudness from 0 to 1, in steps that sound equal: half is half as loud."""
        return self._volume

    @volume.setter
    def volume(self, value: float) -> None:
        self._volume = min(1.0, max(0.0, value))
        self._pass_gain()

    @property
    def muted(self) -> bool:
        """Whether cues are silent on purpose."""
        return self._muted

    @muted.setter
    def muted(self, value: bool) -> None:
        self._muted = value
        self._pass_gain()

    def _gain(self) -> float:
        # The cube of the setting is the usual stand-in for the ear's logarithm: half the way is
        # 18 dB down and, unlike a logarithm, nothing is silence.
        return 0.0 if self._muted else self._volume**3

    def _pass_gain(self) -> None:
        if self._keeper is not None:
            self._keeper.mixer.gain = self._gain()

    def status(self) -> SoundStatus:
        """Return whether cues are heard, for a badge; costs next to nothing."""
        if self._keeper is None:
            return SoundStatus(SoundState.CLOSED)
        return self._keeper.status(self._now_ns())


class _Keeper:
    """Opens the device, watches it and opens it again, in a thread, from open to close."""

    def __init__(
        self, backends: tuple[Backend, ...], now_ns: Callable[[], int], gain: float
    ) -> None:
        self.mixer = Mixer()
        self.mixer.gain = gain
        self._backends = backends
        self._now_ns = now_ns
        self._stop = threading.Event()
        self._drain_s = 0.0
        self._output: Output | None = None
        self._fault = ""
        self._lost: tuple[int, str] | None = None
        self._lost_ns = 0
        self._opened_ns = 0
        self._began_ns = now_ns()
        self._thread = threading.Thread(target=self._run, name="uncramp-sound", daemon=True)

    def start(self) -> None:
        # At exit the device has to be closed while Python still runs: its own thread calls back.
        atexit.register(self._exit)
        self._thread.start()

    def stop(self, drain_s: float) -> None:
        self._drain_s = drain_s
        if drain_s <= 0:
            self.mixer.cancel()
        self._stop.set()

    def _exit(self) -> None:
        self._drain_s = 0.0
        self._stop.set()
        self._thread.join(_EXIT_S)

    def status(self, now_ns: int) -> SoundStatus:
        output, fault = self._output, self._fault
        if fault:
            return SoundStatus(SoundState.SILENT, "", fault)
        if output is None:
            if now_ns - self._began_ns < _OPENING_NS:
                return SoundStatus(SoundState.OPENING)
            return SoundStatus(SoundState.SILENT, "", _unanswered_sentence())
        # Judged here as well as by the thread, which a server that hangs can hold up.
        waking = self.mixer.rendered_ns < self._opened_ns
        patience_ns = _WAKING_NS if waking else _SILENT_NS
        if now_ns - max(self.mixer.rendered_ns, self._opened_ns) > patience_ns:
            return SoundStatus(SoundState.SILENT, "", _unanswered_sentence())
        if waking:
            return SoundStatus(SoundState.OPENING, output.name)
        awake_s = (now_ns - self._opened_ns) / 1e9
        return SoundStatus(SoundState.PLAYING, output.name, awake_s=awake_s)

    # --- the keeper's own thread ------------------------------------------------------------

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                opened = self._open()
                if opened is None:
                    self._stop.wait(_RETRY_S)
                else:
                    self._watch(*opened)
        except Exception:  # noqa: BLE001  # the end of this thread has to show on the badge
            # The badge has to tell that nothing is heard even when the mistake is ours.
            _log.exception("the sound thread failed")
            self._fault = _lost_sentence()
        finally:
            atexit.unregister(self._exit)

    def _open(self) -> tuple[int, Output] | None:
        """Open the best way that opens; without any, the best one's sentence is the fault."""
        again = ""
        candidates = tuple(enumerate(self._backends))
        if self._lost is not None and self._now_ns() - self._lost_ns < _SAME_SERVER_NS:
            candidates = (candidates[self._lost[0]],)
            again = self._lost[1]
        faults: list[str] = []
        for rank, backend in candidates:
            try:
                output = backend.open(self.mixer, again)
            except EnvironmentFault as fault:
                faults.append(str(fault))
                continue
            self._opened_ns = self._now_ns()
            self._fault = output.fault()
            self._output = output
            return rank, output
        self._fault = faults[0]
        return None

    def _watch(self, rank: int, output: Output) -> None:
        """Stay with an open device until it is lost, a better one can be had, or the end."""
        try:
            self._look_after(rank, output)
        finally:
            if self._stop.is_set():
                self._let_end()
            self._output = None
            output.silence()
            output.close()

    def _look_after(self, rank: int, output: Output) -> None:
        first = seen = self.mixer.blocks
        still = looks = 0
        while not self._stop.wait(_LOOK_S):
            looks += 1
            blocks = self.mixer.blocks
            still = 0 if blocks != seen else still + 1
            seen = blocks
            if still >= (_LOST_LOOKS if blocks - first > _FIRST_BLOCKS else _START_LOOKS):
                self._fault = _lost_sentence()
                self._lost, self._lost_ns = (rank, output.name), self._now_ns()
                return
            if looks % _CHECK_LOOKS == 0:
                self._fault = output.fault()
                if self._better(rank):
                    return

    def _better(self, rank: int) -> bool:
        """Tell whether a way before `rank` opens now; it is opened for good afterwards."""
        for backend in self._backends[:rank]:
            try:
                trial = backend.open(Mixer())
            except EnvironmentFault:
                continue
            trial.close()
            return True
        return False

    def _let_end(self) -> None:
        """Wait until what sounds has faded or, as far as asked for, has been heard."""
        end_ns = self._now_ns() + round(max(self._drain_s, _FADE_S) * 1e9)
        while not self.mixer.idle and self._now_ns() < end_ns:
            time.sleep(_FADE_S / 4)
        time.sleep(_FADE_S)


def _lost_sentence() -> str:
    return tr("No sound: the sound device was lost.")


def _unanswered_sentence() -> str:
    return tr("No sound: the sound device does not answer.")
