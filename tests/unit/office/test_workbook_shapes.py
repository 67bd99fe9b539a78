"""The twenty row checks again, for every way in which rows, columns and sheets repeat.

The loop of ``test_workbook_rows`` stands alone on its sheet. Here it follows another loop, lies
in one, has one beside it, is turned on its side, or its whole sheet repeats. Each check is named,
and holds for no, one, five and a thousand rounds.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import pytest
import xlsxwriter
from test_workbook_rows import COUNTS, PICTURE
from workbook_reading import Filled, fill, template

from toolkit.office.references.areas import letters

Book = xlsxwriter.Workbook
Rows = list[dict[str, Any]]


class Band(NamedTuple):
    """One copy of the checked loop: its rows, and the row of the total under it."""

    first: int
    last: int
    total: int


def kept(count: int) -> int:
    return max(count, 1)


class Shape(NamedTuple):
    """A way to repeat: the loop's row, what else stands on the sheet, the data, the copies."""

    row: int
    source: str
    write: Callable[[Any], None]
    data: Callable[[Rows], dict[str, Any]]
    bands: Callable[[int], list[Band]]


def after(sheet: Any) -> None:
    sheet.write("A2", "{%tr for o in others %}{{ o }}")
    sheet.write_formula("B2", "=A2")
    sheet.write("C2", "{%tr endfor %}")


def within(sheet: Any) -> None:
    sheet.write("A2", "{%tr for g in groups %}")
    sheet.write("A3", "{{ g.name }}")
    sheet.write("A6", "{%tr endfor %}")


def beside(sheet: Any) -> None:
    sheet.write("M5", "{%tr for o in others %}{{ o }}{%tr endfor %}")


def on_a_sheet(sheet: Any) -> None:
    sheet.write("A1", "{%sheet for g in groups %}")


def others(rows: Rows) -> dict[str, Any]:
    return {"rows": rows, "others": [7, 8, 9]}


def groups(rows: Rows) -> dict[str, Any]:
    return {"groups": [{"name": name, "rows": rows} for name in ("g1", "g2")]}


def one(first: int, least: int = 1) -> Callable[[int], list[Band]]:
    """One copy; the total stands under ``least`` rows at least."""
    return lambda n: [Band(first, first + kept(n) - 1, first + max(kept(n), least))]


def two(count: int) -> list[Band]:
    """The name of each group above its rows, the total below."""
    size = kept(count)
    return [Band(3, 2 + size, 3 + size), Band(5 + size, 4 + 2 * size, 5 + 2 * size)]


SHAPES = {
    "after another loop": Shape(5, "rows", after, others, one(7)),
    "within another loop": Shape(4, "g.rows", within, groups, two),
    "beside another loop": Shape(5, "rows", beside, others, one(5, 3)),
    "on a sheet that repeats": Shape(5, "g.rows", on_a_sheet, groups, one(5)),
}


def build(book: Book, shape: Shape) -> None:
    """The loop, its total below, and everything that refers to them or stands below."""
    row = shape.row
    sheet, other = book.add_worksheet("Data"), book.add_worksheet("Other")
    shape.write(sheet)
    sheet.write(f"A{row}", "{%tr for r in " + shape.source + " %}{{ r.id }}")
    sheet.write_url(f"B{row}", "https://example.org/", string="{{ r.name }}")
    sheet.write(f"C{row}", "{{ r.p }}")
    sheet.write(f"D{row}", "{{ r.k }}")
    sheet.write_formula(f"E{row}", f"=C{row}*D{row}", None, "{{ r.p * r.k }}")
    sheet.write_formula(f"F{row}", f"=SUM(E${row}:E{row})")
    sheet.write(f"G{row}", "{%tr endfor %}")
    sheet.set_row(row - 1, 33, None, {"level": 2})
    sheet.write_formula(f"E{row + 1}", f"=SUM(E{row}:E{row})")
    sheet.write_formula("A12", f"=E{row + 1}+B13")
    sheet.write("B13", 1)
    sheet.set_row(12, 44, None, {"level": 1})
    sheet.merge_range("B14:D15", "merged", book.add_format({"border": 1}))
    other.write_formula("A1", f"=Data!E{row + 1}")
    other.write_formula("A2", f"=SUM(Data!E{row}:E{row})")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"=Data!$E${row}:$E${row}"})
    other.insert_chart("C3", chart)
    book.define_name("values", f"=Data!$E${row}:$E${row}")
    book.define_name("total", f"=Data!$E${row + 1}")
    sheet.print_area("A1:G16")
    sheet.data_validation(f"C{row}", {"validate": "list", "source": "=Other!$H$1:$H$5"})
    sheet.data_validation("A13", {"validate": "whole", "criteria": "<", "value": "=B13"})
    sheet.conditional_format(f"E{row}", {"type": "formula", "criteria": f"=$E{row}>3"})
    sheet.conditional_format("A12:A13", {"type": "formula", "criteria": "=A12>B13"})
    sheet.conditional_format(f"D{row}", {"type": "data_bar", "data_bar_2010": True})
    sheet.add_sparkline(f"H{row}", {"range": f"Data!C{row}:E{row}"})
    sheet.write_comment(f"A{row}", "{{ r.name }}!")
    sheet.insert_image("B18", "p.png", {"image_data": io.BytesIO(PICTURE), "description": "p"})


def rows_of(count: int) -> Rows:
    return [{"id": n + 1, "name": f"N{n + 1}", "p": n % 5 + 1, "k": 2} for n in range(count)]


@cache
def filled(name: str, count: int) -> Filled:
    shape = SHAPES[name]
    return fill(template(lambda book: build(book, shape)), shape.data(rows_of(count)))


def area(column: str, band: Band) -> str:
    """The rows of a copy in one column."""
    start = f"{column}{band.first}"
    return start if band.first == band.last else f"{start}:{column}{band.last}"


def areas(column: str, bands: list[Band]) -> str:
    return " ".join(area(column, band) for band in bands)


def seen(name: str, bands: list[Band], *, total: bool = False) -> tuple[int, int]:
    """The rows that a reference from outside means: within a loop, all of that loop."""
    if name.startswith("within"):
        return 2, bands[-1].total
    return (bands[0].total,) * 2 if total else (bands[0].first, bands[0].last)


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("name", SHAPES)
class TestShapes:
    @pytest.fixture
    def book(self, name: str, count: int) -> Filled:
        return filled(name, count)

    @pytest.fixture
    def bands(self, name: str, count: int) -> list[Band]:
        return SHAPES[name].bands(count)

    @pytest.fixture
    def shift(self, bands: list[Band]) -> int:
        """How far what stands below the last total moved."""
        return bands[-1].total - 6

    def test_a_relative_formulas(self, book: Filled, bands: list[Band], count: int) -> None:
        for band in bands:
            rows = range(band.first, band.first + count)
            assert [book.formula("Data", f"E{r}") for r in rows] == [f"C{r}*D{r}" for r in rows]
            running = [book.formula("Data", f"F{r}") for r in rows]
            assert running == [f"SUM(E${band.first}:E{r})" for r in rows]
            results = book.column("Data", "E", band.first, band.first + count - 1)
            assert results == [(n % 5 + 1) * 2 for n in range(count)]

    def test_b_totals_below_grow(self, book: Filled, bands: list[Band]) -> None:
        sums = [book.formula("Data", f"E{band.total}") for band in bands]
        assert sums == [f"SUM(E{band.first}:E{band.last})" for band in bands]

    def test_c_references_below_shift(self, book: Filled, bands: list[Band], shift: int) -> None:
        assert book.formula("Data", f"A{12 + shift}") == f"E{bands[0].total}+B{13 + shift}"

    def test_d_cross_sheet_reference(self, book: Filled, bands: list[Band]) -> None:
        assert book.formula("Other", "A1") == f"Data!E{bands[0].total}"

    def test_e_cross_sheet_range(self, book: Filled, bands: list[Band], name: str) -> None:
        first, last = seen(name, bands)
        ranges = [f"{sheet}!E{first}:E{last}" for sheet in ("Data", "'Data (2)'")]
        assert book.formula("Other", "A2") == (
            f"SUM({','.join(ranges if name.startswith('on') else ranges[:1])})"
        )

    def test_f_chart_ranges(self, book: Filled, bands: list[Band], name: str) -> None:
        first, last = seen(name, bands)
        chart = book.xml("xl/charts/chart1.xml")
        assert [f.text for f in chart.iter("{*}f")] == [f"Data!$E${first}:$E${last}"]
        counts = [c.get("val") for c in chart.iter("{*}ptCount")]
        assert counts == [str(last - first + 1)]

    def test_g_h_names(self, book: Filled, bands: list[Band], name: str) -> None:
        (a, b), (c, d) = seen(name, bands), seen(name, bands, total=True)
        names = book.names_of()
        assert names["values"] == f"Data!$E${a}:$E${b}"
        assert names["total"] == (f"Data!$E${c}" if c == d else f"Data!$E${c}:$E${d}")

    def test_i_print_area(self, book: Filled, shift: int) -> None:
        assert book.names_of()["_xlnm.Print_Area"].endswith(f"!$A$1:$G${16 + shift}")

    def test_j_k_validations(self, book: Filled, bands: list[Band], shift: int) -> None:
        rules = [e.get("sqref") for e in book.all("Data", "dataValidation")]
        assert rules == [areas("C", bands), f"A{13 + shift}"]

    def test_l_n_conditional_formats(self, book: Filled, bands: list[Band], shift: int) -> None:
        rules = [e.get("sqref") for e in book.all("Data", "conditionalFormatting")]
        assert rules[:2] == [areas("E", bands), f"A{12 + shift}:A{13 + shift}"]
        formulas = [e.text for e in book.all("Data", "formula")]
        assert f"A{12 + shift}>B{13 + shift}" in formulas

    def test_m_data_bars_and_sparklines(self, book: Filled, bands: list[Band], name: str) -> None:
        spots = [e.text for e in book.all("Data", "sqref")]
        lines = [r for band in bands for r in range(band.first, band.last + 1)]
        if name.startswith("beside"):
            lines = lines[:1]  # column H lies beside the loop's columns: it stands there once
        assert spots == [areas("D", bands), *(f"H{r}" for r in lines)]

    def test_o_merged_cells_below(self, book: Filled, shift: int) -> None:
        merged = [e.get("ref") for e in book.all("Data", "mergeCell")]
        assert merged == [f"B{14 + shift}:D{15 + shift}"]

    def test_p_comments(self, book: Filled, bands: list[Band], count: int) -> None:
        comments = list(book.xml("xl/comments1.xml").iter("{*}comment"))
        rows = [r for band in bands for r in range(band.first, band.first + count)]
        assert [c.get("ref") for c in comments] == [f"A{r}" for r in rows]
        texts = ["".join(t.text or "" for t in c.iter("{*}t")) for c in comments]
        assert texts == [f"N{n + 1}!" for n in range(count)] * len(bands)
        if count:
            shapes = list(book.xml("xl/drawings/vmlDrawing1.vml").iter("{*}Row"))
            assert [int(item.text or 0) + 1 for item in shapes] == rows

    def test_q_hyperlinks(self, book: Filled, bands: list[Band]) -> None:
        links = [e.get("ref") for e in book.all("Data", "hyperlink")]
        assert links == [f"B{r}" for band in bands for r in range(band.first, band.last + 1)]

    def test_r_image_anchors(self, book: Filled, shift: int) -> None:
        rows = [int(e.text or 0) for e in book.xml("xl/drawings/drawing1.xml").iter("{*}row")]
        assert rows == [17 + shift] * 2

    def test_s_heights_and_levels(self, book: Filled, bands: list[Band], shift: int) -> None:
        rows = {int(e.get("r", "0")): e for e in book.all("Data", "row")}
        lines = [rows[r] for band in bands for r in range(band.first, band.last + 1)]
        assert {(e.get("ht"), e.get("outlineLevel")) for e in lines} == {("33", "2")}
        below = rows[13 + shift]
        assert (below.get("ht"), below.get("outlineLevel")) == ("44.25", "1")

    def test_copies_of_the_sheet(self, book: Filled, name: str, count: int) -> None:
        if not name.startswith("on"):
            assert book.sheet_names == ["Data", "Other"]
            return
        assert book.sheet_names == ["Data", "Data (2)", "Other"]
        rows = [[(c.get("r"), c.findtext("{*}f")) for c in book.all(sheet, "c")]
                for sheet in ("Data", "Data (2)")]  # fmt: skip
        assert rows[0] == rows[1]
        assert book.all("Data (2)", "conditionalFormatting")[0].get("sqref") == areas(
            "E", SHAPES[name].bands(count)
        )


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("name", ["after another loop", "on a sheet that repeats"])
def test_t_tables(name: str, count: int) -> None:
    shape = SHAPES[name]

    def tables(book: Book) -> None:
        sheet = book.add_worksheet("Data")
        shape.write(sheet)
        columns = [
            {"header": "Id"},
            {"header": "V", "formula": "=[@Id]*2", "total_function": "sum"},
        ]
        sheet.add_table("A4:B6", {"name": "tbl", "columns": columns, "total_row": True})
        sheet.write("A5", "{%tr for r in " + shape.source + " %}{{ r.id }}")
        sheet.write("D5", "{%tr endfor %}")

    book = fill(template(tables), shape.data(rows_of(count)))
    band = shape.bands(count)[0]
    found = [book.xml(part) for part in book.names if "/tables/" in part]
    assert [t.get("ref") for t in found] == [f"A{band.first - 1}:B{band.total}"] * len(found)
    assert len({t.get("displayName") for t in found}) == len(found) == len(book.sheet_names)
    for table, sheet in zip(found, book.sheet_names, strict=True):
        name = table.get("displayName")
        formulas = {book.formula(sheet, f"B{r}") for r in range(band.first, band.last + 1)}
        assert formulas == {f"{name}[[#This Row],[Id]]*2"}


def build_columns(book: Book) -> None:
    """The same turned on its side: column C repeats, the total stands to the right of it."""
    sheet, other = book.add_worksheet("Data"), book.add_worksheet("Other")
    sheet.write("C1", "{%tc for r in rows %}{{ r.id }}{%tc endfor %}")
    sheet.write_url("C2", "https://example.org/", string="{{ r.name }}")
    sheet.write("C3", "{{ r.p }}")
    sheet.write("C4", "{{ r.k }}")
    sheet.write_formula("C5", "=C3*C4", None, "{{ r.p * r.k }}")
    sheet.write_formula("C6", "=SUM($C5:C5)")
    sheet.set_column("C:C", 33, None, {"level": 2})
    sheet.set_column("H:H", 44, None, {"level": 1})
    sheet.write_formula("D5", "=SUM(C5:C5)")
    sheet.write_formula("H1", "=D5+I2")
    sheet.write("I2", 1)
    sheet.merge_range("J1:K2", "merged", book.add_format({"border": 1}))
    other.write_formula("A1", "=Data!D5")
    other.write_formula("A2", "=SUM(Data!C5:C5)")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Data!$C$5:$C$5"})
    other.insert_chart("C3", chart)
    book.define_name("values", "=Data!$C$5:$C$5")
    book.define_name("total", "=Data!$D$5")
    sheet.print_area("A1:K7")
    sheet.data_validation("C3", {"validate": "list", "source": "=Other!$H$1:$H$5"})
    sheet.data_validation("H2", {"validate": "whole", "criteria": "<", "value": "=I2"})
    sheet.conditional_format("C5", {"type": "formula", "criteria": "=C$5>3"})
    sheet.conditional_format("H1:H2", {"type": "formula", "criteria": "=H1>I2"})
    sheet.conditional_format("C4", {"type": "data_bar", "data_bar_2010": True})
    sheet.add_sparkline("C8", {"range": "Data!C3:C5"})
    sheet.write_comment("C1", "{{ r.name }}!")
    sheet.insert_image("M2", "p.png", {"image_data": io.BytesIO(PICTURE), "description": "p"})


@cache
def columns(count: int) -> Filled:
    return fill(template(build_columns), {"rows": rows_of(count)})


@pytest.mark.parametrize("count", COUNTS)
class TestColumnChecks:
    @pytest.fixture
    def book(self, count: int) -> Filled:
        return columns(count)

    @pytest.fixture
    def shift(self, count: int) -> int:
        return kept(count) - 1

    def test_a_relative_formulas(self, book: Filled, count: int) -> None:
        found = [letters(3 + n) for n in range(count)]
        assert [book.formula("Data", f"{c}5") for c in found] == [f"{c}3*{c}4" for c in found]
        assert [book.formula("Data", f"{c}6") for c in found] == [f"SUM($C5:{c}5)" for c in found]
        assert [book.value("Data", f"{c}1") for c in found[:9]] == [n + 1 for n in range(count)][:9]

    def test_b_c_totals_and_references(self, book: Filled, shift: int) -> None:
        last, total = letters(3 + shift), letters(4 + shift)
        assert book.formula("Data", f"{total}5") == f"SUM(C5:{last}5)"
        assert book.formula("Data", f"{letters(8 + shift)}1") == f"{total}5+{letters(9 + shift)}2"

    def test_d_e_other_sheets(self, book: Filled, shift: int) -> None:
        assert book.formula("Other", "A1") == f"Data!{letters(4 + shift)}5"
        assert book.formula("Other", "A2") == f"SUM(Data!C5:{letters(3 + shift)}5)"

    def test_f_charts(self, book: Filled, shift: int, count: int) -> None:
        chart = book.xml("xl/charts/chart1.xml")
        assert [f.text for f in chart.iter("{*}f")] == [f"Data!$C$5:${letters(3 + shift)}$5"]
        points = [v.text for v in chart.iter("{*}v")]
        assert points == [str((n % 5 + 1) * 2) for n in range(count)]

    def test_g_h_i_names_and_print_area(self, book: Filled, shift: int) -> None:
        assert book.names_of() == {
            "values": f"Data!$C$5:${letters(3 + shift)}$5",
            "total": f"Data!${letters(4 + shift)}$5",
            "_xlnm.Print_Area": f"Data!$A$1:${letters(11 + shift)}$7",
        }

    def test_j_k_validations(self, book: Filled, shift: int) -> None:
        rules = [e.get("sqref") for e in book.all("Data", "dataValidation")]
        own = "C3" if not shift else f"C3:{letters(3 + shift)}3"
        assert rules == [own, f"{letters(8 + shift)}2"]

    def test_l_m_n_rules(self, book: Filled, shift: int) -> None:
        last, right = letters(3 + shift), letters(8 + shift)
        rules = [e.get("sqref") for e in book.all("Data", "conditionalFormatting")]
        assert rules[:2] == ["C5" if not shift else f"C5:{last}5", f"{right}1:{right}2"]
        spots = [e.text for e in book.all("Data", "sqref")]
        assert spots[0] == ("C4" if not shift else f"C4:{last}4")
        assert spots[1:] == [f"{letters(3 + n)}8" for n in range(shift + 1)]

    def test_o_merged_cells(self, book: Filled, shift: int) -> None:
        merged = [e.get("ref") for e in book.all("Data", "mergeCell")]
        assert merged == [f"{letters(10 + shift)}1:{letters(11 + shift)}2"]

    def test_p_comments(self, book: Filled, count: int) -> None:
        comments = list(book.xml("xl/comments1.xml").iter("{*}comment"))
        assert [c.get("ref") for c in comments] == [f"{letters(3 + n)}1" for n in range(count)]
        texts = ["".join(t.text or "" for t in c.iter("{*}t")) for c in comments]
        assert texts == [f"N{n + 1}!" for n in range(count)]

    def test_q_hyperlinks(self, book: Filled, shift: int) -> None:
        links = [e.get("ref") for e in book.all("Data", "hyperlink")]
        assert links == [f"{letters(3 + n)}2" for n in range(shift + 1)]

    def test_r_image_anchors(self, book: Filled, shift: int) -> None:
        found = [int(e.text or 0) for e in book.xml("xl/drawings/drawing1.xml").iter("{*}col")]
        assert found == [12 + shift] * 2

    def test_s_widths_and_levels(self, book: Filled, shift: int) -> None:
        found = [(int(c.get("min", "0")), int(c.get("max", "0")), c.get("outlineLevel"))
                 for c in book.all("Data", "col")]  # fmt: skip
        assert found == [(3, 3 + shift, "2"), (8 + shift, 8 + shift, "1")]
