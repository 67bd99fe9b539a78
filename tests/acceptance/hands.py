"""Hands: what people do to the sheets and parts of a workbook, one thing each."""

from __future__ import annotations

import copy
from collections.abc import Callable

from damage import (
    formula,
    in_order,
    on,
    rows_of,
)
from lxml import etree
from returned_files import (
    cell_at,
    move_row,
    packed,
    put,
    replaced,
    sheet_part,
    shifted,
    unpacked,
)

from toolkit.office.package.markup import Element, q

RISKS, INFO = "Risikoer", "Om dokumentet"
LAST = 18  # the last prefilled row


def cells(**given: object) -> Callable[[Element], None]:
    def write(root: Element) -> None:
        for name, value in given.items():
            put(root, name, value)  # type: ignore[arg-type]

    return write


def copied(first: int, last: int, to: int) -> Callable[[Element], None]:
    """Rows pasted once more, below."""

    def paste(root: Element) -> None:
        for number in range(first, last + 1):
            row = copy.deepcopy(rows_of(root)[number])
            move_row(row, to + number - first)
            next(root.iter(q("x:sheetData"))).append(row)
        in_order(root)

    return paste


def sort(root: Element) -> None:
    for row in [row for number, row in rows_of(root).items() if 5 <= number <= LAST]:
        move_row(row, 23 - int(row.get("r")))
    in_order(root)


def move(root: Element) -> None:
    row = rows_of(root)[6]
    move_row(row, 40)
    shifted(root, 7, -1)
    shifted(root, 12, 1)
    move_row(row, 12)
    in_order(root)


def hide(*numbers: int) -> Callable[[Element], None]:
    def change(root: Element) -> None:
        for number in numbers:
            rows_of(root)[number].set("hidden", "1")

    return change


def hide_columns(root: Element) -> None:
    for column in next(root.iter(q("x:cols"))):
        column.set("hidden", "1")


def merge(root: Element) -> None:
    area = etree.Element(q("x:mergeCells"))
    etree.SubElement(area, q("x:mergeCell")).set("ref", "G5:G6")
    next(root.iter(q("x:sheetData"))).addnext(area)
    put(root, "G6", None)


def formulas(root: Element) -> None:
    formula(root, cell_at(root, "H5"), "H7")
    formula(root, cell_at(root, "N6"), "[1]Ark1!B2")


def overwrite(root: Element) -> None:
    put(root, "J5", 99)


def struck(data: bytes) -> bytes:
    parts = unpacked(data)
    styles = etree.fromstring(parts["xl/styles.xml"])
    fonts, looks = next(styles.iter(q("x:fonts"))), next(styles.iter(q("x:cellXfs")))
    font = copy.deepcopy(fonts[0])
    font.insert(0, etree.Element(q("x:strike")))
    fonts.append(font)
    look = copy.deepcopy(looks[0])
    look.set("fontId", f"{len(fonts) - 1}")
    looks.append(look)
    parts["xl/styles.xml"] = etree.tostring(styles)
    style = f"{len(looks) - 1}"
    return on(RISKS, lambda root: cell_at(root, "G5").set("s", style))(packed(parts))


def partly_struck(root: Element) -> None:
    cell = cell_at(root, "E5")
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    text = etree.SubElement(cell, q("x:is"))
    for word, crossed in (("Nettbrudd ", True), ("Strømbrudd", False)):
        run = etree.SubElement(text, q("x:r"))
        look = etree.SubElement(run, q("x:rPr"))
        if crossed:
            etree.SubElement(look, q("x:strike"))
        etree.SubElement(run, q("x:t")).text = word


def renamed(old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda data: replaced(data, "xl/workbook.xml", f'name="{old}"', f'name="{new}"')


def without_sheet(name: str) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        parts = unpacked(data)
        book = etree.fromstring(parts["xl/workbook.xml"])
        for item in list(book.iter(q("x:sheet"), q("x:definedName"))):
            if item.get("name") == name or name in (item.text or ""):
                item.getparent().remove(item)
        parts["xl/workbook.xml"] = etree.tostring(book)
        return packed(parts)

    return change


def moved_sheet(data: bytes) -> bytes:
    parts = unpacked(data)
    book = etree.fromstring(parts["xl/workbook.xml"])
    sheets = next(book.iter(q("x:sheets")))
    sheets.insert(0, sheets[1])
    parts["xl/workbook.xml"] = etree.tostring(book)
    return packed(parts)


def without_parts(*marks: str) -> Callable[[bytes], bytes]:
    return lambda data: packed(
        {name: part for name, part in unpacked(data).items() if not name.startswith(marks)}
    )


def without_names(data: bytes) -> bytes:
    parts = unpacked(data)
    book = etree.fromstring(parts["xl/workbook.xml"])
    for names in list(book.iter(q("x:definedNames"))):
        names.getparent().remove(names)
    parts["xl/workbook.xml"] = etree.tostring(book)
    return packed(parts)


def to_range(data: bytes) -> bytes:
    part = sheet_part(data, RISKS)

    def change(root: Element) -> None:
        for item in list(root.iter(q("x:tableParts"), q("x:autoFilter"))):
            item.getparent().remove(item)

    return without_parts("xl/tables/")(on(RISKS, change)(data)) if part else data


def late_epoch(data: bytes) -> bytes:
    """A workbook of the other epoch: its numbers are 1,462 less for the same days."""

    def earlier(root: Element) -> None:
        for number in range(5, LAST + 1):
            value = cell_at(root, f"N{number}").find(q("x:v"))
            value.text = f"{int(float(value.text)) - 1462}"

    data = on(RISKS, earlier)(data)
    parts = unpacked(data)
    book = etree.fromstring(parts["xl/workbook.xml"])
    told = next(book.iter(q("x:workbookPr")), None)
    if told is None:
        told = etree.Element(q("x:workbookPr"))
        book.insert(0, told)
    told.set("date1904", "1")
    parts["xl/workbook.xml"] = etree.tostring(book)
    return packed(parts)
