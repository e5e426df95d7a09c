"""Counts as small drawings: places of both legs, hours of the night, lengths and pain."""

from collections.abc import Mapping, Sequence

from uncramp.analysis.tally import HOURS, Bin, Place, Stretched
from uncramp.coach.cramp.wording import muscle_name, place_name
from uncramp.coach.report.svg import Canvas, Drawing
from uncramp.model.body import Side
from uncramp.model.diary import CrampMuscle
from uncramp.model.language import tr

_MINUTE_S = 60
_NOON = 12


def place_counts(places: Sequence[Place]) -> dict[CrampMuscle, dict[Side, int]]:
    """Return the cramps of each muscle by side, muscles with the most cramps first."""
    found: dict[CrampMuscle, dict[Side, int]] = {}
    for place in places:
        sides = found.setdefault(place.muscle, dict.fromkeys((Side.LEFT, Side.RIGHT, Side.NONE), 0))
        sides[place.side] += place.cramps
    return dict(sorted(found.items(), key=lambda one: -sum(one[1].values())))


def place_drawing(places: Sequence[Place], stretched: Stretched, width: float) -> Drawing:
    """Return cramps by muscle, left ones to the left, and below them what was stretched."""
    counts = place_counts(places)
    row, top = 15.0, 14.0
    canvas = Canvas(width, top + row * (len(counts) + 1) + 8)
    middle, label = width / 2, 43.0
    longest = middle - label - 22
    most = max(max(sides[Side.LEFT], sides[Side.RIGHT]) for sides in counts.values()) or 1
    canvas.text(middle - label, 8, tr("left"), anchor="end")
    canvas.text(middle + label, 8, tr("right"))
    for number, (muscle, sides) in enumerate(counts.items()):
        y = top + row * number
        canvas.text(middle, y + 8, muscle_name(muscle), "ink", anchor="middle")
        _two_sides(canvas, y, middle, label, longest / most, sides, "count")
    y = top + row * len(counts)
    canvas.line(4, y + 0.5, width - 4, y + 0.5, "grid")
    minutes = {Side.LEFT: stretched.left_s / _MINUTE_S, Side.RIGHT: stretched.right_s / _MINUTE_S}
    most_min = max(minutes.values()) or 1
    canvas.text(middle, y + 13, tr("Stretched, min"), "ink", anchor="middle")
    rounded = {side: round(value) for side, value in minutes.items()}
    _two_sides(canvas, y + 5, middle, label, longest / most_min, rounded, "kept")
    named = [
        f"{place_name(muscle, side)} {count}"
        for muscle, sides in counts.items()
        for side, count in sides.items()
        if count
    ]
    return canvas.drawing(tr("Cramps by place and side"), "; ".join(named) + ".")


def _two_sides(
    canvas: Canvas,
    y: float,
    middle: float,
    label: float,
    scale: float,
    values: Mapping[Side, int],
    meaning: str,
) -> None:
    left, right = values[Side.LEFT], values[Side.RIGHT]
    inner_left, inner_right = middle - label, middle + label
    canvas.line(inner_left, y, inner_left, y + 11, "axis")
    canvas.line(inner_right, y, inner_right, y + 11, "axis")
    canvas.rect(inner_left - left * scale, y + 1, left * scale, 9, meaning)
    canvas.rect(inner_right, y + 1, right * scale, 9, meaning)
    canvas.text(inner_left - left * scale - 3, y + 8, str(left), "ink", anchor="end")
    canvas.text(inner_right + right * scale + 3, y + 8, str(right), "ink")


def hour_drawing(hours: Sequence[int], width: float, height: float) -> Drawing:
    """Return the night cramps by the hour in which they began, from noon to noon.

    Args:
        hours: counts of the hours 0 to 23.
        width: of the drawing in points.
        height: of the drawing in points.
    """
    order = [(hour + _NOON) % HOURS for hour in range(HOURS)]
    names = {hour: tr("{n} h").format(n=hour) for hour in (18, 0, 6)}
    values = [hours[hour] for hour in order]
    words = [
        tr("{hour}:00 to {next}:00: {n}").format(hour=hour, next=(hour + 1) % HOURS, n=hours[hour])
        for hour in order
        if hours[hour]
    ]
    shown = [names.get(hour, "") for hour in order]
    return _bars(values, shown, tr("Night cramps by the hour"), words, width, height, at_edge=True)


def duration_drawing(bins: Sequence[Bin], width: float, height: float) -> Drawing:
    """Return the cramps by how long they lasted."""
    names = [minutes_words(one) for one in bins]
    words = [
        tr("{minutes} min: {n}").format(minutes=name, n=one.count)
        for name, one in zip(names, bins, strict=True)
        if one.count
    ]
    values = [one.count for one in bins]
    return _bars(values, names, tr("Length of the cramps in minutes"), words, width, height)


def minutes_words(one: Bin) -> str:
    """Return a bin of seconds in minutes, for example "½–1" or "> 15"."""
    low = _minutes(one.low)
    if one.high is None:
        return tr("{low} +").format(low=low)
    return f"{low}–{_minutes(one.high)}"


def _minutes(seconds: int) -> str:
    return "½" if seconds == _MINUTE_S // 2 else f"{seconds / _MINUTE_S:g}"


def pain_drawing(bins: Sequence[Bin], width: float, height: float) -> Drawing:
    """Return the cramps by how painful they were."""
    names = [str(one.low) for one in bins]
    words = [tr("pain {pain}: {n}").format(pain=one.low, n=one.count) for one in bins if one.count]
    values = [one.count for one in bins]
    return _bars(values, names, tr("Pain of the cramps, 0 to 10"), words, width, height)


def _bars(
    values: Sequence[int],
    names: Sequence[str],
    title: str,
    words: Sequence[str],
    width: float,
    height: float,
    *,
    at_edge: bool = False,
) -> Drawing:
    """Return bars with their counts above; `at_edge` names the left edge of a bar."""
    canvas = Canvas(width, height)
    top, base = 9.0, height - 11
    step, most = width / len(values), max(values) or 1
    numbered = step >= 9
    for number, (value, name) in enumerate(zip(values, names, strict=True)):
        x, high = number * step, (base - top) * value / most
        canvas.rect(x + step * 0.12, base - high, step * 0.76, high, "count")
        if value and (numbered or value == most):
            canvas.text(x + step / 2, base - high - 2, str(value), "ink", anchor="middle", size=6.5)
        if name and at_edge:
            canvas.line(x, base, x, base + 3, "axis")
        if name:
            at = x if at_edge else x + step / 2
            canvas.text(at, height - 2, name, anchor="middle", size=6.5)
    canvas.line(0, base, width, base, "axis")
    return canvas.drawing(title, "; ".join(words) + "." if words else tr("None was recorded."))
