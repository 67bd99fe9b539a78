"""A compiled template as bytes, and back.

In: a program and its engine. Out: bytes that only this version of the engine reads. What belongs
to the caller (functions, labels, the brand) is not kept: it is taken from the engine the program
is brought back to. Trees are kept as XML, code as Python keeps it in its own caches.
"""

from __future__ import annotations

import io
import marshal
import pickle
from types import CodeType
from typing import Any

from lxml import etree

from toolkit.office.engine import Engine
from toolkit.office.package.markup import Element, parse

_ENGINE = ("toolkit.office.", "toolkit.finding", "toolkit.place")
_PLAIN = frozenset(
    (
        ("builtins", "set"),
        ("builtins", "frozenset"),
        ("builtins", "object"),
        ("collections", "Counter"),
        ("collections", "OrderedDict"),
        ("functools", "partial"),
    )
)


class Unfreezable(Exception):
    """Bytes that are no frozen program of this engine, or a program that cannot be frozen."""


def freeze(program: Any, engine: Engine) -> bytes:
    """The bytes of a program; raises Unfreezable when it holds what is not the engine's own."""
    out = io.BytesIO()
    try:
        _Freezer(out, engine).dump((program, engine.order))
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        raise Unfreezable(str(error)) from error
    return out.getvalue()


def thaw(data: bytes, engine: Engine) -> Any:
    """The program of some bytes, for this engine; raises Unfreezable when they are not whole."""
    try:
        program, order = _Thawer(io.BytesIO(data), engine).load()
    except (pickle.UnpicklingError, EOFError, ValueError, TypeError, LookupError) as error:
        raise Unfreezable(str(error)) from error
    except (AttributeError, ImportError) as error:
        raise Unfreezable(str(error)) from error
    engine.order = order
    return program


def _of_the_caller(engine: Engine) -> dict[str, object]:
    """What is not kept, by the name that stands for it."""
    settings = engine.settings
    return {
        "engine": engine,
        "environment": engine.environment,
        "settings": settings,
        "localisation": settings.localisation,
        "text": settings.localisation.text,
        "number_format": settings.localisation.number_format,
    }


class _Tree:
    """One tree, all of whose elements may be asked for by number."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.elements = list(root.iter())

    def __reduce__(self) -> tuple[Any, ...]:
        return _read_tree, (etree.tostring(self.root, encoding="UTF-8", with_tail=False),)


def _read_tree(data: bytes) -> _Tree:
    return _Tree(parse(data))


def _element(tree: _Tree, number: int) -> Element:
    return tree.elements[number]


class _Freezer(pickle.Pickler):
    def __init__(self, out: io.BytesIO, engine: Engine) -> None:
        super().__init__(out, protocol=5)
        self._names = {id(item): name for name, item in _of_the_caller(engine).items()}
        self._trees: dict[Element, _Tree] = {}
        self._numbers: dict[Element, int] = {}

    def persistent_id(self, item: Any) -> str | None:
        return self._names.get(id(item))

    def reducer_override(self, item: Any) -> Any:
        if isinstance(item, etree._Element):
            return _element, self._found(item)
        if isinstance(item, CodeType):
            return marshal.loads, (marshal.dumps(item),)
        return NotImplemented

    def _found(self, item: Element) -> tuple[_Tree, int]:
        root = _root(item)
        tree = self._trees.get(root)
        if tree is None:
            tree = self._trees[root] = _Tree(root)
            self._numbers |= {element: n for n, element in enumerate(tree.elements)}
        return tree, self._numbers[item]


def _root(item: Element) -> Element:
    above = item.getparent()
    while above is not None:
        item, above = above, above.getparent()
    return item


class _Thawer(pickle.Unpickler):
    def __init__(self, data: io.BytesIO, engine: Engine) -> None:
        super().__init__(data)
        self._known = _of_the_caller(engine)

    def persistent_load(self, name: str) -> Any:
        return self._known[name]

    def find_class(self, module: str, name: str) -> Any:
        plain = (module, name) in _PLAIN or (module, name) == ("marshal", "loads")
        if not plain and not module.startswith(_ENGINE):
            raise Unfreezable(f"{module}.{name}")
        return super().find_class(module, name)
