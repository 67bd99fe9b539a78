"""The workbook under construction: its sheets, names, lists and looks.

In: a Document and the labels. Out: the bytes of an xlsx template. What is drawn on a sheet is the
business of the parts (``parts.py``); this module only knows where things stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO, StringIO

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from toolkit.author.theme import theme_xml
from toolkit.author.wording import Wording
from toolkit.author.workbook.formula import Columns
from toolkit.author.workbook.look import Look, theme
from toolkit.brand import DEFAULT
from toolkit.document import Document
from toolkit.field import Field, FieldType, Origin
from toolkit.language import Labels
from toolkit.office.package.markup import Element

IDENTIFIER = Field(field="f.id", type=FieldType.ID, origin=Origin.PREFILLED)
COMMENT = Field(field="f.comment", type=FieldType.LONG, merge=("list",))

Touch = Callable[[Element], None]

TITLE_ROW, INTRO_ROW, KEY_ROW, HEADING_ROW, FIRST_ROW = range(5)


def fields_of(columns: tuple[Field, ...]) -> tuple[Field, ...]:
    """All columns of a data sheet: the id first, the comment last (SPEC 2.4)."""
    return (IDENTIFIER, *columns, COMMENT)


@dataclass(frozen=True)
class Sheet:
    """One worksheet, its key (``s.risks``) and the book it stands in."""

    book: Book
    key: str
    name: str
    page: Worksheet

    @property
    def short(self) -> str:
        """The name of its rows in the context: ``s.risks`` -> ``risks``."""
        return self.key.removeprefix("s.")

    def write(self, row: int, column: int, text: str, *styles: str) -> None:
        """Text or a tag in a cell; rows and columns count from 0."""
        self.page.write_string(row, column, text, self.book.look(*styles))

    def label(self, row: int, column: int, key: str, *styles: str) -> None:
        """A label in a cell."""
        self.write(row, column, self.book.text(key), *styles)

    def blank(self, row: int, columns: range, *styles: str) -> None:
        """Empty cells that carry a look."""
        for column in columns:
            self.page.write_blank(row, column, None, self.book.look(*styles))

    def at(self, row: int, column: int, last_row: int = -1, last_column: int = -1) -> str:
        """An absolute reference to a cell or a range, with the sheet."""
        end = (max(row, last_row), max(column, last_column))
        cells = xl_range_abs(row, column, *end)
        return f"'{self.name.replace(chr(39), chr(39) * 2)}'!{cells}"

    def cell(self, row: int, column: int) -> str:
        """A relative reference inside the sheet."""
        return str(xl_rowcol_to_cell(row, column))

    def widths(self, *widths: float) -> None:
        """Column widths in characters, from the first column."""
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)

    def least_height(self, row: int, height: float) -> None:
        """A height that grows with the text of the row."""
        self.page.set_row(row, height)
        self.book.growing.add((self.key, row))

    def heights(self, heights: Mapping[int, float]) -> None:
        """Row heights in points."""
        for row, height in heights.items():
            self.page.set_row(row, height)


class Book:
    """One template workbook."""

    def __init__(self, document: Document, labels: Labels) -> None:
        self.document = document
        self.labels = labels
        self.lists: dict[str, None] = {}
        self.words: dict[str, None] = {}
        self.sheets: dict[str, Sheet] = {}
        self.growing: set[tuple[str, int]] = set()
        self.touches: dict[int, tuple[Touch, Mapping[str, bytes]]] = {}
        self._wording = Wording(labels)
        self._stream = BytesIO()
        self.file = Workbook(self._stream, {"in_memory": True})
        self.file.use_custom_theme(StringIO(theme_xml(DEFAULT.theme).decode()))
        self.look = Look(self.file)

    def text(self, key: str) -> str:
        """A label as the template writes it; tags in double quotes, which references can hold."""
        return _double_quoted(self._wording(key))

    def tag(self, key: str) -> str:
        """A label among other text."""
        return self._wording.tag(key)

    def options(self, name: str) -> tuple[str, ...]:
        """The options of a list as the template writes them."""
        return tuple(_double_quoted(text) for _, text in self._wording.options(name))

    def sheet(self, key: str, tab: str = "accent1") -> Sheet:
        """A new sheet, named by its label."""
        return self.named_sheet(key, self.text(key), tab)

    def named_sheet(self, key: str, name: str, tab: str = "") -> Sheet:
        """A new sheet of any name."""
        page = self.file.add_worksheet(name)
        page.hide_gridlines(2)
        if tab:
            page.set_tab_color(theme(tab))
        self.sheets[key] = Sheet(self, key, name, page)
        return self.sheets[key]

    def name(self, name: str, reference: str) -> None:
        """A defined name for a cell, a range or a value."""
        self.file.define_name(name, f"={reference}")

    def use_list(self, name: str) -> str:
        """The named range that holds an option list; the lists sheet will hold it."""
        self.lists.setdefault(name)
        return f"lst_{name}"

    def use_word(self, key: str) -> str:
        """The name of a cell that holds a label, for formulas that answer with words."""
        self.words.setdefault(key)
        return f"word_{key.replace('.', '_')}"

    def table(self, short: str) -> Columns:
        """The columns of the table on a sheet, whether it is drawn yet or not."""
        return self._tables[short]

    @cached_property
    def _tables(self) -> dict[str, Columns]:
        return {
            key.removeprefix("s."): self.columns(key.removeprefix("s."), section.columns)
            for key, section in self.document.sections.items()
            if section.columns
        }

    def columns(self, short: str, own: tuple[Field, ...]) -> Columns:
        """Headings, fields and positions of a table; a heading met twice gets its place."""
        fields = fields_of(own)
        return Columns(
            f"tbl_{short}",
            {field.field: self.heading(field) for field in fields},
            {field.field: field for field in fields},
            {field.field: index for index, field in enumerate(fields)},
        )

    def heading(self, field: Field) -> str:
        """What stands in the heading of a column."""
        return "{{ c.title }}" if field.each else self.text(field.label or field.field)

    def touch_chart(self, draw: Touch, pictures: Mapping[str, bytes]) -> None:
        """Books a change to the chart made last, carried out when the file is finished.

        ``pictures``: targets relative to the chart -> PNG; the first one is its rId1.
        """
        self.touches[len(self.file.charts)] = (draw, pictures)

    def close(self) -> bytes:
        """The file as XlsxWriter wrote it; ``finish`` carries out what is booked."""
        self.file.close()
        return self._stream.getvalue()


def _double_quoted(text: str) -> str:
    return text.replace("'", '"') if text.startswith("{{") else text
