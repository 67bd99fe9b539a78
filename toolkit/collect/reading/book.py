"""The book: a returned workbook of any format as sheets of values with their marks.

In: the bytes of a file the gate let through. Out: a Book: values by python-calamine, and from an
own pass over the package what that reader does not tell: names, properties, errors, formulas,
comments, hidden rows. Every cell stands at its own row and column, from 0.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorksheetNotFound,
    XmlError,
    ZipError,
)

from toolkit.collect.limits import Limits
from toolkit.collect.opening.gate import Kind, Passed
from toolkit.collect.opening.package import rejected
from toolkit.collect.reading.binary_names import epoch_of_binary, names_of
from toolkit.collect.reading.binary_parts import scan_binary
from toolkit.collect.reading.days import EPOCH
from toolkit.collect.reading.looks import DAYS, NUMBERS
from toolkit.collect.reading.old_parts import scan_old
from toolkit.collect.reading.open_document import scan_open_document
from toolkit.collect.reading.outline import OF_OUTLINES
from toolkit.collect.reading.plain_texts import OF_TEXTS
from toolkit.collect.reading.regular import FORMULAS, PLACES, ROWS, Sheet, parted
from toolkit.collect.reading.row_shapes import row_shape
from toolkit.collect.reading.scan import At, Marks, cell_name, too_large
from toolkit.collect.reading.sieve import Sieve
from toolkit.collect.reading.values import Content
from toolkit.collect.reading.workbook_parts import (
    OF_PARTS,
    SheetTold,
    custom_properties,
    scan_workbook,
)
from toolkit.finding import Place

Row = Sequence[Content]
Steps = tuple[tuple[str, str], ...]
PANIC = "PanicException"  # what the library raises where it gave up; it has no importable class


@dataclass(frozen=True, eq=False)
class Page:
    """One worksheet: its name, its rows, whether people see it, and its marks.

    A sheet that many files have is one page.
    """

    name: str
    rows: Sequence[Row]
    marks: Marks
    hidden: bool = False
    very_hidden: bool = False

    def value(self, at: At) -> Content:
        """What stands in a cell; None outside the used range."""
        row, column = at
        if row < 0 or column < 0:
            return None
        try:
            return self.rows[row][column]
        except IndexError:
            return None

    @cached_property
    def marked(self) -> frozenset[At]:
        """The cells with a mark that changes what they say."""
        marks = self.marks
        return frozenset[At]().union(marks.struck, marks.errors, marks.uncomputed, marks.percents)

    @cached_property
    def contents(self) -> frozenset[Content]:
        """All that stands in any cell."""
        return frozenset[Content]().union(*self.rows)

    def passing(self, sieve: Sieve) -> Set[Content]:
        """What of it passes a test; looked at once for all files that have this page."""
        passed = self._passed.get(sieve)
        if passed is None:
            passed = self._passed[sieve] = sieve(self.contents)
        return passed

    @cached_property
    def _passed(self) -> dict[Sieve, Set[Content]]:
        return {}

    def place(self, file: Place, at: At) -> Place:
        """The place of a cell."""
        own = self.steps(at)
        return Place(file.file, (*file.steps, *own) if file.steps else own)

    def steps(self, at: At) -> Steps:
        """The steps to a cell within its file."""
        return _steps(self.name, at)


@lru_cache(maxsize=32_768)
def _steps(sheet: str, at: At) -> Steps:
    """The steps to a cell; files of one template share them."""
    return ("sheet", sheet), ("at", cell_name(at))


@dataclass(frozen=True)
class Parts:
    """What the package tells beside the values: marks by sheet, names, properties, epoch.

    ``marked`` where the pre-scan saw every sheet that may be read; ``sheets`` where it read them.
    """

    marks: Mapping[str, Marks] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    epoch: date = EPOCH
    marked: bool = False
    sheets: tuple[SheetTold, ...] | None = None


@dataclass(frozen=True)
class Book:
    """A workbook: its sheets in order, its names and properties, the day its serials count from.

    ``of_text`` where it is one sheet saved as text, with nothing beside its values.
    """

    pages: tuple[Page, ...]
    names: Mapping[str, str]
    properties: Mapping[str, str]
    epoch: date = EPOCH
    of_text: bool = False

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """What every name refers to, by its folded form: Office does not tell case apart."""
        return {name.casefold(): told for name, told in self.names.items()}

    def page(self, name: str) -> Page | None:
        """The sheet of a name, whatever its case."""
        return self._named.get(name.casefold())

    @cached_property
    def _named(self) -> Mapping[str, Page]:
        return {page.name.casefold(): page for page in reversed(self.pages)}


def read_book(data: bytes, passed: Passed, place: Place, limits: Limits) -> Book:
    """The whole workbook; GateError where it is damaged or too large.

    What was checked is what is read: the library gets the parts that passed, not the file.
    """
    parts = _parts(data, passed, place, limits)
    if parts.sheets is not None and sum(told.sheet.area for told in parts.sheets) <= limits.area:
        pages = tuple(page_of(told.name, told.state, told.sheet) for told in parts.sheets)
        return Book(pages, parts.names, parts.properties, parts.epoch)
    checked = passed.clean if passed.parts else data
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(checked)) as book:
            pages = tuple(_pages(book, parts, place, limits))
    except PasswordError:
        raise rejected("file-password", place) from None
    except (CalamineError, ZipError, XmlError, WorksheetNotFound, OSError, ValueError):
        raise rejected("file-damaged", place) from None
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise rejected("file-damaged", place) from None
    return Book(pages, parts.names, parts.properties, parts.epoch)


@lru_cache(maxsize=64)
def page_of(name: str, state: str, sheet: Sheet) -> Page:
    """The page of a sheet; one for all files that have the same."""
    return Page(name, sheet.rows, sheet.marks, state != "visible", state == "veryHidden")


OF_SHEETS = (
    *(parted, page_of, row_shape, NUMBERS, DAYS, FORMULAS, PLACES, ROWS),
    *(*OF_TEXTS, *OF_OUTLINES, *OF_PARTS),
)
"""What remembers parts of files from one to the next."""


def _parts(data: bytes, passed: Passed, place: Place, limits: Limits) -> Parts:
    if passed.kind is Kind.WORKBOOK:
        found = scan_workbook(passed.parts, passed.main, place, limits)
        properties = custom_properties(passed.parts, place)
        own = found.marks, found.names, properties, found.epoch
        return Parts(*own, marked=True, sheets=found.sheets)
    if passed.kind is Kind.OPEN_DOCUMENT:
        return Parts(*scan_open_document(passed.parts, place, limits), marked=True)
    if passed.kind is Kind.BINARY_WORKBOOK:
        book = passed.parts.get(passed.main, b"")
        marks = scan_binary(passed.parts, passed.main, place, limits)
        properties = custom_properties(passed.parts, place)
        return Parts(marks, names_of(book), properties, epoch_of_binary(book))
    return Parts(scan_old(data, place, limits))


def _pages(book: CalamineWorkbook, parts: Parts, place: Place, limits: Limits) -> Iterator[Page]:
    sheets = [told for told in book.sheets_metadata if told.typ is SheetTypeEnum.WorkSheet]
    if len(sheets) > limits.sheets:
        raise rejected("file-too-many-sheets", place, limit=limits.sheets)
    if len({told.name for told in sheets}) < len(sheets):
        raise rejected("file-damaged", place)
    area = 0
    for told in sheets:
        marks = parts.marks.get(told.name)
        if marks is None and parts.marked:  # a sheet the pre-scan did not see is not read
            raise rejected("file-damaged", place)
        sheet = book.get_sheet_by_name(told.name)
        area += sheet.total_height * sheet.total_width
        here = place.at(("sheet", told.name))
        if sheet.total_height > limits.rows or sheet.total_width > limits.columns:
            raise too_large(here, limits)
        if area > limits.area:
            raise rejected("sheet-too-spread", here, limit=limits.area)
        rows = sheet.to_python(skip_empty_area=False)
        hidden = told.visible is not SheetVisibleEnum.Visible
        very = told.visible is SheetVisibleEnum.VeryHidden
        yield Page(told.name, rows, marks or Marks(), hidden, very)
