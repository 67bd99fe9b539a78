"""Content controls: every place in a Word document that somebody fills in.

In: a field and what stands in it. Out: an inline content control with title and tag; while it is
empty it shows what to do. Options carry the option's key as value and its label as text.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.author.word.elements import flag, make
from toolkit.author.word.pen import Pen
from toolkit.author.word.text import run
from toolkit.field import Field, FieldType
from toolkit.office.package.markup import Element

PICKED = (FieldType.CHOICE, FieldType.REF)


@dataclass(frozen=True)
class Control:
    """One content control: ``shown`` is its tag or text, ``prompt`` stands there while empty."""

    tag: str
    title: str
    prompt: str
    shown: str = ""
    lock: str = "sdtLocked"


def control(pen: Pen, field: Field, shown: str, tag: str = "") -> Element:
    """The content control of a field: text, drop-down list or date, by its type."""
    picks = field.type in (*PICKED, FieldType.DATE)
    prompt = pen.say("ui.choose" if picks else "ui.click_to_write")
    kept = Control(tag or pen.tag(field), pen.label(field), prompt, shown)
    return inline(pen, kept, _kind(pen, field))


def row_mark(pen: Pen, shown: str, identity: str, title: str) -> Element:
    """The control round the first cell of a row, which names the row: ``row:st03``."""
    return inline(pen, Control(f"row:{identity}", title, "", shown, lock=""), make("text"))


def inline(pen: Pen, control: Control, kind: Element) -> Element:
    """An inline content control of some kind around its run."""
    properties = make(
        "sdtPr",
        make("alias", val=control.title),
        make("tag", val=control.tag),
        make("lock", val=control.lock) if control.lock else None,
        flag("showingPlcHdr", not control.shown),
        kind,
    )
    prompt = run(control.prompt, "PlaceholderText", pen.ink.color("accent5"))
    content = run(control.shown) if control.shown else prompt
    return make("sdt", properties, make("sdtContent", content))


def _kind(pen: Pen, field: Field) -> Element:
    if field.type is FieldType.DATE:
        return _date(pen)
    if field.type in PICKED:
        return make("dropDownList", *_items(pen, field))
    return make("text", **({"multiLine": 1} if field.type is FieldType.LONG else {}))


def _items(pen: Pen, field: Field) -> list[Element]:
    if field.choices:
        return [_item(key, label) for key, label in pen.wording.options(field.choices)]
    return [_item("choices", f"{{{{ choices(lists.{field.ref}) }}}}")]


def _item(value: str, label: str) -> Element:
    return make("listItem", displayText=label, value=value)


def _date(pen: Pen) -> Element:
    return make(
        "date",
        make("dateFormat", val=pen.wording.tag("ui.date_format")),
        make("lid", val="nb-NO"),
        make("storeMappedDataAs", val="dateTime"),
        make("calendar", val="gregorian"),
    )
