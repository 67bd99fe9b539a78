"""Whitespace control in Word: ``{%-`` joins with what comes before, ``-%}`` with what follows.

In: the paragraphs of a part. Out: the paragraphs, those joined by dashes made one, blanks and
breaks beside a dash gone.
"""

from __future__ import annotations

from toolkit.office.package.markup import Element, parent, q
from toolkit.office.tags.text import Found
from toolkit.office.word.text import Paragraph, read

_BLANKS = " \t\n\r"


def merge_dashed(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Join paragraphs that a dash at their edge joins, and trim blanks beside dashes."""
    if not any(_dashed(found) for paragraph in paragraphs for found in paragraph.found):
        return paragraphs
    kept: dict[Element, Paragraph] = {}
    for paragraph in paragraphs:
        before = kept.get(_previous(paragraph.element))
        if before is not None and (_joins_next(before) or _joins_previous(paragraph)):
            kept[before.element] = _joined(before, paragraph)
        else:
            kept[paragraph.element] = paragraph
    for paragraph in kept.values():
        paragraph.found = [_trimmed(paragraph.text, found) for found in paragraph.found]
    return list(kept.values())


def _previous(element: Element) -> Element:
    before = element.getprevious()
    return element if before is None else before


def _dashed(found: Found) -> bool:
    return found.tag is not None and (found.tag.strip_before or found.tag.strip_after)


def _joins_next(paragraph: Paragraph) -> bool:
    if not paragraph.found:
        return False
    last = paragraph.found[-1]
    rest = paragraph.text[last.end :]
    return last.tag is not None and last.tag.strip_after and not rest.strip(_BLANKS)


def _joins_previous(paragraph: Paragraph) -> bool:
    if not paragraph.found:
        return False
    first = paragraph.found[0]
    rest = paragraph.text[: first.start]
    return first.tag is not None and first.tag.strip_before and not rest.strip(_BLANKS)


def _joined(first: Paragraph, second: Paragraph) -> Paragraph:
    for child in list(second.element):
        if child.tag != q("w:pPr"):
            first.element.append(child)
    parent(second.element).remove(second.element)
    return read(first.element, first.steps)


def _trimmed(text: str, found: Found) -> Found:
    tag = found.tag
    if tag is None:
        return found
    start, end = found.start, found.end
    while tag.strip_before and start and text[start - 1] in _BLANKS:
        start -= 1
    while tag.strip_after and end < len(text) and text[end] in _BLANKS:
        end += 1
    return found._replace(start=start, end=end)
