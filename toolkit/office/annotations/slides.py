"""Slide comments at findings.

In: a package and Notes. Out: the package with a comment on each slide that is told of, at its
shape where that is known. Masters, layouts and properties are told of on the first slide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from toolkit.office.annotations.annotate import AUTHOR, INITIALS, Note
from toolkit.office.package.markup import NAMESPACES, Element, parent, q
from toolkit.office.package.package import Package
from toolkit.office.slides.deck import entries

_FAMILY = "application/vnd.openxmlformats-officedocument.presentationml."
_AUTHORS = "ppt/commentAuthors.xml"
_UNIT = 1588  # EMU: comments stand on a grid of 576 to the inch
_STEP = 12
_WHEN = "2000-01-01T00:00:00.000"


def add(package: Package, notes: Sequence[Note]) -> None:
    """Put every note into the package."""
    slides = [entry.part for entry in entries(package)]
    if not slides:
        return
    author, last = _author(package, len(notes))
    for offset, note in enumerate(notes):
        steps = dict(note.steps)
        number = int(steps.get("slide", 0))
        here = 0 < number <= len(slides)
        slide = slides[number - 1] if here else slides[0]
        part = _comments_part(package, slide)
        listed = package.tree(part)
        comment = etree.SubElement(listed, q("p:cm"), authorId=author, dt=_WHEN)
        comment.set("idx", str(last + 1 + offset))
        x, y = _spot(package, slide, f"{steps.get('shape', '')}")
        shift = _STEP * len(listed)
        etree.SubElement(comment, q("p:pos"), x=str(x + shift), y=str(y + shift))
        etree.SubElement(comment, q("p:text")).text = _text(note, here=here)
        package.store(part)


def _text(note: Note, *, here: bool) -> str:
    """The text, with what of the place the slide alone does not tell."""
    return note.told(here=here and len(note.steps) < 2)


def _author(package: Package, count: int) -> tuple[str, int]:
    """The id of the author of our comments, made where there is none, and its last index."""
    part = next((n for n in package.related(package.main, "commentAuthors") if n in package), "")
    if not part:
        part = _AUTHORS
        _new_part(package, part, "p:cmAuthorLst", "commentAuthors")
        package.add_rel(package.main, "commentAuthors", part)
    root = package.tree(part)
    own = next((item for item in root if item.get("name") == AUTHOR), None)
    if own is None:
        number = max([int(item.get("id", "0")) for item in root], default=-1) + 1
        own = etree.SubElement(root, q("p:cmAuthor"), id=str(number), name=AUTHOR)
        own.set("initials", INITIALS)
        own.set("lastIdx", "0")
        own.set("clrIdx", str(number))
    last = int(own.get("lastIdx", "0"))
    own.set("lastIdx", str(last + count))
    package.store(part)
    return own.get("id", "0"), last


def _comments_part(package: Package, slide: str) -> str:
    for name in package.related(slide, "comments"):
        if name in package:
            return name
    part = package.new_name("ppt/comments/comment{}.xml")
    _new_part(package, part, "p:cmLst", "comments")
    package.add_rel(slide, "comments", part)
    return part


def _new_part(package: Package, part: str, root: str, kind: str) -> None:
    package.write(part, f'<{root} xmlns:p="{NAMESPACES["p"]}"/>'.encode())
    package.set_content_type(part, f"{_FAMILY}{kind}+xml")


def _spot(package: Package, slide: str, shape: str) -> tuple[int, int]:
    """Where a shape begins, on the grid of comments; the corner when it is not known."""
    named = [item for item in package.tree(slide).iter(q("p:cNvPr")) if item.get("name") == shape]
    if not named or not shape:
        return 0, 0
    drawn = parent(parent(named[0]))
    for holder in (drawn, *_inherited(package, slide, next(drawn.iter(q("p:ph")), None))):
        offset = next(holder.iter(q("a:off")), None)
        if offset is not None:
            return int(offset.get("x", "0")) // _UNIT, int(offset.get("y", "0")) // _UNIT
    return 0, 0


def _inherited(package: Package, slide: str, own: Element | None) -> Iterator[Element]:
    """What a placeholder stands in for: in the slide's layout, then in its master."""
    part = slide
    for word in ("slideLayout", "slideMaster") if own is not None else ():
        part = next((name for name in package.related(part, word) if name in package), "")
        if not part:
            return
        for other in package.tree(part).iter(q("p:ph")):
            if own is not None and _same(own, other):
                yield parent(parent(parent(other)))


def _same(own: Element, other: Element) -> bool:
    """Whether two placeholders are one: by number, or both the only title."""
    titles = {"title", "ctrTitle"}
    if own.get("type") in titles or other.get("type") in titles:
        return own.get("type") in titles and other.get("type") in titles
    return own.get("idx", "0") == other.get("idx", "0") and "idx" in own.attrib
