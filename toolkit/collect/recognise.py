"""Recognise: which document a file without a stamp is, by the headings of its tables.

In: a book or the root of a form, and what comes back of every document. Out: the Document most
columns belong to; GateError where next to none do. A text holds one table and nothing else that
tells: it must be that of one document and no other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.collect.opening.package import rejected
from toolkit.collect.reading.book import Book
from toolkit.collect.reading.cells import Task
from toolkit.collect.reading.form_tables import find_form_tables
from toolkit.collect.reading.headings import likeness
from toolkit.collect.reading.tables import find_tables
from toolkit.document import Document
from toolkit.fillable import Fillable
from toolkit.finding import Place
from toolkit.office.package.markup import Element

LEAST = 3
Shapes = Sequence[tuple[Document, Fillable]]


def by_tables(book: Book, shapes: Shapes, task: Task) -> Document:
    """The document whose tables a book holds."""
    scores = {
        document.id: sum(len(found.columns) for found in find_tables(book, shape.tables, task))
        for document, shape in shapes
    }
    if book.of_text:
        _told_apart(book, shapes, task)
    return _best(scores, shapes, task.place)


def by_form(root: Element, shapes: Shapes, place: Place) -> Document:
    """The document whose tables a Word form holds."""
    scores = {
        document.id: sum(len(found.columns) for found in find_form_tables(root, shape))
        for document, shape in shapes
    }
    return _best(scores, shapes, place)


def _best(scores: Mapping[str, int], shapes: Shapes, place: Place) -> Document:
    best = max(scores, key=lambda id: scores[id], default="")
    if not best or scores[best] < LEAST:
        raise rejected("file-foreign", place)
    return next(document for document, _ in shapes if document.id == best)


def _told_apart(book: Book, shapes: Shapes, task: Task) -> None:
    """GateError where the table of a text is none of the kit's, or that of several documents."""
    ranked: dict[str, tuple[int, float]] = {}
    for document, shape in shapes:
        for table in shape.tables:
            for found in find_tables(book, [table], task):
                columns = len({column.field.field for column in found.columns.values()})
                rank = columns, likeness(columns, table)
                ranked[document.doc] = max(ranked.get(document.doc, (0, 0.0)), rank)
    best = max(ranked.values(), default=(0, 0.0))
    if best[0] < LEAST:
        raise rejected("text-foreign", task.place)
    own = sorted(doc for doc, rank in ranked.items() if rank == best)
    if len(own) > 1:
        raise rejected("text-ambiguous", task.place, docs=", ".join(own))
