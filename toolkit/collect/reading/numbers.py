"""Numbers as people write them: 1 250 000,50 · 1.250.000 · ca. 12 · 12 % · kr 500 · (500).

In: a text and the labels of the file's language. Out: the number, and a state that names what was
assumed. The language decides what a lone separator means; where it does not, nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.collect.reading.spelling import plain, without
from toolkit.language import NBSP, Labels

OK, ABOUT, AMBIGUOUS, UNREAD = "ok", "number-about", "number-ambiguous", "number-unread"
EXACT = 2**53
SIGNS_OF_ABOUT = "~≈±"
APOSTROPHES = str.maketrans("", "", "'’")


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
    line = plain(text)
    rest, about = without(line.lstrip(SIGNS_OF_ABOUT).strip(), "about")
    about = about or line[:1] in SIGNS_OF_ABOUT
    rest, percent = without(rest, "percent")
    read = _signed(_without_money(rest), labels)
    if read.state == UNREAD:
        read, about = _signed(_without_words(rest), labels), True
    if read.value is None:
        return read
    return Number(read.value, ABOUT if about else OK, percent)


def _without_money(text: str) -> str:
    rest, _ = without(text, "money")
    return rest.removesuffix("-").rstrip(",.") if rest.endswith((",-", ".-")) else rest


def _without_words(text: str) -> str:
    """``12 timer`` -> ``12``: the number in front of words without digits; else nothing."""
    start = next((n for n, letter in enumerate(text) if letter.isalpha()), 0)
    return "" if any(letter.isdigit() for letter in text[start:]) else text[:start].strip()


def _signed(text: str, labels: Labels) -> Number:
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    body = _without_money(text.lstrip("+-").strip())
    if len(text) - len(text.lstrip("+-")) > 1:
        return Number(None, UNREAD)
    read = _unsigned(body.translate(APOSTROPHES), labels)
    if read.value is None or not text.startswith("-"):
        return read
    return Number(-read.value)


def _unsigned(text: str, labels: Labels) -> Number:
    """Digits with separators."""
    digits = text.replace(" ", "").replace(",", "").replace(".", "")
    if not (digits.isascii() and digits.isdecimal()):
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
