"""Damage: what a person did to a file, what must be recovered from it and what must be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree
from returned_files import moved_columns, sheet_of, shifted

from toolkit.office.package.markup import Element, q

Spot = tuple[str, str, str]
Told = tuple[str, str]  # code, place


@dataclass(frozen=True)
class Damage:
    """One kind of damage to a filled file.

    ``said`` are the values that differ from those of the file before it was damaged; ``gone`` the
    rows, columns (``*`` before the field) or tables that no longer have values; ``told`` every
    finding that must be reported, ``code`` and place.
    """

    name: str
    do: Callable[[bytes], bytes]
    said: Mapping[Spot, object] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()

    def expected(self, before: Mapping[Spot, object]) -> dict[Spot, object]:
        """What must be read."""
        kept = {spot: value for spot, value in before.items() if not self._gone(spot)}
        return {**kept, **self.said}

    def _gone(self, spot: Spot) -> bool:
        table, row, key = spot
        return any(name in self.gone for name in (table, row, f"*{key}", f"{row} {key}"))


# --- what people do to the rows and columns of a sheet ------------------------------------------


def rows_of(root: Element) -> dict[int, Element]:
    return {int(row.get("r")): row for row in root.iter(q("x:row"))}


def in_order(root: Element) -> None:
    data = next(root.iter(q("x:sheetData")))
    data[:] = sorted(data, key=lambda row: int(row.get("r")))


def delete_row(root: Element, number: int) -> None:
    row = rows_of(root)[number]
    row.getparent().remove(row)
    shifted(root, number + 1, -1)


def insert_columns(root: Element, at: int, count: int = 1) -> None:
    moved_columns(root, lambda column: column + count * (column >= at))


def delete_column(root: Element, at: int) -> None:
    for row in root.iter(q("x:row")):
        for cell in list(row):
            if cell.get("r").rstrip("0123456789") == letters(at):
                row.remove(cell)
    moved_columns(root, lambda column: column - (column > at))


def letters(at: int) -> str:
    return chr(65 + at) if at < 26 else f"A{chr(39 + at)}"


def on(sheet: str, *changes: Callable[[Element], None]) -> Callable[[bytes], bytes]:
    """Changes of one sheet, one after the other."""

    def change(root: Element) -> None:
        for own in changes:
            own(root)

    return lambda data: sheet_of(data, sheet, change)


def after(*steps: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Several things done to one file."""

    def do(data: bytes) -> bytes:
        for step in steps:
            data = step(data)
        return data

    return do


def formula(root: Element, cell: Element, text: str) -> None:
    """A formula in a cell that shows what it showed."""
    own = etree.Element(q("x:f"))
    own.text = text
    cell.insert(0, own)
