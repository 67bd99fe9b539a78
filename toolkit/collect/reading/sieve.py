"""Sieve: which contents of many cells are of a kind, each looked at once for all files.

In: a test of one content, then all that stands in a sheet. Out: what of it passes.
"""

from __future__ import annotations

from collections.abc import Callable, Set

from toolkit.collect.reading.values import Content

MOST = 100_000  # contents remembered


class Sieve:
    """What passed the test so far, and all that was tested."""

    def __init__(self, test: Callable[[Content], bool]) -> None:
        self.test = test
        self.tested: set[Content] = set()
        self.passed: set[Content] = set()

    def __call__(self, contents: Set[Content]) -> Set[Content]:
        """Those that pass."""
        fresh = contents - self.tested
        if fresh:
            if len(self.tested) >= MOST:
                self.cache_clear()
                fresh = contents
            self.passed.update(filter(self.test, fresh))
            self.tested |= fresh
        return contents & self.passed

    def cache_clear(self) -> None:
        """Forget what was tested."""
        self.tested.clear()
        self.passed.clear()
