"""Markdown in a presentation: real runs, paragraphs, lists and links.

In: the root of a rendered part in which printed Markdown stands between marks. Out: the same tree.
Alone in its paragraph it becomes as many paragraphs as it has; within a sentence it stays one,
with line breaks between its blocks. Headings are bold paragraphs without bullets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree

from toolkit.office.markdown import Block, Span, blocks, bullet
from toolkit.office.package.markup import Element, parent, q
from toolkit.office.package.package import Package
from toolkit.office.rich import OPEN, Rich, stretches, without

_P, _R, _T, _PPR, _RPR, _BR, _END = map(
    q, ("a:p", "a:r", "a:t", "a:pPr", "a:rPr", "a:br", "a:endParaRPr")
)
_TEXTS = (_R, _BR, q("a:fld"))
_BULLETS = frozenset(
    q("a:bu" + name)
    for name in (
        *("ClrTx", "Clr", "SzTx", "SzPct", "SzPts", "FontTx", "Font", "None", "AutoNum", "Char"),
        "Blip",
    )
)
_AFTER_BULLET = frozenset(map(q, ("a:tabLst", "a:defRPr", "a:extLst")))
_AFTER_LINK = frozenset(map(q, ("a:hlinkMouseOver", "a:rtl", "a:extLst")))
_LINK = q("a:hlinkClick")
_STEP = 285_750  # EMU of indent a level
_DEEPEST = 8
_CHARS = "•–"

Target = Callable[[str], str]


def expand(root: Element, package: Package, part: str) -> None:
    """Make the stretches of a part real."""

    def target(address: str) -> str:
        known = (r.id for r in package.rels(part) if r.external and r.target == address)
        return next(known, "") or package.add_rel(part, "hyperlink", address, external=True)

    for item in [item for item in root.iter() if OPEN in (item.text or "")]:
        run = item.getparent()
        if item.tag == _T and run is not None and run.tag == _R:
            _Spot(run, item.text or "", target).expand()
        else:
            item.text = without(item.text or "")


class _Spot:
    """The run that stretches stand in."""

    def __init__(self, run: Element, text: str, target: Target) -> None:
        self._run = run
        self._look = run.find(_RPR)
        self._paragraph = parent(run)
        self._found = list(stretches(text))
        self._target = target

    def expand(self) -> None:
        """Put what the stretches stand for where they stand."""
        alone = [item for item in self._paragraph if item.tag in _TEXTS and _said(item)]
        if len(self._found) == 1 and len(alone) == 1:
            self._paragraphs(blocks(self._found[0].text))
            return
        for stretch in self._found:
            for item in self._inline(stretch):
                self._run.addprevious(item)
        parent(self._run).remove(self._run)

    def _inline(self, stretch: Rich) -> Iterator[Element]:
        if not stretch.kind:
            yield self._say(Span(stretch.text))
            return
        for number, block in enumerate(blocks(stretch.text)):
            if number:
                yield self._break()
            if bullet(block):
                yield self._say(Span(bullet(block)))
            yield from self._spans(block)

    def _paragraphs(self, found: tuple[Block, ...]) -> None:
        """A paragraph for each block; the last keeps what ends the template's."""
        paragraph = self._paragraph
        for block in found:
            new = etree.Element(_P)
            own = paragraph.find(_PPR)
            if own is not None:
                new.append(deepcopy(own))
            _dress(new, block)
            new.extend(self._spans(block))
            end = paragraph.find(_END)
            if end is not None:
                new.append(deepcopy(end))
            paragraph.addprevious(new)
        parent(paragraph).remove(paragraph)

    def _spans(self, block: Block) -> Iterator[Element]:
        heading = block.kind == "heading"
        for span in block.spans:
            for number, line in enumerate(span.text.split("\n")):
                if number:
                    yield self._break()
                if line:
                    yield self._say(span._replace(text=line, bold=span.bold or heading))

    def _break(self) -> Element:
        line = etree.Element(_BR)
        if self._look is not None:
            line.append(deepcopy(self._look))
        return line

    def _say(self, span: Span) -> Element:
        run = etree.Element(_R)
        look = etree.Element(_RPR) if self._look is None else deepcopy(self._look)
        if span.bold:
            look.set("b", "1")
        if span.italic:
            look.set("i", "1")
        if span.link:
            self._link(look, span.link)
        if self._look is not None or look.attrib or len(look):
            run.append(look)
        etree.SubElement(run, _T).text = span.text
        return run

    def _link(self, look: Element, address: str) -> None:
        for old in look.findall(_LINK):
            look.remove(old)
        link = etree.Element(_LINK)
        link.set(q("r:id"), self._target(address))
        following = next((child for child in look if child.tag in _AFTER_LINK), None)
        if following is None:
            look.append(link)
        else:
            following.addprevious(link)


def _said(item: Element) -> str:
    """The text of a run or field; a line break is text too."""
    return "\n" if item.tag == _BR else "".join(t.text or "" for t in item.iter(_T))


def _dress(paragraph: Element, block: Block) -> None:
    """Make a paragraph the list item or heading it is."""
    if block.kind == "text":
        return
    properties = paragraph.find(_PPR)
    if properties is None:
        properties = etree.Element(_PPR)
        paragraph.insert(0, properties)
    for old in [child for child in properties if child.tag in _BULLETS]:
        properties.remove(old)
    level = min(block.level, _DEEPEST) if block.kind != "heading" else 0
    indent = _STEP if block.kind != "heading" else 0
    properties.set("marL", str(indent * (level + 1)))
    properties.set("indent", str(-indent))
    if level:
        properties.set("lvl", str(level))
    following = next((child for child in properties if child.tag in _AFTER_BULLET), None)
    for mark in _marks(block, level):
        if following is None:
            properties.append(mark)
        else:
            following.addprevious(mark)


def _marks(block: Block, level: int) -> Iterator[Element]:
    if block.kind == "heading":
        yield etree.Element(q("a:buNone"))
    elif block.kind == "bullet":
        yield etree.Element(q("a:buFont"), attrib={"typeface": "Arial"})
        yield etree.Element(q("a:buChar"), attrib={"char": _CHARS[level % len(_CHARS)]})
    else:
        yield etree.Element(q("a:buFont"), attrib={"typeface": "+mj-lt"})
        yield etree.Element(q("a:buAutoNum"), attrib={"type": "arabicPeriod"})
