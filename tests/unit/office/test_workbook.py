"""Filling workbooks: cells and their types, loops of every kind, labels, names, faults."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from lxml import etree
from workbook_reading import Element, Filled, R, X, edited, fill, rewritten, template, with_part

from toolkit.finding import TemplateError
from toolkit.office import Localisation
from toolkit.office import compile as compile_template

Book = xlsxwriter.Workbook
R_ID = R + "id"
EMBED = R + "embed"


def one_sheet(cells: dict[str, Any], **options: Any) -> bytes:
    """A template of one sheet, ``S``; values starting with = are formulas."""

    def build(book: Book) -> None:
        sheet = book.add_worksheet("S")
        for ref, value in cells.items():
            sheet.write(ref, value)

    return template(build, **options)


def rows(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"n": n + 1, "name": f"r{n + 1}", **more} for n in range(count)]


def found(data: bytes, context: dict[str, Any], **settings: Any) -> list[tuple[str, str]]:
    """Code and place of each finding of a fill that fails."""
    with pytest.raises(TemplateError) as caught:
        fill(data, context, name="t.xlsx", **settings)
    return [(f.code, f.place.text()) for f in caught.value.findings]


class TestCells:
    @pytest.mark.parametrize(
        ("value", "held"),
        [
            (3, 3.0), (2.5, 2.5), (True, True), (False, False), (0, 0.0), (None, None), ("", None),
            ("=A1+1", "=A1+1"), ("a & <b>", "a & <b>"), ("two\nlines", "two\nlines"),
            (" blank ", " blank "), ("_x000A_", "_x005F_x000A_"), ("{{ x }}", "{{ x }}"),
        ],
    )  # fmt: skip
    def test_a_lone_value_keeps_its_type(self, value: Any, held: Any) -> None:
        book = fill(one_sheet({"A1": "{{ v }}"}), {"v": value})
        assert book.value("S", "A1") == held

    def test_text_round_a_value_makes_text(self) -> None:
        data = one_sheet({"A1": "{{ n }} of {{ m }}", "A2": "{% if m %}yes{% else %}no{% endif %}"})
        book = fill(data, {"n": 1, "m": 2})
        assert (book.value("S", "A1"), book.value("S", "A2")) == ("1 of 2", "yes")

    @pytest.mark.parametrize(("from_1904", "serial"), [(False, 46023.0), (True, 44561.0)])
    def test_dates_are_numbers_in_the_style_of_the_cell(
        self, from_1904: bool, serial: float
    ) -> None:
        def build(book: Book) -> None:
            sheet = book.add_worksheet("S")
            sheet.set_column("A:A", 20)
            sheet.write("A1", "{{ d }}", book.add_format({"num_format": "d. mmm yyyy"}))
            sheet.write("A2", "{{ d }}")
            sheet.write("A3", "{{ m }}")

        data = template(build, default_date_format="", **{})
        if from_1904:
            data = edited(data, "xl/workbook.xml", _use_1904)
        book = fill(data, {"d": date(2026, 1, 1), "m": datetime(2026, 1, 1, 12)})
        assert [book.value("S", f"A{n}") for n in (1, 2, 3)] == [serial, serial, serial + 0.5]
        styles = book.xml("xl/styles.xml")
        codes = {f.get("numFmtId"): f.get("formatCode") for f in styles.iter(X + "numFmt")}
        cells = styles.find(X + "cellXfs")
        assert cells is not None
        shown = [
            codes[cells[int(book.cell("S", f"A{n}").get("s", "0"))].get("numFmtId")]  # type: ignore[union-attr]
            for n in (1, 2, 3)
        ]
        assert shown == ["d. mmm yyyy", "dd.mm.yyyy", "dd.mm.yyyy hh:mm"]

    def test_an_empty_value_keeps_the_style(self) -> None:
        def build(book: Book) -> None:
            book.add_worksheet("S").write("A1", "{{ v }}", book.add_format({"bold": True}))

        cell = fill(template(build), {"v": None}).cell("S", "A1")
        assert cell is not None
        assert (cell.get("s"), len(cell)) == ("1", 0)

    def test_formatted_text_keeps_its_runs(self) -> None:
        def build(book: Book) -> None:
            bold = book.add_format({"bold": True})
            sheet = book.add_worksheet("S")
            sheet.write_rich_string("A1", "Hello ", bold, "{{ na", "me }}!", bold, " bye")

        book = fill(template(build), {"name": "Ada"})
        assert book.value("S", "A1") == "Hello Ada! bye"
        item = book.xml("xl/sharedStrings.xml")[0]
        runs = [
            ("b" if r.find(f"{X}rPr/{X}b") is not None else "", r.findtext(X + "t")) for r in item
        ]
        assert ("b", "Ada") in runs

    def test_a_text_too_long_is_cut_and_told(self) -> None:
        compiled = compile_template(one_sheet({"A1": "{{ v }}"}), name="t.xlsx")
        book = Filled(compiled.render({"v": "x" * 40_000}))
        assert len(book.value("S", "A1")) == 32_767
        assert [f.code for f in compiled.findings] == ["cell-cut"]

    def test_the_result_of_a_formula_comes_from_its_tag(self) -> None:
        def build(book: Book) -> None:
            sheet = book.add_worksheet("S")
            sheet.write("A1", "{{ a }}")
            for row, tag in enumerate(("{{ a }}", "{{ t }}", "{{ none }}", "{{ b }}"), 2):
                sheet.write_formula(f"A{row}", "=A1*1", None, tag)
            sheet.write_formula("A6", "=A1*1", None, 99)
            sheet.write_formula("A7", "=B9*1", None, 7)

        book = fill(template(build), {"a": 4, "t": "tx", "none": None, "b": True})
        assert [book.value("S", f"A{n}") for n in range(2, 8)] == [4.0, "tx", "", True, None, 7.0]
        assert {book.formula("S", f"A{n}") for n in range(2, 6)} == {"A1*1"}
        calc = book.book.find(X + "calcPr")
        assert calc is not None
        assert calc.get("fullCalcOnLoad") == "1"

    def test_per_cent_in_a_repeated_formula_stays(self) -> None:
        cells = {
            "A1": "{%tr for r in rows %}{{ r.n }}",
            "B1": '=TEXT(A1*5%,"0.0%")&"%d%%"',
            "C1": "{%tr endfor %}",
        }
        book = fill(one_sheet(cells), {"rows": rows(3)})
        found = [book.formula("S", f"B{n}") for n in (1, 2, 3)]
        assert found == [f'TEXT(A{n}*5%,"0.0%")&"%d%%"' for n in (1, 2, 3)]

    def test_shared_and_array_formulas_are_written_out(self) -> None:
        def build(book: Book) -> None:
            sheet = book.add_worksheet("S")
            sheet.write("A1", "{%tr for r in rows %}{{ r.n }}{%tr endfor %}")
            sheet.write_array_formula("C2:C3", "{=A1:A1*2}")
            sheet.write_formula("B2", "=A2")
            sheet.write_formula("B3", "=A3")

        def share(root: Element) -> None:
            cells = {c.get("r"): c for c in root.iter(X + "c")}
            for ref in ("B2", "B3"):
                formula = cells[ref].find(X + "f")
                assert formula is not None
                formula.set("t", "shared")
                formula.set("si", "0")
                formula.text = "$A$1+A2" if ref == "B2" else None

        data = edited(template(build), "xl/worksheets/sheet1.xml", share)
        book = fill(data, {"rows": rows(3)})
        assert (book.formula("S", "B4"), book.formula("S", "B5")) == (
            "$A$1+A4",
            "$A$1+A5",
        )
        array = book.cell("S", "C4").find(X + "f")  # type: ignore[union-attr]
        assert array is not None
        assert (array.get("ref"), array.text) == ("C4:C5", "A1:A3*2")


def _use_1904(root: Element) -> None:
    properties = root.find(X + "workbookPr")
    assert properties is not None
    properties.set("date1904", "1")


class TestHeights:
    @pytest.mark.parametrize(("fixed", "heights"), [(False, ["24", "66.25"]), (True, ["24", "24"])])
    def test_a_row_without_a_fixed_height_grows(self, fixed: bool, heights: list[str]) -> None:
        def build(book: Book) -> None:
            sheet = book.add_worksheet("S")
            sheet.set_row(0, 24)
            sheet.write(
                "A1",
                "{%tr for t in texts %}{{ t }}{%tr endfor %}",
                book.add_format({"text_wrap": True}),
            )

        def free(root: Element) -> None:
            if not fixed:
                del next(root.iter(X + "row")).attrib["customHeight"]

        data = edited(template(build), "xl/worksheets/sheet1.xml", free)
        book = fill(data, {"texts": ["short", "long words " * 2]})
        assert [row.get("ht") for row in book.all("S", "row")] == heights


class TestRows:
    def test_tag_rows_are_removed(self) -> None:
        data = one_sheet({
            "A1": "head", "A2": "{%tr for r in rows %}", "A3": "{{ r.n }}", "B3": "{{ r.name }}",
            "A4": "{%tr endfor %}", "A5": "=SUM(A3:A3)", "B5": "=SUM(A2:A4)",
        })  # fmt: skip
        book = fill(data, {"rows": rows(3)})
        assert book.column("S", "A", 2, 4) == [1, 2, 3]
        assert (book.formula("S", "A5"), book.formula("S", "B5")) == ("SUM(A2:A4)", "SUM(A2:A4)")

    def test_a_tag_alone_in_its_row_needs_no_letter(self) -> None:
        data = one_sheet({"A1": "{% for r in rows %}", "A2": "{{ r.n }}", "A3": "{% endfor %}"})
        assert fill(data, {"rows": rows(2)}).column("S", "A", 1, 3) == [1, 2, None]

    def test_loops_one_after_the_other(self) -> None:
        data = one_sheet({
            "A1": "{%tr for r in rows %}{{ r.n }}{%tr endfor %}", "A2": "between",
            "A3": "{%tr for r in rows %}", "A4": "{{ r.name }}", "A5": "=A4",
            "A6": "{%tr endfor %}", "A7": "=COUNTA(A1:A4)",
        })  # fmt: skip
        book = fill(data, {"rows": rows(2)})
        assert book.column("S", "A", 1, 6) == [1, 2, "between", "r1", None, "r2"]
        assert [book.formula("S", f"A{n}") for n in (5, 7, 8)] == ["A4", "A6", "COUNTA(A1:A7)"]

    def test_nested_loops(self) -> None:
        data = one_sheet({
            "A1": "{%tr for g in groups %}", "A2": "{{ g.name }}",
            "B3": "{%tr for i in g.items_ %}{{ i }}{%tr endfor %}",
            "A4": "Sum", "B4": "=SUM(B3:B3)", "A5": "{%tr endfor %}", "B6": "=SUM(B3)",
        })  # fmt: skip
        context = {"groups": [{"name": "a", "items_": [1, 2]}, {"name": "b", "items_": [3]}]}
        book = fill(data, context)
        assert book.column("S", "A", 1, 7) == ["a", None, None, "Sum", "b", None, "Sum"]
        assert book.formula("S", "B4") == "SUM(B2:B3)"
        assert book.formula("S", "B7") == "SUM(B6:B6)"
        assert book.formula("S", "B8") == "SUM(B1:B7)"

    @pytest.mark.parametrize(("shown", "total"), [(True, "B1+B2"), (False, "B1+B2")])
    def test_conditions_keep_or_drop_rows(self, shown: bool, total: str) -> None:
        data = one_sheet({
            "A1": "first", "A2": "{%tr if shown %}second{%tr endif %}", "A3": "third",
            "A4": "{%tr if shown %}", "A5": "yes", "A6": "{%tr else %}", "A7": "no",
            "A8": "{%tr endif %}", "A9": "end",
        })  # fmt: skip
        book = fill(data, {"shown": shown})
        expected = ["first", "second", "third", "yes", "end"] if shown else [
            "first", "third", "no", "end", None]  # fmt: skip
        assert book.column("S", "A", 1, 5) == expected

    def test_a_loop_that_keeps_no_row_of_its_own(self) -> None:
        data = one_sheet({
            "A1": "{%tr for r in rows %}", "A2": "{%tr if r.n > 9 %}{{ r.n }}{%tr endif %}",
            "A3": "{%tr endfor %}", "A4": "=SUM(A2:A2)", "A5": "=A4",
        })  # fmt: skip
        book = fill(data, {"rows": rows(3)})
        assert [book.formula("S", f"A{n}") for n in (1, 2, 3)] == ["", "SUM(A1:A1)", "A2"]

    def test_a_row_that_is_referred_to_stays_blank(self) -> None:
        data = one_sheet({"A1": "{%tr if shown %}second{%tr endif %}", "A2": "=A1", "A3": "end"})
        book = fill(data, {"shown": False})
        assert book.column("S", "A", 1, 3) == [None, None, "end"]
        assert book.formula("S", "A2") == "A1"

    def test_side_by_side_loops(self) -> None:
        data = one_sheet({
            "A1": "{%tr for r in rows %}{{ r.n }}", "B1": "{{ r.name }}{%tr endfor %}",
            "C1": "still", "D1": "{%tr for x in xs %}{{ x }}{%tr endfor %}",
            "A2": "=SUM(A1:A1)", "D2": "=SUM(D1:D1)", "B2": "below",
        })  # fmt: skip
        book = fill(data, {"rows": rows(3), "xs": [7, 8]})
        assert book.column("S", "A", 1, 3) == [1, 2, 3]
        assert book.column("S", "C", 1, 3) == ["still", None, None]
        assert book.column("S", "D", 1, 3) == [7, 8, None]
        assert book.value("S", "B4") == "below"
        assert (book.formula("S", "A4"), book.formula("S", "D4")) == ("SUM(A1:A3)", "SUM(D1:D2)")

    def test_a_running_balance_reads_the_row_above(self) -> None:
        data = one_sheet({
            "B1": 100, "A2": "{%tr for r in rows %}{{ r.n }}", "B2": "=B1+A2{%tr endfor %}",
        })  # fmt: skip
        data = one_sheet({
            "B1": 100, "A2": "{%tr for r in rows %}{{ r.n }}", "B2": "=B1+A2",
            "C2": "{%tr endfor %}",
        })  # fmt: skip
        book = fill(data, {"rows": rows(3)})
        assert [book.formula("S", f"B{n}") for n in (2, 3, 4)] == ["B1+A2", "B2+A3", "B3+A4"]


class TestColumns:
    def build(self, book: Book) -> None:
        sheet = book.add_worksheet("S")
        sheet.set_column("C:C", 21)
        sheet.set_column("D:D", 9)
        sheet.write_row("A1", ["Id", "Name", "{%tc for y in years %}{{ y }}{%tc endfor %}", "Sum"])
        sheet.write("A2", "{%tr for r in rows %}{{ r.n }}")
        sheet.write("B2", "{{ r.name }}")
        sheet.write("C2", "{{ r.values_[y] }}")
        sheet.write_formula("D2", "=SUM(C2:C2)")
        sheet.write("E2", "{%tr endfor %}")
        sheet.write_formula("C3", "=SUM(C2:C2)")
        sheet.write("B3", "Total")
        sheet.conditional_format("C2", {"type": "cell", "criteria": ">", "value": 3})

    def test_a_column_repeats_through_every_row(self) -> None:
        context = {
            "years": ["2027", "2028", "2029"],
            "rows": rows(2, values_={"2027": 1, "2028": 2, "2029": 3}),
        }
        book = fill(template(self.build), context)
        assert [book.value("S", f"{c}1") for c in "ABCDEF"] == [
            "Id", "Name", "2027", "2028", "2029", "Sum"]  # fmt: skip
        assert [book.value("S", f"{c}2") for c in "CDE"] == [1, 2, 3]
        assert [book.formula("S", f"F{n}") for n in (2, 3)] == ["SUM(C2:E2)", "SUM(C3:E3)"]
        assert [book.formula("S", f"{c}4") for c in "CDE"] == [
            "SUM(C2:C3)", "SUM(D2:D3)", "SUM(E2:E3)"]  # fmt: skip
        widths = [(c.get("min"), c.get("max"), c.get("width")[:2]) for c in book.all("S", "col")]
        assert widths == [("3", "5", "21"), ("6", "6", "9.")]
        assert book.all("S", "conditionalFormatting")[0].get("sqref") == "C2:E3"

    def test_no_columns_leave_one_blank_for_its_references(self) -> None:
        book = fill(template(self.build), {"years": [], "rows": rows(1, values_={})})
        assert [book.value("S", f"{c}1") for c in "ABCD"] == ["Id", "Name", None, "Sum"]
        assert book.formula("S", "D2") == "SUM(C2:C2)"

    def test_columns_of_a_table_multiply(self) -> None:
        def build(book: Book) -> None:
            sheet = book.add_worksheet("S")
            columns = [
                {"header": "Id"}, {"header": "{%tc for y in years %}{{ y }}{%tc endfor %}"},
                {"header": "Sum"},
            ]  # fmt: skip
            sheet.add_table("A1:C2", {"name": "t", "columns": columns})
            sheet.write("A2", "{%tr for r in rows %}{{ r.n }}")
            sheet.write("B2", "{{ r.n * y }}")
            sheet.write_formula("C2", "=SUM(B2:B2)")
            sheet.write("D2", "{%tr endfor %}")
            sheet.write_formula("E1", "=SUM(t[Sum])")

        book = fill(template(build), {"years": [2, 3], "rows": rows(2)})
        table = book.xml("xl/tables/table1.xml")
        assert table.get("ref") == "A1:D3"
        columns = [(c.get("id"), c.get("name")) for c in table.iter("{*}tableColumn")]
        assert columns == [("1", "Id"), ("2", "2"), ("4", "3"), ("3", "Sum")]
        assert [book.value("S", f"{c}1") for c in "ABCD"] == ["Id", "2", "3", "Sum"]
        assert book.formula("S", "D3") == "SUM(B3:C3)"


class TestSheets:
    def build(self, book: Book) -> None:
        front = book.add_worksheet("Front")
        sheet = book.add_worksheet("{{ u.name }}")
        last = book.add_worksheet("Last")
        sheet.write("A1", "{%sheet for u in units %}Unit {{ u.name }}")
        sheet.write("A3", "{%tr for x in u.xs %}{{ x }}{%tr endfor %}")
        sheet.write_formula("A4", "=SUM('{{ u.name }}'!A3:A3)")
        sheet.add_table("C1:C2", {"name": "tbl", "columns": [{"header": "V"}]})
        sheet.write_formula("E1", "=SUM(tbl[V])")
        sheet.write_comment("A1", "of {{ u.name }}")
        sheet.print_area("A1:B4")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='{{ u.name }}'!$A$3:$A$3"})
        chart.set_title({"name": "Chart of {{ u.name }}"})
        sheet.insert_chart("G1", chart)
        front.write_formula("A1", "='{{ u.name }}'!A4")
        front.write_formula("A2", "=SUM('{{ u.name }}'!A4,1)+COUNT('{{ u.name }}'!A3:A3)")
        last.write("A1", "{%sheet if shown %}last")
        last.activate()

    @pytest.fixture
    def book(self) -> Filled:
        units = [{"name": "North", "xs": [1, 2]}, {"name": "South & co: [x]", "xs": [5]}]
        return fill(template(self.build), {"units": units, "shown": False})

    def test_sheets_repeat_and_vanish(self, book: Filled) -> None:
        assert book.sheet_names == ["Front", "North", "South & co- -x-"]
        assert book.value("North", "A1") == "Unit North"
        assert book.column("North", "A", 3, 4) == [1, 2]
        assert book.formula("Front", "A1") == "North!A5"
        assert book.formula("Front", "A2") == (
            "SUM(North!A5,'South & co- -x-'!A4,1)+COUNT(North!A3:A4,'South & co- -x-'!A3:A3)"
        )
        assert book.formula("North", "A5") == "SUM(North!A3:A4)"
        assert book.formula("South & co- -x-", "A4") == "SUM('South & co- -x-'!A3:A3)"

    def test_each_copy_has_parts_of_its_own(self, book: Filled) -> None:
        tables = [book.xml(book.related(book.part(n), "table")[0]) for n in book.sheet_names[1:]]
        assert [(t.get("id"), t.get("name")) for t in tables] == [("1", "tbl"), ("2", "tbl_2")]
        assert book.formula("South & co- -x-", "E1") == "SUM(tbl_2[V])"
        drawings = [book.related(book.part(n), "drawings/drawing")[0] for n in book.sheet_names[1:]]
        charts = [book.xml(book.related(d, "chart")[0]) for d in drawings]
        assert [next(c.iter("{*}f")).text for c in charts] == [
            "North!$A$3:$A$4", "'South & co- -x-'!$A$3:$A$3"]  # fmt: skip
        titles = ["".join(t.text or "" for t in c.iter("{*}t")) for c in charts]
        assert titles == ["Chart of North", "Chart of South & co: [x]"]

    def test_the_workbook_lists_them(self, book: Filled) -> None:
        areas = [(n.get("localSheetId"), n.text) for n in book.book.iter(X + "definedName")]
        assert areas == [("1", "North!$A$1:$B$5"), ("2", "'South & co- -x-'!$A$1:$B$4")]
        view = next(book.book.iter(X + "workbookView"))
        assert view.get("activeTab") in (None, "0")
        assert "xl/worksheets/sheet3.xml" not in book.names


LABELS = {
    "Risiko": "Risk", "Navn": "Namn", "Verdi": "Värde", "Ja": "Ja!", "Nei": "Nej", "Side": "Sida",
    "Data": "Uppgifter och mera", "Velg": "Välj", "Tittel": "Rubrik", "Høy": "Hög", "Akse": "Axel",
    "Merknad": "Anmärkning", "Sum": "Summa",
}  # fmt: skip
SWEDISH = Localisation("sv-SE", LABELS.get, lambda code: code.replace("dd.mm.yyyy", "yyyy-mm-dd"))


class TestLabels:
    def build(self, book: Book) -> None:
        sheet = book.add_worksheet("Data")
        sheet.set_column("B:B", 12, book.add_format({"num_format": "dd.mm.yyyy"}))
        columns = [
            {"header": "Navn", "total_string": "Sum"},
            {"header": "Verdi", "formula": "=IF([@Navn]=\"Høy\",1,0)", "total_function": "sum"},
            {"header": "{{ h }}"},
        ]  # fmt: skip
        sheet.add_table("A4:C6", {"name": "tbl", "columns": columns, "total_row": True})
        sheet.write("A1", "Risiko")
        sheet.write("A2", "Risiko for {{ h }}")
        sheet.write_formula("E4", '=SUM(tbl[Verdi])+COUNTIF(Data!A5:A5,"Høy")')
        sheet.data_validation("A5", {
            "validate": "list", "source": ["Ja", "Nei"], "input_title": "Velg",
            "input_message": "Velg", "error_title": "Velg", "error_message": "Merknad",
        })  # fmt: skip
        sheet.conditional_format(
            "A5", {"type": "text", "criteria": "containing", "value": "Høy", "format": None}
        )
        sheet.set_header('&L&"Calibri"&9Risiko&RSide &P')
        sheet.set_footer("&C{{ h }}")
        sheet.write_comment("A1", "Merknad", {"author": ""})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Data!$B$5:$B$5", "name": "Verdi"})
        chart.set_title({"name": "Tittel"})
        chart.set_x_axis({"name": "Akse", "num_format": "dd.mm.yyyy"})
        sheet.insert_chart("G1", chart, {"description": "Tittel"})
        sheet.write_url("E6", "internal:Data!A1", string="Navn")
        book.define_name("level", '="Høy"')
        book.define_name("kit", '="{{ h }}"')

    @pytest.fixture
    def book(self) -> Filled:
        return fill(template(self.build), {"h": 'A "q" & b'}, localisation=SWEDISH)

    def test_cells_sheets_and_columns(self, book: Filled) -> None:
        assert book.sheet_names == ["Uppgifter och mera"]
        name = book.sheet_names[0]
        assert book.value(name, "A1") == "Risk"
        assert book.value(name, "A2") == 'Risiko for A "q" & b'
        table = book.xml("xl/tables/table1.xml")
        columns = list(table.iter("{*}tableColumn"))
        assert [c.get("name") for c in columns] == ["Namn", "Värde", 'A "q" & b']
        assert [book.value(name, f"{c}4") for c in "ABC"] == ["Namn", "Värde", 'A "q" & b']
        assert (columns[0].get("totalsRowLabel"), book.value(name, "A6")) == ("Summa", "Summa")
        calculated = table.find(".//{*}calculatedColumnFormula")
        assert calculated is not None
        assert calculated.text == 'IF(tbl[[#This Row],[Namn]]="Hög",1,0)'

    def test_formulas_rules_and_names(self, book: Filled) -> None:
        name = book.sheet_names[0]
        assert book.formula(name, "E4") == (
            "SUM(tbl[Värde])+COUNTIF('Uppgifter och mera'!A5:A5,\"Hög\")"
        )
        rule = book.all(name, "dataValidation")[0]
        assert rule.findtext("{*}formula1") == '"Ja!,Nej"'
        prompts = [rule.get(n) for n in ("promptTitle", "prompt", "errorTitle", "error")]
        assert prompts == ["Välj", "Välj", "Välj", "Anmärkning"]
        shown = book.all(name, "cfRule")[0]
        assert shown.get("text") == "Hög"
        assert '"Hög"' in (shown.findtext("{*}formula") or "")
        assert book.names_of() == {"level": '"Hög"', "kit": '"A ""q"" & b"'}
        link = book.all(name, "hyperlink")[0]
        assert link.get("location") == "'Uppgifter och mera'!A1"

    def test_headers_comments_and_charts(self, book: Filled) -> None:
        name = book.sheet_names[0]
        headers = [e.text for e in book.all(name, "oddHeader") + book.all(name, "oddFooter")]
        assert headers == ['&L&"Calibri"&9Risk&RSida &P', '&CA "q" && b']
        texts = [t.text for t in book.xml("xl/comments1.xml").iter("{*}t")]
        assert texts == ["Anmärkning"]
        chart = book.xml("xl/charts/chart1.xml")
        assert [t.text for t in chart.iter("{*}t")] == ["Rubrik", "Axel"]
        assert next(chart.iter("{*}f")).text == "'Uppgifter och mera'!$B$5:$B$5"
        assert {f.get("formatCode") for f in chart.iter("{*}numFmt")} >= {"yyyy-mm-dd"}
        drawing = book.xml("xl/drawings/drawing1.xml")
        assert next(drawing.iter("{*}cNvPr")).get("descr") == "Rubrik"

    def test_number_formats_and_fonts(self) -> None:
        theme = {"minor_font": "Verdana", "accent1": "112233"}
        book = fill(template(self.build), {"h": "x"}, localisation=SWEDISH, theme=theme)
        styles = book.xml("xl/styles.xml")
        assert [f.get("formatCode") for f in styles.iter("{*}numFmt")] == ["yyyy-mm-dd"]
        fonts = [f for f in styles.iter("{*}font") if f.find("{*}scheme") is not None]
        assert {f.find("{*}name").get("val") for f in fonts} == {"Verdana"}  # type: ignore[union-attr]


class TestTables:
    @pytest.mark.parametrize(("count", "blank_rows"), [(0, 20), (3, 20), (0, 0), (2, 0)])
    def test_filled_and_blank_rows_in_one_table(self, count: int, blank_rows: int) -> None:
        def build(book: Book) -> None:
            sheet = book.add_worksheet("Data")
            columns = [{"header": "Id"}, {"header": "V", "formula": "=[@Id]*2"}]
            sheet.add_table("A4:B6", {"name": "tbl", "columns": columns})
            sheet.write("A5", "{%tr for r in rows %}{{ r.n }}")
            sheet.write("C5", "{%tr endfor %}")
            sheet.write("A6", "{%tr for n in range(blank) %}")
            sheet.write("C6", "{%tr endfor %}")
            sheet.data_validation("A5:A6", {"validate": "integer", "criteria": ">", "value": 0})
            sheet.write("A8", "below")

        book = fill(template(build), {"rows": rows(count), "blank": blank_rows})
        size = max(count + blank_rows, 1)
        table = book.xml("xl/tables/table1.xml")
        assert table.get("ref") == f"A4:B{4 + size}"
        assert book.column("Data", "A", 5, 4 + count) == [n + 1 for n in range(count)]
        formulas = {book.formula("Data", f"B{n}") for n in range(5, 5 + size)}
        assert formulas == {"tbl[[#This Row],[Id]]*2"}
        area = "A5" if size == 1 else f"A5:A{4 + size}"
        assert book.all("Data", "dataValidation")[0].get("sqref") == area
        assert book.value("Data", f"A{6 + size}") == "below"

    def test_equal_headers_are_told_apart(self) -> None:
        def build(book: Book) -> None:
            sheet = book.add_worksheet("S")
            columns = [{"header": "{{ a }}"}, {"header": "{{ b }}"}, {"header": "{{ c }}"}]
            sheet.add_table("A1:C2", {"name": "t", "columns": columns})
            sheet.write_formula("E1", "=SUM(t[{{ b }}])")

        data = edited(template(build), "xl/worksheets/sheet1.xml", _plain_reference)
        book = fill(data, {"a": "Same", "b": "same", "c": 2027})
        table = book.xml("xl/tables/table1.xml")
        names = [c.get("name") for c in table.iter("{*}tableColumn")]
        assert names == ["Same", "same (2)", "2027"]
        assert [book.value("S", f"{c}1") for c in "ABC"] == names


def _plain_reference(root: Element) -> None:
    for formula in root.iter(X + "f"):
        formula.text = "ROWS(t[])"


class TestFaults:
    def test_every_fault_is_told_with_its_place(self) -> None:
        data = one_sheet({
            "A1": "{{ nme }}", "C3": "{% if name %}open",
            "D4": "{{ name", "A6": "{%tr for r in rows %}", "A7": "{{ r.n }}",
        })  # fmt: skip
        faults = found(data, {"name": "x", "rows": []})
        wrong = one_sheet({"B2": "{{ name | uper }}"})
        assert found(wrong, {"name": "x"}) == [("filter-unknown", "t.xlsx > S!B2")]
        assert ("tag-cut-off", "t.xlsx > S!D4") in faults
        assert ("tag-unclosed", "t.xlsx > S!A6") in faults
        assert any(place == "t.xlsx > S!C3" for _, place in faults)

    def test_unknown_names_are_told_once_each(self) -> None:
        data = one_sheet({
            "A1": "{{ nme }}", "A2": "{%tr for r in rows %}{{ r.nam }}{%tr endfor %}",
        })  # fmt: skip
        assert found(data, {"name": "x", "rows": rows(3)}) == [
            ("name-unknown", "t.xlsx > S!A1"), ("name-unknown", "t.xlsx > S!A2"),
        ]  # fmt: skip

    def test_a_sheet_tag_belongs_in_the_first_cell(self) -> None:
        data = one_sheet({"B2": "{%sheet for x in xs %}"})
        assert ("tag-misplaced", "t.xlsx > S!B2") in found(data, {"xs": []})

    def test_data_is_never_read_as_tags(self) -> None:
        data = one_sheet({"A1": "{{ v }}", "A2": "{{ v }} x"})
        book = fill(data, {"v": "{{ 1 // 0 }}{% for %}"})
        assert book.value("S", "A1") == "{{ 1 // 0 }}{% for %}"


def test_two_fills_give_the_same_bytes_and_untouched_parts_stay() -> None:
    data = one_sheet({"A1": "{%tr for r in rows %}{{ r.n }}{%tr endfor %}"})
    compiled = compile_template(data)
    context = {"rows": rows(4)}
    assert (
        compiled.render(context)
        == compiled.render(context)
        == compile_template(data).render(context)
    )
    before, after = Filled(data), Filled(compiled.render(context))
    assert after.archive.read("xl/theme/theme1.xml") == before.archive.read("xl/theme/theme1.xml")


class TestLinksAndPictures:
    def test_addresses_are_filled_for_each_row(self) -> None:
        def build(book: Book) -> None:
            sheet = book.add_worksheet("S")
            sheet.write("A1", "{%tr for r in rows %}{{ r.n }}")
            sheet.write_url("B1", "https://x.no/{{ r.name }}", string="{{ r.name }}")
            sheet.write("C1", "{%tr endfor %}")

        book = fill(template(build), {"rows": [*rows(2), {"n": 3, "name": "a b"}]})
        targets = book.targets(book.part("S"))
        links = [targets[e.get(R_ID, "")] for e in book.all("S", "hyperlink")]
        assert links == ["https://x.no/r1", "https://x.no/r2", "https://x.no/a%20b"]
        assert not any("{" in target or "%7B" in target for target in targets.values())

    @pytest.mark.parametrize("crop", ["fit", "fill"])
    def test_placeholder_pictures_are_replaced(self, crop: str, tmp_path: Path) -> None:
        picture(tmp_path / "a.png", 40, 10)
        picture(tmp_path / "b.png", 10, 40)

        def build(book: Book) -> None:
            sheet = book.add_worksheet("S")
            sheet.write("A2", "{%tr for r in rows %}{{ r.n }}{%tr endfor %}")
            sheet.set_row(1, 60)
            options = {"description": "{{ image(r.file, '" + crop + "') }}", "x_scale": 2}
            picture(tmp_path / "p.png", 20, 20)
            sheet.insert_image("C2", str(tmp_path / "p.png"), options)

        data = [
            {"n": 1, "file": {"path": "a.png", "alt": "A"}},
            {"n": 2, "file": None},
            {"n": 3, "file": {"path": "b.png", "alt": "B"}},
        ]
        compiled = compile_template(template(build))
        book = Filled(compiled.render({"rows": data}, base=tmp_path))
        drawing = book.xml("xl/drawings/drawing1.xml")
        names = [(e.get("id"), e.get("descr")) for e in drawing.iter("{*}cNvPr")]
        assert [alt for _, alt in names] == ["A", "B"]
        assert len({number for number, _ in names}) == 2
        assert [e.text for e in drawing.iter("{*}row")][0] == "1"
        targets = book.targets("xl/drawings/drawing1.xml")
        shown = [targets[b.get(EMBED, "")] for b in drawing.iter("{*}blip")]
        sizes = [int.from_bytes(book.archive.read(name)[16:20], "big") for name in shown]
        assert sizes == [40, 10]

    def test_a_missing_picture_is_left_out_and_told(self, tmp_path: Path) -> None:
        def build(book: Book) -> None:
            picture(tmp_path / "p.png", 20, 20)
            sheet = book.add_worksheet("S")
            sheet.insert_image("C2", str(tmp_path / "p.png"), {"description": "{{ image(logo) }}"})

        compiled = compile_template(template(build), name="t.xlsx")
        book = Filled(compiled.render({"logo": "no.png"}, base=tmp_path))
        assert [f.code for f in compiled.findings] == ["picture-missing"]
        assert not list(book.xml("xl/drawings/drawing1.xml").iter("{*}pic"))

    def test_a_picture_in_a_cell_is_a_fault(self) -> None:
        assert found(one_sheet({"A1": "{{ image(x) }}"}), {"x": "a.png"}) == [
            ("placeholder-not-picture", "t.xlsx > S!A1")
        ]


def picture(path: Path, width: int, height: int) -> None:
    from PIL import Image

    Image.new("RGB", (width, height)).save(path)


def test_a_tag_in_a_part_that_is_not_filled_is_told() -> None:
    data = with_part(one_sheet({"A1": "x"}), "customXml/item1.xml", b"<a>{{ name }}</a>")
    assert found(data, {"name": "x"}) == [("place-unfillable", "t.xlsx")]


class TestPreservation:
    def test_a_workbook_without_tags_stays_as_it_is(self) -> None:
        def build(book: Book) -> None:
            sheet = book.add_worksheet("Data")
            columns = [{"header": "Id"}, {"header": "V", "formula": "=tbl[[#This Row],[Id]]*2"}]
            sheet.add_table("A4:B6", {"name": "tbl", "columns": columns, "data": [[1], [2]]})
            sheet.data_validation("A5:A6", {"validate": "integer", "criteria": ">", "value": 0})
            other = book.add_worksheet("Other")
            other.write_comment("A1", "note")
            other.write_formula("B1", "=SUM(Data!A5:A6)", None, 3)
            chart = book.add_chart({"type": "column"})
            chart.add_series({"values": "=Data!$A$5:$A$6"})
            other.insert_chart("C3", chart)

        data = with_part(template(build), "customXml/item1.xml", b"<a/>")
        before, after = Filled(data), fill(data, {})
        assert before.names == after.names
        changed = [n for n in before.names if before.archive.read(n) != after.archive.read(n)]
        assert set(changed) <= {"xl/workbook.xml", "docProps/core.xml"}

    def test_filling_one_sheet_leaves_the_others(self) -> None:
        def build(book: Book) -> None:
            sheet, steady, reader = (book.add_worksheet(name) for name in ("S", "Steady", "Reader"))
            sheet.write("A1", "{%tr for r in rows %}{{ r.n }}{%tr endfor %}")
            steady.write_row("A1", ["a", "b", 3])
            steady.write_formula("A2", "=C1*2", None, 6)
            reader.write_formula("A1", "=S!A2+Steady!A2", None, 6)

        data = template(build)
        before, after = Filled(data), fill(data, {"rows": rows(3)})
        parts = [f"xl/worksheets/sheet{n}.xml" for n in (1, 2, 3)]
        same = [before.archive.read(n) == after.archive.read(n) for n in parts]
        assert same == [False, True, False]
        assert after.formula("Reader", "A1") == "S!A4+Steady!A2"

    @pytest.mark.parametrize(
        ("suffix", "kind"),
        [("template.main", "sheet.main"), ("sheet.macroEnabled.main", "sheet.macroEnabled.main")],
    )
    def test_templates_become_workbooks(self, suffix: str, kind: str) -> None:
        plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        given = plain.replace("sheet.main", suffix)
        if "macro" in suffix:
            given = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"

        def change(root: Element) -> None:
            for item in root:
                if item.get("ContentType") == plain:
                    item.set("ContentType", given)

        data = edited(one_sheet({"A1": "{{ n }}"}), "[Content_Types].xml", change)
        book = fill(data, {"n": 5})
        kinds = [e.get("ContentType", "") for e in book.xml("[Content_Types].xml")]
        assert any(kind in name for name in kinds)
        assert book.value("S", "A1") == 5

    def test_a_workbook_with_a_prefix_is_read_too(self) -> None:
        data = one_sheet({"A1": "{%tr for r in rows %}{{ r.n }}{%tr endfor %}", "A2": "=SUM(A1)"})
        for part in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"):
            data = rewritten(data, part, prefixed)
        book = fill(data, {"rows": rows(2)})
        assert book.column("S", "A", 1, 2) == [1, 2]
        assert book.formula("S", "A3") == "SUM(A1:A2)"


def prefixed(content: bytes) -> bytes:
    """The XML of a part with x: before every spreadsheet element."""
    root = etree.fromstring(content)
    names = {"x": X[1:-1], "r": R[1:-1]}
    new = etree.Element(root.tag, dict(root.attrib), nsmap=names)
    for child in root:
        new.append(_again(child, new))
    return etree.tostring(new)


def _again(old: Element, inside: Element) -> Element:
    new = etree.SubElement(inside, old.tag, dict(old.attrib))
    new.text = old.text
    for child in old:
        _again(child, new)
    return new


@pytest.mark.parametrize("command", ["colspan 2", "cellbg c", "hm", "vm"])
def test_what_works_in_word_only_is_told_in_its_cell(command: str) -> None:
    with pytest.raises(TemplateError) as error:
        fill(one_sheet({"B2": "{% " + command + " %}b"}), {})
    (found,) = error.value.findings
    assert (found.code, found.place.steps) == ("tag-word-only", (("sheet", "S"), ("at", "B2")))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{%p if x %}{{ x }}{%p endif %}", "X"),
        ("{%tr if x %}{{ x }}{%tr endif %}", "X"),
        ("{%tc if x %}{{ x }}{%tc endif %}", "X"),
        ("{{r x }}", "X"),
        ("{%r if x %}a{%r endif %}", "a"),
        ("{_{ x }_}", "{{ x }}"),
    ],
)
def test_the_letters_of_docxtpl(text: str, shown: str) -> None:
    assert fill(one_sheet({"A1": text}), {"x": "X"}).value("S", "A1") == shown
