"""The stakeholder matrix: interest across, influence up, one bubble a stakeholder.

In: the section ``s.matrix`` of a book with the sheet ``s.stakeholders``. Out: a native bubble chart
over helper rows of formulas, so that it follows what staff change, and under it the meetings held
per level and phase. Bubbles in one square stand 0.24 apart (SPEC 4.2: jitter of 0.12 each way);
whoever lacks interest or influence stands outside the axes, never as an error value.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.author.workbook import charts, heat, page
from toolkit.author.workbook.book import Sheet
from toolkit.author.workbook.bubbles import Bubbles, Canvas
from toolkit.author.workbook.formula import Columns
from toolkit.author.workbook.look import theme
from toolkit.author.workbook.table import heading
from toolkit.document import Section
from toolkit.language import option_keys

WIDTHS = (30, *[17] * 6, 12, 14)
CHART_ROW, CHART_SIZE = 2, (1180, 660)
HEAT_ROW = 36
HELPER_ROW = 48
OUTSIDE = -10
SYMBOLS = ("▼▼", "▼", "●", "▲", "▲▲")
COLORS = (("accent3", 0), ("accent3", 2), ("lt1", 3), ("accent2", 2), ("accent2", 0))
CORNERS = (
    *(("engage", 4.95, 4.82), ("inform", 4.95, 0.18)),
    *(("satisfy", 0.05, 4.82), ("monitor", 0.05, 0.18)),
)
LARGEST = 170  # sizes are drawn against this unseen bubble, so that a degree of 4 stays small
ID, NUMBER, LABEL, INTEREST, INFLUENCE, SIZE, ATTITUDE, X, Y, SERIES = range(10)
END = SERIES + len(SYMBOLS)
BLANK_ROWS = 20


def draw(sheet: Sheet, section: Section) -> None:
    """The whole sheet, on one A3 page; the helper rows stand under it, unprinted."""
    heading(sheet, section)
    sheet.widths(*WIDTHS)
    for name in ("level4", "attitude", "quadrant"):
        sheet.book.use_list(name)
    helper = Helper(sheet, sheet.book.table("stakeholders"))
    helper.draw()
    _chart(sheet, helper)
    last = heat.draw(sheet, HEAT_ROW, heat.Heat("anchor_log", "org_level", "phase", "f_phase"))
    page.one_page(sheet)
    sheet.page.print_area(0, 0, last, len(WIDTHS) - 1)


@dataclass(frozen=True)
class Helper:
    """The rows behind the chart: a fixed part for corners and scale, then one a stakeholder."""

    sheet: Sheet
    list: Columns

    @property
    def first(self) -> int:
        """The row that repeats over the stakeholders; the next one is for new ones."""
        return HELPER_ROW + 4 + len(CORNERS)

    def range(self, column: int) -> str:
        """A column over all stakeholders."""
        return self.sheet.at(self.first, column, self.first + 1)

    def draw(self) -> None:
        """Headings, corners, scale and the two rows that repeat."""
        self.sheet.label(HELPER_ROW, 0, "ui.chart_data", "intro")
        for number, symbol in enumerate(SYMBOLS):
            name = f'="{symbol} "&INDEX(lst_attitude,{number + 1})'
            tag = f"{symbol} {{{{ lists.attitude[{number}] }}}}"
            self._formula(HELPER_ROW + 1, SERIES + number, name, tag)
        for row, (key, x, y) in enumerate(CORNERS, HELPER_ROW + 2):
            position = option_keys("quadrant").index(key)
            tag = f"{{{{ lists.quadrant[{position}] }}}}"
            self._formula(row, LABEL, f"=INDEX(lst_quadrant,{position + 1})", tag)
            self._numbers(row, {SIZE: 0.01, X: x, Y: y})
        self._numbers(self.first - 2, {SIZE: LARGEST, X: OUTSIDE, Y: OUTSIDE})
        self._nobody(self.first - 1)
        self._row(self.first, "r in tables.stakeholders", "{{ r.id }}", FILLED)
        self._row(self.first + 1, f"n in range({BLANK_ROWS})", "", EMPTY)

    def _nobody(self, row: int) -> None:
        """What the chart says in its middle as long as nobody has a place in it."""
        self._numbers(row, {SIZE: 0.01, X: 2.5, Y: 3.1})
        placed = f'COUNTIF({self.range(X).split("!")[1]},">0")'
        formula = f'=IF({placed}=0,{self.sheet.book.use_word("ui.no_stakeholders")},"")'
        both = "selectattr('interest') | selectattr('influence')"
        tag = f"{{{{ '' if tables.stakeholders | {both} | list else t('ui.no_stakeholders') }}}}"
        self._formula(row, LABEL, formula, tag)

    def _row(self, row: int, loop: str, first: str, caches: dict[int, str]) -> None:
        self.sheet.write(row, ID, f"{{%tr for {loop} %}}{first}", "code")
        self.sheet.write(row, NUMBER, caches[NUMBER], "code")
        for column, formula in self._formulas(row).items():
            self._formula(row, column, formula, caches[column])
        self.sheet.write(row, END, "{%tr endfor %}", "code")

    def _formulas(self, row: int) -> dict[int, str]:
        cell = {column: self.sheet.cell(row, column) for column in range(END)}
        own = {LABEL: self._label(cell)}
        for column, key, name, missing in (
            (INTEREST, "f.interest", "level4", OUTSIDE),
            (INFLUENCE, "f.influence", "level4", OUTSIDE),
            (SIZE, "f.affected_degree", "level4", 1),
            (ATTITUDE, "f.attitude_now", "attitude", 3),
        ):
            found = f"MATCH({self._value(key, cell)},lst_{name},0)"
            own[column] = f"=IFERROR({found},{missing})"
        known = f"AND({cell[INTEREST]}>0,{cell[INFLUENCE]}>0)"
        own[X] = f"=IF({known},{cell[INTEREST]},{OUTSIDE})"
        own[Y] = f"=IF({known},{cell[INFLUENCE]}+{self._spread(cell)},{OUTSIDE})"
        for number in range(len(SYMBOLS)):
            mine = f"{cell[ATTITUDE]}={number + 1}"
            own[SERIES + number] = f"=IF({mine},{cell[Y]},{OUTSIDE})"
        return own

    def _value(self, key: str, cell: dict[int, str]) -> str:
        return f"INDEX({self.list.whole(key)},{cell[NUMBER]})"

    def _label(self, cell: dict[int, str]) -> str:
        name = self._value("f.stakeholder", cell)
        symbols = ",".join(f'"{symbol}"' for symbol in SYMBOLS)
        text = f'IF({name}="","",{name}&" "&CHOOSE({cell[ATTITUDE]},{symbols}))'
        return f'=IFERROR({text},"")'

    def _spread(self, cell: dict[int, str]) -> str:
        """How far up or down a bubble stands from the middle of its square."""
        across, up, order = (
            self.range(column).split("!")[1] for column in (INTEREST, INFLUENCE, NUMBER)
        )
        same = f"({across}={cell[INTEREST]})*({up}={cell[INFLUENCE]})"
        count = f"SUMPRODUCT({same})"
        before = f"SUMPRODUCT({same}*({order}<{cell[NUMBER]}))"
        return f"({before}-({count}-1)/2)*MIN(0.24,0.9/{count})"

    def _formula(self, row: int, column: int, formula: str, tag: str) -> None:
        self.sheet.page.write_formula(row, column, formula, self.sheet.book.look("code"), tag)

    def _numbers(self, row: int, numbers: dict[int, float]) -> None:
        for column, number in numbers.items():
            self.sheet.page.write_number(row, column, number, self.sheet.book.look("code"))


def _code(name: str, options: str, missing: int) -> str:
    known = f"lists.{options}.index(r.{name}) + 1 if r.{name} in lists.{options}"
    return f"({known} else {missing})"


def _caches() -> dict[int, str]:
    """What the formulas answer for a stakeholder, for programs that do not calculate."""
    across, up = (_code(name, "level4", OUTSIDE) for name in ("interest", "influence"))
    attitude = _code("attitude_now", "attitude", 3)
    same = "selectattr('interest', 'equalto', r.interest)"
    same += " | selectattr('influence', 'equalto', r.influence) | list | length"
    count, before = (
        f"(tables.stakeholders | {same})",
        f"(tables.stakeholders[:loop.index0] | {same})",
    )
    spread = f"({before} - ({count} - 1) / 2) * [0.24, 0.9 / {count}] | min"
    known = f"({across}) > 0 and ({up}) > 0"
    y = f"({up} + {spread} if {known} else {OUTSIDE})"
    symbols = "[" + ", ".join(f"'{symbol}'" for symbol in SYMBOLS) + "]"
    label = f"r.name ~ ' ' ~ {symbols}[{attitude} - 1] if r.name else ''"
    values = {
        **{NUMBER: "loop.index", LABEL: label, INTEREST: across, INFLUENCE: up},
        **{SIZE: _code("affected_degree", "level4", 1), ATTITUDE: attitude},
        **{X: f"{across} if {known} else {OUTSIDE}", Y: y},
    }
    for number in range(len(SYMBOLS)):
        values[SERIES + number] = f"{y} if {attitude} == {number + 1} else {OUTSIDE}"
    return {column: f"{{{{ {value} }}}}" for column, value in values.items()}


def _empty() -> dict[int, str]:
    number = "{{ (tables.stakeholders | length) + n + 1 }}"
    own = dict.fromkeys((INTEREST, INFLUENCE, X, Y, *range(SERIES, END)), f"{{{{ {OUTSIDE} }}}}")
    return own | {NUMBER: number, LABEL: "{{ '' }}", SIZE: "{{ 1 }}", ATTITUDE: "{{ 3 }}"}


FILLED, EMPTY = _caches(), _empty()


def _chart(sheet: Sheet, helper: Helper) -> None:
    made = charts.chart(sheet, "scatter", "ui.stakeholder_chart")
    canvas = Canvas(sheet, made)
    for number, (slot, shade) in enumerate(COLORS):
        name = sheet.at(HELPER_ROW + 1, SERIES + number)
        look = {
            "fill": {"color": theme(slot, shade)},
            "border": {"color": theme("accent5"), "width": 0.5},
        }
        bubbles = Bubbles(helper.range(SIZE))
        canvas.add(
            helper.range(X), helper.range(SERIES + number), bubbles, name=f"={name}", marker=look
        )
    shown = Bubbles(helper.range(SIZE), helper.range(LABEL), points=80, points_of_text=9)
    canvas.add(helper.range(X), helper.range(Y), shown)
    top = HELPER_ROW + 2
    for start, position in ((top, "left"), (top + 2, "right")):
        x, y, size, label = (sheet.at(start, c, start + 1) for c in (X, Y, SIZE, LABEL))
        canvas.add(x, y, Bubbles(size, label, position, points=2, points_of_text=13, bold=True))
    for row, label in (
        (helper.first - 2, ""),
        (helper.first - 1, sheet.at(helper.first - 1, LABEL)),
    ):
        x, y, size = (sheet.at(row, c) for c in (X, Y, SIZE))
        canvas.add(x, y, Bubbles(size, label, "center", points=1, points_of_text=14))
    canvas.finish(hidden=range(len(COLORS), len(COLORS) + 5))
    steps = {"min": 0, "max": 5, "major_unit": 1, "crossing": 2.5, "label_position": "low"}
    steps["num_format"] = '[=0]"";[>4]"";0'
    made.set_x_axis(charts.axis(sheet, "ui.axis_interest", **steps))
    made.set_y_axis(charts.axis(sheet, "ui.axis_influence", **steps))
    engaged = "tables.stakeholders | selectattr('quadrant', 'equalto', lists.quadrant[0])"
    names = f"{{{{ {engaged} | map(attribute='name') | join(', ') }}}}"
    alt = f"{sheet.book.tag('ui.stakeholder_chart')}. {{{{ lists.quadrant[0] }}}}: {names}"
    charts.place(sheet, made, (CHART_ROW, 0), CHART_SIZE, alt)
