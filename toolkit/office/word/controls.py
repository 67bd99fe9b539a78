"""Content controls: drop-down lists, dates, and the grey prompt of an empty one.

In: a Story whose text is already marked. Out: marks that give a drop-down its entries from
``{{ choices(xs) }}``, a date control its date, and an empty control its placeholder text.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from toolkit.office.package.markup import Element, parent, q
from toolkit.office.record import Record
from toolkit.office.tags.marks import Edge, holds_mark, without_marks
from toolkit.office.tags.pieces import END, Fill, Start
from toolkit.office.tags.text import Kind, Tag, lone_tag
from toolkit.office.word.emitters import EMPTY
from toolkit.office.word.story import Story, inside
from toolkit.office.word.styles import placeholder_style

_PR, _CONTENT = q("w:sdtPr"), q("w:sdtContent")
_VAL, _SHOWING = q("w:val"), q("w:showingPlcHdr")
_BEFORE_SHOWING = tuple(
    map(q, ("w:rPr", "w:alias", "w:tag", "w:id", "w:lock", "w:placeholder", "w:temporary"))
)
_CHOICE = tuple(map(q, ("w:dropDownList", "w:comboBox")))


class _Slot(Record):
    """A spot inside a control: ``showing``, ``first`` or ``last`` of its content."""

    name: str


class _Control(Record):
    """A control whose content is tags only; ``prompt`` is its content when all are empty."""

    prompt: str
    tags: int

    def close(self, stretch: list[Any], fill: Fill) -> list[Any]:
        """The control with its content, or with the placeholder."""
        if sum(piece is EMPTY for piece in stretch) < self.tags:
            return [piece for piece in stretch if isinstance(piece, str)]
        out: list[Any] = []
        skipping = False
        for piece in stretch:
            if isinstance(piece, _Slot):
                skipping = piece.name == "first"
                out += {"showing": ["<w:showingPlcHdr/>"], "first": [self.prompt], "last": []}[
                    piece.name
                ]
            elif not skipping and isinstance(piece, str):
                out.append(piece)
        return out


def prepare_controls(story: Story) -> None:
    """See to every content control of the part."""
    for control in inside(story.root, q("w:sdt")):
        properties, content = control.find(_PR), control.find(_CONTENT)
        if properties is None or content is None:
            continue
        _mark_choices(story, properties)
        tags = story.marks.tags_in(content)
        if tags:
            _unbind(story, properties)
            _mark_date(story, properties, tags)
            _mark_prompt(story, control, tags)


def _unbind(story: Story, properties: Element) -> None:
    """Let go of data without tags that Word would show instead of what was filled in."""
    for name in () if story.data_filled else (q("w:dataBinding"), q("w15:dataBinding")):
        for binding in properties.findall(name):
            properties.remove(binding)


def _mark_choices(story: Story, properties: Element) -> None:
    for item in inside(properties, q("w:listItem")):
        for name in (q("w:displayText"), _VAL, q("w:value")):
            tag = lone_tag(item.get(name, "")) if "{{" in item.get(name, "") else None
            if tag is not None and "choices" in tag.source:
                story.marks.replace(item, tag.at(story.place(item), object(), "choices"))
                break


def _mark_date(story: Story, properties: Element, tags: list[Tag]) -> None:
    own = properties.find(q("w:date"))
    if own is None or len(tags) != 1 or tags[0].kind is not Kind.VALUE:
        return
    value = tags[0].source.strip("{} ").partition("|")[0].strip()
    tag = Tag("{{ " + value + " }}", tags[0].shown, Kind.VALUE, place=tags[0].place, sink="date")
    own.set(q("w:fullDate"), story.marks.mark(Edge(tag)))


def _mark_prompt(story: Story, control: Element, tags: list[Tag]) -> None:
    properties, content = control.find(_PR), control.find(_CONTENT)
    if properties is None or content is None:
        return
    was_showing = properties.find(_SHOWING)
    style = placeholder_style(story.package)
    if was_showing is not None:
        properties.remove(was_showing)
        _unstyle(content, style)
    prompt = _prompt(story, properties)
    if prompt and all(tag.kind is Kind.VALUE for tag in tags) and not _fixed_text(content):
        story.marks.resink(tags, "control")
        filled = _prompted(content, prompt, style)
        guard = _Control(filled, len(tags))
        _mark_slots(story, properties, content)
        story.marks.around(control, Start(guard), END)


def _prompt(story: Story, properties: Element) -> str:
    """The placeholder text: globals['placeholder'], one text or one for text, date, choice."""
    given = story.engine.settings.globals.get("placeholder", "")
    if isinstance(given, Mapping):
        choice = any(properties.find(name) is not None for name in _CHOICE)
        dated = properties.find(q("w:date")) is not None
        kind = "date" if dated else "choice" if choice else "text"
        given = given.get(kind, given.get("text", ""))
    return str(given)


def _fixed_text(content: Element) -> bool:
    """Whether a control's content holds text or pictures besides its tags."""
    texts = "".join(without_marks(item.text or "") for item in content.iter(q("w:t")))
    return bool(texts.strip()) or next(content.iter(q("w:drawing")), None) is not None


def _prompted(content: Element, prompt: str, style: str) -> str:
    """The XML inside a control that shows its placeholder."""
    twin = deepcopy(content)
    left = prompt
    for item in inside(twin, q("w:t")):
        run = parent(item)
        if holds_mark(item.text or "") and left:
            item.text, left = left, ""
            _style(run, style)
        else:
            item.text = without_marks(item.text or "")
    text = etree.tostring(twin, encoding="unicode", with_tail=False)
    return text.partition(">")[2].rpartition("</")[0]


def _style(run: Element, style: str) -> None:
    properties = run.find(q("w:rPr"))
    if properties is None:
        properties = etree.Element(q("w:rPr"))
        run.insert(0, properties)
    for old in properties.findall(q("w:rStyle")):
        properties.remove(old)
    properties.insert(0, etree.Element(q("w:rStyle"), attrib={_VAL: style}))


def _unstyle(content: Element, style: str) -> None:
    for item in inside(content, q("w:rStyle")):
        if item.get(_VAL) == style:
            parent(item).remove(item)


def _mark_slots(story: Story, properties: Element, content: Element) -> None:
    mark = story.marks.mark
    before = [child for child in properties if child.tag in _BEFORE_SHOWING]
    slot = mark(_Slot("showing"))
    if before:
        before[-1].tail = (before[-1].tail or "") + slot
    else:
        properties.text = (properties.text or "") + slot
    content.text = mark(_Slot("first")) + (content.text or "")
    content[-1].tail = (content[-1].tail or "") + mark(_Slot("last"))
