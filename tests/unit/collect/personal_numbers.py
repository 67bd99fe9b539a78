"""Valid national identity numbers, made by the rules of each country from a day of birth."""

from __future__ import annotations


def norwegian_number(day: str) -> str:
    """The first Norwegian number of a day (ddmmyy) that has both check digits."""
    for born in range(100, 1000):
        first = _check(f"{day}{born}", (3, 7, 6, 1, 8, 9, 4, 5, 2))
        if first > 9:
            continue
        second = _check(f"{day}{born}{first}", (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
        if second < 10:
            return f"{day}{born}{first}{second}"
    raise AssertionError(day)


def _check(digits: str, weights: tuple[int, ...]) -> int:
    return -sum(int(n) * w for n, w in zip(digits, weights, strict=True)) % 11


def danish_number(day: str) -> str:
    """The first Danish number of a day (ddmmyy) with the old check digit."""
    for born in range(100, 1000):
        check = _check(f"{day}{born}", (4, 3, 2, 7, 6, 5, 4, 3, 2))
        if check < 10:
            return f"{day}{born}{check}"
    raise AssertionError(day)


def swedish_number(day: str, born: str) -> str:
    """A Swedish number of a day (yymmdd) and a birth number."""
    doubled = (int(n) * (2 - place % 2) for place, n in enumerate(day + born))
    return f"{day}{born}{-sum(n // 10 + n % 10 for n in doubled) % 10}"


def finnish_number(start: str) -> str:
    """A Finnish code of its first ten characters: ddmmyy, separator, birth number."""
    letters = "0123456789ABCDEFHJKLMNPRSTUVWXY"
    return start + letters[int(start[:6] + start[7:]) % 31]
