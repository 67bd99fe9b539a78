"""Tables: the rows of every sheet, ready to stand in its cells.

In: a Reading, a document. Out: ``tables``: name -> rows. Every named source of rows is there under
its own name, and every sheet of the document under the sheet's, with an entry for each of its
columns (None where it is empty).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from toolkit.content.reading import Reading, Row
from toolkit.content.views import (
    benefits,
    calculation,
    economy,
    evaluation,
    huki,
    measurements,
    people,
    plan,
    presentation,
    risks,
    stakeholders,
)
from toolkit.document import Document
from toolkit.field import Field, FieldType
from toolkit.language import Labels

Rows = list[Row]

SOURCES: Mapping[str, Callable[[Reading], Sequence[Row]]] = {
    "stakeholders": stakeholders.stakeholders,
    "stakeholder_actions": stakeholders.actions,
    "key_stakeholders": stakeholders.key_stakeholders,
    "resistance": stakeholders.resistance,
    "levels": stakeholders.levels,
    "anchor_log": lambda _: [],
    "benefits": benefits.benefits,
    "benefit_chain": benefits.benefit_chain,
    "priced_benefits": benefits.priced_benefits,
    "benefit_calculation": calculation.calculation,
    "unit_notes": calculation.unit_notes,
    "benefit_plan": benefits.benefit_plan,
    "follow_up": benefits.follow_up,
    "costs": economy.costs,
    "years": economy.years,
    "net_lines": economy.lines,
    "measurements": measurements.measurements,
    "huki": huki.huki,
    "huki_roles": huki.huki_roles,
    "huki_check": huki.huki_check,
    "roles": people.roles,
    "advisory_group": people.advisory_group,
    "risks": risks.risks,
    "risk_criteria": risks.criteria,
    "phases": plan.phases,
    "milestones": plan.milestones,
    "meetings": plan.meetings,
    "messages": plan.messages,
    "quotes": presentation.quotes,
    "statements": evaluation.statements,
    "questions": evaluation.questions,
}


def sources(reading: Reading) -> dict[str, Rows]:
    """The rows of every named source."""
    return {name: list(rows(reading)) for name, rows in SOURCES.items()}


def sheets(document: Document, found: Mapping[str, Rows], reading: Reading) -> dict[str, Rows]:
    """The rows of every sheet of a document that has columns."""
    return {
        key.partition(".")[2]: [
            _complete(row, section.columns, reading.labels)
            for row in _rows(section.rows, found, reading.facts)
        ]
        for key, section in document.sections.items()
        if section.columns
    }


def _rows(path: str, found: Mapping[str, Rows], facts: Mapping[str, Any]) -> Rows:
    """The rows a sheet names: a source, or a list of the description by its path."""
    name = path.removeprefix("tables.").removeprefix("project.")
    if name in found:
        return found[name]
    value: Any = facts
    for step in name.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _complete(row: Row, columns: Sequence[Field], labels: Labels) -> Row:
    cells = {field.name: _shown(row.get(field.name), field, labels) for field in columns}
    return {"id": None, "comment": None, **row, **cells}


def _shown(value: Any, field: Field, labels: Labels) -> Any:
    """What stands in a cell: a score as its label, several values in one, nothing as None."""
    if value is None or value == "":
        return None
    if isinstance(value, list):
        return "; ".join(map(str, value)) or None
    if field.type is FieldType.CHOICE and isinstance(value, int):
        return labels.label(field.choices, str(value))
    return value
