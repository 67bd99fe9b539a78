"""What a filled part of a presentation needs so that PowerPoint opens it as it should.

In: the root of a filled part. Out: the same tree with line breaks as elements, without the
paragraphs, rows and links that its tags left empty, with a paragraph in every text body.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from toolkit.office.package.markup import Element, parent, q

CONDITIONAL = "veikart-conditional"
"""The attribute of a paragraph that is dropped when its tags leave it empty."""

BREAK = "\ufdd2"
"""What stands for a line break of a printed value until ``break_lines``."""

_BODIES = tuple(map(q, ("p:txBody", "a:txBody", "c:rich"))) + (
    "{http://schemas.microsoft.com/office/drawing/2008/diagram}txBody",
    q("dgm:t"),
)


def break_lines(root: Element) -> None:
    """Turn the line breaks of printed values into a:br; elsewhere into plain ones."""
    for item in list(root.iter()):
        for name in list(item.attrib):
            if BREAK in (value := item.get(name, "")):
                item.set(name, value.replace(BREAK, " "))
        if item.text and BREAK in item.text:
            if item.tag == q("a:t") and parent(item).tag == q("a:r"):
                _break_run(parent(item), item.text.split(BREAK))
            else:
                item.text = item.text.replace(BREAK, "\n")


def _break_run(run: Element, texts: list[str]) -> None:
    look = run.find(q("a:rPr"))
    for text in texts[:-1]:
        if text:
            before = deepcopy(run)
            _say(before, text)
            run.addprevious(before)
        line = etree.Element(q("a:br"))
        if look is not None:
            line.append(deepcopy(look))
        run.addprevious(line)
    _say(run, texts[-1])


def _say(run: Element, text: str) -> None:
    for item in run.iterfind(q("a:t")):
        item.text = text


def drop_empty(root: Element) -> None:
    """Drop paragraphs whose conditions left nothing."""
    for paragraph in [p for p in root.iter(q("a:p")) if p.get(CONDITIONAL)]:
        del paragraph.attrib[CONDITIONAL]
        if _is_empty(paragraph):
            parent(paragraph).remove(paragraph)


def keep_bodies(root: Element) -> None:
    """Give every text body a paragraph."""
    for body in root.iter(*_BODIES):
        if body.find(q("a:p")) is None:
            etree.SubElement(body, q("a:p"))


def _is_empty(paragraph: Element) -> bool:
    if any(item.text for item in paragraph.iter(q("a:t"))):
        return False
    return paragraph.find(q("a:br")) is None and paragraph.find(q("a:fld")) is None


def drop_empty_tables(root: Element) -> None:
    """Drop tables without rows and rows without cells: PowerPoint does not open them."""
    for table in list(root.iter(q("a:tbl"))):
        for row in table.findall(q("a:tr")):
            if row.find(q("a:tc")) is None:
                table.remove(row)
        frame = next(table.iterancestors(q("p:graphicFrame")), None)
        if table.find(q("a:tr")) is None and frame is not None:
            parent(frame).remove(frame)


def fit_columns(root: Element) -> None:
    """Let the columns of each table be as wide together as its frame, in their proportions."""
    for frame in root.iter(q("p:graphicFrame")):
        extent = frame.find(q("p:xfrm") + "/" + q("a:ext"))
        columns = list(frame.iter(q("a:gridCol")))
        widths = [int(column.get("w", "0")) for column in columns]
        total = int(extent.get("cx", "0")) if extent is not None else 0
        if total and sum(widths) > total:
            for column, width in zip(columns, widths, strict=True):
                column.set("w", str(width * total // sum(widths)))


def drop_dangling(root: Element) -> None:
    """Let connectors and animations go that speak of shapes which are not there any more."""
    there = {item.get("id") for item in root.iter(q("p:cNvPr"))}
    for end in list(root.iter(q("a:stCxn"), q("a:endCxn"))):
        if end.get("id") not in there:
            parent(end).remove(end)
    for timing in root.findall(q("p:timing")):
        if any(target.get("spid") not in there for target in timing.iter(q("p:spTgt"))):
            root.remove(timing)
