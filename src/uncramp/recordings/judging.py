"""Whether a recording is a run: taken as it is, only when the user says so, or none at all."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from uncramp.model.language import tr
from uncramp.model.recording import Recording, Sport
from uncramp.model.world_records import is_beyond_records, record_s
from uncramp.recordings.bounds import LONGEST_S

SHORTEST_M, SHORTEST_S = 100.0, 60.0
"""Less is a button pressed by mistake."""
LATEST = timedelta(days=1)
SLOWEST_RUN, SLOWEST_WITH_STOPS = 1.7, 1.4
"""Metres a second: about 9:50 minutes a kilometre while moving, and 11:54 with all stops. Slower,
and without a sport, it was a walk."""
RUNNERS_SHARE = 0.75
"""Nearly all runners stay below this share of the record's speed for their distance (1:15:36 for a
half marathon); faster, and without a sport, it was probably a ride."""
LAST_LAP_S = 60.0
"""So much may pass between a last point and the end of its lap."""


class Verdict(StrEnum):
    """What a recording is held to be.

    RUN: a run. DOUBTFUL: perhaps one, perhaps with wrong values. OTHER: no run, unless the user
    says so. IMPOSSIBLE: nothing that the journal could hold.
    """

    RUN = "run"
    DOUBTFUL = "doubtful"
    OTHER = "other"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a recording is held to be, and why; the reason is a sentence without its subject."""

    verdict: Verdict
    reason: str = ""


def settled(recording: Recording) -> Recording:
    """Return a recording whose values agree with each other.

    It ran no longer than from its first to its last moment, and a way of no length is unknown.
    Some devices have the two durations the wrong way round.
    """
    timer, elapsed = recording.timer_s, recording.elapsed_s
    if timer > elapsed + LAST_LAP_S:
        timer, elapsed = (elapsed, timer) if elapsed else (timer, timer)
    metres = recording.metres or None
    if recording.indoor and metres is not None and metres < SHORTEST_M:
        metres = None  # what satellites see of somebody on a treadmill
    return replace(recording, timer_s=timer, elapsed_s=max(timer, elapsed), metres=metres)


def judged(recording: Recording, now: datetime) -> Judgement:
    """Return whether a settled recording is a run.

    Args:
        recording: what was read.
        now: with an offset; what begins more than a day later is not believed.
    """
    metres, seconds = recording.metres, recording.timer_s
    if seconds < 1:
        return Judgement(Verdict.IMPOSSIBLE, tr("has no duration"))
    if seconds > LONGEST_S:
        return Judgement(Verdict.IMPOSSIBLE, tr("lasts longer than a week"))
    if recording.started > now + LATEST:
        return Judgement(Verdict.IMPOSSIBLE, tr("begins in the future"))
    if recording.sport is Sport.OTHER:
        return Judgement(Verdict.OTHER, tr("is another sport"))
    if seconds < SHORTEST_S:
        return Judgement(Verdict.OTHER, tr("lasted less than a minute"))
    if metres is not None and metres < SHORTEST_M:
        return Judgement(Verdict.OTHER, tr("is shorter than 100 metres"))
    if is_beyond_records(metres, seconds):
        return Judgement(Verdict.DOUBTFUL, tr("is faster than the world record for that distance"))
    if recording.doubt:
        return Judgement(Verdict.DOUBTFUL, recording.doubt)
    return _by_pace(recording) if recording.sport is Sport.UNKNOWN else Judgement(Verdict.RUN)


def _by_pace(recording: Recording) -> Judgement:
    metres, seconds = recording.metres, recording.timer_s
    if metres is None:
        reason = tr("is not labelled as a run, and has no distance to judge by")
        return Judgement(Verdict.DOUBTFUL, reason)
    if seconds * RUNNERS_SHARE < record_s(metres):
        reason = tr("not labelled as a run; by its pace it may be a ride")
        return Judgement(Verdict.DOUBTFUL, reason)
    too_slow = metres < SLOWEST_RUN * seconds
    if too_slow or metres < SLOWEST_WITH_STOPS * recording.elapsed_s:
        reason = tr("not labelled as a run; by its pace it may be a walk")
        return Judgement(Verdict.DOUBTFUL, reason)
    return Judgement(Verdict.RUN, tr("not labelled as a run; by its pace it was one"))
