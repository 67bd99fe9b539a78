"""Every hostile and damaged file, with what must come of it; makes the folder.

``python tests/hostile/hostile_files.py FOLDER`` makes it for a look by hand.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from hostile_beside import beside_sheets
from hostile_case import Case
from hostile_disguises import disguised, text_tables
from hostile_folder import folder
from hostile_formats import formats
from hostile_forms import forms
from hostile_packages import packages
from hostile_values import cell_values
from hostile_workbooks import workbooks

LIGHT, ALL = False, True


def cases(*, heavy: bool = LIGHT) -> tuple[Case, ...]:
    """Every case, each name once; those that take seconds only where they are asked for."""
    found = [case for case in _all() if heavy or not case.heavy]
    assert len({case.name for case in found}) == len(found)
    return tuple(found)


@cache
def _all() -> tuple[Case, ...]:
    return tuple(_every())


def _every() -> Iterator[Case]:
    yield from packages()
    yield from workbooks()
    yield from cell_values()
    yield from beside_sheets()
    yield from forms()
    yield from formats()
    yield from disguised()
    yield from text_tables()
    yield from folder()


def make(folder: Path, wanted: Iterable[Case]) -> None:
    """Write the files into a folder."""
    for case in wanted:
        path = folder / case.name
        path.parent.mkdir(parents=True, exist_ok=True)
        if callable(case.data):
            case.data(path)
        else:
            path.write_bytes(case.data)


# --- the list of what is expected, to be read and to be tested against -----------------------

LIST = Path(__file__).parent / "expected.tsv"
HEAD = "listed as\texpected\ttold\tweight"


def listed() -> str:
    """One line a case: the name it is listed under, ``read`` or the code, what is told besides."""
    lines = [
        "\t".join(
            [
                case.shown,
                case.reason or "read",
                " ".join(sorted(case.told)),
                "heavy" if case.heavy else "",
            ]
        ).rstrip("\t")
        for case in cases(heavy=ALL)
    ]
    return "\n".join([HEAD, *lines, ""])


if __name__ == "__main__":
    make(Path(sys.argv[1]), cases(heavy=ALL))
    LIST.write_text(listed(), encoding="utf-8")
