"""Packing: a returned file as the rows that hold it, ready to cross processes and be written.

In: Files, one after the other. Out: Packed: plain tuples by table. What many files share (where a
value answers, what it says, where it stood, what was sent) is one row whose id comes from its
content, so that the same files give the same rows in whatever order they are read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter, itemgetter
from struct import Struct, unpack
from typing import Any, NamedTuple

from toolkit.finding import Finding
from toolkit.store.records import Cell, Entry, File, FileKey, Spot, Steps, Value, spaced
from toolkit.store.remembering import Seen
from toolkit.store.shared import Shared
from toolkit.store.typed import columns, day_text, file_id, packed, step, steps_text

Line = tuple[Any, ...]
SHARED = ("named", "sent_value", "spot", "answer", "place")
OWN = ("file", "finding")
OF_CELLS = ("spot", "answer", "place")
IDS, WIDTH = Struct("<3q"), 8
MOST = 100_000  # ids remembered of one table
MOST_CELLS = 50_000  # cells remembered of one document
MOST_KINDS = 64  # lists of what was sent that are remembered


class Told(NamedTuple):
    """A cell as rows: where it answers, what it says, where it stood; and the ids of the three.

    ``mark`` stands for what it says where, blanks apart; 0 where it says nothing.
    """

    spot: Line
    answer: Line
    place: Line
    ids: bytes
    mark: int


class Packed:
    """The rows of some files, by table; ``seen`` is where they, or known ones, lay on the disk."""

    def __init__(self) -> None:
        self.shared: dict[str, dict[Any, Line]] = {table: {} for table in SHARED}
        self.listed: dict[str, list[Line]] = {}  # those that came from another process
        self.own: dict[str, list[Line]] = {table: [] for table in OWN}
        self.cells: list[tuple[int, bytes]] = []  # of each file: its id, the ids of its cells
        self._told: dict[int, Told] = {}  # what the cells so far tell, by its own identity
        self.keys: dict[FileKey, None] = {}
        self.seen: list[Seen] = []

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpacked, (
            {table: self.rows(table) for table in SHARED},
            self.own,
            self.cells,
            self.keys,
            self.seen,
        )

    def __bool__(self) -> bool:
        return bool(self.keys or self.seen)

    def rows(self, table: str) -> list[Line]:
        """The rows of one table but ``cell``."""
        if table in self.own:
            return self.own[table]
        return [*self.listed.get(table, ()), *self._rows_shared(table).values()]

    def ids_of_cells(self) -> Iterator[tuple[int, Sequence[int]]]:
        """Each file's id with the three ids of each of its cells, one after the other."""
        for number, together in self.cells:
            yield number, unpack(f"<{len(together) // WIDTH}q", together)

    def _rows_shared(self, table: str) -> dict[Any, Line]:
        """The rows of one table that files share, those the cells tell among them."""
        if table in OF_CELLS:
            lines = list(map(attrgetter(table), self._told.values()))
            self.shared[table].update(zip(map(itemgetter(0), lines), lines, strict=True))
        return self.shared[table]

    def add(self, file: File) -> None:
        """One more file; one that is there already is the same."""
        if file.key in self.keys:
            return
        number = file_id(file.key)
        self.keys[file.key] = None
        sent, names = self._sent(file.sent), self._names(file.names)
        self.own["file"].append((number, *_facts(file), sent, names, file.touched, file.content))
        self._cells(number, file)
        told = (_finding(found) for found in file.findings)
        self.own["finding"] += [(number, n, *row) for n, row in enumerate(told)]

    def _cells(self, number: int, file: File) -> None:
        told = file.told or told_of(file.doc, file.cells)
        self._told |= zip(map(id, told), told, strict=True)
        if told:
            self.cells.append((number, b"".join([one.ids for one in told])))

    def _sent(self, sent: Mapping[Spot, Value]) -> int | None:
        return self._set("sent_value", _lines_sent(sent)) if sent else None

    def _names(self, names: Mapping[Entry, str]) -> int | None:
        return self._set("named", _lines_named(names)) if names else None

    def _set(self, table: str, lines: Sequence[Line]) -> int:
        """A list of rows that many files share, under one id."""
        number: int = lines[0][0]
        if (number, 0) not in self.shared[table]:
            self.shared[table] |= {(number, n): row for n, row in enumerate(lines)}
        return number


def _unpacked(
    shared: dict[str, list[Line]],
    own: dict[str, list[Line]],
    cells: list[tuple[int, bytes]],
    keys: dict[FileKey, None],
    seen: list[Seen],
) -> Packed:
    made = Packed()
    made.listed = shared
    made.own, made.cells, made.keys, made.seen = own, cells, keys, seen
    return made


def pack(files: Iterable[File]) -> Packed:
    """Some files as rows."""
    made = Packed()
    for file in files:
        made.add(file)
    return made


def id_of(*parts: object) -> int:
    """The id of what is shared: 63 bits of a hash of what it says."""
    said = repr(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "big") >> 1


def told_of(doc: str, cells: Sequence[Cell]) -> Sequence[Told]:
    """What the cells of a document tell; most cells of a file stood in files before."""
    return _told(doc).each(cells)


def mark_of(spot: Spot, value: Value) -> int:
    """What stands for a value in its place: 128 bits of a hash."""
    return _hashed(repr((spot, value)))


def _hashed(said: str) -> int:
    data = said.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=16).digest(), "big")


@lru_cache(maxsize=32)
def _told(doc: str) -> Shared[Cell, Told]:
    """What a cell of a document tells."""

    def told(cell: Cell) -> Told:
        table, row, field, raw, value, steps, state, usable = cell
        spot, before = _spot(doc, table, row, field)
        answer = _answer(value, raw, state, usable)
        place = _place(steps)
        mark = _hashed(f"{before}{spaced(value)!r})") if raw else 0
        return Told(spot, answer, place, IDS.pack(spot[0], answer[0], place[0]), mark)

    return Shared(told, MOST_CELLS)


@lru_cache(maxsize=MOST)
def _spot(*spot: str) -> tuple[Line, str]:
    """The row of a spot, and what ``mark_of`` hashes before the value that stands there."""
    return (id_of(*spot), *spot), repr((spot[1:], 0)).removesuffix("0)")


@lru_cache(maxsize=MOST, typed=True)  # True is 1, and 1 is 1.0
def _answer(value: Value, raw: str, state: str, usable: bool) -> Line:
    said = (*columns(value), raw, state, int(usable))
    return (id_of(*said), *said)


@lru_cache(maxsize=MOST)
def _place(steps: Steps) -> Line:
    where = step(steps, "sheet"), step(steps, "at"), steps_text(steps)
    return (id_of(*where), *where)


def _under_one_id(lines: Sequence[Line]) -> Sequence[Line]:
    number = id_of(*lines)
    return [(number, *line) for line in lines]


def _sent(sent: Mapping[Spot, Value]) -> Sequence[Line]:
    lines = ((*spot, *columns(value)) for spot, value in sent.items())
    return _under_one_id([(n, *line) for n, line in enumerate(lines)])


def _named(names: Mapping[Entry, str]) -> Sequence[Line]:
    return _under_one_id([(*key, names[key]) for key in sorted(names)])


_lines_sent, _lines_named = Shared(_sent, MOST_KINDS), Shared(_named, MOST_KINDS)


def _facts(file: File) -> Line:
    return (
        *(file.name, file.sha256, file.size, file.modified.isoformat(), file.kind),
        *(file.status, file.reason, file.doc, file.lang, file.copy, file.unit, file.role),
        *(file.period, file.filled_by, file.filled_role, day_text(file.filled_date)),
        packed(dict(file.identity)),
    )


def _finding(found: Finding) -> Line:
    where = found.place.file, steps_text(found.place.steps)
    return found.code, found.severity.value, *where, packed([list(pair) for pair in found.params])
