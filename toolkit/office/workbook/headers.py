"""Page headers and footers of sheets and charts.

In: the text of a header with its codes (``&L&"Calibri"&9Navn &P``). Out: the same with labels in
place of the texts between the codes.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_CODE = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f+\-]{5,8}|&\d{1,3}|&[A-Za-z&]')
MAX_TEXT = 255


def swap_header(text: str, label: Callable[[str], str | None]) -> str:
    """The header with each text that is a label of its own swapped."""
    out, start = "", 0
    for code in [*_CODE.finditer(text), None]:
        piece = text[start : code.start() if code else len(text)]
        bare = piece.strip()
        found = label(bare) if bare else None
        out += piece if found is None else piece.replace(bare, found.replace("&", "&&"))
        if code:
            out += code[0]
            start = code.end()
    return out
