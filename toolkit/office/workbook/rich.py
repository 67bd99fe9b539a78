"""Markdown in a cell: bold and italic as formatted runs, everything else as text.

In: a Markdown value; later, the font of the cell's style. Out: runs (x:rPr, text). A run that only
says bold or italic gets the rest of its look from the font of its cell.
"""

from __future__ import annotations

from lxml import etree

from toolkit.office.package.markup import Element, q
from toolkit.office.values import Markdown
from toolkit.office.workbook.strings import Run

_BARE = {
    "<rPr><b/></rPr>": "<b/>",
    "<rPr><i/></rPr>": "<i/>",
    "<rPr><b/><i/></rPr>": "<b/><i/>",
}
_OPEN = "<rPr>"


def runs_of(value: Markdown) -> list[Run]:
    """The runs of a text; a single one without formatting where it has none."""
    from toolkit.office.markdown import Span, blocks, bullet  # few templates print Markdown

    runs: list[Run] = []
    for number, block in enumerate(blocks(value.source)):
        lead = ("\n" if number else "") + bullet(block)
        spans = (Span(lead), *block.spans)
        for span in spans:
            bold = span.bold or (block.kind == "heading" and span is not spans[0])
            look = "<b/>" * bold + "<i/>" * span.italic
            _add(runs, (f"<rPr>{look}</rPr>" if look else "", span.text))
    return runs


def _add(runs: list[Run], run: Run) -> None:
    if runs and runs[-1][0] == run[0]:
        runs[-1] = (run[0], runs[-1][1] + run[1])
    elif run[1]:
        runs.append(run)


def combined(look: str, run: Run) -> Run:
    """A run within text that has a look of its own."""
    inner = _BARE.get(run[0], "")
    if not look or not inner:
        return (look or run[0], run[1])
    if _OPEN not in look:  # not a font but the number of a text
        return (look, run[1])
    return (look.replace(_OPEN, _OPEN + inner, 1), run[1])


def is_bare(runs: list[Run]) -> bool:
    """Whether some run says bold or italic and no font."""
    return any(look in _BARE for look, _ in runs)


def dressed(runs: list[Run], font: str) -> list[Run]:
    """The runs with the font of their cell."""
    return [(look.replace("</rPr>", font + "</rPr>") if look in _BARE else look, text)
            for look, text in runs]  # fmt: skip


def font_xml(font: Element) -> str:
    """What of a cell's font stands in a run: all but bold and italic, the name as x:rFont."""
    out = []
    for item in font:
        if item.tag in (q("x:b"), q("x:i")):
            continue
        twin = etree.Element("rFont" if item.tag == q("x:name") else etree.QName(item).localname)
        for name, value in item.attrib.items():
            twin.set(name, value)
        out.append(etree.tostring(twin, encoding="unicode"))
    return "".join(out)
