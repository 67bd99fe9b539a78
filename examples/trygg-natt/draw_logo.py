"""The logo of the invented municipality: a fjord in a round field, and the name.

In: nothing. Out: a picture with a transparent ground.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONTS = Path("/usr/share/fonts/truetype/crosextra")
PRIMARY, SECONDARY = "#0B4F6C", "#2E8B7F"

Point = tuple[float, float]


def wave(y: float, height: float, left: float, right: float) -> list[Point]:
    """A sine from left to right, one and a half waves long."""
    steps = 80
    turns = 1.5 * 2 * math.pi
    width = right - left
    return [
        (left + width * i / steps, y + height * math.sin(turns * i / steps))
        for i in range(steps + 1)
    ]


def mark(side: int) -> Image.Image:
    """The mark: two fjord sides meeting over water, in a round field."""
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    unit = side / 100

    def at(points: Sequence[Point]) -> list[Point]:
        return [(x * unit, y * unit) for x, y in points]

    pen.rectangle((0, 0, side, side), fill="#12688C")
    pen.ellipse([v * unit for v in (56, 20, 72, 36)], fill="#F6B75E")
    pen.polygon(at([(-8, 66), (30, 22), (44, 42), (62, 66)]), fill="#FFFFFF")
    pen.polygon(at([(40, 66), (66, 40), (75, 50), (84, 42), (112, 66)]), fill="#BFE0DA")
    pen.polygon(at([(-2, 102), *wave(60, 2.4, -2, 102), (102, 102)]), fill=SECONDARY)
    pen.polygon(at([(-2, 102), *wave(71, 2.4, 10, 114), (114, 102)]), fill="#1C6B78")
    pen.polygon(at([(-2, 102), *wave(82, 2.4, -2, 102), (102, 102)]), fill=PRIMARY)
    disc, inner = (Image.new("L", (side, side), 0) for _ in range(2))
    ImageDraw.Draw(disc).ellipse((0, 0, side - 1, side - 1), fill=255)
    rim = 5.5 * unit
    ImageDraw.Draw(inner).ellipse((rim, rim, side - rim, side - rim), fill=255)
    ring = Image.new("RGBA", (side, side), PRIMARY)
    ring.paste(image, mask=inner)
    ring.putalpha(disc)
    return ring


def logo() -> Image.Image:
    """Mark and name side by side on a transparent ground."""
    image = Image.new("RGBA", (4200, 1200), (0, 0, 0, 0))
    image.alpha_composite(mark(1000), (80, 80))
    pen = ImageDraw.Draw(image)
    name = ImageFont.truetype(str(FONTS / "Carlito-Bold.ttf"), 680)
    kind = ImageFont.truetype(str(FONTS / "Carlito-Regular.ttf"), 310)
    pen.text((1230, 640), "Fjordvik", font=name, fill=PRIMARY, anchor="ls")
    left, right, words = 1716.0, 1230 + pen.textlength("Fjordvik", font=name), "kommune"
    gap = (right - left - sum(pen.textlength(letter, font=kind) for letter in words)) / 6
    for letter in words:
        pen.text((left, 960), letter, font=kind, fill="#1F7267", anchor="ls")
        left += pen.textlength(letter, font=kind) + gap
    box = image.getbbox() or (0, 0, *image.size)
    size = (box[2] - box[0]) * 3 // 10, (box[3] - box[1]) * 3 // 10
    return image.crop(box).resize(size, Image.Resampling.LANCZOS)
