"""The lines of the net table and what each is worth in a year (specification 4.3, rulings 1-4).

In: where the lines stand. Out: Excel formulas that follow the calculation and the costs. A cost
without a kind counts as one-time. Costs are told apart by year through the heading of their
column, so that columns may be moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.author.workbook.book import FIRST_ROW, Sheet
from toolkit.author.workbook.formula import option

YEAR_CELL = "D$4"
DISCOUNTED = "view.net.discounted"
FIRST_YEAR = "VALUE(INDEX(net_years,1))"


@dataclass(frozen=True)
class Line:
    """One line: its field, its formula, its looks, and whether its years add up.

    In ``formula`` ``{gross_benefit}`` is that line in the same year. ``own`` lines are the
    project's alone, a ``part`` is of the line above; ``when`` is the condition that keeps a line.
    """

    key: str
    formula: str = ""
    styles: tuple[str, ...] = ()
    sums: bool = True
    own: bool = True
    part: bool = False
    when: str = ""

    @property
    def name(self) -> str:
        """Its name in a year of the context."""
        return self.key.removeprefix("f.")

    def tag(self, value: str) -> str:
        """The tag of a value, blank where the value is the project's and the copy a unit's."""
        return f"{{{{ '' if copy.unit else {value} }}}}" if self.own else f"{{{{ {value} }}}}"


COSTS = "{one_time_cost}-{hump_cost}-{recurring_cost}"
RUNNING = f"SUMPRODUCT(--(net_years<={YEAR_CELL}),"
LINES = (
    Line("f.ramp_up", sums=False, own=False),
    Line("f.gross_benefit", "{gross}*{ramp_up}", ("bold",)),
    Line("f.gross_budget", "{budget}*{ramp_up}", part=True),
    Line("f.one_time_cost", "SUM({year})-{hump_cost}-{recurring_cost}", own=False),
    Line("f.hump_cost", "SUMIFS({year},{kind},{hump})", own=False),
    Line("f.recurring_cost", "SUMIFS({year},{kind},{recurring})", own=False),
    Line("f.net_benefit", "{gross_benefit}-" + COSTS, ("bold", "result")),
    Line("f.cumulative", RUNNING + "net_benefits)", ("bold",), sums=False),
    Line("f.budget_net", "{gross_budget}-" + COSTS, ("result",)),
    Line("f.budget_cumulative", RUNNING + "net_budget)", sums=False),
    Line(
        "f.discounted_net",
        f"{{net_benefit}}/(1+{{rate}})^(VALUE({YEAR_CELL})-{FIRST_YEAR})",
        ("result",),
        when=DISCOUNTED,
    ),
    Line(
        "f.discounted_cumulative",
        f"{RUNNING}net_benefits/(1+{{rate}})^(VALUE(net_years)-{FIRST_YEAR}))",
        sums=False,
        when=DISCOUNTED,
    ),
)

FIGURES = FIRST_ROW + len(LINES) + 1  # the row of the key figures' title
RATE_ROW = FIGURES + 6


@dataclass(frozen=True)
class Places:
    """Where the lines stand, and how formulas reach the other sheets."""

    sheet: Sheet
    rows: Mapping[str, int]

    def formula(self, line: Line) -> str:
        """The formula of a line with every place filled in."""
        own = {key.removeprefix("f."): f"D{row + 1}" for key, row in self.rows.items()}
        return formula(line.formula.format_map(self._outside() | own), own=line.own)

    def _outside(self) -> dict[str, str]:
        book = self.sheet.book
        book.use_list("cost_kind")
        costs, calc = book.table("costs"), book.table("benefit_calc")
        amounts = costs.whole("f.amount")
        titles = costs.headings_of("f.amount")
        return {
            "gross": f"SUM({calc.whole('f.value_adjusted')})",
            "budget": f"SUM({calc.whole('f.budget_value')})",
            "year": f"INDEX({amounts},0,MATCH({YEAR_CELL},{titles},0))",
            "kind": costs.whole("f.cost_kind"),
            "hump": option("cost_kind", "hump"),
            "recurring": option("cost_kind", "recurring"),
            "rate": f"$C${RATE_ROW + 1}",
        }


def formula(expression: str, *, own: bool) -> str:
    """A guarded formula; ``own`` leaves it blank in a unit's copy."""
    sure = f'IFERROR({expression},"")'
    return f'=IF(veikart_unit_id="",{sure},"")' if own else f"={sure}"
