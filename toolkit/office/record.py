"""Records: named tuples that cost next to nothing to define.

In: a class with annotated fields. Out: what ``typing.NamedTuple`` makes of it, which is what
type checkers see here. The library's writes every class as text and runs it, and compiles each
annotation: 0.1 ms a class, and the engine has seventy.
"""

from __future__ import annotations

from _collections import _tuplegetter  # type: ignore[import-not-found]
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as Record
else:
    from typing import Self

    class _Fields(type):
        """Makes the annotated names of a class the fields of its tuples."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            fields = tuple(body.get("__annotations__", ()))
            own = {
                "__slots__": (),
                "__match_args__": fields,
                "_fields": fields,
                "_number": len(fields),
                "_tail": tuple([body[field] for field in fields if field in body]),
            }
            getters = {field: _tuplegetter(nth, "") for nth, field in enumerate(fields)}
            return super().__new__(cls, name, bases, body | own | getters)

    class Record(tuple, metaclass=_Fields):
        """A tuple whose items are the annotated fields of its class."""

        def __new__(cls, *given: Any, **named: Any) -> Self:
            missing = cls._number - len(given)
            if named or missing > len(cls._tail) or missing < 0:
                given = cls._whole(given, named)
            elif missing:
                given += cls._tail[-missing:]
            return tuple.__new__(cls, given)

        @classmethod
        def _whole(cls, given: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
            """All values, in order; raises TypeError when one is missing or too many."""
            later = cls._fields[len(given) :]
            known = dict(zip(cls._fields[::-1], cls._tail[::-1], strict=False)) | named
            if len(given) > len(cls._fields) or not named.keys() <= set(later):
                raise TypeError(f"{cls.__name__} takes {', '.join(cls._fields)}")
            try:
                return given + tuple([known[field] for field in later])
            except KeyError as error:
                raise TypeError(f"{cls.__name__} needs {error}") from None

        def _replace(self, **new: Any) -> Self:
            if not new.keys() <= set(self._fields):
                raise TypeError(f"{type(self).__name__} has {', '.join(self._fields)}")
            return tuple.__new__(type(self), map(new.get, self._fields, self))

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            values = ", ".join(f"{n}={v!r}" for n, v in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({values})"


__all__ = ["Record"]
