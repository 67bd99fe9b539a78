"""Which sheets a fill cannot change: they keep the bytes they have.

In: the sheets of a template, and for one fill what the others became. Out: whether a sheet without
tags, labels or repetitions refers only to what stayed where it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from toolkit.office.record import Record
from toolkit.office.references.columns import TableReference
from toolkit.office.references.follow import SheetCopy, TableCopy
from toolkit.office.references.formula import Name, Part, Reference, Sheets, parse_formula
from toolkit.office.workbook.template import SheetTemplate

_FORMULAS = ("{*}formula", "{*}formula1", "{*}formula2", "{*}f")


class Links(Record):
    """What a sheet refers to: names of sheets (casefolded), and whether tables or names too.

    ``shown`` are the sheets whose values its charts show.
    """

    sheets: frozenset[str]
    shown: frozenset[str]
    tables: bool


def links_of(sheet: SheetTemplate) -> Links | None:
    """What a quiet sheet refers to; None where tags, labels or repetitions touch the sheet."""
    if sheet.touched or sheet.items or sheet.structure.removed or sheet.structure.bands:
        return None
    if any(cell.stale for cell in sheet.formulas):
        return None
    parts = list(_parts(sheet))
    own = sheet.name.casefold()
    named = {part.sheets.first.casefold() for part in parts
             if isinstance(part, Reference) and part.sheets}  # fmt: skip
    named |= {part.first.casefold() for part in parts if isinstance(part, Sheets)}
    tables = any(isinstance(part, TableReference | Name) for part in parts)
    charts = {
        part.sheets.first.casefold()
        for part in _chart_parts(sheet)
        if isinstance(part, Reference) and part.sheets
    }
    return Links(frozenset(named | charts | {own}), frozenset(charts), tables)


def _parts(sheet: SheetTemplate) -> Iterator[Part]:
    for cell in sheet.formulas:
        yield from cell.formula.parts if cell.formula else ()
    for item in sheet.shell.iter(*_FORMULAS):
        yield from parse_formula(item.text or "")
    for item in sheet.shell.iter("{*}hyperlink"):
        yield from parse_formula(item.get("location", ""))
    for table in sheet.tables:
        for item in table.root.iter("{*}calculatedColumnFormula", "{*}totalsRowFormula"):
            yield from parse_formula(item.text or "")


def _chart_parts(sheet: SheetTemplate) -> Iterator[Part]:
    anchors = sheet.drawing.anchors if sheet.drawing else ()
    for chart in (chart for anchor in anchors for chart in anchor.charts.values()):
        for item in chart.root.iter("{*}f"):
            yield from parse_formula(item.text or "")


def is_steady(
    links: Links | None,
    sheets: Mapping[str, Iterable[SheetCopy]],
    tables: Mapping[str, Iterable[TableCopy]],
    filled: frozenset[str],
) -> bool:
    """Whether nothing a quiet sheet refers to moved or was renamed, or is shown and was filled."""
    if links is None or links.shown & filled:
        return False
    if not all(_stayed(name, list(sheets.get(name, ()))) for name in links.sheets):
        return False
    return not links.tables or all(_same(name, list(found)) for name, found in tables.items())


def _stayed(name: str, copies: list[SheetCopy]) -> bool:
    return len(copies) == 1 and copies[0].grid.plain and copies[0].name.casefold() == name


def _same(name: str, copies: list[TableCopy]) -> bool:
    if len(copies) != 1 or copies[0].name.casefold() != name:
        return False
    copy = copies[0]
    return copy.grid.columns.plain and all(
        copy.names.get(column, "").casefold() == text for text, column in copy.places.items()
    )
