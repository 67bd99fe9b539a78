"""The twenty checks: a template row becomes N rows, and everything that refers to it follows."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from workbook_reading import Element, Filled, fill, template

COUNTS = (0, 1, 5, 1000)
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def build(book: xlsxwriter.Workbook) -> None:
    """Row 5 repeats; a total in row 6; other things in rows 8 to 12; a second sheet looks on."""
    sheet, other = book.add_worksheet("Data"), book.add_worksheet("Other")
    sheet.write_row("A4", ["Id", "Name", "P", "K", "Value", "Running"])
    sheet.write("A5", "{%tr for r in rows %}{{ r.id }}")
    sheet.write_url("B5", "https://example.org/", string="{{ r.name }}")
    sheet.write("C5", "{{ r.p }}")
    sheet.write("D5", "{{ r.k }}")
    sheet.write_formula("E5", "=C5*D5", None, "{{ r.p * r.k }}")
    sheet.write_formula("F5", "=SUM(E$5:E5)")
    sheet.write("G5", "{%tr endfor %}")
    sheet.set_row(4, 33, None, {"level": 2})
    sheet.write("A6", "Total")
    sheet.write_formula("E6", "=SUM(E5:E5)")
    sheet.write_formula("D6", "=SUM(D4:D5)")
    sheet.write_formula("A8", "=E6+B9")
    sheet.merge_range("B9:D10", 7, book.add_format({"border": 1}))
    sheet.write_formula("A9", "=E5")
    sheet.set_row(9, 44, None, {"level": 1})
    other.write_formula("A1", "=Data!E6*2")
    other.write_formula("A2", "=SUM(Data!E5:E5)")
    other.write_formula("A3", "=SUM(Data!$E$4:$E$6)")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Data!$E$5:$E$5", "categories": "=Data!$B$5:$B$5"})
    other.insert_chart("C3", chart)
    book.define_name("values", "=Data!$E$5:$E$5")
    book.define_name("total", "=Data!$E$6")
    sheet.print_area("A1:G8")
    sheet.repeat_rows(0, 3)
    sheet.data_validation("C5", {"validate": "list", "source": "=Other!$E$1:$E$5"})
    sheet.data_validation("A9", {"validate": "whole", "criteria": "<", "value": "=E6"})
    sheet.conditional_format("E5", {"type": "formula", "criteria": "=$E5>$E$6"})
    sheet.conditional_format("A8:A9", {"type": "formula", "criteria": "=A8>E6"})
    sheet.conditional_format("D5", {"type": "data_bar", "data_bar_2010": True})
    sheet.add_sparkline("H5", {"range": "Data!C5:E5"})
    sheet.write_comment("A5", "{{ r.name }}!")
    sheet.write_comment("A8", "below")
    sheet.insert_image("B12", "p.png", {"image_data": io.BytesIO(PICTURE), "description": "p"})
    sheet.set_h_pagebreaks([6])
    sheet.ignore_errors({"number_stored_as_text": "A5:A6"})
    sheet.unprotect_range("C5:D5", "input")
    sheet.protect()
    sheet.autofilter("A4:F5")


def build_table(book: xlsxwriter.Workbook) -> None:
    """A table of one template row with a calculated column and totals, and what uses it."""
    sheet = book.add_worksheet("Data")
    sheet.write("A4", "x")
    columns = [
        {"header": "Id", "total_string": "Sum"},
        {"header": "P"},
        {"header": "K"},
        {"header": "V", "formula": "=[@P]*[@K]", "total_function": "sum"},
    ]
    sheet.add_table(
        "A4:D6", {"name": "tbl", "columns": columns, "total_row": True, "data": [["", "", "", ""]]}
    )
    sheet.write("A5", "{%tr for r in rows %}{{ r.id }}")
    sheet.write("B5", "{{ r.p }}")
    sheet.write("C5", "{{ r.k }}{%tr endfor %}")
    sheet.write_formula("F4", "=SUM(tbl[V])")


@cache
def filled(count: int, kind: str = "plain") -> Filled:
    data = template(build if kind == "plain" else build_table)
    rows = [{"id": n + 1, "name": f"N{n + 1}", "p": n % 5 + 1, "k": 2} for n in range(count)]
    return fill(data, {"rows": rows})


def kept(count: int) -> int:
    """How many rows the loop gives: one blank row stays where nothing came, for its references."""
    return max(count, 1)


def attribute(found: Filled, local: str, name: str, sheet: str = "Data") -> list[str]:
    return [e.get(name, "") for e in found.all(sheet, local)]


def rule_on(found: Filled, column: str) -> Element:
    rules = found.all("Data", "conditionalFormatting")
    return next(rule for rule in rules if rule.get("sqref", "").startswith(column))


@pytest.mark.parametrize("count", COUNTS)
class TestRowChecks:
    def test_a_relative_formula_in_the_row(self, count: int) -> None:
        book = filled(count)
        formulas = [book.formula("Data", f"E{row}") for row in range(5, 5 + count)]
        assert formulas == [f"C{row}*D{row}" for row in range(5, 5 + count)]
        running = [book.formula("Data", f"F{row}") for row in range(5, 5 + count)]
        assert running == [f"SUM(E$5:E{row})" for row in range(5, 5 + count)]
        assert book.column("Data", "E", 5, 4 + count) == [(n % 5 + 1) * 2 for n in range(count)]

    def test_b_total_below_grows(self, count: int) -> None:
        last, total = 4 + kept(count), 5 + kept(count)
        assert filled(count).formula("Data", f"E{total}") == f"SUM(E5:E{last})"
        assert filled(count).formula("Data", f"D{total}") == f"SUM(D4:D{last})"

    def test_c_references_below_shift(self, count: int) -> None:
        shift = kept(count) - 1
        book = filled(count)
        assert book.formula("Data", f"A{8 + shift}") == f"E{6 + shift}+B{9 + shift}"
        assert book.formula("Data", f"A{9 + shift}") == "E5"

    def test_d_cross_sheet_reference(self, count: int) -> None:
        assert filled(count).formula("Other", "A1") == f"Data!E{5 + kept(count)}*2"

    def test_e_cross_sheet_range(self, count: int) -> None:
        assert filled(count).formula("Other", "A2") == f"SUM(Data!E5:E{4 + kept(count)})"
        assert filled(count).formula("Other", "A3") == f"SUM(Data!$E$4:$E${5 + kept(count)})"

    def test_f_chart_ranges_and_caches(self, count: int) -> None:
        book = filled(count)
        chart = book.xml("xl/charts/chart1.xml")
        formulas = [f.text for f in chart.iter("{*}f")]
        last = 4 + kept(count)
        assert formulas == [f"Data!$B$5:$B${last}", f"Data!$E$5:$E${last}"]
        points = [
            [v.text for v in cache.iter("{*}v")]
            for cache in chart.iter("{*}strCache", "{*}numCache")
        ]
        assert points == [
            [f"N{n + 1}" for n in range(count)],
            [str((n % 5 + 1) * 2) for n in range(count)],
        ]
        counts = {c.get("val") for c in chart.iter("{*}ptCount")}
        assert counts == {str(kept(count))}

    def test_g_named_range_grows(self, count: int) -> None:
        assert filled(count).names_of()["values"] == f"Data!$E$5:$E${4 + kept(count)}"

    def test_h_name_at_the_total(self, count: int) -> None:
        assert filled(count).names_of()["total"] == f"Data!$E${5 + kept(count)}"

    def test_i_print_area_and_titles(self, count: int) -> None:
        names = filled(count).names_of()
        assert names["_xlnm.Print_Area"] == f"Data!$A$1:$G${7 + kept(count)}"
        assert names["_xlnm.Print_Titles"] == "Data!$1:$4"

    def test_j_validation_on_the_rows(self, count: int) -> None:
        last = 4 + kept(count)
        expected = "C5" if last == 5 else f"C5:C{last}"
        assert attribute(filled(count), "dataValidation", "sqref")[0] == expected

    def test_k_validation_below(self, count: int) -> None:
        shift = kept(count) - 1
        rule = filled(count).all("Data", "dataValidation")[1]
        assert rule.get("sqref") == f"A{9 + shift}"
        assert rule.findtext("{*}formula1") == f"E{6 + shift}"

    def test_l_conditional_format_on_the_rows(self, count: int) -> None:
        rule = rule_on(filled(count), "E")
        last = 4 + kept(count)
        assert rule.get("sqref") == ("E5" if last == 5 else f"E5:E{last}")
        assert rule.findtext("{*}cfRule/{*}formula") == f"$E5>$E${last + 1}"

    def test_n_conditional_format_below(self, count: int) -> None:
        shift = kept(count) - 1
        rule = rule_on(filled(count), "A")
        assert rule.get("sqref") == f"A{8 + shift}:A{9 + shift}"
        assert rule.findtext("{*}cfRule/{*}formula") == f"A{8 + shift}>E{6 + shift}"

    def test_m_data_bars_and_sparklines(self, count: int) -> None:
        book, last = filled(count), 4 + kept(count)
        spots = [e.text for e in book.all("Data", "sqref")]
        assert spots[0] == ("D5" if last == 5 else f"D5:D{last}")
        lines = book.all("Data", "sparkline")
        assert [e.findtext("{*}sqref") for e in lines] == [f"H{r}" for r in range(5, last + 1)]
        assert [e.findtext("{*}f") for e in lines] == [
            f"Data!C{r}:E{r}" for r in range(5, last + 1)
        ]

    def test_o_merged_cells_below(self, count: int) -> None:
        shift = kept(count) - 1
        assert attribute(filled(count), "mergeCell", "ref") == [f"B{9 + shift}:D{10 + shift}"]

    def test_p_comments_and_their_shapes(self, count: int) -> None:
        book, last = filled(count), 4 + kept(count)
        comments = list(book.xml("xl/comments1.xml").iter("{*}comment"))
        refs = [f"A{row}" for row in range(5, 5 + count)] + [f"A{last + 3}"]
        assert [c.get("ref") for c in comments] == refs
        texts = ["".join(t.text or "" for t in c.iter("{*}t")) for c in comments]
        assert texts == [f"N{n + 1}!" for n in range(count)] + ["below"]
        shapes = list(book.xml("xl/drawings/vmlDrawing1.vml").iter("{*}shape"))
        assert [f"A{int(s.findtext('.//{*}Row') or 0) + 1}" for s in shapes] == refs
        assert len({s.get("id") for s in shapes}) == len(shapes)

    def test_q_hyperlinks(self, count: int) -> None:
        links = filled(count).all("Data", "hyperlink")
        assert [e.get("ref") for e in links] == [f"B{r}" for r in range(5, 5 + kept(count))]

    def test_r_image_anchors(self, count: int) -> None:
        drawing = filled(count).xml("xl/drawings/drawing1.xml")
        rows = [int(e.text or 0) for e in drawing.iter("{*}row")]
        shift = kept(count) - 1
        assert rows == [11 + shift, 11 + shift]

    def test_s_heights_and_outline_levels(self, count: int) -> None:
        book, last = filled(count), 4 + kept(count)
        rows = {int(e.get("r", "0")): e for e in book.all("Data", "row")}
        assert {rows[r].get("ht") for r in range(5, last + 1)} == {"33"}
        assert {rows[r].get("outlineLevel") for r in range(5, last + 1)} == {"2"}
        assert (rows[last + 5].get("ht"), rows[last + 5].get("outlineLevel")) == ("44.25", "1")

    def test_t_table(self, count: int) -> None:
        book, last = filled(count, "table"), 4 + kept(count)
        table = book.xml("xl/tables/table1.xml")
        assert table.get("ref") == f"A4:D{last + 1}"
        assert table.find("{*}autoFilter").get("ref") == f"A4:D{last}"  # type: ignore[union-attr]
        columns = [c.get("name") for c in table.iter("{*}tableColumn")]
        assert columns == ["Id", "P", "K", "V"]
        formulas = [book.formula("Data", f"D{r}") for r in range(5, last + 1)]
        assert formulas == ["tbl[[#This Row],[P]]*tbl[[#This Row],[K]]"] * kept(count)
        assert book.formula("Data", f"D{last + 1}") == "SUBTOTAL(109,[V])".replace("[V]", "tbl[V]")
        assert book.formula("Data", "F4") == "SUM(tbl[V])"

    def test_u_breaks_protection_and_errors(self, count: int) -> None:
        book, last = filled(count), 4 + kept(count)
        assert attribute(book, "brk", "id") == [str(last + 1)]
        assert attribute(book, "ignoredError", "sqref") == [f"A5:A{last + 1}"]
        assert attribute(book, "protectedRange", "sqref") == [f"C5:D{last}"]
        assert attribute(book, "autoFilter", "ref") == [f"A4:F{last}"]
        assert book.names_of()["_xlnm._FilterDatabase"] == f"Data!$A$4:$F${last}"

    @pytest.mark.filterwarnings("ignore:.*extension is not supported")
    @pytest.mark.parametrize("kind", ["plain", "table"])
    def test_other_readers_open_it(self, count: int, kind: str, tmp_path: Path) -> None:
        import openpyxl

        path = tmp_path / "out.xlsx"
        path.write_bytes(filled(count, kind).data)
        opened: Any = openpyxl.load_workbook(path)
        assert opened.sheetnames == filled(count, kind).sheet_names
        rows = python_calamine.load_workbook(str(path)).get_sheet_by_name("Data").to_python()
        assert [row[0] for row in rows if isinstance(row[0], float)][:count] == [
            float(n + 1) for n in range(count)
        ]
