"""What a Word form holds beside its answers: stray text, struck-out text, other forms.

In: the root of the document, and the paragraphs that were read as answers. Out: findings, each with
its place, so that nothing a person wrote is lost without a word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from toolkit.collect.reading.cells import Task
from toolkit.collect.reading.form_parts import (
    CELL,
    CONTROL,
    PARAGRAPH,
    ROW,
    RUN,
    TABLE,
    TEXT,
    control_of,
    controls,
    is_struck,
    text_of,
)
from toolkit.collect.reading.form_values import is_label, is_prompt
from toolkit.finding import Finding, Place, finding
from toolkit.office.package.markup import Element

STAMP = "kit_id="


def strays(root: Element, answers: Collection[Element], task: Task) -> Iterator[Finding]:
    """Paragraphs after the first table that are neither the document's own nor answers."""
    below, numbers = False, Numbers(root)
    for element in root.iter(PARAGRAPH, TABLE):
        below = below or element.tag == TABLE
        if not below or element.tag == TABLE or element in answers or _inside(element):
            continue
        text = text_of(element)
        if text.strip() and not _own(text) and not _told_at_its_control(element):
            yield finding("text-beside", place_of(element, numbers, task.place))


def _inside(paragraph: Element) -> bool:
    """Whether a paragraph belongs to a table, or holds or is held by a control."""
    above = next(paragraph.iterancestors(TABLE, CONTROL), None)
    return above is not None or bool(controls(paragraph))


def _own(text: str) -> bool:
    return is_label(text) or is_prompt(text) or text.startswith(STAMP)


def _told_at_its_control(paragraph: Element) -> bool:
    """Whether the paragraph above is a place for an answer, where text below it is told."""
    above = paragraph.getprevious()
    return above is not None and above.tag == PARAGRAPH and bool(controls(above))


def struck(root: Element, task: Task) -> Iterator[Finding]:
    """A finding for each paragraph with struck-out text."""
    runs = (
        run for run in root.iter(RUN) if is_struck(run) and next(run.iter(TEXT), None) is not None
    )
    numbers = Numbers(root)
    paragraphs = (next(run.iterancestors(PARAGRAPH), None) for run in runs)
    for paragraph in dict.fromkeys(paragraphs):
        if paragraph is not None:
            yield finding("text-struck", place_of(paragraph, numbers, task.place))


def several(root: Element, tags: Collection[str], task: Task) -> Iterator[Finding]:
    """A finding where more than one form was pasted into the file; ``tags`` stand once in one."""
    stamps = sum((text.text or "").startswith(STAMP) for text in root.iter(TEXT))
    found = Counter(control.tag for control in controls(root) if control.tag in tags)
    count = max((stamps, *found.values()))
    if count > 1:
        yield finding("forms-several", task.place, count=count)


class Numbers:
    """The number of every paragraph and table, counted once where one is asked for."""

    def __init__(self, root: Element) -> None:
        self.root = root

    @cached_property
    def paragraphs(self) -> Mapping[Element, int]:
        """Paragraphs from 1, those in tables too."""
        return {element: number for number, element in enumerate(self.root.iter(PARAGRAPH), 1)}

    @cached_property
    def tables(self) -> Mapping[Element, int]:
        """Tables from 1."""
        return {element: number for number, element in enumerate(self.root.iter(TABLE), 1)}


def place_of(element: Element, numbers: Numbers, place: Place) -> Place:
    """Where an element stands, in the words of somebody who looks at the page."""
    within = [next(element.iterancestors(tag), None) for tag in (CELL, ROW, TABLE)]
    cell, row, table = within
    if cell is not None and row is not None and table is not None:
        steps = (list(table.iter(ROW)).index(row) + 1, list(row.iter(CELL)).index(cell) + 1)
        return place.at(("table", numbers.tables[table]), ("row", steps[0]), ("cell", steps[1]))
    control = next(element.iterancestors(CONTROL), None) or next(element.iter(CONTROL), None)
    if control is not None and (name := control_of(control).title or control_of(control).tag):
        return place.at(("control", f"«{name}»"))
    return place.at(("paragraph", numbers.paragraphs[element]))
