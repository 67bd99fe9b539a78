"""Days as people write them: 31.12.2026 · 31/12-26 · 12. januar 2026 · uke 12 2027 · Q2 2027.

In: a text or a number, the labels of the file's language, the day the file was sent. Out: the day,
and a state that names what was assumed: a century, a year, an order of day and month, the last day
of a period, a serial number of a spreadsheet. What may be two days is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from toolkit.collect.reading.periods import period_of
from toolkit.collect.reading.spelling import digits, plain, words
from toolkit.finding import LANGUAGES
from toolkit.language import Labels

OK, ASSUMED, SERIAL, UNREAD = "ok", "day-assumed", "day-from-number", "day-unread"
ORDER, AMBIGUOUS, PERIOD = "day-order", "day-ambiguous", "day-of-period"
YEARLESS, YEAR = "day-without-year", "day-year-assumed"
YEARS = range(1900, 2200)
SERIALS = range(32874, 73051)  # 1990-01-01 to 2100-01-01, days since 1899-12-30
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
CLOCK = re.compile(
    r"[t ](kl\.? ?)?\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?( ?[ap]m)?(z|[+-]\d\d:?\d\d)?$"
)
PACKED = 8  # figures of the longest number in a day: 20261231
PARTS = re.compile(r"\d+|[^\W\d_]+")

Read = tuple[date | None, str]
UNREADABLE: Read = (None, UNREAD)


class Sent(NamedTuple):
    """When a file was sent; ``ahead``: a day without a year lies after that day."""

    day: date | None = None
    ahead: bool = False


NOT_SENT = Sent()


def day_of_number(serial: float, epoch: date = EPOCH) -> Read:
    """The day a spreadsheet's serial number stands for, where it can be one."""
    days = serial + (epoch - EPOCH).days
    if SERIALS.start <= days < SERIALS.stop:  # false of what is infinite or no number
        return EPOCH + timedelta(days=int(days)), SERIAL
    return UNREADABLE


def day_of(text: str, labels: Labels, sent: Sent = NOT_SENT) -> Read:
    """The day a text says."""
    line = CLOCK.sub("", plain(digits(text)).casefold())
    parts = [part for part in PARTS.findall(line) if part not in _said_beside()]
    if any(len(part) > PACKED and part.isdecimal() for part in parts):
        return UNREADABLE
    about = len(parts) < len(PARTS.findall(line))
    period = period_of(parts, lambda name: month_of(name, labels))
    if period:
        days = (period.in_year(year) for year in ([period.year] if period.year else _years(sent)))
        return _chosen(list(days), PERIOD if period.year else YEAR, sent)
    day, state = _of_parts(parts, line, labels, sent)
    return (day, ASSUMED) if day and about and state == OK else (day, state)


def _said_beside() -> frozenset[str]:
    """Words beside a day that do not change it: its weekday, ``ca.``, ``innen``."""
    return frozenset((*words("weekday"), *words("about"), *words("by")))


def _of_parts(parts: list[str], line: str, labels: Labels, sent: Sent) -> Read:
    names = [part for part in parts if not part.isdecimal()]
    numbers = [part for part in parts if part.isdecimal()]
    if len(names) == 1 and len(numbers) == 2:
        return _named(names[0], numbers, labels)
    if len(names) == 1 and len(numbers) == 1:
        return _yearless(numbers[0], month_of(names[0], labels), sent)
    if names:
        return UNREADABLE
    if len(numbers) == 1 and len(numbers[0]) == 8:
        return _packed(numbers[0])
    if len(numbers) == 2 and not line.startswith("-"):
        return _yearless(numbers[0], int(numbers[1]), sent)
    return _numbered(numbers, line, labels) if len(numbers) == 3 else UNREADABLE


def _named(name: str, numbers: list[str], labels: Labels) -> Read:
    """``12 januar 2026``, ``Jan 12 2026``, ``2026 januar 12``."""
    month = month_of(name, labels)
    first, second = numbers
    day, year = (second, first) if len(first) == 4 else (first, second)
    return _made(year, month, day) if month else UNREADABLE


def _packed(figures: str) -> Read:
    found = _made(figures[:4], int(figures[4:6]), figures[6:])
    turned = _made(figures[4:], int(figures[2:4]), figures[:2])
    if found[0] and turned[0]:
        return None, AMBIGUOUS
    day = found[0] or turned[0]
    return (day, ASSUMED) if day else UNREADABLE


def _numbered(numbers: list[str], line: str, labels: Labels) -> Read:
    first, second, third = numbers
    if len(first) == 4:
        return _made(first, int(second), third)
    if line.count("-") == 2 and labels.locale["date"].startswith("y") and len(third) < 4:
        return _short(numbers)
    found = _made(third, int(second), first)
    turned, _ = _made(third, int(first), second)
    if found[0] is None:
        return (turned, ASSUMED) if turned else UNREADABLE
    slashes = line.count("/") == 2
    return (found[0], ORDER) if slashes and turned and turned != found[0] else found


def _short(numbers: list[str]) -> Read:
    """``26-12-31`` where years come first; it may also begin with the day."""
    first, second, third = numbers
    found, turned = (_made(first, int(second), third), _made(third, int(second), first))
    if found[0] and turned[0] and found[0] != turned[0]:
        return None, AMBIGUOUS
    return found if found[0] else turned


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


# --- without a year ---------------------------------------------------------------------------


def _yearless(day: str, month: int, sent: Sent) -> Read:
    """``5. mai`` and ``31.12``: the first such day after the file was sent, or none."""
    if _made("2028", month, day)[0] is None:  # a leap year
        return UNREADABLE
    return _chosen([_made(f"{year}", month, day)[0] for year in _years(sent)], YEAR, sent)


def _years(sent: Sent) -> range:
    first = sent.day.year if sent.day else 0
    return range(first, first + 2) if first else range(0)


def _chosen(days: list[date | None], state: str, sent: Sent) -> Read:
    """The one day of a period in its year; of several years the first that lies ahead."""
    if state == PERIOD:
        return (days[0], PERIOD) if days[0] else UNREADABLE
    if sent.day is None or not sent.ahead:
        return None, YEARLESS
    found = next((day for day in days if day and day >= sent.day), None)
    return (found, YEAR) if found else (None, YEARLESS)


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
