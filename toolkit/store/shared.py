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
        self._known: dict[int, tuple[One, Worth]] = {}  # the object is kept, and so its id

    def __call__(self, one: One) -> Worth:
        """What is known of an object, or is from now on."""
        known = self._known.get(id(one))
        if known is None:
            if len(self._known) >= self.most:
                self._known.clear()
            known = self._known[id(one)] = one, self.work(one)
        return known[1]

    def each(self, ones: Sequence[One]) -> list[Worth]:
        """The same of many objects, faster."""
        told = list(map(self._known.get, map(id, ones)))
        if all(told):
            return [known[1] for known in told if known]
        return [known[1] if known else self(one) for one, known in zip(ones, told, strict=True)]
