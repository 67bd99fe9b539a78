"""Filling: a copy of a document as bytes.

In: an Edition and its files. Out: each file's bytes and the warnings of its filling. A template is
compiled once a language and filled for every copy, then let go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from toolkit.content.compiling import compiled
from toolkit.document import Document
from toolkit.finding import Finding, TemplateError
from toolkit.produce.context import context
from toolkit.produce.edition import Edition, File
from toolkit.produce.staging import sha256


@dataclass(frozen=True)
class Filled:
    """A file of the kit: what it is, its bytes, its template's hash, and the warnings."""

    file: File
    data: bytes
    template_sha256: str
    findings: tuple[Finding, ...]


def fill_all(
    edition: Edition, wanted: Collection[Document], base: Path, cache: Path | None = None
) -> Iterator[Filled]:
    """Every copy of the wanted documents, filled; ``base`` is where picture paths start from.

    ``cache`` is the folder where compiled templates are kept between runs.
    Raises TemplateError with the findings of every document that cannot be filled.
    """
    wrong: list[Finding] = []
    for _, copies in groupby(edition.of(wanted), key=_template):
        try:
            yield from _copies(edition, list(copies), base, cache)
        except TemplateError as error:
            wrong += error.findings
    if wrong:
        raise TemplateError(wrong)


def _template(file: File) -> Path:
    return file.copy.document.template


def _copies(
    edition: Edition, files: list[File], base: Path, cache: Path | None
) -> Iterator[Filled]:
    document = files[0].copy.document
    source = document.template.read_bytes()
    template = compiled(edition.reading, source, document.template.name, cache)
    hashed = sha256(source)
    for file in files:
        data = template.render(context(edition, file.copy), base=base)
        yield Filled(file, data, hashed, tuple(template.findings))
