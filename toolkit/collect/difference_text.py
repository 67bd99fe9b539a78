"""A difference as text: what came, then what is new, changed, contradicting and gone.

In: a Difference and the words of a language. Out: lines for a terminal, 80 columns wide.
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.collect.difference import KINDS, Difference
from toolkit.content.listed import listed, wrapped
from toolkit.language import Labels


def lines_of(found: Difference, labels: Labels) -> Iterator[str]:
    """The whole difference."""
    yield from wrapped(labels.t("df.since", since=found.since, n=len(found.files)), "")
    for kind in KINDS:
        own = found.of(kind)
        if own:
            yield ""
            yield labels.t(f"df.{kind}", n=len(own))
            yield from listed(own, labels)
    if not found.lines:
        yield labels.t("df.nothing")
