"""A table of contents whose headings are filled is brought up to date when Word opens the file.

In: the body of a document with its tags marked, and its pieces. Out: the flag in the settings, when
a heading holds a tag or stands in a loop or condition.
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

_STYLE = f"{q('w:pPr')}/{q('w:pStyle')}"


def flag_contents(story: Story, items: Iterable[Any]) -> None:
    """Set the flag where it is needed."""
    if story.name != story.package.main or not has_contents(story.root):
        return
    ids = Looks(story.package).headings()
    if _filled(story.root, ids) or _steered(items, ids):
        update_fields(story.package)


def _filled(root: Element, ids: set[str]) -> bool:
    """Whether a tag stands in a heading."""
    headings = [
        paragraph
        for paragraph in root.iter(P)
        if (style := paragraph.find(_STYLE)) is not None and style.get(q("w:val")) in ids
    ]
    return any(holds_mark("".join(map(str, item.itertext()))) for item in headings)


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
