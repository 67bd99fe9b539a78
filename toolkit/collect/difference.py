"""Difference: what the newest files changed in what all files say together.

In: a folder of results, and since when: a month or day the answers are from, the number of a run,
or nothing for the last run that brought files. Out: a Difference: values that are new, changed or
gone, and those whose answers contradict now and did not before. Both sides are merged by the same
rules and what is known of the project now: what was before anew, of the documents that files came
for; what is now stands in the store where nothing else is known since. Anonymous documents are left
out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from toolkit.collect.known import Known, known_of
from toolkit.collect.merging.combine import combine, up_to_date
from toolkit.content.returns import title
from toolkit.content.shown import Shown
from toolkit.document import Document
from toolkit.finding import Place, ToolkitError, finding
from toolkit.language import Labels
from toolkit.personal import masked
from toolkit.project import documents_of, read_project
from toolkit.store import FILE, NONE, aside, read_store
from toolkit.store.records import LISTED, File, Merged, Results, Spot, blank
from toolkit.store.runs import Run, runs
from toolkit.store.typed import file_id

SCHEMA_VERSION = 1
NEW, CHANGED, GONE, CONFLICT = "new", "changed", "gone", "conflict"
KINDS = (NEW, CHANGED, CONFLICT, GONE)
_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
Line = dict[str, Any]


class SinceError(ToolkitError):
    """What is asked for is neither a month, a day nor a run."""


@dataclass(frozen=True)
class Difference:
    """What changed: the files that came since, and a line for each value that is not as it was."""

    since: str
    files: tuple[str, ...]
    lines: tuple[Line, ...]

    def as_data(self) -> Line:
        """The same as plain data for ``--json``."""
        counts = {kind: len(self.of(kind)) for kind in KINDS}
        files = list(self.files)
        lines = list(self.lines)
        return {
            "schema_version": SCHEMA_VERSION,
            "since": self.since,
            "files": files,
            "counts": counts,
            "values": lines,
        }

    def of(self, kind: str) -> list[Line]:
        """The lines of one kind."""
        return [line for line in self.lines if line["kind"] == kind]


def difference(
    folder: Path, since: str, language: str, description: Path | None = None
) -> Difference:
    """What the newest files changed; SinceError, StoreError where that cannot be said."""
    project = read_project(description) if description else None
    documents = documents_of(project, description)
    path = folder / FILE if folder.is_dir() else folder
    with read_store(path) as store:
        named, earlier = _earlier(since, runs(path))
        came = {file_id(f.key): (f.name, f.doc) for f in store.heads() if not earlier(f)}
        known = replace(known_of(project), on_conflict=store.on_conflict or LISTED)
        docs = {doc for _, doc in came.values() if doc}
        after = store.results(NONE, held=False) if up_to_date(store, docs, known) else None
    merged = Merging(path, documents, known, docs)
    after = after or merged.without(())
    shown = Shown(Labels.load(language), documents, after.titles)
    lines = _lines(merged.without(came), after, docs, shown) if docs else ()
    return masked(Difference(named, tuple(name for name, _ in came.values()), tuple(lines)))


def _earlier(since: str, made: Sequence[Run]) -> tuple[str, Callable[[File], bool]]:
    """What is meant, and which files were there before."""
    if match := _DAY.fullmatch(since):
        year, month, day = (int(part) if part else 1 for part in match.groups())
        try:
            first = date(year, month, day)
        except ValueError:
            raise SinceError([finding("since-unread", Place("--since"), since=since)]) from None
        return first.isoformat(), lambda file: file.day < first
    if since and not since.isdecimal():
        raise SinceError([finding("since-unread", Place("--since"), since=since)])
    number = int(since) if since else max((run.number for run in made), default=0)
    if not 0 < number <= len(made):
        raise SinceError([finding("run-unknown", Place("--since"), run=number, last=len(made))])
    later = {id for run in made if run.number >= number for id in run.files}
    told = f"{number} ({made[number - 1].time.isoformat()})"
    return told, lambda file: file_id(file.key) not in later


@dataclass(frozen=True)
class Merging:
    """Some documents of a store, merged anew beside it."""

    path: Path
    documents: Sequence[Document]
    known: Known
    docs: Collection[str]

    def without(self, files: Iterable[int]) -> Results:
        """What the files but for some say together."""
        with aside(self.path, files) as store:
            combine(store, self.documents, self.known, (), self.docs)
            return store.results(NONE, held=False)


def _lines(before: Results, after: Results, docs: set[str], shown: Shown) -> Iterator[Line]:
    """A line for each value of some documents that is not as it was."""
    named = docs.difference(before.anonymous, after.anonymous)
    olds, news = (_by_spot(results, named) for results in (before, after))
    rows = {(row.doc, row.table, row.row): row for row in (*before.rows, *after.rows)}
    for key in dict.fromkeys((*news, *olds)):
        old, new = olds.get(key), news.get(key)
        kind = _kind(old, new)
        if kind:
            doc, (table, row, field) = key
            yield {
                "kind": kind,
                "document": doc,
                "table": table,
                "row": row,
                "field": field,
                "document_title": shown.document(doc),
                "table_title": shown.table(table),
                "row_title": title((doc, table, row), rows, shown),
                "field_title": shown.field(doc, table, field),
                "before": _value(old, shown),
                "after": _value(new, shown),
            }


def _by_spot(results: Results, docs: set[str]) -> Mapping[tuple[str, Spot], Merged]:
    return {(m.doc, m.spot): m for m in results.merged if m.doc in docs}


def _kind(old: Merged | None, new: Merged | None) -> str:
    """How a value differs; '' where it does not."""
    was, now = (m.value if m and not blank(m.value) else None for m in (old, new))
    if new and new.conflict and not (old and old.conflict):
        return CONFLICT
    if was == now and (old.distribution if old else {}) == (new.distribution if new else {}):
        return ""
    if was is None:
        return NEW if now is not None or not old else CHANGED
    return GONE if now is None and not (new and new.n) else CHANGED


def _value(merged: Merged | None, shown: Shown) -> str:
    if merged is None:
        return ""
    spot = merged.doc, merged.table, merged.field
    if blank(merged.value):
        counted = sorted(merged.distribution.items())
        return "; ".join(f"{shown.value(*spot, key)}: {n}" for key, n in counted)
    return shown.value(*spot, merged.value)
