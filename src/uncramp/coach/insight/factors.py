"""What of a day is held against its night: one window and one dividing line each.

Both are fixed here, before anybody has looked, and the lines that are not fixed numbers are the
user's own usual value. Whoever shifts window and line until something shows finds chance.
"""

from uncramp.analysis.record import Cut, Factor, Source, Window
from uncramp.analysis.verdict import MOST_FACTORS
from uncramp.coach.diary.tracking import fields
from uncramp.coach.wording import any_of
from uncramp.model.language import tr

LONG_RUN = Factor("long_run", Window.SAME_NIGHT, Source.LONG_RUN)
STRENGTH = Factor("strength", Window.TWO_NIGHTS, Source.STRENGTH)
MILEAGE_JUMP = Factor("mileage_jump", Window.NEXT_WEEK, Source.MILEAGE_JUMP)
_DERIVED = (LONG_RUN, STRENGTH, MILEAGE_JUMP)

_LINES: dict[str, tuple[Cut, float]] = {
    "sleep_h": (Cut.BELOW, 7),
    "urine": (Cut.AT_LEAST, 5),
    "alcohol": (Cut.AT_LEAST, 1),
    "tired_legs": (Cut.AT_LEAST, 5),
    "fluid_l": (Cut.ABOVE_USUAL, 0),
    "caffeine": (Cut.ABOVE_USUAL, 0),
    "standing_h": (Cut.ABOVE_USUAL, 0),
    "desk_h": (Cut.ABOVE_USUAL, 0),
}
_VALUES: dict[str, frozenset[str]] = {
    "position": frozenset({"front"}),
    "bedding": frozenset({"heavy", "tucked"}),
    "meals": frozenset({"skipped", "low_carb", "fasted"}),
    "shoes": frozenset({"new", "worn", "narrow"}),
    "weather": frozenset({"hot_humid", "hot_dry"}),
    "medicine": frozenset({"new", "changed", "left_out"}),
    "cycle": frozenset({"period", "pregnant"}),
}


_OF_PAST_NIGHT = frozenset({"position", "bedding", "toes_down"})
"""How one lay: noted on the day after the night it speaks of."""


def factor_of(key: str) -> Factor:
    """Return the factor of a field that is noted about a day."""
    window = Window.PAST_NIGHT if key in _OF_PAST_NIGHT else Window.SAME_NIGHT
    if key in _VALUES:
        return Factor(key, window, cut=Cut.AMONG, values=_VALUES[key])
    cut, limit = _LINES.get(key, (Cut.YES, 0))
    return Factor(key, window, cut=cut, limit=limit)


def chosen_factors(tracked: str) -> tuple[Factor, ...]:
    """Return the factors of the fields that are tracked, and what sessions and runs tell.

    Args:
        tracked: keys of fields with blanks between, as the settings hold them.
    """
    keys = set(tracked.split())
    noted = [factor_of(one.key) for one in fields() if one.key in keys]
    return (*noted, *_DERIVED)[:MOST_FACTORS]


def factor_name(factor: Factor, usual: float | None = None) -> str:
    """Return what counts as the factor, for example "Alcoholic drinks: 1 or more".

    Args:
        factor: what was noted.
        usual: the median that divides the nights, where it is one.
    """
    if factor.source is not Source.NOTED:
        return {
            Source.LONG_RUN: tr("Long run (half as long again as usual, or more)"),
            Source.STRENGTH: tr("Strength exercises"),
            Source.MILEAGE_JUMP: tr("Week with a tenth more distance than the four before"),
        }[factor.source]
    field = next((one for one in fields() if one.key == factor.key), None)
    if field is None:
        return factor.key
    if factor.cut is Cut.YES:
        return field.title
    if factor.cut is Cut.AMONG:
        named = [name for value, name in field.choices if value in factor.values]
        words = tr("{title}: {values}")
        return words.format(title=field.title, values=any_of(named).casefold())
    if field.swatches:
        words = tr("{title}: {value} or darker")
        return words.format(title=field.title, value=field.words(int(factor.limit)))
    if factor.cut is Cut.ABOVE_USUAL:
        if usual is None:
            return tr("{title}: more than usual").format(title=field.title)
        words = tr("{title}: more than usual ({value})")
        return words.format(title=field.title, value=field.words(usual))
    words = (
        tr("{title}: less than {value}")
        if factor.cut is Cut.BELOW
        else tr("{title}: {value} or more")
    )
    return words.format(title=field.title, value=field.words(factor.limit))


def window_words(factor: Factor) -> str:
    """Return which nights a factor is held against."""
    return {
        Window.PAST_NIGHT: tr("the night just past"),
        Window.SAME_NIGHT: tr("the night after"),
        Window.TWO_NIGHTS: tr("the two nights after"),
        Window.NEXT_WEEK: tr("the week after"),
    }[factor.window]
