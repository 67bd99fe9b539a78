"""The overview of a kit: every document, who fills it in, when it is due, where it lies.

In: a Reading and the planned files. Out: one row per document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from toolkit.content.naming import title_of
from toolkit.content.reading import Reading, Row
from toolkit.content.views.people import joined, role_named
from toolkit.document import Document

OVERVIEW = "00"

Files = Mapping[tuple[str, str], Sequence[str]]


def documents(reading: Reading, kept: Sequence[Document], files: Files) -> list[Row]:
    """One row per document; ``files`` are paths in the kit by (document id, format)."""
    rows = [d for d in sorted(kept, key=_order) if d.doc != OVERVIEW]
    return [_row(reading, document, files[document.id, document.format]) for document in rows]


def _order(document: Document) -> tuple[str, str]:
    return document.doc, document.format


def _row(reading: Reading, document: Document, paths: Sequence[str]) -> Row:
    labels = reading.labels
    key = document.doc.removeprefix("d.")
    phases = [labels.label("phase", phase) for phase in document.phases]
    deadline = reading.project.kit.due.get(document.doc)
    names = [PurePosixPath(path).name for path in paths]
    intro = document.intro or f"di.{key}"
    return {
        "id": f"{document.doc}.{document.format}",
        "number": key,
        "doc": document.doc,
        "title": title_of(document, labels),
        "document": title_of(document, labels),
        "format": document.format,
        "intro": labels.t(intro) if labels.has(intro) else "",
        "filled_by": joined(role_named_or_label(reading, role) for role in document.filled_by),
        "deadline": deadline,
        "due": labels.date(deadline) if deadline else _by_phase(reading, document),
        "copies": len(paths),
        "returned": labels.label("yesno", "yes" if document.returned else "no"),
        "returned_key": "yes" if document.returned else "no",
        "phase": phases[0] if phases else "",
        "phases": phases,
        "phase_key": document.phases[0] if document.phases else "",
        "file": names[0] if names else "",
        "files": names,
        "folder": f"{PurePosixPath(paths[0]).parent}" if paths else "",
        "path": paths[0] if paths else "",
        "personal_data": document.personal_data,
    }


def _by_phase(reading: Reading, document: Document) -> str:
    """When its first phase ends, where no day is set for a document that is to come back."""
    ends = {phase.id: phase.end for phase in reading.project.phases}
    end = ends.get(document.phases[0]) if document.returned and document.phases else None
    return reading.labels.t("ui.phase_ends", date=reading.labels.date(end)) if end else ""


def role_named_or_label(reading: Reading, key: str) -> str:
    """Who fills a document in: a role of this project, or the label of another key."""
    return role_named(reading, key) if key.startswith("r.") else reading.labels.t(key)


def view(reading: Reading, rows: Sequence[Row]) -> Row:
    """The documents by phase, and how many there are to fill in."""
    keys = [key for key, _ in reading.labels.options("phase")]
    groups = [_phase(reading, key, rows) for key in keys]
    returned = [row for row in rows if row["returned_key"] == "yes"]
    return {
        "documents": list(rows),
        "phases": [group for group in groups if group["documents"]],
        "count": len(rows),
        "copies": sum(row["copies"] for row in rows),
        "returned_count": len(returned),
        "next_deadline": min((row["deadline"] for row in rows if row["deadline"]), default=None),
    }


def _phase(reading: Reading, key: str, rows: Sequence[Row]) -> Row:
    return {
        "id": key,
        "number": int(key.removeprefix("p")),
        "title": reading.labels.label("phase", key),
        "documents": [row for row in rows if row["phase_key"] == key],
    }
