"""Values: what stands in a cell as a typed neutral value, the way its field wants it.

In: a cell's value (text, number, day, yes or no), its Field and the Words of the file. Out: a Read:
the text as it stood, the neutral value, and a state. ``ok`` is sure; every other state is a code of
the findings' catalogue and says what was assumed, or why the text stays a text.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any

from toolkit.collect.reading.choices import (
    Choice,
    Names,
    letters_of,
    option_of,
    option_of_number,
    reference_of,
)
from toolkit.collect.reading.days import EPOCH, Sent, day_of, day_of_number
from toolkit.collect.reading.durations import COUNTED, first_number, minutes_of, minutes_of_time
from toolkit.collect.reading.numbers import ABOUT, SIGN, UNREAD, number_of, whole
from toolkit.collect.reading.spelling import no_answer, shown
from toolkit.collect.returned import OK, Value
from toolkit.collect.returned import UNREAD as NOT_READ
from toolkit.field import Field, FieldType
from toolkit.language import Labels, option_keys

Content = str | float | int | bool | date | datetime | time | timedelta | None

KEPT_CONTROLS = "\n\t"
NO_ANSWER = "no-answer"
AHEAD = frozenset({"f.deadline", "f.target_date", "f.filled_date", "f.realised_from"})
"""Days that lie after the file was sent, so that one without a year can have only one."""


@dataclass(frozen=True)
class Words:
    """What the words of one file mean: its language, and the entries its references name.

    ``sent`` is the day it was sent, ``epoch`` the day its serial numbers count from; ``known`` is
    what was read with these words, ``made`` the cells, for the next file with the same.
    """

    labels: Labels
    names: Mapping[str, Names] = field(default_factory=dict)
    sent: date | None = None
    epoch: date = EPOCH
    known: dict[Hashable, tuple[Read, Field]] = field(
        default_factory=dict, compare=False, repr=False
    )
    made: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Read:
    """A value read; ``params`` fill the message of its state."""

    raw: str
    value: Value
    state: str = OK
    params: Mapping[str, str] = field(default_factory=dict)


def read_value(content: Content, field: Field, words: Words, *, percent: bool = False) -> Read:
    """The neutral value of a cell; ``percent``: the cell's own format is a percent format."""
    if content is None or (isinstance(content, str) and not content.strip()):
        return Read("", None)
    raw = text_of(content, words.labels)
    if field.type not in READERS:
        return _text(raw)
    read = READERS[field.type](content, field, words)
    if isinstance(read.value, float) and not isfinite(read.value):  # no program writes one
        return Read(raw, raw, "number-unread", {"value": shown(raw)})
    if read.state in NOT_READ and isinstance(content, str) and no_answer(content):
        return Read(raw, None, NO_ANSWER, {"value": shown(raw)})
    if percent and isinstance(content, int | float) and not isinstance(content, bool):
        return _hundredfold(read, field)
    return read


def text_of(content: Content, labels: Labels) -> str:
    """What a person sees in the cell, near enough: days the language's way, whole numbers whole."""
    if isinstance(content, bool):
        return labels.t("o.yesno.yes" if content else "o.yesno.no")
    if isinstance(content, float):
        return f"{whole(content)}"
    if isinstance(content, datetime):
        midnight = content.time() == time(0)
        return labels.date(content.date()) if midnight else content.isoformat(" ")
    if isinstance(content, date):
        return labels.date(content)
    return str(content)


def cleaned(text: str) -> str:
    """A text with one kind of line break, and without control characters and outer blanks."""
    lines = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c >= " " and c != "\x7f" or c in KEPT_CONTROLS)
    return "".join(kept).strip()


def _text(raw: str) -> Read:
    if raw.isprintable() and "_x" not in raw:
        return Read(raw, raw.strip() or None)
    text = cleaned(raw)
    odd = any(c < " " and c not in "\r\n\t" or c == "\x7f" for c in raw)
    return Read(raw, text or None, "text-cleaned" if odd else OK)


def _number(content: Content, field: Field, words: Words) -> Read:
    raw = text_of(content, words.labels)
    if field.field in COUNTED and isinstance(content, str | time | timedelta):
        read = _duration(content, raw, field)
        if read:
            return read
    if isinstance(content, bool | date | time | timedelta):
        return _unread(raw)
    if isinstance(content, int | float):
        return _checked(raw, whole(content), OK, field)
    found = number_of(str(content), words.labels)
    if found.value is None or (found.state == SIGN and field.type is FieldType.MONEY):
        return _unread(raw, found.state if found.value is None else UNREAD)
    share = field.type is FieldType.SHARE
    value = whole(round(found.value / 100, 12)) if found.percent and share else found.value
    percent = found.percent and field.type in (FieldType.INT, FieldType.MONEY)
    return _checked(raw, value, ABOUT if percent and found.state == OK else found.state, field)


def _unread(raw: str, state: str = UNREAD) -> Read:
    return Read(raw, raw.strip(), state, {"value": shown(raw)})


def _duration(content: Content, raw: str, field: Field) -> Read | None:
    """A duration in the unit the field counts in; None for what is no duration."""
    timed = isinstance(content, time | timedelta)
    minutes = minutes_of_time(content) if timed else minutes_of(raw)  # type: ignore[arg-type]
    if minutes is None:
        return None
    value = whole(round(minutes / COUNTED[field.field], 4))
    own = not timed and first_number(raw) == value
    return _checked(raw, value, OK if own else ABOUT, field)


def _checked(raw: str, value: float, state: str, field: Field) -> Read:
    """A number with a note where it does not look like its type."""
    told = {"value": shown(raw), "read": f"{value}"}
    if state == OK and field.type is FieldType.INT and isinstance(value, float):
        state = "number-not-whole"
    if state == OK and field.type is FieldType.SHARE and not 0 <= value <= 1:
        state = "share-outside"
    return Read(raw, value, state, told if state != OK else {})


def _hundredfold(read: Read, field: Field) -> Read:
    """A percent cell holds 0.52 and shows 52 %: percent is 0-100 here (ruling 6)."""
    if field.type not in NUMBERS or not isinstance(read.value, int | float):
        return read
    if field.type is FieldType.SHARE:
        return read
    value = whole(round(read.value * 100, 10))
    return Read(read.raw, value, "number-percent", {"value": read.raw, "read": f"{value}"})


def _day(content: Content, field: Field, words: Words) -> Read:
    raw = text_of(content, words.labels)
    if isinstance(content, datetime):
        return Read(raw, content.date())
    if isinstance(content, date):
        return Read(raw, content)
    numeric = isinstance(content, int | float) and not isinstance(content, bool)
    sent = Sent(words.sent, field.field in AHEAD)
    day, state = (
        day_of_number(float(content), words.epoch)  # type: ignore[arg-type]
        if numeric
        else day_of(raw, words.labels, sent)
    )
    if day is None:
        return Read(raw, raw.strip(), state, {"value": shown(raw)})
    told = {"value": shown(raw), "read": words.labels.date(day)}
    return Read(raw, day, state, told if state != OK else {})


def _option(content: Content, field: Field, words: Words) -> Read:
    raw = text_of(content, words.labels)
    numeric = isinstance(content, int | float) and not isinstance(content, bool)
    if numeric:
        return _chosen(raw, option_of_number(whole(float(content)), field.choices), field, words)  # type: ignore[arg-type]
    return _chosen(raw, option_of(raw, field.choices, words.labels.lang), field, words)


def _chosen(raw: str, choice: Choice, field: Field, words: Words) -> Read:
    if choice.state == OK:
        return Read(raw, choice.value)
    near = shown(_called(choice.meant, field, words))
    told = {"value": shown(raw), "near": near, "likeness": f"{choice.likeness}"}
    value = choice.value if choice.value is not None else cleaned(raw)
    return Read(raw, value, choice.state, told)


def _called(key: str, field: Field, words: Words) -> str:
    """What people call an option or an entry; several ids stand as they are."""
    if field.choices and key in option_keys(field.choices):
        return words.labels.label(field.choices, key)
    names = words.names.get(field.ref)
    return names.titles.get(key, key) if names else key


def _reference(content: Content, field: Field, words: Words) -> Read:
    raw = text_of(content, words.labels)
    names = words.names.get(field.ref)
    whole_text = _named(raw, names)
    if whole_text.state == OK or not _several(raw):
        return _chosen(raw, whole_text, field, words)
    return _many(raw, field, words)


def _named(text: str, names: Names | None) -> Choice:
    return reference_of(text, names) if names else Choice(None, "reference-unknown")


def _several(text: str) -> bool:
    return ";" in text or "\n" in text


def _many(raw: str, field: Field, words: Words) -> Read:
    """Several values in one cell; one that is not known leaves the whole cell a text."""
    parts = [part.strip() for part in raw.replace("\n", ";").split(";") if part.strip()]
    found = [_chosen(part, _one(part, field, words), field, words) for part in parts]
    wrong = [read for read in found if read.state != OK]
    unknown = [read for read in wrong if read.state.endswith(("unknown", "ambiguous"))]
    if unknown:
        return Read(raw, cleaned(raw), unknown[0].state, unknown[0].params)
    value = "; ".join(dict.fromkeys(f"{read.value}" for read in found))
    return Read(raw, value, wrong[0].state, wrong[0].params) if wrong else Read(raw, value)


def _one(text: str, field: Field, words: Words) -> Choice:
    if field.choices:
        return option_of(text, field.choices, words.labels.lang)
    return _named(text, words.names.get(field.ref))


def _letters(content: Content, field: Field, words: Words) -> Read:
    raw = text_of(content, words.labels)
    return _chosen(raw, letters_of(raw), field, words)


def _multi(content: Content, field: Field, words: Words) -> Read:
    return _many(text_of(content, words.labels), field, words)


Reader = Callable[[Content, Field, Words], Read]

NUMBERS = (
    *(FieldType.INT, FieldType.NUMBER, FieldType.PERCENT),
    *(FieldType.SHARE, FieldType.MONEY),
)
READERS: Mapping[FieldType, Reader] = {
    **dict.fromkeys(NUMBERS, _number),
    FieldType.DATE: _day,
    FieldType.CHOICE: _option,
    FieldType.REF: _reference,
    FieldType.MULTI: _multi,
    FieldType.HUKI: _letters,
}
