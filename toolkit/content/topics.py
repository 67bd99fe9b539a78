"""Topics: the views of a kit by name.

In: a Reading, the rows of the overview, and the day the documents carry. Out: ``view`` of the
context: what is computed, one entry a topic.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from toolkit.content.reading import Reading, Row
from toolkit.content.views import (
    benefits,
    economy,
    evaluation,
    huki,
    overview,
    plan,
    presentation,
    risks,
    stakeholders,
)


def topics(reading: Reading, documents: Sequence[Row], day: date) -> Row:
    """Every topic, for everybody; a respondent's copy has its own ``evaluation``."""
    return {
        "benefits": benefits.view(reading),
        "net": economy.view(reading),
        "risks": risks.view(reading),
        "huki": huki.view(reading),
        "stakeholders": stakeholders.view(reading),
        "evaluation": evaluation.view(reading),
        "roadmap": plan.roadmap(reading),
        "overview": overview.view(reading, documents),
        "presentation": presentation.view(reading, day),
    }
