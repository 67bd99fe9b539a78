"""Tags of a Word part, from its text to where they take effect.

In: a Story and its paragraphs. Out: the tree with a mark for every tag: inside the run it begins
in, in place of its paragraph, row or cell, or around it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable

from toolkit.office.package.markup import Element, parent, q
from toolkit.office.tags.text import Found, Kind, Tag
from toolkit.office.word.breaks import accept_halves
from toolkit.office.word.lift import Entry, blocks_of, entries, lift
from toolkit.office.word.places import TBL, TC, P
from toolkit.office.word.story import Story
from toolkit.office.word.text import CODE, MATHS, Paragraph, read, write_tags

_RANGES = (
    (q("w:bookmarkStart"), q("w:bookmarkEnd")),
    (q("w:commentRangeStart"), q("w:commentRangeEnd")),
)

_NOWHERE = ("sheet",)
_OUTSIDE_TABLES = ("tr", "tc", "sheet")


def place_tags(story: Story, paragraphs: list[Paragraph]) -> None:
    """Put every tag of the paragraphs where it takes effect."""
    tagged = [paragraph for paragraph in paragraphs if paragraph.found]
    found = entries(tagged)
    lifted = lift(found)
    accept_halves(story, blocks_of(found))
    out = {(id(entry.paragraph), entry.number): entry for entry in lifted}
    for paragraph in tagged:
        _write_inline(story, paragraph, out)
    _lift(story, lifted)


def place_codes(story: Story, paragraphs: Iterable[Paragraph]) -> None:
    """The same for the codes of fields, whose tags are never lifted."""
    if next(story.root.iter(CODE), None) is None:
        return
    for paragraph in paragraphs:
        code = read(paragraph.element, paragraph.steps, code=True)
        if code.found:
            _write_inline(story, code, {}, sink="attribute")


def _write_inline(
    story: Story, paragraph: Paragraph, out: dict[tuple[int, int], Entry], sink: str = ""
) -> None:
    place = story.package.place(*paragraph.steps)
    numbers = {id(found): number for number, found in enumerate(paragraph.found)}
    text = paragraph.text

    def text_of(found: Found, element: Element) -> str:
        if (id(paragraph), numbers[id(found)]) in out:
            return ""
        if found.tag is None and found.literal is None:
            story.cut_off(text, found, place)
        plain = "attribute" if element.tag == MATHS else ""  # no line breaks in formulas
        return story.mark(found, place, story.level(element), sink or plain)

    for number, found in enumerate(paragraph.found):
        lifted = (id(paragraph), number) in out
        if found.tag and found.tag.letter in (_NOWHERE if lifted else _OUTSIDE_TABLES):
            story.misplaced(found.tag, place)
    bare = paragraph.alone
    write_tags(paragraph, text_of)
    if bare and all((id(paragraph), number) in out for number in numbers.values()):
        _drop_bare(paragraph.element, out[id(paragraph), 0])


def _drop_bare(element: Element, entry: Entry) -> None:
    """Take away a paragraph of a wrapped cell or row that held nothing but the wrapping tags."""
    holder = parent(element)
    if entry.wraps and entry.letter != "p" and len(holder.findall(P)) > 1:
        before = element.getprevious()
        if holder[-1] is not element or (before is not None and before.tag == P):
            holder.remove(element)


def _lift(story: Story, lifted: list[Entry]) -> None:
    by_element: dict[int, list[Entry]] = {}
    for entry in lifted:
        by_element.setdefault(id(entry.element), []).append(entry)
    for group in by_element.values():
        element = group[0].element
        if element is None or element.getparent() is None:
            continue
        _remember(story, element)
        if all(entry.wraps for entry in group):
            _wrap(story, element, group)
        else:
            _keep_ranges(element)
            story.marks.replace(element, *(_lifted_tag(story, entry) for entry in group))


def _keep_ranges(element: Element) -> None:
    """Move a bookmark's or comment's edge out of an element that goes, when only one is in it."""
    for opening, closing in _RANGES:
        edges = [*element.iter(opening), *element.iter(closing)]
        numbers = Counter(edge.get(q("w:id")) for edge in edges)
        for edge in edges:
            if numbers[edge.get(q("w:id"))] == 1:
                edge.tail = None
                element.addprevious(edge)


def _remember(story: Story, element: Element) -> None:
    """What may be left empty: the element's parent, and a table whose rows all go."""
    holder = parent(element)
    story.empties(holder)
    table = next(element.iterancestors(TBL), None)
    if element.tag == TC and table is not None:
        story.regrid(table)
    while holder is not None and holder.tag != TBL and element.tag != holder.tag:
        above = holder.getparent()
        if above is None or above.tag != TBL:
            break
        story.empties(above)
        holder = above


def _wrap(story: Story, element: Element, group: list[Entry]) -> None:
    tail, element.tail = element.tail or "", None
    tags = [_lifted_tag(story, entry) for entry in group]
    openers, closers = _halves(story, group, tags)
    story.marks.before(element, "".join(map(story.marks.mark, openers)))
    element.tail = "".join(map(story.marks.mark, closers)) + tail


def _halves(story: Story, group: list[Entry], tags: list[Tag]) -> tuple[list[Tag], list[Tag]]:
    """The tags before a wrapped element and those after it; a branch cannot be either."""
    openers, closers = [], []
    for entry, tag in zip(group, tags, strict=True):
        if tag.word in ("else", "elif"):
            story.misplaced(entry.tag, tag.place)
        elif tag.kind is Kind.STATEMENT and tag.word.startswith("end"):
            closers.append(tag)
        else:
            openers.append(tag)
    return openers, closers


def _lifted_tag(story: Story, entry: Entry) -> Tag:
    element = entry.element
    holder = element.getparent() if element is not None else None
    level: Hashable = (entry.wraps, entry.letter, story.number(element if entry.wraps else holder))
    return entry.tag.at(story.package.place(*entry.paragraph.steps), level)
