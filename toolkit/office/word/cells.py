"""docxtpl's cell commands: ``colspan n``, ``cellbg colour``, ``hm``, ``vm`` in ``{% … %}``.

In: the paragraphs of a part. Out: the cells they stand in, with marks for span, shading and
merging; the commands are gone from the text.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from toolkit.office.package.markup import Element, q
from toolkit.office.tags.text import Found, Kind, Tag
from toolkit.office.word.places import TBL, TC
from toolkit.office.word.story import Story
from toolkit.office.word.text import Paragraph, read, write_tags

_COMMANDS = ("colspan", "cellbg", "hm", "vm")
_ORDER = tuple(
    map(
        q,
        ("w:cnfStyle", "w:tcW", "w:gridSpan", "w:hMerge", "w:vMerge", "w:tcBorders", "w:shd"),
    )
)
_VAL = q("w:val")


def carry_out(story: Story, paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Carry out the cell commands; gives the paragraphs without them."""
    return [_carried_out(story, paragraph) for paragraph in paragraphs]


def _carried_out(story: Story, paragraph: Paragraph) -> Paragraph:
    if not any(_is_command(found) for found in paragraph.found):
        return paragraph
    rest = [found for found in paragraph.found if not _is_command(found)]
    paragraph.found = [found for found in paragraph.found if _is_command(found)]
    cell = next(paragraph.element.iterancestors(TC), None)
    for found in paragraph.found:
        if found.tag is not None:
            _command(story, paragraph, cell, found.tag)
    first = {}

    def remember(found: Found, element: Element) -> str:
        if found.tag is not None and found.tag.word == "vm":
            first[element] = found.tag
        return ""

    write_tags(paragraph, remember)
    for element, tag in first.items():
        maker = _Maker(story, tag.at(story.package.place(*paragraph.steps)))
        text = element.text or ""
        element.text = maker.says("if loop.first") + text + maker.says("endif")
    return read(paragraph.element, paragraph.steps) if rest else paragraph


def _is_command(found: Found) -> bool:
    return found.tag is not None and found.tag.word in _COMMANDS


def _command(story: Story, paragraph: Paragraph, cell: Element | None, tag: Tag) -> None:
    place = story.package.place(*paragraph.steps)
    if cell is None:
        story.misplaced(tag, place)
        return
    word = tag.word
    rest = tag.source[2:-2].strip().removeprefix(word).strip()
    marks = _Maker(story, tag.at(place))
    if word == "colspan":
        _property(cell, "w:gridSpan").set(_VAL, marks.value(rest or "1", "span"))
    elif word == "cellbg":
        shading = _property(cell, "w:shd")
        shading.set(_VAL, "clear")
        shading.set(q("w:color"), "auto")
        shading.set(q("w:fill"), marks.value(rest or "''", "colour"))
    elif word == "hm":
        _merge_across(story, cell, marks)
    else:
        merge = (marks.says("if loop.first"), "restart", marks.says("else"), "continue")
        _property(cell, "w:vMerge").set(_VAL, "".join(merge) + marks.says("endif"))
    table = next(cell.iterancestors(TBL), None)
    if table is not None:
        story.regrid(table)


def _merge_across(story: Story, cell: Element, marks: _Maker) -> None:
    span = _property(cell, "w:gridSpan")
    own = span.get(_VAL, "1")
    span.set(_VAL, marks.value(f"loop.length * {own if own.isdigit() else 1}", "span"))
    story.empties(cell.getparent())
    story.empties(next(cell.iterancestors(TBL), None))
    story.merged.append((cell, marks.says("if loop.first"), marks.says("endif")))


def merge_across(story: Story) -> None:
    """Keep the first of the cells that ``hm`` merges; a loop in the cell goes around that."""
    for cell, first, last in story.merged:
        tail = cell.tail or ""
        story.marks.before(cell, first)
        cell.tail = last + tail


class _Maker:
    """Makes marks for tags that a command stands for; findings show the command."""

    def __init__(self, story: Story, tag: Tag) -> None:
        self._marks = story.marks
        self._tag = tag
        self._level = object()

    def value(self, expression: str, sink: str = "attribute") -> str:
        """The mark of a value."""
        return self._mark("{{ " + expression + " }}", Kind.VALUE, sink)

    def says(self, statement: str) -> str:
        """The mark of a statement."""
        return self._mark("{% " + statement + " %}", Kind.STATEMENT, "attribute")

    def _mark(self, source: str, kind: Kind, sink: str) -> str:
        tag = Tag(source, self._tag.shown, kind)
        return self._marks.mark(tag.at(self._tag.place, self._level, sink))


def _property(cell: Element, name: str) -> Element:
    """A property of a cell, made in its place where it is missing."""
    properties = cell.find(q("w:tcPr"))
    if properties is None:
        properties = etree.Element(q("w:tcPr"))
        cell.insert(0, properties)
    own = properties.find(q(name))
    if own is None:
        own = etree.Element(q(name))
        rank = _ORDER.index(own.tag)
        before = [child for child in properties if child.tag in _ORDER[:rank]]
        properties.insert(len(before), own)
    return own
