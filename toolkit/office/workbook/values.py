"""Values as cells hold them.

In: a typed value or text in runs. Out: what stands in an x:c element behind its position.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from toolkit.office.values import escape
from toolkit.office.values import plain as plain_text
from toolkit.office.workbook.fill import Filled
from toolkit.office.workbook.heights import CellLook
from toolkit.office.workbook.rich import dressed, is_bare
from toolkit.office.workbook.slots import Drawn, rich_text
from toolkit.office.workbook.strings import StringTable, guarded
from toolkit.office.workbook.styles import StyleSheet

MAX_TEXT = 32_767
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_FIRST_DAY, _FIRST_DAY_1904 = _EPOCH.toordinal(), _EPOCH_1904.toordinal()
_FIRST_SURE_DAY = 61  # 1 March 1900: Excel believes in 29 February 1900
_DAY = timedelta(days=1)
_DAYS, _MOMENTS = (date, time, timedelta), (datetime, time, timedelta)


class CellWriter:
    """Writes values into the strings and styles of one output workbook.

    ``cut`` is told how many characters a text had when it was longer than a cell may hold;
    ``looks`` tell how high the text of each style stands.
    """

    __slots__ = ("strings", "styles", "from_1904", "cut", "looks")

    def __init__(
        self,
        strings: StringTable,
        styles: StyleSheet,
        from_1904: bool,
        cut: Callable[[int], None],
        looks: Sequence[CellLook] = (),
    ) -> None:
        self.strings = strings
        self.styles = styles
        self.from_1904 = from_1904
        self.cut = cut
        self.looks = looks

    def content(self, value: Filled, style: str) -> str:
        """A value's ``s``, ``t`` and content: what follows the cell's position."""
        look = f' s="{style}"' if style else ""
        kind = type(value)
        if kind is str:
            if not value:
                return f"{look}/>"
            return f'{look} t="s"><v>{self.strings.number(self._short(value))}</v></c>'  # type: ignore[arg-type]
        if kind is int:
            return f"{look}><v>{value}</v></c>"
        if value is None:
            return f"{look}/>"
        if kind is date:
            style = self.styles.for_date(style, moment=False)
            day = serial(value, from_1904=self.from_1904)  # type: ignore[arg-type]
            return f' s="{style}"><v>{day}</v></c>'
        return self._content(value, style, look)

    def _content(self, value: Filled, style: str, look: str) -> str:
        if isinstance(value, Drawn):
            value = value.runs
        if isinstance(value, list):
            return self._rich(value, style, look)
        if value == ():
            return f"{look}/>"
        if isinstance(value, str):
            return self.content(str(value), style)
        look, letter, text = self._number(value, style)
        return f"{look}{letter}><v>{text}</v></c>" if text else f"{look}/>"

    def cached(self, value: Filled, style: str, formula: str) -> str:
        """A value as the cached result of a formula."""
        if type(value) is int:
            look = f' s="{style}"' if style else ""
            return f"{look}>{formula}<v>{value}</v></c>"
        if isinstance(value, Drawn):
            value = value.runs
        if isinstance(value, list):
            value = rich_text(value)
        if not value and not isinstance(value, int | float | Decimal | date | time | timedelta):
            value = ""
        if isinstance(value, str):
            look = f' s="{style}"' if style else ""
            text = escape(guarded(self._short(value)))
            return f'{look} t="str">{formula}<v>{text}</v></c>'
        look, letter, text = self._number(value, style)
        return f"{look}{letter}>{formula}<v>{text}</v></c>"

    def _rich(self, runs: list[tuple[str, str]], style: str, look: str) -> str:
        text = rich_text(runs)
        if is_bare(runs):
            runs = dressed(runs, self.styles.font(style))
        if not text:
            return f"{look}/>"
        if not any(xml for xml, _ in runs) or len(text) > MAX_TEXT:
            number = self.strings.number(self._short(text))
        else:
            number = self.strings.rich(runs)
        return f'{look} t="s"><v>{number}</v></c>'

    def _number(self, value: Filled, style: str) -> tuple[str, str, str]:
        """Style attribute, type attribute and content of a value that is no text."""
        if isinstance(value, _DAYS):
            moment = isinstance(value, _MOMENTS)
            style = self.styles.for_date(style, moment=moment)
            return f' s="{style}"', "", serial(value, from_1904=self.from_1904)
        look = f' s="{style}"' if style else ""
        if isinstance(value, bool):
            return look, ' t="b"', str(int(value))
        if isinstance(value, int | float | Decimal):
            return look, "", number_text(value)
        return look, ' t="str"', escape(guarded(plain_text(value)))

    def _short(self, text: str) -> str:
        if len(text) <= MAX_TEXT:
            return text
        self.cut(len(text))
        return text[:MAX_TEXT]


def number_text(value: int | float | Decimal) -> str:
    """A number as a file holds it; empty for what is no number."""
    if isinstance(value, int):
        return str(value)
    return repr(float(value)).removesuffix(".0") if math.isfinite(value) else ""


def serial(value: date | time | timedelta, *, from_1904: bool) -> str:
    """A date or time as Excel counts it: days since the workbook's first day."""
    if type(value) is date:
        count = value.toordinal() - (_FIRST_DAY_1904 if from_1904 else _FIRST_DAY)
        return str(count if from_1904 or count >= _FIRST_SURE_DAY else count - 1)
    if isinstance(value, time):
        value = datetime.combine(_EPOCH, value.replace(tzinfo=None)) - _EPOCH
    if isinstance(value, timedelta):
        return number_text(value / _DAY)
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    days = (moment.replace(tzinfo=None) - (_EPOCH_1904 if from_1904 else _EPOCH)) / _DAY
    if not from_1904 and days < _FIRST_SURE_DAY:
        days -= 1
    return number_text(round(days, 10))
