"""What a place of a Word form says: the text of its control or cell, unless it is the prompt.

In: a control or a text, and its Field. Out: a Read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from toolkit.collect.reading.cells import Task, known_role
from toolkit.collect.reading.form_parts import Control
from toolkit.collect.reading.spelling import bare, folded, shown
from toolkit.collect.reading.values import Read, read_value
from toolkit.collect.returned import UNREAD
from toolkit.field import Field, FieldType
from toolkit.fillable import Table
from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.method.evaluation import STATEMENTS

STATEMENT = "f.statement"
DOUBTFUL = frozenset({"day-unread", "day-order", "day-ambiguous", "day-without-year"})


def control_value(control: Control, field: Field, task: Task) -> Read:
    """What a control says; nothing while it shows its prompt."""
    text = control.text
    if control.prompting and is_prompt(text):
        return Read("", None)
    read = text_value(text, field, task)
    if field.type is FieldType.DATE and read.state in DOUBTFUL and control.day:
        return _dated(control, read, field, task)
    if field.type is FieldType.CHOICE and read.state == "option-unknown" and control.chosen:
        return read_value(control.chosen, field, task.words)
    return read


def _dated(control: Control, read: Read, field: Field, task: Task) -> Read:
    """The day a date control keeps beside its text: sure where the text says the same numbers."""
    kept = read_value(control.day, field, task.words)
    if not isinstance(kept.value, date):
        return read
    numbers = sorted(int(part) for part in re.findall(r"\d+", read.raw))
    own = (kept.value.day, kept.value.month, kept.value.year)
    if numbers in (sorted(own), sorted((*own[:2], own[2] % 100))):
        return replace(kept, raw=read.raw)
    if read.state not in UNREAD:
        return read
    told = {"value": shown(read.raw), "read": task.words.labels.date(kept.value)}
    return Read(read.raw, kept.value, "day-assumed", told)


def text_value(text: str, field: Field, task: Task) -> Read:
    """What a text says; nothing where it is a prompt."""
    if is_prompt(text):
        return Read("", None)
    return known_role(read_value(text, field, task.words), field, task.words)


def is_prompt(text: str) -> bool:
    """Whether a text is what an empty control shows, in any language."""
    return not text.strip() or folded(text) in _prompts()


@cache
def _prompts() -> frozenset[str]:
    keys = ("ui.click_to_write", "ui.choose")
    return frozenset(text for key in keys for text in labels_of(key))


@cache
def labels_of(key: str) -> tuple[str, ...]:
    """A label in five languages, as texts are compared; none for a key without labels."""
    loaded = [Labels.load(language) for language in LANGUAGES]
    return tuple(dict.fromkeys(folded(labels.t(key)) for labels in loaded if labels.has(key)))


def statement_of(text: str, table: Table) -> str:
    """The statement of the method a text or an id is, where the table asks statements."""
    asked = table.block.key == (STATEMENT,) or table.fields[0].field == STATEMENT
    return _statements().get(bare(text), "") if asked else ""


@cache
def _statements() -> dict[str, str]:
    labels = {bare(Labels.load(own).t(key)): key for own in LANGUAGES for key in STATEMENTS}
    return labels | {bare(key): key for key in STATEMENTS}


@cache
def labels_known(start: str = "") -> frozenset[str]:
    """Every label in five languages whose key starts so: what a document says of its own."""
    loaded = [Labels.load(language).texts.items() for language in LANGUAGES]
    return frozenset(folded(text) for own in loaded for key, text in own if key.startswith(start))


def is_label(text: str, start: str = "") -> bool:
    """Whether a text is a label whose key starts so."""
    known = labels_known(start)
    return folded(text) in known or as_label(text) in known


def as_label(text: str) -> str:
    """A text as labels are compared: people put a colon or a star behind them."""
    return folded(text).rstrip(" :*")
