"""What a single value of a description may be: text, number, day, yes or no, option, reference.

In: the text a person wrote (YAML gives text only) or a typed value (a workbook gives those).
Out: the typed value, or an error whose type is a code of the findings' catalogue.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from toolkit.finding import near
from toolkit.language import Labels, label_keys, option_keys


def wrong(code: str, value: object, **params: object) -> PydanticCustomError:
    """The error of a value: a code of the findings' catalogue and the words of its message."""
    shown = str(value)
    short = shown if len(shown) <= 60 else shown[:57] + "…"
    return PydanticCustomError(code, "{value}", {"value": short, **params})


@dataclass(frozen=True)
class Checked:
    """A value read by a function, with what an editor's JSON Schema says of it."""

    read: Callable[[Any], Any]
    schema: tuple[tuple[str, Any], ...]

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, __: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return dict(self.schema)


def number(value: Any) -> int | float:
    """A number as written, ``16425`` or ``2.4``; whole ones as int."""
    try:
        read = float(str(value).strip()) if not isinstance(value, bool) else math.nan
    except ValueError:
        read = math.nan
    if not math.isfinite(read) or "_" in str(value):
        raise wrong("not-a-number", value, near=_number_near(str(value)))
    return int(read) if read.is_integer() and abs(read) < 2**53 else read


def _number_near(text: str) -> str:
    plain = "".join(text.split()).replace(",", ".")
    return plain if plain.replace(".", "", 1).lstrip("-").isdecimal() else ""


def whole(value: Any) -> int:
    """A whole number."""
    read = number(value)
    if not isinstance(read, int):
        raise wrong("not-whole", value)
    return read


def day(value: Any) -> date:
    """A date written 2026-01-31."""
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    text = str(value).strip()
    try:
        if len(text) == 10 and text.isascii():
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise wrong("not-a-date", value)


def flag(value: Any) -> bool:
    """Yes or no: true, false, yes, no, or a label of ``o.yesno`` in any language."""
    if isinstance(value, bool):
        return value
    text = " ".join(str(value).split()).casefold()
    named = {"true": "yes", "false": "no"}.get(text) or label_keys("yesno").get(text, text)
    if named not in ("yes", "no"):
        raise wrong("not-yes-or-no", value)
    return named == "yes"


def between(low: float, high: float, read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A reader of numbers from ``low`` to ``high``, both included."""

    def checked(value: Any) -> Any:
        result = read(value)
        if not low <= result <= high:
            raise wrong("out-of-range", value, low=low, high=high)
        return result

    return checked


def colour(value: Any) -> str:
    """A colour as ``#0B4F6C``, written with or without the hash, in three or six digits."""
    text = str(value).strip().removeprefix("#").upper()
    if len(text) == 3:
        text = "".join(2 * digit for digit in text)
    if len(text) != 6 or not set(text) <= set("0123456789ABCDEF"):
        raise wrong("bad-colour", value)
    return f"#{text}"


def document_key(value: Any) -> str:
    """A document as ``d.01``, also written ``d01``; ``00`` is the overview."""
    digits = str(value).strip().casefold().removeprefix("d").removeprefix(".")
    key = f"d.{int(digits):02}" if digits.isascii() and digits.isdecimal() else ""
    if key == "d.00":
        return "00"
    if not Labels.load("en").has(key):
        known = [f"d.{number}" for number in option_keys("d")]
        raise wrong("bad-option", value, near=near(str(value), known), options="d.01 – d.30")
    return key


HUKI = {"H": "H", "U": "U", "K": "K", "I": "I", "A": "H", "R": "U", "C": "K"}


def huki(value: Any) -> str:
    """The letters of one role in one activity, as neutral codes: ``R/A`` -> ``H/U``."""
    letters = [letter for letter in str(value).upper() if letter not in "/,;+&. "]
    if not set(letters) <= set(HUKI):
        raise wrong("bad-huki", value)
    found = {HUKI[letter] for letter in letters}
    return "/".join(code for code in "HUKI" if code in found)


@dataclass(frozen=True)
class OneOf:
    """A value that is an option: its key, or its label in any of the five languages."""

    list: str
    prefix: str = ""

    def read(self, value: Any) -> str:
        """The option's key."""
        text = " ".join(str(value).split())
        keys = option_keys(self.list)
        bare = text.removeprefix(self.prefix)
        key = bare if bare in keys else label_keys(self.list).get(text.casefold())
        if key is None and text.casefold() in keys:
            key = text.casefold()
        if key is None:
            raise wrong("bad-option", value, near=self._near(text), options=self._shown())
        return self.prefix + key

    def _near(self, text: str) -> str:
        keys = option_keys(self.list)
        close = near(text, keys)
        if close:
            return self.prefix + close
        label = near(text, label_keys(self.list))
        return self.prefix + label_keys(self.list)[label] if label else ""

    def _shown(self) -> str:
        return ", ".join(self.prefix + key for key in option_keys(self.list))

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, __: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        keys = [self.prefix + key for key in option_keys(self.list)]
        return {"enum": keys, "x-options": self.list}


@dataclass(frozen=True)
class Ref:
    """A mark on a value: it is the id of an entry of that kind (``role``, ``benefit`` …)."""

    kind: str


@dataclass(frozen=True)
class Length:
    """How many entries a list has; asked only of lists whose entries are right."""

    low: int
    high: int = 0

    def read(self, value: tuple[Any, ...]) -> tuple[Any, ...]:
        """The list as it is."""
        if len(value) < self.low:
            raise wrong("too-few", "", count=self.low)
        if self.high and len(value) > self.high:
            raise wrong("too-many", "", count=self.high)
        return value

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        limits = {"minItems": self.low} | ({"maxItems": self.high} if self.high else {})
        return {**handler(core), **limits}


def many(value: Any) -> Any:
    """One value where a list is wanted is a list of one."""
    return (value,) if isinstance(value, str) else value


Many = BeforeValidator(many)
_NUMBER = (("type", "number"),)
_WHOLE = (("type", "integer"),)

Text = str
Texts = Annotated[tuple[str, ...], Many]
Number = Annotated[float, Checked(number, _NUMBER)]
Whole = Annotated[int, Checked(whole, _WHOLE)]
Count = Annotated[int, Checked(between(0, 10**9, whole), (*_WHOLE, ("minimum", 0)))]
Scale5 = Annotated[int, Checked(between(1, 5, whole), (*_WHOLE, ("minimum", 1), ("maximum", 5)))]
Year = Annotated[int, Checked(between(1900, 2200, whole), _WHOLE)]
Share = Annotated[float, Checked(between(0, 1, number), (*_NUMBER, ("minimum", 0), ("maximum", 1)))]
Percent = Annotated[
    float, Checked(between(0, 100, number), (*_NUMBER, ("minimum", 0), ("maximum", 100)))
]
Day = Annotated[date, Checked(day, (("type", "string"), ("format", "date")))]
Flag = Annotated[bool, Checked(flag, (("enum", (True, False, "yes", "no")),))]
Colour = Annotated[str, Checked(colour, (("type", "string"), ("pattern", "^#?[0-9A-Fa-f]{3,6}$")))]
DocumentKey = Annotated[str, Checked(document_key, (("type", "string"),))]
Huki = Annotated[str, Checked(huki, (("type", "string"),))]

RoleId = Annotated[str, Ref("role")]
RoleIds = Annotated[tuple[RoleId, ...], Many]
UnitId = Annotated[str, Ref("unit")]
UnitIds = Annotated[tuple[UnitId, ...], Many]
BenefitId = Annotated[str, Ref("benefit")]
BenefitIds = Annotated[tuple[BenefitId, ...], Many]
StepId = Annotated[str, Ref("step")]
PhaseKey = Annotated[str, OneOf("phase")]
Frequency = Annotated[str, OneOf("frequency")]
Level3 = Annotated[str, OneOf("level3")]
Level4 = Annotated[str, OneOf("level4")]
OrgLevel = Annotated[str, OneOf("org_level")]
Channel = Annotated[str, OneOf("channel")]
StakeholderGroup = Annotated[str, OneOf("stakeholder_group")]
Unit = Annotated[str, OneOf("unit")]
YesNo = Annotated[str, OneOf("yesno")]
