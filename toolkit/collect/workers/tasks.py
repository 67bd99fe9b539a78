"""Tasks: which files are read, and what comes of a batch of them.

In: Sources, and what the store knows of their names. Out: frozen, plain values that cross processes
and machines.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.collect.find import Source
from toolkit.store.packing import Packed
from toolkit.store.records import FileKey
from toolkit.store.remembering import Seen


class Task(NamedTuple):
    """A file to read: its place in the run, where it lies, what it was like when it was found.

    ``path``, ``size`` and ``mtime`` are what the store remembers it by; ``known`` are the hashes
    under which its name was read before: what has one of them is not read again.
    """

    number: int
    source: Source
    path: int = 0
    size: int = 0
    mtime: int = 0
    known: frozenset[str] = frozenset()

    def seen(self, sha256: str) -> Seen:
        """What is remembered of it once it is read."""
        return Seen(self.path, self.size, self.mtime, sha256, self.source.name)


class Outcome(NamedTuple):
    """What became of one task: the key of its file, and whether it was read or known."""

    number: int
    key: FileKey
    kept: bool


@dataclass(frozen=True)
class Done:
    """A batch that was read: what became of every task, and the rows of the new files, pickled."""

    outcomes: tuple[Outcome, ...]
    packed: tuple[bytes, ...]

    def files(self) -> Iterator[Packed]:
        """The rows of the files that are new, a few files at a time."""
        return (pickle.loads(data) for data in self.packed)  # our own, from our own process


def joined(parts: Sequence[Done]) -> Done:
    """Several parts of a batch as one."""
    outcomes: Iterable[Outcome] = (outcome for part in parts for outcome in part.outcomes)
    return Done(tuple(outcomes), tuple(data for part in parts for data in part.packed))
