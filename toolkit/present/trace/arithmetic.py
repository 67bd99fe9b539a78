"""Arithmetic: what a formula comes to, worked out from its own text.

In: the pieces of a formula with numbers for its fields. Out: the number, so that a trace never
shows a formula that does not give the value it explains.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping, Sequence

SIGNS = str.maketrans({"×": "*", "−": "-"})
OPERATIONS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def worked_out(pieces: Sequence[str], numbers: Sequence[float]) -> float | None:
    """The value of a formula; ``pieces`` has a place for a number at every second one."""
    text = list(pieces)
    text[1::2] = [f"({number!r})" for number in numbers]
    try:
        return _value(ast.parse("".join(text).translate(SIGNS).strip(), mode="eval").body)
    except ZeroDivisionError:
        return None


def _value(node: ast.expr) -> float:
    if isinstance(node, ast.BinOp):
        return OPERATIONS[type(node.op)](_value(node.left), _value(node.right))
    if isinstance(node, ast.UnaryOp):
        return -_value(node.operand)
    assert isinstance(node, ast.Constant)
    return float(node.value)  # type: ignore[arg-type]


def same(one: float | None, other: float | None) -> bool:
    """Whether two numbers are the same but for the last digits of arithmetic."""
    return one is not None and other is not None and math.isclose(one, other, abs_tol=1e-9)
