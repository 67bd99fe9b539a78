"""Durations as people write them: 3 t 20 min · 3h20 · 1,5 timer · 200 min.

In: a text, or a time of day as a spreadsheet makes of ``3:20``. Out: minutes; None where it is no
duration, or where what a number counts is left open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time, timedelta

from toolkit.collect.reading.spelling import digits, plain, words

HOUR, MINUTE = 60.0, 1.0
COUNTED: Mapping[str, float] = {"f.minutes_saved": MINUTE, "f.annual_hours": HOUR}
"""Fields that count time, and how many minutes one of what they count is."""
PIECE = re.compile(r"(\d+(?:[.,]\d+)?) ?([^\W\d_]*)\.?(?: og | and | och | ja |, | )?")


def minutes_of(text: str) -> float | None:
    """The minutes a text says: hours, minutes or both, each once."""
    line = plain(digits(text)).casefold()
    pieces = [(m.group(1), m.group(2)) for m in PIECE.finditer(line)]
    if not pieces or PIECE.sub("", line).strip() or len(pieces) > 2:
        return None
    if len(pieces) == 2 and not pieces[1][1] and _unit(pieces[0][1]) == HOUR:
        pieces[1] = (pieces[1][0], words("minute")[0])  # 3h20
    units = [_unit(word) for _, word in pieces]
    if None in units or units not in ([HOUR], [MINUTE], [HOUR, MINUTE]):
        return None
    numbers = [float(number.replace(",", ".")) for number, _ in pieces]
    if len(numbers) == 2 and (numbers[1] >= HOUR or not numbers[0].is_integer()):
        return None
    return sum(number * unit for number, unit in zip(numbers, units, strict=True) if unit)


def first_number(text: str) -> float:
    """The first number of a text that holds one."""
    found = PIECE.search(plain(digits(text)))
    return float(found.group(1).replace(",", ".")) if found else 0.0


def _unit(word: str) -> float | None:
    if word in words("hour"):
        return HOUR
    return MINUTE if word in words("minute") else None


def minutes_of_time(content: time | timedelta) -> float:
    """The minutes of a time of day, or of a duration."""
    if isinstance(content, timedelta):
        return content.total_seconds() / 60
    return content.hour * HOUR + content.minute + content.second / 60
