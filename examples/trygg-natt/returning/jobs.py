"""From sendings to what a client does: faces for values, acts for steps, texts for controls.

In: sendings and the description they answer. Out: jobs as plain data for ``returning.client``, and
the texts of a Word form by the tags of its controls.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from returning.forms import Control
from returning.plan import Add, Choice, Do, Entry, Neutral, Put, Say, Sending, Step, Typed, Value
from toolkit.language import Labels

Face = str | float | dict[str, str] | None
Job = dict[str, Any]

FACTS = ("f.unit", "f.respondent_role")
KINDS = {"role": "roles", "unit": "units", "benefit": "benefits", "stakeholder": "stakeholders"}


@dataclass(frozen=True)
class Faces:
    """What stands in a cell for a value, in one language."""

    labels: Labels
    titles: Mapping[tuple[str, str], str]

    def of(self, value: Value) -> Face:
        """The face of a value."""
        if isinstance(value, Choice):
            return self.labels.label(value.options, value.key)
        if isinstance(value, Entry):
            return self.titles[value.kind, value.id]
        if isinstance(value, Typed):
            return value.face
        return {"day": value.isoformat()} if isinstance(value, date) else value


def titles_of(description: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """What people call the entries of a description, by kind and id."""
    return {
        (kind, entry["id"]): entry.get("title") or entry.get("name") or ""
        for kind, key in KINDS.items()
        for entry in description[key]
    }


def neutral(value: Value) -> Neutral:
    """What a reader must recover."""
    if isinstance(value, Choice):
        return value.key
    if isinstance(value, Entry):
        return value.id
    return value.value if isinstance(value, Typed) else value


# --- workbooks --------------------------------------------------------------------------------


def workbook_job(sending: Sending, source: Path | None, target: Path, faces: Faces) -> Job:
    """What a client does to a workbook."""
    acts = [*_facts(sending, faces), *(_act(step, faces) for step in sending.steps)]
    job = {"source": str(source or ""), "target": str(target), "acts": acts}
    return {**job, "password": sending.password}


def _facts(sending: Sending, faces: Faces) -> Iterator[Job]:
    told: dict[str, Value] = {
        "f_filled_by": sending.by or None,
        "f_filled_role": Entry("role", sending.role) if sending.role else None,
        "f_filled_date": sending.day,
    }
    for name, value in told.items():
        if value is not None:
            mark = "day" if name == "f_filled_date" else ""
            yield {"do": "fact", "name": name, "face": faces.of(value), "mark": mark}


def _act(step: Step, faces: Faces) -> Job:
    if isinstance(step, Do):
        return dict(step.act)
    if isinstance(step, Add):
        values = {field: faces.of(value) for field, value in step.values.items()}
        added = {"do": "add", "table": step.table, "values": values, "before": step.before}
        return {**added, "mark": step.mark}
    face = faces.of(step.value)
    if isinstance(step, Put):
        place = {"table": step.table, "row": step.row, "field": step.field}
        return {"do": "write", **place, "face": face, "mark": step.mark}
    if step.field in FACTS:
        return {"do": "fact", "name": step.field.replace(".", "_"), "face": face}
    return {"do": "say", "key": step.field, "face": face}


# --- forms ------------------------------------------------------------------------------------


def texts_of(sending: Sending, faces: Faces) -> dict[str, str]:
    """The texts of a form by the tags of its controls."""
    texts: dict[str, str] = {}
    for step in sending.steps:
        if isinstance(step, Put | Say):
            own = step.row if isinstance(step, Put) else step.field
            texts[_tag(own)] = f"{faces.of(step.value)}"
    return texts


def _tag(key: str) -> str:
    """``qe.people.1`` -> ``d16.people_1``, ``f.works_well`` -> ``d16.works_well``."""
    own = key.removeprefix("f.").removeprefix("qe.").removeprefix("open.")
    return f"d16.{own.replace('.', '_')}"


def form_job(source: Path, target: Path, controls: list[Control], texts: Mapping[str, str]) -> Job:
    """What LibreOffice Writer does to a form: its lists and its fields, each in order."""
    return {
        "source": str(source),
        "target": str(target),
        "lists": [texts.get(control.tag) for control in controls if control.is_list],
        "fields": [texts.get(control.tag) for control in controls if not control.is_list],
    }
