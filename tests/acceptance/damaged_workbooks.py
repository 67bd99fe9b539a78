"""What people do to a workbook: the kinds of damage, with what is recovered and what is told."""

from __future__ import annotations

from datetime import date

from damage import (
    Damage,
    after,
    delete_column,
    delete_row,
    insert_columns,
    on,
)
from hands import (
    INFO,
    LAST,
    RISKS,
    cells,
    copied,
    formulas,
    hide,
    hide_columns,
    late_epoch,
    merge,
    move,
    moved_sheet,
    overwrite,
    partly_struck,
    renamed,
    sort,
    struck,
    to_range,
    without_names,
    without_parts,
    without_sheet,
)
from returned_files import (
    cell_at,
    moved_columns,
    read_back,
    ros,
    shifted,
    values,
)

BEFORE = values(read_back(ros()))
NEW = f"new-{read_back(ros()).copy_id[:8]}-1"
FIELDS = [key for table, row, key in BEFORE if (table, row) == ("risks", "ri14")]


def at(cell: str, code: str, sheet: str = RISKS) -> tuple[str, str]:
    return code, f"{sheet}!{cell}"


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
    Damage("names dropped", without_names),
    Damage(
        "names dropped and what each score means put in words of their own",
        after(without_names, on("Akseptkriterier", cells(A5="Nesten aldri"))),
        gone=tuple(f"probability.{n}" for n in range(1, 6)),
        told=(GRIDS, at("A5", "text-beside", "Akseptkriterier")),
    ),
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
