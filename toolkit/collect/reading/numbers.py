"""Numbers as people write them: 1 250 000,50 · 1.250.000 · ca. 12 · 12 % · kr 500 · 1,2 mill. kr.

In: a text and the labels of the file's language. Out: the number, and a state that names what was
assumed. The language decides what a lone separator means; where it does not, nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.collect.reading.spelling import digits, ending, plain, without, words
from toolkit.language import NBSP, Labels

OK, ABOUT, AMBIGUOUS, UNREAD = "ok", "number-about", "number-ambiguous", "number-unread"
RANGE, SIGN = "number-range", "number-sign"
EXACT = 2**53
SIGNS_OF_ABOUT = "~≈±"
APOSTROPHES = str.maketrans("", "", "'’´")
SCALES = (("thousand", 1_000), ("million", 1_000_000))


@dataclass(frozen=True)
class Number:
    """A number read, None where it could not be; ``percent`` if it was written as one."""

    value: float | int | None
    state: str = OK
    percent: bool = False


def whole(value: float) -> float | int:
    """The same number, an int where it has no decimals."""
    exact = isinstance(value, float) and value.is_integer() and abs(value) < EXACT
    return int(value) if exact else value


def number_of(text: str, labels: Labels) -> Number:
    """The number a text says."""
    line = plain(digits(text))
    rest, about = without(line.lstrip(SIGNS_OF_ABOUT).strip(), "about")
    about = about or line[:1] in SIGNS_OF_ABOUT
    rest, percent = without(rest, "percent")
    rest, factor = _scaled(_without_money(rest))
    read = _signed(rest, labels)
    if read.state == UNREAD:
        read, about = _signed(_without_word(rest), labels), True
    if read.value is None:
        return Number(None, RANGE) if _is_range(rest, labels) else read
    state = ABOUT if about or factor != 1 else read.state
    return Number(
        whole(round(read.value * factor, 6)) if factor != 1 else read.value, state, percent
    )


def _without_money(text: str) -> str:
    rest, _ = without(text, "money")
    return rest.removesuffix("-").rstrip(",.") if rest.endswith((",-", ".-")) else rest


def _scaled(text: str) -> tuple[str, int]:
    """``1,2 mill`` -> ``1,2`` and a million."""
    for key, factor in SCALES:
        rest, found = ending(text, key)
        if found and rest[-1:].isdecimal():
            return rest, factor
    return text, 1


def _without_word(text: str) -> str:
    """``12 personer`` -> ``12``: the number in front of one word; nothing where there is more.

    A rate (``12 per uke``) is another number, and so is a time (``12 timer``).
    """
    start = next((n for n, letter in enumerate(text) if letter.isalpha()), 0)
    after = text[start:].rstrip(".").casefold()
    others = {*words("rate"), *words("hour"), *words("minute")}
    return text[:start].strip() if after.isalpha() and after not in others else ""


def _is_range(text: str, labels: Labels) -> bool:
    """Whether a text names two numbers, from and to."""
    marks = ("-", *(f" {word} " for word in words("to")))
    parts = (text.partition(mark) for mark in marks)
    return any(
        _signed(first.strip(), labels).value is not None
        and _signed(_without_money(last.strip()), labels).value is not None
        for first, mark, last in parts
        if mark
    )


def _signed(text: str, labels: Labels) -> Number:
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    behind = text.endswith("-") and text[:1].isdecimal()
    if behind:
        text = f"-{text[:-1].rstrip()}"
    body = _without_money(text.lstrip("+-").strip())
    if len(text) - len(text.lstrip("+-")) > 1:
        return Number(None, UNREAD)
    read = _unsigned(body.translate(APOSTROPHES), labels)
    if read.value is None or not text.startswith("-"):
        return read
    return Number(-read.value, SIGN if behind else OK)


def _unsigned(text: str, labels: Labels) -> Number:
    """Digits with separators."""
    figures = text.replace(" ", "").replace(",", "").replace(".", "")
    if not (figures.isascii() and figures.isdecimal()):
        return Number(None, UNREAD)
    whole_part, mark, decimals = _split(text, labels)
    if mark == AMBIGUOUS:
        return Number(None, AMBIGUOUS)
    if not _grouped(whole_part) or not (decimals.isdecimal() or not decimals):
        return Number(None, UNREAD)
    plain_digits = "".join(letter for letter in whole_part if letter.isdecimal())
    if len(plain_digits) > 15:
        return Number(None, UNREAD)
    return Number(whole(float(f"{plain_digits or 0}.{decimals or 0}")))


def _split(text: str, labels: Labels) -> tuple[str, str, str]:
    """The whole part, what decided, and the decimals."""
    found = [letter for letter in text if letter in ",."]
    if not found:
        return text, "", ""
    last = found[-1]
    before, _, after = text.rpartition(last)
    if len(set(found)) == 2:
        return (before, last, after) if found.count(last) == 1 else (text + "x", last, "")
    if len(found) > 1:
        return text, last, ""
    return _lone(text, last, labels)


def _lone(text: str, mark: str, labels: Labels) -> tuple[str, str, str]:
    """One separator of one kind: the language's own, else by how many digits follow."""
    before, _, after = text.partition(mark)
    thousand = len(after) == 3 and 1 <= len(before) <= 3 and before.isdecimal() and before[0] != "0"
    if mark == labels.locale["decimal"] or not thousand:
        return before, mark, after
    group = labels.locale["group"].replace(NBSP, " ")
    return (text, mark, "") if mark == group else (text, AMBIGUOUS, "")


def _grouped(text: str) -> bool:
    """Whether digits stand in groups of three, or in one group."""
    if text.isdecimal() or not text:
        return True
    marks = {letter for letter in text if not letter.isdecimal()}
    first, *others = text.replace(",", " ").replace(".", " ").split(" ")
    return len(marks) == 1 and 1 <= len(first) <= 3 and all(len(group) == 3 for group in others)
