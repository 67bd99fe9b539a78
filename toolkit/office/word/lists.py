"""Numbered lists that a loop repeats: each round begins anew.

In: a Story with a loop in it. Out: marks where its paragraphs say which numbered list they belong
to; rendered, a list that lies wholly within the body of a loop, with more than one item a round,
is a list of its own in each round. A list with one item a round counts the rounds, and one that
also has items outside the loop goes on, as in the template.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any

from toolkit.office.package.markup import Element, q
from toolkit.office.package.package import Package
from toolkit.office.record import Record
from toolkit.office.tags.pieces import Fill
from toolkit.office.tags.text import Tag
from toolkit.office.word.numbering import add_nums, next_num, number_of, numbered_levels
from toolkit.office.word.places import P
from toolkit.office.word.story import Story
from toolkit.office.word.styles import paragraph_styles

_VAL, _PPR, _NUMPR = q("w:val"), q("w:pPr"), q("w:numPr")
_BEFORE = frozenset(
    map(q, ("w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr",
            "w:widowControl"))
)  # fmt: skip


class InList(Record):
    """Where a paragraph names its list. ``styled``: its style names it, so it needs the element."""

    number: str
    level: int
    styled: bool = False

    def text(self, fill: Fill) -> str:
        """The list's number in this round."""
        number = _number(self.number, fill)
        if not self.styled:
            return number
        if number == self.number:
            return ""
        level = f'<w:ilvl w:val="{self.level}"/>'
        return f'<w:numPr>{level}<w:numId w:val="{number}"/></w:numPr>'


class NewRound(Record):
    """At the beginning of a loop's body: its list begins anew."""

    number: str

    def text(self, fill: Fill) -> str:
        """Nothing stands here."""
        fill.memory["list", self.number] = ""
        return ""


def _number(original: str, fill: Fill) -> str:
    """The first round keeps the list it has, the others get one made after it."""
    memory = fill.memory
    if not memory.get(("list", original)):
        made: dict[str, str] = memory.setdefault("lists", {})
        begun = ("begun", original) in memory
        memory["begun", original] = True
        memory["list", original] = _made(original, made, fill.package) if begun else original
    return str(memory["list", original])


def _made(original: str, made: dict[str, str], package: Package) -> str:
    number = str(int(next(reversed(made))) + 1) if made else next_num(package)
    made[number] = original
    return number


def write_lists(fill: Fill) -> None:
    """Put the lists that a rendered part needed into the numbering part."""
    made: dict[str, str] = fill.memory.pop("lists")
    if made:
        add_nums(fill.package, made)


# Compiling


def mark_lists(story: Story) -> None:
    """Put marks where paragraphs name numbered lists."""
    levels = numbered_levels(story.package)
    if not levels:
        return
    styled = paragraph_styles(story.package, number_of)
    for paragraph in story.root.iter(P):
        properties = paragraph.find(_PPR)
        if properties is None:
            continue
        own = properties.find(_NUMPR)
        if own is not None:
            _mark_own(story, own, levels)
        else:
            _mark_styled(story, properties, styled, levels)


def _mark_own(story: Story, own: Element, levels: dict[str, frozenset[int]]) -> None:
    number, level = number_of(own)
    named = own.find(q("w:numId"))
    if named is not None and level in levels.get(number, ()):
        named.set(_VAL, story.marks.mark(InList(number, level)))


def _mark_styled(
    story: Story,
    properties: Element,
    styled: dict[str, tuple[str, int]],
    levels: dict[str, frozenset[int]],
) -> None:
    style = properties.find(q("w:pStyle"))
    number, level = styled.get("" if style is None else style.get(_VAL, ""), ("", 0))
    if style is None or level not in levels.get(number, ()):
        return
    *_, last = takewhile(lambda child: child.tag in _BEFORE, properties)
    last.tail = story.marks.mark(InList(number, level, styled=True)) + (last.tail or "")


class _Found(Record):
    """An item of a list: its level, and the blocks it stands in, outermost first."""

    level: int
    blocks: tuple[tuple[str, int], ...]


def settle_lists(items: Sequence[Any]) -> list[Any]:
    """Pieces in which only lists that begin anew are left to be numbered; the rest is text."""
    found: dict[str, list[_Found]] = {}
    for listed, blocks in _within(items):
        found.setdefault(listed.number, []).append(_Found(listed.level, blocks))
    anew = {number: at for number, where in found.items() if (at := _loop(where)) is not None}
    out: list[Any] = []
    for at, piece in enumerate(items):
        item = _kept(piece, anew)
        if isinstance(item, str) and out and isinstance(out[-1], str):
            out[-1] += item
        else:
            out.append(item)
        out += [NewRound(number) for number, begin in anew.items() if begin == at]
    return out


def _kept(piece: Any, anew: Container[str]) -> Any:
    """A piece; where a list goes on, the text that stood there."""
    if not isinstance(piece, InList) or piece.number in anew:
        return piece
    return "" if piece.styled else piece.number


def _within(items: Iterable[Any]) -> Iterator[tuple[InList, tuple[tuple[str, int], ...]]]:
    """The items of lists, each with the loops and conditions around it."""
    open_: list[tuple[str, int]] = []
    for at, item in enumerate(items):
        if isinstance(item, InList):
            yield item, tuple(open_)
        elif isinstance(item, Tag) and item.word in ("for", "if"):
            open_.append((item.word, at))
        elif isinstance(item, Tag) and item.word in ("endfor", "endif") and open_:
            open_.pop()


def _loop(where: list[_Found]) -> int | None:
    """The innermost loop with the whole list in it and several items of it a round."""
    top = min(found.level for found in where)
    common = [edge for edge, *others in zip(*(f.blocks for f in where), strict=False)
              if all(edge == other for other in others)]  # fmt: skip
    for depth in range(len(common), 0, -1):
        inside = [found.blocks[depth:] for found in where if found.level == top]
        word, at = common[depth - 1]
        if word == "for" and _several(inside):
            return int(at)
    return None


def _several(inside: list[tuple[tuple[str, int], ...]]) -> bool:
    """Whether one round has more than one item: an inner loop, or two that always stand there."""
    looped = any(word == "for" for blocks in inside for word, _ in blocks)
    return looped or sum(not blocks for blocks in inside) > 1
