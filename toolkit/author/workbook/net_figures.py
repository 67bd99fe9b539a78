"""Key figures of the net sheet, and its chart or the note that stands in its place.

In: the sheet with its table. Out: hours first, then money, then the year the money is back, and a
chart. The year is the first one from which the cumulative value, discounted where a rate is
given, stays at or above zero (ruling 4).
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.author.workbook import net_chart
from toolkit.author.workbook.book import FIRST_ROW, Sheet
from toolkit.author.workbook.net_lines import DISCOUNTED, FIGURES, LINES, RATE_ROW, formula
from toolkit.author.workbook.rules import validate
from toolkit.author.workbook.summed import total
from toolkit.field import Field, FieldType, Origin

CODE, NAME, VALUE, YEAR = range(4)
HEIGHT = 24
HOURS = Field(field="f.annual_hours", type=FieldType.NUMBER)
WORTH = Field(field="f.value_adjusted", type=FieldType.MONEY)
RATE = Field(field="f.discount_rate", type=FieldType.SHARE, origin=Origin.EDITABLE)
VALUED = "(tables.benefit_calc | map(attribute='value_adjusted') | reject('none') | list)"
SPENT = " + ".join(
    f"(tables.years | sum(attribute='{name}'))"
    for name in ("one_time_cost", "hump_cost", "recurring_cost")
)
KNOWN = f"({VALUED} or {SPENT})"
LAST_YEAR = "VALUE(INDEX(net_years,COLUMNS(net_years)))"


def draw(sheet: Sheet) -> int:
    """The figures and the chart; returns the last row that prints."""
    sheet.page.set_row(FIGURES, 32)
    sheet.label(FIGURES, NAME, "ui.key_figures", "heading")
    for row, figure in enumerate(_figures(sheet), FIGURES + 1):
        figure.draw(sheet, row)
    validate(sheet, (RATE_ROW, VALUE, RATE_ROW, VALUE), RATE)
    return _picture(sheet, RATE_ROW + 2)


@dataclass(frozen=True)
class Figure:
    """A name, a formula (none where people write) with its tag, looks, and when it is shown."""

    key: str
    formula: str
    tag: str
    styles: tuple[str, ...]
    when: str = ""

    def draw(self, sheet: Sheet, row: int) -> None:
        """The figure on its row."""
        sheet.page.set_row(row, HEIGHT)
        start, end = (f"{{%tr if {self.when} %}}", "{%tr endif %}") if self.when else ("", "")
        sheet.write(row, CODE, f"{start}{self.key}", "code")
        sheet.label(row, NAME, self.key, "cell", "indented", "middle")
        look = sheet.book.look("cell", "right", "middle", *self.styles)
        if self.formula:
            sheet.page.write_formula(row, VALUE, self.formula, look, self.tag)
        else:
            sheet.page.write_string(row, VALUE, self.tag, look)
        if end:
            sheet.write(row, YEAR + 1, end)


def _figures(sheet: Sheet) -> tuple[Figure, ...]:
    calc = sheet.book.table("benefit_calc")
    hours, worth = (f"=SUM({calc.whole(field.field)})" for field in (HOURS, WORTH))
    line = next(n for n, own in enumerate(LINES, FIRST_ROW) if own.name == "discounted_cumulative")
    discounted = f"$D{line + 1}:$D{line + 1}"
    end = "{{ '' if copy.unit else (tables.years | last).cumulative }}"
    year = ("C", "back")
    return (
        Figure("ui.hours_freed", hours, total("benefit_calc", HOURS), ("C", "whole")),
        Figure("ui.full_effect", worth, total("benefit_calc", WORTH), ("C", "money")),
        Figure("ui.cumulative_end", formula("SUM(net_benefits)", own=True), end, ("C", "money")),
        Figure("f.break_even", _back(sheet, "net_cumulative"), BACK, year, f"not {DISCOUNTED}"),
        Figure("f.break_even", _back(sheet, discounted), BACK, year, DISCOUNTED),
        Figure("f.discount_rate", "", "{{ economy.discount_rate }}", ("P/F", "rate"), DISCOUNTED),
    )


def _back(sheet: Sheet, cumulative: str) -> str:
    """The year after the last one below zero; a word where there is none, or nothing to count."""
    text = {key: f'"{sheet.book.text(f"ui.{key}")}"' for key in ("from_start", "not_in_horizon")}
    nothing = f'"{sheet.book.text("ui.no_figures")}"'
    values = sheet.book.table("benefit_calc").whole("f.value_adjusted")
    first, last = (
        next(n for n, own in enumerate(LINES, FIRST_ROW + 1) if own.name == name)
        for name in ("one_time_cost", "recurring_cost")
    )
    unknown = f"AND(COUNT({values})=0,SUM($C${first}:$C${last})=0)"
    below = f"SUMPRODUCT(MAX(({cumulative}<0)*VALUE(net_years)))"
    later = f"IF({below}={LAST_YEAR},{text['not_in_horizon']},{below}+1)"
    back = f"IF({below}=0,{text['from_start']},{later})"
    return formula(f"IF({unknown},{nothing},{back})", own=True)


BACK = (
    "{{ '' if copy.unit else t('ui.no_figures') if not " + KNOWN + " else view.net.break_even"
    " if view.net.break_even_text == view.net.break_even | string else view.net.break_even_text }}"
)


def _picture(sheet: Sheet, top: int) -> int:
    """The chart where there is something to show, else a note; returns the last row."""
    shown = f"not copy.unit and {KNOWN}"
    sheet.write(top, CODE, f"{{%tr if {shown} %}}")
    last = net_chart.draw(sheet, top + 1)
    sheet.write(last + 1, CODE, "{%tr endif %}")
    note = "{{ t('ui.net_in_project') if copy.unit else t('ui.no_figures') }}"
    sheet.write(last + 2, CODE, f"{{%tr if not ({shown}) %}}")
    sheet.write(last + 2, NAME, note, "intro")
    sheet.write(last + 2, YEAR + 1, "{%tr endif %}")
    net_chart.numbers(sheet, net_chart.numbers_row(top + 1))
    return last + 2
