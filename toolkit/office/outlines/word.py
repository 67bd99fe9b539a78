"""The lines of a Word document.

In: a package. Out: the text of each paragraph in body, headers, footers, notes and comments, and
the alternative texts.
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.office.outlines.outline import Texts
from toolkit.office.package.markup import Element, q
from toolkit.office.package.package import Package
from toolkit.office.word.places import P, paragraphs, stories

_T, _TAB = (q("w:t"), q("m:t")), q("w:tab")
_BREAKS = frozenset({q("w:br"), q("w:cr")})
_INLINE = {q("w:noBreakHyphen"): "\u2011", q("w:softHyphen"): ""}
_PR = frozenset({q("w:pPr"), q("w:rPr"), q("mc:Fallback"), q("w:txbxContent")})


def texts(package: Package) -> Texts:
    """Steps and text of every paragraph and alternative text."""
    for name, steps in stories(package):
        if name.startswith("word/glossary"):
            continue
        for paragraph, inner in paragraphs(package.tree(name), steps):
            yield inner, text_of(paragraph)
            for alt in _alts(paragraph):
                yield (*inner, ("alt", 1)), alt


def text_of(paragraph: Element) -> str:
    """The text of one paragraph: tabs and line breaks as characters, text boxes left out."""
    return "".join(_pieces(paragraph))


def _pieces(holder: Element) -> Iterator[str]:
    for child in holder:
        if child.tag in _T:
            yield child.text or ""
        elif child.tag == _TAB:
            yield "\t"
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag in _INLINE:
            yield _INLINE[child.tag]
        elif child.tag not in _PR and isinstance(child.tag, str):
            yield from _pieces(child)


def _alts(paragraph: Element) -> Iterator[str]:
    for drawing in paragraph.iter(q("wp:docPr")):
        holder = next(drawing.iterancestors(P), None)
        if holder is paragraph:
            yield drawing.get("descr", "")
