"""Word comments at findings.

In: a package and Notes. Out: the package with a comment on each paragraph that is told of. Word
takes comments in the body only: notes on headers, footnotes and text boxes stand at the paragraph
they hang on, or at the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from toolkit.finding import Step
from toolkit.office.annotations.annotate import AUTHOR, INITIALS, Note
from toolkit.office.package.markup import NAMESPACES, Element, q
from toolkit.office.package.package import Package
from toolkit.office.word.places import TXBX, P, paragraphs

_PART = "word/comments.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_EMPTY = f'<w:comments xmlns:w="{NAMESPACES["w"]}"/>'.encode()
_ID = q("w:id")


def add(package: Package, notes: Sequence[Note]) -> None:
    """Put every note into the package."""
    body = package.tree(package.main)
    places = {steps: element for element, steps in reversed(list(paragraphs(body)))}
    part = _comments_part(package)
    comments = package.tree(part)
    taken = [int(item.get(_ID, "0")) for item in comments]
    for number, note in enumerate(notes, max(taken, default=-1) + 1):
        element, here = _target(places, note.steps)
        if element is None:
            element, here = _first(body), False
        comments.append(_comment(number, note.told(here=here)))
        _anchor(element, number)
    package.store(part)
    package.store(package.main)


def _comments_part(package: Package) -> str:
    for name in package.related(package.main, "comments"):
        if name in package:
            return name
    package.write(_PART, _EMPTY)
    package.set_content_type(_PART, _TYPE)
    package.add_rel(package.main, "comments", _PART)
    return _PART


def _target(
    places: dict[tuple[Step, ...], Element], steps: tuple[Step, ...]
) -> tuple[Element | None, bool]:
    """The paragraph that steps lead to, outside any text box; whether it is the very one."""
    for length in range(len(steps), 0, -1):
        element = places.get(steps[:length])
        if element is not None:
            host = _host(element)
            return host, host is element
    return None, False


def _host(element: Element) -> Element:
    """The paragraph a text box hangs on, for what stands in it."""
    boxes = list(element.iterancestors(TXBX))
    return next(boxes[-1].iterancestors(P), element) if boxes else element


def _first(body: Element) -> Element:
    holder = body.find(q("w:body"))
    for element, _ in paragraphs(body):
        return element
    new = etree.Element(P)
    (body if holder is None else holder).insert(0, new)
    return new


def _comment(number: int, text: str) -> Element:
    comment = etree.Element(q("w:comment"), nsmap={"w": NAMESPACES["w"]})
    comment.set(_ID, str(number))
    comment.set(q("w:author"), AUTHOR)
    comment.set(q("w:initials"), INITIALS)
    run = etree.SubElement(etree.SubElement(comment, P), q("w:r"))
    etree.SubElement(run, q("w:t")).text = text
    return comment


def _anchor(paragraph: Element, number: int) -> None:
    """Let a comment hold a whole paragraph."""
    start = etree.Element(q("w:commentRangeStart"))
    end = etree.Element(q("w:commentRangeEnd"))
    run = etree.Element(q("w:r"))
    reference = etree.SubElement(run, q("w:commentReference"))
    for item in (start, end, reference):
        item.set(_ID, str(number))
    properties = paragraph.find(q("w:pPr"))
    paragraph.insert(0 if properties is None else 1, start)
    _append(paragraph, (end, run))


def _append(paragraph: Element, items: Iterable[Element]) -> None:
    for item in items:
        paragraph.append(item)
