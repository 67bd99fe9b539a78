"""Every limit of reading returned files, in one table, each of which may be set anew.

In: nothing, or ``name=value`` texts. Out: frozen Limits; LimitsError with a finding for each text
that is no limit. ``docs/limits.md`` lists the same table, and a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import Field, dataclass, field, fields, replace
from typing import Any, NamedTuple

from toolkit.finding import Finding, Place, ToolkitError, finding, near

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE
GIGABYTE = 1024 * MEGABYTE
UNITS = {"": 1, "KB": KILOBYTE, "MB": MEGABYTE, "GB": GIGABYTE}
WRITTEN = re.compile(r"(\d+(?:[.,]\d+)?)\s*([KMG]?)(?:I?B)?", re.IGNORECASE)
OPTION = Place("--limit")


class LimitsError(ToolkitError):
    """What was given for the limits cannot be used."""


class Told(NamedTuple):
    """What stands of a limit in its table: the finding when it is hit, and what it counts."""

    code: str
    counts: str


def _limit(default: float, code: str, counts: str) -> Any:
    return field(default=default, metadata={"told": Told(code, counts)})


@dataclass(frozen=True)
class Limits:
    """What a returned file may cost; bytes, counts and seconds."""

    container_bytes: int = _limit(25 * MEGABYTE, "returned-too-large", "bytes of one file")
    entries: int = _limit(2_000, "file-too-many-parts", "parts in a file")
    entry_bytes: int = _limit(64 * MEGABYTE, "file-bomb", "bytes of one part, unpacked")
    total_bytes: int = _limit(256 * MEGABYTE, "file-bomb", "bytes of all parts, unpacked")
    ratio: int = _limit(100, "file-bomb", "bytes a byte may unpack to")
    ratio_from_bytes: int = _limit(100 * KILOBYTE, "file-bomb", "bytes before the ratio counts")
    rows: int = _limit(20_000, "sheet-too-large", "the last row with a value")
    columns: int = _limit(500, "sheet-too-large", "the last column with a value")
    cells: int = _limit(1_000_000, "sheet-too-large", "cells with a value in a sheet")
    area: int = _limit(4_000_000, "sheet-too-spread", "cells between the corners of all sheets")
    merges: int = _limit(5_000, "sheet-too-many-merges", "merged areas in a sheet")
    names: int = _limit(20_000, "file-too-many-names", "defined names in a workbook")
    sheets: int = _limit(250, "file-too-many-sheets", "sheets in a workbook")
    xml_depth: int = _limit(256, "file-too-deep", "elements inside each other")
    seconds: float = _limit(10.0, "worker-slow", "seconds for one file")
    memory_bytes: int = _limit(GIGABYTE, "worker-died", "bytes of memory for one file")
    archive_files: int = _limit(5_000, "archive-too-many", "files in a zip file")


def limits_of(texts: Iterable[str], limits: Limits = Limits()) -> Limits:
    """Limits with some set anew: ``rows=50000``, ``container-bytes=40MB``.

    Raises LimitsError with a finding for each text that is none.
    """
    read = [(_key(name), _read(name, value)) for name, _, value in map(_parted, texts)]
    wrong = [found for _, found in read if isinstance(found, Finding)]
    if wrong:
        raise LimitsError(wrong)
    given: dict[str, Any] = dict(read)
    return replace(limits, **given)


def _parted(text: str) -> tuple[str, str, str]:
    return text.partition("=")


def table() -> dict[str, Field[Any]]:
    """Every limit by its name on the command line."""
    return {each.name.replace("_", "-"): each for each in fields(Limits)}


def told(limit: Field[Any]) -> Told:
    """The code and the words of a limit."""
    found: Told = limit.metadata["told"]
    return found


LIMIT_CODES = frozenset(told(each).code for each in fields(Limits)) - {"worker-died"}
"""The findings that say a limit was hit; a worker also dies for other reasons."""


def _key(name: str) -> str:
    return name.strip().casefold().replace("-", "_")


def _read(name: str, value: str) -> float | Finding:
    """The number of a text for a limit; a finding where either is wrong."""
    known = table()
    limit = known.get(_key(name).replace("_", "-"))
    if limit is None:
        listed = ", ".join(known)
        return finding("limit-unknown", OPTION, name=name, near=near(name, known), known=listed)
    number = _number(value, of_bytes=limit.name.endswith("bytes"))
    if number is None or number <= 0:
        told = {"name": name, "value": value, "example": shown(limit)}
        return finding("limit-value", OPTION, **told)
    return number if limit.name == "seconds" else int(number)


def _number(text: str, *, of_bytes: bool) -> float | None:
    match = WRITTEN.fullmatch("".join(text.split()).replace("_", ""))
    if not match or (match[2] and not of_bytes):
        return None
    unit = UNITS[f"{match[2]}B".upper() if match[2] else ""]
    return float(match[1].replace(",", ".")) * unit


def shown(limit: Field[Any]) -> str:
    """The default of a limit as people would write it."""
    default = getattr(Limits(), limit.name)
    return (
        size_text(default).replace(" ", "") if limit.name.endswith("bytes") else f"{int(default)}"
    )


def size_text(size: float) -> str:
    """``25 MB``, ``100 KB``, ``17 B``."""
    for unit in ("GB", "MB", "KB"):
        if size >= UNITS[unit]:
            return f"{size / UNITS[unit]:.3g} {unit}"
    return f"{size:.0f} B"
