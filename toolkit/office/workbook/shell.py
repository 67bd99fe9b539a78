"""What stands round the rows of a sheet: everything in it that lies on cells, moved along.

In: a copy of a template sheet's tree without its rows. Out: the same tree with merged cells,
links, breaks, views, ranges, columns and rules where the filled sheet wants them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy

from toolkit.office.package.markup import Element, parent, q
from toolkit.office.references.areas import Area, End, areas_text, box, parse_area, parse_areas
from toolkit.office.references.follow import GONE, Follower
from toolkit.office.references.grid import Grid, Spot
from toolkit.office.workbook.rules import follow_rules

_SQREF = ("x:protectedRange", "x:ignoredError")
_CORNER = ("xdr:col", "xdr:row")
_CELLS = (("x:sheetView", "topLeftCell"), ("x:pane", "topLeftCell"), ("x:selection", "activeCell"))
_AREAS = (("x:autoFilter", "ref"), ("x:sortState", "ref"), ("x:sortCondition", "ref"),
          ("x:cellWatch", "r"), ("x:inputCells", "r"), ("x:dataRef", "ref"))  # fmt: skip

Copy = Callable[[int, Element, Spot], None]  # number of the element in the tree, its copy, where


def follow_shell(root: Element, grid: Grid, follower: Follower, copied: Copy) -> None:
    """Move everything; ``copied`` is told of each hyperlink and the spot it now stands at."""
    numbers = {item: number for number, item in enumerate(root.iter())}
    if not grid.plain:
        _follow_panes(root, grid)
        _follow_cells(root, grid)
        _follow_anchors(root, grid)
        _spread_lists(root, grid)
        _follow_breaks(root, grid)
        _follow_columns(root, grid)
        _follow_merges(root, grid)
    _follow_links(root, (grid, follower), numbers, copied)
    follow_rules(root, grid, follower)


def _follow_panes(root: Element, grid: Grid) -> None:
    """Frozen panes: as many rows and columns as the frozen ones became."""
    for pane in root.iter(q("x:pane")):
        if not pane.get("state", "").startswith("frozen"):
            continue
        for name, axis in (("ySplit", grid.rows), ("xSplit", grid.columns)):
            size = int(float(pane.get(name, "0")))
            runs = axis.runs((1, size), axis.root) if size else []
            if runs:
                pane.set(name, str(runs[-1][1]))


def _follow_anchors(root: Element, grid: Grid) -> None:
    """Controls and embedded objects: both corners move with the upper left one."""
    for anchor in root.iter(q("x:anchor")):
        column, row = (int(anchor.findtext(f".//{q(name)}") or 0) for name in _CORNER)
        moved = grid.spread(box((row + 1,) * 2, (column + 1,) * 2))
        if not moved:
            continue
        steps = (moved[0].start.column - column - 1, moved[0].start.row - row - 1)
        for name, step in zip(_CORNER, steps, strict=True):
            for number in anchor.iter(q(name)):
                number.text = str(int(number.text or 0) + step)


def _follow_cells(root: Element, grid: Grid) -> None:
    for tag, name in _CELLS:
        for item in root.iter(q(tag)):
            area = parse_area(item.get(name, ""))
            moved = grid.spread(area) if area else []
            if area:
                item.set(name, _shown(item, moved[0].start if moved else area.start).text())
    for tag, name in _AREAS:
        for item in list(root.iter(q(tag))):
            area = parse_area(item.get(name, ""))
            moved_area = grid.area(area) if area else None
            if moved_area:
                item.set(name, moved_area.text())
            elif area:
                parent(item).remove(item)


def _shown(item: Element, corner: End) -> End:
    """The first cell a view shows; below a frozen pane, none of those that are frozen."""
    if item.tag != q("x:pane") or not item.get("state", "").startswith("frozen"):
        return corner
    rows, columns = (int(float(item.get(name, "0"))) for name in ("ySplit", "xSplit"))
    return End(max(corner.column, columns + 1), max(corner.row, rows + 1))


def _spread_lists(root: Element, grid: Grid) -> None:
    for tag in _SQREF:
        for item in list(root.iter(q(tag))):
            areas = spread(grid, item.get("sqref", ""))
            if areas:
                item.set("sqref", areas_text(areas))
            else:
                remove(item)
    for item in root.iter(q("x:selection")):
        areas = spread(grid, item.get("sqref", "A1"))
        active = parse_area(item.get("activeCell", "A1"))
        if not active or not any(_inside(active, area) for area in areas):
            item.set("sqref", item.get("activeCell", "A1"))
        else:
            item.set("sqref", areas_text(areas))


def spread(grid: Grid, sqref: str) -> list[Area]:
    """Every area that the areas of a list became."""
    return [moved for area in parse_areas(sqref) for moved in grid.spread(area)]


def _inside(cell: Area, area: Area) -> bool:
    row, column = cell.start.row, cell.start.column
    return area.rows[0] <= row <= area.rows[1] and area.columns[0] <= column <= area.columns[1]


def remove(item: Element) -> None:
    """Take an element out, and its holder where that is left empty."""
    holder = parent(item)
    holder.remove(item)
    if not len(holder) and holder.getparent() is not None:
        parent(holder).remove(holder)


def _follow_breaks(root: Element, grid: Grid) -> None:
    for tag, axis in (("x:rowBreaks", grid.rows), ("x:colBreaks", grid.columns)):
        for holder in list(root.iter(q(tag))):
            for item in list(holder):
                line = int(item.get("id", "0"))
                runs = axis.runs((line, line), axis.root)
                for number in [n for first, last in runs for n in range(first, last + 1)]:
                    twin = deepcopy(item)
                    twin.set("id", str(number))
                    item.addprevious(twin)
                holder.remove(item)
            _count_breaks(holder)


def _count_breaks(holder: Element) -> None:
    if not len(holder):
        parent(holder).remove(holder)
        return
    holder.set("count", str(len(holder)))
    holder.set("manualBreakCount", str(sum(item.get("man") == "1" for item in holder)))


def _follow_columns(root: Element, grid: Grid) -> None:
    """Widths and outline levels of columns, one x:col for each run of equal ones."""
    holder = root.find(q("x:cols"))
    if holder is None or grid.columns.plain:
        return
    found: list[tuple[int, int, Element]] = []
    for item in list(holder):
        lines = (int(item.get("min", "1")), int(item.get("max", "1")))
        for first, last in grid.columns.runs(lines, grid.columns.root):
            found.append((first, min(last, 16_384), item))
        holder.remove(item)
    for first, last, item in sorted(found, key=lambda column: column[0]):
        twin = deepcopy(item)
        twin.set("min", str(first))
        twin.set("max", str(last))
        holder.append(twin)
    if not len(holder):
        root.remove(holder)


def _follow_merges(root: Element, grid: Grid) -> None:
    for item in list(root.iter(q("x:mergeCell"))):
        for area, _ in placed(grid, item.get("ref", "")):
            if area.end is not None and area.start.text() != area.end.text():
                twin = deepcopy(item)
                twin.set("ref", area.text())
                item.addprevious(twin)
        holder = parent(item)
        remove(item)
        if len(holder):
            holder.set("count", str(len(holder)))


def placed(grid: Grid, ref: str) -> Iterator[tuple[Area, Spot]]:
    """The areas something lying on ``ref`` lies on now, one for each repetition."""
    area = parse_area(ref)
    if area is None:
        return
    for spot in grid.copies(area):
        moved = grid.area(area, spot)
        if moved:
            yield moved, spot


def _follow_links(
    root: Element, where: tuple[Grid, Follower], numbers: dict[Element, int], copied: Copy
) -> None:
    grid, follower = where
    for item in list(root.iter(q("x:hyperlink"))):
        for area, spot in placed(grid, item.get("ref", "")):
            twin = deepcopy(item)
            twin.set("ref", area.text())
            item.addprevious(twin)
            location = follower.formula(twin.get("location", ""), spot)
            if location and GONE not in location:
                twin.set("location", location)
            copied(numbers[item], twin, spot)
        remove(item)
