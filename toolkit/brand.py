"""Brand: the description's colours and font as the theme of all three Office formats.

In: ``branding`` of the description (three colours, a font; any may be missing). Out: the theme
slots a document is drawn with. Pure arithmetic: WCAG 2 relative luminance and contrast.

Every pair the documents put together is readable for any colour: text (``dk1``, ``dk2``,
``accent5``, ``hlink``) on white and on the light surface ``lt2``; ``accent6`` on ``accent1``;
drawn shapes (``accent2``, ``accent3``, ``accent4``) on white.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

TEXT = 4.5
SHAPE = 3.0
WHITE = "FFFFFF"
BLACK = "000000"
INK = "1F2933"
GREY = "5B6670"
VISITED = "6B4C8A"

SLOTS = (
    *("dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6"),
    *("hlink", "folHlink"),
)


def luminance(color: str) -> float:
    """The relative luminance of ``RRGGBB``, 0 (black) to 1 (white); WCAG 2.2."""
    linear = [_linear(channel) for channel in _channels(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21; WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(color: str, other: str, share: float) -> str:
    """``color`` with ``share`` (0 to 1) of ``other`` stirred in."""
    pairs = zip(_channels(color), _channels(other), strict=True)
    return _hex([a + (b - a) * share for a, b in pairs])


def darken(color: str, least: float, backgrounds: Iterable[str]) -> str:
    """The lightest shade of ``color`` with at least that contrast to each background."""
    hue, light, saturation = colorsys.rgb_to_hls(*_channels(color))
    shades = (
        _hex(colorsys.hls_to_rgb(hue, light * step / 100, saturation)) for step in range(100, 0, -1)
    )
    grounds = tuple(backgrounds)
    return next((s for s in shades if _reaches(s, least, grounds)), BLACK)


def text_on(fill: str) -> str:
    """White, near-black or black: the first that is readable on ``fill``."""
    return next(color for color in (WHITE, INK, BLACK) if contrast(color, fill) >= TEXT)


@dataclass(frozen=True)
class Brand:
    """Three colours (``RRGGBB``) and a font; the defaults are the toolkit's own."""

    primary: str = "0B4F6C"
    secondary: str = "2E8B7F"
    accent: str = "E07A1F"
    font: str = "Calibri"

    @classmethod
    def of(cls, branding: Mapping[str, Any]) -> Brand:
        """The brand of a description's ``branding``; what is missing or empty is the default."""
        names = {"primary_color": "primary", "secondary_color": "secondary"}
        names |= {"accent_color": "accent", "font": "font"}
        given = {names[key]: str(branding[key]) for key in names if branding.get(key)}
        colors = {name: _plain(value) for name, value in given.items() if name != "font"}
        return cls(**(given | colors))

    @property
    def theme(self) -> dict[str, str]:
        """OOXML theme slot -> ``RRGGBB``, and ``major_font`` and ``minor_font``."""
        surface = mix(self.primary, WHITE, _surface_share(self.primary))
        grounds = (WHITE, surface)
        title = darken(self.primary, TEXT, grounds)
        return {
            "dk1": INK,
            "lt1": WHITE,
            "dk2": title,
            "lt2": surface,
            "accent1": self.primary,
            "accent2": darken(self.secondary, SHAPE, (WHITE,)),
            "accent3": darken(self.accent, SHAPE, (WHITE,)),
            "accent4": _quiet(title),
            "accent5": GREY,
            "accent6": text_on(self.primary),
            "hlink": darken(self.secondary, TEXT, grounds),
            "folHlink": VISITED,
            "major_font": self.font,
            "minor_font": self.font,
        }


DEFAULT = Brand()


def _surface_share(color: str) -> float:
    """So much white that grey text stays readable on the surface, and never under 92 %."""
    shares = (share / 100 for share in range(92, 100))
    return next((s for s in shares if contrast(GREY, mix(color, WHITE, s)) >= TEXT), 1.0)


def _quiet(color: str) -> str:
    """The palest tint of a readable colour that still shows as a shape on white."""
    tints = (mix(color, WHITE, share / 100) for share in range(60, -1, -1))
    return next(tint for tint in tints if contrast(tint, WHITE) >= SHAPE)


def _reaches(color: str, least: float, backgrounds: Iterable[str]) -> bool:
    return all(contrast(color, ground) >= least for ground in backgrounds)


def _plain(color: str) -> str:
    return color.strip().removeprefix("#").upper()


def _channels(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def _linear(channel: float) -> float:
    if channel <= 0.04045:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)


def _hex(channels: Iterable[float]) -> str:
    return "".join(f"{round(channel * 255):02X}" for channel in channels)
