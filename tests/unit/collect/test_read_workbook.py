"""What people and programs do to a workbook: read all the same, or told at its place."""

from __future__ import annotations

import string
from collections.abc import Callable

import pytest
from lxml import etree
from returned_files import (
    changed,
    codes,
    move_row,
    moved_columns,
    packed,
    places,
    put,
    read_back,
    replaced,
    ros,
    sent_file,
    sheet_of,
    sheet_part,
    shifted,
    unpacked,
    values,
    written,
)

from toolkit.collect.returned import Returned
from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.office.package.markup import Element, q

RISKS = "Risikoer"
COPY = read_back(ros()).copy_id[:8]
SENT = values(read_back(ros()))


def same(returned: Returned) -> bool:
    return values(returned) == SENT


# --- moved, renamed, inserted -----------------------------------------------------------------


def test_rows_may_be_inserted_above_the_table() -> None:
    data = sheet_of(ros(), RISKS, lambda root: shifted(root, 1, 5))
    assert same(read_back(data))


def test_a_sheet_may_be_renamed() -> None:
    data = replaced(ros(), "xl/workbook.xml", f'name="{RISKS}"', 'name="Mine risikoer"')
    assert same(read_back(data))


def test_columns_may_be_moved() -> None:
    swap = {1: 7, 7: 1, 3: 12, 12: 3}
    data = sheet_of(ros(), RISKS, lambda root: moved_columns(root, lambda c: swap.get(c, c)))
    assert same(read_back(data))


def test_a_column_may_be_inserted_and_what_it_says_is_told() -> None:
    def insert(root: Element) -> None:
        moved_columns(root, lambda c: c + (c > 2))
        put(root, "D4", "Eier av risiko")
        put(root, "D5", "Kari")
        put(root, "D7", "Ola")

    returned = read_back(sheet_of(ros(), RISKS, insert))
    assert same(returned)
    assert places(returned, "column-extra") == ["Risikoer!D5"]
    assert "2 cells" in returned.findings[0].message()


def test_rows_may_be_sorted() -> None:
    def sort(root: Element) -> None:
        rows = [r for r in root.iter(q("x:row")) if 5 <= int(r.get("r")) <= 18]
        for row in rows:
            move_row(row, 23 - int(row.get("r")))
        data = rows[0].getparent()
        data[:] = sorted(data, key=lambda r: int(r.get("r")))

    returned = read_back(sheet_of(ros(), RISKS, sort))
    assert same(returned)
    assert codes(returned) == []


def test_rows_sorted_above_the_headings_are_read() -> None:
    def sort(root: Element) -> None:
        shifted(root, 19, 1)
        rows = {int(r.get("r")): r for r in root.iter(q("x:row"))}
        move_row(rows[18], 1)
        for number in range(17, 0, -1):
            move_row(rows[number], number + 1)
        data = rows[1].getparent()
        data[:] = sorted(data, key=lambda r: int(r.get("r")))

    assert same(read_back(sheet_of(ros(), RISKS, sort)))


def test_hidden_and_filtered_rows_are_read_and_told() -> None:
    def hide(root: Element) -> None:
        for row in root.iter(q("x:row")):
            if row.get("r") in ("6", "9"):
                row.set("hidden", "1")

    returned = read_back(sheet_of(ros(), RISKS, hide))
    assert same(returned)
    assert places(returned, "rows-hidden") == ["Risikoer!A6"]


# --- the hidden keys are gone -----------------------------------------------------------------


def without_keys(data: bytes, sheet: str = RISKS) -> bytes:
    def delete(root: Element) -> None:
        row = next(r for r in root.iter(q("x:row")) if r.get("r") == "3")
        row.getparent().remove(row)

    return sheet_of(data, sheet, delete)


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_tell_the_columns_where_the_keys_are_gone(language: str) -> None:
    data = ros(language)
    returned = read_back(without_keys(data, Labels.load(language).t("s.risks")))
    assert values(returned) == values(read_back(data))
    assert codes(returned) == ["keys-missing"]


def test_a_heading_near_enough_is_taken_and_told() -> None:
    heading = Labels.load("nb").t("f.existing_measures")
    returned = read_back(written(without_keys(ros()), RISKS, {"G4": f"{heading} nå"}))
    assert same(returned)
    near = next(f for f in returned.findings if f.code == "column-near")
    assert dict(near.params)["near"] == heading.casefold()
    assert int(dict(near.params)["likeness"]) > 80


def test_a_column_that_is_gone_is_told() -> None:
    def delete(root: Element) -> None:
        for row in root.iter(q("x:row")):
            for cell in list(row):
                if cell.get("r").startswith("F"):
                    row.remove(cell)

    returned = read_back(sheet_of(ros(), RISKS, delete))
    missing = [f for f in returned.findings if f.code == "column-missing"]
    assert [dict(f.params)["column"] for f in missing] == [Labels.load("nb").t("f.effect")]
    assert ("risks", "ri01", "f.effect") not in values(returned)


def test_a_copied_column_is_told_and_read_once() -> None:
    data = written(ros(), RISKS, {"Y3": "f.hazard", "Y5": "Noe annet"})
    returned = read_back(data)
    assert "column-repeated" in codes(returned)
    assert values(returned)["risks", "ri01", "f.hazard"] == "Varsel når ikke fram"


def test_a_table_that_is_gone_is_told() -> None:
    def empty(root: Element) -> None:
        for row in list(root.iter(q("x:row"))):
            row.getparent().remove(row)

    returned = read_back(sheet_of(ros(), RISKS, empty))
    missing = [dict(f.params)["table"] for f in returned.findings if f.code == "table-missing"]
    assert missing == [RISKS]


def test_a_grid_whose_name_is_gone_is_found_by_its_labels_else_told() -> None:
    data = replaced(ros(), "xl/workbook.xml", 'name="risk_matrix"', 'name="matrise"')
    assert values(read_back(data)) == values(read_back(ros()))
    returned = read_back(written(data, "Akseptkriterier", {"C18": "Stygt"}))
    assert "table-missing" in codes(returned)
    assert not any(row.startswith("matrix.") for _, row, _ in values(returned))


# --- rows that are new, deleted, copied -------------------------------------------------------


def test_rows_below_the_prefilled_ones_are_new() -> None:
    cells = {"B19": "Strømbrudd", "H19": "3 – Moderat", "B40": "Langt nede"}
    returned = read_back(written(ros(), RISKS, cells))
    said = values(returned)
    assert said["risks", f"new-{COPY}-1", "f.hazard"] == "Strømbrudd"
    assert said["risks", f"new-{COPY}-1", "f.probability"] == "3"
    assert said["risks", f"new-{COPY}-2", "f.hazard"] == "Langt nede"
    assert places(returned, "row-new") == ["Risikoer!A19", "Risikoer!A40"]


def delete_row(root: Element, number: int) -> None:
    rows = {int(r.get("r")): r for r in root.iter(q("x:row"))}
    rows[number].getparent().remove(rows[number])
    for later in sorted(n for n in rows if n > number):
        move_row(rows[later], later - 1)


def test_a_deleted_row_is_told() -> None:
    returned = read_back(sheet_of(ros(), RISKS, lambda root: delete_row(root, 7)))
    gone = next(f for f in returned.findings if f.code == "row-missing")
    assert dict(gone.params)["id"] == "ri03"
    assert not [spot for spot in values(returned) if spot[1] == "ri03"]
    assert ("risks", "ri03", "f.hazard") in returned.sent


def test_a_row_that_lost_its_id_is_known_by_its_key() -> None:
    returned = read_back(written(ros(), RISKS, {"A7": None}))
    assert same(returned)
    assert places(returned, "row-by-key") == ["Risikoer!A7"]


def test_a_copied_row_with_its_id_is_a_new_row() -> None:
    cells = {"A19": "ri02", "B19": "En annen risiko"}
    returned = read_back(written(ros(), RISKS, cells))
    assert values(returned)["risks", f"new-{COPY}-1", "f.hazard"] == "En annen risiko"
    assert places(returned, "row-id-repeated") == ["Risikoer!A19"]
    assert values(returned)["risks", "ri02", "f.hazard"] == SENT["risks", "ri02", "f.hazard"]


def test_an_id_of_their_own_is_told() -> None:
    returned = read_back(written(ros(), RISKS, {"A19": "15", "B19": "Ny"}))
    assert places(returned, "row-id-unknown") == ["Risikoer!A19"]


def test_words_in_the_id_column_alone_are_told() -> None:
    returned = read_back(written(ros(), RISKS, {"A30": "Se også referatet", "A31": "15"}))
    assert [(f.code, f.place.text()) for f in returned.findings] == [
        ("id-alone", "ros.xlsx > Risikoer!A30")
    ]


def test_a_cleared_cell_is_a_blank_answer_not_a_deletion() -> None:
    returned = read_back(written(ros(), RISKS, {"D6": None, "E6": "   "}))
    cell = next(c for c in returned.cells if c.spot == ("risks", "ri02", "f.cia"))
    assert (cell.raw, cell.value, cell.state) == ("", None, "ok")
    assert values(returned)["risks", "ri02", "f.cause"] is None
    assert returned.sent["risks", "ri02", "f.cia"] == "availability"


# --- copied sheets ----------------------------------------------------------------------------


def with_copy(data: bytes, change: Callable[[Element], None] = lambda root: None) -> bytes:
    """The sheet of risks copied, as Excel does it."""
    parts = unpacked(data)
    root = etree.fromstring(parts[sheet_part(data, RISKS)])
    for tag in ("tableParts", "extLst"):
        for old in root.findall(q(f"x:{tag}")):
            root.remove(old)
    change(root)
    parts["xl/worksheets/sheet99.xml"] = etree.tostring(root)
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = parts["xl/_rels/workbook.xml.rels"].decode()
    link = f'<Relationship Id="rId99" Type="{relation}/worksheet" '
    link += 'Target="worksheets/sheet99.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = links.replace("</Relationships>", link).encode()
    book = parts["xl/workbook.xml"].decode()
    sheet = '<sheet name="Risikoer (2)" sheetId="99" r:id="rId99"/></sheets>'
    parts["xl/workbook.xml"] = book.replace("</sheets>", sheet).encode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    types = parts["[Content_Types].xml"].decode()
    part = f'<Override PartName="/xl/worksheets/sheet99.xml" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = types.replace("</Types>", part).encode()
    return packed(parts)


def test_a_copied_sheet_is_told_and_says_nothing_new() -> None:
    returned = read_back(with_copy(ros()))
    assert same(returned)
    assert len(returned.cells) == len(SENT)
    assert places(returned, "table-repeated") == ["Risikoer (2)"]


def test_two_readings_in_one_file_are_kept_both() -> None:
    returned = read_back(with_copy(ros(), lambda root: put(root, "E5", "Noe annet")))
    spot = ("risks", "ri01", "f.cause")
    readings = [c for c in returned.cells if c.spot == spot]
    assert {c.state for c in readings} == {"read-twice"}
    assert {c.value for c in readings} == {SENT[spot], "Noe annet"}
    assert places(returned, "read-twice") == ["Risikoer!E5", "Risikoer (2)!E5"]


def test_rows_that_go_on_under_headings_on_a_sheet_of_their_own_are_read() -> None:
    data = with_copy(ros(), lambda root: [put(root, f"{c}3", None) for c in string.ascii_uppercase])
    half = sheet_of(data, "Risikoer (2)", lambda root: _keep(root, range(5, 9)))
    returned = read_back(sheet_of(half, RISKS, lambda root: _keep(root, range(9, 40))))
    assert same(returned)
    assert places(returned, "keys-missing") == ["Risikoer (2)"]


def test_a_copy_without_keys_is_for_reading_and_told() -> None:
    data = with_copy(ros(), lambda root: [put(root, f"{c}3", None) for c in string.ascii_uppercase])
    returned = read_back(written(data, "Risikoer (2)", {"E5": "Noe annet"}))
    assert same(returned)
    assert places(returned, "sheet-extra") == ["Risikoer (2)!B1"]


def _keep(root: Element, rows: range) -> None:
    for row in [r for r in root.iter(q("x:row")) if int(r.get("r")) > 4]:
        if int(row.get("r")) not in rows:
            row.getparent().remove(row)


def test_what_only_a_copied_sheet_says_is_added() -> None:
    returned = read_back(with_copy(ros(), lambda root: put(root, "B19", "Bare her")))
    assert values(returned)["risks", f"new-{COPY}-1", "f.hazard"] == "Bare her"


# --- cells ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "code", "spot", "value"),
    [
        ({"H5": "Ganske stor"}, "option-unknown", "f.probability", "Ganske stor"),
        ({"C5": "Pasient og brukersikkerhett"}, "option-near", "f.risk_category", "patient_safety"),
        ({"H5": "1 – Erittäin pieni"}, "", "f.probability", "1"),
        ({"H5": 4.0}, "", "f.probability", "4"),
        ({"M5": "Nattevakten"}, "reference-near", "f.responsible", "ro06"),
        ({"M5": "Vaktmester"}, "reference-unknown", "f.responsible", "Vaktmester"),
        ({"N5": "snart"}, "day-unread", "f.deadline", "snart"),
        ({"L5": "tekst\u0085med"}, "", "f.new_measure", "tekst\u0085med"),
    ],
)
def test_what_is_written_is_read_or_told(
    cells: dict[str, str], code: str, spot: str, value: object
) -> None:
    returned = read_back(written(ros(), RISKS, cells))
    (at,) = cells
    assert values(returned)["risks", "ri01", spot] == value
    assert [f.code for f in returned.findings] == ([code] if code else [])
    assert not code or places(returned, code) == [f"Risikoer!{at}"]


def test_an_error_value_is_no_answer() -> None:
    def error(root: Element) -> None:
        put(root, "E5", 1.0)
        cell = next(c for c in root.iter(q("x:c")) if c.get("r") == "E5")
        cell.set("t", "e")
        cell[0].text = "#N/A"

    returned = read_back(sheet_of(ros(), RISKS, error))
    assert places(returned, "cell-error") == ["Risikoer!E5"]
    assert values(returned)["risks", "ri01", "f.cause"] is None


def test_a_formula_without_a_value_is_told() -> None:
    def formula(root: Element) -> None:
        put(root, "E5", None)
        cell = next(c for c in root.iter(q("x:c")) if c.get("r") == "E5")
        etree.SubElement(cell, q("x:f")).text = "B5"

    returned = read_back(sheet_of(ros(), RISKS, formula))
    assert places(returned, "cell-uncomputed") == ["Risikoer!E5"]


def test_an_overwritten_formula_is_told_and_not_read() -> None:
    returned = read_back(written(ros(), RISKS, {"J6": 25.0}))
    assert places(returned, "formula-overwritten") == ["Risikoer!J6"]
    assert not [spot for spot in values(returned) if spot[2] == "f.risk_value"]


def test_merged_cells_are_told() -> None:
    def merge(root: Element) -> None:
        data = next(root.iter(q("x:sheetData")))
        merges = etree.Element(q("x:mergeCells"))
        etree.SubElement(merges, q("x:mergeCell"), {"ref": "E6:E8"})
        data.addnext(merges)

    returned = read_back(sheet_of(ros(), RISKS, merge))
    assert places(returned, "cells-merged") == ["Risikoer!E6"]


def test_comments_are_told_and_not_read() -> None:
    data = ros()
    part = sheet_part(data, RISKS)
    rels = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    link = f'<Relationship Id="rIdC" Type="{kind}" Target="../comments1.xml"/></Relationships>'
    data = replaced(data, rels, "</Relationships>", link)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    comments = f'<comments xmlns="{main}"><authors/><commentList><comment ref="H6" authorId="0">'
    comments += "<text><t>Vi mener 4</t></text></comment></commentList></comments>"
    parts = unpacked(data) | {"xl/comments1.xml": comments.encode()}
    returned = read_back(packed(parts))
    assert places(returned, "comment-found") == ["Risikoer!H6"]
    assert "Vi mener" not in "".join(f.line() for f in returned.findings)


def test_a_cell_with_a_percent_format_is_multiplied() -> None:
    data = sent_file("benefits", "xlsx")
    parts = unpacked(data)
    styles = etree.fromstring(parts["xl/styles.xml"])
    formats = next(styles.iter(q("x:cellXfs")))
    number = len(formats)
    etree.SubElement(formats, q("x:xf"), {"numFmtId": "9"})
    parts["xl/styles.xml"] = etree.tostring(styles)

    def write(root: Element) -> None:
        put(root, "F5", 0.52)
        next(c for c in root.iter(q("x:c")) if c.get("r") == "F5").set("s", f"{number}")

    returned = read_back(sheet_of(packed(parts), "Målinger", write))
    cell = next(c for c in returned.cells if c.steps == (("sheet", "Målinger"), ("at", "F5")))
    assert (cell.field, cell.value, cell.state) == ("f.measured_value", 52, "number-percent")


def test_a_very_hidden_sheet_of_somebody_else_is_told() -> None:
    data = replaced(
        ros(), "xl/workbook.xml", 'name="Risikomatrise"', 'state="veryHidden" name="Risikomatrise"'
    )
    assert places(read_back(data), "has-hidden-sheet") == ["Risikomatrise"]


def test_a_sheet_of_their_own_is_told() -> None:
    data = replaced(ros(), "xl/workbook.xml", 'name="Risikomatrise"', 'name="Notater"')
    (told,) = read_back(data).findings
    assert (told.code, told.place.text()) == ("sheet-extra", "ros.xlsx > Notater!A1")


def test_a_changed_read_only_value_counts_and_is_told() -> None:
    sheet = Labels.load("nb").t("s.actions")
    data = written(sent_file("stakeholders", "xlsx"), sheet, {"B5": "IT-avdelingen"})
    assert places(read_back(data), "prefilled-changed") == [f"{sheet}!B5"]


# --- facts ------------------------------------------------------------------------------------

WHO = {"B13": "Kari", "B14": "Nattevakt", "B15": "3. mars 2026"}


def test_who_filled_it_in_and_when() -> None:
    returned = read_back(written(ros(), "Om dokumentet", WHO))
    assert (returned.filled_by, returned.filled_role) == ("Kari", "ro06")
    assert f"{returned.filled_date}" == "2026-03-03"


def test_facts_are_found_by_their_labels_where_names_are_gone() -> None:
    def drop(root: Element) -> None:
        names = next(root.iter(q("x:definedNames")))
        names.getparent().remove(names)

    data = changed(written(ros(), "Om dokumentet", WHO), "xl/workbook.xml", drop)
    returned = read_back(data)
    assert (returned.filled_by, returned.filled_role) == ("Kari", "ro06")


def test_a_date_that_lies_ahead_is_told() -> None:
    returned = read_back(written(ros(), "Om dokumentet", {"B15": "31.12.2099"}))
    assert places(returned, "filled-date-later") == ["Om dokumentet!B15"]


def test_open_questions_are_found_by_their_words_where_the_keys_are_gone() -> None:
    data = sent_file("evaluation", "xlsx")

    def answer(root: Element) -> None:
        for cell in list(root.iter(q("x:c"))):
            if cell.get("r") == "A22":
                cell.getparent().remove(cell)
        put(root, "B22", "Det meste")

    said = values(read_back(sheet_of(data, "Evaluering", answer)))
    assert said["form", "", "f.works_well"] == "Det meste"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_may_say_what_a_heading_says(language: str) -> None:
    labels = Labels.load(language)
    enabler, comment = (labels.t(key) for key in ("f.enabler", "f.comment"))
    sent = sent_file("benefits", "xlsx", language)
    own = written(sent, labels.t("s.benefit_chain"), {"B5": enabler.lower(), "B6": enabler})
    own = written(own, labels.t("s.benefit_chain"), {"F6": comment})
    said = {cell.spot[1:]: cell.value for cell in read_back(own).cells if cell.raw}
    rows = [row for row, key in said if key == "f.enabler"]
    assert [said[row, "f.enabler"] for row in rows] == [enabler.lower(), enabler]
    assert said[rows[1], "f.comment"] == comment


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_may_say_what_a_title_of_another_sheet_says(language: str) -> None:
    labels = Labels.load(language)
    title, heading = labels.t("ui.key_figures"), labels.t("h.ev.open")
    added = {"B19": title, "B20": heading, "B21": "En til"}
    returned = read_back(written(ros(language), labels.t("s.risks"), added))
    said = [value for (_, row, key), value in values(returned).items() if key == "f.hazard"]
    assert said[-3:] == [title, heading, "En til"]
    assert "text-beside" not in codes(returned)
