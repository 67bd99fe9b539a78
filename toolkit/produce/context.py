"""Context of a file of the kit: what any document says, and what this copy was sent out with.

In: an Edition and one of its copies. Out: the dict its template is filled with.
"""

from __future__ import annotations

from typing import Any

from toolkit.content.context import context as content_context
from toolkit.content.fan_out import Copy
from toolkit.produce.edition import Edition
from toolkit.produce.sent import sent


def context(edition: Edition, copy: Copy) -> dict[str, Any]:
    """What the template of a copy is filled with."""
    told = content_context(edition.content, copy, edition.identity(copy))
    noted = sent(edition.reading, copy, told, edition.documents)
    return told | {"meta": [*told["meta"], *noted]}
