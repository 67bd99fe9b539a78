"""The number behind an option, and which option is worst."""

from __future__ import annotations

import pytest

from toolkit.language import option_keys
from toolkit.scale import badness, number


@pytest.mark.parametrize(
    ("options", "key", "expected"),
    [
        ("level4", "none", 1),
        ("level4", "large", 4),
        ("attitude", "strongly_negative", -2),
        ("attitude", "driver", 2),
        ("emotion", "z0", 0),
        ("barrier", "p2", 2),
        ("fit", "0", 0),
        ("likert", "5", 5),
        ("likert", "na", None),
        ("probability", "3", 3),
        ("level4", "huge", None),
    ],
)
def test_every_scale_counts_as_the_specification_says(
    options: str, key: str, expected: int | None
) -> None:
    assert number(options, option_keys(options), key) == expected


@pytest.mark.parametrize(
    ("options", "field", "worst", "best"),
    [
        ("level3", "f.risk_profile", "high", "low"),
        ("level3", "f.reliability", "low", "high"),
        ("yesno", "f.accessibility", "no", "yes"),
        ("yesno", "f.consent", "unsure", "partly"),
        ("readiness", "f.readiness", "not_ready", "ready"),
        ("probability", "f.probability", "5", "1"),
    ],
)
def test_the_bad_end_is_the_lists_own(options: str, field: str, worst: str, best: str) -> None:
    keys = option_keys(options)
    assert badness(options, field, keys, worst) > badness(options, field, keys, best)
    assert badness(options, field, keys, "neither") == -1
