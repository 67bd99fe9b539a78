"""Days as people write them: 31.12.2026 · 2026-12-31 · 31/12/26 · 12. januar 2026 · Jan 12, 2026.

In: a text or a number and the labels of the file's language. Out: the day, and a state that names
what was assumed: a century, an order of day and month, a serial number of a spreadsheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from toolkit.collect.reading.spelling import plain
from toolkit.finding import LANGUAGES
from toolkit.language import Labels

OK, ASSUMED, SERIAL, UNREAD = "ok", "day-assumed", "day-from-number", "day-unread"
YEARS = range(1900, 2200)
SERIALS = range(32874, 73051)  # 1990-01-01 to 2100-01-01, days since 1899-12-30
EPOCH = date(1899, 12, 30)
CLOCK = re.compile(r"[t ]\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?(z|[+-]\d\d:?\d\d)?$")
PARTS = re.compile(r"\d+|[^\W\d_]+")

Read = tuple[date | None, str]
UNREADABLE: Read = (None, UNREAD)


def day_of_number(serial: float) -> Read:
    """The day a spreadsheet's serial number stands for, where it can be one."""
    if int(serial) in SERIALS:
        return EPOCH + timedelta(days=int(serial)), SERIAL
    return UNREADABLE


def day_of(text: str, labels: Labels) -> Read:
    """The day a text says."""
    line = CLOCK.sub("", plain(text).casefold())
    parts = PARTS.findall(line)
    names = [part for part in parts if not part.isdecimal()]
    numbers = [part for part in parts if part.isdecimal()]
    if len(names) == 1 and len(numbers) == 2:
        return _named(names[0], numbers, labels)
    if names:
        return UNREADABLE
    if len(numbers) == 1 and len(numbers[0]) == 8:
        return _packed(numbers[0])
    year_first = "-" in line and labels.locale["date"].startswith("y")
    return _numbered(numbers, year_first=year_first) if len(numbers) == 3 else UNREADABLE


def _named(name: str, numbers: list[str], labels: Labels) -> Read:
    """``12 januar 2026``, ``Jan 12 2026``, ``2026 januar 12``."""
    month = month_of(name, labels)
    first, second = numbers
    day, year = (second, first) if len(first) == 4 else (first, second)
    return _made(year, month, day) if month else UNREADABLE


def _packed(digits: str) -> Read:
    found = _made(digits[:4], int(digits[4:6]), digits[6:])
    turned = found if found[0] else _made(digits[4:], int(digits[2:4]), digits[:2])
    return (turned[0], ASSUMED) if turned[0] else UNREADABLE


def _numbered(numbers: list[str], *, year_first: bool) -> Read:
    first, second, third = numbers
    if len(first) == 4 or (year_first and len(third) < 4):
        return _made(first, int(second), third)
    found = _made(third, int(second), first)
    if found[0] is None and int(second) > 12:
        turned, _ = _made(third, int(first), second)
        return (turned, ASSUMED) if turned else UNREADABLE
    return found


def _made(year: str, month: int, day: str) -> Read:
    """A day of a year of four digits; of two it is this century's, and said so."""
    if len(year) not in (2, 4) or len(day) > 2:
        return UNREADABLE
    number = int(year) + (2000 if len(year) == 2 else 0)
    try:
        made = date(number, month, int(day)) if number in YEARS else None
    except ValueError:
        return UNREADABLE
    return (made, OK if len(year) == 4 else ASSUMED) if made else UNREADABLE


def month_of(name: str, labels: Labels) -> int:
    """The month a word or its beginning names, the file's language first; 0 where none or two."""
    if len(name) < 3:
        return 0
    own = set(_months(name, labels))
    if own:
        return own.pop() if len(own) == 1 else 0
    found = {month for language in LANGUAGES for month in _months(name, Labels.load(language))}
    return found.pop() if len(found) == 1 else 0


def _months(name: str, labels: Labels) -> Iterator[int]:
    for month in range(1, 13):
        known = labels.locale[f"month.{month}"].casefold()
        if known.startswith(name) or (name.startswith(known) and len(known) > 3):
            yield month
