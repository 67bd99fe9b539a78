"""Markdown in a Word part: stretches of a rendered part become runs, paragraphs, lists, links.

In: the XML of a part in which printed Markdown stands between marks. Out: the XML with real runs.
Alone in its paragraph it becomes as many paragraphs as it has; within a sentence it stays one,
with line breaks between its blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from urllib.parse import quote

from lxml import etree

from toolkit.office.markdown import Block, Span, blocks, bullet
from toolkit.office.package.markup import Element, MarkupError, parent, parse, q
from toolkit.office.rich import DOCUMENT, OPEN, Rich, stretches, without
from toolkit.office.tags.pieces import Fill
from toolkit.office.word.looks import Looks
from toolkit.office.word.places import TC, TXBX, P

_R, _T, _PPR, _RPR = q("w:r"), q("w:t"), q("w:pPr"), q("w:rPr")
_LINK = q("w:hyperlink")
_SPACE = q("xml:space")
_HOLDERS = frozenset(
    {TC, TXBX, *map(q, ("w:body", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:comment"))}
)
_SOLID = tuple(map(q, ("w:drawing", "w:pict", "w:object", "w:fldChar", "w:sectPr", "w:br")))
_URL = "/:?#[]@!$&'()*+,;=%~"


def expand(text: str, fill: Fill) -> str:
    """The XML of a part with its stretches made real; unchanged when it is not well-formed."""
    try:
        root = parse(text.encode("utf-8", "xmlcharrefreplace"))
    except MarkupError:
        return text
    looks = Looks(fill.package)
    for item in [item for item in root.iter() if OPEN in (item.text or "")]:
        if item.tag == _T and parent(item).tag == _R:
            _Spot(item, fill, looks).expand()
        else:
            item.text = without(item.text or "")
    looks.finish(root)
    return etree.tostring(root, encoding="unicode")


class _Spot:
    """The run a stretch stands in."""

    def __init__(self, item: Element, fill: Fill, looks: Looks) -> None:
        self.run = parent(item)
        self.item = item
        self.fill = fill
        self.looks = looks
        self.look = self.run.find(_RPR)
        self.paragraph = next(item.iterancestors(P), None)
        self.found = list(stretches(item.text or ""))

    def expand(self) -> None:
        """Put what the stretches stand for where they stand."""
        if self.paragraph is None or not self._is_alone(self.paragraph):
            self._inline()
        elif self.found[0].kind == DOCUMENT:
            from toolkit.office.word.include import insert  # few templates include documents

            insert(self.found[0].text, self.paragraph, self.fill)
        else:
            self._paragraphs(self.paragraph, blocks(self.found[0].text))

    def _is_alone(self, paragraph: Element) -> bool:
        holder = parent(paragraph)
        fits = holder.tag in _HOLDERS or (
            holder.tag == q("w:sdtContent") and all(child.tag != _R for child in holder)
        )
        texts = [item.text for item in paragraph.iter(_T) if (item.text or "").strip()]
        whole = len(self.found) == 1 and self.found[0].kind != ""
        return fits and whole and len(texts) == 1 and next(paragraph.iter(*_SOLID), None) is None

    def _inline(self) -> None:
        """Runs in place of the run; the texts beside the stretch keep its look."""
        before, after = self._halves()
        new: list[Element] = []
        for stretch in self.found:
            new += self._runs_of(stretch)
        for run in (*before, *new, *after):
            self.run.addprevious(run)
        parent(self.run).remove(self.run)

    def _halves(self) -> tuple[list[Element], list[Element]]:
        """What stands in the run before and after the text, as runs of their own."""
        children = [child for child in self.run if child.tag != _RPR]
        at = children.index(self.item)
        before, after = children[:at], children[at + 1 :]
        return [self._run(before)] if before else [], [self._run(after)] if after else []

    def _run(self, children: Iterable[Element]) -> Element:
        run = etree.Element(_R)
        if self.look is not None:
            run.append(deepcopy(self.look))
        run.extend(children)
        return run

    def _runs_of(self, stretch: Rich) -> Iterator[Element]:
        if stretch.kind == DOCUMENT:
            package = self.fill.package
            self.fill.run.add("document-alone", package.place(), path=stretch.text)
            return
        if not stretch.kind:
            yield self._run([_text(stretch.text)])
            return
        for number, block in enumerate(blocks(stretch.text)):
            if number:
                yield self._run([etree.Element(q("w:br"))])
            if bullet(block):
                yield self._run([_text(bullet(block))])
            bold = block.kind == "heading"
            for span in block.spans:
                yield self._span(span._replace(bold=span.bold or bold), self.look)

    def _paragraphs(self, paragraph: Element, found: Iterable[Block]) -> None:
        """The first block takes the paragraph itself, so that its bookmarks stay."""
        self.looks.begin()
        last = paragraph
        plain = deepcopy(paragraph.find(_PPR))
        for number, block in enumerate(found):
            if number:
                new = etree.Element(P)
                last.addnext(new)
                last = new
                if plain is not None:
                    last.append(deepcopy(plain))
            self.looks.dress(last, block)
            look = None if block.kind == "heading" else self.look
            runs = [self._span(span, look) for span in block.spans]
            if number:
                last.extend(runs)
            else:
                for run in runs:
                    self.run.addprevious(run)
                parent(self.run).remove(self.run)

    def _span(self, span: Span, look: Element | None) -> Element:
        run = etree.Element(_R)
        if look is not None:
            run.append(deepcopy(look))
        run.extend(_broken(span.text))
        linked = span.link and next(self.run.iterancestors(_LINK), None) is None
        self.looks.mark(run, span)
        if not linked:
            return run
        link = etree.Element(_LINK)
        link.set(q("r:id"), self._target(span.link))
        link.append(run)
        return link

    def _target(self, address: str) -> str:
        key = ("link", quote(address, safe=_URL))
        memory = self.fill.memory
        if key not in memory:
            package = self.fill.package
            memory[key] = package.add_rel(self.fill.part, "hyperlink", key[1], external=True)
        return str(memory[key])


def _text(text: str) -> Element:
    item = etree.Element(_T)
    item.text = text
    item.set(_SPACE, "preserve")
    return item


def _broken(text: str) -> Iterator[Element]:
    """The text with its line breaks."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield etree.Element(q("w:br"))
        if line:
            yield _text(line)
