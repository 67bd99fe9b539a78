"""Folder A: files that real clients returned, judged cell by cell against what was written.

In: the bytes of a returned file and a record of what was written where. Out: a Tally. A value is
recovered when it is read as what was written, reported when a finding stands at its cell, and
silently wrong when neither is so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from returned_files import read_back

from toolkit.collect.reading.numbers import whole
from toolkit.collect.returned import Cell, Returned
from toolkit.finding import Place

Written = tuple[str, str, object]  # sheet, cell, what was written


@dataclass
class Tally:
    """How many cells were judged, and what became of them."""

    cells: int = 0
    recovered: int = 0
    reported: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.cells += other.cells
        self.recovered += other.recovered
        self.reported += other.reported
        self.wrong += other.wrong

    def __str__(self) -> str:
        told = f"{self.recovered} recovered, {self.reported} reported"
        return f"{self.cells} cells: {told}, {len(self.wrong)} silently wrong"


def by_spot(returned: Returned, said: Mapping[tuple[str, str, str], object]) -> Tally:
    """Against what a person said, place by place of the document."""
    tally = Tally()
    cells = {cell.spot: cell for cell in returned.cells}
    told = {found.place.steps for found in returned.findings}
    for spot, value in said.items():
        cell = cells.get(spot)
        _judge(tally, f"{spot}", value, cell, cell is not None and cell.steps in told)
    return tally


def by_cell(name: str, data: bytes, written: Iterable[Written]) -> tuple[Tally, Returned]:
    """Against what was written in the cells of a workbook, whatever became of it."""
    returned = read_back(data, name)
    cells = {Place(name, cell.steps): cell for cell in returned.cells}
    told = {found.place for found in returned.findings}
    tally = Tally()
    for sheet, at, value in written:
        place = Place(name).at(("sheet", sheet), ("at", at))
        _judge(tally, f"{name} {sheet}!{at}", value, cells.get(place), place in told)
    return tally, returned


def _judge(tally: Tally, name: str, value: object, cell: Cell | None, told: bool) -> None:
    tally.cells += 1
    if cell is not None and cell.usable and same(cell, value):
        tally.recovered += 1
    elif told:
        tally.reported += 1
    else:
        tally.wrong.append(f"{name}: wrote {value!r}, read {cell.value if cell else None!r}")


def same(cell: Cell, value: object) -> bool:
    """Whether a value is what was written: the neutral value, or the text that stood there."""
    if isinstance(value, float):
        value = whole(value)
    if isinstance(value, date) or not isinstance(value, str):
        return cell.value == value
    return cell.value == value or cell.raw.strip() == value.strip()
