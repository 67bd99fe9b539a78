"""Looks: what the cell styles of a workbook say of the numbers in its cells.

In: the part with the styles. Out: Looks: which styles multiply by a hundred, and how the text of a
number becomes a value in each style; a style that may mean days, hours or something else has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache

from toolkit.collect.reading.days import EPOCH
from toolkit.collect.reading.known_texts import Known
from toolkit.collect.reading.plain_texts import Odd
from toolkit.office.package.markup import parse

BUILT_IN_PERCENTS = {"9", "10"}
BUILT_IN_NUMBERS = frozenset(map(str, (*range(5), *range(9, 14), *range(37, 41), 48, 49)))
BUILT_IN_DAYS = frozenset({"14", "15", "16", "17"})
WRITTEN = re.compile(r"-?[0-9]{1,17}(?:\.[0-9]{1,17})?(?:[Ee][+-]?[0-9]{1,2})?")
QUOTED = re.compile(r'"[^"]*"')
UNSURE = frozenset("\\_*[]@")  # what comes behind or between them may be no part of a day
FIRST_DAY, LAST_DAY = 61, 2_958_465  # before the first, programs count differently

Number = Mapping[str, float] | Mapping[str, date]


@dataclass(frozen=True, eq=False)
class Looks:
    """Which styles are percent formats, and what numbers are by ``n`` and the style's number."""

    percents: frozenset[str] = frozenset()
    numbers: Mapping[str, Number] = field(default_factory=dict)


@lru_cache(maxsize=32)
def looks_of(data: bytes) -> Looks:
    """What the styles of a workbook say; MarkupError where they are damaged."""
    root = parse(data)
    formats = {
        item.get("numFmtId", ""): item.get("formatCode", "") for item in root.iter("{*}numFmt")
    }
    percents = BUILT_IN_PERCENTS | {id for id, code in formats.items() if is_percent(code)}
    ids = [xf.get("numFmtId") for xf in next(root.iter("{*}cellXfs"), ())]
    numbers = {"n": NUMBERS} | dict(_numbers(ids, formats))
    return Looks(frozenset(f"{n}" for n, id in enumerate(ids) if id in percents), numbers)


@cache
def no_looks() -> Looks:
    """What a workbook without styles says."""
    return Looks(frozenset(), {"n": NUMBERS})


def _numbers(ids: list[str | None], formats: Mapping[str, str]) -> Iterator[tuple[str, Number]]:
    for n, id in enumerate(ids):
        code = formats.get(id or "")
        own = _built_in(id or "") if code is None else _custom(code)
        if own is not None:
            yield f"n{n}", own


def _built_in(id: str) -> Number | None:
    if id in BUILT_IN_NUMBERS:
        return NUMBERS
    return DAYS if id in BUILT_IN_DAYS else None


def _custom(code: str) -> Number | None:
    """How numbers of a format of its own are read; None where that is not sure."""
    plain = QUOTED.sub("", code)
    letters = {letter.casefold() for letter in plain if letter.isalpha()}
    if '"' in plain:
        return None
    if not letters or plain == "General":
        return NUMBERS
    sure = letters <= set("dmy") and "d" in letters and "y" in letters
    return DAYS if sure and not UNSURE & set(plain) else None


def _number(text: str) -> float:
    """The number of a text; Odd where it is not written as programs write one."""
    if not WRITTEN.fullmatch(text):
        raise Odd
    return float(text)


def _day(text: str) -> date:
    """The day of a serial number, counted from the first epoch; Odd where there is a time of day,
    or where programs do not agree."""
    if not (text.isascii() and text.isdecimal() and FIRST_DAY <= int(text[:8]) <= LAST_DAY):
        raise Odd
    return EPOCH + timedelta(days=int(text))


NUMBERS, DAYS = Known(_number), Known(_day)


def is_percent(code: str) -> bool:
    """Whether a number format multiplies by a hundred: a percent sign outside quotation marks."""
    quoted = False
    previous = ""
    for letter in code:
        if letter == '"' and previous != "\\":
            quoted = not quoted
        elif letter == "%" and not quoted and previous not in ("\\", "_", "*"):
            return True
        previous = letter
    return False
