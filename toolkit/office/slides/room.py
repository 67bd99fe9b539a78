"""Text that will not fit: each filled shape and table of a slide looked at, once it is filled.

In: where the shapes of a template's slide get their room from; the root of the filled slide. Out:
a finding for each shape whose text is probably too long. A shape that may shrink its text
(normAutofit) is shrunk first, down to 70 per cent; so is a paragraph of it whose longest word would
be cut in two.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from lxml import etree

from toolkit.office.package.markup import Element, parent, q
from toolkit.office.record import Record
from toolkit.office.slides.box import EMU, Box, Lineage, Origins, lines, room_of
from toolkit.office.slides.fit import LINE_HEIGHT, Line, breaks_words, height

_CELLS = Origins()
_SLACK, _SHARE = 2.0, 0.05  # points, and share of the height, that may be missing
_STEPS = (1.0, 0.925, 0.85, 0.775, 0.7)
_CELL_MARGINS = {"marL": 91440, "marR": 91440, "marT": 45720, "marB": 45720}


class Room(Record):
    """The shapes and tables of a slide whose text changes, by id; the font; the page's height."""

    shapes: dict[str, tuple[Origins, Box]]
    tables: frozenset[str]
    font: str
    page: int


class Spill(Record):
    """A shape whose text is too long: lines needed and lines with room."""

    shape: Element
    needed: int
    room: int

    @property
    def name(self) -> str:
        """The shape's name."""
        return next((p.get("name", "") for p in self.shape.iter(q("p:cNvPr"))), "")


def room(line: Lineage, root: Element, *, tagged: bool) -> Room:
    """The room of the shapes of a slide whose text holds tags, or of those whose text does not."""
    shapes = {}
    for shape in root.iter(q("p:sp")):
        if tagged == _has_tags(shape):
            source, found = room_of(line, shape)
            if found is not None and found.grows:
                found = _down_to_the_edge(found, shape, line.page)
            if found is not None:
                shapes[shape_id(shape)] = (source, found)
    tables = {shape_id(frame) for frame in root.iter(q("p:graphicFrame")) if _has_tags(frame)}
    return Room(shapes, frozenset(tables), line.font, line.page)


def _down_to_the_edge(found: Box, shape: Element, page: int) -> Box | None:
    """The room of a shape that grows with its text: as far as the slide goes."""
    top = shape.find(q("p:spPr") + "/" + q("a:xfrm") + "/" + q("a:off"))
    if top is None or next(shape.iterancestors(q("p:grpSp")), None) is not None:
        return None
    return found._replace(height=(page - int(top.get("y", "0"))) / EMU)


def _has_tags(shape: Element) -> bool:
    return any("{" in (item.text or "") for item in shape.iter(q("a:t")))


def shape_id(shape: Element) -> str:
    """The id of a shape, picture or frame."""
    return next((p.get("id", "") for p in shape.iter(q("p:cNvPr"))), "")


def spills(root: Element, known: Room) -> Iterator[Spill]:
    """The known shapes of a filled slide whose text will not fit."""
    for shape in root.iter(q("p:sp")):
        found = known.shapes.get(shape_id(shape))
        body = shape.find(q("p:txBody"))
        if found is not None and body is not None:
            yield from _spill(shape, body, found, known.font)


def table_spills(root: Element, known: Room) -> Iterator[Spill]:
    """The known tables of a filled slide that run off its lower edge; their lines are rows."""
    for frame in root.iter(q("p:graphicFrame")) if known.tables else ():
        if shape_id(frame) in known.tables:
            yield from _table_spill(frame, known)


def _spill(shape: Element, body: Element, found: tuple[Origins, Box], face: str) -> Iterator[Spill]:
    source, inner = found
    wide = inner.width if inner.wraps else float("inf")
    said = list(lines(body, source))
    if inner.shrinks and inner.wraps and _keep_words_whole(body, said, wide, face):
        said = list(lines(body, source))
    for scale in _STEPS if inner.shrinks else _STEPS[:1]:
        scaled = said if scale == 1 else [line.scaled(scale) for line in said]
        one = max((line.size for line in scaled), default=0) * LINE_HEIGHT
        tall = height(scaled, wide, face)
        if tall <= inner.height * (1 + _SHARE) + _SLACK:
            if scale != 1:
                _shrink(body, scale)
            return
    fitting = max(int(inner.height / one), 0)
    yield Spill(shape, max(ceil(tall / one), fitting + 1), fitting)


def _keep_words_whole(body: Element, said: list[Line], wide: float, face: str) -> bool:
    """Paragraphs whose longest word would be cut in two in smaller letters; whether some are."""
    cut = [number for number, line in enumerate(said) if breaks_words(line, wide, face)]
    paragraphs = body.findall(q("a:p")) if cut else []
    for number in cut:
        line = said[number]
        whole = (s for s in _STEPS if not breaks_words(line.scaled(s), wide, face))
        _smaller(paragraphs[number], next(whole, _STEPS[-1]))
    return bool(cut)


def _smaller(text: Element, scale: float) -> bool:
    """Smaller letters in runs that say their size themselves; whether all do."""
    runs = [run for run in text.iter(q("a:rPr")) if parent(run).tag != q("a:br")]
    if not runs or not all(run.get("sz") for run in runs):
        return False
    for run in runs:
        run.set("sz", str(int(int(run.get("sz", "0")) * scale / 50) * 50))
    return True


def _shrink(body: Element, scale: float) -> None:
    """Smaller letters, which every program shows, else the scale that PowerPoint minds."""
    if _smaller(body, scale):
        return
    properties = body.find(q("a:bodyPr"))
    if properties is None:
        return
    for old in properties.findall(q("a:normAutofit")):
        properties.remove(old)
    fit = etree.Element(q("a:normAutofit"), fontScale=str(round(scale * 100_000)))
    warp = properties.find(q("a:prstTxWarp"))
    properties.insert(0 if warp is None else 1, fit)


def _table_spill(frame: Element, known: Room) -> Iterator[Spill]:
    top, table = frame.find(q("p:xfrm") + "/" + q("a:off")), next(frame.iter(q("a:tbl")), None)
    if top is None or table is None or not known.page:
        return
    widths = [int(column.get("w", "0")) for column in table.iter(q("a:gridCol"))]
    rows = table.findall(q("a:tr"))
    tall = sum(_row_height(row, widths, known.font) for row in rows)
    left = known.page - int(top.get("y", "0"))
    if tall > left:
        fitting = int(len(rows) * left / tall)
        yield Spill(frame, len(rows), fitting)


def _row_height(row: Element, widths: list[int], face: str) -> float:
    """The height of a row in EMU: what it is given, or what its fullest cell needs."""
    needed = float(row.get("h", "0"))
    for cell, width in zip(row.iterfind(q("a:tc")), widths, strict=False):
        body, properties = cell.find(q("a:txBody")), cell.find(q("a:tcPr"))
        if body is None or cell.get("hMerge") or cell.get("vMerge"):
            continue
        left, right, top, bottom = (_margin(properties, name) for name in _CELL_MARGINS)
        said: list[Line] = list(lines(body, _CELLS))
        inner = max((width - left - right) / EMU, 1)
        needed = max(needed, height(said, inner, face) * EMU + top + bottom)
    return needed


def _margin(properties: Element | None, name: str) -> int:
    given = None if properties is None else properties.get(name)
    return int(given) if given else _CELL_MARGINS[name]
