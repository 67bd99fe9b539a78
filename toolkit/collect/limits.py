"""Every limit of reading returned files, in one table.

In: nothing, or the limits a caller overrides. Out: frozen Limits.
"""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024
LIMIT_CODES = frozenset(
    {
        *("returned-too-large", "file-too-many-parts", "file-bomb", "file-too-deep"),
        *("sheet-too-large", "sheet-too-many-merges", "archive-too-many", "worker-slow"),
    }
)
"""The findings that say a limit was hit."""


@dataclass(frozen=True)
class Limits:
    """What a returned file may cost; bytes, counts and seconds."""

    container_bytes: int = 25 * MEGABYTE
    entries: int = 2_000
    entry_bytes: int = 64 * MEGABYTE
    total_bytes: int = 256 * MEGABYTE
    ratio: int = 100
    ratio_from_bytes: int = 100 * 1024
    rows: int = 20_000
    columns: int = 500
    cells: int = 1_000_000
    merges: int = 5_000
    xml_depth: int = 256
    seconds: float = 10.0
    memory_bytes: int = 1024 * MEGABYTE
    archive_files: int = 5_000
