"""What people do to a workbook: the kinds of damage, with what is recovered and what is told."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date

from damage import (
    Damage,
    after,
    delete_column,
    delete_row,
    formula,
    in_order,
    insert_columns,
    on,
    rows_of,
)
from lxml import etree
from returned_files import (
    cell_at,
    move_row,
    moved_columns,
    packed,
    put,
    read_back,
    replaced,
    ros,
    sheet_part,
    shifted,
    unpacked,
    values,
)

from toolkit.office.markup import Element, q

RISKS, INFO = "Risikoer", "Om dokumentet"
BEFORE = values(read_back(ros()))
NEW = f"new-{read_back(ros()).copy_id[:8]}-1"
LAST = 18  # the last prefilled row
FIELDS = [key for table, row, key in BEFORE if (table, row) == ("risks", "ri14")]


def at(cell: str, code: str, sheet: str = RISKS) -> tuple[str, str]:
    return code, f"{sheet}!{cell}"


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


BY_KEY = tuple(at(f"A{n}", "row-by-key") for n in range(5, LAST + 1))
KEYS_GONE = ("keys-missing", RISKS)
GRIDS = ("table-missing", "")


def new(**said: object) -> dict[tuple[str, str, str], object]:
    return {("risks", NEW, f"f.{key}"): value for key, value in said.items()}


def now(row: str, **said: object) -> dict[tuple[str, str, str], object]:
    return {("risks", row, f"f.{key}"): value for key, value in said.items()}


DAMAGES = (
    Damage("rows inserted above the table", on(RISKS, lambda root: shifted(root, 1, 6))),
    Damage("blank rows between the rows", on(RISKS, lambda root: shifted(root, 9, 3))),
    Damage(
        "a row inserted among the others",
        on(RISKS, lambda root: shifted(root, 9, 1), cells(B9="Ny hendelse", H9="2 – Liten")),
        said=new(hazard="Ny hendelse", probability="2"),
        told=(at("A9", "row-new"),),
    ),
    Damage(
        "a row deleted",
        on(RISKS, lambda root: delete_row(root, 7)),
        gone=("ri03",),
        told=(("row-missing", RISKS),),
    ),
    Damage("a row moved", on(RISKS, move)),
    Damage("rows sorted", on(RISKS, sort)),
    Damage("rows filtered away and hidden", on(RISKS, hide(6, 7)), told=(at("A6", "rows-hidden"),)),
    Damage(
        "a column inserted",
        on(RISKS, lambda root: insert_columns(root, 3), cells(D4="Eier", D5="Kari", D6="Ola")),
        told=(at("D5", "column-extra"),),
    ),
    Damage(
        "columns moved",
        on(
            RISKS,
            lambda root: moved_columns(root, lambda c: {1: 7, 7: 1, 3: 12, 12: 3}.get(c, c)),
        ),
    ),
    Damage("columns hidden", on(RISKS, hide_columns)),
    Damage("a heading renamed", on(RISKS, cells(B4="Hva kan gå galt?"))),
    Damage(
        "a column deleted",
        on(RISKS, lambda root: delete_column(root, 4)),
        gone=("*f.cause",),
        told=(("column-missing", RISKS),),
    ),
    Damage("the hidden keys deleted", on(RISKS, lambda r: delete_row(r, 3)), told=(KEYS_GONE,)),
    Damage(
        "keys deleted, headings in another language",
        on(RISKS, lambda r: delete_row(r, 3), cells(B3="Oönskad händelse", E3="Syy", F3="Effect")),
        told=(KEYS_GONE, at("F3", "column-by-content")),
    ),
    Damage(
        "keys deleted, a heading misspelt",
        on(RISKS, lambda root: delete_row(root, 3), cells(B3="Uønsket hendelese")),
        told=(KEYS_GONE, ("column-near", RISKS)),
    ),
    Damage(
        "keys deleted, a heading of their own",
        on(RISKS, lambda root: delete_row(root, 3), cells(B3="Hva kan gå galt?")),
        told=(KEYS_GONE, at("B3", "column-by-content")),
    ),
    Damage("the ids deleted", on(RISKS, lambda root: delete_column(root, 0)), told=BY_KEY),
    Damage(
        "the ids numbered anew",
        on(RISKS, cells(**{f"A{n}": float(n - 4) for n in range(5, LAST + 1)})),
        told=BY_KEY,
    ),
    Damage("a sheet renamed", renamed(RISKS, "Våre risikoer")),
    Damage("a sheet moved", moved_sheet),
    Damage(
        "a sheet deleted",
        without_sheet(RISKS),
        gone=("risks",),
        told=(("table-missing", ""),),
    ),
    Damage(
        "the first sheet deleted",
        without_sheet(INFO),
        gone=("info",),
        told=(("place-missing", ""),) * 3,
    ),
    Damage(
        "a row below the table",
        on(RISKS, cells(B19="Ny hendelse", N19="uke 12 2027")),
        said=new(hazard="Ny hendelse", deadline=date(2027, 3, 28)),
        told=(at("A19", "row-new"), at("N19", "day-of-period")),
    ),
    Damage(
        "a row further below, after a gap",
        on(RISKS, cells(B30="Ny hendelse")),
        said=new(hazard="Ny hendelse"),
        told=(at("A30", "row-new"),),
    ),
    Damage("the table turned into a range", to_range),
    Damage(
        "headings pasted again in the middle",
        on(RISKS, lambda r: shifted(r, 9, 1), copied(4, 4, 9)),
    ),
    Damage(
        "keys and headings pasted again", on(RISKS, lambda r: shifted(r, 9, 2), copied(3, 4, 9))
    ),
    Damage(
        "rows pasted twice",
        on(RISKS, copied(5, 6, 20)),
        told=(at("A20", "row-repeated"), at("A21", "row-repeated")),
    ),
    Damage(
        "a row copied and changed",
        on(RISKS, copied(5, 5, 20), cells(B20="Noe annet")),
        said={
            **{
                ("risks", NEW, key): BEFORE["risks", "ri01", key]
                for table, row, key in BEFORE
                if (table, row) == ("risks", "ri01")
            },
            **new(hazard="Noe annet"),
        },
        told=(at("A20", "row-id-repeated"),),
    ),
    Damage(
        "a total written below",
        on(RISKS, cells(B19="Sum", H19=40.0)),
        told=(at("A19", "row-total"),),
    ),
    Damage(
        "a remark below the table",
        on(RISKS, cells(A21="Se vedlegget")),
        told=(at("A21", "id-alone"),),
    ),
    Damage(
        "cells merged",
        on(RISKS, merge),
        told=(at("G5", "cells-merged"),),
    ),
    Damage(
        "values pasted as text",
        on(RISKS, cells(N5="6.11.2026", H5="3", I5="Svært alvorlig")),
    ),
    Damage(
        "values pasted with blanks",
        on(RISKS, cells(B5=" Varsel når ikke fram ", M5="IT-ansvarlig ")),
    ),
    Damage(
        "values pasted as formulas",
        on(RISKS, formulas),
        told=(at("H5", "formula-answer"), at("N6", "formula-answer")),
    ),
    Damage(
        "a day without its format",
        on(RISKS, lambda r: cell_at(r, "N5").attrib.pop("s")),
        told=(at("N5", "day-from-number"),),
    ),
    Damage("the other epoch", late_epoch),
    Damage("a formula overwritten", on(RISKS, overwrite), told=(at("J5", "formula-overwritten"),)),
    Damage(
        "answers beside the cell",
        on(INFO, cells(C13="Kari Hansen", C15="3. mars 2026")),
        told=(at("C13", "text-beside", INFO), at("C15", "text-beside", INFO)),
    ),
    Damage(
        "an answer in the cell of its label",
        on(INFO, cells(A13="Fylt ut av: Kari Hansen")),
        told=(at("A13", "text-beside", INFO),),
    ),
    Damage(
        "answers in the wrong column",
        on(RISKS, cells(N5="IT-ansvarlig", M6="31.12.2026", H7="Høy")),
        said={
            **now("ri01", deadline="IT-ansvarlig"),
            **now("ri02", responsible="31.12.2026"),
            **now("ri03", probability="Høy"),
        },
        told=(
            at("N5", "day-unread"),
            at("M6", "reference-unknown"),
            at("H7", "option-unknown"),
        ),
    ),
    Damage(
        "an answer struck out",
        struck,
        said=now("ri01", existing_measures=None),
        told=(at("G5", "text-struck"),),
    ),
    Damage(
        "an old answer struck out before the new one",
        on(RISKS, partly_struck),
        said=now("ri01", cause="Strømbrudd"),
        told=(at("E5", "text-struck"),),
    ),
    Damage("properties dropped", without_parts("docProps/custom.xml")),
    Damage("names dropped", without_names, gone=("risk_criteria",), told=(GRIDS,)),
    Damage(
        "two answers in one cell",
        on(RISKS, cells(H5="3 eller 4", N6="1.5.2027 og 1.6.2027")),
        said={
            **now("ri01", probability="3 eller 4"),
            **now("ri02", deadline="1.5.2027 og 1.6.2027"),
        },
        told=(at("H5", "option-unknown"), at("N6", "day-unread")),
    ),
    Damage(
        "moved as a whole, renamed and sorted",
        after(
            on(
                RISKS,
                sort,
                lambda root: shifted(root, 1, 6),
                lambda root: insert_columns(root, 0, 3),
            ),
            renamed(RISKS, "Ark1"),
            moved_sheet,
        ),
    ),
)
