"""Running text: paragraphs, callouts, lists, quotes.

In: a Block whose ``options`` hold label keys or tags. Out: paragraphs.
"""

from __future__ import annotations

from toolkit.author.word.pen import Pen
from toolkit.author.word.text import paragraph, tag_line
from toolkit.document import Block
from toolkit.office.package.markup import Element


def prose(pen: Pen, block: Block) -> list[Element]:
    """Paragraphs: ``options.text`` is one or several label keys or tags."""
    return [paragraph(block.options.get("style", "Normal"), words) for words in said(pen, block)]


def callout(pen: Pen, block: Block) -> list[Element]:
    """A paragraph set apart; ``options.tone: warning`` for what must not be missed."""
    style = "Warning" if block.options.get("tone") == "warning" else "Callout"
    return [paragraph(style, words) for words in said(pen, block)]


def bullets(pen: Pen, block: Block) -> list[Element]:
    """A list: ``options.text`` once per row of ``rows``, or as it stands."""
    items = [paragraph("ListBullet", words) for words in said(pen, block) or ["{{ r }}"]]
    return repeated(block.rows, items)


def steps(pen: Pen, block: Block) -> list[Element]:
    """A numbered list of ``options.text``."""
    return [paragraph("ListNumber", words) for words in said(pen, block)]


def quotes(pen: Pen, block: Block) -> list[Element]:
    """Quotations with who said them, one per row (``text``, ``who``)."""
    spoken = [paragraph("Quote", "{{ r.text }}"), paragraph("QuoteSource", "{{ r.who }}")]
    return repeated(block.rows, spoken)


def said(pen: Pen, block: Block) -> list[str]:
    """What ``options.text`` says: one text or a list of them."""
    given = block.options.get("text", [])
    return [pen.say(words) for words in ([given] if isinstance(given, str) else given)]


def repeated(rows: str, content: list[Element]) -> list[Element]:
    """Paragraphs once per row, or as they stand where there are no rows."""
    if not rows:
        return content
    return [tag_line(f"for r in {rows}"), *content, tag_line("endfor")]
