"""Bands that came out empty but are referred to: they keep one blank row (or column).

In: everything in the template that refers to cells. Out: the references that could lose all they
refer to; and, for one fill, the blank lines that keep them alive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from toolkit.office.record import Record
from toolkit.office.references.areas import Area, box
from toolkit.office.references.axis import Axis, Band, Run, Scope
from toolkit.office.references.calls import Use, uses
from toolkit.office.references.formula import Reference, parse_formula
from toolkit.office.references.grid import Grid, Spot
from toolkit.office.workbook.rules import rule_formulas
from toolkit.office.workbook.template import SheetTemplate

Keep = Callable[[Band, Scope], None]


class Need(Record):
    """An area of ``sheet`` that must not vanish, seen from a cell of ``host`` (or from none).

    ``one``: a single cell of it is wanted.
    """

    sheet: SheetTemplate
    area: Area
    host: SheetTemplate | None = None
    cell: tuple[int, int] = (0, 0)
    one: bool = False


def needs(
    sheets: Sequence[SheetTemplate], texts: Iterable[str], areas: Iterable[tuple[str, Area]]
) -> list[Need]:
    """The references into repeating lines: of cells, of ``texts`` (formulas), and ``areas``."""
    known = {sheet.name.casefold(): sheet for sheet in sheets}
    found: list[Need] = []
    for host in sheets:
        for cell in host.formulas:
            parts = cell.formula.parts if cell.formula else ()
            for part, use in zip(parts, uses(parts), strict=True):
                for sheet, area in _references([part], known, host):
                    where = (cell.row, cell.column)
                    found.append(Need(sheet, area, host, where, use is Use.ONE))
        found += [Need(host, table.body) for table in host.tables]
        found += _rule_needs(host, known)
    for text in texts:
        found += [Need(s, area) for s, area in _references(parse_formula(text), known, None)]
    found += [
        Need(known[name.casefold()], area) for name, area in areas if name.casefold() in known
    ]
    return [need for need in found if _at_risk(need)]


def _rule_needs(host: SheetTemplate, known: dict[str, SheetTemplate]) -> Iterator[Need]:
    """What rules refer to; one that lies on repeating lines only goes when those go."""
    for areas, text in rule_formulas(host.shell):
        stays = not all(_at_risk(Need(host, area)) for area in areas)
        for sheet, area in _references(parse_formula(text), known, host):
            if stays or sheet is not host:
                yield Need(sheet, area)


def _references(
    parts: Iterable[object], known: dict[str, SheetTemplate], host: SheetTemplate | None
) -> Iterator[tuple[SheetTemplate, Area]]:
    for part in parts:
        if isinstance(part, Reference):
            sheet = known.get(part.sheets.first.casefold()) if part.sheets else host
            if sheet:
                yield sheet, part.area


def _at_risk(need: Need) -> bool:
    """Whether all rows, or all columns, of an area lie in bands."""
    structure = need.sheet.structure
    loops = [loop.band for loop in structure.loops]
    return _covered(need.area.rows, structure.bands, structure.removed) or _covered(
        need.area.columns, loops, set()
    )


def _covered(lines: Run, bands: Sequence[Band], removed: set[int]) -> bool:
    line = lines[0]
    while line <= lines[1]:
        ends = [band.last for band in bands if band.first <= line <= band.last]
        if not ends and line not in removed:
            return False
        line = max([line, *ends]) + 1
    return True


def revive(need: Need, grid: Grid, hosts: Sequence[Grid], keep: Keep) -> bool:
    """Keep a line for a reference that would have nothing left; whether any was kept."""
    for spot in _spots(need, grid, hosts):
        if grid.area(need.area, spot) is not None:
            continue
        inside = spot if spot.grid is grid else grid.whole()
        rows = _Bare(grid.rows, inside.rows, need.one)
        columns = _Bare(grid.columns, inside.columns, need.one)
        dead = rows.dead(need.area.rows, need.area.columns[0])
        dead = dead or columns.dead(need.area.columns, None)
        if dead:
            keep(*dead)
            return True
    return False


def _spots(need: Need, grid: Grid, hosts: Sequence[Grid]) -> Iterator[Spot]:
    """From where the reference is seen: each copy of its cell, or the sheet itself."""
    if need.host is None:
        yield grid.whole()
    for host in hosts:
        row, column = need.cell
        for spot in host.copies(box((row, row), (column, column))):
            yield spot._replace(one=need.one)


class _Bare(Record):
    """A look along an axis for bands that have nothing to refer to."""

    axis: Axis
    host: Scope | None
    one: bool

    def dead(self, lines: Run, cross: int | None) -> tuple[Band, Scope] | None:
        """The first band of a run of lines that has no repetition, and the scope without it."""
        for line in range(lines[0], lines[1] + 1):
            scope = self.axis.root
            for band in self.axis.chain(line, cross):
                own = (self.host or self.axis.root).within(band)
                if not scope.extent(band):
                    return band, scope
                if own is None and not (band.beside or self.one):
                    break
                scope = own or scope.bands[band][0]
        return None
