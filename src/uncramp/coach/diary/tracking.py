"""What can be noted about a day; the user chooses what of it is asked.

Triggers and habits that runners with cramps are told to look at. None of them is a proven cause
for one person; what is noted here is a record, not a finding.
"""

from dataclasses import dataclass
from enum import Enum

from uncramp.model.diary import DayValue
from uncramp.model.language import tr

LONGEST_TEXT = 2_000
MOST = 12
"""More would not fit on one screen without scrolling."""


class Kind(Enum):
    """How a field is answered."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"
    SWATCH = "swatch"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that can be noted about a day.

    Attributes:
        key: its name in the journal.
        group: what it belongs to, in words.
        title: a few words.
        kind: how it is answered.
        hint: one sentence.
        unit: of a number.
        highest: the largest number; the smallest is 0.
        step: what one press of a key adds to a number.
        usual: where a number begins when it is first turned.
        choices: values with their names.
        swatches: "#RRGGBB" of the values 1, 2, ... with their names.
    """

    key: str
    group: str
    title: str
    kind: Kind
    hint: str = ""
    unit: str = ""
    highest: float = 0
    step: float = 1
    usual: float = 0
    choices: tuple[tuple[str, str], ...] = ()
    swatches: tuple[tuple[str, str], ...] = ()

    def accepts(self, value: DayValue) -> bool:
        """Whether `value` can be an answer."""
        if self.kind is Kind.YES_NO:
            return isinstance(value, bool)
        if isinstance(value, bool):
            return False
        if self.kind is Kind.NUMBER:
            return isinstance(value, int | float) and 0 <= value <= self.highest
        if self.kind is Kind.SWATCH:
            return isinstance(value, int) and 1 <= value <= len(self.swatches)
        return value in {choice for choice, _ in self.choices}

    def words(self, value: DayValue) -> str:
        """Return an answer in words, for a list; one that is not known as it is."""
        if isinstance(value, bool):
            return tr("yes") if value else tr("no")
        if self.kind is Kind.CHOICE:
            return dict(self.choices).get(str(value), str(value))
        if self.kind is Kind.SWATCH and self.accepts(value):
            return self.swatches[int(value) - 1][1]
        return f"{value:g} {self.unit}".strip() if isinstance(value, int | float) else value


def fields() -> tuple[Field, ...]:
    """Return everything that can be noted, in the order in which it is asked."""
    return (*_sleep(), *_drink_and_food(), *_day(), *_body(), *_care())


def chosen(words: str) -> tuple[Field, ...]:
    """Return the fields whose keys are among `words`, in the order in which they are asked."""
    keys = set(words.split())
    return tuple(field for field in fields() if field.key in keys)


def _sleep() -> tuple[Field, ...]:
    group = tr("Sleep and bed")
    position = (
        ("back", tr("On the back")),
        ("back_pillow", tr("On the back, pillow under the knees")),
        ("side", tr("On the side")),
        ("front", tr("On the front")),
        ("front_edge", tr("On the front, feet over the edge")),
    )
    bedding = (
        ("loose", tr("Light and loose")),
        ("heavy", tr("Heavy")),
        ("tucked", tr("Tucked in")),
    )
    return (
        Field("sleep_h", group, tr("Sleep"), Kind.NUMBER, "", tr("h"), 16, 0.5, 7),
        Field("sleep_regular", group, tr("In bed at the usual time"), Kind.YES_NO),
        Field("screen", group, tr("Screen just before bed"), Kind.YES_NO),
        Field("position", group, tr("Position asleep last night"), Kind.CHOICE, choices=position),
        Field("bedding", group, tr("Bedding last night"), Kind.CHOICE, choices=bedding),
        Field("toes_down", group, tr("Toes pointed down last night"), Kind.YES_NO),
    )


def _drink_and_food() -> tuple[Field, ...]:
    group = tr("Drinks and meals")
    meals = (
        ("usual", tr("As usual")),
        ("skipped", tr("Skipped one")),
        ("low_carb", tr("Few carbohydrates")),
        ("fasted", tr("Fasted")),
    )
    urine = (
        ("#FBF8E3", tr("nearly clear")),
        ("#F8EFB4", tr("pale straw")),
        ("#F4E386", tr("pale yellow")),
        ("#EFD153", tr("yellow")),
        ("#E3B52F", tr("dark yellow")),
        ("#CF9424", tr("amber")),
        ("#A96A22", tr("brownish")),
    )
    return (
        Field("fluid_l", group, tr("Fluids in total"), Kind.NUMBER, "", tr("l"), 10, 0.25, 1.5),
        Field(
            "urine",
            group,
            tr("Colour of urine"),
            Kind.SWATCH,
            tr("Pale yellow is the aim. If it is clear all day, there is no need to drink more."),
            swatches=urine,
        ),
        Field("salts", group, tr("Drink or tablet with salts"), Kind.YES_NO),
        Field("alcohol", group, tr("Alcoholic drinks"), Kind.NUMBER, "", "", 20, 1, 0),
        Field("caffeine", group, tr("Cups with caffeine"), Kind.NUMBER, "", "", 20, 1, 1),
        Field("meals", group, tr("Meals"), Kind.CHOICE, choices=meals),
    )


def _day() -> tuple[Field, ...]:
    group = tr("The day")
    shoes = (
        ("usual", tr("The usual ones")),
        ("new", tr("New ones")),
        ("worn", tr("Worn-out ones")),
        ("narrow", tr("Narrow or high-heeled ones")),
    )
    weather = (
        ("mild", tr("Mild")),
        ("hot_humid", tr("Hot and humid")),
        ("hot_dry", tr("Hot and dry")),
        ("windy", tr("Dry and windy")),
        ("cold", tr("Cold")),
    )
    return (
        Field("standing_h", group, tr("On your feet"), Kind.NUMBER, "", tr("h"), 24, 0.5, 2),
        Field("standing_breaks", group, tr("Breaks while standing"), Kind.YES_NO),
        Field("desk_h", group, tr("Sitting"), Kind.NUMBER, "", tr("h"), 24, 0.5, 6),
        Field("desk_support", group, tr("Back supported, or desk raised"), Kind.YES_NO),
        Field("still", group, tr("Long spells without moving"), Kind.YES_NO),
        Field("shoes", group, tr("Shoes"), Kind.CHOICE, choices=shoes),
        Field("weather", group, tr("Weather"), Kind.CHOICE, choices=weather),
    )


def _body() -> tuple[Field, ...]:
    group = tr("The body")
    cycle = (
        ("none", tr("Neither")),
        ("period", tr("Period")),
        ("pregnant", tr("Pregnant")),
    )
    medicine = (
        ("usual", tr("As usual")),
        ("new", tr("A new one")),
        ("changed", tr("A different dose")),
        ("left_out", tr("Missed")),
    )
    return (
        Field("tired_legs", group, tr("Tired legs"), Kind.NUMBER, "", tr("of 10"), 10, 1, 3),
        Field("medicine", group, tr("Medicine"), Kind.CHOICE, choices=medicine),
        Field("cycle", group, tr("Period or pregnancy"), Kind.CHOICE, choices=cycle),
        Field("breathing", group, tr("Short or hectic breathing"), Kind.YES_NO),
        Field("warm_up", group, tr("Warmed up before running"), Kind.YES_NO),
    )


def _care() -> tuple[Field, ...]:
    group = tr("Care")
    return (
        Field("compression", group, tr("Compression socks or sleeves"), Kind.YES_NO),
        Field("massage", group, tr("Massage or roller"), Kind.YES_NO),
        Field("heat", group, tr("Warm bath or warm pack"), Kind.YES_NO),
        Field("cold", group, tr("Cold pack"), Kind.YES_NO),
    )


NOTES = "notes"
"""The key of the free words, which are always asked."""
