"""The parts of an OpenDocument workbook beside its values.

In: ``content.xml`` and ``meta.xml``. Out: marks by sheet, names, properties. Rows and cells may be
repeated; the pre-scan counts what they stand for, before a library unrolls them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from toolkit.collect.limits import Limits
from toolkit.collect.opening.package import rejected
from toolkit.collect.reading.open_struck import struck_in
from toolkit.collect.reading.parts import tree
from toolkit.collect.reading.scan import At, Attributes, Handler, Marks, guarded, too_large
from toolkit.finding import Place
from toolkit.office.package.markup import Element

LINE_THROUGH = b"text-line-through"
Parts = Mapping[str, bytes]


def scan_open_document(
    parts: Parts, place: Place, limits: Limits
) -> tuple[dict[str, Marks], dict[str, str], dict[str, str]]:
    """Marks by sheet, what each name refers to, and the user's properties."""
    content = parts.get("content.xml")
    if content is None:
        raise rejected("file-damaged", place)
    found = Content(limits, place)
    try:
        guarded(content, found.handlers, place, limits.xml_depth)
    except ValueError:
        raise rejected("file-damaged", place) from None
    found.close_row()
    if found.noted:
        found.tell(notes_in(tree(parts, "content.xml", place)))
    for name, struck in _struck(parts, place, limits).items():
        found.marks[name].struck |= struck
    return found.marks, found.names, _properties(parts, place)


def _struck(parts: Parts, place: Place, limits: Limits) -> dict[str, dict[At, str]]:
    """The struck-out cells of each sheet, where any style draws a line through text."""
    if not any(LINE_THROUGH in parts.get(name, b"") for name in ("content.xml", "styles.xml")):
        return {}
    styles = tree(parts, "styles.xml", place) if "styles.xml" in parts else None
    try:
        return struck_in(tree(parts, "content.xml", place), styles, limits)
    except ValueError:
        raise rejected("file-damaged", place) from None


def notes_in(root: Element) -> Iterator[str]:
    """What every note of the content says, and who wrote it, in the order they stand."""
    for note in root.iter("{*}annotation"):
        lines = note.iter("{*}creator", "{*}p")
        yield "\n".join("".join(map(str, line.itertext())) for line in lines)


def _properties(parts: Parts, place: Place) -> dict[str, str]:
    if "meta.xml" not in parts:
        return {}
    root = tree(parts, "meta.xml", place)
    own = "{*}user-defined"
    return {_own(item.attrib, "name"): item.text or "" for item in root.iter(own)}


def _own(attributes: object, name: str) -> str:
    pairs = dict(attributes).items()  # type: ignore[call-overload]
    return str(next((value for key, value in pairs if str(key).endswith("}" + name)), ""))


class Content:
    """The state of one pass over the content: where the next row and cell will stand."""

    def __init__(self, limits: Limits, place: Place) -> None:
        self.limits = limits
        self.place = place
        self.marks: dict[str, Marks] = {}
        self.names: dict[str, str] = {}
        self.noted: list[tuple[Marks, At]] = []  # where notes stand, in the order they were met
        self.sheet = Marks()
        self.row = self.next_row = self.next_column = self.column = self.cells = 0
        self.repeated = 1

    def handlers(self, _: str) -> dict[str, Handler]:
        """What is heard of each start tag."""
        return {
            "table:table": self._table,
            "table:table-row": self._row,
            "table:table-cell": self._cell,
            "table:covered-table-cell": self._cell,
            "table:named-range": self._name,
            "table:named-expression": self._name,
            "office:annotation": self._annotation,
        }

    def _table(self, attributes: Attributes) -> None:
        self.close_row()
        self.sheet = self.marks.setdefault(attributes.get("table:name", ""), Marks())
        self.row = self.next_row = self.next_column = self.cells = 0

    def _row(self, attributes: Attributes) -> None:
        self.row = self.next_row
        self.repeated = int(attributes.get("table:number-rows-repeated", "1"))
        self.next_row += self.repeated
        self.next_column = 0
        if attributes.get("table:visibility") in ("collapse", "filter"):
            shown = min(self.repeated, self.limits.rows)
            self.sheet.hidden.update(range(self.row, self.row + shown))

    def _cell(self, attributes: Attributes) -> None:
        self.column = self.next_column
        repeated = int(attributes.get("table:number-columns-repeated", "1"))
        self.next_column += repeated
        at = (self.row, self.column)
        kind = attributes.get("office:value-type", "")
        if kind or "table:formula" in attributes:
            self._count(repeated)
        if "table:formula" in attributes:
            self.sheet.formulas.add(at)
        if attributes.get("calcext:value-type") == "error":
            self.sheet.errors.add(at)
        if kind == "percentage":
            self.sheet.percents.add(at)
        self._merge(attributes)

    def _merge(self, attributes: Attributes) -> None:
        rows = int(attributes.get("table:number-rows-spanned", "1"))
        columns = int(attributes.get("table:number-columns-spanned", "1"))
        if rows > 1 or columns > 1:
            area = (self.row, self.column, self.row + rows - 1, self.column + columns - 1)
            self.sheet.merged.append(area)
        if len(self.sheet.merged) > self.limits.merges:
            raise rejected("sheet-too-many-merges", self.place, limit=self.limits.merges)

    def _count(self, repeated: int) -> None:
        limits = self.limits
        self.cells += repeated * self.repeated
        over = self.next_row > limits.rows or self.next_column > limits.columns
        if over or self.cells > limits.cells:
            raise too_large(self.place, limits)

    def _annotation(self, _: Attributes) -> None:
        at = (self.row, self.column)
        self.sheet.comments[at] = ""
        self.noted.append((self.sheet, at))

    def tell(self, notes: Iterable[str]) -> None:
        """What the notes say, in the order they were met."""
        for (sheet, at), note in zip(self.noted, notes, strict=False):
            sheet.comments[at] = note

    def _name(self, attributes: Attributes) -> None:
        told = attributes.get("table:cell-range-address") or attributes.get("table:expression", "")
        self.names.setdefault(attributes.get("table:name", ""), told)

    def close_row(self) -> None:
        """Nothing is left open between sheets."""
        self.repeated = 1
