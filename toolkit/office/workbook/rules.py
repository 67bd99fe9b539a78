"""Rules laid over cells: conditional formats, data validations, sparklines, old kind and x14.

In: a copy of a sheet's tree. Out: the same tree, each rule on every cell its cells became, its
formulas read from the first of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from toolkit.office.package.markup import Element, parent, q
from toolkit.office.references.areas import Area, areas_text, parse_areas
from toolkit.office.references.axis import Axis, Run, Scope
from toolkit.office.references.follow import Follower
from toolkit.office.references.formula import Formula, formula_text, moved_formula, parse_formula
from toolkit.office.references.grid import Grid, Spot

_HOLDERS = ("x:conditionalFormatting", "x:dataValidation")
_HOLDERS_14 = ("x14:conditionalFormatting", "x14:dataValidation")
_FORMULAS = ("x:formula", "x:formula1", "x:formula2", "xm:f")
_COUNTED = ("x:dataValidations", "x14:dataValidations")


def follow_rules(root: Element, grid: Grid, follower: Follower) -> None:
    """Move all rules of a sheet."""
    for item in list(root.iter(*map(q, _HOLDERS))):
        areas = _follow(item, item.get("sqref", ""), grid, follower)
        item.set("sqref", areas_text(areas))
        if not areas:
            _drop(item)
    for item in list(root.iter(*map(q, _HOLDERS_14))):
        _follow_14(item, grid, follower)
    for group in root.iter(q("x14:sparklineGroup")):
        for dates in group.findall(q("xm:f")):
            dates.text = follower.formula(dates.text or "", grid.whole())
    for item in list(root.iter(q("x14:sparkline"))):
        _follow_sparkline(item, grid, follower)
    _count(root)


def _count(root: Element) -> None:
    """Count the validations; a list of none, which Excel repairs, goes, whoever left it."""
    for holder in list(root.iter(*map(q, _COUNTED))):
        holder.set("count", str(len(holder)))
        if not len(holder):
            _drop(holder)


def rule_formulas(root: Element) -> Iterator[tuple[list[Area], str]]:
    """Where each rule of a sheet lies, and each formula of it."""
    for item in root.iter(*map(q, (*_HOLDERS, *_HOLDERS_14))):
        areas = parse_areas(item.get("sqref") or item.findtext(q("xm:sqref")) or "")
        for holder in item.iter(*map(q, _FORMULAS)):
            yield areas, holder.text or ""


def _follow_14(item: Element, grid: Grid, follower: Follower) -> None:
    """A rule of Excel 2010, whose cells stand in an element."""
    place = item.find(q("xm:sqref"))
    if place is None:
        return
    areas = _follow(item, place.text or "", grid, follower)
    place.text = areas_text(areas)
    if not areas:
        _drop(item)


def _follow(item: Element, sqref: str, grid: Grid, follower: Follower) -> list[Area]:
    """Where a rule lies now; its formulas are rewritten as seen from there."""
    before = parse_areas(sqref)
    spot, moved = first_spot(grid, before) if before else (grid.whole(), (0, 0))
    cells = item.get("type") == "list"  # a drop-down's entries: all the cells there are
    for tag in _FORMULAS:
        for holder in item.iter(q(tag)):
            parts = _parts(holder.text or "", moved)
            holder.text = (
                formula_text(follower.cells(parts, spot)) if cells else follower.value(parts, spot)
            )
    for value in item.iter(q("x:cfvo")):
        text = value.get("val", "")
        if text and not _is_number(text):
            value.set("val", follower.value(_parts(text, moved), spot))
    return [area for old in before for area in grid.spread(old)]


def _parts(text: str, moved: tuple[int, int]) -> Formula:
    parts = parse_formula(text)
    return moved_formula(parts, *moved) if any(moved) else parts


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


def first_spot(grid: Grid, areas: Sequence[Area]) -> tuple[Spot, tuple[int, int]]:
    """The spot of the first cell left of a rule, and how far from its old first cell it lies.

    Where all the rule's cells repeat together the spot is pinned: what its formulas say of cells
    outside the band must hold for every repetition.
    """
    area = areas[0]
    row, rows, own_rows = _first_line(grid.rows, area.rows, area.columns[0])
    column, columns, own_columns = _first_line(grid.columns, area.columns, None)
    moved = (row - area.rows[0], column - area.columns[0])
    pinned = own_rows and own_columns and len(areas) == 1
    return Spot(grid, rows, columns, row, column, pinned), moved


def _first_line(axis: Axis, lines: Run, cross: int | None) -> tuple[int, Scope, bool]:
    """The first line of a run that is left, its first scope, and whether the run repeats whole."""
    line = lines[0]
    while line <= lines[1] and axis.first_line(line, cross) is None:
        line += 1
        if line - lines[0] > _far(axis):
            break
    if line > lines[1] or axis.first_line(line, cross) is None:
        return lines[0], axis.root, True
    scopes = axis.copies((line, line), cross)
    scope = next((s for s in scopes if line in s.lines), axis.root)
    whole = scope.band is None or scope.band in axis.chain(lines[1], cross)
    return line, scope, whole


def _far(axis: Axis) -> int:
    return max((band.last - band.first + 1 for band in axis.bands), default=0) * len(axis.bands) + 1


def _follow_sparkline(item: Element, grid: Grid, follower: Follower) -> None:
    """A sparkline shows its own range in its own cell: one for each repetition."""
    place = item.find(q("xm:sqref"))
    areas = parse_areas((place.text or "") if place is not None else "")
    for area in areas:
        for spot in grid.copies(area):
            moved = grid.area(area, spot)
            twin = deepcopy(item)
            where, shown = twin.find(q("xm:sqref")), twin.find(q("xm:f"))
            if moved is None or where is None:
                continue
            where.text = moved.text()
            if shown is not None:
                shown.text = follower.formula(shown.text or "", spot)
            item.addprevious(twin)
    _drop(item)


def _drop(item: Element) -> None:
    """Take a rule out, with each holder that is left empty, up to the sheet."""
    holder = parent(item)
    holder.remove(item)
    while not len(holder) and holder.getparent() is not None and holder.tag != q("x:worksheet"):
        item, holder = holder, parent(holder)
        holder.remove(item)
