"""How far a session has come, as the journal keeps it: text out, and a paused session back in."""

import json
from collections.abc import Sequence

from uncramp.model.body import Side
from uncramp.model.record import SessionRecord
from uncramp.session import machine
from uncramp.session.machine import SessionState
from uncramp.session.timeline import Segment, SegmentKind, Timeline, extended

_LONGEST_MS = 24 * 3_600_000
"""No session lasts a day; a spoilt number could mean years, with a million cues."""


def progress_text(state: SessionState, now_ns: int) -> str:
    """Return all that is needed to go on after a crash, as JSON."""
    segments = [
        [s.kind, s.step, s.exercise, s.side, s.set_number, s.duration_ms]
        for s in state.timeline.segments
    ]
    return json.dumps(
        {
            "elapsed_ms": machine.elapsed_ns(state, now_ns) // machine.NS_PER_MS,
            "done_ms": state.done_ms,
            "sets": state.timeline.sets,
            "half_way": state.timeline.half_way,
            "repetition_ms": state.timeline.repetition_ms,
            "segments": segments,
        },
        separators=(",", ":"),
    )


def state_from_progress(record: SessionRecord) -> SessionState | None:
    """Return the paused session that `record` tells of, or None when it cannot be read."""
    try:
        known = json.loads(record.progress)
        segments = tuple(_segment(row, len(known["sets"])) for row in known["segments"])
        if sum(segment.duration_ms for segment in segments) > _LONGEST_MS:
            return None
        bare = Timeline(
            routine=record.routine,
            steps=len(known["sets"]),
            sets=tuple(_whole(count) for count in known["sets"]),
            half_way=tuple(known["half_way"]),
            repetition_ms=tuple(
                None if length is None else _whole(length) for length in known["repetition_ms"]
            ),
            segments=segments,
            cues=(),
        )
        timeline = extended(bare, 0, 0)
        done_ms = tuple(_whole(ms) for ms in known["done_ms"])
        return machine.resumed_session(timeline, _whole(known["elapsed_ms"]), done_ms)
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None


def _segment(row: Sequence[object], steps: int) -> Segment:
    kind, step, exercise, side, set_number, length_ms = row
    if not isinstance(exercise, str) or not 0 <= _whole(step) < steps or not _whole(length_ms):
        raise ValueError("not a segment")
    return Segment(
        SegmentKind(str(kind)),
        _whole(step),
        exercise,
        Side(str(side)),
        _whole(set_number),
        0,
        _whole(length_ms),
    )


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("not a number of the journal")
    return value
