"""Presented: the results of a project, ready to be shown in one language.

In: a description and a folder of results. Out: Told, and the context that documents of results are
filled with. ToolkitError where the description or the store cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from toolkit.content.answered import answered
from toolkit.content.context import Content, context
from toolkit.content.fan_out import Copy
from toolkit.content.reading import read
from toolkit.document import Document
from toolkit.language import Labels
from toolkit.office.cache import user_folder
from toolkit.personal import masked
from toolkit.present.told import MOST_SOURCES, Told, newest
from toolkit.project import Project
from toolkit.sent import OUTPUT
from toolkit.store import FILE, Heads, Store, contested, read_store
from toolkit.store.records import File, Results

ANSWERED = "answered"
Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Presented:
    """A project, what came back of it, and the folder its pictures lie in.

    ``cache`` is the folder where compiled templates are kept between runs, None for nowhere.
    """

    project: Project
    results: Results
    files: Iterable[File] = ()
    base: Path = Path()
    cache: Path | None = None

    def told(self, language: str) -> Told:
        """The results in a language."""
        labels = Labels.load(language)
        return Told(read(self._answered, labels), self.results, self.files)

    @cached_property
    def _answered(self) -> Project:
        return answered(self.project, self.results)

    @cached_property
    def day(self) -> date:
        """The day of the newest answers, else the description's."""
        return newest(self.files) or self.project.project.date or date.today()


def context_of(
    presented: Presented, told: Told, document: Document, documents: Sequence[Any] = ()
) -> dict[str, Any]:
    """What a document of results is filled with, but for what is its own."""
    content = Content(told.reading, documents, presented.day)
    identity = {
        "kit_id": OUTPUT,
        "project_id": presented.project.project.id,
        "doc": document.doc,
        "lang": told.reading.labels.lang,
        "schema_version": "1",
        "generated_at": presented.day.isoformat(),
        "copy_id": "",
        "unit_id": "",
        "respondent_role": "",
        "period": "",
        "source_hash": "",
    }
    told_ = context(content, Copy(document), identity)
    mark = {"key": ANSWERED, "value": "1"}
    return told_ | {"meta": [*told_["meta"], mark]}


def presented(project: Project, results: Path, base: Path) -> Presented:
    """What came back of a project; ``results`` is the folder that holds the store."""
    return Presented(project, *stored(results, project.project.id), base, user_folder())


class Masked(Iterable[Shown]):
    """Files or copies without personal data, masked anew whenever they are gone through."""

    def __init__(self, every: Iterable[Shown]) -> None:
        self.every = every

    def __iter__(self) -> Iterator[Shown]:
        return map(masked, self.every)


class Files(Masked[File]):
    """The files of a store without personal data."""

    def __init__(self, heads: Heads) -> None:
        super().__init__(heads)
        self.heads = heads

    @property
    def newest(self) -> date | None:
        """The day of the newest answers."""
        return self.heads.newest

    @property
    def noted(self) -> Files:
        """Those there is anything to tell of."""
        return Files(self.heads.noted)

    @property
    def set_aside(self) -> Files:
        """Those that were not simply read."""
        return Files(self.heads.set_aside)


def stored(results: Path, project: str = "") -> tuple[Results, Iterable[File]]:
    """The results of a folder and the files behind them, personal data in them masked.

    StoreError where there are none.

    ``project`` is the id the results must belong to, where it is known.
    """
    with store_in(results) as store:
        if project and store.project:
            store.belong(project)
        return _masked(store.results(most=MOST_SOURCES, held=False)), Files(Heads(store.path))


def contested_in(results: Path) -> tuple[Results, Iterable[File]]:
    """The same, of the sources only those of what is contested: all that a report names."""
    with store_in(results) as store:
        which = contested(MOST_SOURCES)
        return _masked(store.results(which, held=False)), Files(Heads(store.path))


def _masked(results: Results) -> Results:
    """The results without personal data; their copies are masked as they are read."""
    return replace(masked(results), copies=Masked(results.copies))


def store_in(results: Path) -> Store:
    """The store of a results folder, or a store itself, to read; StoreError where there is none."""
    return read_store(results / FILE if results.is_dir() else results)
