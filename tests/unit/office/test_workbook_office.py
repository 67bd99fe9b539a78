"""LibreOffice calculates filled workbooks: what follows in the file follows in the figures."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from workbook_reading import calculated, fill, put, template

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]


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


# Every way in which rows, columns and sheets repeat


def one(book: xlsxwriter.Workbook) -> None:
    """One loop: a formula in the row, a running total, totals below."""
    put(
        book,
        "One",
        A2="{%tr for r in rows %}{{ r.n }}",
        B2="{{ r.v }}",
        C2="=B2*2",
        D2="=SUM(B$2:B2)",
        E2="{%tr endfor %}",
        B3="=SUM(B2:B2)",
        C3="=SUM(C2:C2)/2",
        D3="=MAX(D2:D2)",
    )


def two(book: xlsxwriter.Workbook) -> None:
    """Two loops, each with its total, and the total of both."""
    put(
        book,
        "Two",
        A2="{%tr for r in rows %}{{ r.n }}",
        B2="{{ r.v }}{%tr endfor %}",
        B3="=SUM(B2:B2)",
        A5="{%tr for r in evens %}{{ r.n }}",
        B5="{{ r.v }}{%tr endfor %}",
        B6="=SUM(B5:B5)",
        B7="=B3+B6",
    )


def nested(book: xlsxwriter.Workbook) -> None:
    """Rows in groups, with a total of each group and totals of all."""
    put(
        book,
        "Nested",
        A2="{%tr for g in groups %}",
        A3="{{ g.name }}",
        A4="{%tr for r in g.rows %}{{ r.n }}",
        B4="{{ r.v }}",
        C4="=B4*2",
        D4="{%tr endfor %}",
        A5="Sum",
        B5="=SUM(B4:B4)",
        A6="{%tr endfor %}",
        B7='=SUMIF(A3:A5,"Sum",B3:B5)',
        C7="=SUM(C4:C4)/2",
    )


def beside(book: xlsxwriter.Workbook) -> None:
    """Two loops in one row, each with its total below."""
    put(
        book,
        "Beside",
        A2="{%tr for r in rows %}{{ r.n }}",
        B2="{{ r.v }}{%tr endfor %}",
        D2="{%tr for r in evens %}{{ r.v }}{%tr endfor %}",
        B3="=SUM(B2:B2)",
        D3="=SUM(D2:D2)",
    )


def columns(book: xlsxwriter.Workbook) -> None:
    """A column for each row of the data, with a formula in it and totals to the right."""
    put(
        book,
        "Columns",
        B1="{%tc for r in rows %}{{ r.n }}{%tc endfor %}",
        B2="{{ r.v }}",
        B3="=B2*2",
        C2="=SUM(B2:B2)",
        C3="=SUM(B3:B3)/2",
    )


def sheets(book: xlsxwriter.Workbook) -> None:
    """A sheet for each of the first rows, with a loop of its own and a look at another sheet."""
    put(
        book,
        "S{{ r.n }}",
        A1="{%sheet for r in first %}{{ r.v }}",
        A2="{%tr for x in range(r.n) %}{{ r.v }}{%tr endfor %}",
        A3="=SUM(A2:A2)",
        B1="=A3+One!B3",
    )


def every_shape(book: xlsxwriter.Workbook) -> None:
    """All of them, and a sheet whose formulas look at each from outside."""
    result = book.add_worksheet("Result")
    for shape in (one, two, nested, beside, columns, sheets):
        shape(book)
    formulas = (
        "=One!B3", "=One!C3", "=One!D3", "=SUM(One!B2:B2)", "=COUNT(One!A2:A2)",
        '=SUMIF(One!A2:A2,">2",One!B2:B2)', "=Two!B3", "=Two!B6", "=Two!B7", "=SUM(Two!B5:B5)",
        "=Nested!B7", "=Nested!C7", "=SUM(Nested!C3:C5)/2", "=Beside!B3", "=Beside!D3",
        "=SUM(Beside!D2:D2)", "=Columns!C2", "=Columns!C3", "=SUM(Columns!B3:B3)/2", "=values",
    )  # fmt: skip
    book.define_name("values", "=SUM(One!$B$2:$B$2)")
    for row, formula in enumerate(formulas):
        result.write(row, 0, formula[1:])
        result.write_formula(row, 1, formula)


def shape_data(count: int) -> dict[str, list[dict[str, Any]]]:
    rows = [{"n": n, "v": n * 1.5} for n in range(1, count + 1)]
    groups = [{"name": f"G{at}", "rows": rows[at : at + 400]} for at in range(0, count, 400)]
    evens = [row for row in rows if row["n"] % 2 == 0]
    empty = {"name": "none", "rows": list[dict[str, Any]]()}
    groups = [*groups, empty] if groups else []
    return {"rows": rows, "evens": evens, "groups": groups, "first": rows[:5]}


@pytest.mark.parametrize("count", [0, 1, 5, 1000])
def test_every_shape_recalculates(count: int, tmp_path: Path) -> None:
    data = shape_data(count)
    total = sum(row["v"] for row in data["rows"])
    even = sum(row["v"] for row in data["evens"])
    large = sum(row["v"] for row in data["rows"] if row["n"] > 2)
    found = calculated(fill(template(every_shape), data).data, tmp_path)
    assert {name: float(value) for name, value in found["Result"]} == {
        "One!B3": total, "One!C3": total, "One!D3": total, "SUM(One!B2:B2)": total,
        "COUNT(One!A2:A2)": count, 'SUMIF(One!A2:A2,">2",One!B2:B2)': large,
        "Two!B3": total, "Two!B6": even, "Two!B7": total + even, "SUM(Two!B5:B5)": even,
        "Nested!B7": total, "Nested!C7": total, "SUM(Nested!C3:C5)/2": total,
        "Beside!B3": total, "Beside!D3": even, "SUM(Beside!D2:D2)": even,
        "Columns!C2": total, "Columns!C3": total, "SUM(Columns!B3:B3)/2": total,
        "values": total,
    }  # fmt: skip
    for row in data["first"]:
        lines = found[f"S{row['n']}"]
        own = row["n"] * row["v"]
        assert (float(lines[row["n"] + 1][0]), float(lines[0][1])) == (own, own + total)
    assert len(found) == 6 + len(data["first"])
