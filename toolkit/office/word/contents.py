"""A table of contents whose headings are filled is brought up to date when Word opens the file.

In: the body of a document with its tags marked, and its pieces. Out: the flag in the settings, when
a heading holds a tag or stands in a loop or condition; but not where the table has the heading with
the same tags, and so is right as soon as it is filled: Word would ask everyone who opens the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit.office.package.markup import Element, q
from toolkit.office.tags.blocks import is_closer, is_opener
from toolkit.office.tags.marks import holds_mark
from toolkit.office.tags.text import Tag
from toolkit.office.word.looks import Looks, has_contents, update_fields
from toolkit.office.word.places import P
from toolkit.office.word.story import Story

_FIELD, _CODE, _LINK = q("w:fldChar"), q("w:instrText"), q("w:hyperlink")
_STEPS = {"begin": 1, "end": -1}
_STYLE = f"{q('w:pPr')}/{q('w:pStyle')}"


def flag_contents(story: Story, items: Iterable[Any]) -> None:
    """Set the flag where it is needed."""
    if story.name != story.package.main or not has_contents(story.root):
        return
    ids = Looks(story.package).headings()
    if _untold(story, ids) or _steered(items, ids):
        update_fields(story.package)


def _untold(story: Story, ids: set[str]) -> bool:
    """Whether a heading holds a tag, and no entry of the table of contents says the same."""
    headings = [
        paragraph
        for paragraph in story.root.iter(P)
        if (style := paragraph.find(_STYLE)) is not None and style.get(q("w:val")) in ids
    ]
    said = (story.marks.spelled(heading) for heading in headings if _is_filled(heading))
    return bool(set(said) - _entries(story))


def _is_filled(paragraph: Element) -> bool:
    return holds_mark("".join(map(str, paragraph.itertext())))


def _entries(story: Story) -> set[str]:
    """What the links between the beginning and the end of the table of contents say."""
    said, depth, since = set(), 0, 0
    for element in story.root.iter(_FIELD, _CODE, _LINK):
        if element.tag == _FIELD:
            depth += _STEPS.get(element.get(q("w:fldCharType"), ""), 0)
            since = since if depth >= since else 0
        elif element.tag == _CODE and (element.text or "").split()[:1] == ["TOC"]:
            since = depth
        elif element.tag == _LINK and since:
            said.add(story.marks.spelled(element))
    return said


def _steered(items: Iterable[Any], ids: set[str]) -> bool:
    """Whether a heading stands in a loop or a condition."""
    marks = [f'<w:pStyle w:val="{number}"' for number in ids]
    depth = 0
    for item in items:
        if isinstance(item, Tag):
            depth += is_opener(item) - is_closer(item)
        elif isinstance(item, str) and depth > 0 and any(mark in item for mark in marks):
            return True
    return False
