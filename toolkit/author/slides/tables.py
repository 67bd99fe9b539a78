"""Tables of the deck: a header row, thin rules between rows, no grid.

In: columns with their widths and looks, and rows of paragraphs, some of them loops. Out: a
``p:graphicFrame`` with ``firstRow`` set, so that the header is told as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from toolkit.author.slides.grid import EMU, Box
from toolkit.author.slides.shapes import describe, text_body
from toolkit.author.slides.text import LABEL, Para, filled, para
from toolkit.office.package.markup import Element, q

_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_SIDES = ("lnL", "lnR", "lnT", "lnB")


@dataclass(frozen=True)
class Cell:
    """A cell: its paragraphs, its fill, how its text stands."""

    paras: tuple[Para, ...]
    fill: str = ""
    anchor: str = "ctr"


@dataclass(frozen=True)
class Row:
    """A row: cells, height in cm, and the rule under it (colour, points)."""

    cells: tuple[Cell, ...]
    height: float
    rule: tuple[str, float] = ("accent4", 0.5)


def header(labels: Sequence[str], height: float = 1.1) -> Row:
    """The header row: bold in the title's colour over a strong rule."""
    cells = tuple(Cell((para(text, LABEL, bold=True, color="tx2"),), anchor="b") for text in labels)
    return Row(cells, height, ("accent1", 1.5))


def control_row(tag: str, columns: int) -> Row:
    """A row that holds one control tag and goes with it."""
    first = Cell((para(f"{{%tr {tag} %}}"),))
    return Row((first, *(Cell(()),) * (columns - 1)), 0.5)


def each_row(loop: str, *rows: Row) -> tuple[Row, ...]:
    """The rows once for every item."""
    count = len(rows[0].cells)
    return (control_row(f"for {loop}", count), *rows, control_row("endfor", count))


def table(box: Box, widths: Sequence[float], rows: Sequence[Row], alt: str) -> Element:
    """The table; ``widths`` are in cm, its height is that of its rows."""
    frame = etree.Element(q("p:graphicFrame"))
    holder = etree.SubElement(frame, q("p:nvGraphicFramePr"))
    etree.SubElement(holder, q("p:cNvPr"), id="0", name="")
    locks = etree.SubElement(holder, q("p:cNvGraphicFramePr"))
    etree.SubElement(locks, q("a:graphicFrameLocks"), noGrp="1")
    etree.SubElement(holder, q("p:nvPr"))
    describe(frame, alt)
    place = etree.SubElement(frame, q("p:xfrm"))
    height = sum(row.height for row in rows if not _is_control(row))
    etree.SubElement(place, q("a:off"), x=_emu(box.x), y=_emu(box.y))
    etree.SubElement(place, q("a:ext"), cx=_emu(box.w), cy=_emu(height))
    graphic = etree.SubElement(frame, q("a:graphic"))
    data = etree.SubElement(graphic, q("a:graphicData"), uri=_TABLE)
    data.append(_table(widths, rows))
    return frame


def _is_control(row: Row) -> bool:
    runs = [run for look in row.cells[0].paras for run in look.runs]
    return len(runs) == 1 and runs[0].text.startswith("{%tr") and runs[0].text.count("%}") == 1


def _table(widths: Sequence[float], rows: Sequence[Row]) -> Element:
    element = etree.Element(q("a:tbl"))
    look = etree.SubElement(element, q("a:tblPr"), firstRow="1")
    etree.SubElement(look, q("a:tableStyleId")).text = _NO_STYLE
    grid = etree.SubElement(element, q("a:tblGrid"))
    for width in widths:
        etree.SubElement(grid, q("a:gridCol"), w=_emu(width))
    for row in rows:
        line = etree.SubElement(element, q("a:tr"), h=_emu(row.height))
        line.extend(_cell(cell, row.rule) for cell in row.cells)
    return element


def _cell(cell: Cell, rule: tuple[str, float]) -> Element:
    element = etree.Element(q("a:tc"))
    body = text_body(cell.paras, None)
    body.tag = q("a:txBody")
    element.append(body)
    inset = {"marL": "0.25", "marR": "0.25", "marT": "0.12", "marB": "0.12"}
    look = etree.SubElement(element, q("a:tcPr"), {k: _emu(float(v)) for k, v in inset.items()})
    look.set("anchor", cell.anchor)
    for side in _SIDES:
        line = etree.SubElement(look, q(f"a:{side}"))
        drawn = side == "lnB" and rule[1] > 0
        if drawn:
            line.set("w", str(round(rule[1] * 12700)))
        line.append(filled(rule[0] if drawn else ""))
    look.append(filled(cell.fill))
    return element


def _emu(cm: float) -> str:
    return str(round(cm * EMU))
