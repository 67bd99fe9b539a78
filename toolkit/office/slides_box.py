"""The room a shape gives its text: size, insets, font sizes, through layout and master.

In: a package, a slide part and one of its shapes (p:sp). Out: a Box in points, and the Lines its
paragraphs are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.office.markup import Element, q
from toolkit.office.package import Package
from toolkit.office.slides_fit import Line

EMU = 12700
_DEFAULT_SIZE = 1800
_INSETS = {"lIns": 91440, "rIns": 91440, "tIns": 45720, "bIns": 45720}
_TITLES = ("title", "ctrTitle")
_NO_STYLE = ("dt", "ftr", "sldNum")


@dataclass(frozen=True)
class Box:
    """The inner size of a text box in points, and what it does when its text is too long."""

    width: float
    height: float
    grows: bool = False
    shrinks: bool = False
    wraps: bool = True


@dataclass(frozen=True)
class Origins:
    """A shape and the placeholders it inherits from, nearest first, and the lists of styles."""

    shapes: tuple[Element, ...]
    styles: tuple[Element, ...]


def origins(package: Package, part: str, shape: Element) -> Origins:
    """Where a shape of a slide, layout or master gets its size and its styles from."""
    holder = shape.find(q("p:nvSpPr") + "/" + q("p:nvPr") + "/" + q("p:ph"))
    layout = next(iter(package.related(part, "slideLayout")), "")
    master = next(iter(package.related(layout or part, "slideMaster")), "")
    found = [shape]
    for above in (layout, master):
        if holder is not None and above in package:
            found += _same_placeholder(package.tree(above), holder)
    styles = [s for item in found for s in item.iterfind(q("p:txBody") + "/" + q("a:lstStyle"))]
    if master in package:
        styles += package.tree(master).iterfind(q("p:txStyles") + "/" + q(_style(holder)))
    styles += package.tree(package.main).iterfind(q("p:defaultTextStyle"))
    return Origins(tuple(found), tuple(styles))


def _style(holder: Element | None) -> str:
    kind = "other" if holder is None else holder.get("type", "body")
    if kind in _TITLES:
        return "p:titleStyle"
    return "p:otherStyle" if kind in ("other", *_NO_STYLE) else "p:bodyStyle"


def _same_placeholder(root: Element, holder: Element) -> Iterator[Element]:
    """The placeholder of a layout (same idx) or master (same type) that a shape stands in for."""
    kind, index = holder.get("type", "obj"), holder.get("idx", "0")
    kinds = _TITLES if kind in _TITLES else (kind,)
    if kind in ("obj", "subTitle", "tbl", "chart", "pic", "media", "dgm", "clipArt"):
        kinds = (kind, "body")
    shapes = [(s, ph) for s in root.iter(q("p:sp")) for ph in s.iter(q("p:ph"))]
    same = [s for s, ph in shapes if ph.get("idx", "0") == index and index != "0"]
    alike = [s for s, ph in shapes if ph.get("type", "obj") in kinds]
    yield from (same or alike)[:1]


def box(source: Origins) -> Box | None:
    """The room for text; None when no size is given anywhere."""
    size = next((s for s in map(_size, source.shapes) if s), None)
    if size is None:
        return None
    bodies = [b for s in source.shapes for b in s.iterfind(q("p:txBody") + "/" + q("a:bodyPr"))]
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
    extent = shape.find(q("p:spPr") + "/" + q("a:xfrm") + "/" + q("a:ext"))
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
        found += [] if holder is None else _same_placeholder(package.tree(layout), holder)
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
    for paragraph in body.iterfind(q("a:p")):
        properties = paragraph.find(q("a:pPr"))
        level = int(properties.get("lvl", "0")) if properties is not None else 0
        styles = _level_styles(properties, level, source)
        runs = list(paragraph.iter(q("a:rPr")))
        sizes = [int(size) for run in runs if (size := run.get("sz"))]
        base = next((int(s) for style in styles for s in _sizes(style)), _DEFAULT_SIZE)
        yield Line(
            text(paragraph),
            max(sizes, default=base) / 100,
            int(_first(styles, "marL", "0")) / EMU,
            0.0,
            bool(runs) and all(run.get("b") == "1" for run in runs),
        )


def _level_styles(properties: Element | None, level: int, source: Origins) -> list[Element]:
    name = q(f"a:lvl{level + 1}pPr")
    found = [style for styles in source.styles for style in styles.iterfind(name)]
    return found if properties is None else [properties, *found]


def _sizes(style: Element) -> Iterator[str]:
    for run in style.iterfind(q("a:defRPr")):
        if size := run.get("sz"):
            yield size


def text(paragraph: Element) -> str:
    """The text of a paragraph, its line breaks as newlines."""
    pieces = []
    for item in paragraph.iter(q("a:t"), q("a:br")):
        pieces.append("\n" if item.tag == q("a:br") else item.text or "")
    return "".join(pieces)


def font(package: Package, part: str) -> str:
    """The body font of the theme behind a slide."""
    layout = next(iter(package.related(part, "slideLayout")), part)
    master = next(iter(package.related(layout, "slideMaster")), layout)
    theme = next(iter(package.related(master, "theme")), "")
    if theme not in package:
        return "Calibri"
    found = package.tree(theme).find(f".//{q('a:minorFont')}/{q('a:latin')}")
    return "Calibri" if found is None else found.get("typeface", "Calibri")
