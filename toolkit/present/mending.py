"""To mend: what each sender is asked to put right, file by file.

In: the cells that could not be read, every file with its findings, the anonymous documents. Out: a
ToMend for each file that stands: its cells, and of its findings those its sender can mend in the
file itself. Nobody is asked about an anonymous answer, or twice about one cell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from toolkit.finding import Finding
from toolkit.store.records import READ, File
from toolkit.store.unread import Unread

PERSONAL = "personal-"
IN_FILE = frozenset(
    {
        *("row-missing", "row-id-repeated", "read-twice", "table-missing", "column-missing"),
        *("place-missing", "column-repeated", "cells-merged", "cell-twice", "id-alone"),
        *("filled-date-later", "text-struck", "text-beside", "forms-several", "findings-more"),
        *("personal-number", "personal-email", "personal-phone", "personal-more"),
    }
)
"""Findings the sender can mend, and nobody else: deleted rows, contradictions, texts not read."""
Head = Unread | File


@dataclass(frozen=True)
class ToMend:
    """What is wrong in one file: cells answered on the slip, and what is mended in the file."""

    head: Head
    cells: Sequence[Unread]
    findings: Sequence[Finding]


def to_mend(
    cells: Iterable[Unread], files: Iterable[File], anonymous: Collection[str]
) -> Iterator[ToMend]:
    """Every file with something its sender can mend, in the order of their names."""
    unread: dict[tuple[str, str], list[Unread]] = {}
    for cell in cells:
        unread.setdefault(cell.key, []).append(cell)
    heads = {file.key: file for file in files}
    for key in sorted({*unread, *heads}, key=lambda key: (key[1], key[0])):
        own, file = unread.get(key, []), heads.get(key)
        asked = {cell.place for cell in own}
        told = _own(file, anonymous) if file else ()
        findings = [f for f in told if f.place not in asked or f.code.startswith(PERSONAL)]
        head = own[0] if own else file
        if head is not None and (own or findings):
            yield ToMend(head, own, list(dict.fromkeys(findings)))


def _own(file: File, anonymous: Collection[str]) -> Iterator[Finding]:
    """The findings of a file that stands and whose sender is known."""
    if file.status == READ and file.reason != "slip" and file.doc not in anonymous:
        yield from (found for found in file.findings if found.code in IN_FILE)
