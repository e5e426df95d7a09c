"""The nights as a drawing: a square each, a column a week."""

from collections.abc import Sequence
from datetime import date, timedelta

from uncramp.analysis.tally import NightCell, NightState
from uncramp.coach.daywords import months, weekday_short
from uncramp.coach.report.svg import Canvas, Drawing
from uncramp.model.language import tr, trn
from uncramp.model.week import DAYS_A_WEEK, place_in_week, week_order, week_start

MOST_WEEKS = 53
_LEFT, _TOP = 40.0, 12.0
_LARGEST = 9.5
_LEGEND = 130.0
_YEAR_PT = 34.0
"""Room for a month with its year; four weeks are wider than that."""


def shown_nights(cells: Sequence[NightCell]) -> tuple[NightCell, ...]:
    """Return the nights of the last year of those given."""
    if not cells:
        return ()
    first = week_start(cells[-1].day) - timedelta(days=DAYS_A_WEEK * (MOST_WEEKS - 1))
    return tuple(one for one in cells if one.day >= first)


def night_drawing(cells: Sequence[NightCell], width: float) -> Drawing:
    """Return nights as squares.

    Args:
        cells: in order, at least one and not more than `MOST_WEEKS` weeks.
        width: of the drawing in points.
    """
    first = week_start(cells[0].day)
    count = (week_start(cells[-1].day) - first).days // DAYS_A_WEEK + 1
    beside = count * _LARGEST + _LEFT + _LEGEND <= width
    room = width - _LEFT - (_LEGEND if beside else 0)
    step = min(_LARGEST, room / count)
    high = _TOP + step * DAYS_A_WEEK
    canvas = Canvas(width, high + (2 if beside else 13))
    order = week_order()
    for row in (0, 2, 4, 6):
        y = _TOP + step * (row + 0.78)
        canvas.text(_LEFT - 5, y, weekday_short(order[row]), anchor="end", size=6.5)
    for cell in cells:
        column = (week_start(cell.day) - first).days // DAYS_A_WEEK
        x, y = _LEFT + step * column, _TOP + step * place_in_week(cell.day)
        _square(canvas, x, y, step - 1.1, cell.state, recalled=cell.recalled)
    _months(canvas, first, count, step)
    if beside:
        _legend(canvas, _LEFT + count * step + 24, _TOP + 8, step, across=False)
    else:
        _legend(canvas, _LEFT, high + 10, step, across=True)
    return canvas.drawing(tr("Night by night"), _description(cells))


def _square(
    canvas: Canvas, x: float, y: float, side: float, state: NightState, *, recalled: bool
) -> None:
    if state is NightState.NOT_LOGGED:
        canvas.rect(x + 0.3, y + 0.3, side - 0.6, side - 0.6, "unlogged")
        return
    canvas.rect(x, y, side, side, "cramps" if state is NightState.CRAMPS else "clear", round_=1)
    if recalled:
        canvas.circle(x + side / 2, y + side / 2, side * 0.2, "memory")


def _months(canvas: Canvas, first: date, count: int, step: float) -> None:
    starts = [first + timedelta(days=DAYS_A_WEEK * number) for number in range(count)]
    # A month is named above the first week that begins in it.
    named = [number for number, week in enumerate(starts) if not number or week.day <= DAYS_A_WEEK]
    if len(named) > 1 and (named[1] - named[0]) * step < _YEAR_PT:
        # The end of a month, too short for its name, gives way to the next one.
        del named[0]
    for number in named:
        week = starts[number]
        words = months()[week.month - 1][:3]
        if number == named[0] or week.month == 1:
            words = f"{words} {week.year}"
        canvas.text(_LEFT + step * number, _TOP - 4, words, size=6.5)


def _legend(canvas: Canvas, x: float, y: float, step: float, *, across: bool) -> None:
    side = min(step, 8.0) - 1.1
    shown = (
        (NightState.CRAMPS, False, tr("cramps")),
        (NightState.CLEAR, False, tr("no cramp")),
        (NightState.NOT_LOGGED, False, tr("not logged: unknown")),
        (NightState.CLEAR, True, tr("dot: from memory")),
    )
    for state, recalled, words in shown:
        _square(canvas, x, y - side + 0.6, side, state, recalled=recalled)
        canvas.text(x + side + 4, y, words)
        if across:
            x += side + 14 + 3.75 * len(words)
        else:
            y += 13


def _description(cells: Sequence[NightCell]) -> str:
    counts = {state: sum(one.state is state for one in cells) for state in NightState}
    n = len(cells)
    words = trn(
        "{n} night: {cramps} with a cramp, {clear} without, {unknown} not logged.",
        "{n} nights: {cramps} with a cramp, {clear} without, {unknown} not logged.",
        n,
    )
    return words.format(
        n=n,
        cramps=counts[NightState.CRAMPS],
        clear=counts[NightState.CLEAR],
        unknown=counts[NightState.NOT_LOGGED],
    )
