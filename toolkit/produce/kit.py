"""The kit: one description in, a folder of Office files out, in one step or not at all.

In: a Request. Out: a Kit, which tells what was written. Raises ToolkitError with every finding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from toolkit.finding import Finding
from toolkit.produce.answers import FILE, read_answers
from toolkit.produce.editions import answers_of, editions_of, entry, scope_of, warnings
from toolkit.produce.filling import fill_all
from toolkit.produce.request import Request, chosen, documents_of
from toolkit.produce.staging import staging
from toolkit.project import read_description


@dataclass(frozen=True)
class Kit:
    """A generated kit: the files written, left as they were and taken away, and the warnings."""

    folder: Path
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    findings: tuple[Finding, ...]


def generate(request: Request, tell: Callable[..., None] = lambda key, **told: None) -> Kit:
    """Generate a kit; ``tell`` hears of each stage: a label's key and what it tells."""
    description = read_description(request.description)
    documents = documents_of(description.project, request)
    wanted = chosen(documents, request)
    before = read_answers(request.out)
    editions = editions_of(description, documents, request, before)
    made, findings = [], [*description.findings, *warnings(editions, request)]
    with staging(request.out, before.known, rehearse=request.rehearse) as stage:
        for edition in editions:
            tell("cli.filling", n=len(edition.of(wanted)), language=edition.language)
            for filled in fill_all(edition, wanted, description.folder, request.cache):
                stage.add(filled.file.path, filled.data)
                made.append(entry(edition, filled))
                findings += filled.findings
        stale = stage.stale(scope_of(before, request, made))
        stage.add(FILE, answers_of(editions, before, request, made, stale).text().encode())
        stage.refuse(own={FILE})
        tell("cli.publishing")
        stage.publish(stale)
    return Kit(request.out, stage.written, stage.unchanged, stale, tuple(dict.fromkeys(findings)))
