"""Complete: what a document needs before it counts as done, and what of it is there.

In: what somebody said, one copy or all of them merged. Out: Needs, each a cell that must hold
something and whether it does (specification 6).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import groupby
from operator import itemgetter
from typing import Protocol

from toolkit.collect.known import Known
from toolkit.collect.merging.merge import MergedTable
from toolkit.collect.merging.questions import Asked, neutral
from toolkit.collect.merging.senders import Sender, Sent
from toolkit.method.huki import huki_status
from toolkit.method.risks import risk_level
from toolkit.store.head import Head
from toolkit.store.packing import id_of
from toolkit.store.records import Spot, Value, blank
from toolkit.store.shared import Shared
from toolkit.store.streams import Streams

RESPONDENT = "f.respondent_role"
ENOUGH = 0.8  # of the statements of an evaluation
HIGH = ("orange", "red")
KINDS = 64  # lists of what was sent whose rows are remembered
MOST = 8192  # spots whose number is remembered
Rows = Mapping[str, dict[str, None]]  # table -> rows in order
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


class Sheets:
    """What the copies of a document have in common while each is judged: what they were sent."""

    def __init__(self, asked: Asked, streams: Streams) -> None:
        self.asked, self.streams = asked, streams
        self.spot = lru_cache(MOST)(partial(id_of, asked.doc))
        self.rows = Shared(_rows_of, KINDS)
        self.beyond = Shared(self._beyond, KINDS)

    def _beyond(self, sent: Sent) -> Beyond:
        return Beyond(self.rows(sent), self.streams)


class Beyond(dict[int, bool]):
    """Whether a spot is of a row that copies were not sent with."""

    def __init__(self, rows: Rows, streams: Streams) -> None:
        super().__init__()
        self.rows, self.streams = rows, streams

    def __missing__(self, spot: int) -> bool:
        table, row, _ = self.streams.spot(spot)
        if row in self.rows.get(table, ()):
            self[spot] = False
            return False
        return True  # there may be very many: they are not remembered


def _rows_of(spots: Iterable[Spot]) -> Rows:
    """Rows by table, in order."""
    found: dict[str, dict[str, None]] = {}
    for (table, row), _ in groupby(spots, itemgetter(0, 1)):
        found.setdefault(table, {})[row] = None
    return found


class OneCopy:
    """What one copy says: what was written in it, else what it was sent with.

    What stands in a cell is looked up when it is asked for: most cells never are.
    """

    def __init__(self, sender: Sender, sheets: Sheets) -> None:
        self.sheets, self.asked, self.sent = sheets, sheets.asked, sender.sent
        *older, newest = sender.files
        self.told = [self._told(newest, newest=True), *(self._told(f) for f in reversed(older))]

    def _told(self, file: Head, *, newest: bool = False) -> dict[int, int]:
        """The answers of a file by spot; of two in one spot the one that stands."""
        pairs = self.sheets.streams.pairs(file.number)
        told = dict(pairs)
        if len(told) < len(pairs):  # a sheet was copied
            told |= sorted(pairs, key=lambda pair: self._weight(pair[1], newest=newest))
        return told

    def _weight(self, answer: int, *, newest: bool) -> int:
        said = self.sheets.streams.said(answer)
        return said.usable and (1 + newest * said.blank if newest or not said.blank else 0)

    def rows(self, table: str) -> list[str]:
        """The rows it was sent with and those staff added."""
        return [*self.sheets.rows(self.sent).get(table, ()), *self._added.get(table, ())]

    @cached_property
    def _added(self) -> Rows:
        beyond, streams = self.sheets.beyond(self.sent), self.sheets.streams
        filled: list[int] = []
        for told in reversed(self.told):
            said = [(spot, streams.said(told[spot])) for spot in told if beyond[spot]]
            filled += [spot for spot, one in said if one.usable and not one.blank]
        emptied = [spot for spot, one in said if one.usable and one.blank]
        return _rows_of(map(streams.spot, (*filled, *emptied)))

    def value(self, table: str, row: str, field: str) -> Value:
        """What stands in a cell; None where nothing does."""
        value = self._value((table, row, field))
        if value is None or isinstance(value, str) or table not in self.asked.tables:
            return value  # what is no number is neutral
        own = self.asked.tables[table].field(field)
        return neutral(value, own) if own else value

    def _value(self, spot: Spot) -> Value:
        number = self.sheets.spot(*spot)
        for told in self.told:
            if number in told:
                said = self.sheets.streams.said(told[number])
                if said.usable and (not said.blank or told is self.told[0]):
                    return None if said.blank else said.value
        return self.sent.get(spot)

    @property
    def _cells(self) -> Iterator[tuple[Spot, Value]]:
        """Everything it says."""
        spots = (self.sheets.streams.spot(number) for told in self.told for number in told)
        return ((spot, self._value(spot)) for spot in dict.fromkeys((*self.sent, *spots)))

    def letters(self, table: str, row: str) -> list[str]:
        """The responsibility letters of a row."""
        asked = self.asked.tables[table]
        return [
            f"{value}"
            for (name, own, field), value in self._cells
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
