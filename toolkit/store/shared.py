"""Shared: what is worked out of an object that many files share, once for the object itself.

In: a function of one object. Out: what it says, remembered by which object it is, not by what the
object holds: the fastest there is to know, for objects that never change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

One = TypeVar("One")
Worth = TypeVar("Worth")


class Shared(Generic[One, Worth]):
    """Remembers what ``work`` said of at most ``most`` objects."""

    def __init__(self, work: Callable[[One], Worth], most: int) -> None:
        self.work, self.most = work, most
        self._known: dict[int, Worth] = {}
        self._ones: list[One] = []  # the objects are kept, and so their ids

    def __call__(self, one: One) -> Worth:
        """What is known of an object, or is from now on."""
        known = self._known.get(id(one))
        return self._learned(one) if known is None else known

    def _learned(self, one: One) -> Worth:
        if len(self._ones) >= self.most:
            self._known.clear()
            self._ones.clear()
        self._ones.append(one)
        worth = self._known[id(one)] = self.work(one)
        return worth

    def each(self, ones: Sequence[One]) -> list[Worth]:
        """The same of many objects, faster."""
        told = list(map(self._known.get, map(id, ones)))
        return [
            self(one) if known is None else known for one, known in zip(ones, told, strict=True)
        ]
