"""Trace: where a number comes from, down to the cells.

In: a folder of results, a few words in any order and any language. Out: Traced: the values the
words mean, each with every step from the cells to the reported number; several where the words are
not enough; the nearest names where nothing answers to them. Personal data is masked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.content.shown import Shown
from toolkit.document import load_documents, shipped_templates
from toolkit.finding import Finding, Place, finding
from toolkit.language import Labels
from toolkit.personal import masked
from toolkit.present.presented import store_in
from toolkit.present.trace.choose import chosen
from toolkit.present.trace.held import Held
from toolkit.present.trace.steps import candidate, step_of
from toolkit.present.trace.words import Asked, Vocabulary, understood
from toolkit.store import NONE

SCHEMA_VERSION = 1
MOST_CANDIDATES = 40


@dataclass(frozen=True)
class Traced:
    """What a query found, as plain data, and what is to be told of it."""

    data: Mapping[str, Any]
    findings: tuple[Finding, ...] = ()


def trace(folder: Path, query: str, language: str) -> Traced:
    """Trace what a query means; StoreError where the folder holds no results."""
    documents = load_documents(shipped_templates())
    with store_in(folder) as store:
        results = store.results(NONE, held=False)
        shown = Shown(Labels.load(language), documents, results.titles)
        traced = traced_in(Held(results, shown, store.behind()), query)
    return masked(traced)


def traced_in(held: Held, query: str) -> Traced:
    """Trace a query in what is held."""
    asked = understood(query, Vocabulary(held))
    found = () if asked.unknown else chosen(asked, held)
    rows = {(merged.doc, merged.table, merged.row) for merged in found}
    data: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "query": query,
        "read_as": dict(asked.read_as),
        "found": [step_of(merged, held) for merged in found] if len(rows) == 1 else [],
        "candidates": [candidate(merged, held) for merged in found[:MOST_CANDIDATES]]
        if len(rows) > 1
        else [],
        "more": max(0, len(found) - MOST_CANDIDATES) if len(rows) > 1 else 0,
    }
    return Traced(data, tuple(_told(asked, bool(found), held)))


def _told(asked: Asked, found: bool, held: Held) -> list[Finding]:
    """The words that name nothing, with the nearest names; or that nothing fits them all."""
    place = Place(asked.query)
    quoted = held.shown.labels.quoted
    unknown = [
        finding("trace-unknown", place, word=word, near="; ".join(map(quoted, near)))
        for word, near in asked.unknown.items()
    ]
    return unknown or ([] if found else [finding("trace-nothing", place)])
