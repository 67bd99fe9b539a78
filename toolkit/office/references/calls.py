"""What a formula wants of each of its references: all the cells, or a single value.

In: the parts of a formula. Out: for each part, its Use. An argument that a function reads as a
list of cells (``SUM(E5)``, the second of ``MATCH``) is asked for all of them; ``E5*2`` for one
value. Within such an argument (``SUM(E5*F5)``) it is one value for each cell: a list, worked out
cell by cell, for which Excel must be told that the formula is one of arrays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import lru_cache

from toolkit.office.record import Record
from toolkit.office.references.formula import Formula, Part, Reference

_STEP = re.compile(r'"(?:[^"]|"")*"|\{(?:"(?:[^"]|"")*"|[^"{}])*\}|([A-Za-z_][\w.]*)?\(|\)|,')
AGGREGATES = frozenset(
    ("SUM", "AVERAGE", "AVERAGEA", "COUNT", "COUNTA", "MAX", "MAXA", "MIN", "MINA", "PRODUCT",
     "MEDIAN", "STDEV", "STDEVA", "STDEVP", "VAR", "VARA", "VARP")
)  # fmt: skip
_EVERY = 255
_ODD = (1, 3, 5, 7, 9, 11, 13, 15)
_LISTS = {  # functions by the arguments they read as lists of cells
    range(1, _EVERY): """
        AND AREAS AVEDEV AVERAGE AVERAGEA CHISQ.TEST CHITEST COLUMNS CONCAT CORREL COUNT COUNTA
        COUNTBLANK COVAR COVARIANCE.P COVARIANCE.S DEVSQ F.TEST FREQUENCY FTEST GCD GEOMEAN GROWTH
        HARMEAN HSTACK INTERCEPT IRR KURT LCM LINEST LOGEST MAX MAXA MDETERM MEDIAN MIN MINA
        MINVERSE MIRR MMULT MODE MODE.MULT MODE.SNGL MULTINOMIAL OR PEARSON PRODUCT ROWS RSQ SKEW
        SKEW.P SLOPE SORTBY STDEV STDEV.P STDEV.S STDEVA STDEVP STDEVPA STEYX SUM SUMPRODUCT SUMSQ
        SUMX2MY2 SUMX2PY2 SUMXMY2 T.TEST TRANSPOSE TREND TTEST VAR VAR.P VAR.S VARA VARP VARPA
        VSTACK XIRR XOR""",
    range(2, _EVERY): "FORECAST FORECAST.LINEAR NPV SUBTOTAL XNPV",
    range(3, _EVERY): "AGGREGATE TEXTJOIN",
    (1,): """
        CHOOSECOLS CHOOSEROWS COUNTIF DROP EXPAND FILTER INDEX LARGE PERCENTILE PERCENTILE.EXC
        PERCENTILE.INC PERCENTRANK PERCENTRANK.EXC PERCENTRANK.INC QUARTILE QUARTILE.EXC
        QUARTILE.INC SMALL SORT TAKE TOCOL TOROW TRIMMEAN UNIQUE WRAPCOLS WRAPROWS""",
    (2,): "HLOOKUP MATCH RANK RANK.AVG RANK.EQ VLOOKUP XMATCH",
    (1, 2): "PROB",
    (1, 3): "AVERAGEIF DAVERAGE DCOUNT DCOUNTA DGET DMAX DMIN DPRODUCT DSTDEV DSUM DVAR SUMIF",
    (2, 3): "LOOKUP XLOOKUP",
    (3,): "NETWORKDAYS WORKDAY",
    (4,): "NETWORKDAYS.INTL SERIESSUM WORKDAY.INTL",
    _ODD: "COUNTIFS",
    (1, 2, 4, 6, 8, 10, 12, 14): "AVERAGEIFS MAXIFS MINIFS SUMIFS",
}  # fmt: skip
_READS = {name: numbers for numbers, names in _LISTS.items() for name in names.split()}
_PLACES = frozenset(
    ("CELL", "COLUMN", "FORMULATEXT", "ISFORMULA", "ISREF", "OFFSET", "ROW", "SINGLE")
)
_IF = "IF"
_FUTURE = r"^(?:_XLFN\.|_XLWS\.)+"


class Use(Enum):
    """What is wanted of a reference to one cell that became many."""

    CELLS = "all of them"
    EACH = "a value of each"
    ONE = "a single value"


class _Call(Record):
    """A function that is open at some point of a formula, and which argument is being read."""

    name: str
    argument: int

    def reads_cells(self) -> bool:
        return self.argument in _READS.get(self.name, ())


def functions(parts: Formula) -> Iterator[str]:
    """The innermost function around each part, in capitals; empty outside of any."""
    for calls in _calls(parts):
        yield calls[-1].name if calls else ""


def is_argument(before: str, after: str) -> bool:
    """Whether what stands between two texts is an argument of its own, not part of a sum."""
    return before.rstrip().endswith(("(", ",")) and after.lstrip().startswith((")", ","))


def around(parts: Sequence[Part], index: int) -> tuple[str, str]:
    """The texts before and after a part."""
    sides = [parts[i] if 0 <= i < len(parts) else "" for i in (index - 1, index + 1)]
    before, after = (side if isinstance(side, str) else "" for side in sides)
    return before, after


@lru_cache(maxsize=4096)
def uses(parts: Formula) -> tuple[Use, ...]:
    """The Use of each part; of what is no reference to a single cell, CELLS."""
    return tuple(
        _use(calls, *around(parts, index))
        if isinstance(part, Reference) and part.area.end is None
        else Use.CELLS
        for index, (part, calls) in enumerate(zip(parts, _calls(parts), strict=True))
    )


def _use(calls: Sequence[_Call], before: str, after: str) -> Use:
    if after.startswith("#") or (calls and calls[-1].name in _PLACES):
        return Use.ONE  # what spills from the cell; the place of the cell
    if after.startswith(":") or before.endswith(":"):
        return Use.CELLS
    if calls and calls[-1].reads_cells() and is_argument(before, after):
        return Use.CELLS
    reading = [call for call in calls if call.reads_cells()]
    if any(call.name == "SUMPRODUCT" for call in reading) and _IF not in [c.name for c in calls]:
        return Use.CELLS  # works through lists by itself
    return Use.EACH if reading else Use.ONE


def _calls(parts: Formula) -> Iterator[tuple[_Call, ...]]:
    """The functions open at each part, outermost first; bare parentheses are their function's."""
    stack: list[_Call] = []
    bare: list[bool] = []
    for part in parts:
        yield tuple(stack)
        for step in _steps(part):
            if step[0] == ")":
                del stack[-1:], bare[-1:]
            elif step[0].endswith("("):
                bare.append(step[1] is None)
                stack.append(
                    _Call(re.sub(_FUTURE, "", step[1].upper()), 1) if step[1] else _same(stack)
                )
            elif step[0] == "," and stack and not bare[-1]:
                stack[-1] = stack[-1]._replace(argument=stack[-1].argument + 1)


def _same(stack: Sequence[_Call]) -> _Call:
    return stack[-1] if stack else _Call("", 1)


def _steps(part: Part) -> Iterable[re.Match[str]]:
    return _STEP.finditer(part) if isinstance(part, str) else ()
