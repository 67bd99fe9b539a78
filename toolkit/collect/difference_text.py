"""A difference as text: what came, then what is new, changed, contradicting and gone.

In: a Difference and the words of a language. Out: lines for a terminal, 80 columns wide.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from toolkit.collect.difference import KINDS, Difference
from toolkit.language import Labels

WIDTH, STEP, MOST = 80, "  ", 40


def lines_of(found: Difference, labels: Labels) -> Iterator[str]:
    """The whole difference."""
    yield from _wrapped(labels.t("df.since", since=found.since, n=len(found.files)), "")
    for kind in KINDS:
        own = found.of(kind)
        if own:
            yield ""
            yield labels.t(f"df.{kind}", n=len(own))
            yield from _values(own[:MOST])
            if len(own) > MOST:
                yield STEP + labels.t("pg.more", n=len(own) - MOST)
    if not found.lines:
        yield labels.t("df.nothing")


def _values(lines: list[dict[str, Any]]) -> Iterator[str]:
    for head, own in groupby(lines, key=_row):
        yield from _wrapped(head, STEP)
        for line in own:
            before = f"{line['before']} → " if line["before"] else ""
            text = f"{line['field_title']}: {before}{line['after'] or '–'}"
            yield from _wrapped(text, STEP * 2)


def _row(line: Mapping[str, Any]) -> str:
    return " > ".join((line["document_title"], line["table_title"], line["row_title"]))


def _wrapped(text: str, indent: str) -> Iterator[str]:
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}{STEP}"
    )
