"""Output: the workbooks of a results folder, written beside the store.

In: a results folder that holds a store, and a language; the description of the project, where
somebody gave it. Out: the report, and with the description one consolidated workbook for every
document that came back. Each is written whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.author import build
from toolkit.brand import Brand
from toolkit.content.compiling import Look, compiled_in
from toolkit.content.shown import Shown
from toolkit.document import Document, load_document, load_documents, shipped_templates
from toolkit.finding import Finding
from toolkit.language import Labels
from toolkit.present.presented import Presented, presented, stored
from toolkit.present.putting import put
from toolkit.present.report import Report
from toolkit.present.workbook import TEMPLATES_IN, Workbook, workbooks
from toolkit.project import read_description
from toolkit.store.records import Results

SHEET = Path(__file__).parent / "sheets" / "xlsx" / "report.yaml"
FACTS = (
    *("project_name", "short_name", "tagline", "organisation", "unit", "phase", "sponsor"),
    *("project_leader", "version", "return_to", "return_by", "footer", "confidentiality"),
)


@dataclass(frozen=True)
class Written:
    """The files written and the warnings of writing them."""

    paths: tuple[Path, ...]
    findings: tuple[Finding, ...] = ()


def write_workbooks(folder: Path, language: str, description: Path | None = None) -> Written:
    """Write the report and the consolidated workbooks of a results folder into it.

    ToolkitError where the store or the description cannot be read, or a file cannot be written.
    """
    paths: list[Path] = []
    findings: list[Finding] = []
    for made in _made(folder, language, description):
        paths.append(folder / made.name)
        put(paths[-1], made.data)
        findings += made.findings
    return Written(tuple(paths), tuple(dict.fromkeys(findings)))


def _made(folder: Path, language: str, description: Path | None) -> Iterator[Workbook]:
    documents = load_documents(shipped_templates())
    if description is None:
        results, files = stored(folder)
        yield report(Report(results, files, _shown(language, documents, results)), None)
        return
    given = read_description(description)
    known = presented(given.project, folder, given.folder)
    shown = _shown(language, documents, known.results)
    yield report(Report(known.results, known.files, shown, known.day), known)
    yield from workbooks(known, documents, language)


def _shown(language: str, documents: Sequence[Document], results: Results) -> Shown:
    return Shown(Labels.load(language), documents, results.titles)


def report(page: Report, known: Presented | None) -> Workbook:
    """The report on returned files, in the brand of the project where it is known."""
    labels, document = page.shown.labels, load_document(SHEET)
    source = build(document, Labels.load(TEMPLATES_IN))
    template = compiled_in(labels, _look(known), source, SHEET.name)
    data = template.render(_context(page, known))
    return Workbook(f"report_{labels.lang}.xlsx", data, tuple(template.findings))


def _look(known: Presented | None) -> Look:
    if known is None:
        return Look()
    project = known.project
    theme = Brand.of(project.branding.model_dump()).theme
    return Look(project.organisation.currency, theme)


def _context(page: Report, known: Presented | None) -> Mapping[str, Any]:
    labels, project = page.shown.labels, known.project if known else None
    names = {key.split(".")[1] for key in labels.texts if key.startswith("o.")}
    title = labels.t("rp.title")
    facts = {
        "document": title,
        "project_name": project.project.name if project else title,
        "organisation": project.organisation.name if project else "",
        "date": page.today,
    }
    return {
        "tables": page.tables(),
        "lists": {name: [text for _, text in labels.options(name)] for name in names},
        "info": dict.fromkeys(FACTS) | facts,
        "identity": dict.fromkeys(IDENTITY, ""),
        "meta": [{"key": "report", "value": "1"}],
    }


IDENTITY = (
    *("kit_id", "project_id", "doc", "lang", "schema_version", "generated_at", "copy_id"),
    *("unit_id", "respondent_role", "period", "source_hash"),
)
