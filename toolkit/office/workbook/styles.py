"""The styles of a workbook: which cell styles show dates, and new ones where a date needs one.

In: the tree of xl/styles.xml. Out: the same with number formats and fonts of the language and
brand, and for one fill the styles added for dates that stand in cells without a date format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy

from lxml import etree

from toolkit.office.package.markup import Element, parse, q, serialise
from toolkit.office.workbook.heights import read_looks
from toolkit.office.workbook.rich import font_xml

_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_LITERAL = r'(?i)"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]'
_DATE_LETTERS = "(?i)[dmyhs]"
DATE, MOMENT = "dd.mm.yyyy", "dd.mm.yyyy hh:mm"
_FIRST_OWN_FORMAT = 164


def shows_date(code: str) -> bool:
    """Whether a number format shows a date or a time."""
    return bool(re.search(_DATE_LETTERS, re.sub(_LITERAL, "", code.split(";")[0])))


class Styles:
    """The styles of a template."""

    def __init__(self, root: Element, number_format: Callable[[str], str]) -> None:
        before = serialise(root)
        self._root = root
        self._codes: dict[int, str] = {}
        self._localise = number_format
        for item in root.iter(q("x:numFmt")):
            code = item.get("formatCode", "")
            item.set("formatCode", number_format(code))
            if item.get("numFmtId"):
                self._codes[int(item.get("numFmtId", "0"))] = code
        cells = root.find(q("x:cellXfs"))
        self._cells = [] if cells is None else list(cells)
        self.looks = read_looks(root)
        self._dates = [self._is_date(int(item.get("numFmtId", "0"))) for item in self._cells]
        self.data = serialise(root)
        self.touched = self.data != before

    def _is_date(self, number: int) -> bool:
        code = self._codes.get(number)
        return number in _BUILT_IN_DATES if code is None else shows_date(code)

    def use_fonts(self, theme: Mapping[str, str]) -> None:
        """Give fonts that follow the theme the name of the brand's fonts."""
        for scheme in self._root.iter(q("x:scheme")):
            name = theme.get(f"{scheme.get('val')}_font")
            font = scheme.getparent()
            holder = None if font is None else font.find(q("x:name"))
            holder = font.find(q("x:rFont")) if holder is None and font is not None else holder
            if name and holder is not None:
                holder.set("val", name)
                self.touched = True
        self.data = serialise(self._root)

    def sheet(self) -> StyleSheet:
        """The styles of one fill."""
        return StyleSheet(self)

    def shows_date(self, style: str) -> bool:
        """Whether cells of this style show dates."""
        number = int(style or 0)
        return number < len(self._dates) and self._dates[number]

    def extended(self, added: Mapping[tuple[str, str], int]) -> bytes:
        """The part with these (style, format code) pairs as further cell styles."""
        root = parse(self.data)
        cells = root.find(q("x:cellXfs"))
        if cells is None:
            return self.data
        for (style, code), _ in sorted(added.items(), key=lambda pair: pair[1]):
            twin = deepcopy(cells[min(int(style or 0), len(cells) - 1)])
            twin.set("numFmtId", _format_id(root, self._localise(code)))
            twin.set("applyNumberFormat", "1")
            cells.append(twin)
        cells.set("count", str(len(cells)))
        return serialise(root)

    def font(self, style: str) -> str:
        """The font of a cell style as a run says it."""
        number = int(style or 0)
        fonts = self._root.findall(f"{q('x:fonts')}/{q('x:font')}")
        own = int(self._cells[number].get("fontId", "0")) if number < len(self._cells) else 0
        return font_xml(fonts[own]) if own < len(fonts) else ""

    @property
    def count(self) -> int:
        """How many cell styles there are."""
        return len(self._cells)


class StyleSheet:
    """The cell styles of one output workbook."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.added: dict[tuple[str, str], int] = {}

    def font(self, style: str) -> str:
        """The font of a cell style as a run says it."""
        return self._styles.font(style)

    def for_date(self, style: str, *, moment: bool) -> str:
        """The style itself where it shows dates, else one like it that does."""
        if self._styles.shows_date(style):
            return style
        key = (style, MOMENT if moment else DATE)
        return str(self.added.setdefault(key, self._styles.count + len(self.added)))

    @property
    def data(self) -> bytes:
        """The part."""
        return self._styles.extended(self.added) if self.added else self._styles.data


def _format_id(root: Element, code: str) -> str:
    formats = root.find(q("x:numFmts"))
    if formats is None:
        formats = etree.Element(q("x:numFmts"))
        root.insert(0, formats)
    for item in formats:
        if item.get("formatCode") == code:
            return item.get("numFmtId", "0")
    number = max([_FIRST_OWN_FORMAT - 1, *(int(i.get("numFmtId", "0")) for i in formats)]) + 1
    etree.SubElement(formats, q("x:numFmt"), numFmtId=str(number), formatCode=code)
    formats.set("count", str(len(formats)))
    return str(number)
