"""The brand: contrast as WCAG counts it, and readable pairs for any colour."""

import itertools

import pytest

from toolkit.brand import DEFAULT, SLOTS, Brand, contrast, darken, luminance, mix, text_on

LEVELS = ("00", "33", "66", "99", "CC", "FF")
COLORS = [red + green + blue for red, green, blue in itertools.product(LEVELS, repeat=3)]


def test_luminance_of_black_and_white():
    assert luminance("000000") == 0
    assert luminance("FFFFFF") == pytest.approx(1)


def test_contrast_is_the_same_both_ways():
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("FFFFFF", "767676") == pytest.approx(4.54, abs=0.01)
    assert contrast("767676", "FFFFFF") == contrast("FFFFFF", "767676")


def test_mix_and_darken():
    assert mix("000000", "FFFFFF", 0.5) == "808080"
    assert darken("0B4F6C", 4.5, ["FFFFFF"]) == "0B4F6C"
    assert contrast(darken("F6C945", 4.5, ["FFFFFF"]), "FFFFFF") >= 4.5
    assert darken("FFFFFF", 25, ["FFFFFF"]) == "000000"


def test_text_on_a_fill():
    assert [text_on(fill) for fill in ("0B4F6C", "F6C945", "808080")] == [
        "FFFFFF",
        "1F2933",
        "000000",
    ]


def test_the_default_theme():
    theme = DEFAULT.theme
    assert set(theme) == {*SLOTS, "major_font", "minor_font"}
    assert (theme["accent1"], theme["dk2"]) == ("0B4F6C", "0B4F6C")
    assert (theme["accent6"], theme["minor_font"]) == ("FFFFFF", "Calibri")


def test_brand_of_a_description():
    brand = Brand.of({"primary_color": "#f6c945", "accent_color": None, "font": "Georgia"})
    assert brand == Brand(primary="F6C945", font="Georgia")
    assert Brand.of({}) == DEFAULT


@pytest.mark.parametrize("color", COLORS)
def test_every_pair_is_readable_for_any_colour(color):
    theme = Brand(primary=color, secondary=color, accent=color).theme
    texts = [theme[slot] for slot in ("dk1", "dk2", "accent5", "hlink", "folHlink")]
    pairs = itertools.product(texts, (theme["lt1"], theme["lt2"]))
    assert all(contrast(text, ground) >= 4.5 for text, ground in pairs)
    assert contrast(theme["accent6"], theme["accent1"]) >= 4.5
    shapes = [theme[slot] for slot in ("accent2", "accent3", "accent4")]
    assert all(contrast(shape, "FFFFFF") >= 3 for shape in shapes)
