"""The report as a page for a browser, and its drawings."""

import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from told_diaries import BED, HOSTILE, LONE_HALF, NOW, TODAY, at, diary, hostile

from uncramp.analysis.level import seasons
from uncramp.analysis.record import Record
from uncramp.analysis.review import review
from uncramp.analysis.tally import NightCell, NightState
from uncramp.coach.coach import Coach
from uncramp.coach.insight.reading import read_record
from uncramp.coach.places import Places
from uncramp.coach.report.document import WIDTH_PT, Document, Fact, Facts, Table
from uncramp.coach.report.html import html
from uncramp.coach.report.night_drawing import MOST_WEEKS, night_drawing, shown_nights
from uncramp.coach.report.reading import read_report
from uncramp.coach.report.report import LONGEST_NOTE, plain, report
from uncramp.coach.report.svg import NIGHT, PAPER
from uncramp.coach.report.telling import document
from uncramp.coach.report.week_drawing import MOST_COLUMNS, week_columns, week_drawing
from uncramp.journal.archive import Archive
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, DayContext, Night
from uncramp.model.plan import Pause, Plan, PlanItem, Tie

SVG = "{http://www.w3.org/2000/svg}"
_VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """Reads a page strictly: everything that is opened is closed, in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.seen if name == tag]

    def text(self, *tags: str) -> str:
        return " ".join(data for tag, data in self.words if not tags or tag in tags)


def document_of(
    places: Places,
    made: Contents,
    span: int | None = None,
    name: str = "",
    *,
    with_notes: bool = True,
) -> Document:
    coach = Coach(places, lambda: NOW)
    assert coach.journal is not None
    Archive(coach.journal).add(made, NOW)
    try:
        return read_report(coach, span, name, with_notes=with_notes)
    finally:
        coach.close()


def tables_of(shown: Document, caption: str = "") -> list[Table]:
    return [
        block
        for row in shown.rows
        for section in row
        for one in section.blocks
        for block in (one, getattr(one, "table", None))
        if isinstance(block, Table) and block.caption.startswith(caption)
    ]


def svgs(text: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(one) for one in re.findall(r"<svg.*?</svg>", text, re.DOTALL)]


# -- the page


def test_page_is_whole_and_asks_nobody_for_anything(places: Places) -> None:
    text = html(document_of(places, diary(400), 52, "Jo"))
    page = Page(text)
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert [one for one in page.all("title") if "id" not in one] == [{}]
    tags = {tag for tag, _ in page.seen}
    assert not tags & {"script", "link", "img", "iframe", "object", "form", "a"}
    names = {name for _, attrs in page.seen for name in attrs}
    assert not {name for name in names if name.startswith("on")}
    assert not names & {"href", "src", "action"}
    outside = set(re.findall(r"https?://[^\s\"'<]+|url\(|@import", text))
    assert outside == {"http://www.w3.org/2000/svg"}  # the name of SVG, which nobody opens
    policy = next(one for one in page.all("meta") if one.get("http-equiv"))
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"


def test_every_part_has_its_name(places: Places) -> None:
    text = html(document_of(places, diary(400), 52, "Jo"))
    page = Page(text)
    ids = [attrs["id"] for _, attrs in page.seen if "id" in attrs]
    assert len(ids) == len(set(ids))
    for section in page.all("section"):
        assert section["aria-labelledby"] in ids
    assert len(page.all("section")) == len(page.all("h2"))
    assert len(page.all("table")) == len(page.all("caption"))
    assert {one.get("scope") for one in page.all("th")} == {"col", "row"}
    for drawing in page.all("svg"):
        assert drawing["role"] == "img"
        assert set((drawing["aria-labelledby"] or "").split()) <= set(ids)
    assert len(page.all("figure")) == len(page.all("svg")) == 6
    for drawn in svgs(text):
        for part in ("title", "desc"):
            named = drawn.find(f"{SVG}{part}")
            assert named is not None
            assert named.text


def test_numbers_of_the_page_are_those_of_the_diary(places: Places) -> None:
    made = diary(400)
    shown = document_of(places, made, 26)
    coach = Coach(places, lambda: NOW)
    seen = review(read_record(coach), TODAY, 26)
    coach.close()
    logged = sum(week.logged for week in seen.weeks)
    cramped = sum(week.cramp_nights for week in seen.weeks)
    page = Page(html(shown))
    strong = [data for tag, data in page.words if tag == "strong"]
    assert strong[:3] == [
        f"{logged} of {sum(week.days for week in seen.weeks)}",
        f"{cramped} of {logged}",
        str(sum(one.cramps for one in seen.places)),
    ]
    rows = [one for one in page.all("th") if one.get("scope") == "row"]
    assert len(rows) >= 26
    (facts,) = [
        one
        for row in shown.rows
        for section in row
        for one in section.blocks
        if isinstance(one, Facts)
    ]
    assert facts.items[0] == Fact("Nights logged", strong[0], facts.items[0].detail)


def test_no_share_is_told_without_its_counts_or_interval(places: Places) -> None:
    for days in (3, 42, 400):
        page = Page(html(document_of(places, diary(days, seed=days))))
        text = " ".join(data for tag, data in page.words if tag != "style")
        for found in re.finditer(r"\d+ ?%", text):
            around = text[found.start() : found.end() + 14]
            # The names of an interval, the marks of an axis, or a share with its counts.
            assert re.match(r"95 % interval|\d+ % *(\(| )", around), around
        assert not re.search(r"\bcaus|prove|because of|heal|\bcure", text)
        assert "a week (" in text or "from 28 nights on" in text


@pytest.mark.parametrize("days", [0, 1, 3, 42, 365, 3650])
def test_every_length_of_a_record_makes_a_page(places: Places, days: int) -> None:
    text = html(document_of(places, diary(days)))
    Page(text)
    assert len(text) < 200_000
    for drawn in svgs(text):
        wide, high = (float(one) for one in drawn.attrib["viewBox"].split()[2:])
        for part in drawn.iter(f"{SVG}rect"):
            x, y, w, h = (float(part.attrib[name]) for name in ("x", "y", "width", "height"))
            assert x >= -0.01
            assert y >= -0.01
            assert x + w <= wide + 0.01
            assert y + h <= high + 0.01


def test_an_empty_journal_says_so(places: Places) -> None:
    page = Page(html(document_of(places, Contents())))
    assert "Nothing is in the journal yet." in page.text("p")
    assert not page.all("table")
    assert "not a diagnosis" in page.text("p")


def test_only_entries_of_the_future_are_told_as_such(places: Places) -> None:
    ahead = TODAY + timedelta(days=50)
    page = Page(html(document_of(places, Contents(nights=(Night(ahead, 1, NOW),)))))
    assert "1 entry is dated after today and was left out." in page.text("p")
    assert "The journal has nothing up to today." in page.text("p")
    assert "Nothing is in the journal yet." not in page.text("p")
    assert not page.all("svg")


def test_cramps_that_were_only_counted_are_told_beside_those_that_were_noted() -> None:
    days = [TODAY - timedelta(days=back) for back in (3, 2, 1)]
    # Five cramps in three nights, of which one was noted by itself; and one on a run.
    nights = tuple(Night(day, n, at(day, 31)) for day, n in zip(days, (2, 2, 1), strict=True))
    cramps = tuple(
        Cramp(context.value, at(days[0], 22), context, CrampMuscle.CALF, Side.LEFT)
        for context in (CrampContext.NIGHT, CrampContext.RUN)
    )

    def words(*noted: Cramp) -> str:
        record = Record(nights=nights, cramps=noted)
        return Page(html(document(report(record, review(record, TODAY)), {}))).text("p")

    assert "4 more night cramps were counted in the morning without details" in words(*cramps)
    whole = tuple(replace(cramps[0], id=str(n)) for n in range(5))
    assert "counted in the morning" not in words(*whole)


def test_the_comparison_says_that_it_is_of_all_nights(places: Places) -> None:
    made = diary(120)
    beyond = "not only in this period"
    assert beyond in html(document_of(places, made, 4))
    folder = places._replace(data=places.data / "again")
    assert beyond not in html(document_of(folder, made))


def test_only_a_cramp_only_a_run_only_a_plan(places: Places) -> None:
    day = TODAY - timedelta(days=1)
    cramp = Cramp("c", at(day, 26), CrampContext.NIGHT, CrampMuscle.FOOT, Side.NONE)
    item = PlanItem("a", "of mine", Tie.MORNING, frozenset({0}), 0, day)
    parts = diary(9)
    for made in (
        Contents(cramps=(cramp,)),
        Contents(runs=parts.runs),
        Contents(plan=Plan((item,), (Pause("p", day, None, "x"),))),
        Contents(nights=(Night(day, 0, at(day, 31)),)),
        Contents(days=parts.days[:1]),
        Contents(sessions=parts.sessions[:1]),
    ):
        folder = places._replace(data=places.data / str(id(made)))
        Page(html(document_of(folder, made)))


def test_a_plan_that_began_today_stands_in_the_table(places: Places) -> None:
    item = PlanItem("a", "evening_calm", Tie.BEDTIME, frozenset(range(7)), 0, TODAY)
    (table,) = tables_of(document_of(places, Contents(plan=Plan((item,)))), "What was planned")
    ((_, _, planned, *done),) = table.rows
    assert planned == "Bedtime, every day, since 22 Nov 2026"
    assert done == ["0 of 1, 1 to come", "0", "0"]


def test_a_routine_that_is_gone_keeps_the_name_that_it_had(places: Places) -> None:
    sessions = [one for one in diary(60).sessions if one.routine == BED]
    named = [
        replace(one, routine="my_evening", routine_name=f"My evening {number}")
        for number, one in enumerate(sessions)
    ]
    made = Contents(sessions=tuple(reversed(named)))
    text = html(document_of(places, made))
    assert f"My evening {len(named) - 1}" in text
    assert "my_evening" not in text


# -- what somebody hostile typed


@pytest.mark.parametrize("name", [*HOSTILE, LONE_HALF])
def test_a_name_stays_a_name(name: str) -> None:
    text = html(document(report(Record(), review(Record(), TODAY), name), {}))
    page = Page(text)
    text.encode()
    assert {tag for tag, _ in page.seen} == {
        tag
        for tag, _ in Page(html(document(report(Record(), review(Record(), TODAY), "Jo"), {}))).seen
    }
    shown = page.text("bdi")
    assert "<" not in name or "<" in shown
    assert len(re.findall("<title>(.*?)</title>", text)[0]) < 200
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", text)


def test_hostile_words_do_nothing_but_stand_there(places: Places) -> None:
    text = html(document_of(places, hostile(), name=HOSTILE[1]))
    page = Page(text)
    tags = {tag for tag, _ in page.seen}
    assert not tags & {"script", "b", "img"}
    assert "<b>gone</b>" in page.text("bdi")
    assert len(text) < 150_000
    for drawn in svgs(text):
        assert all(part.tag.startswith(SVG) for part in drawn.iter())


@pytest.mark.parametrize("text", HOSTILE)
def test_words_of_a_user_stand_there_as_they_are(text: str) -> None:
    day = TODAY - timedelta(days=1)
    record = Record(days=(DayContext(day, at(day, 20), {"notes": text}),))
    page = Page(html(document(report(record, review(record, TODAY)), {})))
    assert page.text("q") == plain(text, LONGEST_NOTE)


def test_words_are_left_out_when_that_is_wished(places: Places) -> None:
    made = diary(60, words=("my secret",))
    pause = Pause("q", TODAY - timedelta(days=9), TODAY, "my reason " * 99)
    made = replace(made, plan=made.plan._replace(pauses=(pause,)))
    text = html(document_of(places, made))
    # Each note is told once, and only as what it is.
    assert text.count("my secret") == text.count("<q dir") == 8
    assert 1 <= text.count("my reason") <= 9
    folder = places._replace(data=places.data / "again")
    text = html(document_of(folder, made, with_notes=False))
    assert "my secret" not in text
    assert "my reason" not in text


# -- drawings


def test_week_columns_are_never_too_many() -> None:
    for days in (1, 50, 1_100, 1_200, 3_650, 36_000):
        record = _record(days)
        found = week_columns(review(record, TODAY).weeks)
        assert 1 <= len(found) <= MOST_COLUMNS
        assert sum(one.weeks for one in found) == len(review(record, TODAY).weeks)


def _record(days: int) -> Record:
    first = TODAY - timedelta(days=days)
    nights = (Night(first, 1, at(first, 31)), Night(TODAY - timedelta(days=1), 0, NOW))
    return Record(nights=nights, first_day=first)


def test_weeks_without_a_night_are_gaps_and_zeros_are_drawn() -> None:
    def nights(back: int, cramps: int) -> Night:
        day = date(2026, 11, 2) - timedelta(days=back)
        return Night(day, cramps, at(day, 31))

    item = PlanItem("a", BED, Tie.BEDTIME, frozenset(range(7)), 0, date(2026, 9, 14))
    record = Record(
        nights=(nights(42, 1), nights(35, 0), nights(14, 2), nights(7, 1)),
        plan=Plan((item,)),
        first_day=date(2026, 9, 1),
    )
    seen = review(record, date(2026, 11, 2))
    shown = week_columns(seen.weeks)
    drawing = week_drawing(shown, seasons((), seen.first, seen.today), WIDTH_PT, 120)
    drawn = ElementTree.fromstring(drawing.svg())
    dots = [one for one in drawn.iter(f"{SVG}circle") if one.attrib["class"] == "d-dot"]
    lines = [one for one in drawn.iter(f"{SVG}polyline") if one.attrib["class"] == "d-line"]
    # Four weeks with an answer, a gap of two weeks between them; and one of each in the legend.
    assert len(dots) == 4 + 1
    assert [len(one.attrib["points"].split()) for one in lines] == [2, 2, 2]
    # Nothing of the plan was done in any whole week: zeros, not nothing.
    zeros = [part for part in drawn.iter(f"{SVG}rect") if part.attrib["class"] == "d-none-kept"]
    # The running week, of which all is to come on its Monday, has no zero.
    assert [column.kept.is_over for column in shown] == [True] * 7 + [False]
    assert len(zeros) == 7
    heights = {float(one.attrib["cy"]) for one in dots[:4]}
    assert len(heights) == 2  # one night with a cramp three times, and a zero on the base line


def words_in(drawn: ElementTree.Element) -> list[str]:
    return [part.text or "" for part in drawn.iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("first", "days", "months"),
    [
        # The weeks begin on 28 September: its three days give way to October.
        (date(2026, 10, 1), 61, ["Oct 2026", "Nov"]),
        (date(2026, 9, 7), 85, ["Sep 2026", "Oct", "Nov"]),
        (date(2026, 11, 30), 3, ["Nov 2026"]),
        (date(2026, 12, 21), 40, ["Jan 2027"]),
    ],
)
def test_the_map_of_nights_names_every_month(first: date, days: int, months: list[str]) -> None:
    cells = tuple(NightCell(first + timedelta(days=n), NightState.CLEAR) for n in range(days))
    drawn = ElementTree.fromstring(night_drawing(cells, WIDTH_PT).svg())
    assert [
        text for text in words_in(drawn) if text[:3] in {"Sep", "Oct", "Nov", "Dec", "Jan"}
    ] == (months)


def test_a_shade_and_a_week_that_is_not_over_are_explained(places: Places) -> None:
    def caption(made: Contents, number: int) -> str:
        folder = places._replace(data=places.data / str(number))
        return Page(html(document_of(folder, made))).text("figcaption")

    # 22 November is a Sunday, whose own sessions are still to come.
    assert "Shaded: April to September." in caption(diary(100), 100)
    assert "The outlined bar is this week, which is not over." in caption(diary(100), 101)
    assert "Shaded" not in caption(diary(50), 50)
    assert caption(Contents(nights=diary(9).nights), 9) == ""


def test_every_night_of_the_last_year_has_its_square() -> None:
    states = (NightState.CLEAR, NightState.CRAMPS, NightState.NOT_LOGGED)
    cells = tuple(
        NightCell(TODAY - timedelta(days=back), states[back % 3], recalled=back % 5 == 0)
        for back in range(1_000, 0, -1)
    )
    shown = shown_nights(cells)
    assert shown[-1] == cells[-1]
    assert (shown[-1].day - shown[0].day).days // 7 in {MOST_WEEKS - 1, MOST_WEEKS}
    drawn = ElementTree.fromstring(night_drawing(shown, WIDTH_PT).svg())
    classes = [one.attrib["class"] for one in drawn.iter(f"{SVG}rect")]
    for state, name in zip(states, ("d-clear", "d-cramps", "d-unlogged"), strict=True):
        legend = 2 if state is NightState.CLEAR else 1
        assert classes.count(name) == sum(one.state is state for one in shown) + legend
    assert shown_nights(()) == ()


def test_each_meaning_has_a_colour_for_paper_and_for_the_dark() -> None:
    assert set(PAPER) == set(NIGHT)
    for colours, ground in ((PAPER, "#FFFFFF"), (NIGHT, "#172133")):
        for meaning in ("ink", "soft", "alarm"):
            assert _contrast(colours[meaning][0], ground) >= 4.5, meaning
        for meaning in ("cramps", "count", "none-kept"):
            assert _contrast(colours[meaning][0], ground) >= 3, meaning
        assert _contrast(colours["cramps"][0], colours["clear"][0]) >= 2.5


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.1, relative luminance)."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_tables_have_a_cell_for_each_column(places: Places) -> None:
    tables = tables_of(document_of(places, diary(800)))
    assert len(tables) == 5
    for table in tables:
        assert {len(row) for row in table.rows} == {len(table.head)}
        assert len(table.shares) == len(table.head)
        assert max(table.numeric) < len(table.head)
