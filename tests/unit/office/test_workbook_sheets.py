"""Sheets that a loop repeats: what refers to them from rows, columns and other repeated sheets."""

from __future__ import annotations

from typing import Any

import pytest
import xlsxwriter
from workbook_reading import fill, template

Book = xlsxwriter.Workbook
UNITS = [
    {"name": "A & B", "rows": [1, 2]},
    {"name": "It's", "rows": []},
    {"name": "It's", "rows": [4]},
]
NAMES = ["'A & B'", "'It''s'", "'It''s (2)'"]


def build(book: Book) -> None:
    """A sheet for each unit with a total, a second one for each that looks at it, and a list."""
    unit = book.add_worksheet("{{ u.name }}")
    view, total = book.add_worksheet("V {{ u.name }}"), book.add_worksheet("Sum")
    unit.write("A1", "{%sheet for u in units %}")
    unit.write("B3", "{%tr for r in u.rows %}{{ r }}{%tr endfor %}")
    unit.write_formula("B4", "=SUM(B3:B3)")
    unit.add_table("E1:E2", {"name": "tab", "columns": [{"header": "k"}]})
    unit.write_url("A6", "internal:'{{ u.name }}'!B4", string="total")
    view.write("A1", "{%sheet for  u in units %}")
    view.write_formula("B1", "='{{ u.name }}'!B4+SUM('{{ u.name }}'!B3)+ROWS(tab)")
    chart = book.add_chart({"type": "pie"})
    chart.add_series({"values": "='{{ u.name }}'!$B$3:$B$3"})
    view.insert_chart("D1", chart)
    total.write("A1", "{%tr for u in units %}{{ u.name }}")
    total.write_formula("B1", "='{{ u.name }}'!B4*2+SUM('{{ u.name }}'!$B$3:$B$3)")
    total.write("C1", "{%tr endfor %}")
    total.write("A3", "{%tc for u in units %}{{ u.name }}{%tc endfor %}")
    total.write_formula("A4", "='{{ u.name }}'!B4")
    total.write_formula("B6", "=SUM('{{ u.name }}'!B4)")
    total.write_formula("B7", "='{{ u.name }}'!B4")


def filled(units: list[dict[str, Any]]) -> Any:
    return fill(template(build), {"units": units})


def test_rows_and_columns_over_the_same_things_mean_their_own_sheet() -> None:
    book = filled(UNITS)
    last, total = [4, 3, 3], [5, 4, 4]
    assert [book.formula("Sum", f"D{row}") for row in (1, 2, 3)] == [
        f"{name}!B{t}*2+SUM({name}!$B$3:$B${n})" for name, t, n in zip(NAMES, total, last,
                                                                      strict=True)
    ]  # fmt: skip
    found = [book.formula("Sum", f"{column}6") for column in "ABC"]
    assert found == [f"{name}!B{t}" for name, t in zip(NAMES, total, strict=True)]


def test_a_sheet_over_the_same_things_means_its_own_counterpart() -> None:
    book = filled(UNITS)
    views = ["V A & B", "V It's", "V It's (2)"]
    assert [book.formula(view, "B1") for view in views] == [
        "'A & B'!B5+SUM('A & B'!B3:B4)+ROWS(tab)",
        "'It''s'!B4+SUM('It''s'!B3)+ROWS(tab_2)",
        "'It''s (2)'!B4+SUM('It''s (2)'!B3)+ROWS(tab_3)",
    ]
    charts = sorted(name for name in book.names if name.startswith("xl/charts/chart"))
    drawn = [[f.text for f in book.xml(chart).iter("{*}f")] for chart in charts]
    assert drawn == [["'A & B'!$B$3:$B$4"], ["'It''s'!$B$3:$B$3"], ["'It''s (2)'!$B$3:$B$3"]]


def test_from_elsewhere_an_aggregate_takes_all_sheets_and_a_value_the_first() -> None:
    book = filled(UNITS)
    assert book.formula("Sum", "D8") == "SUM('A & B'!B5,'It''s'!B4,'It''s (2)'!B4)"
    assert book.formula("Sum", "D9") == "'A & B'!B5"


def test_a_sum_over_no_sheets_is_nothing() -> None:
    found = [cell.text for cell in filled([]).all("Sum", "f")]
    assert "SUM(0)" in found


def test_links_to_a_repeated_sheet_follow_its_name_and_its_cells() -> None:
    book = filled(UNITS)
    links = [book.all(name, "hyperlink")[0] for name in ("A & B", "It's", "It's (2)")]
    assert [(link.get("ref"), link.get("location")) for link in links] == [
        ("A7", "'A & B'!B5"),
        ("A6", "'It''s'!B4"),
        ("A6", "'It''s (2)'!B4"),
    ]


@pytest.mark.parametrize("who", ["O", "Other one"])
def test_a_sheet_name_that_only_tags_give_is_filled(who: str) -> None:
    def named(book: Book) -> None:
        sheet = book.add_worksheet("S")
        sheet.write_formula("B1", "='{{ who }}'!A1*2")
        sheet.write_url("B3", "internal:'{{ who }}'!A1", string="there")
        book.add_worksheet(who)

    book = fill(template(named), {"who": who})
    assert book.formula("S", "B1") == f"'{who}'!A1*2"
    assert book.all("S", "hyperlink")[0].get("location") == f"'{who}'!A1"
