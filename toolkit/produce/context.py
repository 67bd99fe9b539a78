"""Context: everything a template may name, as plain data in the kit's language.

In: an Edition and one of its files. Out: a dict: the whole description under its own keys, and
``tables``, ``view``, ``lists``, ``info``, ``meta``, ``identity`` and ``copy``.
"""

from __future__ import annotations

from typing import Any

from toolkit.method.calendar import period_span
from toolkit.produce.edition import Edition
from toolkit.produce.fan_out import Copy
from toolkit.produce.naming import title_of
from toolkit.produce.reading import Reading, Row
from toolkit.produce.sent import sent
from toolkit.produce.tables import sheets, sources
from toolkit.produce.topics import topics
from toolkit.produce.views import evaluation
from toolkit.produce.views.measurements import within

ENRICHED = (
    *("stakeholders", "benefits", "costs", "huki", "risks", "roles", "phases"),
    *("milestones", "quotes"),
)

Rows = dict[str, list[Row]]


def context(edition: Edition, copy: Copy) -> dict[str, Any]:
    """What the template of a copy is filled with."""
    reading = edition.reading.for_unit(copy.unit)
    rows = _rows(edition, reading, copy)
    system = edition.identity(copy)
    told = {
        **reading.facts,
        **{name: rows[name] for name in ENRICHED},
        "tables": rows | sheets(copy.document, rows, reading),
        "view": _views(edition, reading, copy),
        "lists": edition.lists,
        "info": info(edition, copy),
        "identity": system,
        "meta": [{"key": key, "value": value} for key, value in system.items()],
        "copy": _copy(reading, copy),
    }
    return told | {"meta": [*told["meta"], *sent(reading, copy, told, edition.documents)]}


def _rows(edition: Edition, reading: Reading, copy: Copy) -> Rows:
    """The rows of every source as this copy shows them."""
    rows = edition.rows | (sources(reading) if copy.unit else {})
    rows |= {
        "statements": evaluation.statements(reading, copy.role),
        "questions": evaluation.questions(reading, copy.role),
    }
    span = period_span(copy.period)
    return rows | {"measurements": within(rows["measurements"], *span)} if span else rows


def _views(edition: Edition, reading: Reading, copy: Copy) -> Row:
    """The topics as this copy shows them."""
    shown = topics(reading, edition.overview, edition.day) if copy.unit else edition.topics
    return shown | {"evaluation": evaluation.view(reading, copy.role)}


def info(edition: Edition, copy: Copy) -> dict[str, Any]:
    """The facts of the first sheet and the headers; None where there is nothing to say."""
    reading, document = edition.reading, copy.document
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
        "date": edition.day,
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
