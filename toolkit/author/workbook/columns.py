"""How wide a column is and how its values look.

In: a Field. Out: a width in characters and style names. A column is 18 characters wide unless its
sheet says otherwise, and always so wide that the longest word of its heading, and of the options it
offers, stands whole in all five languages (SPEC 8).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from toolkit.field import Field, FieldType
from toolkit.finding import LANGUAGES
from toolkit.language import Labels

USUAL = 18.0
BOLD = 1.02  # a bold letter against the digit that widths are counted in
INDENT = 2.5  # what a cell keeps free beside its text
MARGIN = 3.5  # indent, and the star of a required column
FIGURES = (*(FieldType.INT, FieldType.NUMBER, FieldType.PERCENT, FieldType.SHARE, FieldType.MONEY),)
WIDTHS = {
    FieldType.ID: 9.0,
    FieldType.TEXT: 26.0,
    FieldType.LONG: 34.0,
    FieldType.REF: 26.0,
    FieldType.MULTI: 26.0,
    FieldType.CHOICE: 20.0,
    FieldType.URL: 30.0,
    FieldType.HUKI: 18.0,
}


def width(field: Field) -> float:
    """The width of a column in characters."""
    wanted = field.width or WIDTHS.get(field.type, USUAL)
    heading = longest_word(field.label or field.field) * BOLD + MARGIN
    offered = longest_option(field.choices) + INDENT if field.type == FieldType.CHOICE else 0
    return max(wanted, heading, offered)


@cache
def longest_word(key: str) -> int:
    """The letters of the longest word of a label in any language; 0 where there is no label."""
    loaded = [Labels.load(language) for language in LANGUAGES]
    return _longest(labels.t(key) for labels in loaded if labels.has(key))


@cache
def longest_option(name: str) -> int:
    """The letters of the longest word among the options of a list in any language."""
    return _longest(
        text for language in LANGUAGES for _, text in Labels.load(language).options(name)
    )


def _longest(texts: Iterable[str]) -> int:
    words = " ".join(texts).replace("-", " ").replace("/", "/ ").split()
    return max(map(len, words), default=0)


def styles(field: Field) -> tuple[str, ...]:
    """The look of a prefilled cell of the column."""
    return ("cell", "indented", field.origin, field.type)


def header_styles(field: Field) -> tuple[str, ...]:
    """The look of its heading: a star where it must be filled, figures to the right."""
    required = ("required",) if field.required else ()
    return ("header", *required, *(("right",) if field.type in FIGURES else ()))


def blank_styles(field: Field) -> tuple[str, ...]:
    """The look of the same column in an empty row, where people fill in everything themselves."""
    origin = field.origin if field.origin.value in ("C", "S") or field.type == "id" else "F"
    return ("cell", "indented", origin, field.type)
