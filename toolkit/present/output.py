"""Output: the workbooks of a results folder, written beside the store.

In: a results folder that holds a store, and a language; the description of the project, where
somebody gave it. Out: the report, and with the description one consolidated workbook for every
document that came back. Each is written whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from toolkit.author import build
from toolkit.brand import Brand
from toolkit.content.compiling import Look, compiled_in
from toolkit.content.naming import file_name
from toolkit.content.reading import Row
from toolkit.content.shown import Shown
from toolkit.document import Document, load_document, load_documents, shipped_templates
from toolkit.finding import Finding
from toolkit.language import Labels
from toolkit.present.beside import Beside
from toolkit.present.evaluation import tables as evaluation_tables
from toolkit.present.presented import Presented, contested_in, presented
from toolkit.present.putting import put
from toolkit.present.report import Report
from toolkit.present.workbook import TEMPLATES_IN, Workbook, workbooks
from toolkit.project import read_description
from toolkit.sent import OUTPUT
from toolkit.store.records import Results

SHEETS = Path(__file__).parent / "sheets" / "xlsx"
FACTS = (
    *("project_name", "short_name", "tagline", "organisation", "unit", "phase", "sponsor"),
    *("project_leader", "version", "return_to", "return_by", "footer", "confidentiality"),
)

IDENTITY = (
    *("kit_id", "project_id", "doc", "lang", "schema_version", "generated_at", "copy_id"),
    *("unit_id", "respondent_role", "period", "source_hash"),
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
    beside = lists_beside(folder, language)
    for made in _made(folder, language, description, beside):
        paths.append(folder / made.name)
        put(paths[-1], made.data)
        findings += made.findings
    beside.tidied()
    return Written((*paths, *beside.paths), tuple(dict.fromkeys(findings)))


def lists_beside(folder: Path, language: str) -> Beside:
    """Where the lists go that the report is too small for."""
    return Beside(folder, load_document(SHEETS / "report.yaml"), Labels.load(language))


def _made(
    folder: Path, language: str, description: Path | None, beside: Beside
) -> Iterator[Workbook]:
    if description is None:
        documents = load_documents(shipped_templates())
        results, files = contested_in(folder)
        yield report(Report(results, files, _shown(language, documents, results)), None, beside)
        return
    given = read_description(description)
    documents = given.documents
    known = presented(given.project, folder, given.folder)
    shown = _shown(language, documents, known.results)
    yield report(Report(known.results, known.files, shown, known.day), known, beside)
    yield from workbooks(known, documents, language)
    if forms := evaluation(known, language):
        yield forms


def _shown(language: str, documents: Sequence[Document], results: Results) -> Shown:
    return Shown(Labels.load(language), documents, results.titles)


def report(page: Report, known: Presented | None, beside: Beside) -> Workbook:
    """The report on returned files, in the brand of the project where it is known."""
    labels = page.shown.labels
    own = Own(labels, labels.t("rp.title"), page.tables(beside), page.today, known)
    return own.drawn(SHEETS / "report.yaml", f"report_{labels.lang}.xlsx")


def evaluation(known: Presented, language: str) -> Workbook | None:
    """The pilot evaluation put together; None where no form came back."""
    told = known.told(language)
    if not known.results.ratings:
        return None
    sheet = SHEETS / "evaluation.yaml"
    labels, document = told.reading.labels, load_document(sheet)
    own = Own(labels, labels.t(document.title), evaluation_tables(told), known.day, known)
    return own.drawn(sheet, file_name(document, labels))


@dataclass(frozen=True)
class Own:
    """What stands in a workbook that is no document of the kit: its title and its tables."""

    labels: Labels
    title: str
    tables: Mapping[str, list[Row]]
    day: date | None
    known: Presented | None

    def drawn(self, sheet: Path, name: str) -> Workbook:
        """The workbook of a sheet."""
        source = build(load_document(sheet), Labels.load(TEMPLATES_IN))
        template = compiled_in(self.labels, look_of(self.known), source, sheet.name)
        return Workbook(name, template.render(self._context()), tuple(template.findings))

    def _context(self) -> Row:
        project = self.known.project if self.known else None
        names = {key.split(".")[1] for key in self.labels.texts if key.startswith("o.")}
        facts = {
            "document": self.title,
            "project_name": project.project.name if project else self.title,
            "organisation": project.organisation.name if project else "",
            "date": self.day,
        }
        return {
            "tables": self.tables,
            "lists": {n: [text for _, text in self.labels.options(n)] for n in names},
            "info": dict.fromkeys(FACTS) | facts,
            "identity": dict.fromkeys(IDENTITY, "") | {"kit_id": OUTPUT},
            "meta": [{"key": "kit_id", "value": OUTPUT}, {"key": "report", "value": "1"}],
        }


def look_of(known: Presented | None) -> Look:
    """The brand and currency of a project; the toolkit's own without one."""
    if known is None:
        return Look()
    project = known.project
    theme = Brand.of(project.branding.model_dump()).theme
    return Look(project.organisation.currency, theme)
