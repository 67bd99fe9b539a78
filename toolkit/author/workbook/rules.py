"""What a cell accepts and how it warns: data validation and conditional formats.

In: the fields of a table and the cells of its columns. Out: rules on the sheet. A validation only
warns, so that nobody is ever blocked (SPEC 2.4); its words are labels, swapped at fill.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from toolkit.author.workbook.book import FIRST_ROW, KEY_ROW, Sheet
from toolkit.author.workbook.formula import Columns, condition, lists_used, option
from toolkit.author.workbook.look import BOX, MISSING, PREFILLED, theme
from toolkit.field import Field, FieldType, Origin

Area = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0

LEVEL_LISTS = {
    "risk_level": {name: name for name in ("green", "yellow", "orange", "red")},
    "traffic": {"reached": "green"} | {name: name for name in ("green", "yellow", "red", "grey")},
}
SYMBOLS = {"reached": "★", "green": "●", "yellow": "◆", "red": "■", "grey": "○"}
DONE = ("done", "not_relevant")
REFERENCES = {"unit": "units"}  # ``unit`` is the list of units of measure

_LISTED = (FieldType.CHOICE, FieldType.REF, FieldType.HUKI)
_DAY = {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)}
_WHOLE = {"validate": "integer", "criteria": "between", "minimum": -(10**9), "maximum": 10**12}
_DECIMAL = _WHOLE | {"validate": "decimal"}
_TESTS: dict[FieldType, dict[str, Any]] = {
    FieldType.DATE: _DAY,
    FieldType.INT: _WHOLE,
    FieldType.NUMBER: _DECIMAL,
    FieldType.PERCENT: _DECIMAL,
    FieldType.SHARE: _DECIMAL,
    FieldType.MONEY: _DECIMAL,
}
_WORDS = {
    FieldType.DATE: ("ui.write_date", "ui.not_a_date"),
    FieldType.MULTI: ("ui.write_several", ""),
    **dict.fromkeys(_LISTED, ("ui.pick_from_list", "ui.not_in_list")),
}
_NUMBER_WORDS = ("ui.write_number", "ui.not_a_number")


def validate(sheet: Sheet, area: Area, field: Field) -> None:
    """Drop-down, date or number test with a prompt, for a column people write in."""
    if field.origin in (Origin.COMPUTED, Origin.SYSTEM) or field.type == FieldType.ID:
        return
    rule = _test(sheet, field) | _words(sheet, field)
    if len(rule) > 1:
        sheet.page.data_validation(*area, rule)


def _test(sheet: Sheet, field: Field) -> dict[str, Any]:
    if field.type in _LISTED:
        name = sheet.book.use_list(field.choices or REFERENCES.get(field.ref, field.ref))
        return {"validate": "list", "source": f"={name}", "error_type": "warning"}
    if field.type in _TESTS:
        return _TESTS[field.type] | {"error_type": "warning"}
    return {"validate": "any"}


def _words(sheet: Sheet, field: Field) -> dict[str, str]:
    default = _NUMBER_WORDS if field.type in _TESTS else _text_words(field)
    prompt, error = _WORDS.get(field.type, default)
    keys = {"input_message": field.help or prompt, "error_message": error}
    return {place: sheet.book.text(key) for place, key in keys.items() if key}


def _text_words(field: Field) -> tuple[str, str]:
    return ("" if field.origin == Origin.PREFILLED else "ui.write_text", "")


def mark(sheet: Sheet, area: Area, field: Field, columns: Columns) -> None:
    """Levels in colour, deadlines passed, and what a row that is begun still lacks."""
    if field.choices in LEVEL_LISTS:
        _levels(sheet, area, field.choices)
    if field.field == "f.deadline" and "f.status" in columns.fields:
        _overdue(sheet, area, columns)
    if field.required and field.origin != Origin.COMPUTED:
        _missing(sheet, area)


def check(sheet: Sheet, area: Area, text: str, columns: Columns) -> None:
    """A dashed frame where a condition of the sheet's ``checks`` holds."""
    for name in lists_used(text):
        sheet.book.use_list(name)
    rule = condition(text, columns, area[0], sheet.book.table)
    _when(sheet, area, rule, _frame(sheet))


def _frame(sheet: Sheet) -> Any:
    edge = {"border": 4, "border_color": theme("accent3")}
    return sheet.book.look.rule(bg_color=f"#{MISSING}", **edge)


def contested(sheet: Sheet, last_row: int, columns: Columns) -> None:
    """Colours where copies contradict each other or differ widely, in every column.

    ``f.marks`` of a row lists the keys of its contested columns, ``!`` before those that
    contradict, ``^`` before the others; the hidden row over the headings holds every column's key.
    """
    marks = f"${sheet.cell(FIRST_ROW, columns.positions['f.marks'])}"
    area = (FIRST_ROW, 1, last_row, columns.positions["f.marks"])
    key = sheet.cell(KEY_ROW, 1).replace(f"{KEY_ROW + 1}", f"${KEY_ROW + 1}")
    for sign, level in (("!", "orange"), ("^", "yellow")):
        found = f'=ISNUMBER(FIND("|{sign}"&{key}&"|",{marks}))'
        _when(sheet, area, found, sheet.book.look.level(level))


def known(sheet: Sheet, area: Area) -> None:
    """The box of a prefilled fact, where there is one."""
    look = sheet.book.look.rule(**BOX, bg_color=f"#{PREFILLED}")
    _when(sheet, area, f'={sheet.cell(area[0], area[1])}<>""', look)


def _levels(sheet: Sheet, area: Area, name: str) -> None:
    sheet.book.use_list(name)
    cell = sheet.cell(area[0], area[1])
    symbols = SYMBOLS if name == "traffic" else {}
    for key, color in LEVEL_LISTS[name].items():
        look = sheet.book.look.level(color, symbols.get(key, ""))
        _when(sheet, area, f"={cell}={option(name, key)}", look)


def _overdue(sheet: Sheet, area: Area, columns: Columns) -> None:
    day, status = (sheet.cell(area[0], c) for c in (area[1], columns.positions["f.status"]))
    open_ = ",".join(f"${status}<>{option('status', key)}" for key in DONE)
    look = sheet.book.look.rule(bold=True, font_color=theme("dk2"), num_format='dd.mm.yyyy" ■"')
    _when(sheet, area, f'=AND({day}<>"",{day}<TODAY(),{open_})', look)


def _missing(sheet: Sheet, area: Area) -> None:
    first = area[0]
    named, cell = sheet.cell(first, 1), sheet.cell(first, area[1])
    begun = f'${named}<>""' if area[1] != 1 else f'$A{first + 1}<>""'
    _when(sheet, area, f'=AND({begun},{cell}="")', _frame(sheet))


def _when(sheet: Sheet, area: Area, formula: str, look: Any) -> None:
    sheet.page.conditional_format(*area, {"type": "formula", "criteria": formula, "format": look})
