"""Came back: the files of some results there is anything to tell of.

In: files without their cells, perhaps very many, read anew whenever they are gone through. Out:
those that have a finding or were not simply read, or the latter alone. A store is asked for them;
what is held is looked through.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from toolkit.store.records import READ, File


@runtime_checkable
class Asked(Protocol):
    """Files somewhere that is asked for some of them."""

    @property
    def noted(self) -> Iterable[File]:
        """Those with a finding, and those set aside."""

    @property
    def set_aside(self) -> Iterable[File]:
        """Those that were not simply read."""


def noted(files: Iterable[File]) -> Iterable[File]:
    """The files that have a finding or were not simply read, in order of arrival."""
    if isinstance(files, Asked):
        return files.noted
    return tuple(file for file in files if file.findings or _aside(file))


def set_aside(files: Iterable[File]) -> Iterable[File]:
    """The files that were not simply read, in order of arrival."""
    return files.set_aside if isinstance(files, Asked) else tuple(filter(_aside, files))


def _aside(file: File) -> bool:
    return bool(file.reason) or file.status != READ
