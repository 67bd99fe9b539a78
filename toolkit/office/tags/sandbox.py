"""The Jinja environment templates run in: plain data, no code, no live objects.

In: the filters, tests and globals of the caller. Out: an environment that looks names up in
dicts first, refuses attributes that are not data, and caps what an expression may make.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from jinja2 import Environment, filters, pass_environment
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from toolkit.office import limits
from toolkit.office.run import Run
from toolkit.office.tags.unknown import Unknown
from toolkit.office.values import markdown

_TEXT = frozenset(
    (
        *("capitalize", "casefold", "count", "endswith", "find", "index", "isalnum", "isalpha"),
        *("isdecimal", "isdigit", "islower", "isnumeric", "isspace", "istitle", "isupper"),
        *("lower", "lstrip", "partition", "removeprefix", "removesuffix", "rfind", "rindex"),
        *("rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith", "strip"),
        *("swapcase", "title", "upper"),
    )
)
_DATA: tuple[tuple[type | tuple[type, ...], frozenset[str]], ...] = (
    (str, _TEXT),
    (Mapping, frozenset({"get", "items", "keys", "values"})),
    ((list, tuple), frozenset({"index", "count"})),
    ((int, float), frozenset({"is_integer", "real"})),
    (
        (date, time, timedelta),
        frozenset(
            (
                *("year", "month", "day", "hour", "minute", "second", "date", "time", "replace"),
                *("weekday", "isoweekday", "isocalendar", "isoformat", "strftime"),
                *("days", "seconds", "total_seconds"),
            )
        ),
    ),
)
_CAPPED_METHODS: dict[str, Callable[..., str]] = {
    "replace": limits.replaced,
    "join": lambda text, pieces: limits.joined(pieces, text),
    **{name: limits.padded(name) for name in ("center", "ljust", "rjust", "zfill")},
}
_DROPPED_FILTERS = (
    *("attr", "pprint", "random", "striptags", "tojson", "urlize", "wordwrap", "xmlattr"),
)


Dialect = frozenset[tuple[str, str, str]]


def _words(
    kind: str, functions: Mapping[str, Callable[..., Any]]
) -> Iterator[tuple[str, str, str]]:
    """The kind and name of each function, and what it wants to be passed."""
    for name, function in functions.items():
        yield kind, name, str(getattr(function, "jinja_pass_arg", ""))


def _telling(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that tells of an unknown name and then leaves it empty."""
    if hasattr(function, "jinja_pass_arg"):
        return function

    def told(value: Any, *args: Any, **options: Any) -> Any:
        if isinstance(value, Unknown):
            return value.tell()
        return function(value, *args, **options)

    return told


def _text(value: Any) -> str:
    return str(value)


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment without a loader; see the module."""

    intercepted_binops = limits.CAPPED

    run: Run
    dialect: Dialect = frozenset()
    """What of the caller's filters and tests the code of a template depends on."""

    def __init__(self) -> None:
        super().__init__(autoescape=False, cache_size=0, optimized=False)
        self.undefined = type("NameUnknown", (Unknown,), {"environment": self})
        self.binop_table.update(limits.OPERATORS)
        del self.globals["lipsum"]
        for name in _DROPPED_FILTERS:
            del self.filters[name]
        # Text is escaped once, on its way into a part; markup of a template's own never is.
        self.filters.update(dict.fromkeys(("e", "escape", "forceescape", "safe"), _text))
        self.filters.update(
            replace=_replace_filter,
            format=_format_filter,
            join=_join_filter,
            center=limits.padded("center"),
            indent=limits.indented,
            batch=limits.width_capped(filters.do_batch),
            slice=limits.width_capped(filters.sync_do_slice),
            round=limits.width_capped(filters.do_round),
            markdown=_telling(markdown),
        )

    def add(
        self,
        filters: Mapping[str, Callable[..., Any]],
        tests: Mapping[str, Callable[..., bool]],
        functions: Mapping[str, Any],
    ) -> None:
        """Take in the filters, tests and globals of the caller."""
        self.filters.update({name: _telling(function) for name, function in filters.items()})
        self.tests.update(tests)
        self.globals.update(functions)
        self.dialect = frozenset((*_words("|", filters), *_words("is", tests)))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """``obj.attribute``: an entry of a dict first, then a data attribute."""
        if isinstance(obj, dict):
            try:
                return obj[attribute]
            except KeyError:
                pass
        elif isinstance(obj, str):
            if attribute in _CAPPED_METHODS:
                return partial(_CAPPED_METHODS[attribute], obj)
            if attribute == "format":
                limits.check_format(obj)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """``obj[argument]``; text is looked up as an attribute too, by the same rules."""
        try:
            return obj[argument]
        except (TypeError, LookupError):
            if isinstance(argument, str):
                return self.getattr(obj, argument)
        return self.undefined(obj=obj, name=argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Data attributes and the harmless methods of text, numbers, dates, lists and dicts."""
        for kinds, allowed in _DATA:
            if isinstance(obj, kinds):
                return attr in allowed
        return super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: Any) -> bool:
        """Functions given by the caller, macros and the methods above; never a class."""
        return not isinstance(obj, type) or obj in _CLASSES and super().is_safe_callable(obj)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: B902, N805
        """Call a function; an unknown name among its arguments is told first, long ones count."""
        __self.run.spend(limits.CALL_STEPS)
        for given in args:
            if isinstance(given, Unknown):
                given.tell()
            elif isinstance(given, str | list | tuple | Mapping):
                __self.run.spend(len(given) // limits.ENTRIES_A_STEP)
        return super().call(__context, __obj, *args, **kwargs)

    @staticmethod
    def concatenated(pieces: tuple[Any, ...]) -> str:
        """The ``~`` operator."""
        return limits.joined(pieces)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """An operator whose result could be large."""
        return limits.OPERATORS[operator](left, right)


def _classes() -> frozenset[type]:
    known = ImmutableSandboxedEnvironment().globals.values()
    return frozenset(item for item in known if isinstance(item, type))


_CLASSES = _classes()


def _replace_filter(value: Any, old: str, new: str, count: int | None = None) -> str:
    return limits.replaced(str(value), str(old), str(new), -1 if count is None else count)


def _format_filter(value: Any, *args: Any, **names: Any) -> str:
    if args and names:
        raise TypeError("either positions or names")
    return limits.percent_format(str(value), names or args)


@pass_environment
def _join_filter(
    environment: Environment, value: Any, d: str = "", attribute: str | int | None = None
) -> str:
    if attribute is not None:
        value = map(filters.make_attrgetter(environment, attribute), value)
    return limits.joined(value, str(d))
