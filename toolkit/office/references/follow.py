"""The one rewriter: every formula, name, rule and chart range follows the filled sheets.

In: what each sheet and table of the template became. Out: the text of any formula as it must
read from its Spot in the output.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from toolkit.office.record import Record
from toolkit.office.references.areas import Area
from toolkit.office.references.axis import Scope
from toolkit.office.references.calls import AGGREGATES, Use, around, functions, is_argument, uses
from toolkit.office.references.columns import TableReference
from toolkit.office.references.formula import (
    Formula,
    Name,
    Part,
    Reference,
    Sheets,
    formula_text,
    parse_formula,
)
from toolkit.office.references.grid import NOWHERE, Grid, Spot

GONE = "#REF!"
_LINK = r'(?i)(INDIRECT\(\s*"|"#)((?:[^"]|"")*)"'


class SheetCopy(Record):
    """One output sheet: its name and where its template's cells went.

    ``over`` is what the sheet's loop runs over, ``nth`` which of its repetitions this one is.
    """

    name: str
    grid: Grid
    over: str = ""
    nth: int = 0


class TableCopy(Record):
    """One output table: its name, and its columns by template name and by output column.

    ``places`` gives the template column of a template name (casefolded), ``names`` the name of
    an output column.
    """

    name: str
    grid: Grid
    places: Mapping[str, int]
    names: Mapping[int, str]

    def ends(self, reference: TableReference, spot: Spot) -> tuple[str, str] | None:
        """The first and last column a structured reference means now; None when it is gone."""
        own = spot.columns if spot.grid is self.grid else None
        scope = own or self.grid.columns.root
        first, last = self._names(reference.first, scope), self._names(reference.last, scope)
        return (first[0], last[1]) if first and last else None

    def _names(self, name: str, scope: Scope) -> tuple[str, str] | None:
        column = self.places.get(name.casefold())
        if column is None:
            return name, name
        run = self.grid.columns.span(column, scope)
        if run is None or run[0] not in self.names:
            return None
        return self.names[run[0]], self.names[run[1]]


_Copy = TypeVar("_Copy", SheetCopy, TableCopy)


class Follower:
    """Rewrites formulas; ``sheets`` and ``tables`` are keyed by casefolded template name.

    ``looped`` are the sheets that a loop repeats, also where it gave none.
    """

    def __init__(
        self,
        sheets: Mapping[str, Sequence[SheetCopy]],
        tables: Mapping[str, Sequence[TableCopy]],
        looped: Collection[str] = (),
    ) -> None:
        self.sheets = sheets
        self.tables = tables
        self._looped = looped
        self._repeated = any(len(copies) != 1 for copies in sheets.values())
        self._homes = {id(copy.grid): copy for copies in sheets.values() for copy in copies}

    def formula(self, text: str, spot: Spot = NOWHERE) -> str:
        """The formula as it reads now, each of its references for all the cells it means."""
        return formula_text(self.cells(parse_formula(text), spot))

    def cells(self, parts: Formula, spot: Spot = NOWHERE) -> list[Part]:
        """The parts of a formula as they read now, each reference for all the cells it means."""
        moved = [self.part(part, spot) for part in parts]
        if self._repeated:
            self._gather(parts, moved, spot)
        return moved

    def values(self, parts: Formula, spot: Spot) -> tuple[list[Part], bool]:
        """The parts of a formula that gives a value, and whether it now counts with lists.

        A reference to one cell stays one where a single value is wanted. A formula that counts
        with lists must be written as one of arrays.
        """
        wanted = uses(parts)
        one = spot._replace(one=True) if Use.ONE in wanted else spot
        moved = [
            self.part(part, one if use is Use.ONE else spot)
            for part, use in zip(parts, wanted, strict=True)
        ]
        lists = Use.EACH in wanted and any(
            use is Use.EACH and isinstance(part, Reference) and part.area.end is not None
            for part, use in zip(moved, wanted, strict=True)
        )
        if self._repeated:
            self._gather(parts, moved, spot)
        return moved, lists

    def value(self, parts: Formula, spot: Spot) -> str:
        """The text of a formula that gives a value, where Excel counts with lists by itself."""
        return formula_text(self.values(parts, spot)[0])

    def areas(self, text: str, spot: Spot = NOWHERE) -> list[tuple[SheetCopy, Area]]:
        """The output areas a formula names, with their sheets: what a chart draws, in order."""
        found: list[tuple[SheetCopy, Area]] = []
        for part in parse_formula(text):
            copies = self._copies(part, spot) if isinstance(part, Reference) else ()
            for copy in copies[:1]:
                area = copy.grid.area(part.area, spot) if isinstance(part, Reference) else None
                found += [(copy, area)] if area else []
        return found

    def part(self, part: Part, spot: Spot) -> Part:
        """One part of a formula as it reads now."""
        if isinstance(part, Reference):
            return self._reference(part, spot)
        if isinstance(part, str):
            return self._links(part, spot) if '"' in part else part
        if isinstance(part, TableReference):
            return self._structured(part, spot)
        if isinstance(part, Sheets):
            return self._sheets(part, spot) or GONE
        table = self._of(self.tables.get(part.name.casefold(), ()), spot)
        return Name(table.name) if table else part

    def _gather(self, parts: Formula, moved: list[Part], spot: Spot) -> None:
        """Arguments of aggregates that lie on repeated sheets: the place on every copy."""
        for index, (part, function) in enumerate(zip(parts, functions(parts), strict=True)):
            if not isinstance(part, Reference) or function not in AGGREGATES:
                continue
            copies = self._copies(part, spot)
            if len(copies) == 1 or not is_argument(*around(parts, index)):
                continue
            if not copies and function == "SUM" and self._is_looped(part):
                moved[index] = "0"
            elif copies:
                areas = [(copy, copy.grid.area(part.area)) for copy in copies]
                moved[index] = ",".join(
                    Reference(area, Sheets(copy.name)).text() for copy, area in areas if area
                )

    def _is_looped(self, part: Reference) -> bool:
        return part.sheets is not None and part.sheets.first.casefold() in self._looped

    def _reference(self, part: Reference, spot: Spot) -> Part:
        copies = self._copies(part, spot)
        if not copies:
            known = part.sheets and part.sheets.first.casefold() in self.sheets
            return GONE if known else part
        area = copies[0].grid.area(part.area, spot)
        if area is None:
            return GONE
        sheets = self._sheets(part.sheets, spot) if part.sheets else None
        if area is part.area and (sheets is None or sheets is part.sheets):
            return part
        return Reference(area, sheets)

    def grid(self, part: Reference, spot: Spot) -> Grid | None:
        """The sheet a reference means; None where it is none of the workbook's."""
        copies = self._copies(part, spot)
        return copies[0].grid if copies else None

    def _copies(self, part: Reference, spot: Spot) -> Sequence[SheetCopy]:
        if part.sheets is None:
            return (SheetCopy("", spot.grid),) if spot.grid else ()
        copies = self.sheets.get(part.sheets.first.casefold(), ())
        near = self._near(copies, spot)
        return (near,) if near else copies

    def _near(self, copies: Sequence[_Copy], spot: Spot) -> _Copy | None:
        """The copy on the spot's own sheet, or on the one of the same number as the spot's loop."""
        own = next((copy for copy in copies if copy.grid is spot.grid), None)
        if own or len(copies) < 2:
            return own
        nth = self._nth(self._homes[id(copies[0].grid)].over, spot)
        return next((copy for copy in copies if self._homes[id(copy.grid)].nth == nth), None)

    def _nth(self, over: str, spot: Spot) -> int | None:
        """In which repetition of a loop over this a spot stands: of its sheet, row or column."""
        home = self._homes.get(id(spot.grid))
        if over and home and home.over == over:
            return home.nth
        scopes = [scope.alike(over) for scope in (spot.rows, spot.columns) if scope]
        return next((scope.nth for scope in scopes if scope), None)

    def _of(self, copies: Sequence[_Copy], spot: Spot) -> _Copy | None:
        """The copy that goes with a spot, else the first."""
        return self._near(copies, spot) or (copies[0] if copies else None)

    def _sheets(self, sheets: Sheets, spot: Spot) -> Sheets | None:
        """The sheet name as it is now; None when no copy of the sheet is left."""
        if sheets.first.casefold() not in self.sheets:
            return sheets
        first = self._of(self.sheets[sheets.first.casefold()], spot)
        far = self.sheets.get(sheets.last.casefold(), ())
        last = far[-1].name if far else ""
        if first is None or (sheets.last and not last):
            return None
        same = first.name == sheets.first and last == sheets.last
        return sheets if same else Sheets(first.name, last)

    def _structured(self, part: TableReference, spot: Spot) -> Part:
        copies = self.tables.get(part.table.casefold())
        if copies is None:
            return part
        table = self._of(copies, spot)
        if table is None:
            return GONE
        ends = table.ends(part, spot)
        if ends is None:
            return GONE
        if table.name == part.table and ends == (part.first, part.last):
            return part
        return TableReference(table.name, part.items, *ends)

    def _links(self, text: str, spot: Spot) -> str:
        """Places written as text: what INDIRECT reads, and ``"#Risks!A1"``, a jump."""

        def followed(found: re.Match[str]) -> str:
            place = self.formula(found[2].replace('""', '"'), spot).replace('"', '""')
            return found[0] if GONE in place else f'{found[1]}{place}"'

        return re.sub(_LINK, followed, text)
