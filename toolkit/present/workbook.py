"""Consolidated workbooks: one for every document that came back (specification 2.7).

In: Presented, a language. Out: for each returned workbook of the kit a file of the same layout with
all answers put together, its computed columns live formulas with values beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.author import build
from toolkit.content.compiling import compiled
from toolkit.content.naming import file_name
from toolkit.content.reading import Row
from toolkit.content.shown import Shown
from toolkit.document import Document
from toolkit.finding import Finding
from toolkit.language import Labels
from toolkit.present.presented import Presented, context_of
from toolkit.present.rows import Table
from toolkit.present.told import Told
from toolkit.present.variant import PLAIN, variant
from toolkit.present.workings import worked_out
from toolkit.store.records import ANSWERED, PARTLY, READ, SUPERSEDED

TEMPLATES_IN = "nb"


@dataclass(frozen=True)
class Workbook:
    """A consolidated workbook: its file name, its bytes, the warnings of its filling."""

    name: str
    data: bytes
    findings: tuple[Finding, ...] = ()


def workbooks(
    presented: Presented, documents: Iterable[Document], language: str
) -> Iterator[Workbook]:
    """The consolidated workbook of every document that came back, but for anonymous ones."""
    kept, told = tuple(documents), presented.told(language)
    shown = Shown(told.reading.labels, kept, presented.results.titles)
    came = {file.doc for file in presented.files if file.status in (READ, SUPERSEDED)}
    hidden = presented.results.anonymous
    for document in kept:
        if document.format == "xlsx" and document.doc in came and document.doc not in hidden:
            yield _workbook(presented, told, shown, document)


def _workbook(presented: Presented, told: Told, shown: Shown, document: Document) -> Workbook:
    context = context_of(presented, told, document)
    context["tables"] = context["tables"] | _tables(told, shown, document, context)
    context["info"] = context["info"] | _counts(told, document)
    filled = {key for key, rows in context["tables"].items() if rows}
    drawn = variant(document, filled, told.reading.labels)
    source = build(drawn, Labels.load(TEMPLATES_IN))
    template = compiled(told.reading, source, document.template.name, presented.cache)
    data = template.render(context, base=presented.base)
    return Workbook(file_name(document, told.reading.labels), data, tuple(template.findings))


def _counts(told: Told, document: Document) -> dict[str, str]:
    """How many have answered, what contradicts, what differs widely."""
    labels = told.reading.labels
    copies = [copy for copy in told.results.copies if copy.doc == document.doc]
    came = [copy for copy in copies if copy.state in (ANSWERED, PARTLY)]
    own = [merged for merged in told.results.merged if merged.doc == document.doc]
    counts = {
        "answers": len(came),
        "contested": sum(merged.conflict for merged in own),
        "differing": sum(merged.disagreement and not merged.conflict for merged in own),
    }
    return {name: labels.number(count) for name, count in counts.items()}


def _tables(told: Told, shown: Shown, document: Document, context: Row) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {}
    for key, section in document.sections.items():
        short = key.partition(".")[2]
        if section.columns and section.part not in (*PLAIN, "info"):
            table = Table(told, shown, document, short, section)
            tables[short] = table.rows(context["tables"].get(short, []))
    return worked_out(tables, told.reading.labels)
