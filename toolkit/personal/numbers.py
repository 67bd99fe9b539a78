"""National identity numbers of the Nordic countries, told by their check digits and days of birth.

In: a text of the form of such a number. Out: whether it is one.
"""

from __future__ import annotations

from datetime import date

_NO_FIRST, _NO_SECOND = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_DK_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_FI_LETTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdecimal())


def _mod11(number: str, weights: tuple[int, ...]) -> bool:
    return not sum(int(n) * w for n, w in zip(number, weights, strict=False)) % 11


def _is_day(day: int, month: int, year: int = 2000) -> bool:
    """Whether there is such a day; the century is not known, so 29 February always is."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def norwegian(text: str) -> bool:
    """A Norwegian identity number or D-number, by both check digits.

    The day of a D-number is 40 higher; the month of a synthetic one 40, 65 or 80 higher.
    """
    number = digits(text)
    if len(number) != 11 or not (_mod11(number, _NO_FIRST) and _mod11(number, _NO_SECOND)):
        return False
    day, month = int(number[:2]) % 40, int(number[2:4])
    return any(_is_day(day, month - more) for more in (0, 40, 65, 80))


def danish(text: str) -> bool:
    """A Danish CPR number: a day of birth; the old check digit where nothing parts the halves.

    Numbers given since 2007 need not keep the check digit, so ``ddmmyy-nnnn`` is one by its form.
    """
    number = digits(text)
    if len(number) != 10 or not _is_day(int(number[:2]), int(number[2:4])):
        return False
    return number != text or _mod11(number, _DK_WEIGHTS)


def swedish(text: str) -> bool:
    """A Swedish identity or coordination number, with or without century, by its check digit."""
    number = digits(text)[-10:]
    if len(number) != 10 or not _is_day(int(number[4:6]) % 60, int(number[2:4])):
        return False
    doubled = (int(n) * (2 - place % 2) for place, n in enumerate(number))
    return not sum(n // 10 + n % 10 for n in doubled) % 10


def finnish(text: str) -> bool:
    """A Finnish identity code, by its check character."""
    number = text[:6] + text[7:10]
    letter = _FI_LETTERS[int(number) % 31]
    return letter == text[10].upper() and _is_day(int(text[:2]), int(text[2:4]))
