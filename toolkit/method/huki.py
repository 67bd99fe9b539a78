"""Who does what. In: the codes H, U, K and I of an activity's cells. Out: whether they hold.

H is accountable, U responsible, K consulted, I informed, whatever letters the file shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

CODES = ("H", "U", "K", "I")
MOST_H_SHARE = 0.4
MOST_K = 3

Cell = Collection[str]


def counts(cells: Iterable[Cell]) -> dict[str, int]:
    """How often each code stands in the cells; ``H/U`` in one cell counts as both."""
    counted = Counter(code for cell in cells for code in cell)
    return {code: counted[code] for code in CODES}


def huki_status(cells: Iterable[Cell]) -> str:
    """The option of ``huki_check`` for an activity: exactly one H and at least one U."""
    counted = counts(cells)
    if counted["H"] == 0:
        return "no_h"
    if counted["H"] > 1:
        return "many_h"
    return "ok" if counted["U"] else "no_u"


def too_many_consulted(cells: Iterable[Cell]) -> bool:
    """Whether more than three are consulted in one activity."""
    return counts(cells)["K"] > MOST_K


def overloaded(activities: Sequence[Mapping[str, Cell]], role: str) -> bool:
    """Whether a role is accountable for more than 40 percent of the activities."""
    held = sum("H" in cells.get(role, ()) for cells in activities)
    return held > MOST_H_SHARE * len(activities)


def idle(activities: Sequence[Mapping[str, Cell]], role: str) -> bool:
    """Whether a role has no letter in any activity."""
    return not any(cells.get(role) for cells in activities)
