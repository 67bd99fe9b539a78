"""Edition: one language of a kit, with every file it will hold and where each will lie.

In: a Reading, the documents, who the copies are for, and what the kit is made from. Out: a frozen
Edition, which knows the path of every copy before any is written.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from toolkit.content.context import Content
from toolkit.content.fan_out import Audience, Copy, fan_out
from toolkit.content.naming import distinct, file_name, phase_folder
from toolkit.content.reading import Reading, Row
from toolkit.content.views.overview import OVERVIEW, documents
from toolkit.document import Document
from toolkit.produce.identity import Source, copy_id, identity


@dataclass(frozen=True)
class File:
    """One file to be: its copy and its path in the kit, with forward slashes."""

    copy: Copy
    path: str


@dataclass(frozen=True)
class Edition:
    """The files of a kit in one language."""

    reading: Reading
    source: Source
    documents: tuple[Document, ...]
    audience: Audience

    @property
    def language(self) -> str:
        """The language of every file."""
        return self.reading.labels.lang

    @cached_property
    def files(self) -> tuple[File, ...]:
        """Every copy of every document, by document."""
        copies = [copy for document in self.documents for copy in fan_out(document, self.audience)]
        paths = distinct(self._path(copy) for copy in copies)
        return tuple(File(copy, path) for copy, path in zip(copies, paths, strict=True))

    def of(self, wanted: Collection[Document]) -> tuple[File, ...]:
        """The files of some documents."""
        names = {(document.id, document.format) for document in wanted}
        kept = ((file, file.copy.document) for file in self.files)
        return tuple(file for file, document in kept if (document.id, document.format) in names)

    def _path(self, copy: Copy) -> str:
        labels, document = self.reading.labels, copy.document
        role = self.reading.option("respondent_role", copy.role) or ""
        parts = (self.reading.title("unit", copy.unit), role, copy.period)
        name = file_name(document, labels, filter(None, parts))
        if document.doc == OVERVIEW or not document.phases:
            return name
        return f"{phase_folder(labels, document.phases[0])}/{name}"

    def identity(self, copy: Copy) -> dict[str, str]:
        """The identity of a copy (specification 2.2)."""
        return identity(copy, self.language, self.source)

    def copy_id(self, copy: Copy) -> str:
        """The id of a copy."""
        return copy_id(copy, self.language, self.source)

    @cached_property
    def overview(self) -> list[Row]:
        """Every document of the kit, for the overview."""
        return documents(self.reading, self.documents, self._paths())

    def _paths(self) -> dict[tuple[str, str], Sequence[str]]:
        paths: dict[tuple[str, str], list[str]] = {}
        for file in self.files:
            document = file.copy.document
            paths.setdefault((document.id, document.format), []).append(file.path)
        return dict(paths)

    @cached_property
    def content(self) -> Content:
        """What the documents say."""
        return Content(self.reading, self.overview, self.day)

    @property
    def day(self) -> date:
        """The day the documents carry: the description's, else the day of generation."""
        return self.reading.project.project.date or self.source.generated_at
