"""Complete: what a document needs before it counts as done, and what of it is there.

In: what somebody said, one copy or all of them merged. Out: Needs, each a cell that must hold
something and whether it does (specification 6).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Protocol

from toolkit.collect.known import Known
from toolkit.collect.merging.merge import MergedTable
from toolkit.collect.merging.questions import Asked, neutral
from toolkit.collect.merging.senders import Sender
from toolkit.method.huki import huki_status
from toolkit.method.risks import risk_level
from toolkit.store.records import Spot, Value, blank
from toolkit.store.streams import Streams

RESPONDENT = "f.respondent_role"
ENOUGH = 0.8  # of the statements of an evaluation
HIGH = ("orange", "red")
REQUIRED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "d.02": tuple(
        ("stakeholders", f"f.{name}")
        for name in ("influence", "interest", "attitude_now", "involvement")
    ),
    "d.03": tuple(
        ("benefit_plan", f"f.{name}") for name in ("baseline", "target", "benefit_owner")
    ),
    "d.20": (("checklist", "f.status"),),
    "d.23": (("risks", "f.probability"), ("risks", "f.consequence")),
    "d.24": (("screening", "f.answer"),),
    "d.25": (("h.ho.checklist", "f.readiness"),),
    "d.26": (("h.fr.goals", "f.attainment"),),
}
OTHERWISE = frozenset({"d.12", "d.16"})  # judged by rules of their own only


class Said(Protocol):
    """What one copy says, or all of them together."""

    def rows(self, table: str) -> list[str]:
        """The ids of a table's rows."""

    def value(self, table: str, row: str, field: str) -> Value:
        """What stands in a cell."""

    def letters(self, table: str, row: str) -> list[str]:
        """The responsibility letters of a row, cell by cell."""


@dataclass(frozen=True)
class Need:
    """A cell that must hold something, and whether it does."""

    table: str
    row: str
    field: str
    there: bool


def needs(asked: Asked, said: Said, known: Known) -> Iterator[Need]:
    """Everything the document needs, cell by cell."""
    for table, field in REQUIRED.get(asked.doc, _marked(asked)):
        for row in said.rows(table):
            yield Need(table, row, field, not blank(said.value(table, row, field)))
    if asked.doc in OWN_RULES:
        yield from OWN_RULES[asked.doc](said, known)


def _marked(asked: Asked) -> tuple[tuple[str, str], ...]:
    """The fields a sheet marks as required, for documents the specification does not list."""
    if asked.doc in OTHERWISE:
        return ()
    return tuple(
        (table.key, key)
        for table in asked.tables.values()
        for key, field in table.fields.items()
        if field.required and not field.each
    )


def _measured(said: Said, known: Known) -> Iterator[Need]:
    """At least one measurement of every benefit after its baseline."""
    table, benefits = "measurements", dict.fromkeys(said.rows("benefit_plan"))
    measured = {
        said.value(table, row, "f.benefit")
        for row in said.rows(table)
        if not blank(said.value(table, row, "f.measured_value"))
        and said.value(table, row, "f.measure_point") != "baseline"
    }
    for benefit in benefits:
        yield Need(table, benefit, "f.measured_value", benefit in measured)


def _responsible(said: Said, known: Known) -> Iterator[Need]:
    """Exactly one H and at least one U in every activity."""
    for row in said.rows("huki"):
        status = huki_status(cell.split("/") for cell in said.letters("huki", row))
        yield Need("huki", row, "f.check_status", status == "ok")


def _answered(said: Said, known: Known) -> Iterator[Need]:
    """The role, and four of five statements."""
    yield Need("info", "", RESPONDENT, not blank(said.value("info", "", RESPONDENT)))
    rows = said.rows("evaluation")
    answered = sum(not blank(said.value("evaluation", row, "f.answer")) for row in rows)
    enough = math.ceil(ENOUGH * len(rows))
    for number, row in enumerate(rows[:enough]):
        yield Need("evaluation", row, "f.answer", number < answered)


def _mitigated(said: Said, known: Known) -> Iterator[Need]:
    """A measure for every risk of a level that must be acted on."""
    for row in said.rows("risks"):
        pair = [said.value("risks", row, f"f.{name}") for name in ("probability", "consequence")]
        scores = [int(f"{score}") if f"{score}".isdecimal() else None for score in pair]
        if risk_level(known.matrix, scores[0], scores[1]) in HIGH:
            there = not blank(said.value("risks", row, "f.new_measure"))
            yield Need("risks", row, "f.new_measure", there)


OWN_RULES: Mapping[str, Callable[[Said, Known], Iterator[Need]]] = {
    "d.03": _measured,
    "d.12": _responsible,
    "d.16": _answered,
    "d.23": _mitigated,
}


class OneCopy:
    """What one copy says: what was written in it, else what it was sent with."""

    def __init__(self, sender: Sender, asked: Asked, streams: Streams) -> None:
        self.asked = asked
        self.cells: dict[Spot, Value] = dict(sender.sent)
        emptied: list[Spot] = []
        for file in sender.files:
            read = [(spot, said) for spot, said in streams.cells(file.number) if said.usable]
            self.cells |= [(spot, said.value) for spot, said in read if not said.blank]
            emptied = [spot for spot, said in read if said.blank]
        self.cells |= dict.fromkeys(emptied)

    def rows(self, table: str) -> list[str]:
        """The rows it was sent with and those staff added."""
        return list(self._rows.get(table, ()))

    @cached_property
    def _rows(self) -> Mapping[str, dict[str, None]]:
        found: dict[str, dict[str, None]] = {}
        for (table, row), _ in groupby(self.cells, itemgetter(0, 1)):
            found.setdefault(table, {})[row] = None
        return found

    def value(self, table: str, row: str, field: str) -> Value:
        """What stands in a cell; None where nothing does."""
        value = self.cells.get((table, row, field))
        if value is None or isinstance(value, str) or table not in self.asked.tables:
            return value  # what is no number is neutral
        own = self.asked.tables[table].field(field)
        return neutral(value, own) if own else value

    def letters(self, table: str, row: str) -> list[str]:
        """The responsibility letters of a row."""
        asked = self.asked.tables[table]
        return [
            f"{value}"
            for (name, own, field), value in self.cells.items()
            if name == table and own == row and not field.startswith("f.") and value
            if (found := asked.field(field)) and found.type == "huki"
        ]


class AllCopies:
    """What all copies say together."""

    def __init__(self, tables: Mapping[str, MergedTable]) -> None:
        self.tables = tables

    def rows(self, table: str) -> list[str]:
        """The consolidated rows."""
        return [joined.row for joined in self.tables[table].rows] if table in self.tables else []

    def value(self, table: str, row: str, field: str) -> Value:
        """What stands in a cell; a status of several units stands where any unit gave one."""
        cell = self.tables[table].cells.get((row, field)) if table in self.tables else None
        if cell is None:
            return None
        return cell.outcome.value if cell.outcome.value is not None else _spread(cell.outcome.n)

    def letters(self, table: str, row: str) -> list[str]:
        """The responsibility letters of a row."""
        cells = self.tables[table].cells.items()
        own = (cell for (name, _), cell in cells if name == row and cell.operator == "agree")
        return [f"{cell.outcome.value}" for cell in own if cell.outcome.value]


def _spread(n: int) -> Value:
    return n or None
