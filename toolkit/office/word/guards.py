"""What Word insists on, looked after in the rendered text: a cell has a paragraph, a table a row.

In: the containers that lifted tags may leave empty. Out: marks around or inside them, whose
guards put an empty paragraph in, or take the empty table out.
"""

from __future__ import annotations

from typing import Any

from toolkit.office.package.markup import Element, q
from toolkit.office.record import Record
from toolkit.office.tags.pieces import END, Fill, Needs, Start
from toolkit.office.word.grid import Grid, opening_of
from toolkit.office.word.places import TBL, TC, TR, TXBX, P
from toolkit.office.word.story import Story

_EMPTY = "<w:p/>"
_PARAGRAPH = ("<w:p>", "<w:p ", _EMPTY)
_ROWS = Needs(("<w:tr>", "<w:tr "), "")
_CELLS = Needs(("<w:tc>", "<w:tc "), "")
_HOLDERS = frozenset(
    {TXBX, *map(q, ("w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:comment", "w:sdtContent"))}
)


class _HasParagraph(Record):
    """A stretch that must hold a paragraph, and in a cell end with one."""

    def close(self, stretch: list[Any], fill: Fill) -> list[Any]:
        texts = [piece for piece in stretch if isinstance(piece, str) and piece]
        held = any(needle in text for text in texts for needle in _PARAGRAPH)
        if held and not texts[-1].endswith("</w:tbl>"):
            return stretch
        return [*stretch, _EMPTY]


_HAS_PARAGRAPH = _HasParagraph()


def guard(story: Story) -> None:
    """Mark every container that may be left without what it must hold."""
    grid = Grid(opening_of(story.root))
    for table in story.regridded:
        story.marks.around(table, Start(grid), END)
    for holder in list(story.emptied.values()):
        if holder.tag == TBL:
            story.marks.around(holder, Start(_ROWS), END)
        elif holder.tag == TR:
            story.marks.around(holder, Start(_CELLS), END)
        elif holder.tag == TC or (holder.tag in _HOLDERS and _is_block(holder)):
            _guard_inside(story, holder)


def _is_block(holder: Element) -> bool:
    """Whether a container holds paragraphs; a control around rows or runs does not."""
    return holder.tag != q("w:sdtContent") or all(child.tag in (P, TBL) for child in holder)


def _guard_inside(story: Story, holder: Element) -> None:
    start, end = story.marks.mark(Start(_HAS_PARAGRAPH)), story.marks.mark(END)
    properties = holder.find(q("w:tcPr"))
    if properties is not None:
        properties.tail = start + (properties.tail or "")
    else:
        holder.text = start + (holder.text or "")
    last = holder[-1] if len(holder) else None
    if last is None:
        holder.text = (holder.text or "") + end
    else:
        last.tail = (last.tail or "") + end
