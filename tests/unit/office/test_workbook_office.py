"""LibreOffice calculates filled workbooks: what follows in the file follows in the figures."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest
import xlsxwriter
from workbook_reading import fill, template

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
_ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def calculated(data: bytes, folder: Path) -> dict[str, list[list[str]]]:
    """The cells of every sheet as LibreOffice shows them."""
    (folder / "out.xlsx").write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to"]
    subprocess.run(
        [*command, _ALL_SHEETS, "--outdir", str(folder), str(folder / "out.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return {
        path.stem.removeprefix("out-"): list(csv.reader(path.read_text("utf-8").splitlines()))
        for path in folder.glob("out-*.csv")
    }


def build(book: xlsxwriter.Workbook) -> None:
    """Groups with rows, years as columns, totals of all kinds, and a second sheet that looks on."""
    sheet, other = book.add_worksheet("Data"), book.add_worksheet("Other")
    sheet.write_row("A1", ["Name", "{%tc for y in years %}{{ y }}{%tc endfor %}", "Sum", "Share"])
    sheet.write("A2", "{%tr for g in groups %}")
    sheet.write("A3", "{{ g.name }}")
    sheet.write("A4", "{%tr for r in g.rows %}{{ r.name }}")
    sheet.write("B4", "{{ r.amounts[loop.index0] }}")
    sheet.write_formula("C4", "=SUM(B4:B4)")
    sheet.write_formula("D4", "=C4/SUM($C$4:$C$4)*3")
    sheet.write("E4", "{%tr endfor %}")
    sheet.write("A5", "Group")
    sheet.write_formula("C5", "=SUM(C4:C4)")
    sheet.write("A6", "{%tr endfor %}")
    sheet.write("A7", "All")
    sheet.write_formula("B7", "=SUM(B4:B4)")
    sheet.write_formula("C7", '=SUMIF(A3:A5,"Group",C3:C5)')
    columns = [
        {"header": "Id"}, {"header": "V"},
        {"header": "Double", "formula": "=[@V]*2", "total_function": "sum"},
    ]  # fmt: skip
    other.add_table("A1:C3", {"name": "tbl", "columns": columns, "total_row": True})
    other.write("A2", "{%tr for n in numbers %}{{ loop.index }}")
    other.write("B2", "{{ n }}")
    other.write("D2", "{%tr endfor %}")
    other.write_formula("E1", "=SUM(tbl[Double])+Data!C7")
    other.write_formula("F1", "=SUM(B2:B2)")


@pytest.mark.parametrize("numbers", [[], [4], [1, 2, 3]])
def test_totals_are_right(numbers: list[int], tmp_path: Path) -> None:
    groups = [
        {
            "name": "G1",
            "rows": [{"name": "a", "amounts": [1, 2]}, {"name": "b", "amounts": [3, 4]}],
        },
        {"name": "G2", "rows": [{"name": "c", "amounts": [10, 20]}]},
    ]
    book = fill(template(build), {"years": [2027, 2028], "groups": groups, "numbers": numbers})
    sheets = calculated(book.data, tmp_path)
    assert sheets["Data"] == [
        ["Name", "2027", "2028", "Sum", "Share"],
        ["G1", "", "", "", ""],
        ["a", "1", "2", "3", "0.9"],
        ["b", "3", "4", "7", "2.1"],
        ["Group", "", "", "10", ""],
        ["G2", "", "", "", ""],
        ["c", "10", "20", "30", "3"],
        ["Group", "", "", "30", ""],
        ["All", "14", "26", "40", ""],
    ]
    first = sheets["Other"][0]
    assert (first[4], first[5]) == (str(40 + 2 * sum(numbers)), str(sum(numbers)))
