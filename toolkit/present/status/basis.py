"""What the numbers rest on: files read, answers, what is missing, what contradicts.

In: Told. Out: four figures, and one line per document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from heapq import nsmallest

from toolkit.content.came_back import set_aside
from toolkit.content.reading import Row
from toolkit.present.told import Told
from toolkit.store.records import ABSENT, READ, REJECTED, SUPERSEDED, UNTOUCHED

STANDING = (READ, SUPERSEDED)
SILENT = (ABSENT, UNTOUCHED)
MOST, MOST_NOTED, MOST_DOCUMENTS, LONGEST = 4, 500, 8, 24


def basis(told: Told) -> Row:
    """Figures with ``value`` and ``name``, rows per document, and every file by name."""
    labels, results = told.reading.labels, told.results
    docs: Counter[str] = Counter()
    names = nsmallest(MOST_NOTED, _read(told, docs))
    rejected = [_short(f.name) for f in set_aside(told.files) if f.status == REJECTED]
    silent = Counter(
        (copy.doc, copy.unit, copy.role)
        for copy in results.copies
        if copy.expected and copy.state in SILENT
    )
    conflicts = sum(merged.conflict for merged in results.merged)
    figures = (
        ("st.files_read", docs.total()),
        ("st.files_rejected", len(rejected)),
        ("st.copies_missing", silent.total()),
        ("st.conflicts", conflicts),
    )
    return {
        "figures": [{"value": labels.number(n), "name": labels.t(key)} for key, n in figures],
        "read": docs.total(),
        "documents": _documents(told, docs),
        "rejected": _some(told, set(rejected)),
        "missing": _some(told, {_silent(told, *own) for own in silent}),
        "files": [*names, *_more(told, docs.total() - MOST_NOTED)],
    }


def _read(told: Told, docs: Counter[str]) -> Iterator[str]:
    """The names of the files that were read, each counted by its document."""
    for file in told.files:
        if file.status in STANDING:
            docs[file.doc] += 1
            yield file.name


def _documents(told: Told, docs: Counter[str]) -> list[str]:
    labels = told.reading.labels
    return [
        labels.t("st.document_files", document=title(told, doc), n=n)
        for doc, n in sorted(docs.items())
        if doc
    ][:MOST_DOCUMENTS]


def _some(told: Told, names: Collection[str]) -> list[str]:
    """The first names, and how many more there are."""
    return [*nsmallest(MOST, names), *_more(told, len(names) - MOST)]


def _more(told: Told, n: int) -> list[str]:
    return [told.reading.labels.t("pg.more", n=n)] if n > 0 else []


def _short(name: str) -> str:
    """A file name that fits a line of a slide."""
    name = name.rpartition("/")[2]
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _silent(told: Told, doc: str, unit: str, role: str) -> str:
    who = told.reading.title("unit", unit) or told.reading.option("respondent_role", role) or ""
    return ", ".join(filter(None, [title(told, doc), who]))


def title(told: Told, doc: str) -> str:
    """What people call a document."""
    labels = told.reading.labels
    return labels.t(doc) if labels.has(doc) else doc
