"""Filling: a copy of a document as bytes.

In: an Edition and its files. Out: each file's bytes and the warnings of its filling. A template is
compiled once a language and filled for every copy, then let go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from toolkit.brand import Brand
from toolkit.document import Document
from toolkit.finding import Finding, TemplateError
from toolkit.office import Localisation, Template
from toolkit.office import compile as compile_template
from toolkit.produce.context import context
from toolkit.produce.edition import Edition, File
from toolkit.produce.staging import sha256
from toolkit.produce.wording import wording


@dataclass(frozen=True)
class Filled:
    """A file of the kit: what it is, its bytes, its template's hash, and the warnings."""

    file: File
    data: bytes
    template_sha256: str
    findings: tuple[Finding, ...]


def fill_all(edition: Edition, wanted: Collection[Document], base: Path) -> Iterator[Filled]:
    """Every copy of the wanted documents, filled; ``base`` is where picture paths start from.

    Raises TemplateError with the findings of every document that cannot be filled.
    """
    wrong: list[Finding] = []
    for _, copies in groupby(edition.of(wanted), key=_template):
        try:
            yield from _copies(edition, list(copies), base)
        except TemplateError as error:
            wrong += error.findings
    if wrong:
        raise TemplateError(wrong)


def _template(file: File) -> Path:
    return file.copy.document.template


def _copies(edition: Edition, files: list[File], base: Path) -> Iterator[Filled]:
    document = files[0].copy.document
    source = document.template.read_bytes()
    template, hashed = compiled(edition, document, source), sha256(source)
    for file in files:
        data = template.render(context(edition, file.copy), base=base)
        yield Filled(file, data, hashed, tuple(template.findings))


def compiled(edition: Edition, document: Document, source: bytes) -> Template:
    """The template of a document in the edition's language and brand."""
    labels, project = edition.reading.labels, edition.reading.project
    currency = project.organisation.currency
    words = wording(labels, currency)
    local = Localisation(
        tag=labels.tag,
        text=labels.swap,
        number_format=partial(labels.number_format, currency=currency),
    )
    return compile_template(
        source,
        name=document.template.name,
        localisation=local,
        theme=Brand.of(project.branding.model_dump()).theme,
        filters=words.filters,
        globals=words.globals,
    )
