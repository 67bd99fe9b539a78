"""Text in attributes of a Word part: alternative texts, titles of content controls, tool tips.

In: a Story. Out: its attributes translated, and marks for the tags in them; the targets of
hyperlinks, whose tags stand in the relationships, are marked where the link stands.
"""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import quote, unquote

from lxml import etree

from toolkit.office.package.markup import Element, q
from toolkit.office.record import Record
from toolkit.office.tags.marks import Edge, mark_text
from toolkit.office.tags.pieces import END, Fill, Start
from toolkit.office.tags.text import has_tags
from toolkit.office.values import unescape
from toolkit.office.word.places import NOTES
from toolkit.office.word.story import Story

_TRANSLATED = {
    q("wp:docPr"): ("descr", "title"),
    q("pic:cNvPr"): ("descr", "title"),
    q("w:alias"): (q("w:val"),),
    q("w:listItem"): (q("w:displayText"),),
    q("w:hyperlink"): (q("w:tooltip"),),
    q("w:tblCaption"): (q("w:val"),),
    q("w:tblDescription"): (q("w:val"),),
    q("w:statusText"): (q("w:val"),),
    q("w:helpText"): (q("w:val"),),
}
_braced = etree.XPath("//*[@*[contains(., '{')]]")  # elements with a brace in an attribute
_R_ID = q("r:id")
_URL = "/:?#[]@!$&'()*+,;=%~"


def translate_attributes(story: Story) -> None:
    """Swap whole attribute texts for their labels."""
    label_of = story.engine.settings.localisation.text
    for tag, names in _TRANSLATED.items():
        for element in story.root.iter(tag):
            for name in names:
                text = element.get(name, "")
                label = label_of(text.strip()) if text.strip() and not has_tags(text) else None
                if label is not None and label != text:
                    element.set(name, label)
                    story.changed = True


def mark_attributes(story: Story) -> None:
    """Marks for the tags in every attribute of the part."""
    for element in cast(list[Element], _braced(story.root)):
        for name in element.keys():  # noqa: SIM118
            value = element.get(name, "")
            if "{" in value and has_tags(value):
                place = story.place(element).at(*_where(element))
                text = mark_text(value, story.marks, place, story.engine, "attribute")
                element.set(name, text)


def _where(element: Element) -> tuple[tuple[str, int | str], ...]:
    return (("alt", 1),) if element.tag in (q("wp:docPr"), q("pic:cNvPr")) else ()


class Link(Record):
    """The target of a hyperlink: what stands in it becomes a relationship of the part."""

    word: str

    def close(self, stretch: list[Any], fill: Fill) -> list[Any]:
        """The whole r:id attribute; nothing where the target is empty."""
        target = unescape("".join(map(str, stretch)))
        target = quote(target.strip(), safe=_URL)
        if not target:
            return []
        known = fill.memory.get(("link", target))
        if known is None:
            known = fill.package.add_rel(fill.part, self.word, target, external=True)
            fill.memory["link", target] = known
        return [f' r:id="{known}"']


def mark_links(story: Story) -> None:
    """Hyperlinks whose target holds tags: the target moves to where the link stands."""
    package = story.package
    used = {item.get(_R_ID): item for item in _linked(story)}
    for relation in package.rels(story.name):
        target = unquote(relation.target)
        if not relation.external or not has_tags(target):
            continue
        links = [
            item
            for item in _linked(story)
            if item.tag == q("w:hyperlink") and item.get(_R_ID) == relation.id
        ]
        for item in links:
            _mark_link(story, item, target)
        if not links:
            where = story.place(used[relation.id]) if relation.id in used else package.place()
            story.engine.add("place-unfillable", where, tag=target, part=relation.word)
        package.remove_rel(story.name, relation.id)


def _linked(story: Story) -> list[Element]:
    """What points out of the part; a note in the body points out of its own part."""
    notes = list(story.root.iter(*NOTES)) if story.name == story.package.main else []
    inside = {item for note in notes for item in note.iter()}
    return [i for i in story.root.iter() if i.get(_R_ID) and i not in inside]


def _mark_link(story: Story, item: Element, target: str) -> None:
    link = Link("hyperlink")
    place = story.place(item).at(("link", target))
    text = mark_text(target, story.marks, place, story.engine, "attribute")
    first, last = Edge(Start(link), last=False), Edge(END, first=False)
    item.set(_R_ID, story.marks.mark(first) + text + story.marks.mark(last))
