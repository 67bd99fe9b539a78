"""Facts at a glance: the information panel, the legend, number tiles.

In: a Block whose columns are the facts. Out: a table and the gap after it.
"""

from __future__ import annotations

from toolkit.author.word.control import control
from toolkit.author.word.origin import origin_cell
from toolkit.author.word.parts.prose import said
from toolkit.author.word.pen import Pen
from toolkit.author.word.table import Heading, Look, cell, header_row, loop, row, table
from toolkit.author.word.text import gap, paragraph
from toolkit.document import Block
from toolkit.field import Field, Origin
from toolkit.office.package.markup import Element

LEGEND = {
    Origin.PREFILLED: "ui.legend_prefilled",
    Origin.EDITABLE: "ui.legend_editable",
    Origin.FILLED: "ui.legend_fill",
    Origin.COMPUTED: "ui.legend_computed",
}


def facts(pen: Pen, block: Block) -> list[Element]:
    """A table of two columns: what, and what it is; ``options.head`` names the columns."""
    names = block.options.get("head", ["ui.info", "f.content"])
    head = header_row(pen, [Heading(pen.say(name)) for name in names], quiet=True)
    lines = [line for field in block.columns for line in _fact(pen, field)]
    look = Look(labels=True)
    return [table(pen, block.options.get("widths", (6.2, 10.2)), [head, *lines], look), gap()]


def _fact(pen: Pen, field: Field) -> list[Element]:
    shown = pen.value(field)
    opened = field.origin in (Origin.FILLED, Origin.EDITABLE)
    value = paragraph("FormText", control(pen, field, shown) if opened else shown)
    line = row(cell(paragraph("FormLabel", pen.label(field))), cell(value))
    if opened or not field.source:
        return [line]
    before, after = loop(f"if {field.source}", 2, "endif")
    return [before, line, after]


def legend(pen: Pen, block: Block) -> list[Element]:
    """What prefilled, open and computed places look like, in words and as they look."""
    origins = [Origin(origin) for origin in block.options.get("origins", ["P", "F", "C"])]
    samples = [paragraph("Legend", pen.say(LEGEND[origin])) for origin in origins]
    cells = [origin_cell(pen, o, line) for o, line in zip(origins, samples, strict=True)]
    return [table(pen, [1.0] * len(cells), [row(*cells)], Look(header=False)), gap()]


def tiles(pen: Pen, block: Block) -> list[Element]:
    """A row of numbers, each over what it counts."""
    cells = [_tile(pen, field) for field in block.columns]
    widths = [1.0] * len(cells)
    notes = [paragraph("Caption", words) for words in said(pen, block)]
    return [table(pen, widths, [row(*cells)], Look(header=False)), *(notes or [gap()])]


def _tile(pen: Pen, field: Field) -> Element:
    number = paragraph("TileNumber", pen.value(field) or field.help)
    return cell(number, paragraph("TileLabel", pen.label(field)))
