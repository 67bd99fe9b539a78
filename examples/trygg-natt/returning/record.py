"""What a reader must make of the returned files: as data for tests, as a table for people.

In: sendings, and where their marked cells stand in the saved files. Out: the text of
``expected.yaml`` and of ``README.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from returning.jobs import FACTS, neutral
from returning.plan import Add, Put, Say, Sending, Told

Marks = Mapping[str, str]
Line = list[Any]

HEAD = """\
# What a reader must make of the files in ../returned. Written by make_returned.py: change the
# stories beside this file, not this file. cells: table, row, field, neutral value; rows staff added
# are new-1, new-2 … of their table. findings: code, cell, and until when where the date matters.
"""
TABLE = """\
# Returned files of the example

The {count} files in `../returned` are what came back of the kit: filled by a real client,
LibreOffice through UNO, except the forms marked *Word*, whose content controls are filled as Word
saves them (LibreOffice drops tags). Roles stand for persons. `expected.yaml` says the same for
tests, value by value. `python examples/trygg-natt/make_returned.py` makes everything anew; it needs
LibreOffice and a Python with UNO.

| File | Client | What was done to it | What a reader must recover or report |
|---|---|---|---|
"""
CLIENTS = {"calc": "Calc", "writer": "Writer", "word": "Word"}


def cells(sending: Sending) -> Iterator[Line]:
    """Every value somebody wrote: table, row, field, neutral value."""
    for step in sending.steps:
        if isinstance(step, Put):
            yield [step.table, step.row, step.field, _plain(neutral(step.value))]
        elif isinstance(step, Say):
            table = "info" if step.field in FACTS else "form"
            yield [table, "", step.field, _plain(neutral(step.value))]
        elif isinstance(step, Add):
            for field, value in step.values.items():
                row = f"new-{step.number}"
                yield [step.table, row, field, _plain(_trimmed(neutral(value)))]


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def finding(told: Told, marks: Marks) -> dict[str, str]:
    """A finding and its cell."""
    found = {"code": told.code}
    if told.mark:
        found["cell"] = marks[told.mark]
    if told.until:
        found["until"] = told.until.isoformat()
    return found


def expected(sendings: list[Sending], marks: Mapping[str, Marks]) -> str:
    """The text of ``expected.yaml``: JSON values on YAML lines."""
    lines = [HEAD + "files:"]
    for sending in sendings:
        lines += _entry(sending, marks.get(sending.name, {}))
    return "\n".join(lines) + "\n"


def _entry(sending: Sending, marks: Marks) -> Iterator[str]:
    source = sending.source
    yield f"- name: {_json(sending.name)}"
    yield f"  status: {sending.status}"
    facts: dict[str, object] = {"reason": sending.reason, "twin": sending.twin}
    if source and sending.status in ("read", "superseded"):
        facts |= {"document": source.doc, "language": source.lang, "filled_by": sending.by}
        facts |= {"filled_role": sending.role, "filled_date": _plain(sending.day)}
        facts["stamped"] = sending.stamped
    yield from (
        f"  {key}: {_json(value)}" for key, value in facts.items() if value not in ("", None)
    )
    yield from _listed("findings", [finding(told, marks) for told in sending.told])
    if sending.status in ("read", "superseded"):
        yield from _listed("cells", list(cells(sending)))


def _listed(key: str, values: list[Any]) -> Iterator[str]:
    if values:
        yield f"  {key}:"
    yield from (f"  - {_json(value)}" for value in values)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def readme(sendings: list[Sending]) -> str:
    """The text of ``README.md``."""
    head = TABLE.format(count=len(sendings))
    return head + "".join(f"{_row(sending)}\n" for sending in sendings)


def _row(sending: Sending) -> str:
    client = CLIENTS[sending.client] if sending.source or sending.steps else "–"
    return f"| `{sending.name}` | {client} | {sending.done} | {sending.expect} |"
