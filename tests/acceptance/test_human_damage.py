"""Human damage: kinds of it done to real files; what is recovered, what is told, nothing else.

Every kind names what must be read and each finding that must be reported. A value that is neither
as it was, nor named here, is silently wrong and fails the test.
"""

from __future__ import annotations

import pytest
from damage import Damage, after, on
from damaged_forms import DAMAGES as FORMS
from damaged_forms import FILLED
from damaged_workbooks import BEFORE, DAMAGES
from hands import without_names, without_parts, without_sheet
from returned_files import put, read_back, ros, values

from toolkit.collect.remembering import REMEMBERING
from toolkit.collect.returned import Returned


def named(damage: Damage) -> str:
    return damage.name


def told(returned: Returned) -> list[tuple[str, str]]:
    """Every finding as its code and where it is inside the file."""
    return sorted((f.code, f.place.text().partition(" > ")[2]) for f in returned.findings)


@pytest.mark.parametrize("damage", DAMAGES, ids=named)
def test_workbooks(damage: Damage) -> None:
    returned = read_back(damage.do(ros()))
    assert values(returned) == damage.expected(BEFORE)
    assert told(returned) == sorted(damage.told)


@pytest.mark.parametrize("damage", FORMS, ids=named)
def test_forms(damage: Damage) -> None:
    returned = read_back(damage.do(FILLED), "form.docx")
    assert values(returned) == damage.expected(values(read_back(FILLED, "form.docx")))
    assert told(returned) == sorted(damage.told)


def test_what_was_read_before_changes_nothing() -> None:
    """What is remembered of files says of the next one what reading it alone says."""
    files = [damage.do(ros()) for damage in DAMAGES]
    after_others = [read_back(data) for data in (*files, *reversed(files))][len(files) :]
    for data, known in zip(reversed(files), after_others, strict=True):
        for remembering in REMEMBERING:
            remembering.cache_clear()
        assert read_back(data) == known


def test_criteria_that_are_found_by_nothing_are_told_of_a_file_without_identity() -> None:
    bare = after(without_sheet("_meta"), without_parts("docProps/custom.xml"), without_names)
    returned = read_back(bare(ros()))
    assert {s: v for s, v in values(returned).items() if s[0] == "risk_criteria"} == {
        s: v for s, v in BEFORE.items() if s[0] == "risk_criteria"
    }
    renamed = on("Akseptkriterier", lambda root: put(root, "A5", "Nesten aldri"))
    assert ("table-missing", "") in told(read_back(after(bare, renamed)(ros())))


def test_there_are_more_than_forty_kinds() -> None:
    names = [damage.name for damage in (*DAMAGES, *FORMS)]
    assert len(set(names)) == len(names) > 60
