"""Keep: what was read or rejected, as the store holds it.

In: a Returned or Rejected, a finding about a file left aside.
Out: a File for the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from toolkit.collect.find import EPOCH
from toolkit.collect.merging.questions import Asked
from toolkit.collect.merging.senders import judged
from toolkit.collect.returned import Rejected, Returned
from toolkit.finding import Finding, Place, finding
from toolkit.store.records import REJECTED, Entry, File
from toolkit.store.shared import Shared

NAMES = frozenset({"personal-number", "personal-email", "personal-phone", "personal-more"})
KINDS = 64  # lists of names that are remembered; files of a kit share one
ASIDE = NAMES | {"skipped-lock", "skipped-hidden", "file-not-found", "nothing-to-read"}
"""Findings of the search that are about no file anybody returned, or about names alone."""


def kept(result: Returned | Rejected, asked: Mapping[str, Asked]) -> File:
    """A file as the store keeps it, judged by what its document asks."""
    if isinstance(result, Rejected):
        return _rejected(result)
    return judged(_read(result), asked.get(result.doc))


def _read(result: Returned) -> File:
    return File(
        name=result.file,
        sha256=result.sha256,
        size=result.size,
        modified=result.modified,
        kind=f"{result.kind}",
        doc=result.doc,
        lang=result.lang,
        identity=dict(result.identity),
        copy=result.copy_id,
        unit=result.unit_id,
        role=result.role,
        period=result.period,
        filled_by=result.filled_by,
        filled_role=result.filled_role,
        filled_date=result.filled_date,
        cells=result.cells,
        sent=result.sent,
        names=_entries(result.names),
        findings=result.findings,
    )


def _by_entry(names: Mapping[str, Mapping[str, str]]) -> Mapping[Entry, str]:
    return {(kind, id): title for kind, own in names.items() for id, title in own.items()}


_entries = Shared(_by_entry, KINDS)


def _rejected(result: Rejected) -> File:
    return File(
        name=result.file,
        sha256=result.sha256,
        size=result.size,
        modified=result.modified,
        status=REJECTED,
        reason=result.code,
        findings=result.findings,
    )


def of_other_project(file: File, expected: str) -> File:
    """A file that was read and belongs to another project: nothing of it is kept but the reason."""
    told = finding("file-other-project", Place(file.name), project=file.project, expected=expected)
    blank = File(file.name, file.sha256, file.size, file.modified)
    return replace(blank, status=REJECTED, reason=told.code, findings=(told,))


def left_aside(findings: tuple[Finding, ...]) -> list[File]:
    """The files the search did not hand over, each rejected with its reason."""
    return [
        File(told.place.file, "", 0, EPOCH, status=REJECTED, reason=told.code, findings=(told,))
        for told in findings
        if told.code not in ASIDE
    ]
