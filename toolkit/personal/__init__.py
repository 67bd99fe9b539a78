"""Personal data: national identity numbers, e-mail addresses and phone numbers, found and masked.

In: any text that came back. Out: what kinds of personal data stand in it, and the text with them
masked; what was found is never handed on. Identity numbers are told by their check digits: of
Norway (also D-numbers and synthetic ones), Denmark (day of birth, and the old check digit where
nothing parts the two halves), Sweden (also coordination numbers) and Finland (all separators).
Amounts, dates, case numbers and years are no phone numbers; ``docs/collecting.md`` tells the rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, TypeVar

from toolkit.finding import Place
from toolkit.personal.numbers import danish, digits, finnish, norwegian, swedish

MASK = "•••"
LONGEST_NUMBER = 24  # letters and figures in one piece that are longer are nobody's number
SMALLEST = 1e9  # a number that could be an identity number
Shown = TypeVar("Shown")


class Kind(StrEnum):
    """What kind of personal data; the part after the hyphen is the country of a number."""

    NORWAY = "number-NO"
    DENMARK = "number-DK"
    SWEDEN = "number-SE"
    FINLAND = "number-FI"
    EMAIL = "email"
    PHONE = "phone"

    @property
    def code(self) -> str:
        """The code of its finding."""
        return f"personal-{self.value.partition('-')[0]}"

    @property
    def country(self) -> str:
        """The country of a national number; empty for the others."""
        return self.value.partition("-")[2]


@dataclass(frozen=True)
class Found:
    """A stretch of a text that is personal data: where it starts and ends, and of what kind."""

    kind: Kind
    start: int
    end: int


def email(text: str) -> bool:
    """An e-mail address: its form is enough."""
    return "@" in text


_CONTEXT = re.compile(
    r"(?i)(?<![\w.])(?:tlf|tel|telefon\w*|mob|mobil\w*|ring|ringe|phone|call|puh|puhelin\w*|gsm|matkap\w*|"
    r"soita|nås\w*|nummer|numero|sms)\W{0,3}(?:\w+\W{1,2})?$"
)
_REFERENCE = re.compile(
    r"(?i)(?<![\w.])(?:sak\w*|sag\w*|ref\w*|nr|no|ärende\w*|asia\w*|diarie\w*|dnr|id|org\w*|ordre\w*|order|"
    r"faktura\w*|konto\w*|versjon|#|kr|nok|dkk|sek|eur|€)\W{0,3}$"
)
_AMOUNT = re.compile(r"(?i)^\s?(?:kr|nok|dkk|sek|eur|€|%|mill|stk|kpl|st\b|[.,]\d)")


def _phone(text: str, before: str, after: str) -> bool:
    """Whether digits are a phone number, by their form and the words beside them."""
    number = digits(text)
    if _CONTEXT.search(before):
        return 7 <= len(number) <= 15 and not _AMOUNT.match(after)
    if _REFERENCE.search(before) or _AMOUNT.match(after):
        return False
    return any(form(text, number) for form in (_abroad, _domestic, _paired, _mobile))


def _abroad(text: str, number: str) -> bool:
    """With the code of one of the four countries."""
    return text.startswith(("+", "00")) and 9 <= len(number) <= 16


def _domestic(text: str, number: str) -> bool:
    """Swedish and Finnish: a leading zero, and groups as people write them."""
    formed = _ZERO.fullmatch(text) and not _DATED.match(text)
    return bool(formed) and 8 <= len(number) <= 11


def _paired(text: str, number: str) -> bool:
    """Norwegian and Danish: four pairs, or 3-2-3; pairs that count upwards are a row of numbers."""
    if re.fullmatch(r"[49]\d\d \d\d \d{3}", text):
        return True
    pairs = [int(pair) for pair in text.split()] if _PAIRS.fullmatch(text) else []
    steps = {later - one for one, later in zip(pairs, pairs[1:], strict=False)}
    return bool(pairs) and len(steps) > 1 or steps == {11}


def _mobile(text: str, number: str) -> bool:
    """A Norwegian mobile number in one piece; other eight digits are as well an amount."""
    return text == number and len(number) == 8 and number[0] in "49"


_ZERO = re.compile(
    r"0(?:7[02369]|4\d|50)\d{6,8}|0(?:7[02369]|4\d\d?|50)[- ]\d{2,4}(?:[ -]?\d{2,4}){1,3}|"
    r"0\d{1,2}[- ]\d{2,4}(?:[ -]\d{2,4}){1,3}|0\d{1,3}-\d{5,8}"
)
_DATED = re.compile(r"[0-3]?\d[- ][01]?\d[- ](?:19|20)\d\d(?!\d)")
_PAIRS = re.compile(r"[2-9]\d \d\d \d\d \d\d")


# --- finding and masking ------------------------------------------------------------------------

_START, _END = r"(?<![^\W_])(?<!\d-)", r"(?![^\W_])(?!-\d)"
_BEFORE, _AFTER = r"(?<![^\W_])(?<![.,/@+-])", r"(?![^\W_]|@|[-/.,:]\d)"
_FORMS = {
    Kind.EMAIL: r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+",
    Kind.FINLAND: rf"{_START}\d{{6}}[-+A-FU-Ya-fu-y]\d{{3}}[0-9A-Ya-y]{_END}",
    Kind.SWEDEN: rf"{_START}(?:18|19|20)?\d{{6}}[-+ ]?\d{{4}}{_END}",
    Kind.DENMARK: rf"{_START}\d{{6}}[- ]?\d{{4}}{_END}",
    Kind.NORWAY: rf"{_START}\d{{6}}[ -]?\d{{5}}{_END}",
    Kind.PHONE: rf"{_BEFORE}(?:\+|00)?\d(?:[\d()]|[ \u00a0-](?=[\d(])){{5,18}}\d{_AFTER}",
}
_CHECKS: Mapping[Kind, Callable[[str], bool]] = {
    Kind.EMAIL: email,
    Kind.FINLAND: finnish,
    Kind.SWEDEN: swedish,
    Kind.DENMARK: danish,
    Kind.NORWAY: norwegian,
}
_WORTH_A_LOOK = re.compile(r"@|\d(?:[\d()+A-Fa-fU-Yu-y]|[ \u00a0-](?=[\d(])){6}")
_IDS = re.compile(
    r"(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:new|unidentified)-[0-9a-f]{8}"
)
_ABROAD = re.compile(r"(?:\+|00)\s?(?:45|46|47|358)")


@cache
def _pattern(kind: Kind) -> re.Pattern[str]:
    return re.compile(_FORMS[kind])


def found_in(text: str) -> tuple[Found, ...]:
    """The personal data in a text, in order; nothing is found twice."""
    if not _WORTH_A_LOOK.search(text) or len(text) > LONGEST_NUMBER and text.isalnum():
        return ()
    text = _IDS.sub(lambda match: "x" * len(match.group()), text)
    if not _WORTH_A_LOOK.search(text):
        return ()
    taken: list[Found] = []
    covered = bytearray(len(text))
    for one in _candidates(text):
        if not any(covered[one.start : one.end]):
            taken.append(one)
            covered[one.start : one.end] = b"\1" * (one.end - one.start)
    return tuple(sorted(taken, key=lambda one: one.start))


def _candidates(text: str) -> Iterator[Found]:
    """Addresses first, then numbers with a check digit, then phone numbers."""
    for kind, check in _CHECKS.items():
        for match in _pattern(kind).finditer(text):
            if check(match.group()):
                yield Found(kind, *match.span())
    for match in _pattern(Kind.PHONE).finditer(text):
        plain = match.group().replace("\u00a0", " ")
        start, end = match.span()
        before, after = text[max(0, start - 30) : start], text[end : end + 8]
        if plain.startswith(("+", "00")) and not _ABROAD.match(plain):
            continue
        if _phone(plain, before, after):
            yield Found(Kind.PHONE, *match.span())


@lru_cache(maxsize=16_384, typed=True)
def kinds_in(value: object) -> tuple[Kind, ...]:
    """The kinds of personal data in a text or a number, each once."""
    return tuple(dict.fromkeys(one.kind for one in found_in(_text(value))))


def _text(value: object) -> str:
    """A value as text: of numbers only whole ones as long as an identity number.

    A number loses a leading zero, as those born on the first nine days of a month have.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    whole = f"{value:.0f}" if float(value).is_integer() else ""
    if len(whole) == 10 and norwegian(f"0{whole}"):
        return f"0{whole}"
    return whole if len(whole) in (10, 11, 12) else ""


def mask(text: str) -> str:
    """The text with its personal data masked; the same text where there is none."""
    parts, start = [], 0
    for one in found_in(text):
        parts += [text[start : one.start], MASK]
        start = one.end
    return "".join([*parts, text[start:]]) if parts else text


def masked(held: Shown) -> Shown:
    """Plain data with every text in it masked: records, tuples, mappings; the same where none is.

    A number that is somebody's identity number becomes a masked text.
    """
    return _masked(held)  # type: ignore[no-any-return]


_NOBODY = frozenset({bool, date, datetime})


def _masked(held: Any) -> Any:
    if type(held) is str:
        return mask(held) if held else held
    if not held or type(held) in _NOBODY or isinstance(held, str):
        return held
    if isinstance(held, int | float):
        return mask(_text(held)) if abs(held) >= SMALLEST and kinds_in(held) else held
    if isinstance(held, Mapping):
        return _mapping(held)
    if isinstance(held, tuple | list):
        inner = [_masked(one) for one in held]
        if all(a is b for a, b in zip(inner, held, strict=True)):
            return held
        return type(held)(*inner) if hasattr(held, "_fields") else type(held)(inner)
    return _record(held) if is_dataclass(held) and not isinstance(held, type) else held


def _mapping(held: Mapping[Any, Any]) -> Mapping[Any, Any]:
    every = held.items()
    if all(_masked(key) is key and _masked(value) is value for key, value in every):
        return held
    return {_masked(key): _masked(value) for key, value in every}


def _record(held: Any) -> Any:
    changed = {}
    for name in _names(held.__class__):
        old = getattr(held, name)
        new = _masked(old)
        if new is not old:
            changed[name] = new
    return replace(held, **changed) if changed else held


@cache
def _names(record: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record))


def findings_at(value: object, place: Place) -> Iterator[tuple[str, Place, Mapping[str, str]]]:
    """What is to be told of a value: code, place and parameters; never the value itself."""
    for kind in kinds_in(value):
        yield kind.code, place, {"country": kind.country} if kind.country else {}
