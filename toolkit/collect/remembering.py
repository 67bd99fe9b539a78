"""Remembering: what parts, sheets and cells say is known from one file to the next, for a while.

In: the parts of each file that is read. Out: nothing; once many new ones were met, everything that
remembers texts of files forgets them together.
"""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.collect import personal
from toolkit.collect.opening.gate import OF_PACKAGES
from toolkit.collect.reading.book import OF_SHEETS
from toolkit.collect.reading.cells import cell_of
from toolkit.collect.reading.choices import option_of
from toolkit.collect.reading.heads import KEYS
from toolkit.collect.reading.named_areas import referred
from toolkit.collect.reading.prefilled import words_of
from toolkit.collect.reading.spelling import folded
from toolkit.collect.reading.strays import ASKED
from toolkit.personal import kinds_in

MOST = 64 << 20  # bytes of parts whose texts may be remembered
REMEMBERING = (
    folded,
    option_of,
    kinds_in,
    words_of,
    cell_of,
    referred,
    *(personal.SOMEBODYS, personal.properties, KEYS, ASKED),
    *OF_PACKAGES,
    *OF_SHEETS,
)
"""What remembers texts of files from one to the next."""


class Memory:
    """How much one reader remembers of the files it read."""

    def __init__(self) -> None:
        self.size = 0  # in bytes
        self.met: set[int] = set()  # the hashes of parts

    def count(self, data: bytes, parts: Iterable[bytes]) -> None:
        """One more file; all is forgotten before it fills the memory.

        A part that many files have is remembered, and counted, once.
        """
        fresh = {hash(part): len(part) for part in parts if hash(part) not in self.met}
        self.met.update(fresh)
        self.size += sum(fresh.values()) or len(data)
        if self.size > MOST:
            self.size = 0
            self.met.clear()
            for remembering in REMEMBERING:
                remembering.cache_clear()
