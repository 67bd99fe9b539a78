"""Chart data with a text that says the same.

In: categories, series of numbers, the point they make. Out: what ``chart(…)`` takes, with ``alt``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.content.reading import Row
from toolkit.language import Labels

Numbers = Sequence[float | None]


def chart(
    labels: Labels, categories: Sequence[str], series: Mapping[str, Numbers], point: str = ""
) -> Row:
    """Chart data; ``series`` are values by name, ``point`` is what the chart shows in a sentence,
    which its alternative text begins with.
    """
    told = (_told(labels, name, categories, own) for name, own in series.items())
    return {
        "categories": list(categories),
        "series": [{"name": name, "values": list(values)} for name, values in series.items()],
        "alt": ". ".join(filter(None, (point, *told))),
    }


def _told(labels: Labels, name: str, categories: Sequence[str], values: Numbers) -> str:
    """One series in words: every value with its category; one value where all are the same."""
    known = [(c, v) for c, v in zip(categories, values, strict=True) if v is not None]
    if len({value for _, value in known}) == 1 and len(known) > 1:
        return f"{name}: {labels.number(known[0][1])}"
    return f"{name}: " + ", ".join(f"{where} {labels.number(value)}" for where, value in known)
