"""The workbook inside a chart: what "Edit data" opens.

In: columns of values. Out: a small, complete .xlsx, the same bytes for the same columns.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from toolkit.office.charts.data import Point, serial
from toolkit.office.package.archive import Member, pack, write_archive
from toolkit.office.record import Record
from toolkit.office.values import escape

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_CONTENT_TYPES = f"""{_DECLARATION}<Types \
xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" \
ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="{_SHEETML}.sheet.main+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEETML}.worksheet+xml"/>\
<Override PartName="/xl/styles.xml" ContentType="{_SHEETML}.styles+xml"/></Types>"""
_PACKAGE_RELS = f"""{_DECLARATION}<Relationships {_RELS}>\
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>\
</Relationships>"""
_WORKBOOK_RELS = f"""{_DECLARATION}<Relationships {_RELS}>\
<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>\
<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>"""


class Column(Record):
    """One column of the sheet: a header, the values under it and their number format."""

    header: str
    values: tuple[Point, ...]
    code: str = "General"


class DataSheet:
    """The sheet behind a chart while it is being laid out, column by column."""

    def __init__(self, name: str = "Sheet1") -> None:
        self.name = name
        self.columns: list[Column] = []

    def add(self, column: Column, *, shared: bool = False) -> int:
        """The number of the column in the sheet; a shared one is laid down only once."""
        if shared and column in self.columns:
            return self.columns.index(column)
        self.columns.append(column)
        return len(self.columns) - 1

    def header_ref(self, index: int) -> str:
        """``Sheet1!$B$1``"""
        return f"{self._quoted}!${letters(index)}$1"

    def values_ref(self, index: int) -> str:
        """``Sheet1!$B$2:$B$5``; one empty cell where the column holds no value."""
        column, last = letters(index), len(self.columns[index].values) + 1
        start = f"{self._quoted}!${column}$2"
        return start if last <= 2 else f"{start}:${column}${last}"

    @property
    def _quoted(self) -> str:
        stem = self.name.rstrip("0123456789")
        plain = stem.isascii() and stem.isalpha() and len(stem) > 3
        return self.name if plain else "'" + self.name.replace("'", "''") + "'"

    def workbook(self) -> bytes:
        """The sheet as a complete .xlsx file."""
        codes = list(dict.fromkeys(column.code for column in self.columns)) or ["General"]
        members = {
            "[Content_Types].xml": _packed(_CONTENT_TYPES),
            "_rels/.rels": _packed(_PACKAGE_RELS),
            "xl/workbook.xml": _packed(_workbook_xml(self.name)),
            "xl/_rels/workbook.xml.rels": _packed(_WORKBOOK_RELS),
            "xl/worksheets/sheet1.xml": pack(_sheet_xml(self.columns, codes).encode()),
            "xl/styles.xml": _packed(_styles_xml(codes)),
        }
        return write_archive(members.items())


@lru_cache(maxsize=64)
def _packed(text: str) -> Member:
    """A part compressed: all but the values are the same in most charts."""
    return pack(text.encode())


def letters(index: int) -> str:
    """The letters of a column counted from 0: A, Z, AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def number_text(value: float | int | date) -> str:
    """A number or date as spreadsheets store it."""
    return repr(serial(value) if isinstance(value, date) else value)


def _workbook_xml(name: str) -> str:
    sheet = f'<sheet name="{escape(name)}" sheetId="1" r:id="rId1"/>'
    return (
        f'{_DECLARATION}<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{sheet}</sheets></workbook>'
    )


def _sheet_xml(columns: list[Column], codes: list[str]) -> str:
    count = max((len(column.values) for column in columns), default=0)
    rows = [_header_row(columns)]
    for row in range(count):
        cells = (_cell(c, row, i, codes.index(c.code)) for i, c in enumerate(columns))
        rows.append(f'<row r="{row + 2}">{"".join(cells)}</row>')
    return f"{_DECLARATION}<worksheet {_MAIN}><sheetData>{''.join(rows)}</sheetData></worksheet>"


def _header_row(columns: list[Column]) -> str:
    cells = (_text_cell(f"{letters(i)}1", c.header) for i, c in enumerate(columns) if c.header)
    return f'<row r="1">{"".join(cells)}</row>'


def _cell(column: Column, row: int, index: int, style: int) -> str:
    value = column.values[row] if row < len(column.values) else None
    at = f"{letters(index)}{row + 2}"
    if value is None:
        return ""
    if isinstance(value, str):
        return _text_cell(at, value)
    return f'<c r="{at}" s="{style + 1}"><v>{number_text(value)}</v></c>'


def _text_cell(at: str, text: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _styles_xml(codes: list[str]) -> str:
    formats = "".join(
        f'<numFmt numFmtId="{164 + i}" formatCode="{escape(code)}"/>'
        for i, code in enumerate(codes)
    )
    styles = "".join(
        f'<xf numFmtId="{164 + i}" fontId="0" fillId="0" borderId="0" xfId="0" '
        'applyNumberFormat="1"/>'
        for i in range(len(codes))
    )
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
    return (
        f'{_DECLARATION}<styleSheet {_MAIN}><numFmts count="{len(codes)}">{formats}</numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        f'<cellStyleXfs count="1">{plain}/></cellStyleXfs>'
        f'<cellXfs count="{len(codes) + 1}">{plain} xfId="0"/>{styles}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )
