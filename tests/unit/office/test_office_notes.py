"""docs/office-notes.md: every note names its test, and what it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
NOTES = (ROOT / "docs" / "office-notes.md").read_text(encoding="utf-8")
LINES = [line for line in NOTES.splitlines() if line.startswith("- ")]
FILES = {path.name for folder in ("tests", "toolkit") for path in (ROOT / folder).rglob("*.py")}


@pytest.mark.parametrize("line", LINES, ids=[line[2:50] for line in LINES])
def test_a_note_names_its_test_and_what_it_names_is_there(line: str) -> None:
    named = re.findall(r"`([\w/]+\.py)`", line)
    assert any(name.startswith("test_") for name in named)
    assert [name for name in named if name.rpartition("/")[2] not in FILES] == []


def test_a_note_without_a_test_would_be_noticed() -> None:
    assert len(LINES) > 40
    with pytest.raises(AssertionError):
        test_a_note_names_its_test_and_what_it_names_is_there("- A quirk (`test_not_there.py`).")
