"""What writing an output workbook needs: the package, the rewriter, the cells' values.

In: one fill. Out: what the writers of sheets, drawings, tables and names share.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from toolkit.office.package.package import Package
from toolkit.office.record import Record
from toolkit.office.references.areas import Area
from toolkit.office.references.follow import Follower, SheetCopy
from toolkit.office.run import Run

CellValue = str | float | None
ReadCells = Callable[[SheetCopy, Area], Sequence[CellValue]]  # row by row


class Output(Record):
    """One output workbook being written.

    ``read_cells`` gives what the cells of an output area show: text, a number, or None each.
    """

    package: Package
    run: Run
    follower: Follower
    read_cells: ReadCells
