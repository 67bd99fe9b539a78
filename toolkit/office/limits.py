"""Caps on what a template may make: text length, numbers, lists, iterations.

In: the operands of an operator, the arguments of a filter or method. Out: the result, or TooMuch.
The sandbox of Jinja stops code from being run, not ``10**9999999``.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Sized
from string import Formatter
from typing import Any

from jinja2.filters import do_indent

MAX_TEXT = 10_000_000  # characters one expression may give
MAX_ITEMS = 1_000_000  # entries one list may have
MAX_STEPS = 1_000_000  # iterations of one fill; a call counts as CALL_STEPS
CALL_STEPS = 10
ENTRIES_A_STEP = 4  # of what a function is given
MAX_OUTPUT = 256_000_000  # characters of one part
_MAX_BITS = 20_000
_MAX_WIDTH = 1_000
_WIDE = r"\d{4,}|\*"


class TooMuch(Exception):
    """A template made more than the caps of this module allow."""


def _need(fits: bool) -> None:
    if not fits:
        raise TooMuch


def _times(left: Any, right: Any) -> Any:
    for whole, count in ((left, right), (right, left)):
        if isinstance(whole, str | list | tuple | bytes) and isinstance(count, int):
            _need(len(whole) * count <= (MAX_TEXT if isinstance(whole, str) else MAX_ITEMS))
    if isinstance(left, int) and isinstance(right, int):
        _need(left.bit_length() + right.bit_length() <= _MAX_BITS)
    return left * right


def _power(left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, int) and right > 0:
        _need(left.bit_length() * right <= _MAX_BITS)
    return left**right


def _plus(left: Any, right: Any) -> Any:
    if isinstance(left, str | list | tuple) and isinstance(right, Sized):
        _need(len(left) + len(right) <= (MAX_TEXT if isinstance(left, str) else MAX_ITEMS))
    return left + right


def _rest(left: Any, right: Any) -> Any:
    if isinstance(left, str):
        return percent_format(left, right)
    return left % right


OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "*": _times,
    "**": _power,
    "+": _plus,
    "%": _rest,
    "-": operator.sub,
    "/": operator.truediv,
    "//": operator.floordiv,
}
CAPPED = frozenset({"*", "**", "+", "%"})


def percent_format(template: str, values: Any) -> str:
    """``template % values`` without field widths of more than three digits."""
    _need(re.search(_WIDE, template) is None)
    return str(template % values)


def check_format(template: str) -> None:
    """Refuse a ``str.format`` template with wide or nested fields."""
    try:
        specs = [spec or "" for _, _, spec, _ in Formatter().parse(template)]
    except ValueError:
        return
    _need(all("{" not in spec and re.search(_WIDE, spec) is None for spec in specs))


def joined(pieces: Iterable[Any], between: str = "") -> str:
    """The texts of the pieces, put together."""
    texts: list[str] = []
    size = 0
    for piece in pieces:
        texts.append(str(piece))
        size += len(texts[-1]) + len(between)
        _need(size <= MAX_TEXT and len(texts) <= MAX_ITEMS)
    return between.join(texts)


def replaced(text: str, old: str, new: str, count: int = -1) -> str:
    """``text.replace(old, new)``."""
    hits = text.count(old) if count < 0 else min(count, text.count(old))
    _need(len(text) + hits * len(new) <= MAX_TEXT)
    return text.replace(old, new, count)


def padded(method: str) -> Callable[..., str]:
    """``str.center``, ``ljust``, ``rjust`` or ``zfill`` with a capped width."""

    def pad(text: str, width: int = 80, *fill: str) -> str:
        _need(width <= _MAX_WIDTH)
        padded_text: str = getattr(str(text), method)(width, *fill)
        return padded_text

    return pad


def indented(text: str, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    """Jinja's ``indent`` for text of a sane size."""
    size = len(width) if isinstance(width, str) else width
    _need((str(text).count("\n") + 1) * size <= MAX_TEXT)
    return do_indent(str(text), width, first, blank)


def width_capped(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter of Jinja whose numbers and texts given as arguments must be small."""

    def capped(value: Any, *args: Any, **options: Any) -> Any:
        for given in (*args, *options.values()):
            size = len(given) if isinstance(given, str) else given
            _need(not isinstance(size, int) or size <= _MAX_WIDTH)
        return function(value, *args, **options)

    return capped
