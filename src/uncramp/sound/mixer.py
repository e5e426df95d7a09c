"""Mixes clips into blocks for the device, to the sample.

Any thread may schedule, cancel or change the gain; only the device's thread renders. They meet in
a queue and in single attributes, both safe in Python without a lock, so that a caller that is
held up can never hold up the device.
"""

from array import array
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from operator import add, mul

from uncramp.sound.clip import RATE_HZ, Clip
from uncramp.sound.clock import DeviceClock

TOO_LATE_NS = 1_000_000_000
"""What should have begun longer ago than this is dropped: a cue after its time misleads."""
STALE_NS = 150_000_000
"""A cue this late gives way to a newer one: after a stall one cue sounds, never a burst."""
FADE_FRAMES = RATE_HZ // 50
"""20 ms: short enough to be silence at once, long enough not to click."""
_UNITY = 1 << 15
_FULL_SCALE = 32_767
_KNEE = 26_000
"""Above this sums of several clips are bent, not clipped."""
_QUEUE = 256


@dataclass(frozen=True, slots=True)
class Cue:
    """Clips that follow each other.

    Attributes:
        clips: in their order.
        at_ns: monotonic instant at which the first sample is heard.
        gap_frames: silence between two clips.
    """

    clips: tuple[Clip, ...]
    at_ns: int
    gap_frames: int

    @property
    def frames(self) -> int:
        """Length from the first sample to the last."""
        gaps = self.gap_frames * max(0, len(self.clips) - 1)
        return sum(len(clip.samples) for clip in self.clips) + gaps


class _Cancel:
    """Stands in the queue for: drop and fade out whatever came before."""


@dataclass(slots=True)
class _Part:
    """A clip with its place in the device's count of frames."""

    samples: memoryview
    start: int
    fade_start: int | None = None

    @property
    def end(self) -> int:
        end = self.start + len(self.samples)
        return end if self.fade_start is None else min(end, self.fade_start + FADE_FRAMES)


class Mixer:
    """Turns scheduled cues into the stream of samples that a device asks for."""

    def __init__(self) -> None:
        self.gain = 1.0
        """0 to 1; the stream glides to a new value within one block."""
        self.rendered_ns = 0
        """When the device last asked for samples; 0 before the first time."""
        self.blocks = 0
        """How many blocks the device has taken: grows as long as it drains."""
        self.cancels = 0
        """How often everything was cancelled."""
        self._inbox: deque[Cue | _Cancel] = deque(maxlen=_QUEUE)
        self._clock = DeviceClock()
        self._frame = 0
        self._pending: list[Cue] = []
        self._parts: list[_Part] = []
        self._gain_now = _UNITY
        self._silence = memoryview(bytes(2 * RATE_HZ))

    # --- any thread -------------------------------------------------------------------------

    def schedule(self, clips: Sequence[Clip], at_ns: int, gap_s: float) -> None:
        """Queue `clips` so that the first sample is heard at `at_ns`."""
        if clips:
            self._inbox.append(Cue(tuple(clips), at_ns, round(gap_s * RATE_HZ)))

    def cancel(self) -> None:
        """Drop what has not begun and fade out what sounds."""
        # What waits in the queue is dropped at once, so that a cancel never finds it full.
        self._inbox.clear()
        self._inbox.append(_Cancel())
        self.cancels += 1

    @property
    def idle(self) -> bool:
        """Nothing sounds and nothing waits."""
        return not (self._inbox or self._pending or self._parts)

    # --- the device's thread ----------------------------------------------------------------

    def device_changed(self, latency_ns: int) -> None:
        """Begin with a new device; the rest of a half-heard clip would only confuse."""
        self._parts.clear()
        self._frame = 0
        self._gain_now = self._gain_wanted()
        self._clock.restart(latency_ns)

    def render(self, frames: int, now_ns: int) -> memoryview:
        """Return the next block: `frames` samples as bytes, in native 16 bits.

        Args:
            frames: how many samples the device asks for.
            now_ns: monotonic instant of the request.
        """
        self._clock.observe(self._frame, now_ns)
        self._empty_inbox()
        self._start_due(self._frame + frames, now_ns)
        block = self._mix(frames)
        self._frame += frames
        self._parts = [part for part in self._parts if part.end > self._frame]
        self.rendered_ns = now_ns
        self.blocks += 1
        return block

    def take_due(self, now_ns: int, lead_ns: int = 0) -> Cue | None:
        """Return the next cue whose time has come, for devices that take whole sounds.

        Cues that are too late are dropped on the way.
        """
        self.rendered_ns = now_ns
        self.blocks += 1
        self._empty_inbox()
        self._drop_late(now_ns)
        if self._pending and self._pending[0].at_ns <= now_ns + lead_ns:
            return self._pending.pop(0)
        return None

    def _empty_inbox(self) -> None:
        while True:
            try:
                item = self._inbox.popleft()
            except IndexError:  # asked first it could still be emptied by a cancel meanwhile
                return
            if isinstance(item, Cue):
                self._pending.append(item)
                self._pending.sort(key=_instant)
            else:
                self._cancel_now()

    def _cancel_now(self) -> None:
        self._pending.clear()
        self._parts = [part for part in self._parts if part.start < self._frame]
        for part in self._parts:
            if part.fade_start is None:
                part.fade_start = self._frame

    def _drop_late(self, now_ns: int) -> None:
        """Drop what is too late, and what is late while something newer is due as well."""
        while self._pending and self._pending[0].at_ns < now_ns - TOO_LATE_NS:
            del self._pending[0]
        while (
            len(self._pending) > 1
            and self._pending[0].at_ns < now_ns - STALE_NS
            and self._pending[1].at_ns <= now_ns
        ):
            del self._pending[0]

    def _start_due(self, block_end: int, now_ns: int) -> None:
        self._drop_late(now_ns)
        while self._pending:
            start = self._clock.frame_heard_at(self._pending[0].at_ns)
            if start >= block_end:
                return
            cue = self._pending.pop(0)
            start = max(start, self._frame)
            for clip in cue.clips:
                self._parts.append(_Part(clip.samples, start))
                start += len(clip.samples) + cue.gap_frames

    def _gain_wanted(self) -> int:
        return round(min(1.0, max(0.0, self.gain)) * _UNITY)

    def _mix(self, frames: int) -> memoryview:
        wanted = self._gain_wanted()
        sounding = [part for part in self._parts if part.start < self._frame + frames]
        if not sounding:
            self._gain_now = wanted
            return self._silent(frames)
        mixed = self._segment(sounding[0], frames)
        for part in sounding[1:]:
            mixed = list(map(add, mixed, self._segment(part, frames)))
        mixed = self._scaled(mixed, wanted)
        if len(sounding) > 1 and (max(mixed) > _KNEE or min(mixed) < -_KNEE):
            mixed = [_bent(sample) for sample in mixed]
        return memoryview(array("h", mixed)).cast("B")

    def _silent(self, frames: int) -> memoryview:
        if 2 * frames > len(self._silence):
            self._silence = memoryview(bytes(2 * frames))
        return self._silence[: 2 * frames]

    def _segment(self, part: _Part, frames: int) -> list[int]:
        """Return this block's samples of one part, silent where it has none."""
        before = max(0, part.start - self._frame)
        first = self._frame + before - part.start
        samples: list[int] = part.samples[first : first + frames - before].tolist()
        if part.fade_start is not None:
            done = self._frame - part.fade_start
            left = range(FADE_FRAMES - done, FADE_FRAMES - done - len(samples), -1)
            samples = [s * max(0, n) // FADE_FRAMES for s, n in zip(samples, left, strict=True)]
        if before or len(samples) < frames:
            samples = [0] * before + samples + [0] * (frames - before - len(samples))
        return samples

    def _scaled(self, mixed: list[int], wanted: int) -> list[int]:
        start, self._gain_now = self._gain_now, wanted
        if start == wanted:
            if wanted == _UNITY:
                return mixed
            return [sample * wanted >> 15 for sample in mixed]
        count = len(mixed)
        gains = [start + (wanted - start) * n // count for n in range(1, count + 1)]
        return [product >> 15 for product in map(mul, mixed, gains)]


def _instant(cue: Cue) -> int:
    return cue.at_ns


def _bent(sample: int) -> int:
    """Return `sample` below full scale: straight up to the knee, then ever flatter."""
    over = abs(sample) - _KNEE
    if over <= 0:
        return sample
    room = _FULL_SCALE - _KNEE
    bent = _KNEE + over * room // (over + room)
    return bent if sample > 0 else -bent
