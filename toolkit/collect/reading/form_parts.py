"""The parts of a Word form: its tables, its controls and their texts.

In: the body of a document. Out: texts as people see them (no hidden text, nothing deleted), content
controls with tag and title, tables with the hidden keys of their headings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.office.package.markup import Element, q

CONTROL, TABLE, ROW, CELL, PARAGRAPH, RUN = (
    q(f"w:{name}") for name in ("sdt", "tbl", "tr", "tc", "p", "r")
)
TEXT, BREAK, LINE, TAB = (q(f"w:{name}") for name in ("t", "br", "cr", "tab"))
GONE = frozenset({q("w:del"), q("w:moveFrom"), q("w:sdtPr"), q("w:pPr"), q("w:rPr"), q("w:tblPr")})
VAL = q("w:val")


@dataclass(frozen=True)
class Control:
    """A content control: its tag, its title, and whether it still shows its prompt."""

    element: Element
    tag: str
    title: str
    prompting: bool

    @property
    def text(self) -> str:
        """What stands in it."""
        return text_of(self.element)

    @property
    def chosen(self) -> str:
        """The value of the list item whose text is shown; '' for another control or text."""
        shown = self.text.strip()
        for item in _properties(self.element).iter(q("w:listItem")):
            if (item.get(q("w:displayText")) or item.get(q("w:value"))) == shown:
                return item.get(q("w:value"), "")
        return ""

    @property
    def day(self) -> str:
        """The day of a date control as ``2026-01-31``; '' for another."""
        date = _properties(self.element).find(q("w:date"))
        return date.get(q("w:fullDate"), "")[:10] if date is not None else ""


def _properties(element: Element) -> Element:
    found = element.find(q("w:sdtPr"))
    return found if found is not None else element


def control_of(element: Element) -> Control:
    """The control of an ``w:sdt`` element."""
    properties = _properties(element)

    def told(name: str) -> str:
        found = properties.find(q(f"w:{name}"))
        return found.get(VAL, "") if found is not None else ""

    prompting = properties.find(q("w:showingPlcHdr")) is not None
    return Control(element, told("tag"), told("alias"), prompting)


def controls(element: Element) -> list[Control]:
    """Every control inside an element, outer ones first."""
    return [control_of(found) for found in element.iter(CONTROL)]


def text_of(element: Element, *, hidden: bool = False) -> str:
    """The text of an element, one line a paragraph; ``hidden`` for the hidden text alone."""
    if element.tag == RUN:
        return _run_text(element) if _is_hidden(element) is hidden else ""
    paragraphs = [_line(p, hidden) for p in element.iter(PARAGRAPH)] or [_line(element, hidden)]
    return "\n".join(paragraphs).strip("\n")


def _line(element: Element, hidden: bool) -> str:
    runs = (run for run in _runs(element) if _is_hidden(run) is hidden and not is_struck(run))
    return "".join(_run_text(run) for run in runs)


def _runs(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == RUN:
            yield child
        elif child.tag not in GONE and child.tag != PARAGRAPH:
            yield from _runs(child)


def _run_text(run: Element) -> str:
    pieces = {TEXT: None, BREAK: "\n", LINE: "\n", TAB: "\t"}
    found = (child for child in run if child.tag in pieces)
    return "".join(pieces[child.tag] or child.text or "" for child in found)


def _is_hidden(run: Element) -> bool:
    return _is_on(run, "w:vanish")


def is_struck(run: Element) -> bool:
    """Whether a run is crossed out, once or twice."""
    return _is_on(run, "w:strike") or _is_on(run, "w:dstrike")


def _is_on(run: Element, name: str) -> bool:
    mark = run.find(f"{q('w:rPr')}/{q(name)}")
    return mark is not None and mark.get(VAL, "1") not in ("0", "false", "off")


def rows_of(table: Element) -> list[Element]:
    """The rows of a table, those inside controls too, but not those of tables within it.

    A row whose deletion is tracked is gone.
    """
    gone = f"{q('w:trPr')}/{q('w:del')}"
    return [row for row in _direct(table, ROW) if row.find(gone) is None]


def cells_of(row: Element) -> list[Element]:
    """The cells of a row, those inside controls too."""
    return list(_direct(row, CELL))


def _direct(element: Element, tag: str) -> Iterator[Element]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (CONTROL, q("w:sdtContent"), q("w:ins"), q("w:customXml")):
            yield from _direct(child, tag)


def mark_of(row: Element) -> str:
    """The id a row's control names (``row:st03``); '' where there is none."""
    marks = (control.tag for control in controls(row) if control.tag.startswith("row:"))
    return next(marks, "").removeprefix("row:")
