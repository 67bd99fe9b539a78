"""Field: one model for the facts that go out in a document and the columns that come back.

In: an entry of a document sheet (``{field: f.hazard, type: text, origin: P/F}``). Out: a frozen
Field that the template build, the drop-downs, the cell checks and the merge all read.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict


class Model(BaseModel):
    """The base of every model read from YAML: frozen, strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Origin(StrEnum):
    """Who a value comes from, which decides how its cell looks (SPEC 2.3)."""

    PREFILLED = "P"
    EDITABLE = "P/F"
    FILLED = "F"
    COMPUTED = "C"
    SYSTEM = "S"


class FieldType(StrEnum):
    """What a value is."""

    ID = "id"
    TEXT = "text"
    LONG = "long"
    INT = "int"
    NUMBER = "number"
    PERCENT = "percent"
    SHARE = "share"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    REF = "ref"
    MULTI = "multi"
    HUKI = "huki"
    URL = "url"


def _listed(value: Any) -> Any:
    return value.replace(" ", "").split(",") if isinstance(value, str) else value


class Field(Model):
    """One column or fillable place.

    ``choices`` names an option list of the label table (``probability`` for ``o.probability.*``);
    ``ref`` names the list of the description its values point into (``role``, ``unit``,
    ``benefit``). ``source`` is the name of the value in the row it is prefilled from, by default
    the field's own name. ``formula`` is written in English with field keys in brackets,
    ``[@f.probability]``; ``code([@f.probability])`` stands for the option's number. ``each`` makes
    one column per item of a list of the context (``years``, ``roles``).
    """

    field: str
    type: FieldType = FieldType.TEXT
    origin: Origin = Origin.FILLED
    choices: str = ""
    ref: str = ""
    source: str = ""
    formula: str = ""
    each: str = ""
    merge: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    required: bool = False
    width: float = 0
    label: str = ""
    help: str = ""

    @property
    def name(self) -> str:
        """The field's name in a row of the context: ``f.risk_value`` -> ``risk_value``."""
        return self.source or self.field.removeprefix("f.")

    def column(self, item: object) -> str:
        """The key of its column for one item of ``each``: ``f.amount:2028``; a role's id alone."""
        return f"{item}" if self.type is FieldType.HUKI else f"{self.field}:{item}"
