"""Sent out: the copies somebody is waiting for.

In: the answers file of a kit, or a project and the documents. Out: a SentOut for each copy; the
languages of a kit, and a form as Word and Excel, are one copy. KitError where there is no kit.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from toolkit.collect.known import Known
from toolkit.content.fan_out import Audience, fan_out
from toolkit.content.views.people import pilot_units
from toolkit.document import Document
from toolkit.finding import Place, ToolkitError, finding
from toolkit.project import Project

FILE = "answers.json"

Slot = tuple[str, str, str, str, str, int]  # doc, document, unit, role, period, number


class KitError(ToolkitError):
    """The folder named as the kit is none."""


@dataclass(frozen=True)
class SentOut:
    """One copy that was sent out: for whom, and the ids its files carry, in every language."""

    doc: str
    document: str
    unit: str = ""
    role: str = ""
    period: str = ""
    number: int = 1
    path: str = ""
    due: date | None = None
    copies: frozenset[str] = frozenset()

    @property
    def slot(self) -> Slot:
        """What makes it this copy, whichever kit it came from."""
        return self.doc, self.document, self.unit, self.role, self.period, self.number


def sent_with_kit(kit: Path, documents: Sequence[Document], known: Known) -> tuple[SentOut, ...]:
    """The copies of a kit that come back; KitError where the folder is none."""
    try:
        entries = json.loads((kit / FILE).read_text(encoding="utf-8"))["files"]
        every = [_of_entry(entry) for entry in entries]
    except (OSError, ValueError, TypeError, KeyError):
        raise KitError([finding("kit-not-read", Place(f"{kit}"), file=FILE)]) from None
    returned = {(d.doc, d.id) for d in documents if d.returned and d.format != "pptx"}
    own = (copy for copy in _numbered(every) if (copy.doc, copy.document) in returned)
    return tuple(replace(copy, due=known.due.get(copy.doc)) for copy in _joined(own))


def _of_entry(entry: Any) -> tuple[str, SentOut]:
    """A file of the kit, and which of its editions it belongs to."""
    copy = SentOut(
        doc=str(entry["doc"]),
        document=str(entry["document"]),
        unit=str(entry["unit_id"]),
        role=str(entry["role"]),
        period=str(entry["period"]),
        path=str(entry["path"]),
        copies=frozenset({str(entry["copy_id"])}),
    )
    return f"{entry['lang']} {entry['format']}", copy


def _numbered(every: Iterable[tuple[str, SentOut]]) -> Iterator[SentOut]:
    """Copies of one document for the same people are told apart by their order in an edition."""
    met: Counter[tuple[str, Slot]] = Counter()
    for edition, copy in every:
        met[edition, copy.slot] += 1
        yield replace(copy, number=met[edition, copy.slot])


def _joined(every: Iterable[SentOut]) -> Iterator[SentOut]:
    """One copy in several languages or formats is one copy."""
    first: dict[Slot, SentOut] = {}
    for copy in every:
        known = first.setdefault(copy.slot, copy)
        first[copy.slot] = replace(known, copies=known.copies | copy.copies)
    yield from first.values()


def sent_by_project(
    project: Project, documents: Sequence[Document], known: Known
) -> tuple[SentOut, ...]:
    """The copies a kit of the project holds, as far as the description tells."""
    roles = tuple(role for role, count in project.pilot.evaluation_sent.items() if count)
    audience = Audience(pilot_units(project), roles, project.kit.copies)
    wanted = [d for d in documents if d.returned and d.doc not in project.kit.exclude]
    copies = (c for d in wanted if d.format != "pptx" for c in fan_out(d, audience))
    return tuple(
        _joined(
            SentOut(
                doc=c.document.doc,
                document=c.document.id,
                unit=c.unit,
                role=c.role,
                period=c.period,
                number=c.number,
                due=known.due.get(c.document.doc),
            )
            for c in copies
        )
    )
