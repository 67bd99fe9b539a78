"""What reading a template workbook needs: the package, the engine, the language.

In: a package and an engine. Out: places, labels and texts for all parts of the workbook.
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.finding import Place, Step
from toolkit.office.engine import Engine
from toolkit.office.package.package import Package
from toolkit.office.record import Record
from toolkit.office.references.columns import TableReference
from toolkit.office.references.formula import Formula, Part, Sheets, formula_text, parse_formula
from toolkit.office.tags.text import has_tags
from toolkit.office.workbook.slots import text_of
from toolkit.office.workbook.strings import Strings
from toolkit.office.workbook.texts import TextReader

_SHEET = "{*}sheet"


class Source(Record):
    """A template being read."""

    package: Package
    engine: Engine
    strings: Strings

    def label(self, text: str) -> str | None:
        """The label that takes the place of a whole text; None to leave it, or where it is it."""
        found = self.engine.settings.localisation.text(text)
        return None if found == text else found

    def place(self, *steps: Step) -> Place:
        """A place in the workbook."""
        return self.package.place(*steps)

    def reader(self, *steps: Step) -> TextReader:
        """A reader of texts at a place."""
        return TextReader(self.engine, self.label, self.place(*steps))

    def formula(self, text: str, table: str = "") -> Formula:
        """A formula in parts, with labels in place of the whole texts it compares with.

        ``table`` is the name of the table it stands in, for references that leave it out.
        """
        return tuple(self._settled(part, table) for part in parse_formula(text))

    def _settled(self, part: Part, table: str) -> Part:
        if isinstance(part, str):
            return self._swapped(part)
        if isinstance(part, TableReference) and not part.table:
            return part.of(table)
        return part

    def formula_text(self, text: str) -> str:
        """A formula with labels in place of the whole texts it compares with."""
        if '"' not in text or self.holds_tags(text):
            return text
        return formula_text(self.formula(text))

    def holds_tags(self, formula: str) -> bool:
        """Whether a formula holds tags other than in the name of a sheet it refers to."""
        return has_tags(formula) and any(map(self._needs_filling, parse_formula(formula)))

    def _needs_filling(self, part: Part) -> bool:
        if isinstance(part, str):
            return has_tags(part)
        sheets = part if isinstance(part, Sheets) else getattr(part, "sheets", None)
        if sheets is None or not has_tags(sheets.first):
            return False
        names = {item.get("name") for item in self.package.tree(self.package.main).iter(_SHEET)}
        return sheets.first not in names

    def _swapped(self, text: str) -> str:
        if '"' not in text:
            return text
        pieces = list(_strings(text))
        return "".join(self._literal(piece) if piece[:1] == '"' else piece for piece in pieces)

    def _literal(self, piece: str) -> str:
        text = piece[1:-1].replace('""', '"')
        found = self.label(text) if text else None
        return piece if found is None else '"' + found.replace('"', '""') + '"'


def _strings(text: str) -> Iterator[str]:
    """The text in pieces: string constants with their quotes, and what stands between."""
    start = 0
    while (opening := text.find('"', start)) >= 0:
        yield text[start:opening]
        end = opening + 1
        while True:
            end = text.find('"', end)
            if end < 0:
                yield text[opening:]
                return
            if text[end + 1 : end + 2] != '"':
                break
            end += 2
        yield text[opening : end + 1]
        start = end + 1
    yield text[start:]


def quote_guard(value: object) -> str:
    """A printed value inside a string constant of a formula."""
    return text_of(value).replace('"', '""')


def header_guard(value: object) -> str:
    """A printed value inside a page header, where ``&`` begins a code."""
    return text_of(value).replace("&", "&&")
