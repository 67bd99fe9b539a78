"""Returned workbooks by the thousand: few files of a kit, filled in by made-up people.

In: a folder, how many, a seed. Out: workbooks as they come back, each with an id of its own, the
same for the same seed. What a kit's file shares with all others is compressed once; only the parts
people write in are made for each.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from uuid import UUID
from xml.sax.saxutils import escape

from lxml import etree

from toolkit.collect.opening.gate import gate
from toolkit.collect.read import Given, Reader, Settings
from toolkit.collect.reading.book import read_book
from toolkit.collect.reading.cells import Task
from toolkit.collect.reading.tables import Column, Found, find_tables
from toolkit.collect.reading.values import Words
from toolkit.content.fan_out import Audience
from toolkit.content.reading import read
from toolkit.document import load_documents, shipped_templates
from toolkit.field import Field, FieldType, Origin
from toolkit.finding import Place
from toolkit.language import Labels
from toolkit.office.package.markup import Element, q
from toolkit.produce.edition import Edition
from toolkit.produce.filling import fill_all
from toolkit.produce.identity import Source
from toolkit.project import read_project

PROJECT = Path(__file__).resolve().parent.parent / "examples" / "trygg-natt" / "project.yaml"
KINDS = ("evaluation", "ros", "stakeholders")
NEW_ROWS = 2
START, END = "\ue000", "\ue001"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8ffffff7f0009fb03fd05ce2e9f0000000049454e44ae426082"
)
WORDS = (
    *("Natt", "varsel", "bil", "rutine", "opplæring", "sensor", "pårørende", "vakt", "nett"),
    *("kontroll", "leverandør", "bruker", "sone", "plan", "logg", "strøm", "øvelse", "møte"),
)
Write = Callable[[random.Random], str]


@dataclass(frozen=True)
class Part:
    """A part of the package: texts, and between them what each copy says itself."""

    name: str
    texts: tuple[str, ...]
    says: tuple[Write | None, ...]  # None: the id of the copy

    def filled(self, copy: str, chance: random.Random) -> bytes:
        """The part as one person sent it back."""
        said = (say(chance) if say else copy for say in self.says)
        pieces = [self.texts[0]]
        for text, rest in zip(said, self.texts[1:], strict=True):
            pieces += (text, rest)
        return "".join(pieces).encode()


@dataclass(frozen=True)
class Template:
    """A file of the kit, ready to be filled in many times."""

    kind: str
    whole: Mapping[str, bytes]
    parts: tuple[Part, ...]

    def copy(self, number: int, seed: int = 0) -> bytes:
        """One returned workbook."""
        chance = random.Random(f"{seed} {self.kind} {number}")
        id = f"{UUID(int=chance.getrandbits(128))}"
        made = {part.name: _member(part.name, part.filled(id, chance)) for part in self.parts}
        return _package([self.whole.get(name) or made[name] for name in (*self.whole, *made)])


def write_returned(folder: Path, count: int, kinds: Sequence[str] = KINDS, seed: int = 0) -> None:
    """``count`` returned workbooks, 1,000 a folder."""
    templates = [template(kind) for kind in kinds]
    for number in range(count):
        own = templates[number % len(templates)]
        path = folder / f"{number // 1000:03}" / f"{own.kind}-{number:06}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(own.copy(number, seed))


@cache
def template(kind: str) -> Template:
    """The workbook of a document as the kit sends it, without the picture of its cover."""
    own = load_documents(shipped_templates())
    document = next(d for d in own if (d.id, d.format) == (kind, "xlsx"))
    source = Source("trygg-natt", "hash", date(2026, 5, 1))
    reading = read(read_project(PROJECT), Labels.load("nb"))
    edition = Edition(reading, source, own, Audience((), ("employee",)))
    data = next(fill_all(edition, [document], PROJECT.parent)).data
    return _template(kind, data)


def _template(kind: str, data: bytes) -> Template:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts |= {name: PICTURE for name in parts if name.startswith("xl/media/picture")}
    written = _written(kind, data, parts)
    id = _copy_id(data).encode()
    own: list[Part] = []
    for name, content in parts.items():
        if name in written or id in content:
            own.append(_part(name, content.replace(id, f"{START}copy{END}".encode()), written))
    names = {part.name for part in own}
    whole = {name: _member(name, part) for name, part in parts.items() if name not in names}
    return Template(kind, whole, tuple(own))


def _copy_id(data: bytes) -> str:
    return _reader().read(Given("sent.xlsx", data)).copy_id


@cache
def _reader() -> Reader:
    return Reader(Settings(load_documents(shipped_templates())))


def _part(name: str, content: bytes, written: Mapping[str, Sequence[Write]]) -> Part:
    first, *others = content.decode().split(START)
    texts, says = [first], list[Write | None]()
    for piece in others:
        mark, _, rest = piece.partition(END)
        texts.append(rest)
        says.append(None if mark == "copy" else written[name][int(mark)])
    return Part(name, tuple(texts), tuple(says))


# --- what people write ------------------------------------------------------------------------


def _written(kind: str, data: bytes, parts: dict[str, bytes]) -> dict[str, list[Write]]:
    """Marks put into the cells people write in; what to write there, by part."""
    returned = _reader().read(Given("sent.xlsx", data))
    place = Place("sent.xlsx")
    book = read_book(data, gate(data, place), place, _reader().settings.limits)
    shape = _reader().shapes[kind, "xlsx"]
    ids = {row for _, row, _ in returned.sent}
    task = Task(place, Words(Labels.load("nb")), returned.sent, "")
    written: dict[str, list[Write]] = {}
    for found in find_tables(book, shape.tables, task):
        name = _sheet_part(parts, found.page.name)
        root = etree.fromstring(parts[name])
        cells = {cell.get("r"): cell for cell in root.iter(q("x:c"))}
        for at, field in _open(found, ids):
            if at in cells and field.origin is not Origin.PREFILLED and (write := _writer(field)):
                own = written.setdefault(name, [])
                _mark(cells[at], len(own), numeric=field.type in NUMBERS)
                own.append(write)
        parts[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def _open(found: Found, ids: set[str]) -> Iterator[tuple[str, Field]]:
    """The cells of known rows, and of a few blank ones, that people write in."""
    own = found.column("f.id")
    blank = 0
    for row in range(found.first, found.end):
        known = own is not None and f"{found.page.value((row, own))}".strip() in ids
        blank += not known
        if found.table.of_lines or (not known and blank > NEW_ROWS):
            continue
        for at, column in found.opened:
            if known or _says(column):
                yield found.page.place(Place(""), (row, at)).steps[1][1], column.field


def _says(column: Column) -> bool:
    return column.field.type in (FieldType.TEXT, FieldType.LONG, FieldType.CHOICE)


NUMBERS = frozenset({FieldType.INT, FieldType.NUMBER, FieldType.DATE})


def _writer(field: Field) -> Write | None:
    """What people write in a field: an option, a number, a day, a few words."""
    if field.type is FieldType.CHOICE:
        return partial(_option, [text for _, text in Labels.load("nb").options(field.choices)])
    if field.type in (FieldType.TEXT, FieldType.LONG):
        return _words
    if field.type is FieldType.DATE:
        return lambda chance: f"{chance.randint(46400, 46900)}"
    if field.type in NUMBERS:
        return lambda chance: f"{chance.randint(1, 90)}"
    return None


def _option(texts: Sequence[str], chance: random.Random) -> str:
    return escape(chance.choice(texts))


def _words(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS[:6] if chance.random() < 0.8 else WORDS, k=2))


def _mark(cell: Element, number: int, *, numeric: bool) -> None:
    """Put a mark where the value stands; the look of the cell stays."""
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if numeric:
        etree.SubElement(cell, q("x:v")).text = f"{START}{number}{END}"
    else:
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, q("x:is")), q("x:t"))
        text.text = f"{START}{number}{END}"


def _sheet_part(parts: Mapping[str, bytes], name: str) -> str:
    book = etree.fromstring(parts["xl/workbook.xml"])
    links = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    target = {link.get("Id"): link.get("Target", "") for link in links}
    sheet = next(s for s in book.iter(q("x:sheet")) if s.get("name") == name)
    return "xl/" + target[sheet.get(q("r:id"))].removeprefix("/xl/")


# --- packages -----------------------------------------------------------------------------------


def _member(name: str, data: bytes) -> bytes:
    """A member of a package: its local header, and its data compressed quickly."""
    compress = zlib.compressobj(1, zlib.DEFLATED, -15)
    packed = compress.compress(data) + compress.flush()
    raw = name.encode()
    sizes = zlib.crc32(data), len(packed), len(data), len(raw), 0
    return struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, *sizes) + raw + packed


def _package(members: Sequence[bytes]) -> bytes:
    """Members as one package."""
    directory, at = [], 0
    for member in members:
        length = struct.unpack_from("<H", member, 26)[0]
        head, name = member[4:28], member[30 : 30 + length]
        entry = (
            struct.pack("<IH", 0x02014B50, 20) + head + struct.pack("<HHHHII", 0, 0, 0, 0, 0, at)
        )
        directory.append(entry + name)
        at += len(member)
    listed = b"".join(directory)
    count = len(members)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(listed), at, 0)
    return b"".join((*members, listed, end))
