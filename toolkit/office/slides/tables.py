"""Rows and columns of a DrawingML table (a:tbl) that tags repeat or keep.

In: a table. Out: the table with marks around or instead of rows, cells and grid columns, and the
paragraphs still to be done. ``{%tr %}`` in a row of its own makes way with that row; opener and
closer in one row repeat that row; ``{%tc %}`` does the same with cells and their columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from toolkit.finding import Place
from toolkit.office.package.markup import Element, q
from toolkit.office.slides.paragraph import Paragraph
from toolkit.office.tags.blocks import is_closer, is_opener
from toolkit.office.tags.marks import Marks
from toolkit.office.tags.text import Kind, Tag

Mark = Callable[[Marks, Element], None]


def even(tags: Iterable[Tag]) -> bool:
    """Whether the tags close what they open, and open what they close."""
    depth = 0
    for tag in tags:
        depth += is_opener(tag) - is_closer(tag)
        if depth < 0:
            return False
    return not depth


class Cell:
    """A cell, where it is, and its paragraphs."""

    def __init__(self, element: Element, place: Place, paragraphs: list[Paragraph]) -> None:
        self.element = element
        self.place = place
        self.paragraphs = paragraphs

    def tags(self, letter: str) -> list[Tag]:
        """Its tags with this letter, told where they stand."""
        return [tag.at(self.place) for p in self.paragraphs for tag in p.lettered(letter)]

    def take(self, letter: str) -> None:
        """Remove the tags with this letter from its text."""
        self.paragraphs = [p.without(p.lettered(letter)) if p.found else p for p in self.paragraphs]


def mark_table(table: Element, marks: Marks, place: Place) -> Iterator[tuple[Place, Paragraph]]:
    """Put marks where rows and columns repeat; gives the paragraphs left, with their places."""
    gridded = False
    for number, row in enumerate(table.findall(q("a:tr")), 1):
        cells = list(_cells(row, place.at(("row", number))))
        steering = _row_tags(cells)
        if steering and not even(steering):
            marks.replace(row, *(tag.at(tag.place, (id(table), "row")) for tag in steering))
            continue
        columns = _columns(cells, id(row))
        if columns and not gridded:
            _mark_grid(table, columns, marks)
            gridded = True
        for cell, mark in zip(cells, columns, strict=False):
            mark(marks, cell.element)
        around(marks, row, [tag.at(tag.place, (id(table), "row")) for tag in steering])
        for cell in cells:
            if cell.element.getparent() is not None:
                yield from ((cell.place, p) for p in cell.paragraphs)


def _cells(row: Element, place: Place) -> Iterator[Cell]:
    for number, cell in enumerate(row.findall(q("a:tc")), 1):
        paragraphs = [Paragraph(p) for p in cell.iter(q("a:p"))]
        yield Cell(cell, place.at(("cell", number)), paragraphs)


def _row_tags(cells: list[Cell]) -> list[Tag]:
    """The tags that steer a row: lettered ones, or uneven statements that are all there is."""
    lettered = [tag for cell in cells for tag in cell.tags("tr")]
    if lettered:
        for cell in cells:
            cell.take("tr")
        return lettered
    said = [(cell, p) for cell in cells for p in cell.paragraphs if p.text.strip()]
    tags = [tag.at(cell.place) for cell, p in said for tag in p.lone()]
    plain = all(p.lone() for _, p in said)
    statements = all(t.kind is Kind.STATEMENT and not t.letter for t in tags)
    return tags if plain and statements and not even(tags) else []


def _columns(cells: list[Cell], level: int) -> list[Mark]:
    """For each cell what to do with it and with its grid column; nothing where no tag steers."""
    steering = [[t.at(t.place, (level, "cell")) for t in cell.tags("tc")] for cell in cells]
    if not any(steering):
        return []
    for cell in cells:
        cell.take("tc")
    return [_mark(tags) for tags in steering]


def _mark(tags: list[Tag]) -> Mark:
    if tags and not even(tags):
        return lambda marks, element: marks.replace(element, *tags)
    return lambda marks, element: around(marks, element, tags)


def around(marks: Marks, element: Element, tags: list[Tag]) -> None:
    """Put openers before an element and closers after it."""
    for tag in tags:
        if is_closer(tag):
            element.tail = (element.tail or "") + marks.mark(tag)
        else:
            before, tail = marks.mark(tag), element.tail
            marks.before(element, before)
            element.tail = tail


def _mark_grid(table: Element, columns: list[Mark], marks: Marks) -> None:
    """Let the grid follow the first row whose cells repeat."""
    grid = table.findall(q("a:tblGrid") + "/" + q("a:gridCol"))
    for column, mark in zip(grid, columns, strict=False):
        mark(marks, column)
