"""Identity: the system fields of a generated file (specification 2.2).

In: a copy and what the kit was made from. Out: the pairs that templates write in three places.
The same input gives the same ids: they are names (UUID version 5), not chance.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from toolkit.content.fan_out import Copy
from toolkit.produce.answers import Answers

SCHEMA_VERSION = 1
LATEST = 253_402_300_800  # the year 10000, in seconds since 1970
NAMESPACE = uuid5(NAMESPACE_URL, "veikart-toolkit")


@dataclass(frozen=True)
class Source:
    """What a kit is made from: the project, a hash of its description, and the day."""

    project_id: str
    source_hash: str
    generated_at: date

    @property
    def kit_id(self) -> UUID:
        """The id of the kit: the same for the same description."""
        return uuid5(NAMESPACE, f"{self.project_id}\n{self.source_hash}")


def generation_day(source_hash: str, before: Answers, today: date) -> date:
    """The day a kit says it was generated on, such that a second run gives the same bytes.

    ``SOURCE_DATE_EPOCH`` (seconds) decides; else an unchanged description keeps its day.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit() and int(epoch) < LATEST:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    if before.source_hash == source_hash and before.generated_at:
        return date.fromisoformat(before.generated_at)
    return today


def copy_id(copy: Copy, language: str, source: Source) -> str:
    """The id of one copy; every manual duplicate of the file keeps it."""
    document = copy.document
    kind = (document.doc, document.id, document.format, language)
    facts = (*kind, copy.unit, copy.role, copy.period, str(copy.number))
    return str(uuid5(source.kit_id, "\n".join(facts)))


def identity(copy: Copy, language: str, source: Source) -> dict[str, str]:
    """The identity of one copy, in the order of the specification; empty where it is for all."""
    return {
        "kit_id": str(source.kit_id),
        "project_id": source.project_id,
        "doc": copy.document.doc,
        "lang": language,
        "schema_version": str(SCHEMA_VERSION),
        "generated_at": source.generated_at.isoformat(),
        "copy_id": copy_id(copy, language, source),
        "unit_id": copy.unit,
        "respondent_role": copy.role,
        "period": copy.period,
        "source_hash": source.source_hash,
    }
