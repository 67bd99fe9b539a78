"""What a sheet of a template is once it is read: compiling makes it, every fill reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.office.package.markup import Element
    from toolkit.office.workbook.attached import Attached
    from toolkit.office.workbook.cells import Cell, Row
    from toolkit.office.workbook.comments import Comments
    from toolkit.office.workbook.drawings import Drawing
    from toolkit.office.workbook.marks import Strip, Structure
    from toolkit.office.workbook.slots import Slot
    from toolkit.office.workbook.tables import Table
    from toolkit.office.workbook.texts import TextPlace


class SheetTemplate:
    """One sheet of the template. ``shell`` is its tree without rows.

    ``touched`` says that labels or the language were put into it or its parts; ``over`` is what
    the sheet's own loop runs over.
    """

    def __init__(
        self, part: str, name: str, shell: Element, rows: dict[int, Row], structure: Structure
    ) -> None:
        self.part = part
        self.name = name
        self.shell = shell
        self.rows = rows
        self.structure = structure
        self.name_slot: Slot | None = None
        self.new_name = self.over = ""
        self.texts: list[TextPlace] = []
        self.links: dict[int, Attached] = {}
        self.comments: Comments | None = None
        self.drawing: Drawing | None = None
        self.tables: list[Table] = []
        self.still: list[Strip] = []
        self.pivots: list[str] = []
        self.controls: list[str] = []
        self.touched = False

    @property
    def items(self) -> list[object]:
        """The sheet's part of the workbook's Stream, without its own mark."""
        slots = [place.slot for place in self.texts]
        slots += [self.name_slot] if self.name_slot else []
        still = [a for a in self.drawing.anchors if a.still] if self.drawing else []
        slots += [slot for anchor in still for _, slot in anchor.slots]
        return [item for slot in slots for item in slot.items] + self.structure.items

    @property
    def formulas(self) -> list[Cell]:
        """The cells with formulas."""
        return [c for row in self.rows.values() for c in row.cells.values() if c.formula]

    @property
    def parts(self) -> list[str]:
        """The names of the parts that were read for it."""
        drawing, comments = self.drawing, self.comments
        names = [self.part, *(table.part for table in self.tables)]
        names += [comments.part] if comments else []
        if drawing:
            charts = (chart.part for a in drawing.anchors for chart in a.charts.values())
            names += [drawing.part, *charts]
        return names
