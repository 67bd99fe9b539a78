"""What writing an output workbook needs: the package, the rewriter, the cells' values.

In: one fill. Out: what the writers of sheets, drawings, tables and names share.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from toolkit.office.package import Package
from toolkit.office.references.follow import Follower, SheetCopy
from toolkit.office.run import Run

CellValue = str | float | None


class Output(NamedTuple):
    """One output workbook being written.

    ``read_cell`` gives what an output cell shows: text, a number, or None.
    """

    package: Package
    run: Run
    follower: Follower
    read_cell: Callable[[SheetCopy, int, int], CellValue]
