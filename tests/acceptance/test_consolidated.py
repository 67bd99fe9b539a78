"""The consolidated workbooks of the example after LibreOffice has recalculated them.

What the returned files come to was worked out by hand (``test_returned_merged.py``); the formulas
of the workbooks must say the same, and the deck's chart too.
"""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from recalculation import cells, faults, recalculate, rows

from toolkit.cli import toolkit
from toolkit.language import Labels

EXAMPLE = Path(__file__).parents[2] / "examples" / "trygg-natt"
LANGUAGES = ("nb", "fi")
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here"),
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl"),
]

BY_HAND: dict[tuple[str, str], dict[str, dict[str, Any]]] = {
    # document, table: row, field: value, or the option it stands for
    ("d.02", "stakeholders"): {
        "st01": {"f.influence_mean": 3.2, "f.priority_score": 3.2 * 4, "f.quadrant": "engage"},
        "st13": {"f.influence_mean": 2.2},
        "st11": {"f.influence_mean": 3.2},
    },
    ("d.03", "benefit_calc"): {
        "b01": {"f.volume_per_year": 16425, "f.annual_hours": 1916.25, "f.value_adjusted": 885880},
    },
    ("d.03", "follow_up"): {
        "b01": {"f.achievement": 80.0, "f.traffic_light": "green"},
        "b02": {"f.traffic_light": "grey"},
        "b04": {"f.achievement": 25.0, "f.traffic_light": "yellow"},
        "b06": {"f.achievement": 14 / 37 * 100, "f.traffic_light": "red"},
        "b09": {"f.achievement": 100, "f.traffic_light": "reached"},
        "b10": {"f.achievement": 65.0, "f.traffic_light": "green"},
    },
    ("d.12", "huki"): {"h13": {"f.check_status": "ok"}, "h07": {"f.check_status": "ok"}},
    ("d.23", "risks"): {
        "ri03": {"f.risk_value": 20, "f.risk_level": "red"},
        "ri05": {"f.risk_value": 20, "f.risk_level": "red"},
    },
}
OPTIONS = {
    "f.quadrant": "quadrant",
    "f.traffic_light": "traffic",
    "f.check_status": "huki_check",
    "f.risk_level": "risk_level",
}


class Consolidated:
    """The results of the example, and their workbooks recalculated, once a language."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = cache(self._made)

    def _made(self, language: str) -> tuple[Path, Path]:
        out, after = self.folder / language, self.folder / f"{language}-recalculated"
        project = EXAMPLE / "project.yaml"
        command = ["collect", EXAMPLE / "returned", "-o", out, "--project", project]
        done = CliRunner().invoke(toolkit, [*map(str, command), "--lang", language])
        assert done.exit_code == 3, done.output
        recalculate(sorted(out.glob("*.xlsx")), after, self.folder / "profile")
        return out, after

    def book(self, doc: str, language: str) -> Path:
        """The recalculated workbook of a document."""
        (path,) = self.made(language)[1].glob(f"{doc.removeprefix('d.')}_*.xlsx")
        return path


@pytest.fixture(scope="module")
def consolidated(tmp_path_factory: pytest.TempPathFactory) -> Consolidated:
    return Consolidated(tmp_path_factory.mktemp("consolidated"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_is_an_error_and_caches_are_what_is_calculated(
    consolidated: Consolidated, language: str
) -> None:
    before, after = consolidated.made(language)
    for path in sorted(before.glob("*.xlsx")):
        assert faults(path, after / path.name) == [], path.name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("doc", "table"), BY_HAND, ids=lambda name: name)
def test_formulas_say_what_was_worked_out_by_hand(
    consolidated: Consolidated, doc: str, table: str, language: str
) -> None:
    labels = Labels.load(language)
    found = rows(cells(consolidated.book(doc, language)), labels.t(f"s.{table}"))
    for row, wanted in BY_HAND[doc, table].items():
        for field, value in wanted.items():
            shown = found[row].get(field)
            if field in OPTIONS:
                assert labels.key_of(OPTIONS[field], shown) == value, (row, field)
            else:
                assert shown == pytest.approx(value), (row, field)
