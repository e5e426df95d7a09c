"""The race day as a page to be printed and taken along."""

from collections.abc import Sequence
from datetime import datetime

from uncramp.coach.insight.numbers import plain_day
from uncramp.coach.report.document import Document, Prose, Section, Table
from uncramp.coach.runs.race_day import Moment, clock_words
from uncramp.model.language import tr

_SHARES = (0.13, 0.2, 0.67)


def race_page(day: Sequence[Moment], start: datetime, weather: str) -> Document:
    """Return the page.

    Args:
        day: what to do when, in order.
        start: of the race, by the clock on the wall.
        weather: for what race and weather it is reckoned, in a sentence.
    """
    table = Table(
        tr("What to do when"),
        (tr("Time"), tr("What"), tr("How")),
        tuple((clock_words(moment, start), moment.title, moment.text) for moment in day),
        _SHARES,
    )
    return Document(
        title=tr("Race day"),
        name="",
        lines=(
            tr("{day}, start at {time}").format(day=plain_day(start.date()), time=f"{start:%H:%M}"),
        ),
        rows=(
            (Section(tr("Timetable"), (Prose(weather, soft=True), table)),),
            (Section(tr("Most important"), (Prose(_guard()),), framed=True),),
        ),
        foot=tr("Made with Uncramp. Information, not medical advice."),
    )


def _guard() -> str:
    return tr(
        "Thirst comes first. Too much is as dangerous as too little: with bloating, nausea, "
        "headache or puffy hands stop drinking; confusion, a seizure or collapse is an emergency."
    )
