"""An output sheet as parts: the sheet itself and everything that is its own.

In: an output sheet with everything in its place. Out: its parts, written into the package.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from toolkit.office.markup import Element, q, serialise
from toolkit.office.references.areas import box
from toolkit.office.workbook.cells import Cell
from toolkit.office.workbook.comments import CommentWriter
from toolkit.office.workbook.drawings import DrawingWriter
from toolkit.office.workbook.emit import RowWriter
from toolkit.office.workbook.filling import OutSheet
from toolkit.office.workbook.links import settle_link
from toolkit.office.workbook.output import Output
from toolkit.office.workbook.pivots import follow_control, follow_pivot_place
from toolkit.office.workbook.shell import follow_shell
from toolkit.office.workbook.texts import write_texts
from toolkit.office.workbook.values import CellWriter

_ROWS = b"<sheetData/>"


@dataclass(frozen=True, eq=False)
class SheetWriter:
    """Writes one output sheet into ``part``."""

    sheet: OutSheet
    part: str
    output: Output
    cells: CellWriter

    def write(self) -> None:
        """All parts of the sheet."""
        package, template = self.output.package, self.sheet.template
        tables = package.related(self.part, "table")
        for name, writer in zip(tables, self.sheet.tables, strict=False):
            package.write(name, writer.part(self.output.follower))
        package.write(self.part, self._sheet())
        if template.comments:
            self._comments()
        drawings = package.related(self.part, "drawing")
        if template.drawing and drawings:
            DrawingWriter(
                template.drawing, drawings[0], self.sheet.grid, self.sheet.texts, self.output
            ).write()
        self._others()

    def _sheet(self) -> bytes:
        sheet, follower = self.sheet, self.output.follower
        root = deepcopy(sheet.template.shell)
        write_texts(root, sheet.template.texts, sheet.pieces.values)
        follow_shell(root, sheet.grid, follower, self._link)
        for item in list(root.iter("{*}hyperlink")):
            settle_link(item, self.output.package, self.part)
        _drop_empty(root, "x:hyperlinks")
        rows = RowWriter(follower, self.cells, self._keeps_formula).data(sheet.lines)
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

    def _comments(self) -> None:
        package, sheet = self.output.package, self.sheet
        comments = sheet.template.comments
        if comments is None:
            return
        writer = CommentWriter(comments, sheet.grid, sheet.texts, self.output.follower)
        written = {
            "comments": writer.comments_part(),
            "vmlDrawing": writer.vml_part(),
            "threadedComment": writer.threads_part(package),
        }
        for word, data in written.items():
            names = package.related(self.part, word)
            if names and data is not None:
                package.write(names[0], data)

    def _others(self) -> None:
        """Pivot tables and form controls."""
        package, grid = self.output.package, self.sheet.grid
        for name in package.related(self.part, "pivotTable"):
            package.write(name, follow_pivot_place(package.tree(name), grid))
        for name in package.related(self.part, "ctrlProp"):
            spot = grid.whole()
            package.write(name, follow_control(package.tree(name), self.output.follower, spot))


def _set_dimension(root: Element, size: str) -> None:
    item = root.find(q("x:dimension"))
    if item is not None:
        item.set("ref", size)


def _drop_empty(root: Element, tag: str) -> None:
    for item in list(root.iter(q(tag))):
        if not len(item):
            root.remove(item)
