"""Request: what somebody asks for, and the documents and languages that follow from it.

In: the options of ``toolkit generate``. Out: the documents of the kit and those to write now, or
TemplateError, OutputError with every finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.document import Document, load_documents, shipped_templates
from toolkit.finding import Finding, Place, TemplateError, finding, near
from toolkit.language import Labels
from toolkit.method.calendar import period_span
from toolkit.project import Project
from toolkit.project import documents_of as described


@dataclass(frozen=True)
class Request:
    """What to generate: a description, the kit's folder, and what to leave out.

    ``only`` are documents (``d.23``, ``23`` or a sheet's id); ``languages`` are those of the
    description where none is given; ``templates`` is a folder laid over the shipped one,
    else the description's ``kit.templates``;
    ``cache`` the folder where compiled templates are kept between runs.
    """

    description: Path
    out: Path
    languages: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    period: str = ""
    templates: Path | None = None
    rehearse: bool = False
    cache: Path | None = None


def documents_of(project: Project, request: Request) -> tuple[Document, ...]:
    """Every document of the project's kit, by number."""
    if request.templates:
        documents = load_documents(shipped_templates(), request.templates)
    else:
        documents = described(project, request.description)
    if unknown := [found for document in documents for found in unknown_labels(document)]:
        raise TemplateError(unknown)
    told = (document for document in documents if document.shows == "description")
    return tuple(document for document in told if document.doc not in project.kit.exclude)


def unknown_labels(document: Document) -> list[Finding]:
    """A finding for each phase, role and title of a sheet that the label table lacks."""
    labels = Labels.load("en")
    named = [f"o.phase.{phase}" for phase in document.phases]
    named += [*document.filled_by, *_key(document.title)]
    place = Place(f"{document.template.with_suffix('.yaml')}")
    return [
        finding("label-unknown", place, given=key, near=near(key, labels.texts))
        for key in named
        if not labels.has(key)
    ]


def _key(title: str) -> list[str]:
    """The title of a sheet, if it is meant as a key: ``d.23``, but not ``Our own plan``."""
    return [title] if title.islower() and "." in title and " " not in title else []


def chosen(documents: Sequence[Document], request: Request) -> tuple[Document, ...]:
    """The documents to write now; TemplateError where a name or the period is wrong."""
    names = request.only
    wanted = [d for d in documents if not names or any(_named(d, name) for name in names)]
    findings = [*_unknown(names, documents), *_period(request.period), *_missing(wanted)]
    if findings:
        raise TemplateError(findings)
    return tuple(wanted)


def _missing(wanted: Iterable[Document]) -> list[Finding]:
    """A finding for each document whose Office file is not there."""
    return [
        finding("template-missing", Place(f"{document.template}"), document=document.id)
        for document in wanted
        if not document.template.is_file()
    ]


def _named(document: Document, name: str) -> bool:
    folded = name.strip().casefold()
    number = folded.removeprefix("d").removeprefix(".")
    known = document.doc.removeprefix("d.")
    return folded == document.id or number == known or (number.isdigit() and number == known[1:])


def _unknown(names: Iterable[str], documents: Sequence[Document]) -> list[Finding]:
    known = [*(d.doc for d in documents), *(d.id for d in documents)]
    return [
        finding("document-unknown", Place("--only"), given=name, near=near(name, known))
        for name in names
        if not any(_named(document, name) for document in documents)
    ]


def _period(period: str) -> list[Finding]:
    wrong = bool(period) and period_span(period) is None
    return [finding("period-malformed", Place("--period"), given=period)] if wrong else []
