"""Export: no text is a formula, and nothing but texts is changed."""

from __future__ import annotations

import pytest

from toolkit.present.csv_file import harmless


@pytest.mark.parametrize(
    "text", ["=1+1", "=HYPERLINK(1)", "+SUM(A1)", "-cmd|'/c calc'!A0", "@SUM(1)", "\tx", "\r=1"]
)
def test_a_formula_becomes_a_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "Hei", "-5", "+4,5 %", "-1 250 000", "a=b", "- punkt".lstrip("- ")]
)
def test_other_texts_stay(text: str) -> None:
    assert harmless(text) == text
