"""The editions of a run, and what the answers file keeps of it.

In: a description, its documents, the request and the answers of the run before. Out: one Edition
a language, and the answers to write.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from toolkit import __version__
from toolkit.content.fan_out import Audience
from toolkit.content.reading import read
from toolkit.content.views import economy
from toolkit.content.views.people import pilot_units
from toolkit.document import Document
from toolkit.finding import Finding, Place
from toolkit.language import Labels
from toolkit.produce.answers import Answers, Entry, joined
from toolkit.produce.edition import Edition
from toolkit.produce.filling import Filled
from toolkit.produce.identity import Source, generation_day
from toolkit.produce.request import Request
from toolkit.produce.staging import sha256
from toolkit.project import Project
from toolkit.project.reading import Description


def editions_of(
    description: Description, documents: tuple[Document, ...], request: Request, before: Answers
) -> tuple[Edition, ...]:
    """One edition a language: those asked for, else those of the description."""
    project = description.project
    hashed = sha256(description.path.read_bytes())
    source = Source(project.project.id, hashed, generation_day(hashed, before, date.today()))
    languages = request.languages or project.organisation.output_languages
    return tuple(
        Edition(read(project, Labels.load(lang)), source, documents, audience(project, request))
        for lang in dict.fromkeys(languages)
    )


def audience(project: Project, request: Request) -> Audience:
    """Who the copies are for: the units of the pilot, the roles that were asked to evaluate it."""
    roles = tuple(role for role, count in project.pilot.evaluation_sent.items() if count)
    return Audience(pilot_units(project), roles, project.kit.copies, request.period)


def warnings(editions: Sequence[Edition], request: Request) -> list[Finding]:
    """What the method has to say about the description, whatever the language."""
    return economy.warnings(editions[0].reading, Place(f"{request.description}"))


def entry(edition: Edition, filled: Filled) -> Entry:
    """What the answers keep of a file."""
    copy, system = filled.file.copy, edition.identity(filled.file.copy)
    return Entry(
        path=filled.file.path,
        doc=copy.document.doc,
        document=copy.document.id,
        format=copy.document.format,
        lang=edition.language,
        sha256=sha256(filled.data),
        template_sha256=filled.template_sha256,
        copy_id=system["copy_id"],
        unit_id=copy.unit,
        role=copy.role,
        period=copy.period,
    )


def scope_of(before: Answers, request: Request, made: Sequence[Entry]) -> tuple[str, ...]:
    """The files of earlier runs that this run stands for: its languages, documents and period."""
    languages = {entry.lang for entry in made}
    only = {(entry.doc, entry.document) for entry in made} if request.only else None
    return tuple(
        old.path
        for old in before.files
        if old.lang in languages
        and (only is None or (old.doc, old.document) in only)
        and old.period in ("", request.period)
    )


def answers_of(
    editions: Sequence[Edition],
    before: Answers,
    request: Request,
    made: Iterable[Entry],
    stale: Collection[str],
) -> Answers:
    """The answers after this run."""
    source = editions[0].source
    return Answers(
        toolkit=__version__,
        project_id=source.project_id,
        project=request.description.name,
        source_hash=source.source_hash,
        generated_at=source.generated_at.isoformat(),
        files=joined(before.files, made, stale),
    )
