"""Pivot tables and form controls: parts beside the sheets that name cells.

In: a filled workbook's package. Out: pivot sources, pivot places and controls following the cells.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from copy import deepcopy

from toolkit.office.package.markup import Element, q, serialise
from toolkit.office.package.package import Package
from toolkit.office.references.areas import Area, parse_area
from toolkit.office.references.follow import Follower
from toolkit.office.references.grid import Grid, Spot

_CONTROL = ("fmlaLink", "fmlaRange", "fmlaTxbx", "fmlaGroup", "fmlaPict")


def pivot_caches(package: Package) -> dict[str, Element]:
    """The pivot caches of a workbook by part name."""
    names = package.related(package.main, "pivotCacheDefinition")
    return {name: package.tree(name) for name in names if name in package}


def pivot_areas(package: Package) -> Iterator[tuple[str, Area]]:
    """The cells that pivot tables count: sheet name and area."""
    for source in (s for root in pivot_caches(package).values() for s in _sources(root)):
        area = parse_area(source.get("ref", ""))
        if area and source.get("sheet"):
            yield source.get("sheet", ""), area


def follow_pivots(
    package: Package,
    caches: Mapping[str, Element],
    follower: Follower,
    steady: Container[str],
) -> None:
    """Let pivot caches count the cells as they are now, and be refreshed when opened.

    What counts the cells of a sheet that nothing changed, one of ``steady``, stays as it is.
    """
    for name, before in caches.items():
        if all(source.get("sheet") in steady for source in _sources(before)):
            continue
        root = deepcopy(before)
        for source in _sources(root):
            _follow_source(source, follower)
            root.set("refreshOnLoad", "1")
        package.write(name, serialise(root))


def _sources(root: Element) -> list[Element]:
    return list(root.iter(q("x:worksheetSource")))


def _follow_source(source: Element, follower: Follower) -> None:
    copies = follower.sheets.get(source.get("sheet", "").casefold(), ())
    area = parse_area(source.get("ref", ""))
    if copies and area:
        moved = copies[0].grid.area(area)
        source.set("sheet", copies[0].name)
        source.set("ref", moved.text() if moved else area.text())
    tables = follower.tables.get(source.get("name", "").casefold(), ())
    if tables:
        source.set("name", tables[0].name)


def follow_pivot_place(root: Element, grid: Grid) -> bytes | None:
    """A pivot table of a sheet, moved with the cells it stands on; None where it stays."""
    if grid.plain:
        return None
    root = deepcopy(root)
    for item in root.iter(q("x:location")):
        area = parse_area(item.get("ref", ""))
        moved = grid.spread(area) if area else []
        if area and moved:
            rows = moved[0].start.row - area.start.row
            columns = moved[0].start.column - area.start.column
            item.set("ref", (area.moved(rows, columns) or area).text())
    return serialise(root)


def follow_control(root: Element, follower: Follower, spot: Spot) -> bytes | None:
    """A form control's properties, its linked cells followed; None where nothing changed."""
    before, root = root, deepcopy(root)
    for name in _CONTROL:
        text = root.get(name)
        if text:
            root.set(name, follower.formula(text, spot))
    same = all(root.get(name) == before.get(name) for name in _CONTROL)
    return None if same else serialise(root)
