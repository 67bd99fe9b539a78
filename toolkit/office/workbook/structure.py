"""Which rows and columns of a template sheet repeat.

In: the rows of a sheet and the tags that steer them. Out: bands, column loops, and the sequence
of tags and marks that renders the sheet's rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from toolkit.finding import Place
from toolkit.office.engine import Engine
from toolkit.office.references.axis import Band, Run
from toolkit.office.tags.blocks import is_closer, is_opener, loop_source
from toolkit.office.tags.text import Tag
from toolkit.office.workbook.cells import Row
from toolkit.office.workbook.marks import ColumnLoop, Enter, Strip, Structure, counting
from toolkit.office.workbook.slots import Slot
from toolkit.office.workbook.steering import Steer, balance, take_steers

_IN_ONE_CELL = ("macro", "call", "set")
_BRANCHES = ("else", "elif")
Attached = dict[int, list[tuple[int, Slot]]]  # row -> column and slot of what lies on its cells


def read_structure(
    rows: dict[int, Row], attached: Attached, place: Callable[[str], Place], engine: Engine
) -> Structure:
    """The structure of a sheet; rows missing inside a loop are added to ``rows``."""
    for number in attached:
        rows.setdefault(number, Row(number))
    steers = {n: take_steers(row, place, engine) for n, row in sorted(rows.items())}
    reader = _Reader(rows, attached, engine)
    reader.find_sheet(steers)
    reader.find_columns(steers)
    for number in sorted(rows):
        reader.row(rows[number], [s for s in steers[number] if s.tag.letter not in ("tc", "sheet")])
    reader.end()
    return reader.found


class _Reader:
    def __init__(self, rows: dict[int, Row], attached: Attached, engine: Engine) -> None:
        self._rows = rows
        self._attached = attached
        self._engine = engine
        self._open: list[Band] = []
        self._closed = 0
        self._at = 0
        self._span: Run | None = None
        self.found = Structure()

    @property
    def _band(self) -> Band | None:
        return self._open[-1] if self._open else None

    def find_sheet(self, steers: dict[int, list[Steer]]) -> None:
        """Take the tag of A1 that repeats or keeps the whole sheet."""
        for number, row in steers.items():
            for steer in row:
                if steer.tag.letter != "sheet":
                    continue
                if (number, steer.column) == (1, 1) and is_opener(steer.tag):
                    self.found.sheet = steer.tag
                else:
                    self._misplaced(steer.tag, "A1")

    def find_columns(self, steers: dict[int, list[Steer]]) -> None:
        """Pair the ``{%tc %}`` tags of each row into column loops; each pair counts once."""
        for row in steers.values():
            stack: list[tuple[Steer, Band]] = []
            for steer in row:
                if steer.tag.letter != "tc":
                    continue
                if is_opener(steer.tag):
                    inside = stack[-1][1] if stack else None
                    stack.append((steer, _column_band(steer, inside)))
                elif is_closer(steer.tag) and stack:
                    opener, band = stack.pop()
                    band.last = band.ending = steer.column
                    self._add_loop(ColumnLoop(band, opener.tag, steer.tag))
                else:
                    self._misplaced(steer.tag, "{%tc for … %}…{%tc endfor %}")
            for opener, _ in stack:
                self.found.items.append(opener.tag)  # told as unclosed

    def _add_loop(self, loop: ColumnLoop) -> None:
        same = [n for n in self.found.loops if (n.band.first, n.band.last) ==
                (loop.band.first, loop.band.last)]  # fmt: skip
        if not same:
            self.found.loops.append(loop)

    def row(self, row: Row, steers: Sequence[Steer]) -> None:
        """One template row, with the rows missing before it inside a loop."""
        if self._open:
            for number in range(self._at + 1, row.number):
                self._keep(self._rows.setdefault(number, Row(number)))
        self._at = row.number
        groups = balance(steers)
        if not steers:
            self._keep(row)
        elif groups is not None:
            self._same_row(row, groups)
        elif any(cell.text or cell.value or cell.formula for cell in row.cells.values()):
            self._among(row, steers)
        else:
            self.found.removed.add(row.number)
            for steer in steers:
                self._step(steer, row.number)

    def end(self) -> None:
        """The end of the sheet: what is still open ends here, and is told as unclosed."""
        while self._open:
            self._open.pop().last = self._at
        self.found.bands.sort(key=lambda band: (band.first, -band.last, _depth(band)))
        self.found.items[:0] = counting(self.found.loops)

    # Rows

    def _keep(self, row: Row, lanes: Sequence[Run] = ()) -> None:
        """A row that stays; columns of side-by-side loops (lanes) are kept apart from it."""
        row.band = self._band
        self._hold(row.number)
        held = [c for c in row.cells if not any(_within(lane, c) for lane in lanes)]
        strip = self._strip(row, held)
        lying = self._attached.get(row.number, [])
        strip.slots += [pair for pair in lying if not any(_within(lane, pair[0]) for lane in lanes)]
        if self._open or strip.slots:
            self.found.items += strip.items(self.found.loops)

    def _hold(self, number: int) -> None:
        for band in self._open:
            band.content = band.content or number
            band.ending = number

    def _strip(self, row: Row, columns: Sequence[int]) -> Strip:
        cells = [row.cells[column] for column in sorted(columns)]
        strip = Strip(row, cells, self._band)
        self.found.strips.setdefault(row.number, []).append(strip)
        return strip

    def _among(self, row: Row, steers: Sequence[Steer]) -> None:
        """Tags among other cells: openers stand before the row, closers after it."""
        after = [steer for steer in steers if is_closer(steer.tag)]
        for steer in steers:
            if steer not in after:
                self._step(steer, row.number)
        self._keep(row)
        for steer in after:
            self._step(steer, row.number)

    def _same_row(self, row: Row, groups: Sequence[Sequence[Steer]]) -> None:
        """Loops that open and close in one row: one repeats the row, several their columns."""
        loops = [group for group in groups if is_opener(group[0].tag)]
        for group in groups:
            if group not in loops:
                self._step(group[0], row.number)
        if not loops and not any(cell.said or cell.formula for cell in row.cells.values()):
            self.found.removed.add(row.number)
        elif len(loops) < 2:
            self._around(row, loops[0] if loops else [], self._keep)
        else:
            self._beside(row, loops)

    def _around(self, row: Row, group: Sequence[Steer], keep: Callable[[Row], None]) -> None:
        openers = [steer for steer in group if is_opener(steer.tag)]
        for steer in group[: len(openers)]:
            if steer not in openers:  # a loop beside another one inside a third
                self._misplaced(steer.tag, "{%tr … %}")
        for steer in group[: len(openers)]:
            self._step(steer, row.number)
        keep(row)
        for steer in group[len(openers) :]:
            self._step(steer, row.number)

    def _beside(self, row: Row, loops: Sequence[Sequence[Steer]]) -> None:
        self._push(Band(row.number, row.number, 0, 0, None, self._band, beside=True))
        spans = [(loop[0].column, loop[-1].column) for loop in loops]
        self._keep(row, spans)
        for self._span, loop in zip(spans, loops, strict=True):
            self._around(row, loop, self._keep_lane)
        self._span = None
        self._pop(row.number)

    def _keep_lane(self, row: Row) -> None:
        self._hold(row.number)
        columns = [column for column in row.cells if _within(self._span, column)]
        strip = self._strip(row, columns)
        lying = self._attached.get(row.number, [])
        strip.slots += [pair for pair in lying if _within(self._span, pair[0])]
        self.found.items += strip.items(self.found.loops)

    # Tags

    def _step(self, steer: Steer, row: int) -> None:
        self.found.items.append(steer.tag)
        if is_opener(steer.tag) and steer.tag.word in _IN_ONE_CELL:
            word = steer.tag.word
            self._misplaced(steer.tag, f"{{% {word} … %}}…{{% end{word} %}}")
        if is_opener(steer.tag):
            first = row + 1 if row == self._closed and row in self.found.removed else row
            over = loop_source(steer.tag)
            self._push(Band(first, row, 0, 0, self._span, self._band, over=over))
        elif steer.tag.word in _BRANCHES and self._band:
            self.found.items.append(Enter(self._band))
        elif is_closer(steer.tag) and self._open:
            self._pop(row)
            self._closed = row

    def _push(self, band: Band) -> None:
        self._open.append(band)
        self.found.bands.append(band)
        self.found.items.append(Enter(band))

    def _pop(self, row: int) -> None:
        band = self._open.pop()
        band.last = max(row, band.first)
        band.content = band.content or band.first
        band.ending = band.ending or band.last

    def _misplaced(self, tag: Tag, where: str) -> None:
        self._engine.add("tag-misplaced", tag.place, tag=tag.shown, where=where)


def _column_band(steer: Steer, inside: Band | None) -> Band:
    """The band a column loop opens; where it ends is seen later."""
    over = loop_source(steer.tag)
    return Band(steer.column, 0, steer.column, 0, None, inside, over=over)


def _depth(band: Band) -> int:
    return 0 if band.inside is None else 1 + _depth(band.inside)


def _within(span: Run | None, column: int) -> bool:
    return span is not None and span[0] <= column <= span[1]
