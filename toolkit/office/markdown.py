"""A small Markdown: bold, italic, links, lists, headings; everything else is plain text.

In: text of the data, through the filter ``markdown``. Out: Blocks of Spans. HTML, pictures, code
and tables of Markdown are not read: they stay the text they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from toolkit.office.record import Record

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"(\s*)(?:([-*+])|(\d{1,9})[.)])\s+(.*)$")
_TAB = "    "
_ESCAPED = tuple("\\`*_{}[]()#+-.!<>|~")
_SCHEMES = ("http://", "https://", "mailto:", "tel:")
_MAX_LINK = 2_000
_DEEPEST = 8


class Span(Record):
    """Text in one look; ``link`` is an address or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


class Block(Record):
    """A paragraph, heading or list item.

    ``kind`` is text, heading, bullet or number; ``level`` counts from 1 for headings, from 0 for
    items; ``sequence`` is the same for the items of one list, ``number`` is an item's own.
    """

    kind: str
    spans: tuple[Span, ...]
    level: int = 0
    sequence: int = 0
    number: int = 0

    @property
    def text(self) -> str:
        """The text without its looks."""
        return "".join(span.text for span in self.spans)


@lru_cache(maxsize=256)
def blocks(source: str) -> tuple[Block, ...]:
    """The blocks of a text."""
    return tuple(_numbered(_blocks(source)))


def plain_text(source: str) -> str:
    """The text without its marks, a line for each block."""
    return "\n".join(bullet(block) + block.text for block in blocks(source))


def bullet(block: Block) -> str:
    """What stands before an item where there are no real lists."""
    if block.kind not in ("bullet", "number"):
        return ""
    return "  " * block.level + ("• " if block.kind == "bullet" else f"{block.number}. ")


def _blocks(source: str) -> Iterator[Block]:
    held: list[str] = []
    indents: list[int] = []
    for line in source.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        heading, item = _HEADING.match(line), _ITEM.match(line.replace("\t", _TAB))
        if held and (heading or item or not line.strip()):
            yield Block("text", spans("\n".join(held)))
            held = []
        if heading:
            yield Block("heading", spans(heading.group(2)), len(heading.group(1)))
        elif item:
            level = _level(indents, len(item.group(1)))
            kind = "bullet" if item.group(2) else "number"
            yield Block(kind, spans(item.group(4)), level, 0, int(item.group(3) or 0))
            continue
        elif line.strip():
            held.append(line.strip())
        indents.clear()
    if held:
        yield Block("text", spans("\n".join(held)))


def _level(indents: list[int], indent: int) -> int:
    """How deep an item lies; ``indents`` are those of the items it lies in."""
    while indents and indents[-1] > indent:
        indents.pop()
    if (not indents or indents[-1] < indent) and len(indents) < _DEEPEST:
        indents.append(indent)
    return max(len(indents) - 1, 0)


def _numbered(found: Iterator[Block]) -> Iterator[Block]:
    """Items with their list and their number in it."""
    stack: list[Block] = []
    last = 0
    for block in found:
        if block.kind not in ("bullet", "number"):
            stack = []
            yield block
            continue
        while stack and stack[-1].level > block.level:
            stack.pop()
        before = stack.pop() if stack and stack[-1].level == block.level else None
        if before is None or before.kind != block.kind:
            last += 1
            block = block._replace(sequence=last, number=block.number or 1)
        else:
            block = block._replace(sequence=before.sequence, number=before.number + 1)
        stack.append(block)
        yield block


# Inside a block


class _Mark(str):
    """One or two ``*`` or ``_``, opening or closing or both."""

    opens = closes = False


def spans(text: str) -> tuple[Span, ...]:
    """The text of a block in its looks."""
    return tuple(span for span in _looks(text) if span.text)


def _link(text: str, at: int) -> tuple[Span, int] | None:
    middle = text.find("](", at, at + _MAX_LINK)
    end = text.find(")", middle, middle + _MAX_LINK) if middle > at else -1
    if end < 0:
        return None
    shown, address = text[at + 1 : middle], text[middle + 2 : end].strip()
    known = address.lower().startswith(_SCHEMES) and not any(map(str.isspace, address))
    if "[" in shown or not shown or not known:
        return None
    return Span(shown, link=address), end + 1 - at


def _looks(text: str) -> list[Span]:
    """Text in bold and italic; marks without a partner stay text."""
    tokens = list(_tokens(text))
    partners = _partners(tokens)
    out: list[Span] = []
    bold = italic = 0
    for number, token in enumerate(tokens):
        if isinstance(token, Span):
            for span in _looks(token.text):
                looks = span.bold or bold > 0, span.italic or italic > 0
                _add(out, Span(span.text, *looks, token.link))
        elif number in partners:
            step = 1 if partners[number] > number else -1
            bold += step * (len(token) == 2)
            italic += step * (len(token) == 1)
        else:
            _add(out, Span(str(token), bold > 0, italic > 0))
    return out


def _add(out: list[Span], span: Span) -> None:
    if out and out[-1][1:] == span[1:]:
        span = span._replace(text=out.pop().text + span.text)
    out.append(span)


def _tokens(text: str) -> Iterator[str | Span]:
    """Plain text, marks and links, in order."""
    at = start = 0
    while at < len(text):
        token, size = _token(text, at)
        if token is None:
            at += size
            continue
        yield text[start:at]
        yield token
        start = at = at + size
    yield text[start:]


def _token(text: str, at: int) -> tuple[str | Span | None, int]:
    """What begins here, if it is no plain text, and how many characters it takes."""
    char = text[at]
    if char == "\\" and text[at + 1 : at + 2] in _ESCAPED:
        return text[at + 1], 2
    if char in "*_":
        mark = _mark(text, at)
        return mark, len(mark)
    link = _link(text, at) if char == "[" else None
    return link or (None, 1)


def _mark(text: str, at: int) -> _Mark:
    char = text[at]
    before = text[at - 1] if at else ""
    run = next((n for n in range(1, 4) if text[at + n : at + n + 1] != char), 4)
    size = 1 if run == 1 or (run == 3 and before.strip() and before != char) else 2
    after = text[at + size : at + size + 1]
    mark = _Mark(char * size)
    mark.opens, mark.closes = bool(after.strip()), bool(before.strip())
    if char == "_":  # snake_case is no italic
        mark.opens = mark.opens and not before.isalnum()
        mark.closes = mark.closes and not after.isalnum()
    return mark


def _partners(tokens: Sequence[str | Span]) -> dict[int, int]:
    """The number of each mark's partner."""
    found: dict[int, int] = {}
    open_: defaultdict[str, list[int]] = defaultdict(list)
    for number, token in enumerate(tokens):
        if not isinstance(token, _Mark):
            continue
        if token.closes and open_[token]:
            opener = open_[token].pop()
            found[opener], found[number] = number, opener
        elif token.opens:
            open_[token].append(number)
    return found
