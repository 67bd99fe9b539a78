"""Tables: thin rules, a header row that repeats, rows that stay whole, no merged cells.

In: column widths, header texts, cells. Out: one table element. Widths are in cm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.author.word.elements import make, no_line, twips
from toolkit.author.word.pen import Pen
from toolkit.author.word.text import hidden_paragraph, hidden_run, paragraph, run
from toolkit.office.package.markup import Element, q

KEPT = {"TableText": "TableTextKept", "FormText": "FormTextKept"}


@dataclass(frozen=True)
class Heading:
    """A header cell: its label, and the field's key for machines, hidden above it."""

    label: str
    key: str = ""
    number: bool = False


@dataclass(frozen=True)
class Look:
    """What kind of table: a header row, labels in the first column, rules between the rows."""

    header: bool = True
    labels: bool = False
    rules: bool = True


def table(pen: Pen, widths: Sequence[float], rows: Sequence[Element], look: Look) -> Element:
    """A table across the page."""
    columns = [twips(width * pen.width / sum(widths)) for width in widths]
    for line in rows:
        for box, width in zip(line.iterchildren(q("w:tc")), columns, strict=True):
            next(box.iterchildren(q("w:tcPr"))).insert(0, make("tcW", w=width, type="dxa"))
    grid = make("tblGrid", *[make("gridCol", w=width) for width in columns])
    return make("tbl", _properties(pen, sum(columns), look), grid, *rows)


def header_row(pen: Pen, headings: Sequence[Heading], quiet: bool = False) -> Element:
    """The header row: on the brand's colour, or quietly on its surface tint."""
    cells = [_header_cell(pen, heading, quiet) for heading in headings]
    return make("tr", make("trPr", make("cantSplit"), make("tblHeader")), *cells)


def row(*cells: Element, height: float = 0) -> Element:
    """A body row that stays on one page; ``height`` in cm is the least."""
    least = make("trHeight", val=twips(height), hRule="atLeast") if height else None
    return make("tr", make("trPr", make("cantSplit"), least), *cells)


def cell(*content: Element, fill: Element | None = None, sides: Sequence[Element] = ()) -> Element:
    """A body cell around paragraphs."""
    borders = make("tcBorders", *sides) if sides else None
    return make("tc", make("tcPr", borders, fill, make("vAlign", val="center")), *content)


def keep_together(drawn: Element) -> None:
    """Every paragraph of a table keeps with the next: the table stands on one page."""
    for style in drawn.iter(q("w:pStyle")):
        name = style.get(q("w:val"), "")
        style.set(q("w:val"), KEPT.get(name, name))


def loop(tag: str, columns: int, closer: str = "endfor") -> tuple[Element, Element]:
    """The rows before and after those that repeat; both go when the document is filled."""
    return _tag_row(tag, columns), _tag_row(closer, columns)


def _tag_row(tag: str, columns: int) -> Element:
    first = make("tc", make("tcPr"), paragraph("TableText", f"{{%tr {tag} %}}"))
    rest = [make("tc", make("tcPr"), paragraph("TableText")) for _ in range(columns - 1)]
    return make("tr", first, *rest)


def _header_cell(pen: Pen, heading: Heading, quiet: bool) -> Element:
    style = "TableHeadQuiet" if quiet else f"TableHead{'Number' * heading.number}"
    ground, words = ("lt2", "dk2") if quiet else ("accent1", "accent6")
    color = pen.ink.color
    key = hidden_paragraph(style, hidden_run(heading.key, color(words)))
    properties = make("tcPr", pen.ink.shade(ground), make("vAlign", val="bottom"))
    label = paragraph(style, run(heading.label, color=color(words)))
    return make("tc", properties, key if heading.key else None, label)


def _properties(pen: Pen, width: int, look: Look) -> Element:
    line = pen.ink.line
    sides = [line("top"), no_line("left"), line("bottom"), no_line("right")]
    inner = [line("insideH") if look.rules else no_line("insideH"), no_line("insideV")]
    first = {"firstRow": int(look.header), "firstColumn": int(look.labels)}
    return make(
        "tblPr",
        make("tblW", w=width, type="dxa"),
        make("tblBorders", *(sides if look.rules else []), *inner),
        make("tblLayout", type="fixed"),
        make(
            "tblLook",
            val=f"{0x600 | 0x20 * look.header | 0x80 * look.labels:04X}",
            **first,
            lastRow=0,
            lastColumn=0,
            noHBand=1,
            noVBand=1,
        ),
    )
