"""Hyperlinks of a sheet.

In: the x:hyperlink elements of a template sheet. Out: those whose target or texts hold tags, as
things attached to their cells; and, filled, their relationships.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from toolkit.finding import Step
from toolkit.office.package.markup import Element, q
from toolkit.office.package.package import Package
from toolkit.office.references.areas import Area, End, parse_area
from toolkit.office.tags.text import has_tags
from toolkit.office.workbook.attached import Attached
from toolkit.office.workbook.source import Source
from toolkit.office.workbook.texts import TextPlace

TARGET = "target"  # not an attribute of x:hyperlink: where a filled address waits for its id
_SAFE = ":/?#[]@!$&'()*+,;=%~"


def read_links(root: Element, source: Source, part: str, step: Step) -> dict[int, Attached]:
    """The hyperlinks with tags, by the number of their element in the tree; labels are swapped."""
    targets = {r.id: r.target for r in source.package.rels(part) if r.external}
    found: dict[int, Attached] = {}
    for number, item in enumerate(root.iter()):
        if item.tag != q("x:hyperlink"):
            continue
        area = parse_area(item.get("ref", "")) or Area(End(1, 1))
        reader = source.reader(step, ("at", area.start.text()), ("link", 1))
        target = unquote(targets.get(item.get(q("r:id"), ""), ""))
        places: list[TextPlace | None] = []
        if has_tags(target):
            item.set(TARGET, target)
            source.package.remove_rel(part, str(item.attrib.pop(q("r:id"))))
            places.append(reader.attribute(0, item, TARGET))
        names = ["display", "tooltip"]
        names += ["location"] if source.holds_tags(item.get("location", "")) else []
        places += [reader.attribute(0, item, name) for name in names]
        kept = [place for place in places if place]
        if kept:
            found[number] = Attached(area, kept)
    return found


def settle_link(item: Element, package: Package, part: str) -> None:
    """Turn the filled address of a hyperlink into a relationship; drop a link to nothing."""
    if item.get(TARGET) is None:
        return
    address = quote(str(item.attrib.pop(TARGET)).strip(), safe=_SAFE)
    if address:
        item.set(q("r:id"), package.add_rel(part, "hyperlink", address, external=True))
    else:
        holder = item.getparent()
        if holder is not None:
            holder.remove(item)
