"""The supplier's part in the status deck: the key figures that partners outside measure.

In: Told and every Followed. Out: rows as the table of benefits has them, and their message.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.content.reading import Row
from toolkit.present.status import benefits
from toolkit.present.status.follow_up import Followed
from toolkit.present.told import Told

OUTSIDE = "external"


def supplier(told: Told, followed: Sequence[Followed]) -> Row | None:
    """Uptime, response time, errors: what suppliers measure; None where nothing came back."""
    own = measured_outside(told, followed)
    if not any(one.periods for one in own):
        return None
    judged = [one for one in own if one.achievement is not None]
    counts = {"n": sum(one.on_track for one in judged), "total": len(judged)}
    message = told.reading.labels.t("m.st.supplier", **counts) if judged else ""
    return {"message": message, "rows": benefits.table(told, own)}


def measured_outside(told: Told, followed: Sequence[Followed]) -> list[Followed]:
    """The benefits that a role outside the organisation measures."""
    roles = {role.id for role in told.reading.project.roles if role.group == OUTSIDE}
    return [one for one in followed if one.benefit.measured_by in roles]


def supplier_notes(told: Told, followed: Sequence[Followed]) -> list[str]:
    """What was agreed on following up, and the cells of every value."""
    agreed = told.reading.project.procurement.contract_follow_up
    return [*filter(None, [agreed]), *benefits.notes(told, measured_outside(told, followed))]
