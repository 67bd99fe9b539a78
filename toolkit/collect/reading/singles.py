"""Singles: what is no row of a table: facts of the first sheet, open questions, grids.

In: a Book and the single places of its document. Out: Cells. A fact is found by its name
(``f_filled_by``), and where names are gone by its label in any language; a question by the key
beside its answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from toolkit.collect.reading.book import Book, Page
from toolkit.collect.reading.cells import Reading, Task, read_cell
from toolkit.collect.reading.grids import read_grids
from toolkit.collect.reading.named_areas import named
from toolkit.collect.reading.scan import At
from toolkit.collect.reading.sieve import Sieve
from toolkit.collect.reading.spelling import folded
from toolkit.field import Field, Origin
from toolkit.fillable import FORM, INFO, Fillable
from toolkit.finding import LANGUAGES, Finding, finding
from toolkit.language import Labels


def read_singles(book: Book, shape: Fillable, task: Task) -> Reading:
    """Facts, open questions and grids."""
    read = Reading()
    facts = [field for table, field in shape.facts if table == INFO]
    found = _facts(book, facts)
    if not book.of_text:
        read.findings += _gone([field for field in facts if field.field not in found], task)
    for field, page, at in found.values():
        value = read_cell(page, at, field, task.words)
        read.note(value, (INFO, "", field.field), page.place(task.place, at), task)
    questions = [field for table, field in shape.facts if table == FORM]
    for field, page, at in _answers(book, questions):
        value = read_cell(page, at, field, task.words)
        read.note(value, (FORM, "", field.field), page.place(task.place, at), task)
    read.add(read_grids(book, shape.grids, task))
    return read


# --- facts ------------------------------------------------------------------------------------


def _facts(book: Book, fields: Sequence[Field]) -> dict[str, tuple[Field, Page, At]]:
    """Where each fact stands: by its name, else beside its label."""
    places: dict[str, tuple[Field, Page, At]] = {}
    for field in fields:
        found = named(book, field.field.replace(".", "_"))
        if found:
            places[field.field] = (field, found[0], found[1][:2])
    lost = {field.field: field for field in fields if field.field not in places}
    if len(lost) > len(fields) // 2:
        places |= {key: (lost[key], *place) for key, place in _labelled(book, lost)}
    return places


def _gone(lost: Sequence[Field], task: Task) -> Iterator[Finding]:
    """Facts that people fill in, and whose places are no longer there."""
    labels = task.words.labels
    for field in lost:
        if field.origin in (Origin.FILLED, Origin.EDITABLE):
            label = labels.t(field.field) if labels.has(field.field) else field.field
            yield finding("place-missing", task.place, label=label)


def _labelled(book: Book, fields: Mapping[str, Field]) -> Iterator[tuple[str, tuple[Page, At]]]:
    """The cells to the right of labels, on the sheet that has most of them."""
    labels = _labels(tuple(fields))
    best: dict[str, tuple[Page, At]] = {}
    for page in book.pages:
        met = {
            labels[folded(cell)]: (page, (r, c + 1))
            for r, row in enumerate(page.rows)
            for c, cell in enumerate(row)
            if isinstance(cell, str) and folded(cell) in labels
        }
        best = met if len(met) > len(best) else best
    yield from best.items() if len(best) > 2 else ()


@cache
def _labels(keys: tuple[str, ...]) -> dict[str, str]:
    loaded = [Labels.load(language) for language in LANGUAGES]
    return {folded(labels.t(key)): key for labels in loaded for key in keys if labels.has(key)}


# --- open questions ---------------------------------------------------------------------------


def _answers(book: Book, fields: Sequence[Field]) -> Iterator[tuple[Field, Page, At]]:
    """The cell beside each question's key, else the one under the question."""
    lost = {field.field: field for field in fields}
    for page, (row, column), text in _texts(book, _keys(tuple(lost))) if lost else ():
        if text.strip() in lost:
            yield lost.pop(text.strip()), page, (row, column + 1)
    asked = _labels(tuple(lost))
    for page, (row, column), text in _texts(book, _labelling(tuple(lost))) if asked else ():
        key = asked[folded(text)]
        if key in lost:
            yield lost.pop(key), page, (row + 1, column)


@cache
def _keys(keys: tuple[str, ...]) -> Sieve:
    return Sieve(lambda content: isinstance(content, str) and content.strip() in keys)


@cache
def _labelling(keys: tuple[str, ...]) -> Sieve:
    labels = _labels(keys)
    return Sieve(lambda content: isinstance(content, str) and folded(content) in labels)


def _texts(book: Book, sieve: Sieve) -> Iterator[tuple[Page, At, str]]:
    """The texts of a book that pass, in order, and where they stand."""
    for page in book.pages:
        there = page.passing(sieve)
        for row, cells in enumerate(page.rows if there else ()):
            for column, cell in enumerate(cells if not there.isdisjoint(cells) else ()):
                if cell in there:
                    yield page, (row, column), f"{cell}"
