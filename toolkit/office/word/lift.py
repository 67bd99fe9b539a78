"""Which tags of a Word part stand for a paragraph, a table row or a cell.

In: the paragraphs of a part with their tags. Out: for each tag that is lifted out of its text, the
element it is lifted to and whether that element goes away or is wrapped.

``{%p %}``, ``{%tr %}`` and ``{%tc %}`` say so themselves. A tag alone in its paragraph, row or
cell needs no letter when all tags of its block stand alone in the same way. A block whose opener
and closer stand in one row (cell, paragraph) wraps it; other lifted tags replace theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.office.package.markup import Element
from toolkit.office.tags.blocks import is_closer, is_opener
from toolkit.office.tags.text import Kind, Tag
from toolkit.office.word.places import TC, TR, P
from toolkit.office.word.text import Paragraph

ELEMENTS = {"p": P, "tr": TR, "tc": TC}


class Entry:
    """A statement or comment of a part: its paragraph, its number there, where it is lifted to."""

    def __init__(self, paragraph: Paragraph, number: int, tag: Tag) -> None:
        self.paragraph = paragraph
        self.number = number
        self.tag = tag
        self.letter = ""
        self.element: Element | None = None
        self.wraps = False

    @property
    def start(self) -> int:
        """Where the tag begins in the text of its paragraph."""
        return self.paragraph.found[self.number].start

    @property
    def holder(self) -> Element | None:
        """The paragraph, row or cell the tag's letter means; None outside a table."""
        if self.letter == "p":
            return self.paragraph.element
        return next(self.paragraph.element.iterancestors(ELEMENTS[self.letter]), None)


def entries(paragraphs: Iterable[Paragraph]) -> list[Entry]:
    """Every statement and comment of a part, in order."""
    return [
        Entry(paragraph, number, found.tag)
        for paragraph in paragraphs
        for number, found in enumerate(paragraph.found)
        if found.tag is not None and found.tag.kind is not Kind.VALUE
    ]


def lift(found: list[Entry]) -> list[Entry]:
    """Settle ``letter``, ``element`` and ``wraps`` of each entry; gives the lifted ones."""
    blocks = list(blocks_of(found))
    for block in blocks:
        letter = next((e.tag.letter for e in block if e.tag.letter in ELEMENTS), "")
        for entry in block:
            entry.letter = letter
    _lift_rows(blocks)
    _lift_paragraphs(blocks)
    _lift_conditions(blocks)
    for block in blocks:
        _settle(block)
    return [entry for entry in found if entry.element is not None]


def blocks_of(found: list[Entry]) -> Iterator[list[Entry]]:
    """Openers with their branches and closers; what belongs to no block stands for itself."""
    stack: list[list[Entry]] = []
    for entry in found:
        if is_opener(entry.tag):
            stack.append([entry])
        elif is_closer(entry.tag) and stack:
            yield [*stack.pop(), entry]
        elif entry.tag.word in ("else", "elif") and stack:
            stack[-1].append(entry)
        else:
            yield [entry]
    yield from stack


def _lift_rows(blocks: list[list[Entry]]) -> None:
    """Tags alone in their rows, or in their cells, of one table."""
    for block in blocks:
        if len(block) < 2 or block[0].letter or not all(e.paragraph.alone for e in block):
            continue
        for letter in ("tr", "tc"):
            if _stand_alone(block, letter):
                for entry in block:
                    entry.letter = letter
                break


def _stand_alone(block: list[Entry], letter: str) -> bool:
    holders = [next(e.paragraph.element.iterancestors(ELEMENTS[letter]), None) for e in block]
    if any(h is None for h in holders) or len(set(holders)) < len(block):
        return False
    same = {h.getparent() for h in holders if h is not None}
    text = [_rest(h, e.paragraph) for h, e in zip(holders, block, strict=True) if h is not None]
    return len(same) == 1 and not any(text)


def _rest(holder: Element, paragraph: Paragraph) -> str:
    """The text of a row or cell outside one paragraph."""
    own = {id(bit.element) for bit in paragraph.bits}
    return "".join(
        (item.text or "").strip()
        for item in holder.iter(*{bit.element.tag for bit in paragraph.bits})
        if id(item) not in own
    )


def _lift_paragraphs(blocks: list[list[Entry]]) -> None:
    """Blocks all of whose tags stand alone in paragraphs side by side."""
    bare = [block for block in blocks if not block[0].letter]
    candidates = {id(e.paragraph) for block in blocks for e in block if e.paragraph.alone}
    before = -1
    while before != len(candidates):
        before = len(candidates)
        for block in bare:
            if not _beside(block, candidates):
                candidates -= {id(entry.paragraph) for entry in block}
    for block in bare:
        if _beside(block, candidates):
            for entry in block:
                entry.letter = "p"


def _beside(block: list[Entry], candidates: set[int]) -> bool:
    """Whether a block is one tag, or begins and ends in different candidates side by side."""
    alone = all(id(entry.paragraph) in candidates for entry in block)
    parents = {entry.paragraph.element.getparent() for entry in block}
    spread = len(block) == 1 or block[0].paragraph is not block[-1].paragraph
    return alone and len(parents) == 1 and spread


def _lift_conditions(blocks: list[list[Entry]]) -> None:
    """A plain ``if`` that is the whole of its paragraph takes the paragraph with it."""
    for block in blocks:
        first, last = block[0], block[-1]
        if len(block) != 2 or first.letter or first.tag.word != "if":
            continue
        paragraph = first.paragraph
        if paragraph is not last.paragraph or paragraph.solid or paragraph.keeps_section:
            continue
        text, found = paragraph.text, paragraph.found
        outside = text[: found[first.number].start] + text[found[last.number].end :]
        if not outside.strip():
            first.letter = last.letter = "p"


def _settle(block: list[Entry]) -> None:
    if not block[0].letter:
        return
    holders = [entry.holder for entry in block]
    wraps = len(block) > 1 and len(set(holders)) == 1
    for entry, holder in zip(block, holders, strict=True):
        entry.element, entry.wraps = holder, wraps
