"""Formulas as parts: what refers to something, and the text between.

In: the text of a formula as a file holds it (English names, commas, no leading ``=``). Out: a
tuple of parts; joining their texts gives the formula back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from toolkit.office.record import Record
from toolkit.office.references.areas import AREA, CELL, Area, parse_area
from toolkit.office.references.columns import TableReference, closing_bracket, parse_columns

_STRING = r'"(?:[^"]|"")*"'
_TOKEN = rf"""(?P<string>{_STRING})
    |(?P<array>\{{(?:{_STRING}|[^"{{}}])*\}})
    |(?P<error>\#(?:REF!(?:{AREA})?|DIV/0!|N/A|NAME\?|[A-Z_]+!))
    |(?P<sheet>(?:'(?:[^']|'')+'|\[\d+\][\w.]*|[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!)
    |(?P<table>[^\W\d][\w.\\]*)?\[
    |(?P<area>{AREA})(?![\w.(!\[\\])
    |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<name>[^\W\d\\?][\w.\\?]*|\\[\w.\\?]*)
    |(?P<other>.)"""
_AREA = rf"(?:{AREA})(?![\w.(!\[\\])"
_PLAIN_SHEET = r"[^\W\d][\w.]*"
_LIKE_A_CELL = rf"(?a){CELL}|[rRcC][0-9]*(?:[cC][0-9]*)?"


class Sheets(Record):
    """The sheet before an exclamation mark; ``last`` is the far end of a 3-D reference."""

    first: str
    last: str = ""
    raw: str = ""

    def text(self) -> str:
        """``Risks!``, ``'My sheet'!``, ``'A:B'!``; as first written where it was."""
        return self.raw or sheet_prefix(self.first, self.last)


class Reference(Record):
    """An area, of a named sheet or (``sheets`` None) of the formula's own."""

    area: Area
    sheets: Sheets | None = None
    raw: str = ""

    def text(self) -> str:
        """The reference as a file holds it; as first written where it was."""
        return self.raw or (self.sheets.text() if self.sheets else "") + self.area.text()


class Name(Record):
    """A defined name, or a table as a whole."""

    name: str

    def text(self) -> str:
        """The name."""
        return self.name


Part = str | Reference | TableReference | Sheets | Name
Formula = tuple[Part, ...]
_MOST = 4096
_parsed: dict[str, Formula] = {}


def parse_formula(text: str) -> Formula:
    """The parts of a formula."""
    found = _parsed.get(text)
    if found is None:
        if len(_parsed) >= _MOST:
            _parsed.clear()
        found = _parsed[text] = tuple(_joined(_parts(text)))
    return found


def remember(parsed: Mapping[str, Formula]) -> None:
    """Know formulas parsed before, in another process: making the patterns takes a while."""
    _parsed.update(parsed)


def formula_text(parts: Iterable[Part]) -> str:
    """The formula of these parts."""
    return "".join(part if isinstance(part, str) else part.text() for part in parts)


def moved_formula(parts: Formula, rows: int, columns: int) -> Formula:
    """The formula as Excel copies it so many rows down and columns to the right."""
    return tuple(_moved(part, rows, columns) for part in parts)


def sheet_prefix(first: str, last: str = "") -> str:
    """A sheet name, or a 3-D pair, as a formula needs it before the area."""
    names = [first, last] if last and last != first else [first]
    text = ":".join(name.replace("'", "''") for name in names)
    return f"{text}!" if all(_is_plain(name) for name in names) else f"'{text}'!"


def _is_plain(name: str) -> bool:
    return (
        bool(re.fullmatch(_PLAIN_SHEET, name))
        and not re.fullmatch(_LIKE_A_CELL, name)
        and name.upper() not in ("TRUE", "FALSE")
    )


def _moved(part: Part, rows: int, columns: int) -> Part:
    if not isinstance(part, Reference):
        return part
    area = part.area.moved(rows, columns)
    return "#REF!" if area is None else Reference(area, part.sheets)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What matches a token, and an area; fills of compiled templates need neither."""
    return re.compile(_TOKEN, re.VERBOSE | re.DOTALL), re.compile(_AREA)


def _parts(text: str) -> Iterator[Part]:
    token, _ = _patterns()
    position = 0
    while position < len(text):
        found = token.match(text, position)
        if found is None:
            break
        part, position = _part(found, text)
        yield from part


def _part(found: re.Match[str], text: str) -> tuple[list[Part], int]:
    kind = found.lastgroup
    if kind == "sheet":
        return _qualified(found, text)
    if kind == "area":
        area = parse_area(found[0])
        return [Reference(area, None, found[0]) if area else Name(found[0])], found.end()
    if kind == "name":
        function = text[found.end() : found.end() + 1] == "("
        return [found[0] if function else Name(found[0])], found.end()
    if kind in (None, "table"):
        return _structured(found, text)
    return [found[0]], found.end()


def _qualified(found: re.Match[str], text: str) -> tuple[list[Part], int]:
    """What stands behind a sheet name: an area, or a name of that sheet."""
    raw = found[0]
    area = _patterns()[1].match(text, found.end())
    parsed = parse_area(area[0]) if area else None
    end = area.end() if area and parsed else found.end()
    if "[" in raw:  # another workbook: never ours to follow
        return [text[found.start() : end]], end
    inner = raw[1:-2].replace("''", "'") if raw.startswith("'") else raw[:-1]
    first, _, last = inner.partition(":")
    sheets = Sheets(first, last, raw)
    if parsed is None:
        return [sheets], end
    return [Reference(parsed, sheets, text[found.start() : end])], end


def _structured(found: re.Match[str], text: str) -> tuple[list[Part], int]:
    end = closing_bracket(text, found.end() - 1)
    content = text[found.end() - 1 : end]
    return [parse_columns(found["table"] or "", content)], end


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts with neighbouring texts made one."""
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        if text:
            yield text
        text = ""
        yield part
    if text:
        yield text
