"""Drawings of a sheet: pictures, shapes and charts anchored to cells.

In: the drawing part of a template sheet. Out: the part again, each anchor at its cells; what
lies inside one repetition of a loop repeats with it, and keeps its size.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from toolkit.finding import Step
from toolkit.office.package.markup import Element, parent, q, serialise
from toolkit.office.record import Record
from toolkit.office.references.areas import Area, box
from toolkit.office.references.grid import Grid, Spot
from toolkit.office.slides.parts import numbered, owned, remove_parts, remove_unwanted
from toolkit.office.tags.text import Tag
from toolkit.office.values import Picture, QrCode
from toolkit.office.workbook.attached import Attached, Texts
from toolkit.office.workbook.chartrefs import ChartTemplate, follow_chart
from toolkit.office.workbook.fill import Filled
from toolkit.office.workbook.output import Output
from toolkit.office.workbook.slots import Drawn, Slot
from toolkit.office.workbook.source import Source
from toolkit.office.workbook.texts import TextPlace, drawn_texts, write_texts
from toolkit.office.xml_part import well_formed

_ABSOLUTE = q("xdr:absoluteAnchor")
_ANCHORS = (q("xdr:twoCellAnchor"), q("xdr:oneCellAnchor"), _ABSOLUTE)
_CHART = q("c:chart")


class Anchor(Attached):
    """One anchor: the cells it covers, the texts in it, its charts by relationship id."""

    __slots__ = ("charts",)

    def __init__(self, area: Area, places: list[TextPlace]) -> None:
        super().__init__(area, places)
        self.charts: dict[str, ChartTemplate] = {}

    @property
    def slots(self) -> list[tuple[int, Slot]]:
        """Its slots and those of its charts."""
        places = [*self.places, *(p for chart in self.charts.values() for p in chart.places)]
        return [(self.area.start.column, place.slot) for place in places]

    @property
    def home(self) -> Area:
        """The cells it repeats with: all it covers; with texts of a row, its corner's."""
        corner = self.area.start
        return self.area if self.still else box((corner.row,) * 2, (corner.column,) * 2)


class Drawing:
    """A drawing part: its tree and its anchors in document order."""

    def __init__(self, part: str, root: Element) -> None:
        self.part = part
        self.root = root
        self.anchors: list[Anchor] = []


def read_drawing(source: Source, part: str, step: Step) -> Drawing | None:
    """The drawing of a sheet; None when it has none."""
    name = next(iter(source.package.related(part, "drawing")), "")
    if name not in source.package:
        return None
    drawing = Drawing(name, source.package.tree(name))
    for item in drawing.root.iter(*_ANCHORS):
        drawing.anchors.append(_read_anchor(source, item, drawing, step))
    set_language(drawing.root, source)
    return drawing


def _read_anchor(source: Source, item: Element, drawing: Drawing, step: Step) -> Anchor:
    name = next((e.get("name", "") for e in item.iter() if str(e.tag).endswith("}cNvPr")), "")
    is_picture = item.find(q("xdr:pic")) is not None
    word = "picture" if is_picture else "shape"
    anchor = Anchor(_area(item), drawn_texts(item, source.reader(step, (word, name))))
    for frame in item.iter(_CHART):
        rel_id = frame.get(q("r:id"), "")
        relation = source.package.rel(drawing.part, rel_id)
        if relation and relation.target in source.package:
            root = source.package.tree(relation.target)
            reader = source.reader(step, ("chart", name))
            anchor.charts[rel_id] = ChartTemplate(relation.target, root, drawn_texts(root, reader))
            set_language(root, source)
            _localise(root, source)
    return anchor


def set_language(root: Element, source: Source) -> None:
    """Say in which language the texts of a drawing or chart are, where one was asked for."""
    if not source.engine.settings.localised:
        return
    tag = source.engine.settings.localisation.tag
    for item in root.iter(q("a:rPr"), q("a:defRPr"), q("a:endParaRPr")):
        if item.get("lang"):
            item.set("lang", tag)


def _localise(root: Element, source: Source) -> None:
    localise = source.engine.settings.localisation.number_format
    for item in root.iter(q("c:numFmt")):
        item.set("formatCode", localise(item.get("formatCode", "General")))
    for item in root.iter(q("c:formatCode")):
        item.text = localise(item.text or "General")


def _corner(item: Element, name: str) -> tuple[int, int, int, int] | None:
    """Row, column (from 1) and offsets of one corner of an anchor."""
    holder = item.find(q("xdr:" + name))
    if holder is None:
        return None
    row, column, down, right = (
        int(holder.findtext(q("xdr:" + part)) or 0) for part in ("row", "col", "rowOff", "colOff")
    )
    return row + 1, column + 1, down, right


def _area(item: Element) -> Area:
    """The cells an anchor covers; a corner on the edge of a cell does not reach into it."""
    top, left, _, _ = _corner(item, "from") or (1, 1, 0, 0)
    bottom, right, down, across = _corner(item, "to") or (top, left, 1, 1)
    return box(
        (top, max(top, bottom if down else bottom - 1)),
        (left, max(left, right if across else right - 1)),
    )


class DrawingWriter(Record):
    """Writes the drawing of one output sheet into ``part``."""

    drawing: Drawing
    part: str
    grid: Grid
    texts: Texts
    output: Output

    def write(self) -> None:
        """The drawing part and its charts."""
        root = deepcopy(self.drawing.root)
        number = max([int(e.get("id") or 0) for e in _properties(root)], default=0)
        for item, anchor in zip(list(root.iter(*_ANCHORS)), self.drawing.anchors, strict=True):
            still = item.tag == _ABSOLUTE
            spots = [self.grid.whole()] if still else self.grid.copies(anchor.home)
            for nth, spot in enumerate(spots):
                twin = self._twin(item, anchor, spot, nth)
                if twin is None:
                    continue
                for own in _properties(twin) if nth else ():
                    number += 1
                    own.set("id", str(number))
                item.addprevious(twin)
            parent(item).remove(item)
        self._drop_charts(root)
        if any(map(_placeholder, self.drawing.anchors)):
            self._drop_pictures(root)
        self.output.package.write(self.part, serialise(root))

    def _drop_charts(self, root: Element) -> None:
        """A chart on rows that went takes its parts with it."""
        package = self.output.package
        shown = {frame.get(q("r:id")) for frame in root.iter(_CHART)}
        for relation in package.rels(self.part):
            if relation.word == "chart" and relation.id not in shown:
                own = [part.target for part in owned(package, relation.target)]
                package.remove_rel(self.part, relation.id)
                remove_parts(package, [relation.target, *own])

    def _drop_pictures(self, root: Element) -> None:
        """Placeholders' own pictures go, but for what something else shows too."""
        package = self.output.package
        gone = _values(self.drawing.root) - _values(root)
        pictures = [r for r in package.rels(self.part) if r.word == "image" and r.id in gone]
        for relation in pictures:
            package.remove_rel(self.part, relation.id)
        remove_unwanted(package, [relation.target for relation in pictures])

    def _twin(self, item: Element, anchor: Anchor, spot: Spot, nth: int) -> Element | None:
        """The anchor in one repetition; None when nothing is left to show."""
        twin = deepcopy(item)
        if not anchor.still and not self.texts.at(spot)[0]:
            return None  # on a row kept blank
        if item.tag != _ABSOLUTE and not _move(twin, anchor.area, self.grid, spot):
            return None
        values, which = self.texts.of(anchor, spot)
        write_texts(twin, anchor.places, values, which)
        for rel_id, chart in anchor.charts.items():
            self._chart(twin, rel_id, chart, (anchor, spot, nth))
        for link in twin.iter():
            target = link.get("textlink") if isinstance(link.tag, str) else None
            if target:
                link.set("textlink", self.output.follower.formula(target, spot))
        slot = _placeholder(anchor)
        if slot is None:
            return twin
        from toolkit.office.workbook.placeholder import place_picture  # few sheets have pictures

        found = values.get(slot) or [None]
        picture = _shown(found[min(which, len(found) - 1)])
        return place_picture(twin, picture, self.part, self.output, slot.place)

    def _chart(
        self, twin: Element, rel_id: str, chart: ChartTemplate, where: tuple[Anchor, Spot, int]
    ) -> None:
        anchor, spot, nth = where
        package = self.output.package
        name = chart.part
        if self.part != self.drawing.part:  # a copied sheet has charts of its own
            relation = package.rel(self.part, rel_id)
            name = relation.target if relation else name
        if nth:
            name = package.new_name(numbered(chart.part))
            package.copy_part(chart.part, name)
            new_id = package.add_rel(self.part, "chart", name)
            for frame in twin.iter(_CHART):
                if frame.get(q("r:id")) == rel_id:
                    frame.set(q("r:id"), new_id)
        root = deepcopy(chart.root)
        write_texts(root, chart.places, *self.texts.of(anchor, spot))
        data = follow_chart(root, self.output.follower, spot, self.output.read_cells)
        if well_formed(data):
            package.write(name, data)
        else:
            self.output.run.add("result-broken", package.place(), part=name)


def _values(root: Element) -> set[str]:
    """The values of all attributes: what a relationship's id is found among."""
    return {str(value) for item in root.iter(etree.Element) for value in item.attrib.values()}


def _properties(root: Element) -> list[Element]:
    return [e for e in root.iter() if isinstance(e.tag, str) and e.tag.endswith("}cNvPr")]


def _placeholder(anchor: Anchor) -> Slot | None:
    """The slot of an anchor's alternative text that asks for a picture."""
    for place in anchor.places:
        tags = [item for item in place.slot.items if isinstance(item, Tag)]
        if any("image(" in tag.source or "qr(" in tag.source for tag in tags):
            return place.slot
    return None


def _shown(value: Filled) -> Picture | QrCode | None:
    """What image() or qr() gave; None for no picture."""
    found = value.special if isinstance(value, Drawn) else value
    return found if isinstance(found, Picture | QrCode) else None


def _move(item: Element, area: Area, grid: Grid, spot: Spot) -> bool:
    """Set the corners of an anchor; its size in rows and columns stays. False: its cell is gone."""
    moved = grid.area(box((area.rows[0],) * 2, (area.columns[0],) * 2), spot)
    corner = grid.spread(area)[:1] if moved is None else [moved]
    if not corner:
        return False
    down = corner[0].start.row - area.rows[0]
    right = corner[0].start.column - area.columns[0]
    for holder in item.iter(q("xdr:from"), q("xdr:to")):
        for name, step in (("xdr:row", down), ("xdr:col", right)):
            number = holder.find(q(name))
            if number is not None:
                number.text = str(int(number.text or 0) + step)
    return True
