"""The benefit table of the specification, chapter 5."""

from __future__ import annotations

import pytest

from toolkit.method.benefits import Price, adjusted, annual_hours, total

PRICES = {
    "b01": Price("saved_time", 16425, 7, 480, None, 520_000, 1_150_000),
    "b02": Price("saved_time", 365, 95, 480, None, 180_000, 330_000),
    "b03": Price("avoided_cost", 31755, None, None, 4.5, 100_000, 170_000),
    "b04": Price("avoided_cost", 12, None, None, 53_000, 200_000, 1_270_000),
    "b05": Price("avoided_cost", 56, None, None, 6_200, 150_000, 430_000),
    "b10": Price("saved_time", 1095, 20, 480, None, 90_000, 210_000),
}


@pytest.mark.parametrize(
    ("benefit", "hours", "likely", "value"),
    [
        ("b01", 1916.25, 919_800, 885_880),
        ("b02", 577.9167, 277_400, 268_440),
        ("b03", None, 142_897.5, 139_738.5),
        ("b04", None, 636_000, 675_600),
        ("b05", None, 347_200, 324_320),
        ("b10", 365, 175_200, 165_120),
    ],
)
def test_golden_values(benefit: str, hours: float | None, likely: float, value: float) -> None:
    price = PRICES[benefit]
    assert price.hours == (None if hours is None else pytest.approx(hours, abs=1e-3))
    assert price.likely == pytest.approx(likely)
    assert price.adjusted == pytest.approx(value)


def test_golden_sums() -> None:
    assert total(p.hours for p in PRICES.values()) == pytest.approx(2859.17, abs=0.01)
    assert total(p.likely for p in PRICES.values()) == pytest.approx(2_498_497.5)
    assert total(p.adjusted for p in PRICES.values()) == pytest.approx(2_459_098.5)


def test_without_a_span_the_likely_value_stands() -> None:
    assert adjusted(None, 100, 200) == 100
    assert adjusted(50, 100, None) == 100
    assert adjusted(50, None, 200) is None


def test_what_cannot_be_known_is_none() -> None:
    assert annual_hours(None, 7) is None
    assert Price("saved_time", 100, None, 480).likely is None
    assert Price("saved_time", 100, 7, None).likely is None
    assert Price("avoided_cost", None, saving=4).likely is None


def test_a_quality_benefit_has_no_price() -> None:
    quality = Price("quality", 100, 7, 480, 4, 1, 2)
    assert not quality.priced
    assert (quality.hours, quality.likely, quality.adjusted) == (None, None, None)
