"""Levels: the colour, the symbol and so the look of a judged cell (SPEC 2.6, 2.9).

In: nothing. Out: for risks and for follow-up, the fill and the symbol of each level. A level always
stands with its word; the text on its fill is black.
"""

from __future__ import annotations

RED, ORANGE, YELLOW, GREEN, GREY = "FF6961", "FFB54C", "F8D66D", "7ABD7E", "bg2"

RISKS = {
    "red": (RED, "■"),
    "orange": (ORANGE, "◆"),
    "yellow": (YELLOW, "▲"),
    "green": (GREEN, "●"),
}
TRAFFIC = {
    "red": (RED, "■"),
    "yellow": (YELLOW, "◆"),
    "green": (GREEN, "●"),
    "reached": (GREEN, "★"),
    "grey": (GREY, "○"),
}
INK = "000000"
