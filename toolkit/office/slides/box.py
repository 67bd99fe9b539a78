"""The room a shape gives its text: size, insets, font sizes, through layout and master.

In: a package, a slide part and one of its shapes (p:sp). Out: a Box in points, and the Lines its
paragraphs are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.office.package.markup import Element, q
from toolkit.office.package.package import Package
from toolkit.office.record import Record
from toolkit.office.slides.fit import Line

EMU = 12700
_DEFAULT_SIZE = 1800
_INSETS = {"lIns": 91440, "rIns": 91440, "tIns": 45720, "bIns": 45720}
_TITLES = ("title", "ctrTitle")
_BODIES = frozenset(("obj", "subTitle", "tbl", "chart", "pic", "media", "dgm", "clipArt"))
_NO_STYLE = ("dt", "ftr", "sldNum")
_STYLES = ("p:titleStyle", "p:bodyStyle", "p:otherStyle")
_LIST = q("p:txBody") + "/" + q("a:lstStyle")
_EXTENT = q("p:spPr") + "/" + q("a:xfrm") + "/" + q("a:ext")
_BODY = q("p:txBody") + "/" + q("a:bodyPr")
_HOLDER = q("p:nvSpPr") + "/" + q("p:nvPr") + "/" + q("p:ph")
_LINES, _BEFORE, _POINTS = map(q, ("a:lnSpc", "a:spcBef", "a:spcPts"))
_P, _PPR, _RPR, _T, _BR = map(q, ("a:p", "a:pPr", "a:rPr", "a:t", "a:br"))
_RUNS = q("a:defRPr")


class Box(Record):
    """The inner size of a text box in points, and what it does when its text is too long."""

    width: float
    height: float
    grows: bool = False
    shrinks: bool = False
    wraps: bool = True


class Holders:
    """The placeholders of a layout or master, by index and by type; the first of a kind counts."""

    def __init__(self, root: Element) -> None:
        self._by_index: dict[str, Element] = {}
        self._by_kind: dict[str, Element] = {}
        for shape in root.iter(q("p:sp"), q("p:pic")):
            for holder in shape.iter(q("p:ph")):
                self._by_index.setdefault(holder.get("idx", "0"), shape)
                self._by_kind.setdefault(holder.get("type", "obj"), shape)

    def same(self, holder: Element) -> list[Element]:
        """The placeholder (same index, else same type) that a shape stands in for."""
        kind, index = holder.get("type", "obj"), holder.get("idx", "0")
        if index != "0" and index in self._by_index:
            return [self._by_index[index]]
        kinds = _TITLES if kind in _TITLES else (kind, *(("body",) if kind in _BODIES else ()))
        return [self._by_kind[k] for k in kinds if k in self._by_kind][:1]


class Lineage(Record):
    """What shapes inherit from: layout and master, their styles and font; the slide's height."""

    holders: tuple[Holders, ...]
    styles: dict[str, tuple[Element, ...]]
    font: str
    page: int
    known: dict[tuple[str, str], tuple[Origins, Box | None]]


class Level(Record):
    """How the paragraphs of one outline level look where they say nothing themselves."""

    size: float
    indent: float
    spacing: float = 1.0
    before: float = 0.0
    bold: bool = False


class Origins:
    """A shape with the placeholders it inherits from, nearest first, and its lists of styles."""

    def __init__(self, shapes: Sequence[Element] = (), styles: Sequence[Element] = ()) -> None:
        own = [s for shape in shapes for s in shape.iterfind(_LIST)]
        self.shapes = shapes
        self._styles = [*own, *styles]
        self._levels: dict[int, Level] = {}

    def level(self, number: int) -> Level:
        """The look of an outline level, counted from 0."""
        if number not in self._levels:
            name = q(f"a:lvl{number + 1}pPr")
            styles = [style for listed in self._styles for style in listed.iterfind(name)]
            size = next((int(s) for style in styles for s in _sizes(style)), _DEFAULT_SIZE)
            indent = int(_first(styles, "marL", "0"))
            bold = _first([run for style in styles for run in style.iterfind(_RUNS)], "b", "0")
            look = Level(size / 100, indent / EMU, bold=bold == "1")
            self._levels[number] = _spaced(styles, look)
        return self._levels[number]


def lineage(package: Package, layout: str) -> Lineage:
    """What the shapes of the slides of a layout inherit from."""
    master = next(iter(package.related(layout, "slideMaster")), layout)
    deck = package.tree(package.main)
    default = tuple(deck.iterfind(q("p:defaultTextStyle")))
    root = package.tree(master)
    styles = {name: (*root.iterfind(q("p:txStyles") + "/" + q(name)), *default) for name in _STYLES}
    holders = tuple(Holders(package.tree(name)) for name in dict.fromkeys((layout, master)))
    size = deck.find(q("p:sldSz"))
    page = int(size.get("cy", "0")) if size is not None else 0
    return Lineage(holders, styles, _font(package, master), page, {})


def room_of(line: Lineage, shape: Element) -> tuple[Origins, Box | None]:
    """Where a shape gets its styles from, and its box (None when no size is given anywhere)."""
    holder = shape.find(_HOLDER)
    if holder is None or _has_own_look(shape):
        return _room_of(line, shape, holder)
    key = (holder.get("type", "obj"), holder.get("idx", "0"))
    if key not in line.known:
        line.known[key] = _room_of(line, shape, holder)
    return line.known[key]


def _has_own_look(shape: Element) -> bool:
    """Whether a placeholder says more of itself than its layout does."""
    if shape.find(_EXTENT) is not None:
        return True
    given = [*shape.iterfind(_BODY), *shape.iterfind(_LIST)]
    return any(len(item) or item.attrib for item in given)


def _room_of(line: Lineage, shape: Element, holder: Element | None) -> tuple[Origins, Box | None]:
    found = [shape]
    for holders in line.holders:
        found += [] if holder is None else holders.same(holder)
    source = Origins(found, line.styles[_style(holder)])
    return source, _box(source)


def _style(holder: Element | None) -> str:
    kind = "other" if holder is None else holder.get("type", "body")
    if kind in _TITLES:
        return _STYLES[0]
    return _STYLES[2] if kind in ("other", *_NO_STYLE) else _STYLES[1]


def _box(source: Origins) -> Box | None:
    """The room for text; None when no size is given anywhere."""
    size = next((s for s in map(_size, source.shapes) if s), None)
    if size is None:
        return None
    bodies = [b for s in source.shapes for b in s.iterfind(_BODY)]
    left, right, top, bottom = (int(_first(bodies, n, str(v))) for n, v in _INSETS.items())
    width, height = size
    if _first(bodies, "vert", "horz") in ("vert", "vert270"):
        width, height = height, width
    fit = next((child.tag for body in bodies for child in body if "utofit" in child.tag), "")
    grows = any(body.find(q("a:spAutoFit")) is not None for body in bodies[:1])
    return Box(
        (width - left - right) / EMU,
        (height - top - bottom) / EMU,
        grows,
        fit == q("a:normAutofit"),
        _first(bodies, "wrap", "square") != "none",
    )


def _size(shape: Element) -> tuple[float, float] | None:
    extent = shape.find(_EXTENT)
    if extent is None:
        return None
    width, height = int(extent.get("cx", "0")), int(extent.get("cy", "0"))
    across, down = _scale(shape)
    return width * across, height * down


def _scale(shape: Element) -> tuple[float, float]:
    """How much the groups around a shape enlarge it."""
    across = down = 1.0
    for group in shape.iterancestors(q("p:grpSp")):
        frame = group.find(q("p:grpSpPr") + "/" + q("a:xfrm"))
        outer = None if frame is None else frame.find(q("a:ext"))
        inner = None if frame is None else frame.find(q("a:chExt"))
        if outer is not None and inner is not None:
            across *= int(outer.get("cx", "1")) / max(int(inner.get("cx", "1")), 1)
            down *= int(outer.get("cy", "1")) / max(int(inner.get("cy", "1")), 1)
    return across, down


def frame(package: Package, part: str, shape: Element) -> tuple[int, int, int, int] | None:
    """Left, top, width and height of a picture in EMU, from its layout where it has none."""
    holder = next(shape.iter(q("p:ph")), None)
    found = [shape]
    for layout in package.related(part, "slideLayout"):
        found += [] if holder is None else Holders(package.tree(layout)).same(holder)
    for item in found:
        transform = item.find(q("p:spPr") + "/" + q("a:xfrm"))
        if transform is not None and len(transform) >= 2:
            offset, extent = transform[0], transform[1]
            numbers = (offset.get("x"), offset.get("y"), extent.get("cx"), extent.get("cy"))
            x, y, width, height = (int(number or 0) for number in numbers)
            return x, y, width, height
    return None


def _first(items: list[Element], name: str, default: str) -> str:
    return next((value for item in items if (value := item.get(name)) is not None), default)


def lines(body: Element, source: Origins) -> Iterator[Line]:
    """The paragraphs of a p:txBody (or a:txBody) as lines to be set."""
    for paragraph in body.iterfind(_P):
        own, runs, said = _read(paragraph)
        level = source.level(0 if own is None else int(own.get("lvl", "0")))
        level = level if own is None else _spaced([own], level)
        sizes = [int(size) / 100 for run in runs if (size := run.get("sz"))]
        indent = None if own is None else own.get("marL")
        usual = "1" if level.bold else "0"
        bold = all(run.get("b", usual) == "1" for run in runs) if runs else level.bold
        yield Line(
            said,
            max(sizes, default=level.size),
            int(indent) / EMU if indent else level.indent,
            bold,
            level.spacing,
            level.before,
        )


def _read(paragraph: Element) -> tuple[Element | None, list[Element], str]:
    """The a:pPr of a paragraph, the looks of its runs and its text, in one pass."""
    own: Element | None = None
    runs: list[Element] = []
    pieces: list[str] = []
    for item in paragraph.iter(_T, _RPR, _BR, _PPR):
        tag = item.tag
        if tag == _T:
            pieces.append(item.text or "")
        elif tag == _RPR:
            runs.append(item)
        elif tag == _BR:
            pieces.append("\n")
        elif own is None and item.getparent() is paragraph:  # a field may hold one too
            own = item
    return own, runs, "".join(pieces)


def _spaced(styles: Sequence[Element], level: Level) -> Level:
    """The look with the line spacing and the space before that the styles say."""
    spacing = next((v for s in styles if (v := _space(s, _LINES, level.size)) is not None), None)
    before = next((v for s in styles if (v := _space(s, _BEFORE, level.size)) is not None), None)
    return Level(
        level.size,
        level.indent,
        level.spacing if spacing is None else spacing / level.size,
        level.before if before is None else before,
        level.bold,
    )


def _space(style: Element, tag: str, size: float) -> float | None:
    """A spacing in points; one in per cent is a share of the size."""
    holder = style.find(tag)
    for item in () if holder is None else holder:
        value = item.get("val", "0")
        if item.tag == _POINTS:
            return int(value) / 100
        return float(value.rstrip("%")) / (100 if value.endswith("%") else 100_000) * size
    return None


def _sizes(style: Element) -> Iterator[str]:
    for run in style.iterfind(_RUNS):
        if size := run.get("sz"):
            yield size


def _font(package: Package, master: str) -> str:
    """The body font of the theme behind a master."""
    theme = next(iter(package.related(master, "theme")), "")
    if theme not in package:
        return "Calibri"
    found = package.tree(theme).find(f".//{q('a:minorFont')}/{q('a:latin')}")
    return "Calibri" if found is None else found.get("typeface", "Calibri")
