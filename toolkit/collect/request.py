"""Request: what somebody hands over to be collected, and what comes of it.

In: the options of ``toolkit collect``. Out: the settings of reading and the copies waited for; and
Collected, everything there is to tell when it is done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.collect.identify import Expected
from toolkit.collect.keep import ASIDE
from toolkit.collect.known import Known
from toolkit.collect.limits import Limits
from toolkit.collect.read import Settings
from toolkit.collect.sent_out import FILE, SentOut, sent_by_project, sent_with_kit
from toolkit.content.came_back import noted, set_aside
from toolkit.document import Document
from toolkit.finding import Finding, ToolkitError
from toolkit.project import Project
from toolkit.store.records import DUPLICATE, READ, File, Results
from toolkit.store.typed import file_id


class NothingReturned(ToolkitError):
    """There is no file to read in what was handed over."""


@dataclass(frozen=True)
class Request:
    """What to collect: files, folders and zips; the results folder; whose files are expected.

    ``project`` is a description, ``kit`` the folder of the kit that was sent out. A rehearsal
    writes nothing. ``executor`` is where files are read: here, or ``dask://HOST:PORT``.
    ``redact`` keeps personal data out of the store. ``on_conflict`` is what stands where answers
    contradict, one of STRATEGIES; empty for what the store was made with.
    """

    inputs: tuple[Path, ...]
    out: Path
    project: Path | None = None
    kit: Path | None = None
    rehearse: bool = False
    redact: bool = False
    limits: Limits = Limits()
    executor: str = ""
    on_conflict: str = ""


@dataclass(frozen=True)
class Collected:
    """What a run found.

    ``ids`` are this run's files, one twice where it was found twice; ``files`` all the store holds,
    read anew whenever they are gone through; ``findings`` are those of the search; ``changed``
    whether the results are new.
    """

    out: Path
    project: str
    documents: Sequence[Document]
    ids: Sequence[int]
    files: Iterable[File]
    results: Results
    findings: Sequence[Finding] = ()
    changed: bool = True

    @property
    def told(self) -> Iterator[Finding]:
        """What this run's files have to tell, file by file in the order they were found."""
        told = {file_id(file.key): file.findings for file in noted(self.files) if file.findings}
        return (found for id in dict.fromkeys(self.ids) for found in told.get(id, ()))

    @property
    def aside(self) -> tuple[Finding, ...]:
        """What is told of things that are no returned files: locks, hidden files, wrong paths."""
        return tuple(found for found in self.findings if found.code in ASIDE)

    @property
    def counted(self) -> Mapping[str, int]:
        """How many of this run's files have each status; one found twice is a duplicate too."""
        own = set(self.ids)
        others = [file.status for file in set_aside(self.files) if file_id(file.key) in own]
        counted = Counter(others)
        counted[READ] += len(own) - len(others)
        counted[DUPLICATE] += len(self.ids) - len(own)
        return counted

    def listed(self) -> Iterator[dict[str, str]]:
        """Every file of this run, a file found twice as a duplicate of itself."""
        known = {file_id(file.key): _line(file) for file in self.files}
        met: set[int] = set()
        for id in self.ids:
            again = {"status": DUPLICATE, "reason": "file-duplicate"} if id in met else {}
            met.add(id)
            yield {**known[id], **again}


def _line(file: File) -> dict[str, str]:
    """A file in a line of its own."""
    return {
        "name": file.name,
        "status": file.status,
        "document": file.doc,
        "copy": file.copy,
        "reason": file.reason,
    }


def sent_out(
    request: Request, project: Project | None, documents: Sequence[Document], known: Known
) -> tuple[SentOut, ...]:
    """The copies waited for: of the kit named, of one handed over whole, or of the project."""
    folders = (path for path in request.inputs if (path / FILE).is_file())
    kit = request.kit or next(folders, None)
    if kit is not None:
        return sent_with_kit(kit, documents, known)
    return sent_by_project(project, documents, known) if project else ()


def settings_of(
    request: Request,
    project_id: str,
    project: Project | None,
    documents: Sequence[Document],
    known: Known,
) -> Settings:
    """What reading needs to know."""
    return Settings(
        documents=tuple(documents),
        limits=request.limits,
        expected=Expected(project_id),
        names=_names(known),
        language=project.organisation.language if project else "nb",
        redact=request.redact,
    )


def _names(known: Known) -> Mapping[str, Mapping[str, str]]:
    """What people call the entries of the description, by kind."""
    names: dict[str, dict[str, str]] = {}
    for (kind, id), title in known.titles.items():
        names.setdefault(kind, {})[id] = title
    return names
