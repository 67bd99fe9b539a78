"""Word documents, drawn from their sheets.

In: a Document, the labels, the theme. Out: the bytes of the .docx template. A new document needs
a sheet and no code: its sections name the parts that draw them (``toolkit.author.word.parts``).
"""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.author.word.front import contents, front, heading
from toolkit.author.word.package import package
from toolkit.author.word.page import section
from toolkit.author.word.parts import PARTS
from toolkit.author.word.pen import Pen
from toolkit.author.word.stamp import stamp
from toolkit.author.word.text import paragraph, tag_line
from toolkit.author.wording import Wording
from toolkit.brand import DEFAULT
from toolkit.document import Block, Document, Section
from toolkit.language import Labels
from toolkit.office.package.markup import Element


def build(document: Document, labels: Labels, theme: Mapping[str, str] | None = None) -> bytes:
    """The template of a Word document, in the toolkit's own brand unless told another."""
    pen = Pen(document, Wording(labels), theme or DEFAULT.theme)
    return package(pen, [*front(pen), *_sections(pen), stamp(0), section()])


def _sections(pen: Pen) -> list[Element]:
    drawn: list[Element] = []
    for number, (key, part) in enumerate(pen.document.sections.items(), 1):
        drawn += _contents(pen) if part.part == "contents" else _section(pen, key, part, number)
    return drawn


def _contents(pen: Pen) -> list[Element]:
    entries = [
        (_mark(number), pen.say(_title(key, part)))
        for number, (key, part) in enumerate(pen.document.sections.items(), 1)
        if _title(key, part)
    ]
    return contents(pen, entries)


def _section(pen: Pen, key: str, part: Section, number: int) -> list[Element]:
    title = _title(key, part)
    style = "Heading1Page" if part.options.get("new_page") else "Heading1"
    head = [heading(style, pen.say(title), _mark(number), number)] if title else []
    intro = [paragraph("Intro", pen.say(part.intro))] if part.intro else []
    blocks = part.blocks or ((part,) if part.columns or part.options else ())
    drawn = [line for block in blocks for line in _block(pen, block, block is not part)]
    return _conditional(part.when, [*head, *intro, *drawn])


def _block(pen: Pen, block: Block, titled: bool) -> list[Element]:
    head = [heading("Heading2", pen.say(block.title))] if titled and block.title else []
    intro = [paragraph("Intro", pen.say(block.intro))] if titled and block.intro else []
    drawn = [*head, *intro, *PARTS[block.part](pen, block)]
    return _conditional(block.when, drawn) if titled else drawn


def _conditional(when: str, content: list[Element]) -> list[Element]:
    return [tag_line(f"if {when}"), *content, tag_line("endif")] if when else content


def _title(key: str, part: Section) -> str:
    """The label of a section's heading; ``options.heading: false`` leaves it out."""
    shown = part.part != "contents" and part.options.get("heading", True)
    return (part.title or key) if shown else ""


def _mark(number: int) -> str:
    return f"_Toc{number:08}"
