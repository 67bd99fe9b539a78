"""Whether a full data protection impact assessment is due. In: ``yesno`` answers. Out: a key."""

from __future__ import annotations

from collections.abc import Collection

CRITERIA = range(1, 10)
ENOUGH = 2


def criteria_met(answers: Collection[str | None]) -> int:
    """How many of the nine criteria are answered yes."""
    return sum(answer == "yes" for answer in answers)


def dpia_result(on_list: str | None, answers: Collection[str | None]) -> str:
    """The option of ``dpia_result`` from the authority's list and the nine criteria.

    On the list, or two criteria: required, whatever is blank. Else any blank: incomplete. Else
    one yes, or anything partly or unsure: recommended. All no: not required.
    """
    met = criteria_met(answers)
    if on_list == "yes" or met >= ENOUGH:
        return "required"
    everything = [on_list, *answers]
    if len(answers) < len(CRITERIA) or not all(everything):
        return "incomplete"
    return "not_required" if all(answer == "no" for answer in everything) else "recommended"
