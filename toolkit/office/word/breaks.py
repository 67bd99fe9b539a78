"""Page breaks and tracked insertions beside tags.

In: the paragraphs of a part. Out: the paragraphs, with a page break that shares its paragraph
with tags only in a paragraph of its own, so that the tags can go and the break stays; insertions
that only half of a block stands in accepted, so that the block can be told as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from toolkit.office.package.markup import Element, parent, q
from toolkit.office.tags.text import Kind
from toolkit.office.word.lift import Entry
from toolkit.office.word.story import Story
from toolkit.office.word.text import Paragraph, is_far_break, read

_R, _PPR, _RPR = q("w:r"), q("w:pPr"), q("w:rPr")
_OPEN_WRAPPERS = frozenset(map(q, ("w:ins", "w:moveTo", "w:smartTag")))


def free_breaks(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Paragraphs that hold tags and page breaks only, taken apart."""
    out: list[Paragraph] = []
    for paragraph in paragraphs:
        out += _apart(paragraph) if _is_steered_break(paragraph) else [paragraph]
    return out


def _is_steered_break(paragraph: Paragraph) -> bool:
    if not paragraph.found or paragraph.keeps_section or "\n" not in paragraph.text:
        return False
    if any(f.tag is None or f.tag.kind is Kind.VALUE for f in paragraph.found):
        return False
    rest = paragraph.text
    for found in reversed(paragraph.found):
        if "\n" in rest[found.start : found.end]:
            return False
        rest = rest[: found.start] + rest[found.end :]
    far = sum(map(is_far_break, paragraph.element.iter()))
    plain = all(child.tag in (_R, _PPR) for child in paragraph.element)
    return plain and not rest.strip() and far == paragraph.solids


def _apart(paragraph: Paragraph) -> list[Paragraph]:
    element = paragraph.element
    properties = element.find(_PPR)
    groups: list[list[Element]] = [[]]
    for run in element.findall(_R):
        for piece in _pieces(run):
            if any(map(is_far_break, piece)):
                groups += [[piece], []]
            else:
                groups[-1].append(piece)
    made = [_paragraph(properties, group) for group in groups if group]
    for new in made:
        element.addprevious(new)
    parent(element).remove(element)
    return [read(new, paragraph.steps) for new in made]


def _pieces(run: Element) -> list[Element]:
    """The run as runs of which each holds a page break or none."""
    look = run.find(_RPR)
    pieces: list[Element] = []
    for child in [child for child in run if child.tag != _RPR]:
        if not pieces or is_far_break(child) or any(map(is_far_break, pieces[-1])):
            pieces.append(etree.Element(_R))
            if look is not None:
                pieces[-1].append(deepcopy(look))
        pieces[-1].append(child)
    return pieces


def _paragraph(properties: Element | None, runs: list[Element]) -> Element:
    new = etree.Element(q("w:p"))
    if properties is not None:
        new.append(deepcopy(properties))
    new.extend(runs)
    return new


def accept_halves(story: Story, blocks: Iterable[list[Entry]]) -> None:
    """Take away the insertions round the tags of blocks that do not stand at one level."""
    for block in blocks:
        begins = [entry.paragraph.bit_at(entry.start) for entry in block if entry.element is None]
        if len({story.level(begin) for begin in begins}) > 1:
            for begin in begins:
                _unwrap(begin)


def _unwrap(element: Element) -> None:
    for above in [a for a in element.iterancestors() if a.tag in _OPEN_WRAPPERS]:
        for child in list(above):
            above.addprevious(child)
        parent(above).remove(above)
