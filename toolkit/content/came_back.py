"""Came back: the files of some results, gone through as seldom as can be.

In: files without their cells, perhaps very many, read anew whenever they are gone through. Out: the
same; and those few of which there is anything to tell, found on one way through and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from toolkit.store.records import READ, File


class CameBack(Iterable[File]):
    """All files; ``noted`` are those there is anything to tell of."""

    def __init__(self, every: Iterable[File]) -> None:
        self.every = every

    @staticmethod
    def of(files: Iterable[File]) -> CameBack:
        """The files as they are, where they are gone through by somebody else too."""
        return files if isinstance(files, CameBack) else CameBack(files)

    def __iter__(self) -> Iterator[File]:
        return iter(self.every)

    @cached_property
    def noted(self) -> tuple[File, ...]:
        """The files that were not simply read, or have a finding, in order of arrival."""
        return tuple(f for f in self.every if f.findings or f.reason or f.status != READ)
