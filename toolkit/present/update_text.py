"""An update as text: what is written into the description, and what it has no place for.

In: what was entered, and the words of a language. Out: lines for a terminal, 80 columns wide.
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.content.listed import listed, wrapped
from toolkit.language import Labels
from toolkit.present.entered import ADDED, CHANGED, Entered


def lines_of(found: Entered, labels: Labels) -> Iterator[str]:
    """The whole update, but for what is left for a person to decide: those are findings."""
    for kind in (CHANGED, ADDED):
        own = found.of(kind)
        if own:
            yield labels.t(f"up.{kind}", n=len(own))
            yield from listed(own, labels)
            yield ""
    if not found.lines:
        yield labels.t("up.nothing")
    if found.elsewhere:
        yield from wrapped(labels.t("up.elsewhere", n=found.elsewhere), "")
