"""A data sheet: title, intro, hidden field keys, one table (SPEC 2.4).

In: a section with columns. Out: the sheet with its ListObject ``tbl_<sheet>``: a row that repeats
over ``tables.<sheet>``, then a row that repeats for the empty rows. Option ``hide_id`` hides the
column of ids, where they mean nothing to people; ``checks`` (field -> condition in the language of
``formula``) frames the cells of a column that go against the method; ``row_height`` is the least
height of a row in points; ``styles`` (field -> names) adds to how a column looks; ``portrait``
prints the sheet upright. Columns of origin S are the sheet's workings and stay hidden.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.author.workbook import page
from toolkit.author.workbook.book import (
    FIRST_ROW,
    HEADING_ROW,
    INTRO_ROW,
    KEY_ROW,
    TITLE_ROW,
    Sheet,
    fields_of,
)
from toolkit.author.workbook.columns import blank_styles, header_styles, styles, width
from toolkit.author.workbook.formula import Columns, excel, lists_used, waits
from toolkit.author.workbook.rules import check, contested, mark, validate
from toolkit.document import Section
from toolkit.field import Field, Origin

HEADING_HEIGHT = 48
INTRO_HEIGHT = 24  # where it may take several lines
ROW_HEIGHT, BLANK_HEIGHT = 24, 15


def draw(sheet: Sheet, section: Section) -> None:
    """The whole sheet."""
    table = Table(sheet, section, sheet.book.table(sheet.short))
    across = sum(width(field) for field in table.fields if not table.hides(field))
    heading(sheet, section, narrow=across > page.TOO_WIDE)
    table.frame()
    for row in range(FIRST_ROW, table.last_row + 1):
        sheet.least_height(row, table.height(row))
    if "f.marks" in table.columns.fields:
        contested(sheet, table.last_row, table.columns)
    for field in table.fields:
        table.column(field)
    sheet.page.freeze_panes(FIRST_ROW, 2)
    sheet.page.repeat_rows(HEADING_ROW)
    page.set_up(sheet, across, portrait=bool(section.options.get("portrait")))


def heading(sheet: Sheet, section: Section, *, narrow: bool = False) -> None:
    """Title and intro above what the sheet holds.

    ``narrow``: both stand over the column of names, which is printed on every page: a longer line
    would be cut where the page ends.
    """
    first = max(page.NAMING) if narrow else int(bool(section.options.get("hide_id")))
    sheet.heights({TITLE_ROW: 34, INTRO_ROW: 24})
    sheet.label(TITLE_ROW, first, section.title or sheet.key, "title")
    intro = section.intro or f"di.{sheet.book.document.doc.removeprefix('d.')}"
    sheet.label(INTRO_ROW, first, intro, "intro", *(("wrapped",) * narrow))
    if narrow:
        sheet.least_height(INTRO_ROW, INTRO_HEIGHT)


@dataclass(frozen=True)
class Table:
    """The table of one data sheet."""

    sheet: Sheet
    section: Section
    columns: Columns

    @property
    def fields(self) -> tuple[Field, ...]:
        """All columns, the id and the comment with them."""
        return fields_of(self.section.columns)

    @property
    def last_row(self) -> int:
        """The last row of the table in the template."""
        loops = bool(self.section.rows) + bool(self.section.blank_rows)
        return FIRST_ROW + max(loops, 1) - 1

    def height(self, row: int) -> float:
        """The least height of a row of the template; empty rows are low, so that more print."""
        if self.section.blank_rows and row == self.last_row:
            return BLANK_HEIGHT
        return float(self.section.options.get("row_height", ROW_HEIGHT))

    def frame(self) -> None:
        """The ListObject, its headings and the hidden row of keys."""
        own = [self._described(field) for field in self.fields]
        area = (HEADING_ROW, 0, self.last_row, len(own) - 1)
        self.sheet.page.add_table(
            *area,
            {
                **{"name": self.columns.table, "columns": own, "style": None},
                "autofilter": len(own) > 5,
            },
        )
        self.sheet.page.set_row(KEY_ROW, None, None, {"hidden": True})
        self.sheet.page.set_row(HEADING_ROW, HEADING_HEIGHT)

    def column(self, field: Field) -> None:
        """One column: width, key, cells and rules."""
        index = self.columns.positions[field.field]
        hidden = {"hidden": self.hides(field)}
        self.sheet.page.set_column(index, index, width(field), None, hidden)
        self.sheet.write(KEY_ROW, index, _key(field), "code")
        for row, (loop, text, look) in enumerate(self._rows(field), FIRST_ROW):
            self._value(row, field, self._looped(loop, field, text), look)
        area = (FIRST_ROW, index, self.last_row, index)
        validate(self.sheet, area, field)
        mark(self.sheet, area, field, self.columns)
        if wrong := self.section.options.get("checks", {}).get(field.field):
            check(self.sheet, area, wrong, self.columns)

    def hides(self, field: Field) -> bool:
        """Whether a column means nothing to people: some ids, and the workings of the sheet."""
        no_id = bool(self.section.options.get("hide_id"))
        return field.origin == Origin.SYSTEM or (field is self.fields[0] and no_id)

    def _described(self, field: Field) -> dict[str, object]:
        described: dict[str, object] = {"header": self.columns.headings[field.field]}
        described["header_format"] = self.sheet.book.look(*header_styles(field))
        if field.formula:
            described["formula"] = self._formula(field, FIRST_ROW)
        return described

    def _rows(self, field: Field) -> list[tuple[str, str, tuple[str, ...]]]:
        more = tuple(self.section.options.get("styles", {}).get(field.field, "").split())
        prefilled = (f"r in tables.{self.sheet.short}", _tag(field), (*styles(field), *more))
        answer = "0" if field.formula and not waits(field.formula) else ""
        blank = (f"n in range({self.section.blank_rows})", answer, (*blank_styles(field), *more))
        return [prefilled] * bool(self.section.rows) + [blank] * bool(self.section.blank_rows)

    def _looped(self, loop: str, field: Field, text: str) -> str:
        """The loop opens in the row's first cell and closes in its last."""
        opener = f"{{%tr for {loop} %}}" if field is self.fields[0] else ""
        return opener + text + ("{%tr endfor %}" if field is self.fields[-1] else "")

    def _value(self, row: int, field: Field, text: str, look: tuple[str, ...]) -> None:
        column, form = self.columns.positions[field.field], self.sheet.book.look(*look)
        if field.formula:
            self.sheet.page.write_formula(row, column, self._formula(field, row), form, text)
        elif text:
            self.sheet.page.write_string(row, column, text, form)
        else:
            self.sheet.page.write_blank(row, column, None, form)

    def _formula(self, field: Field, row: int) -> str:
        for name in lists_used(field.formula):
            self.sheet.book.use_list(name)
        return excel(field.formula, self.columns, row, self.sheet.book.table)


def _key(field: Field) -> str:
    if not field.each:
        return field.field
    return f"{{%tc for c in tables.{field.each} %}}{field.field}:{{{{ c.id }}}}{{%tc endfor %}}"


def _tag(field: Field) -> str:
    return f"{{{{ r.{field.name}[c.id] }}}}" if field.each else f"{{{{ r.{field.name} }}}}"
