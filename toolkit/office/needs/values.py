"""What the expressions of a template tell of its data.

In: an expression of Jinja's tree. Out: the Needs it may stand for, with what their use tells:
``.x`` after a name asks for a member, a filter tells the kind.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import ChainMap
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from jinja2 import nodes

from toolkit.office.needs.needs import Need
from toolkit.office.tags.text import Tag

Values = tuple[Need, ...]
"""What an expression may be: none for a constant, several for ``a or b``."""

_FILTER_KINDS = {
    **dict.fromkeys(("date", "long_date", "day_month", "month_year"), "date"),
    **dict.fromkeys(
        ("number", "money", "percent", "round", "abs", "int", "float", "filesizeformat"), "number"
    ),
    **dict.fromkeys(
        (
            *("upper", "lower", "title", "capitalize", "trim", "replace", "truncate", "center"),
            *("indent", "wordcount", "markdown", "quoted", "format", "label", "striptags"),
        ),
        "text",
    ),
}
_TEST_KINDS = {
    **dict.fromkeys(("number", "integer", "float", "even", "odd", "divisibleby"), "number"),
    **dict.fromkeys(("string", "lower", "upper"), "text"),
    **dict.fromkeys(("boolean", "true", "false"), "tested"),
}
_LISTS = frozenset(
    (
        *("sort", "reverse", "unique", "list", "batch", "slice", "first", "last", "sum", "join"),
        *("join_and", "selectattr", "rejectattr", "select", "reject", "map", "groupby", "max"),
        *("min", "random"),
    )
)
_SAME = frozenset(
    ("sort", "reverse", "unique", "list", "selectattr", "rejectattr", "select", "reject", "slice")
)
_FUNCTION_KINDS = {"image": "picture", "qr": "text", "chart": "chart", "choices": "choices",
                   "include": "text"}  # fmt: skip
MAPPING = ("items", "values", "keys", "get")
_TEXT_METHODS = frozenset(
    (
        *("upper", "lower", "title", "strip", "lstrip", "rstrip", "replace", "split", "startswith"),
        *("endswith", "capitalize", "join", "find", "center", "ljust", "rjust", "zfill", "format"),
    )
)
_DATE_METHODS = frozenset(("strftime", "isoformat", "weekday", "isoweekday", "isocalendar"))


class ValueReader(ABC):
    """Reads expressions, with the names that loops and sets have bound."""

    def __init__(self, root: Need, tags: Sequence[Tag], functions: Iterable[str]) -> None:
        self._root = root
        self._tags = tags
        self._functions = frozenset(functions)
        self._bound: ChainMap[str, Values] = ChainMap()
        self._macros: dict[str, nodes.Macro] = {}
        self._inside: set[str] = set()

    @abstractmethod
    def read(self, body: Iterable[nodes.Node]) -> None:
        """Take in the statements of a macro's body."""

    def values(self, node: nodes.Node | None) -> Values:
        """What an expression may be; its parts are taken in."""
        if node is None:
            return ()
        handler: Callable[[Any], Values] | None = getattr(
            self, f"_value_{type(node).__name__.lower()}", None
        )
        if handler is not None:
            return handler(node)
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                use(self.values(child), "printed")
        return ()

    def test(self, node: nodes.Node) -> None:
        """Take in what a condition asks."""
        values = self.values(node)
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem | nodes.Not):
            use(values, "tested")

    def _value_name(self, node: nodes.Name) -> Values:
        if node.name in self._bound:
            return self._bound[node.name]
        if node.name in self._functions:
            return ()
        return (self._told(self._root.member(node.name), node),)

    def _told(self, need: Need, node: nodes.Node) -> Need:
        if 0 < node.lineno <= len(self._tags):
            need.places[self._tags[node.lineno - 1].place] = None
        return need

    def _value_getattr(self, node: nodes.Getattr) -> Values:
        owners = self.values(node.node)
        return tuple(self._told(owner.member(node.attr), node) for owner in owners)

    def _value_getitem(self, node: nodes.Getitem) -> Values:
        owners = self.values(node.node)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return tuple(self._told(owner.member(node.arg.value), node) for owner in owners)
        if isinstance(node.arg, nodes.Slice):
            for owner in owners:
                owner.entries()
            return owners
        self.values(node.arg)
        number = isinstance(node.arg, nodes.Const)
        return tuple(owner.entries() if number else owner.values() for owner in owners)

    def _value_condexpr(self, node: nodes.CondExpr) -> Values:
        self.test(node.test)
        return (*self.values(node.expr1), *self.values(node.expr2))

    def _value_or(self, node: nodes.Or | nodes.And) -> Values:
        return (*self.values(node.left), *self.values(node.right))

    _value_and = _value_or

    def _value_not(self, node: nodes.Not) -> Values:
        return self.values(node.node)

    def _value_compare(self, node: nodes.Compare) -> Values:
        parts = [node.expr, *(operand.expr for operand in node.ops)]
        kinds = [_constant(part) for part in parts]
        for part in parts:
            use(self.values(part), *filter(None, kinds), "printed")
        return ()

    def _arithmetic(self, node: nodes.BinExpr) -> Values:
        kinds = {"number"} if not isinstance(node, nodes.Add | nodes.Mod) else set()
        kinds |= {kind for part in (node.left, node.right) if (kind := _constant(part))}
        for part in (node.left, node.right):
            use(self.values(part), *kinds, "printed")
        return ()

    _value_add = _value_sub = _value_mul = _value_div = _value_floordiv = _arithmetic
    _value_mod = _value_pow = _arithmetic

    def _value_test(self, node: nodes.Test) -> Values:
        values = self.values(node.node)
        self._arguments(node)
        if node.name in ("defined", "undefined"):
            for value in values:
                value.optional = True
        elif node.name in _TEST_KINDS:
            use(values, _TEST_KINDS[node.name])
        return ()

    def _value_filter(self, node: nodes.Filter) -> Values:
        values = self.values(node.node)
        self._arguments(node)
        if node.name in ("d", "default"):
            for value in values:
                value.optional = True
            return values
        if node.name in _FILTER_KINDS:
            use(values, _FILTER_KINDS[node.name])
            return ()
        if node.name == "dictsort":
            return tuple(value.values() for value in values)
        return self._listed(node, values) if node.name in _LISTS else ()

    def _listed(self, node: nodes.Filter, values: Values) -> Values:
        """A filter whose value is a list; ``first`` and ``last`` give one entry."""
        entries = tuple(value.entries() for value in values)
        named = [
            entry_member
            for name in _attribute_names(node)
            for entry_member in (_below(entry, name) for entry in entries)
        ]
        if node.name == "sum":
            use(named or entries, "number")
        elif node.name in ("join", "join_and"):
            use(named or entries, "printed")
        if node.name in ("first", "last", "max", "min"):
            return entries
        return values if node.name in _SAME else ()

    def _arguments(self, node: nodes.Filter | nodes.Test | nodes.Call) -> list[Values]:
        given = [self.values(arg) for arg in node.args]
        for option in node.kwargs:
            use(self.values(option.value), "printed")
        return given

    def _value_call(self, node: nodes.Call) -> Values:
        if isinstance(node.node, nodes.Getattr):
            return self._method(node, node.node)
        given = self._arguments(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        kind = _FUNCTION_KINDS.get(name, "printed")
        if name in self._macros:
            self._expand(self._macros[name], given, node)
        elif name in self._functions:
            use([value for values in given for value in values], kind)
        else:
            self.values(node.node)
        return ()

    def _method(self, node: nodes.Call, method: nodes.Getattr) -> Values:
        owners = self.values(method.node)
        self._arguments(node)
        if method.attr in _TEXT_METHODS:
            use(owners, "text")
        elif method.attr in _DATE_METHODS:
            use(owners, "date")
        elif method.attr in MAPPING:
            return tuple(owner.values() for owner in owners)
        return ()

    def _expand(self, macro: nodes.Macro, given: list[Values], node: nodes.Call) -> None:
        """A macro's body, with what this call gives it."""
        if macro.name in self._inside:
            return
        named = {o.key: self.values(o.value) for o in node.kwargs}
        names = [arg.name for arg in macro.args]
        bound: dict[str, Values] = dict.fromkeys((*names, "caller", "varargs", "kwargs"), ())
        self._inside.add(macro.name)
        self._bound = self._bound.new_child(bound | dict(zip(names, given, strict=False)) | named)
        self.read(macro.body)
        self._bound = self._bound.parents
        self._inside.discard(macro.name)


def use(values: Iterable[Need], *kinds: str) -> None:
    for value in values:
        value.used(*kinds)


def _constant(node: nodes.Node) -> str:
    """The kind of what a constant is compared with."""
    if not isinstance(node, nodes.Const) or isinstance(node.value, bool):
        return ""
    return "number" if isinstance(node.value, int | float) else "text" if node.value else ""


def _attribute_names(node: nodes.Filter) -> list[str]:
    """The attributes of entries that a filter reads: ``sort(attribute='x')``, ``sum('x')``."""
    place = {"selectattr": 0, "rejectattr": 0, "groupby": 0, "sum": 0, "join": 1}
    found = [o.value for o in node.kwargs if o.key == "attribute"]
    if node.name in place:
        found += node.args[place[node.name] : place[node.name] + 1]
    constants = [item.value for item in found if isinstance(item, nodes.Const)]
    return [name for value in constants if isinstance(value, str) for name in value.split(",")]


def _below(need: Need, dotted: str) -> Need:
    """The value at ``a.b`` below another."""
    for name in dotted.strip().split("."):
        need = need.member(name)
    return need
