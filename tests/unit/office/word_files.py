"""Word templates for the tests, made with python-docx and a little XML."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from lxml import etree

from toolkit.office import compile
from toolkit.office.outlines.word import text_of
from toolkit.office.package.markup import NAMESPACES, Element, q
from toolkit.office.package.package import Package

DECLARED = " ".join(
    f'xmlns:{prefix}="{NAMESPACES[prefix]}"'
    for prefix in ("w", "w14", "wp", "a", "pic", "r", "wps", "mc", "v")
)


def data_of(document: Document) -> bytes:
    """The bytes of a document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def document(*paragraphs: str) -> Document:
    """A document with these paragraphs."""
    new = docx.Document()
    for text in paragraphs:
        new.add_paragraph(text)
    return new


def add_table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    """A table of these texts."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def xml(text: str) -> Any:
    """An element of this XML; the prefixes of ``DECLARED`` may be used."""
    at = next(i for i, char in enumerate(text) if i and char in " />")
    return parse_xml(text[:at] + " " + DECLARED + text[at:])


def body(document: Document, text: str) -> None:
    """Append XML to the body, before its section properties."""
    document.element.body.insert(len(document.element.body) - 1, xml(text))


def render(template: Document | bytes, context: dict[str, Any], **settings: Any) -> Package:
    """The filled package."""
    data = template if isinstance(template, bytes) else data_of(template)
    base = settings.pop("base", None)
    return Package.open(compile(data, name="t.docx", **settings).render(context, base=base))


def texts(package: Package, part: str = "word/document.xml") -> list[str]:
    """The text of every paragraph of a part, empty ones too; tables and text boxes inside."""
    return [text_of(paragraph) for paragraph in package.tree(part).iter(q("w:p"))]


def cells(package: Package, table: int = 0) -> list[list[str]]:
    """The texts of a table's cells, row by row."""
    found = list(package.tree("word/document.xml").iter(q("w:tbl")))[table]
    return [[_cell(cell) for cell in row.iter(q("w:tc"))] for row in found.iter(q("w:tr"))]


def _cell(cell: Element) -> str:
    return "\n".join(text_of(paragraph) for paragraph in cell.iter(q("w:p")))


def reopened(package: Package) -> Document:
    """The filled document as python-docx reads it."""
    return docx.Document(io.BytesIO(package.save()))


def source(package: Package, part: str = "word/document.xml") -> str:
    """The XML of a part."""
    return etree.tostring(package.tree(part), encoding="unicode")
