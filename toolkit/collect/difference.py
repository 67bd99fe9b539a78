"""Difference: what the newest files changed in what all files say together.

In: a folder of results, and since when: a month or day the answers are from, the number of a run,
or nothing for the last run that brought files. Out: a Difference: values that are new, changed or
gone, and those whose answers contradict now and did not before. Both sides are merged anew from the
store, by the same rules and what is known of the project now. Anonymous documents are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from toolkit.collect.known import Known, known_of
from toolkit.collect.merging.combine import combine
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
        came = {file_id(file.key): file.name for file in store.heads() if not earlier(file)}
        strategy = store.on_conflict or LISTED
    known = replace(known_of(project), on_conflict=strategy)
    before, after = (_results(path, without, documents, known) for without in (came, ()))
    shown = Shown(Labels.load(language), documents, after.titles)
    return masked(Difference(named, tuple(came.values()), tuple(_lines(before, after, shown))))


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


def _results(
    path: Path, without: Iterable[int], documents: Sequence[Document], known: Known
) -> Results:
    """What the files of a store but for some say together, worked out beside it."""
    with aside(path, without) as store:
        combine(store, documents, known, ())
        return store.results(NONE)


def _lines(before: Results, after: Results, shown: Shown) -> Iterator[Line]:
    """A line for each value that is not as it was."""
    hidden = {*before.anonymous, *after.anonymous}
    olds, news = (_by_spot(results, hidden) for results in (before, after))
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


def _by_spot(results: Results, hidden: set[str]) -> Mapping[tuple[str, Spot], Merged]:
    return {(m.doc, m.spot): m for m in results.merged if m.doc not in hidden}


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
