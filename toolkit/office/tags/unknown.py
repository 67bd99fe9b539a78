"""Names the data does not have: recorded with their full path and a near name, then left empty.

In: what Jinja tells of a failed look-up. Out: findings of the fill that runs; the value itself acts
as empty so that one fill reports every unknown name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from jinja2 import Environment, TemplateError, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.utils import missing

from toolkit.finding import near


class Told(Protocol):
    """Who wants to know of unknown names: the fill that is running."""

    def unknown(self, name: Unknown) -> None:
        """Record a name the data does not have, or one that may not be read."""


class Unknown(Undefined):
    """Stands for a name that is not there; the first use of it is told to the Run."""

    __slots__ = ("_told",)
    environment: Environment

    def tell(self) -> Unknown:
        """Record this name once; gives the value back, silent from now on."""
        if not getattr(self, "_told", False):
            self._told = True
            run: Told = self.environment.run  # type: ignore[attr-defined]
            run.unknown(self)
        return self

    @property
    def unsafe(self) -> bool:
        """Whether the name is there but may not be read."""
        return issubclass(self._undefined_exception, SecurityError)

    @property
    def hint(self) -> str:
        """What Jinja says where no name is concerned (``first`` of an empty list)."""
        return "" if self._undefined_name else self._undefined_hint or ""

    def full_name(self, source: str) -> str:
        """The name as written in the tag ``source``: ``project.nme``."""
        name = f"{self._undefined_name}"
        if self._undefined_obj is missing:
            return name
        return next(_paths(self.environment, source, name), name)

    def near_name(self, full: str, context: Iterable[str]) -> str:
        """The known name closest to ``full``; empty when none is close."""
        if self._undefined_obj is missing:
            return near(full, context)
        known = self._undefined_obj
        head = full.rpartition(".")[0]
        found = near(f"{self._undefined_name}", map(str, known)) if _is_data(known) else ""
        return f"{head}.{found}" if found and head else found

    def _quiet(self, *_: Any, **__: Any) -> Any:
        return self.tell()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.tell()

    def __eq__(self, other: object) -> bool:
        self.tell()
        return isinstance(other, Undefined)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return id(self)

    def __str__(self) -> str:
        self.tell()
        return ""

    __repr__ = __str__

    def __len__(self) -> int:
        self.tell()
        return 0

    def __iter__(self) -> Iterator[Any]:
        self.tell()
        return iter(())

    def __bool__(self) -> bool:
        self.tell()
        return False

    def __contains__(self, item: object) -> bool:
        self.tell()
        return False

    def __int__(self) -> int:  # type: ignore[override]
        self.tell()
        return 0

    def __float__(self) -> float:  # type: ignore[override]
        self.tell()
        return 0.0

    def __lt__(self, other: object) -> bool:  # type: ignore[override]
        self.tell()
        return False

    __le__ = __gt__ = __ge__ = __lt__  # type: ignore[assignment]
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _quiet
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _quiet
    __mod__ = __rmod__ = __pow__ = __rpow__ = __pos__ = __neg__ = _quiet
    __call__ = __getitem__ = _quiet


def _is_data(value: object) -> bool:
    return isinstance(value, Mapping)


def _paths(environment: Environment, source: str, name: str) -> Iterator[str]:
    """The dotted paths of a tag that end in ``name``."""
    from toolkit.office.tags.syntax import whole  # for what is wrong only

    try:
        tree = environment.parse(whole(source))
    except TemplateError:
        return
    for node in tree.find_all((nodes.Getattr, nodes.Getitem)):
        path = _dotted(node)
        if path.rpartition(".")[2] == name:
            yield path


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}".lstrip(".")
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{_dotted(node.node)}.{node.arg.value}".lstrip(".")
    return ""
