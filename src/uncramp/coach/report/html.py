"""A document as one page of HTML: nothing from outside, no scripts, readable in ten years.

Headings, tables with captions, figures with their numbers; light or dark as the reader's system
is, and for paper always light. Whatever a user typed is escaped and keeps its own direction.
"""

from collections.abc import Iterable
from html import escape

from uncramp.coach.report.document import (
    WIDTH_PT,
    Block,
    Document,
    Facts,
    Figure,
    Lead,
    Own,
    Pairs,
    Prose,
    Quotes,
    Section,
    Table,
    Words,
)
from uncramp.coach.report.svg import NIGHT, PAPER, Colours
from uncramp.model.language import tr

_HALF_PT = WIDTH_PT / 2


def html(shown: Document) -> str:
    """Return the page, in UTF-8 as its head says."""
    title = escape(shown.title)
    name = f"<p class='name'>{_words(Own(shown.name))}</p>" if shown.name else ""
    lines = "".join(f"<p class='soft'>{escape(line)}</p>" for line in shown.lines)
    body = "".join(_row(number, row) for number, row in enumerate(shown.rows))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(shown.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # A page that is mailed about must ask nobody for anything, whatever is in it.
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="color-scheme" content="light dark">\n'
        f'<meta name="generator" content="Uncramp">\n<title>{_title(shown)}</title>\n'
        f"<style>{_STYLE}{_colours()}</style>\n</head>\n<body>\n"
        f"<header><h1>{title}</h1>{name}{lines}</header>\n"
        f"<main>\n{body}</main>\n<footer><p>{escape(shown.foot)}</p></footer>\n</body>\n</html>\n"
    )


def _title(shown: Document) -> str:
    return escape(", ".join(filter(None, (shown.title, shown.name))))


def _row(number: int, row: tuple[Section, ...]) -> str:
    shares = " ".join(f"minmax(0,{one.share:g}fr)" for one in row)
    inside = "".join(_section(f"s{number}-{at}", one) for at, one in enumerate(row))
    if len(row) == 1:
        return f"{inside}\n"
    return f'<div class="row" style="--shares:{shares}">{inside}</div>\n'


def _section(name: str, section: Section) -> str:
    framed = ' class="framed"' if section.framed else ""
    blocks = "".join(_block(f"{name}-{at}", one) for at, one in enumerate(section.blocks))
    return (
        f'<section aria-labelledby="{name}"{framed}>'
        f'<h2 id="{name}">{escape(section.title)}</h2>{blocks}</section>'
    )


def _block(name: str, block: Block) -> str:
    match block:
        case Lead():
            return f'<p class="lead">{escape(block.text)}</p>'
        case Prose():
            return f"<p{_soft(block)}>{escape(block.text)}</p>"
        case Facts():
            items = "".join(
                f"<div><dt>{escape(one.name)}</dt><dd><strong>{escape(one.value)}</strong> "
                f"<span>{escape(one.detail)}</span></dd></div>"
                for one in block.items
            )
            return f'<dl class="facts">{items}</dl>'
        case Pairs():
            items = "".join(
                f"<div><dt>{escape(key)}</dt><dd>{_words(value)}</dd></div>"
                for key, value in block.items
            )
            return f'<dl class="pairs">{items}</dl>'
        case Table():
            return _table(block)
        case Figure():
            return _figure(name, block)
        case Quotes():
            return _quotes(block)


def _soft(block: Prose) -> str:
    return ' class="soft"' if block.soft else ""


def _figure(name: str, figure: Figure) -> str:
    caption = f"<figcaption>{escape(figure.caption)}</figcaption>" if figure.caption else ""
    numbers = ""
    if figure.table is not None:
        summary = escape(tr("The numbers in this drawing"))
        numbers = f"<details><summary>{summary}</summary>{_table(figure.table)}</details>"
    # What is as wide as the page is moved sideways where the window is narrow.
    full = ""
    if figure.drawing.width > _HALF_PT:
        full = f' class="full" tabindex="0" aria-label="{escape(figure.drawing.title)}"'
    return f"<figure{full}>{figure.drawing.svg(name)}{caption}{numbers}</figure>"


def _table(table: Table) -> str:
    head = "".join(
        f'<th scope="col"{_number(at, table)}>{escape(name)}</th>'
        for at, name in enumerate(table.head)
    )
    rows = "".join(f"<tr>{_cells(row, table)}</tr>" for row in table.rows)
    caption = escape(table.caption)
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{caption}">'
        f"<table><caption>{caption}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cells(row: Iterable[Words], table: Table) -> str:
    first, *others = row
    cells = [f'<th scope="row">{_words(first)}</th>']
    cells.extend(f"<td{_number(at, table)}>{_words(one)}</td>" for at, one in enumerate(others, 1))
    return "".join(cells)


def _number(at: int, table: Table) -> str:
    return ' class="number"' if at in table.numeric else ""


def _quotes(quotes: Quotes) -> str:
    items = "".join(
        f"<li><span class='soft'>{escape(one.day)}"
        f"{escape(', ' + one.about if one.about else '')}</span> "
        f'<q dir="auto">{escape(one.text)}</q></li>'
        for one in quotes.items
    )
    return f'<ul class="quotes">{items}</ul>'


def _words(words: Words) -> str:
    return f"<bdi>{escape(words.text)}</bdi>" if isinstance(words, Own) else escape(words)


def _colours() -> str:
    """Return the colours of the drawings, for light and for dark."""
    return f"{_rules(PAPER)}@media screen and (prefers-color-scheme:dark){{{_rules(NIGHT)}}}"


def _rules(colours: Colours) -> str:
    return "".join(
        f".d-{meaning}{{fill:{fill};stroke:{stroke}}}"
        for meaning, (fill, stroke) in colours.items()
    )


_STYLE = """
:root{--ground:#F4F6FA;--card:#fff;--line:#DDE3EC;--text:#1A2537;--soft:#56657B;--frame:#EEF4FD}
@media screen and (prefers-color-scheme:dark){:root{--ground:#0F1826;--card:#172133;--line:#2B3850;
--text:#E8EEF7;--soft:#A3B1C6;--frame:#1B2A44}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);line-height:1.45;
font:15px/1.45 Inter,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-variant-numeric:tabular-nums}
header,main,footer{max-width:56rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.75rem}
h1{font-size:1.6rem;line-height:1.2;margin:0}
h2{font-size:1rem;margin:0 0 .5rem}
p{margin:0 0 .5rem;overflow-wrap:anywhere}
.name{font-size:1.15rem;font-weight:600;margin:.25rem 0 0}
header .soft{margin:.15rem 0 0}
.soft,.pairs dt,caption,figcaption,summary{color:var(--soft);font-size:.85rem}
.lead{font-size:1.05rem;font-weight:600}
section{background:var(--card);border:1px solid var(--line);border-radius:.75rem;
padding:1rem 1.15rem;margin:.9rem 0;min-width:0}
section.framed{background:var(--frame)}
.row{display:grid;grid-template-columns:var(--shares);gap:0 .9rem}
dl,figure{margin:0}dd{margin:0;overflow-wrap:anywhere}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr));gap:.75rem;
margin-bottom:.6rem}
.facts dt,.facts span{color:var(--soft);font-size:.85rem;display:block}
.facts strong{font-size:1.3rem;line-height:1.25}
.pairs div{display:flex;gap:.75rem;justify-content:space-between;padding:.15rem 0;
border-bottom:1px solid var(--line)}
.pairs dd{text-align:right}
svg text{font-family:inherit}svg{width:100%;height:auto;display:block}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.85rem}
caption{text-align:left;padding-bottom:.3rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;
border-bottom:1px solid var(--line);overflow-wrap:break-word}
bdi,q{overflow-wrap:anywhere}tbody th{min-width:6.5rem}th bdi{overflow-wrap:break-word}
thead th{color:var(--soft);font-weight:500;overflow-wrap:normal}tbody th{font-weight:600}
.number{text-align:right;white-space:nowrap}
.quotes{list-style:none;margin:0;padding:0}.quotes li{padding:.2rem 0;overflow-wrap:anywhere}
details{margin-top:.6rem}
footer p{color:var(--soft);font-size:.85rem;margin:.5rem 0 2rem}
@media (max-width:40rem){.row{display:block}
figure.full{overflow-x:auto}figure.full svg{min-width:38rem}
table{min-width:34rem}}
@media print{@page{size:A4;margin:13mm}html,body{font-size:8.5pt}body{background:#fff}
header,main,footer{max-width:none;padding:0}
section{border:0;padding:0;margin:.7em 0;border-radius:0;break-inside:avoid}
section.framed{padding:.6em .8em;background:#EEF4FD;print-color-adjust:exact;
-webkit-print-color-adjust:exact}
svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.facts{grid-template-columns:repeat(6,1fr)}h1{font-size:1.5em}.row{display:grid}
details{display:none}thead{display:table-header-group}tr{break-inside:avoid}}
"""
