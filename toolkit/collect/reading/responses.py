"""Responses: what a survey tool exports, one row a respondent, one column a question by its text.

In: a Book without the marks of the kit, what of a document comes back, and the Task. Out: a Reading
for every respondent. Questions are known by their text in five languages, nearly right ones are
told; times, names and e-mail addresses of respondents are not read.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from toolkit.collect.reading.book import Book, Page
from toolkit.collect.reading.cells import Reading, Task, filled, read_cell
from toolkit.collect.reading.form_values import STATEMENT
from toolkit.collect.reading.spelling import bare, shown, words
from toolkit.collect.returned import Spot
from toolkit.field import Field, FieldType
from toolkit.fillable import INFO, Fillable
from toolkit.finding import LANGUAGES, Finding, finding
from toolkit.language import Labels
from toolkit.method.evaluation import FACTORS, STATEMENTS

LEAST, NEAR = 3, 0.85
LONG = 12  # letters of a question that may stand at the end of a longer heading
ROWS = {STATEMENT: tuple(STATEMENTS), "f.factor": FACTORS}
"""Columns that say what each row of a table asks -> the label keys of all rows."""
Asked = tuple[Spot, Field]


@dataclass(frozen=True)
class Responses:
    """An export found: its sheet, and which question each column answers."""

    page: Page
    columns: Mapping[int, Asked]
    findings: tuple[Finding, ...]

    @property
    def rows(self) -> list[int]:
        """The rows of respondents that answered anything."""
        numbers = range(1, len(self.page.rows))
        return [n for n in numbers if any(filled(self.page.value((n, at))) for at in self.columns)]


def responses_of(book: Book, shape: Fillable, task: Task) -> Responses | None:
    """The export a book is; None where its first row asks too little of what is known."""
    asked = _asked(shape)
    for page in book.pages if asked else ():
        columns, told = _columns(page, asked, task)
        statements = sum(spot[0] not in (INFO, "form") for spot, _ in columns.values())
        if statements >= LEAST:
            return Responses(page, columns, tuple(told))
    return None


def read_response(responses: Responses, row: int, task: Task) -> Reading:
    """What one respondent answered."""
    read = Reading()
    for at, (spot, field) in responses.columns.items():
        value = read_cell(responses.page, (row, at), field, task.words)
        read.note(value, spot, responses.page.place(task.place, (row, at)), task)
    return read


def _columns(
    page: Page, asked: Mapping[str, Asked], task: Task
) -> tuple[dict[int, Asked], list[Finding]]:
    columns: dict[int, Asked] = {}
    told: list[Finding] = []
    for at, cell in enumerate(page.rows[0] if page.rows else ()):
        heading = f"{cell or ''}".strip()
        near, likeness = _nearest(bare(heading), asked)
        place = page.place(task.place, (0, at))
        if near and asked[near] not in columns.values():
            columns[at] = asked[near]
            if likeness < 100:
                params = {"heading": shown(heading), "near": near, "likeness": likeness}
                told.append(finding("column-near", place, **params))
        elif heading and bare(heading) not in _about_respondents():
            count = sum(filled(page.value((n, at))) for n in range(1, len(page.rows)))
            told.append(finding("column-extra", place, heading=shown(heading), count=count))
    return columns, told


def _nearest(text: str, asked: Mapping[str, Asked]) -> tuple[str, int]:
    """The question a heading asks, and how like it is in per cent; '' where none is."""
    known = text if text in asked else _at_the_end(text, asked)
    if known:
        return known, 100
    found = difflib.get_close_matches(text, asked, n=2, cutoff=NEAR) if text else []
    meant = {asked[near][0] for near in found}
    if len(meant) != 1:
        return "", 0
    return found[0], round(100 * difflib.SequenceMatcher(None, found[0], text).ratio())


def _at_the_end(text: str, asked: Mapping[str, Asked]) -> str:
    """The statement after the title of the group it stands in: ``How was it? [It was good]``."""
    ends = [known for known in asked if len(known) >= LONG and text.endswith(known)]
    return max(ends, key=len, default="")


def _asked(shape: Fillable) -> dict[str, Asked]:
    """Every question of a document, as texts are compared -> what it answers."""
    found: dict[str, Asked] = {}
    for table in shape.tables:
        answer = next((f for f in table.open if f.type is FieldType.CHOICE and f.required), None)
        keys = next((ROWS[f.field] for f in table.fields if f.field in ROWS), ())
        if answer is None:
            continue
        for key in keys:
            found |= dict.fromkeys(_texts(key), ((table.key, key, answer.field), answer))
    for table_key, field in shape.facts if found else ():
        for text in _texts(field.label or field.field):
            found.setdefault(text, ((table_key, "", field.field), field))
    return found


@cache
def _texts(key: str) -> Sequence[str]:
    loaded = [Labels.load(language) for language in LANGUAGES]
    texts = [bare(labels.t(key)) for labels in loaded if labels.has(key)]
    return tuple(dict.fromkeys(texts))


@cache
def _about_respondents() -> frozenset[str]:
    return frozenset(map(bare, _words()))


def _words() -> Iterator[str]:
    yield from words("respondent")
