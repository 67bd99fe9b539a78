"""Workbooks: a document sheet becomes an xlsx template.

In: a Document of format xlsx and the labels. Out: the bytes of the template: Norwegian labels,
Jinja tags, theme colours, formulas that live on.

A section's ``part`` names what draws it (``parts.PARTS``): ``info``, ``table`` (the default), and
the pictures: ``risk_matrix``, ``risk_criteria``, ``stakeholder_matrix`` ... ``s.lists`` and the
hidden identity are always added. A new kind of sheet is a module with ``draw(sheet, section)`` and
a line in ``parts``. It finds there: ``Sheet`` (label, write, blank, at), ``book.look(*styles)``,
``book.table(short)`` for references into another sheet's table, ``book.use_list`` and
``book.use_word`` for options and labels in formulas, ``charts`` for native charts, ``heat`` for
counts in colour, ``rules`` for drop-downs and marks, ``page`` for print. Formulas of columns:
``formula``. Every formula carries a tag as its cached value, so that viewers show it too.
"""

from __future__ import annotations

from toolkit.author.workbook import identity, lists
from toolkit.author.workbook.book import Book
from toolkit.author.workbook.finish import finished
from toolkit.author.workbook.parts import PARTS
from toolkit.document import Document, Section
from toolkit.language import Labels


def build(document: Document, labels: Labels) -> bytes:
    """The template of a document; KeyError where a section names an unknown part or label."""
    book = Book(document, labels)
    for key, section in document.sections.items():
        if key != lists.KEY:
            PARTS[section.part](book.sheet(key, tab(section)), section)
    lists.draw(book)
    identity.draw(book)
    return finished(book)


def tab(section: Section) -> str:
    """The tab's colour: what people fill in, what is computed, and the rest."""
    if section.part == "table":
        return "accent1"
    return "accent2" if section.part == "info" else "accent4"
