"""``docs/collecting.md`` says what ``toolkit collect --json`` prints."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

TEXT = (Path(__file__).parents[2] / "docs" / "collecting.md").read_text(encoding="utf-8")


def described() -> dict[str, str]:
    """The keys of the document, each with what the table says it holds."""
    return dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", TEXT, flags=re.MULTILINE))


def test_every_key_is_described(example: Any) -> None:
    told: dict[str, Any] = example.told
    assert described().keys() == told.keys()
    for name in ("files", "copies", "findings"):
        for entry in told[name]:
            assert {f"`{key}`" for key in entry} <= set(re.findall(r"`\w+`", described()[name]))
    inner = {*told["summary"], *told["summary"]["findings"]}
    assert {f"`{key}`" for key in inner} == set(re.findall(r"`\w+`", described()["summary"]))
