"""Data tables: one row per row of the data, read back by hidden keys and row marks.

In: a Block with columns and ``rows``. Out: a table that repeats its row, or a quiet line where
there is no data. In a returned document each header cell hides its field key, the first cell of
a row names the row, and every cell looks the way its origin does.
"""

from __future__ import annotations

from toolkit.author.word.control import control, row_mark
from toolkit.author.word.origin import origin_cell
from toolkit.author.word.pen import Pen
from toolkit.author.word.table import Heading, Look, header_row, keep_together, loop, row, table
from toolkit.author.word.text import gap, link, paragraph, tag_line
from toolkit.document import Block
from toolkit.field import Field, FieldType, Origin
from toolkit.office.package.markup import Element

NUMBERS = (FieldType.INT, FieldType.NUMBER, FieldType.MONEY, FieldType.PERCENT)
WIDTHS = {FieldType.LONG: 5.0, FieldType.DATE: 2.4, FieldType.INT: 1.8, FieldType.NUMBER: 2.0}
QUIET = "ui.nothing_yet"


def data_table(pen: Pen, block: Block) -> list[Element]:
    """The table, once per item of ``options.each`` (there called ``group``) if that is given.

    ``options.together`` keeps a short table on one page, ``options.empty`` says what stands
    there without rows, ``options.blank`` adds empty rows, ``options.form`` sets it in 11 pt.
    """
    drawn = [_table(pen, block), gap()]
    if block.options.get("together"):
        keep_together(drawn[0])
    each = block.options.get("each", "")
    if each:
        drawn = [tag_line(f"for group in {each}"), *drawn, tag_line("endfor")]
    return drawn if block.options.get("blank") else _or_quiet(pen, block, each or block.rows, drawn)


def _or_quiet(pen: Pen, block: Block, rows: str, drawn: list[Element]) -> list[Element]:
    """The table if there are rows, else a quiet line that says there are none."""
    if not rows:
        return drawn
    quiet = paragraph("Quiet", pen.say(block.options.get("empty", QUIET)))
    return [tag_line(f"if {rows}"), *drawn, tag_line("else"), quiet, tag_line("endif")]


def _table(pen: Pen, block: Block) -> Element:
    widths = [field.width or WIDTHS.get(field.type, 3.0) for field in block.columns]
    headings = [_heading(pen, field) for field in block.columns]
    head = header_row(pen, headings, quiet=bool(block.options.get("quiet")))
    return table(pen, widths, [head, *_rows(pen, block)], Look())


def _heading(pen: Pen, field: Field) -> Heading:
    key = field.field if pen.document.returned else ""
    return Heading(pen.label(field), key, field.type in NUMBERS)


def _rows(pen: Pen, block: Block) -> list[Element]:
    blank = [_row(pen, block, "") for _ in range(int(block.options.get("blank", 0)))]
    if not block.rows:
        return blank
    before, after = loop(f"for r in {block.rows}", len(block.columns))
    return [before, _row(pen, block, "r"), after, *blank]


def _row(pen: Pen, block: Block, name: str) -> Element:
    rest = block.columns[1:]
    return row(_first_cell(pen, block, name), *[_cell(pen, block, f, name) for f in rest])


def _first_cell(pen: Pen, block: Block, name: str) -> Element:
    field = block.columns[0]
    if not (pen.document.returned and name):
        return _cell(pen, block, field, name)
    mark = row_mark(pen, pen.value(field, name), f"{{{{ {name}.id }}}}", pen.label(field))
    return origin_cell(pen, field.origin, paragraph(_style(block, field), mark))


def _cell(pen: Pen, block: Block, field: Field, name: str) -> Element:
    origin = field.origin if name else Origin.FILLED
    shown = pen.value(field, name) if origin is not Origin.FILLED else ""
    opened = origin in (Origin.FILLED, Origin.EDITABLE)
    tag = str(block.options.get("tag", ""))
    content = control(pen, field, shown, tag) if opened else _linked(block, field, shown)
    notes = _notes(block, field) if name else []
    return origin_cell(pen, origin, paragraph(_style(block, field), content), *notes)


def _linked(block: Block, field: Field, shown: str) -> Element | str:
    """``options.links`` leads from the value of a column to a file or address."""
    target = block.options.get("links", {}).get(field.field)
    return link(shown, target) if target else shown


def _style(block: Block, field: Field) -> str:
    if field.field in block.options.get("under", {}):
        return "TableLabel"
    if field.type in NUMBERS:
        return "TableNumber"
    return "FormText" if block.options.get("form") else "TableText"


def _notes(block: Block, field: Field) -> list[Element]:
    """``options.under`` puts a small line under the value of a column."""
    words = block.options.get("under", {}).get(field.field)
    return [paragraph("TableFile", words)] if words else []
