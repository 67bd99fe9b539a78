"""Draws the pictures of the example: the invented municipality's logo and a house at night.

In: nothing. Out: ``assets/fjordvik-logo.png`` and ``assets/natt.jpg`` beside this file. Needs
Pillow; run it only to change the pictures, which are committed.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path

from draw_house import SCALE, Point, house, scaled
from draw_logo import logo
from PIL import Image, ImageChops, ImageDraw, ImageFilter

ASSETS = Path(__file__).parent / "assets"
WIDTH, HEIGHT = 1920, 1080
SHORE = 735

Colour = tuple[int, int, int]


def rgb(code: str) -> Colour:
    """``#0B4F6C`` as three numbers."""
    digits = code.removeprefix("#")
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def mixed(a: Colour, b: Colour, share: float) -> Colour:
    """A colour between two."""
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


# --- night -----------------------------------------------------------------------------------


def gradient(size: tuple[int, int], stops: Sequence[tuple[float, str]]) -> Image.Image:
    """A vertical gradient through (share of the height, colour)."""
    column = Image.new("RGB", (1, size[1]))
    for y in range(size[1]):
        share = y / size[1]
        after = next(i for i, stop in enumerate(stops) if stop[0] >= share)
        (low, a), (high, b) = stops[max(after - 1, 0)], stops[after]
        inner = (share - low) / (high - low) if high > low else 0
        column.putpixel((0, y), mixed(rgb(a), rgb(b), inner))
    return column.resize(size)


def layer(size: tuple[int, int], draw: Callable[[ImageDraw.ImageDraw], None]) -> Image.Image:
    """A transparent layer with something drawn on it."""
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    draw(ImageDraw.Draw(image))
    return image


def glow(image: Image.Image, box: Sequence[float], colour: str, blur: float, power: float) -> None:
    """Adds soft light of a colour around an ellipse."""
    mask = Image.new("L", image.size, 0)
    ImageDraw.Draw(mask).ellipse([v * SCALE for v in box], fill=round(255 * power))
    mask = mask.filter(ImageFilter.GaussianBlur(blur * SCALE))
    light = Image.merge("RGB", [mask.point(lambda v, c=c: v * c // 255) for c in rgb(colour)])
    image.paste(ImageChops.screen(image, light))


def ridge(seed: int, base: float, rise: float, roughness: float) -> list[Point]:
    """A mountain ridge over the whole width, from displaced midpoints."""
    dice = random.Random(seed)
    heights = [dice.uniform(0.2, 1.0) for _ in range(6)]
    spread = 0.5
    for _ in range(6):
        middle = [
            (a + b) / 2 + dice.uniform(-spread, spread) * roughness
            for a, b in zip(heights, heights[1:], strict=False)
        ]
        heights = [v for pair in zip(heights, middle, strict=False) for v in pair] + heights[-1:]
        spread *= 0.5
    step = WIDTH / (len(heights) - 1)
    crest = [(i * step, base - rise * max(h, 0.05)) for i, h in enumerate(heights)]
    return [(0, SHORE + 4), *crest, (WIDTH, SHORE + 4)]


def stars(image: Image.Image) -> None:
    """Small stars, fewer towards the horizon."""
    dice = random.Random(7)

    def draw(pen: ImageDraw.ImageDraw) -> None:
        for _ in range(190):
            x, y = dice.uniform(0, WIDTH), dice.random() ** 1.6 * 470
            size = dice.choice([0.6, 0.8, 0.8, 1.0, 1.5])
            alpha = round(dice.uniform(60, 200) * (1 - y / 620))
            box = [(v - size) * SCALE for v in (x, y)] + [(v + size) * SCALE for v in (x, y)]
            pen.ellipse(box, fill=(226, 240, 247, alpha))

    sky = layer(image.size, draw)
    image.paste(sky, mask=sky)


def moon(image: Image.Image) -> None:
    """A thin crescent with a little light around it."""
    x, y, r = 1560.0, 190.0, 40.0
    glow(image, (x - 70, y - 70, x + 70, y + 70), "#3C6F85", 60, 0.55)
    disc = Image.new("L", image.size, 0)
    pen = ImageDraw.Draw(disc)
    pen.ellipse([v * SCALE for v in (x - r, y - r, x + r, y + r)], fill=255)
    pen.ellipse([v * SCALE for v in (x - r - 17, y - r - 11, x + r - 17, y + r - 11)], fill=0)
    image.paste(Image.new("RGB", image.size, rgb("#F3EBD3")), mask=disc)


def mountains(image: Image.Image) -> None:
    """Four ridges, the far ones lighter, with mist at their feet."""
    for seed, base, rise, rough, colour in (
        (8, 650, 235, 0.62, "#2F7384"),
        (29, 690, 215, 0.6, "#215C70"),
        (44, 712, 150, 0.55, "#16465B"),
        (12, 730, 78, 0.5, "#0D3144"),
    ):
        mask = Image.new("L", image.size, 0)
        ImageDraw.Draw(mask).polygon(scaled(ridge(seed, base, rise, rough)), fill=255)
        top, foot = (base - rise) / HEIGHT, SHORE / HEIGHT
        lit = "#" + bytes(mixed(rgb(colour), rgb("#5C9CA0"), 0.34)).hex()
        tone = gradient(image.size, [(0, colour), (top, colour), (foot, lit), (1, lit)])
        image.paste(tone, mask=mask)


def water(image: Image.Image) -> None:
    """The fjord: the sky and the mountains upside down, darker, blurred and rippled."""
    shore = SHORE * SCALE
    depth = image.height - shore
    above = image.crop((0, shore - depth, image.width, shore))
    mirror = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    mirror = mirror.filter(ImageFilter.GaussianBlur(3 * SCALE))
    tint = gradient(mirror.size, [(0, "#17495C"), (0.4, "#0A2738"), (1, "#05141F")])
    image.paste(Image.blend(mirror, tint, 0.55), (0, shore))
    dice = random.Random(3)

    def draw(pen: ImageDraw.ImageDraw) -> None:
        for _ in range(240):
            near = dice.random() ** 1.5
            y = SHORE + 4 + near * (HEIGHT - SHORE)
            length, x = dice.uniform(30, 90) * (0.5 + 2 * near), dice.uniform(-50, WIDTH)
            fill = (150, 205, 215, round(dice.uniform(6, 26)))
            pen.line(scaled([(x, y), (x + length, y)]), fill=fill, width=round(SCALE * (1 + near)))

    ripples = layer(image.size, draw).filter(ImageFilter.GaussianBlur(SCALE * 0.8))
    image.paste(ripples, mask=ripples)


def headland() -> list[Point]:
    """The land the house stands on, from the right edge out into the fjord."""
    crest = [(840 + i * 12, 742 - 62 * math.sin(min(i / 90, 1) * math.pi / 2)) for i in range(91)]
    return [(815, 752), *crest, (WIDTH, 678), (WIDTH, 800), (1500, 790), (1150, 774), (900, 760)]


def spruce(pen: ImageDraw.ImageDraw, x: float, foot: float, height: float, fill: str) -> None:
    """A spruce as a stack of branches."""
    pen.rectangle([v * SCALE for v in (x - 2, foot - 12, x + 2, foot + 4)], fill=fill)
    for level in range(6):
        top = foot - height + level * height * 0.14
        half = height * (0.06 + 0.045 * level)
        low = top + height * 0.28
        pen.polygon(scaled([(x, top), (x + half, low), (x, low - 6), (x - half, low)]), fill=fill)


def land(image: Image.Image) -> None:
    """The headland and its trees."""
    mask = Image.new("L", image.size, 0)
    ImageDraw.Draw(mask).polygon(scaled(headland()), fill=255)
    tone = gradient(
        image.size, [(0, "#0A2A33"), (0.62, "#0C313A"), (0.75, "#06191F"), (1, "#06191F")]
    )
    image.paste(tone, mask=mask.filter(ImageFilter.GaussianBlur(SCALE * 0.6)))
    pen = ImageDraw.Draw(image)
    dice = random.Random(19)
    for x in (1560, 1604, 1648, 1700, 1742, 1790, 1836, 1880, 1915):
        spruce(pen, x, 690, dice.uniform(120, 235), dice.choice(["#071E27", "#08222C", "#061A22"]))
    for x, height in ((1092, 88), (1120, 62)):
        spruce(pen, x, 704, height, "#08222C")


def light(image: Image.Image) -> None:
    """What the one window does to the night: a halo, light on the grass, a path on the water."""
    glow(image, (1190, 560, 1374, 730), "#F2A33C", 46, 0.60)
    glow(image, (1240, 608, 1324, 686), "#FFC766", 16, 0.42)
    spill = Image.new("L", image.size, 0)
    ImageDraw.Draw(spill).polygon(
        scaled([(1252, 694), (1312, 694), (1372, 772), (1190, 768)]), fill=62
    )
    spill = spill.filter(ImageFilter.GaussianBlur(14 * SCALE))
    image.paste(Image.new("RGB", image.size, rgb("#E39A3B")), mask=spill)
    dice = random.Random(31)

    def draw(pen: ImageDraw.ImageDraw) -> None:
        for number in range(64):
            share = number / 63
            y = 782 + share * 215
            half = dice.uniform(8, 30) * (0.7 + share * 1.2)
            x = 1282 + dice.uniform(-12, 12) * (1 + share)
            alpha = round(dice.uniform(120, 215) * (1 - share) ** 1.3)
            pen.line(
                scaled([(x - half, y), (x + half, y)]),
                fill=(255, 196, 104, alpha),
                width=round(SCALE * (1.6 + share * 2)),
            )

    path = layer(image.size, draw).filter(ImageFilter.GaussianBlur(SCALE * 1.1))
    image.paste(path, mask=path)
    glow(image, (1225, 785, 1340, 930), "#B8741F", 34, 0.34)


def shade(image: Image.Image) -> None:
    """The dark of the headland and its trees upside down in the water."""
    mask = Image.new("L", image.size, 0)
    pen = ImageDraw.Draw(mask)
    pen.polygon(
        scaled([(815, 752), (1150, 772), (1500, 788), (WIDTH, 798), (WIDTH, 990), (1540, 930)]),
        fill=150,
    )
    for x, low in ((1560, 960), (1648, 1000), (1742, 985), (1836, 1015), (1905, 1000)):
        pen.polygon(scaled([(x - 46, 800), (x + 46, 800), (x, low)]), fill=165)
    fade = gradient(
        image.size, [(0, "#FFFFFF"), (0.73, "#FFFFFF"), (0.92, "#000000"), (1, "#000000")]
    )
    mask = ImageChops.multiply(mask.filter(ImageFilter.GaussianBlur(8 * SCALE)), fade.convert("L"))
    image.paste(Image.new("RGB", image.size, rgb("#04141D")), mask=mask)


def night() -> Image.Image:
    """The whole picture."""
    size = (WIDTH * SCALE, HEIGHT * SCALE)
    stops = [
        (0, "#061422"),
        (0.2, "#0A2740"),
        (0.36, "#164F66"),
        (0.5, "#3F8790"),
        (0.62, "#7DB3A6"),
        (1, "#7DB3A6"),
    ]
    image = gradient(size, stops)
    stars(image)
    moon(image)
    mountains(image)
    water(image)
    shade(image)
    land(image)
    house(image)
    light(image)
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    grain = Image.effect_noise((WIDTH, HEIGHT), 5).convert("RGB")
    return Image.blend(small, ImageChops.overlay(small, grain), 0.35)


def main() -> None:
    """Writes both pictures."""
    ASSETS.mkdir(exist_ok=True)
    logo().save(ASSETS / "fjordvik-logo.png", optimize=True)
    night().save(ASSETS / "natt.jpg", quality=84, optimize=True, progressive=True)


if __name__ == "__main__":
    main()
