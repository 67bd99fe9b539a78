"""Context: everything a template may name, as plain data in one language.

In: a Content, one copy of a document, and its identity. Out: a dict: the whole description under
its own keys, and ``tables``, ``view``, ``lists``, ``info``, ``meta``, ``identity`` and ``copy``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from toolkit.content.fan_out import Copy
from toolkit.content.naming import title_of
from toolkit.content.reading import Reading, Row
from toolkit.content.tables import sheets, sources
from toolkit.content.topics import topics
from toolkit.content.views import evaluation
from toolkit.content.views.huki import cell_choices
from toolkit.content.views.measurements import within
from toolkit.method.calendar import period_span

ENRICHED = (
    *("stakeholders", "benefits", "costs", "huki", "risks", "roles", "phases"),
    *("milestones", "quotes"),
)

Rows = dict[str, list[Row]]


@dataclass(frozen=True)
class Content:
    """What the documents of a project say in one language.

    ``documents`` are the rows of the overview, ``day`` the day the documents carry.
    """

    reading: Reading
    documents: Sequence[Row]
    day: date

    @cached_property
    def rows(self) -> Rows:
        """The rows of every source, for copies that are for the whole project."""
        return sources(self.reading) | {"documents": list(self.documents)}

    @cached_property
    def topics(self) -> Row:
        """The views, for copies that are for the whole project."""
        return topics(self.reading, self.documents, self.day)

    @cached_property
    def lists(self) -> dict[str, list[str]]:
        """What drop-downs offer: the options of every list, and what the description names."""
        labels, project = self.reading.labels, self.reading.project
        names = {key.split(".")[1] for key in labels.texts if key.startswith("o.")}
        fixed = {name: [text for _, text in labels.options(name)] for name in sorted(names)}
        named = {kind: [entry.label for entry in many] for kind, many in project.kinds.items()}
        own = {"huki_cell": cell_choices(self.reading), "units": named["unit"]}
        every = fixed | named | own
        return {name: list(dict.fromkeys(filter(None, texts))) for name, texts in every.items()}


def context(content: Content, copy: Copy, identity: Mapping[str, str]) -> dict[str, Any]:
    """What the template of a copy is filled with; ``identity`` are its system fields."""
    reading = content.reading.for_unit(copy.unit)
    rows = _rows(content, reading, copy)
    return {
        **reading.facts,
        **{name: rows[name] for name in ENRICHED},
        "tables": rows | sheets(copy.document, rows, reading),
        "view": _views(content, reading, copy),
        "lists": content.lists,
        "info": info(content, copy),
        "identity": dict(identity),
        "meta": [{"key": key, "value": value} for key, value in identity.items()],
        "copy": _copy(reading, copy),
    }


def _rows(content: Content, reading: Reading, copy: Copy) -> Rows:
    """The rows of every source as this copy shows them."""
    rows = content.rows | (sources(reading) if copy.unit else {})
    rows |= {
        "statements": evaluation.statements(reading, copy.role),
        "questions": evaluation.questions(reading, copy.role),
    }
    span = period_span(copy.period)
    return rows | {"measurements": within(rows["measurements"], *span)} if span else rows


def _views(content: Content, reading: Reading, copy: Copy) -> Row:
    """The topics as this copy shows them."""
    shown = topics(reading, content.documents, content.day) if copy.unit else content.topics
    return shown | {"evaluation": evaluation.view(reading, copy.role)}


def info(content: Content, copy: Copy) -> dict[str, Any]:
    """The facts of the first sheet and the headers; None where there is nothing to say."""
    reading, document = content.reading, copy.document
    labels, facts = reading.labels, reading.facts
    identity, governance = facts["project"], facts["governance"]
    intro = document.intro or f"di.{document.doc.removeprefix('d.')}"
    told = {
        "document": title_of(document, labels),
        "intro": labels.t(intro) if labels.has(intro) else "",
        "number": document.doc.removeprefix("d."),
        "project_name": identity["name"],
        "short_name": identity["short_name"] or identity["name"],
        "tagline": identity["tagline"],
        "organisation": facts["organisation"]["name"],
        "unit": reading.title("unit", copy.unit),
        "phase": identity["current_phase"],
        "sponsor": governance["sponsor"],
        "project_leader": governance["leader"],
        "version": identity["version"],
        "date": content.day,
        "return_to": identity["return_address"],
        "return_by": reading.project.kit.due.get(document.doc),
        "confidentiality": identity["confidentiality"],
        "footer": facts["branding"]["footer"] or facts["organisation"]["name"],
        "filled_by": None,
        "filled_role": reading.option("respondent_role", copy.role),
        "filled_date": None,
        "period": copy.period,
    }
    return {name: value if value != "" else None for name, value in told.items()}


def _copy(reading: Reading, copy: Copy) -> dict[str, Any]:
    return {
        "unit": reading.title("unit", copy.unit) or None,
        "unit_id": copy.unit,
        "role": reading.option("respondent_role", copy.role),
        "role_key": copy.role,
        "period": copy.period,
        "number": copy.number,
    }
