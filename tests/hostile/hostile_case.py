"""What a hostile or damaged file is here: its name, how it is made, what must come of it.

In: the kit of the example. Out: Cases, and the small ways of changing a sound survey that all of
them are made with. Everything is made at test time and always comes out the same.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from returned_files import Value, changed, packed, sent_file, sheet_part, unpacked, written

from toolkit.office.package.markup import Element

READ = ""
"""What is expected of a file that is read."""

SHEET, ABOUT = "Evaluering", "Om dokumentet"
TABLE, OWN_ROW, COMMENT = "evaluation", "qe.overall.1", "f.comment"
OWN = "Denne filen heter "
"""What every sound file says of itself, in the comment of its last row."""

Spot = tuple[str, str, str]
Make = Callable[[Path], None]


@dataclass(frozen=True)
class Case:
    """One file of the folder, or something that is none.

    ``data`` are its bytes, or what makes it at a path. ``reason`` is the code it is rejected with,
    READ where it must be read; ``told`` are the codes that must be told of it besides, ``quiet``
    those that must not; ``values`` what must be read where. ``listed`` is the name the run gives
    it where that is another. ``heavy`` ones take seconds.
    """

    name: str
    data: bytes | Make
    reason: str = READ
    told: frozenset[str] = frozenset()
    values: Mapping[Spot, object] = field(default_factory=dict)
    listed: str = ""
    heavy: bool = False

    @property
    def shown(self) -> str:
        """The name the run lists it under."""
        return self.listed or self.name


def rejected(name: str, data: bytes | Make, reason: str, **more: object) -> Case:
    """A file that must not be read."""
    return Case(name, data, reason, **more)  # type: ignore[arg-type]


def sound(name: str, data: bytes, *told: str, **values: object) -> Case:
    """A file that must be read with what it says of itself; ``E5=…`` is a comment's value."""
    own = {(TABLE, OWN_ROW, COMMENT): OWN + name} if says(data) else {}
    return Case(name, data, READ, frozenset(told), own | {_spot(at): v for at, v in values.items()})


@cache
def says(data: bytes) -> bool:
    """Whether a package says which file it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [n for n in archive.namelist() if n.endswith((".xml", ".bin"))]
            wanted = OWN.encode(), OWN.encode("utf-16-le")
            return any(word in archive.read(name) for name in names for word in wanted)
    except (zipfile.BadZipFile, RuntimeError):
        return False


ROWS = {
    **{5: "qe.people.1", 6: "qe.people.2", 7: "qe.people.3", 8: "qe.organisation.1"},
    **{9: "qe.organisation.2", 10: "qe.organisation.3", 11: "qe.technology.1"},
    **{12: "qe.technology.2", 13: "qe.technology.3", 14: "qe.technology.4"},
    **{15: "qe.effects.1", 16: OWN_ROW},
}


def _spot(at: str) -> Spot:
    field = {"D": "f.answer", "E": COMMENT}[at[0]]
    return TABLE, ROWS[int(at[1:])], field


# --- sound surveys and what is done to them ---------------------------------------------------


def survey(name: str, **cells: Value) -> bytes:
    """A survey that says which file it is, with cells written (``E5="…"``)."""
    return written(sent_file("evaluation", "xlsx"), SHEET, {"E16": OWN + name, **cells})


def form() -> bytes:
    """The same survey as a Word form, as it is sent out."""
    return sent_file("evaluation", "docx")


def in_sheet(data: bytes, old: str, new: str, sheet: str = SHEET) -> bytes:
    """The workbook with a text of a worksheet's XML replaced."""
    return in_part(data, sheet_part(data, sheet), old, new)


def in_part(data: bytes, part: str, old: str, new: str) -> bytes:
    """The package with a text of a part replaced; it must be there."""
    parts = unpacked(data)
    text = parts[part].decode("utf-8")
    assert old in text, (part, old)
    return packed(parts | {part: text.replace(old, new, 1).encode("utf-8", "surrogatepass")})


def with_parts(data: bytes, **parts: bytes) -> bytes:
    """The package with parts added or replaced: names are written with __ for a slash."""
    return packed(unpacked(data) | {name.replace("__", "/"): part for name, part in parts.items()})


def adding(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The package with parts added or replaced."""
    return packed(unpacked(data) | dict(parts))


def linked(data: bytes, rels: str, kind: str, target: str, *, outside: bool = True) -> bytes:
    """The package with one more relationship in a part of relationships."""
    mode = ' TargetMode="External"' if outside else ""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    one = f'<Relationship Id="rIdX" Type="{office}/{kind}" Target="{target}"{mode}/>'
    parts = unpacked(data)
    empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    text = parts.get(rels, f"{empty}</Relationships>".encode()).decode()
    return packed(
        parts | {rels: text.replace("</Relationships>", f"{one}</Relationships>").encode()}
    )


def with_change(data: bytes, part: str, change: Callable[[Element], None]) -> bytes:
    """The package with one part changed as a tree."""
    return changed(data, part, change)


def cell_xml(at: str, inner: str, more: str = "") -> str:
    """A cell as it stands in a worksheet."""
    return f'<c r="{at}"{more}>{inner}</c>'


def with_cell(name: str, at: str, xml: str) -> bytes:
    """A survey in which one cell of the empty ones is other XML."""
    data = survey(name)
    style = "30" if at[0] in "DE" else ""
    old = f'<c r="{at}" s="{style}"/>'
    return in_sheet(data, old, xml)
