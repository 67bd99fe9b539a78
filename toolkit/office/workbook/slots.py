"""Texts that hold tags: cells, comments, titles, prompts.

In: a text in formatted runs, and its Place. Out: a Slot with the sequence of tags and marks that
a Stream renders; and, of what the stream gave, the filled text or typed value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from jinja2 import Undefined

from toolkit.finding import Place
from toolkit.office.engine import Engine
from toolkit.office.record import Record
from toolkit.office.tags.stream import Fragment
from toolkit.office.tags.text import Found, Kind, Tag, find_tags
from toolkit.office.values import Markdown, Special, clean, plain
from toolkit.office.workbook.rich import combined, runs_of
from toolkit.office.workbook.strings import Run

Value = str | int | float | bool | Decimal | date | time | timedelta | Special | None
_PICTURE = "picture"  # the last step of such a place, and the sink of its tags
_TYPED = (bool, int, float, Decimal, date, datetime, time, timedelta)
_SURE = frozenset(_TYPED)


class Look(Record):
    """Mark in a stream: from here on the text has this formatting."""

    xml: str


class End(Record):
    """Mark in a stream: the text of a slot ends."""


END = End()


class Raw(Record):
    """Text of the template in a slot whose values are guarded."""

    text: str


Guard = Callable[[Any], str]


class Slot:
    """One text with tags. ``lone``: a single printing tag is all it holds, so its type stays.

    ``guard`` turns a printed value into text where values need care (formulas, headers).
    """

    __slots__ = ("place", "lone", "guard", "items")

    def __init__(self, place: Place, lone: bool = False, guard: Guard | None = None) -> None:
        self.place = place
        self.lone = lone
        self.guard = guard
        self.items: list[Any] = []


Rich = list[Run]


class Drawn(Record):
    """An alternative text in which image() or qr() stood beside other text."""

    runs: Rich
    special: Special


def emitters(engine: Engine) -> dict[str, Callable[[Any], Any]]:
    """What a stream of a workbook makes of printed values, in cells and in texts of pictures."""
    emit = _emitter(engine)

    def draw(value: Any) -> Any:
        return value if isinstance(value, Special) else emit(value)

    return {"": emit, _PICTURE: draw}


def _emitter(engine: Engine) -> Callable[[Any], Value | Rich]:
    """A printed value as itself, typed and clean."""

    def emit(value: Any) -> Any:
        kind = type(value)
        if kind in _SURE or (kind is str and value.isprintable()):
            return value
        if isinstance(value, str):
            if type(value) is Markdown:
                return runs_of(Markdown(clean(value.source)))
            whole = str(value)
            text = clean(whole)
            if len(text) < len(whole):
                run = engine.environment.run
                tag = run.tag()
                run.add("control-dropped", tag.place, tag=tag.shown)
            return text
        if value is None or isinstance(value, Undefined):
            return plain(value) or None
        if isinstance(value, Special):
            run = engine.environment.run
            tag = run.tag()
            run.add("placeholder-not-picture", tag.place, tag=tag.shown)
            return None
        return value if isinstance(value, _TYPED) else clean(plain(value))

    return emit


def gather(pieces: list[Any]) -> Fragment:
    """What a macro or block gives: the text of what it printed."""
    return Fragment("".join(text_of(piece) for piece in pieces))


def text_of(value: Any) -> str:
    """A printed value inside text."""
    if type(value) is str:
        return value
    if isinstance(value, Raw):
        return value.text
    if type(value) is list:
        return rich_text(value)
    if isinstance(value, Look | End | Slot):
        return ""
    return plain(value)


def make_slot(
    runs: Sequence[Run],
    place: Place,
    engine: Engine,
    guard: Guard | None = None,
    *,
    typed: bool = False,
) -> Slot:
    """The Slot of a text; a tag belongs, whole, to the run it begins in.

    ``typed`` keeps the type of a value that is all the text there is.
    """
    slot = Slot(place, guard=guard)
    found = find_tags("".join(text for _, text in runs))
    _report_cut_off(found, runs, place, engine)
    slot.lone = typed and _is_lone(found, "".join(text for _, text in runs))
    tag = found[0].tag if slot.lone else None
    if tag:
        slot.items = [slot, _placed(tag, place)]
        return slot
    pieces: list[Any] = _trimmed(list(_pieces(found, runs, place)))
    if guard:
        pieces = [Raw(piece) if isinstance(piece, str) else piece for piece in pieces]
    slot.items = [slot, *pieces, END]
    return slot


def _report_cut_off(found: list[Found], runs: Sequence[Run], place: Place, engine: Engine) -> None:
    text = "".join(part for _, part in runs)
    for item in found:
        if item.tag is None and item.literal is None:
            shown = text[item.start : item.end]
            end = "}}" if shown.startswith("{{") else "%}"
            engine.add("tag-cut-off", place, tag=shown, end=end)


def _is_lone(found: list[Found], text: str) -> bool:
    tags = [item for item in found if item.tag and item.tag.kind is not Kind.COMMENT]
    if len(found) != 1 or len(tags) != 1:
        return False
    tag = tags[0].tag
    rest = text[: found[0].start] + text[found[0].end :]
    return tag is not None and tag.kind is Kind.VALUE and not rest.strip()


def _pieces(found: list[Found], runs: Sequence[Run], place: Place) -> Iterator[Any]:
    """Looks, literal texts and tags in order."""
    start = 0
    for look, text in runs:
        yield Look(look)
        end = start + len(text)
        at = start
        for item in found:
            if item.end <= at or item.start >= end:
                continue
            if item.start > at:
                yield text[at - start : item.start - start]
            if item.start >= start:
                yield _piece(item, place)
            at = item.end
        if at < end:
            yield text[at - start :]
        start = end


def _piece(item: Found, place: Place) -> Any:
    return _placed(item.tag, place) if item.tag else item.literal or ""


def _placed(tag: Tag, place: Place) -> Tag:
    """The tag at its place; a picture may be drawn in the text of one, and nowhere else."""
    drawn = bool(place.steps) and place.steps[-1][0] == _PICTURE
    return tag.at(place, place, _PICTURE if drawn else "")


def _trimmed(pieces: list[Any]) -> list[Any]:
    """The pieces with the blanks gone that dashes in tags ask to drop."""
    for index, piece in enumerate(pieces):
        if not isinstance(piece, Tag):
            continue
        if piece.strip_before:
            _trim(pieces, range(index - 1, -1, -1), str.rstrip)
        if piece.strip_after:
            _trim(pieces, range(index + 1, len(pieces)), str.lstrip)
    return [piece for piece in pieces if piece != ""]


def _trim(pieces: list[Any], indexes: range, strip: Callable[[str], str]) -> None:
    for index in indexes:
        if isinstance(pieces[index], Tag):
            return
        if isinstance(pieces[index], str):
            pieces[index] = strip(pieces[index])
            if pieces[index]:
                return


def read_rich(pieces: Iterator[Any], guard: Guard | None = None) -> Rich | Drawn:
    """The runs that a stream gives up to the end of a slot."""
    runs: Rich = []
    special: Special | None = None
    for piece in pieces:
        if isinstance(piece, Look):
            runs.append((piece.xml, ""))
        elif isinstance(piece, End):
            break
        elif isinstance(piece, Special):
            special = piece
        elif type(piece) is list and runs and guard is None:
            look = runs[-1][0]
            runs += [*(combined(look, run) for run in piece), (look, "")]
        elif runs:
            text = _guarded(piece, guard) if guard else text_of(piece)
            runs[-1] = (runs[-1][0], runs[-1][1] + text)
    return runs if special is None else Drawn(runs, special)


def _guarded(piece: Any, guard: Guard) -> str:
    return piece.text if isinstance(piece, Raw) else guard(piece)


def rich_text(runs: Rich) -> str:
    """The text of filled runs."""
    return "".join(text for _, text in runs)
