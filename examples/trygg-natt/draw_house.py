"""A wooden house with one lit window, for the picture of the night.

In: a picture drawn at ``SCALE`` times its size. Out: the same picture with the house on it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw

SCALE = 2

Point = tuple[float, float]


def scaled(points: Sequence[Point]) -> list[Point]:
    """Points of the picture in the pixels it is drawn in."""
    return [(x * SCALE, y * SCALE) for x, y in points]


def house(image: Image.Image) -> None:
    """A wooden house with one lit window."""
    pen = ImageDraw.Draw(image)
    pen.polygon(
        scaled([(1228, 690), (1228, 596), (1282, 532), (1336, 596), (1336, 690)]), fill="#1D4A5C"
    )
    pen.polygon(scaled([(1336, 690), (1336, 596), (1520, 596), (1520, 690)]), fill="#153C4D")
    for y in range(604, 690, 8):
        pen.line(scaled([(1336, y), (1520, y)]), fill="#123546", width=SCALE)
        pen.line(scaled([(1228, y), (1336, y)]), fill="#194354", width=SCALE)
    pen.rectangle([v * SCALE for v in (1424, 494, 1448, 560)], fill="#0B2530")
    pen.polygon(scaled([(1282, 526), (1478, 526), (1534, 602), (1340, 602)]), fill="#0C2733")
    pen.line(scaled([(1282, 527), (1478, 527)]), fill="#2F6375", width=SCALE * 2)
    pen.line(
        scaled([(1218, 606), (1282, 528), (1342, 603)]),
        fill="#3A7183",
        width=SCALE * 5,
        joint="curve",
    )
    pen.line(scaled([(1340, 603), (1534, 603)]), fill="#2C5E70", width=SCALE * 3)
    for x in (1231, 1335, 1518):
        pen.line(scaled([(x, 606), (x, 690)]), fill="#2C5E70", width=SCALE * 4)
    pen.rectangle([v * SCALE for v in (1224, 686, 1524, 697)], fill="#20313A")
    pen.rectangle(
        [v * SCALE for v in (1470, 632, 1500, 688)],
        fill="#0B2734",
        outline="#2C5E70",
        width=SCALE * 2,
    )
    pane(pen, 1382, 1420, 626, 666, lit=False)
    pane(pen, 1266, 1298, 566, 596, lit=False)
    pane(pen, 1256, 1308, 622, 672, lit=True)


def pane(
    pen: ImageDraw.ImageDraw, left: float, right: float, top: float, low: float, *, lit: bool
) -> None:
    """A window with its frame and bars."""
    box = [v * SCALE for v in (left, top, right, low)]
    pen.rectangle(box, fill="#FFD27A" if lit else "#0A2431")
    frame, bar = ("#FFF0CF", "#C9873A") if lit else ("#336476", "#2A5868")
    middle = (left + right) / 2
    pen.line(scaled([(middle, top), (middle, low)]), fill=bar, width=SCALE * 2)
    pen.line(
        scaled([(left, top + (low - top) * 0.38), (right, top + (low - top) * 0.38)]),
        fill=bar,
        width=SCALE * 2,
    )
    pen.rectangle(box, outline=frame, width=SCALE * 3)
