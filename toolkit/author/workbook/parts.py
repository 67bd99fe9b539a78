"""Which part draws a sheet: the ``part`` of its section.

In: a name. Out: ``draw(sheet, section)``. A new kind of sheet is one module with ``draw`` and one
line here.
"""

from __future__ import annotations

from collections.abc import Callable

from toolkit.author.workbook import (
    chain,
    criteria,
    evaluation,
    followup,
    huki,
    huki_check,
    info,
    net,
    risks,
    stakeholders,
    summed,
    table,
)
from toolkit.author.workbook.book import Sheet
from toolkit.document import Section

Part = Callable[[Sheet, Section], None]

PARTS: dict[str, Part] = {
    "info": info.draw,
    "evaluation": evaluation.draw,
    "table": table.draw,
    "summed": summed.draw,
    "benefit_chain": chain.draw,
    "net": net.draw,
    "follow_up": followup.draw,
    "huki": huki.draw,
    "huki_check": huki_check.draw,
    "risk_criteria": criteria.draw,
    "risk_matrix": risks.draw,
    "stakeholder_matrix": stakeholders.draw,
}
