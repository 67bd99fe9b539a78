"""The function a reference stands in.

In: the parts of a formula. Out: for each part, the name of the innermost function around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.office.references.formula import Formula

_STEP = re.compile(r'"(?:[^"]|"")*"|([A-Za-z_][\w.]*)?\(|\)')
AGGREGATES = frozenset(
    ("SUM", "AVERAGE", "AVERAGEA", "COUNT", "COUNTA", "MAX", "MAXA", "MIN", "MINA", "PRODUCT",
     "MEDIAN", "STDEV", "STDEVA", "STDEVP", "VAR", "VARA", "VARP")
)  # fmt: skip


def functions(parts: Formula) -> Iterator[str]:
    """The innermost function around each part, in capitals; empty outside of any."""
    stack: list[str] = []
    for part in parts:
        yield stack[-1] if stack else ""
        for step in _STEP.finditer(part) if isinstance(part, str) else ():
            if step[0] == ")":
                del stack[-1:]
            elif step[0].endswith("("):
                stack.append((step[1] or (stack[-1] if stack else "")).upper())


def is_argument(before: str, after: str) -> bool:
    """Whether what stands between two texts is an argument of its own, not part of a sum."""
    return before.rstrip().endswith(("(", ",")) and after.lstrip().startswith((")", ","))
