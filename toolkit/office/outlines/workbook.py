"""The lines of a workbook.

In: a package. Out: sheet names, the text of every cell (its cached value), headers and footers,
comments, prompts of data validation, and alternative texts.
"""

from __future__ import annotations

from toolkit.finding import Step
from toolkit.office.outlines.outline import Texts
from toolkit.office.package.markup import Element, q
from toolkit.office.package.package import Package

_PROMPTS = ("promptTitle", "prompt", "errorTitle", "error")


def texts(package: Package) -> Texts:
    """Steps and text, sheet by sheet, cell by cell."""
    shared = _shared_strings(package)
    targets = {r.id: r.target for r in package.rels(package.main)}
    for sheet in package.tree(package.main).iter(q("x:sheet")):
        part = targets.get(sheet.get(q("r:id"), ""), "")
        name: Step = ("sheet", sheet.get("name", ""))
        yield (name,), sheet.get("name", "")
        if part in package:
            yield from _sheet(package, part, name, shared)


def _sheet(package: Package, part: str, name: Step, shared: list[str]) -> Texts:
    root = package.tree(part)
    for cell in root.iter(q("x:c")):
        yield (name, ("at", cell.get("r", ""))), _value(cell, shared)
    for rule in root.iter(q("x:dataValidation")):
        at = rule.get("sqref", "").partition(" ")[0]
        for prompt in _PROMPTS:
            yield (name, ("at", at)), rule.get(prompt, "")
    margins = root.find(q("x:headerFooter"))
    for item in () if margins is None else margins:
        word = "header" if item.tag.endswith("Header") else "footer"
        yield (name, (word, 1)), item.text or ""
    yield from _drawn(package, part, name)


def _drawn(package: Package, part: str, name: Step) -> Texts:
    for comments in package.related(part, "comments"):
        for item in package.tree(comments).iter(q("x:comment")):
            yield (name, ("at", item.get("ref", ""))), _joined(item)
    for drawing in package.related(part, "drawing"):
        for item in package.tree(drawing).iter(q("xdr:cNvPr")):
            yield (name, ("picture", item.get("name", ""))), item.get("descr", "")
        for paragraph in package.tree(drawing).iter(q("a:p")):
            yield (name,), "".join(t.text or "" for t in paragraph.iter(q("a:t")))
        for number, chart in enumerate(package.related(drawing, "chart"), 1):
            for paragraph in package.tree(chart).iter(q("a:p")):
                text = "".join(t.text or "" for t in paragraph.iter(q("a:t")))
                yield (name, ("chart", number)), text


def _value(cell: Element, shared: list[str]) -> str:
    value = cell.findtext(q("x:v")) or ""
    if cell.get("t") == "s" and value.isdigit():
        return shared[int(value)] if int(value) < len(shared) else ""
    if cell.get("t") == "inlineStr":
        inline = cell.find(q("x:is"))
        return "" if inline is None else _joined(inline)
    return value


def _joined(item: Element) -> str:
    """The text of an inline or shared string, without phonetic readings."""
    return "".join(
        t.text or ""
        for t in item.iter(q("x:t"))
        if all(above.tag != q("x:rPh") for above in t.iterancestors())
    )


def _shared_strings(package: Package) -> list[str]:
    return [
        _joined(item)
        for name in package.related(package.main, "sharedStrings")
        for item in package.tree(name).iter(q("x:si"))
    ]
