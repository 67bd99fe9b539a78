"""Listed: values as a list for a terminal, 80 columns wide, under the row each stands in.

In: lines with the titles of document, table, row and field, what a value was and what it is. Out:
text lines; of very many the first ones, and how many more there are.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from toolkit.language import Labels

WIDTH, STEP, MOST = 80, "  ", 40


def listed(lines: Sequence[Mapping[str, Any]], labels: Labels) -> Iterator[str]:
    """The first 40 values by row, and how many more there are."""
    for head, own in groupby(lines[:MOST], key=_row):
        yield from wrapped(head, STEP)
        for line in own:
            before = f"{line['before']} → " if line["before"] else ""
            text = f"{line['field_title']}: {before}{line['after'] or '–'}"
            yield from wrapped(text, STEP * 2)
    if len(lines) > MOST:
        yield STEP + labels.t("pg.more", n=len(lines) - MOST)


def wrapped(text: str, indent: str) -> Iterator[str]:
    """A text in lines, those after the first one further in."""
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}{STEP}"
    )


def _row(line: Mapping[str, Any]) -> str:
    return " > ".join((line["document_title"], line["table_title"], line["row_title"]))
