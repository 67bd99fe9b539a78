"""What the numbers rest on: files read, answers, what is missing, what contradicts.

In: Told. Out: four figures, and one line per document.
"""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.content.reading import Row
from toolkit.present.told import Told
from toolkit.store.records import ABSENT, READ, REJECTED, SUPERSEDED, UNTOUCHED

STANDING = (READ, SUPERSEDED)
SILENT = (ABSENT, UNTOUCHED)
MOST, MOST_NOTED, MOST_DOCUMENTS, LONGEST = 4, 500, 8, 24


def basis(told: Told) -> Row:
    """Figures with ``value`` and ``name``, rows per document, and every file by name."""
    labels, results = told.reading.labels, told.results
    files = [(file.status, file.name, file.doc) for file in told.files]
    read = [(name, doc) for status, name, doc in files if status in STANDING]
    rejected = [name for status, name, _ in files if status == REJECTED]
    silent = [copy for copy in results.copies if copy.expected and copy.state in SILENT]
    conflicts = sum(merged.conflict for merged in results.merged)
    figures = (
        ("st.files_read", len(read)),
        ("st.files_rejected", len(rejected)),
        ("st.copies_missing", len(silent)),
        ("st.conflicts", conflicts),
    )
    return {
        "figures": [{"value": labels.number(n), "name": labels.t(key)} for key, n in figures],
        "read": len(read),
        "documents": _documents(told, [doc for _, doc in read]),
        "rejected": _some(told, set(map(_short, rejected))),
        "missing": _some(told, {_silent(told, copy.doc, copy.unit, copy.role) for copy in silent}),
        "files": _some(told, (name for name, _ in read), MOST_NOTED),
    }


def _documents(told: Told, docs: Iterable[str]) -> list[str]:
    labels, counted = told.reading.labels, list(docs)
    return [
        labels.t("st.document_files", document=title(told, doc), n=counted.count(doc))
        for doc in sorted(set(counted))
        if doc
    ][:MOST_DOCUMENTS]


def _some(told: Told, names: Iterable[str], most: int = MOST) -> list[str]:
    """The first names, and how many more there are."""
    every = sorted(names)
    more = len(every) - most
    rest = [told.reading.labels.t("pg.more", n=more)] if more > 0 else []
    return [*every[:most], *rest]


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
