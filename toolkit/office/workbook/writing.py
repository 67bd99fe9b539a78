"""An output sheet as parts: the sheet itself and everything that is its own.

In: an output sheet with everything in its place. Out: its parts, written into the package.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING

from toolkit.office.package.markup import Element, q, serialise
from toolkit.office.record import Record
from toolkit.office.references.areas import box
from toolkit.office.workbook.cells import Cell
from toolkit.office.workbook.drawings import DrawingWriter
from toolkit.office.workbook.emit import RowWriter
from toolkit.office.workbook.filling import OutSheet
from toolkit.office.workbook.heights import read_widths
from toolkit.office.workbook.links import settle_link
from toolkit.office.workbook.output import Output
from toolkit.office.workbook.pivots import follow_control, follow_pivot_place
from toolkit.office.workbook.shell import follow_shell
from toolkit.office.workbook.texts import write_texts
from toolkit.office.workbook.values import CellWriter

if TYPE_CHECKING:
    from toolkit.office.workbook.comments import Comments

_ROWS = b"<sheetData/>"


class SheetWriter(Record):
    """Writes one output sheet; ``parts`` has the new names of parts that were copied for it."""

    sheet: OutSheet
    parts: Mapping[str, str]
    output: Output
    cells: CellWriter

    def write(self) -> None:
        """All parts of the sheet."""
        template = self.sheet.template
        for writer in self.sheet.tables:
            self._store(writer.table.part, writer.part(self.output.follower))
        self._store(template.part, self._sheet())
        if template.comments:
            self._comments(template.comments)
        if template.drawing:
            part = self._part(template.drawing.part)
            DrawingWriter(
                template.drawing, part, self.sheet.grid, self.sheet.texts, self.output
            ).write()
        self._others()

    def _part(self, name: str) -> str:
        return self.parts.get(name, name)

    def _store(self, name: str, data: bytes | None) -> None:
        if name and data is not None:
            self.output.package.write(self._part(name), data)

    def _sheet(self) -> bytes:
        sheet, follower = self.sheet, self.output.follower
        root = deepcopy(sheet.template.shell)
        write_texts(root, sheet.template.texts, sheet.pieces.values)
        follow_shell(root, sheet.grid, follower, self._link)
        for item in list(root.iter("{*}hyperlink")):
            settle_link(item, self.output.package, self._part(sheet.template.part))
        _drop_empty(root, "x:hyperlinks")
        grows = any(row.least for row in sheet.template.rows.values())
        widths = read_widths(root) if grows else {}
        writer = RowWriter(follower, self.cells, self._keeps_formula, widths)
        rows = writer.data(sheet.lines)
        _set_dimension(root, self._size())
        before, mark, after = serialise(root).partition(_ROWS)
        return before + b"<sheetData>" + rows.encode() + b"</sheetData>" + after if mark else before

    def _link(self, number: int, item: Element, spot: object) -> None:
        attached = self.sheet.template.links.get(number)
        if attached:
            write_texts(item, attached.places, *self.sheet.texts.at(spot))  # type: ignore[arg-type]

    def _keeps_formula(self, cell: Cell) -> bool:
        """A blank row of a table keeps the formulas of calculated columns."""
        return any(
            table.holds(cell.row, cell.column) and table.calculates(cell.column)
            for table in self.sheet.template.tables
        )

    def _size(self) -> str:
        """The corner cells of what the sheet holds."""
        rows = [number for number, _ in self.sheet.lines.rows()]
        seats = [s.column for s in self.sheet.lines.all_seats()]
        if not rows or not seats:
            return "A1"
        return box((min(rows), max(rows)), (min(seats), max(seats))).text()

    def _comments(self, comments: Comments) -> None:
        from toolkit.office.workbook.comments import CommentWriter  # few sheets have comments

        sheet, output = self.sheet, self.output
        writer = CommentWriter(comments, sheet.grid, sheet.texts, output.follower)
        self._store(comments.part, writer.comments_part())
        self._store(comments.vml_part, writer.vml_part())
        self._store(comments.threads, writer.threads_part(output.package))

    def _others(self) -> None:
        """Pivot tables and form controls."""
        package, grid, follower = self.output.package, self.sheet.grid, self.output.follower
        for name in self.sheet.template.pivots:
            self._store(name, follow_pivot_place(package.tree(self._part(name)), grid))
        for name in self.sheet.template.controls:
            root = package.tree(self._part(name))
            self._store(name, follow_control(root, follower, grid.whole()))


def _set_dimension(root: Element, size: str) -> None:
    item = root.find(q("x:dimension"))
    if item is not None:
        item.set("ref", size)


def _drop_empty(root: Element, tag: str) -> None:
    for item in list(root.iter(q(tag))):
        if not len(item):
            root.remove(item)
