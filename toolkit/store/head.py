"""Head: a file that was read as merging sees it, without its cells.

In: nothing. Out: the Head, its columns and the order of arrival, in SQL.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

ARRIVAL = "COALESCE(filled_date, substr(modified, 1, 10)), modified, copy, sha256, name"
HEAD = """
file_id, f.name, f.sha256, f.kind, f.copy, f.unit, f.role, f.period, f.filled_role,
  COALESCE(f.filled_date, substr(f.modified, 1, 10)), f.sent_id, f.touched, f.content,
  COALESCE(json_extract(f.identity_json, '$.unit_id'), ''),
  COALESCE(json_extract(f.identity_json, '$.respondent_role'), ''),
  COALESCE(json_extract(f.identity_json, '$.mends'), '')"""
"""The columns of a Head, of the table ``file`` called f."""


class Head(NamedTuple):
    """A file that was read, without its cells: who sent it, and what tells it from others."""

    number: int
    name: str
    sha256: str
    kind: str
    copy: str
    unit: str
    role: str
    period: str
    filled_role: str
    answered: str
    sent: int | None
    touched: int | None
    content: str
    unit_id: str
    respondent_role: str
    mends: str = ""

    @property
    def day(self) -> date:
        """The day the answers are from."""
        return date.fromisoformat(self.answered)
