"""Variant: the sheet of a document as its consolidated workbook is drawn.

In: a Document and which of its tables hold rows. Out: a Document of the same layout in which every
table also says how many answered, how much they differ, what must be resolved and where the
answers come from; scores stand as means beside their options, and computed columns follow those.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from toolkit.document import Document, Section
from toolkit.field import Field, FieldType, Origin
from toolkit.fillable import INFO
from toolkit.language import Labels

COUNT, SPREAD, CONFLICTS, SOURCES, MARKS = (
    *("f.responses", "f.spread", "f.conflicts", "f.sources", "f.marks"),
)
MEANS = ("mean", "median")
SUFFIX = "_mean"
PLAIN = ("net", "huki_check")  # computed sheets without answers of their own


def _told(key: str, kind: str, label: str, width: float) -> Field:
    return Field(field=key, type=FieldType(kind), origin=Origin.COMPUTED, label=label, width=width)


EXTRA = (
    _told(COUNT, "int", "wb.answers", 12),
    _told(SPREAD, "long", "wb.spread", 22),
    _told(CONFLICTS, "long", "ui.conflicts", 64),
    _told(SOURCES, "long", "wb.sources", 40),
    Field(field=MARKS, origin=Origin.SYSTEM, label="wb.marks"),
)


def variant(document: Document, filled: Collection[str], labels: Labels) -> Document:
    """The document with the columns of consolidation; ``filled`` are the tables with rows."""
    sections = {
        key: _section(key, section, filled, labels) for key, section in document.sections.items()
    }
    return document.model_copy(update={"sections": sections, "intro": "wb.info"})


def _section(key: str, section: Section, filled: Collection[str], labels: Labels) -> Section:
    if section.part == INFO:
        return section.model_copy(update={"options": section.options | {"consolidated": True}})
    if not section.columns or section.part in PLAIN:
        return section
    means = tuple(_means(section, labels))
    columns = tuple(_columns(section, means))
    short = key.partition(".")[2]
    return section.model_copy(
        update={
            "columns": (*columns, *EXTRA),
            "intro": "wb.intro",
            "blank_rows": 0 if short in filled else 1,
        }
    )


def _means(section: Section, labels: Labels) -> Iterator[str]:
    """The fields whose answers have a mean to show."""
    for field in section.columns:
        scored = field.type is FieldType.CHOICE and {*MEANS, "worst"} & set(field.merge)
        if scored and labels.has(f"{field.field}{SUFFIX}"):
            yield field.field


def _columns(section: Section, means: Collection[str]) -> Iterator[Field]:
    recomputed = [f.field for f in section.columns if f.field in means and "worst" not in f.merge]
    follow = partial(_following, recomputed=recomputed)
    for field in section.columns:
        yield field.model_copy(update={"formula": follow(field.formula), "required": False})
        if field.field in means:
            key = f"{field.field}{SUFFIX}"
            yield Field(field=key, type=FieldType.NUMBER, origin=Origin.COMPUTED, width=14)


def _following(formula: str, recomputed: Collection[str]) -> str:
    """The formula over means, where scores are merged to means."""
    for key in recomputed:
        for sign in "@?":
            formula = formula.replace(f"code([{sign}{key}])", f"code([{sign}{key}{SUFFIX}])")
    return formula
