"""Excel templates as people write them who never read our guide; many broke other engines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import xlsxwriter
from workbook_reading import Filled, X, fill, template

from toolkit.finding import TemplateError

Book = xlsxwriter.Workbook
ROWS = [{"n": "a", "v": 1}, {"n": "b", "v": 2}, {"n": "c", "v": 3}]
LOOP = {"A2": "{%tr for r in rows %}{{ r.n }}", "B2": "{{ r.v }}{%tr endfor %}"}


def plain(cells: dict[str, Any]) -> bytes:
    def build(book: Book) -> None:
        sheet = book.add_worksheet("S")
        sheet.set_column(0, 5, 24)
        book.define_name("TAXES2027", "=S!$F$1")
        for ref, value in cells.items():
            sheet.write(ref, value)

    return template(build)


FORMULAS: list[tuple[str, str, str]] = [
    ("whole columns and rows", "SUMIF(A:A,\"a\",B:B)+SUM(2:2)", "SUMIF(A:A,\"a\",B:B)+SUM(2:4)"),
    ("to the end of the sheet", "SUM(B2:B1048576)", "SUM(B2:B1048576)"),
    ("to the last column", "SUM(B2:XFD2)", "SUM(B2:XFD4)"),
    ("lookups", 'VLOOKUP("b",A2:B2,2,0)+INDEX(B2:B2,1)', 'VLOOKUP("b",A2:B4,2,0)+INDEX(B2:B4,1)'),
    ("a product of conditions", 'SUMPRODUCT((A2:A2="a")*B2:B2)', 'SUMPRODUCT((A2:A4="a")*B2:B4)'),
    ("names of newer functions", "_xlfn.LET(_xlpm.x,B2,_xlpm.x+1)",
     "_xlfn.LET(_xlpm.x,B2,_xlpm.x+1)"),
    ("text that looks like a reference", '"A2"&S!$A$2', '"A2"&S!$A$2'),
    ("signs and constants", "{1,2;3,4}*-B2%", "{1,2;3,4}*-B2%"),
    ("names that look like cells", "TAXES2027+LOG10(B2)", "TAXES2027+LOG10(B2)"),
    ("mixed dollars", "SUM(B$2:B2)+SUM($B2:B$2)", "SUM(B$2:B4)+SUM($B2:B$4)"),
    ("an overlap", "SUM(B2:B2 A1:B9)", "SUM(B2:B4 A1:B11)"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "kept"), [f[1:] for f in FORMULAS], ids=[f[0] for f in FORMULAS])
def test_formulas_below_a_loop(given: str, kept: str) -> None:
    book = fill(plain({**LOOP, "A3": "=" + given}), {"rows": ROWS})
    assert book.formula("S", "A5") == kept


VALUES: list[tuple[str, Any, Any]] = [
    ("leading zeros", "0301", "0301"), ("like a number", "1e5", "1e5"),
    ("like a date", "2026-01-12", "2026-01-12"), ("like a truth", "TRUE", "TRUE"),
    ("a large number", 10**30, 1e30), ("no number at all", float("nan"), None),
    ("old line ends", "x\r\ny", "x\ny"), ("a time", time(12), 0.5),
    ("a duration", timedelta(hours=36), 1.5),
    ("a time zone", datetime(2026, 1, 1, tzinfo=UTC), 46023),
    ("the year Excel begins", date(1900, 3, 1), 61), ("a list", [1, 2], "[1, 2]"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "held"), [v[1:] for v in VALUES], ids=[v[0] for v in VALUES])
def test_values(given: Any, held: Any) -> None:
    assert fill(plain({"A1": "{{ v }}"}), {"v": given}).value("S", "A1") == held


def _merged(rows: Callable[[Any], None], **more: Any) -> tuple[Filled, list[str]]:
    book = fill(template(lambda book: rows(book.add_worksheet("S"))), {"rows": ROWS, **more})
    return book, [e.get("ref", "") for e in book.all("S", "mergeCell")]


def test_merged_cells_within_the_row_repeat() -> None:
    def rows(sheet: Any) -> None:
        sheet.write("A2", "{%tr for r in rows %}{{ loop.index }}")
        sheet.merge_range("B2:C2", "{{ r.n }}")
        sheet.write("D2", "{{ r.v }}{%tr endfor %}")

    book, merged = _merged(rows)
    assert merged == ["B2:C2", "B3:C3", "B4:C4"]
    assert book.column("S", "B", 2, 4) == ["a", "b", "c"]


def test_a_merged_label_beside_the_block_repeats_and_beside_the_loop_grows() -> None:
    def block(sheet: Any) -> None:
        sheet.write("A1", "{%tr for r in rows %}")
        sheet.merge_range("A2:A3", "{{ r.n }}")
        sheet.write("B2", "{{ r.v }}")
        sheet.write("A4", "{%tr endfor %}")

    def label(sheet: Any) -> None:
        sheet.merge_range("A1:A3", "label")
        sheet.write("B2", "{%tr for r in rows %}{{ r.n }}")
        sheet.write("C2", "{{ r.v }}{%tr endfor %}")

    assert _merged(block)[1] == ["A1:A2", "A3:A4", "A5:A6"]
    assert _merged(label)[1] == ["A1:A5"]


def test_a_budget() -> None:
    """Sums over another sheet, dependent lists, rules, names, a chart, titles that repeat."""

    def build(book: Book) -> None:
        sheet, lines = book.add_worksheet("Budget"), book.add_worksheet("Lines")
        sheet.merge_range("A1:D1", "Budget {{ year }}")
        sheet.write_row("A3", ["Account", "Plan", "Actual", "Left"])
        sheet.write("A4", "{%tr for a in accounts %}{{ a.name }}")
        sheet.write("B4", "{{ a.plan }}")
        sheet.write_formula("C4", "=SUMIFS(Lines!$C$2:$C$2,Lines!$A$2:$A$2,$A4)")
        sheet.write_formula("D4", "=B4-C4")
        sheet.write("E4", "{%tr endfor %}")
        sheet.write_formula("B5", "=SUM(B4:B4)")
        sheet.write_formula("D5", "=planned-SUM(C4:C4)")
        sheet.repeat_rows(0, 2)
        sheet.repeat_columns(0)
        sheet.autofilter("A3:D4")
        sheet.conditional_format("A4:D4", {"type": "formula", "criteria": "=$D4<0"})
        book.define_name("planned", "=Budget!$B$5")
        book.define_name("accounts", "=Budget!$A$4:$A$4")
        lines.write("A2", "{%tr for i in items %}{{ i.a }}")
        lines.write("C2", "{{ i.v }}{%tr endfor %}")
        lines.set_row(1, None, None, {"level": 1})
        lines.write_formula("C3", "=SUBTOTAL(109,C2:C2)")
        lines.data_validation("A2", {"validate": "list", "source": "=accounts"})
        lines.data_validation("B2", {"validate": "list", "source": '=INDIRECT("of_"&A2)'})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Budget!$B$4:$B$4", "categories": "=Budget!$A$4:$A$4"})
        sheet.insert_chart("G2", chart)

    items = [{"a": "a", "v": 3}, {"a": "b", "v": 4}, {"a": "a", "v": 5}]
    accounts = [{"name": "a", "plan": 10}, {"name": "b", "plan": 20}]
    book = fill(template(build), {"year": 2026, "accounts": accounts, "items": items})
    assert [book.formula("Budget", f"C{n}") for n in (4, 5)] == [
        f"SUMIFS(Lines!$C$2:$C$4,Lines!$A$2:$A$4,$A{n})" for n in (4, 5)
    ]
    assert book.formula("Budget", "D6") == "planned-SUM(C4:C5)"
    assert book.formula("Lines", "C5") == "SUBTOTAL(109,C2:C4)"
    assert book.names_of() == {
        "planned": "Budget!$B$6", "accounts": "Budget!$A$4:$A$5",
        "_xlnm._FilterDatabase": "Budget!$A$3:$D$5",
        "_xlnm.Print_Titles": "Budget!$A:$A,Budget!$1:$3",
    }  # fmt: skip
    rules = [
        (e.get("sqref"), e.findtext("{*}formula1")) for e in book.all("Lines", "dataValidation")
    ]
    assert rules == [("A2:A4", "accounts"), ("B2:B4", 'INDIRECT("of_"&A2)')]
    assert book.all("Budget", "conditionalFormatting")[0].get("sqref") == "A4:D5"
    levels = [r.get("outlineLevel") for r in book.all("Lines", "row")]
    assert levels == ["1", "1", "1", None]
    chart = book.xml("xl/charts/chart1.xml")
    assert [f.text for f in chart.iter("{*}f")] == ["Budget!$A$4:$A$5", "Budget!$B$4:$B$5"]


def test_a_sheet_for_each_with_names_tables_and_charts_of_its_own() -> None:
    def build(book: Book) -> None:
        total, sheet = book.add_worksheet("Total"), book.add_worksheet("{{ r.n }}")
        total.write_formula("A1", "=SUM('{{ r.n }}'!B2:B3)")
        sheet.write("A1", "{%sheet for r in rows %}")
        sheet.write("B2", "{{ r.v }}")
        sheet.write_formula("C2", "=B2*2+Total!A1")
        sheet.print_area("A1:C2")
        columns = [{"header": "a"}, {"header": "b", "formula": "=[@a]*2"}]
        sheet.add_table("F1:G3", {"name": "t", "columns": columns})
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "='{{ r.n }}'!$B$2:$B$2"})
        sheet.insert_chart("K1", chart)

    names = ["Nord", "a/b", "A-B", "History"]
    book = fill(template(build), {"rows": [{"n": n, "v": i} for i, n in enumerate(names)]})
    assert book.sheet_names == ["Total", "Nord", "a-b", "A-B (2)", "History_"]
    assert book.formula("Total", "A1") == (
        "SUM(Nord!B2:B3,'a-b'!B2:B3,'A-B (2)'!B2:B3,History_!B2:B3)"
    )
    assert {book.formula(name, "C2") for name in book.sheet_names[1:]} == {"B2*2+Total!A1"}
    tables = [book.xml(n) for n in book.names if "/tables/" in n]
    assert [t.get("displayName") for t in tables] == ["t", "t_2", "t_3", "t_4"]
    charts = [next(book.xml(n).iter("{*}f")).text for n in book.names if "/charts/chart" in n]
    assert charts == [
        "Nord!$B$2:$B$2",
        "'a-b'!$B$2:$B$2",
        "'A-B (2)'!$B$2:$B$2",
        "History_!$B$2:$B$2",
    ]
    areas = [n.text for n in book.book.iter(X + "definedName")]
    assert areas == [f"{s}!$A$1:$C$2" for s in ("Nord", "'a-b'", "'A-B (2)'", "History_")]


def test_formatted_text_may_steer_its_row() -> None:
    def rows(sheet: Any) -> None:
        bold = sheet._workbook_bold
        sheet.write_rich_string(
            "A1", bold, "{%tr for r in rows %}", "x ", bold, "{{ r.n }}", " y{%tr endfor %}"
        )

    def build(book: Book) -> None:
        sheet = book.add_worksheet("S")
        sheet._workbook_bold = book.add_format({"bold": True})
        rows(sheet)

    assert fill(template(build), {"rows": ROWS}).column("S", "A", 1, 3) == [
        "x a y",
        "x b y",
        "x c y",
    ]


def found(data: bytes, context: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(TemplateError) as caught:
        fill(data, context, name="t.xlsx")
    return [(f.code, f.place.text()) for f in caught.value.findings]


def test_more_rows_or_columns_than_a_sheet_has_are_told() -> None:
    down = plain({"A1048570": "{%tr for r in rows %}{{ r }}{%tr endfor %}"})
    right = plain({"XFA1": "{%tc for r in rows %}{{ r }}{%tc endfor %}"})
    for data in (down, right):
        assert found(data, {"rows": [1] * 20}) == [("sheet-full", "t.xlsx > S")]
        assert fill(data, {"rows": [1, 2]}).data


def test_a_workbook_left_without_sheets_is_told() -> None:
    data = plain({"A1": "{%sheet if keep %}"})
    assert found(data, {"keep": False}) == [("sheets-none", "t.xlsx")]


def test_references_to_a_sheet_that_goes_say_so() -> None:
    def build(book: Book) -> None:
        book.add_worksheet("S").write_formula("A1", "=SUM(T!B1)+1")
        book.add_worksheet("T").write("A1", "{%sheet if keep %}")

    book = fill(template(build), {"keep": False})
    assert (book.formula("S", "A1"), book.value("S", "A1")) == ("SUM(#REF!)+1", None)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_filled_and_stay_hidden(state: str) -> None:
    def build(book: Book) -> None:
        book.add_worksheet("S")
        sheet = book.add_worksheet("H")
        sheet.write("A1", "{{ x }}")
        (sheet.hide if state == "hidden" else sheet.very_hidden)()

    book = fill(template(build), {"x": 4})
    assert [s.get("state") for s in book.book.iter(X + "sheet")] == [None, state]
    assert book.value("H", "A1") == 4
