"""Binary workbooks (xlsb), as Excel saves them: values, and everything that stands beside them."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from returned_files import places, read_back, ros, values, written

from benchmarks.binary_workbook import Beside, Rows, binary_workbook
from toolkit.collect.limits import Limits
from toolkit.collect.opening.gate import gate
from toolkit.collect.reading.book import Book, read_book
from toolkit.finding import Place

ANSWERS = {"H5": 4.0, "N5": date(2026, 12, 31), "E5": "Uklart hvem"}
NAME = "risikoer.xlsb"


def opened(data: bytes, name: str = NAME) -> Book:
    place = Place(name)
    return read_book(data, gate(data, place), place, Limits())


def sheets_of(data: bytes) -> dict[str, Rows]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    read = {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names}
    return {name: [list(map(_plain, row)) for row in rows] for name, rows in read.items()}


def _plain(value: object) -> str | float | None:
    if isinstance(value, date):
        return float((value - date(1899, 12, 30)).days)
    return value if isinstance(value, str | float) and value != "" else None


def stamped(**beside: object) -> bytes:
    """The risk analysis with three answers, as Excel saves it as .xlsb."""
    data = written(ros(), "Risikoer", ANSWERS)
    kept = {"properties": opened(data, "x.xlsx").properties, "shared": True, **beside}
    return binary_workbook(sheets_of(data), {"_meta"}, Beside(**kept))  # type: ignore[arg-type]


@pytest.mark.parametrize("shared", [True, False])
def test_every_value_is_that_of_the_workbook(shared: bool) -> None:
    workbook = read_back(written(ros(), "Risikoer", ANSWERS))
    binary = read_back(stamped(shared=shared), NAME)
    table = {spot: value for spot, value in values(workbook).items() if spot[0] == "risks"}
    assert table
    assert {s: v for s, v in values(binary).items() if s[0] == "risks"} == table
    assert binary.identity == workbook.identity
    assert (binary.copy_id, f"{binary.kind}") == (workbook.copy_id, "xlsb")


def test_any_of_the_three_places_tells_whose_it_is() -> None:
    data = ros()
    identity = read_back(data).identity
    sheets = {name: rows for name, rows in sheets_of(data).items() if name != "_meta"}
    names = {f"veikart_{key}": value for key, value in identity.items() if value}
    for beside in (Beside(names=names), Beside(properties=identity)):
        assert dict(read_back(binary_workbook(sheets, (), beside), NAME).identity) == identity
    whole = binary_workbook(sheets_of(data), {"_meta"})
    assert dict(read_back(whole, NAME).identity) == identity


def test_facts_stand_where_names_say() -> None:
    data = written(ros(), "Om dokumentet", {"B13": "Kari"})
    names = {
        name: (title.strip("'"), (int(row) - 1, ord(column) - 65))
        for name, told in opened(data, "x.xlsx").names.items()
        for title, _, cell in [told.rpartition("!")]
        for _, column, row in [cell.split("$")] * (cell.count("$") == 2)
    }
    assert len(names) > 5
    book = opened(binary_workbook(sheets_of(data), {"_meta"}, Beside(names=names)))
    assert {name: told.replace("'", "") for name, told in book.names.items()} == {
        name: told.replace("'", "")
        for name, told in opened(data, "x.xlsx").names.items()
        if name in names
    }
    returned = read_back(binary_workbook(sheets_of(data), {"_meta"}, Beside(names=names)), NAME)
    assert returned.filled_by == "Kari"


def test_what_stands_beside_the_values_is_told() -> None:
    at = (4, 4)
    beside = {
        "comments": {"Risikoer": {at: "Ring meg på +47 912 34 567"}},
        "merged": {"Risikoer": [(6, 4, 7, 4)]},
        "rows_hidden": {"Risikoer": [5]},
    }
    returned = read_back(stamped(**beside), NAME)
    assert places(returned, "comment-found") == ["Risikoer!E5"]
    assert places(returned, "personal-phone") == ["Risikoer!E5, comment 1"]
    assert places(returned, "cells-merged") == ["Risikoer!E7"]
    assert places(returned, "rows-hidden") == ["Risikoer!A6"]


def test_errors_and_formulas_are_no_answers() -> None:
    data = written(ros(), "Risikoer", ANSWERS)
    sheets = {name: [list(row) for row in rows] for name, rows in sheets_of(data).items()}
    sheets["Risikoer"][4][4] = "#REF!"
    identity = opened(data, "x.xlsx").properties
    beside = Beside(properties=identity, computed={"Risikoer": [(4, 7)]})
    returned = read_back(binary_workbook(sheets, {"_meta"}, beside), NAME)
    assert places(returned, "cell-error") == ["Risikoer!E5"]
    assert places(returned, "formula-answer") == ["Risikoer!H5"]


def test_a_cell_shown_in_per_cent_is_known_as_one() -> None:
    page = opened(stamped(percents={"Risikoer": [(4, 7)]})).page("Risikoer")
    assert page is not None
    assert page.marks.percents == {(4, 7)}


def test_struck_out_text_is_no_answer_and_is_told() -> None:
    data = written(ros(), "Risikoer", {"E5": "gammelt nytt", "E6": "borte", "E7": "blir"})
    identity = opened(data, "x.xlsx").properties
    beside = Beside(
        properties=identity,
        shared=True,
        struck={"Risikoer": [(5, 4)]},
        crossed={"gammelt nytt": 8},
    )
    returned = read_back(binary_workbook(sheets_of(data), {"_meta"}, beside), NAME)
    assert places(returned, "text-struck") == ["Risikoer!E5", "Risikoer!E6"]
    said = {cell.raw: cell.value for cell in returned.cells if cell.field == "f.cause"}
    assert [said[raw] for raw in ("gammelt nytt", "borte", "blir")] == ["nytt", None, "blir"]


@pytest.mark.office
def test_libreoffice_reads_what_we_take_a_binary_workbook_to_be(tmp_path: Path) -> None:
    """What the tests write is a real .xlsb: another program finds the same in it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    beside = {"names": {"veikart_doc": "d.23", "kari": ("Risikoer", (4, 4))}}
    data = stamped(comments={"Risikoer": {(4, 4): "Ring meg"}}, **beside)
    path = tmp_path / "risikoer.xlsb"
    path.write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    done = subprocess.run(
        [*command, "--outdir", str(tmp_path / "out"), str(path)],
        capture_output=True, check=True, timeout=240,
    )  # fmt: skip
    book = load_workbook(tmp_path / "out" / "risikoer.xlsx")
    assert book["Risikoer"]["E5"].value == "Uklart hvem", done.stderr
    assert book["Risikoer"]["H5"].value == 4
    assert book["Risikoer"]["E5"].comment.text.endswith("Ring meg")
    assert {"kari", "veikart_doc"} <= set(book.defined_names)  # it leaves out what they refer to
    assert {"kit_id", "copy_id"} <= {p.name for p in book.custom_doc_props.props}
