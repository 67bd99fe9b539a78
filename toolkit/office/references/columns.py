"""Structured references: ``Table[[#This Row],[Column]]``.

In: a table's name and what stands in brackets behind it. Out: a TableReference, whose columns
can be renamed, and its text in the form files hold (``@`` is written ``#This Row``).
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.office.record import Record

_ESCAPED = "[]#'@"
_SPECIAL = frozenset('\t\n\r,:."{}$^&*+=-></' + _ESCAPED)


class TableReference(Record):
    """Part of a table: ``items`` such as ``#This Row``, and the columns from first to last.

    ``first`` and ``last`` are plain column names, both empty where the reference names none.
    """

    table: str
    items: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    raw: str = ""

    def text(self) -> str:
        """The reference as a file holds it; as first written where that is legal."""
        return self.raw or self.table + _brackets(self)

    def of(self, table: str) -> TableReference:
        """The same part of a table of that name."""
        return TableReference(table, self.items, self.first, self.last)

    @property
    def this_row(self) -> bool:
        """Whether it means the row of the cell it stands in."""
        return any(item.casefold() == "#this row" for item in self.items)


def closing_bracket(text: str, start: int) -> int:
    """The position behind the bracket that closes the one at ``start``."""
    depth = 0
    position = start
    while position < len(text):
        character = text[position]
        if character == "'":
            position += 1
        elif character in "[]":
            depth += 1 if character == "[" else -1
            if not depth:
                return position + 1
        position += 1
    return len(text)


def parse_columns(table: str, brackets: str) -> TableReference:
    """The reference of a table's name and its bracketed part, outer brackets included."""
    content = brackets[1:-1].strip()
    this_row = content.startswith("@")
    found = list(_pieces(content[1:] if this_row else content))
    items = ["#This Row"] if this_row else []
    items += [piece for piece in found if piece.startswith("#")]
    columns = [plain(piece) for piece in found if piece and not piece.startswith("#")]
    parsed = TableReference(
        table, tuple(items), columns[0] if columns else "", columns[-1] if columns else ""
    )
    raw = table + brackets
    written = (_brackets(parsed), f"[{guarded(parsed.first)}]" if not items else "")
    legal = table and brackets.replace(", ", ",") in written
    return TableReference(table, parsed.items, parsed.first, parsed.last, raw if legal else "")


def plain(name: str) -> str:
    """A column's name without the apostrophes that guard its special characters."""
    text, position = "", 0
    while position < len(name):
        if name[position] == "'" and position + 1 < len(name):
            position += 1
        text += name[position]
        position += 1
    return text


def guarded(name: str) -> str:
    """A column's name as it stands in brackets."""
    return "".join(f"'{letter}" if letter in _ESCAPED else letter for letter in name)


def _pieces(content: str) -> Iterator[str]:
    """``[#This Row],[A]:[B]`` -> ``#This Row``, ``A``, ``B``; ``A`` -> ``A``."""
    position = 0
    while position < len(content):
        if content[position] in ",: ":
            position += 1
        elif content[position] == "[":
            end = closing_bracket(content, position)
            yield content[position + 1 : end - 1]
            position = end
        else:
            yield content[position:].strip()  # a bare name runs to the end
            return


def _brackets(reference: TableReference) -> str:
    columns = [f"[{guarded(name)}]" for name in (reference.first, reference.last) if name]
    if columns and reference.first == reference.last:
        columns = columns[:1]
    pieces = [f"[{item}]" for item in reference.items] + ([":".join(columns)] if columns else [])
    if len(pieces) == 1 and len(columns) < 2 and not _needs_two(reference.first):
        return pieces[0]
    return f"[{','.join(pieces)}]"


def _needs_two(name: str) -> bool:
    """Whether Excel wants a second pair of brackets round this column name."""
    return not _SPECIAL.isdisjoint(name)
