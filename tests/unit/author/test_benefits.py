"""The benefits workbook as a template: what its sheets hold and what their formulas reach."""

import io

import openpyxl
import pytest

from toolkit.author.workbook import build
from toolkit.author.workbook.net_lines import LINES
from toolkit.document import load_document, shipped_templates
from toolkit.language import Labels, option_keys

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
DOCUMENT = load_document(shipped_templates() / "xlsx" / "benefits.yaml")
TREND = ("better", "same", "worse")


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(build(DOCUMENT, Labels.load("nb"))))


def cells(page):
    return {cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.value}


def column(page, key):
    (found,) = [cell.column_letter for cell in page[3] if key in str(cell.value)]
    return found


def test_every_sheet_of_the_specification_is_there(book):
    labels = Labels.load("nb")
    wanted = ["benefit_map", "benefit_chain", "benefit_calc", "costs", "net"]
    wanted += ["benefit_plan", "measurements", "follow_up", "lists"]
    assert [labels.t(f"s.{key}") for key in wanted] == book.sheetnames[1:-1]
    assert book["Lister"].sheet_state == "hidden"


def test_sums_stand_over_the_headings_and_follow_the_table(book):
    page = book["Beregning"]
    hours = column(page, "f.annual_hours")
    assert page[f"{hours}2"].value == "=SUM(tbl_benefit_calc[Timer per år])"
    assert page[f"{hours}2"].number_format == "#,##0"
    label = page.cell(2, openpyxl.utils.column_index_from_string(hours) - 1)
    assert "ui.total" in label.value or label.value == "Sum"


def test_costs_have_a_column_a_year_and_a_sum_over_each(book):
    page = book["Kostnader"]
    key = "{%tc for c in tables.years %}f.amount:{{ c.id }}{%tc endfor %}"
    letter = column(page, "f.amount")
    assert page[f"{letter}3"].value == key
    assert page[f"{letter}4"].value == "{{ c.title }}"
    assert page[f"{letter}5"].value == "{{ r.amount[c.id] }}"
    assert page[f"{letter}2"].value == "=SUM(tbl_costs[{{ c.title }}])"


def test_money_shows_its_currency_and_small_prices_their_decimals(book):
    page = book["Beregning"]
    assert page[f"{column(page, 'f.value_low')}5"].number_format == '#,##0 "kr"'
    price = page[f"{column(page, 'f.saving_per_unit')}5"].number_format
    assert price == '[<100]#,##0.00 "kr";#,##0 "kr"'
    english = Labels.load("en").number_format(price, "EUR")
    assert english == '[<100]"€"#,##0.00;"€"#,##0'


def test_a_units_copy_has_a_note_with_the_projects_totals(book):
    page = book["Beregning"]
    letter = column(page, "f.note")
    assert page[f"{letter}3"].value.startswith("{%tc for c in tables.unit_notes %}")
    assert page[f"{letter}5"].value == "{{ r.notes[c.id] }}"


def test_the_net_table_has_a_line_for_every_figure_of_the_rulings(book):
    page = book["Netto gevinst"]
    keys = [page[f"A{row}"].value for row in range(5, 5 + len(LINES))]
    assert keys[:6] == [
        *("f.ramp_up", "f.gross_benefit", "f.gross_budget"),
        *("f.one_time_cost", "f.hump_cost", "f.recurring_cost"),
    ]
    assert keys[6:10] == ["f.net_benefit", "f.cumulative", "f.budget_net", "f.budget_cumulative"]
    assert [key.split("}")[-1] for key in keys[10:]] == [
        *("f.discounted_net", "f.discounted_cumulative"),
    ]
    assert all("view.net.discounted" in key for key in keys[10:])


def test_only_the_share_of_full_effect_is_written_in_the_net_table(book):
    page = book["Netto gevinst"]
    years = [page[f"D{row}"].value for row in range(5, 5 + len(LINES))]
    assert years[0] == "{{ c.ramp_up }}"
    assert all(str(value).startswith("=") for value in years[1:])


def test_what_is_the_projects_own_is_blank_in_a_units_copy(book):
    page = book["Netto gevinst"]
    assert page["D6"].value.startswith('=IF(veikart_unit_id="",')
    assert not page["D8"].value.startswith("=IF(veikart_unit_id")


def test_the_net_chart_stacks_five_kinds_and_draws_the_cumulative_line(book):
    (made,) = book["Netto gevinst"]._charts
    assert made.grouping == "stacked"
    assert len(made.series) == 5
    assert made.series[3].spPr.pattFill is not None  # hump costs are hatched
    assert made.series[3].dLbls.showVal


def test_the_workings_of_a_sheet_are_hidden_columns(book):
    page = book["Målinger"]
    for key in ("f.plan_row", "f.day_no", "f.period_no", "f.units_reported", "f.period_value"):
        letter = column(page, key)
        owners = [d for d in page.column_dimensions.values() if d.hidden]
        index = openpyxl.utils.column_index_from_string(letter)
        assert any(own.min <= index <= own.max for own in owners), key


def test_benefits_are_told_apart_by_equality_never_by_pattern(book):
    """A name such as ``=1+1`` or ``Hva?`` is a criterion to COUNTIFS and a pattern to MATCH."""
    for page in (book["Målinger"], book["Gevinstoppfølging"], book["Beregning"]):
        for formula in map(str, cells(page).values()):
            assert "COUNTIFS(tbl_measurements[Gevinst]" not in formula
            assert "MATCH(tbl_measurements[[#This Row],[Gevinst]]" not in formula


def test_the_rating_wears_a_symbol_and_keeps_its_word(book):
    page = book["Gevinstoppfølging"]
    rules = [rule for found in page.conditional_formatting for rule in found.rules]
    shown = {rule.dxf.numFmt.formatCode for rule in rules if rule.dxf and rule.dxf.numFmt}
    assert {f'"{symbol}  "@' for symbol in "★●◆■○"} <= shown


def test_the_benefit_map_is_drawn_under_its_table(book):
    page = book["Gevinstkart"]
    found = [cell.row for cell in page["B"] if cell.value == "Fra muliggjører til delmål"]
    assert found
    assert found[0] > 6
    boxes = [page.cell(found[0] + 2, n).value for n in range(2, 6)]
    assert all(box.startswith("=IF($A") for box in boxes)


@pytest.mark.parametrize("language", ["nb", "da", "sv", "fi", "en"])
def test_a_trend_is_a_symbol_and_a_word(language):
    assert option_keys("trend") == TREND
    for _, label in Labels.load(language).options("trend"):
        assert label[0] in "▲►▼"
        assert label[1] == " "
        assert len(label) > 3
