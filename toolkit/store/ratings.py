"""Ratings: how a pilot evaluation was answered, as frozen values.

In: nothing. Out: what groups answered to a question, and how many forms came back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default


@dataclass(frozen=True)
class Rating:
    """How one question of the pilot evaluation was answered by one group.

    ``level`` is ``statement``, ``dimension`` or ``overall`` and ``key`` which; ``family`` is
    ``all``, ``role`` or ``unit`` and ``group`` which. A group too small to be shown is ``hidden``
    and holds no numbers but how many answered.
    """

    doc: str
    level: str
    key: str
    family: str
    group: str
    n: int = 0
    mean: float | None = None
    agree: float | None = None
    colour: str = ""
    distribution: Mapping[str, int] = default(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True)
class Response:
    """How many forms a role was sent (None: not known) and how many came back."""

    doc: str
    role: str
    sent: int | None
    returned: int

    @property
    def rate(self) -> float | None:
        """The response rate in percent, 0-100 (more where forms were copied)."""
        return 100 * self.returned / self.sent if self.sent else None
