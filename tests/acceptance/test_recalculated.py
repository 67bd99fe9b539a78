"""The workbooks of a kit after LibreOffice has recalculated them: no errors, the same values.

The caches the toolkit writes come from ``toolkit.method``; so this holds the workbooks' formulas
and the Python arithmetic against each other, and both against the golden values.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from recalculation import Cells, cells, faults, grid, recalculate, rows

from toolkit.cli import toolkit
from toolkit.language import Labels

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here"),
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl"),
]
ROOT = Path(__file__).parents[2]
LANGUAGES = ("nb", "fi")


class Kits:
    """Kits of the examples, generated and recalculated once a test run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = cache(self._made)

    def _made(self, project: str, language: str) -> tuple[Path, Path]:
        before = self.folder / project / language
        description = ROOT / "examples" / project / "project.yaml"
        command = ["generate", f"{description}", "-o", f"{before}", "--lang", language]
        result = CliRunner().invoke(toolkit, command)
        assert result.exit_code == 0, result.stderr
        after = self.folder / f"{project}-{language}-recalculated"
        recalculate(sorted(before.rglob("*.xlsx")), after, self.folder / "profile")
        return before, after


@pytest.fixture(scope="module")
def kits(tmp_path_factory: pytest.TempPathFactory) -> Kits:
    return Kits(tmp_path_factory.mktemp("kits"))


def pairs(kits: Kits, project: str, language: str) -> Iterator[tuple[Path, Path]]:
    before, after = kits.made(project, language)
    for path in sorted(before.rglob("*.xlsx")):
        yield path, after / path.name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("project", ["trygg-natt", "minimal"])
def test_no_cell_is_an_error_and_caches_are_what_is_calculated(
    kits: Kits, project: str, language: str
) -> None:
    for path, recalculated in pairs(kits, project, language):
        assert faults(path, recalculated) == [], path.name


def column(values: Cells, sheet: str, key: str) -> list[Any]:
    """The values below a field key."""
    return [row[key] for row in grid(values, sheet).values() if key in row]


def book(kits: Kits, start: str, language: str = "nb") -> Cells:
    (path,) = [a for b, a in pairs(kits, "trygg-natt", language) if b.name.startswith(start)]
    return cells(path)


def counted(values: list[Any], options: str) -> Counter[str | None]:
    labels = Labels.load("nb")
    return Counter(labels.key_of(options, value) for value in values if value)


def test_golden_risks(kits: Kits) -> None:
    values, sheet = book(kits, "23_"), Labels.load("nb").t("s.risks")
    before = counted(column(values, sheet, "f.risk_level"), "risk_level")
    after = counted(column(values, sheet, "f.residual_level"), "risk_level")
    assert before == {"red": 3, "orange": 8, "yellow": 3}
    assert after == {"orange": 3, "yellow": 5, "green": 6}


def test_golden_quadrants(kits: Kits) -> None:
    values, sheet = book(kits, "02_"), Labels.load("nb").t("s.stakeholders")
    quadrants = counted(column(values, sheet, "f.quadrant"), "quadrant")
    assert quadrants == {"engage": 7, "inform": 4, "satisfy": 3, "monitor": 1}
    assert column(values, sheet, "f.priority_score").count(16) == 3
    assert column(values, sheet, "f.attitude_gap").count(2) == 4


NET = """
f.ramp_up         0        0.35     0.8     1.0     1.0     1.0
f.gross_benefit   0        860684   1967279 2459098 2459098 2459098
f.one_time_cost   760000   1320000  0       0       0       0
f.hump_cost       260000   420000   0       0       0       0
f.recurring_cost  0        275000   512000  512000  512000  512000
f.net_benefit     -1020000 -1154316 1455279 1947098 1947098 1947098
f.cumulative      -1020000 -2174316 -719037 1228062 3175160 5122259
"""
BENEFITS = """
b01 1916.25 919800   885880
b02 577.92  277400   268440
b03 0       142897.5 139738.5
b04 0       636000   675600
b05 0       347200   324320
b10 365     175200   165120
"""


def master(kits: Kits) -> Cells:
    """The recalculated benefits workbook of the whole project."""
    (path,) = [
        a for b, a in pairs(kits, "trygg-natt", "nb") if b.stem == "03_gevinstrealisering_nb"
    ]
    return cells(path)


def test_golden_benefits(kits: Kits) -> None:
    found = rows(master(kits), Labels.load("nb").t("s.benefit_calc"))
    for line in BENEFITS.strip().splitlines():
        name, *golden = line.split()
        row = found[name]
        shown = (row.get("f.annual_hours") or 0, row["f.value_likely"], row["f.value_adjusted"])
        assert shown == pytest.approx([float(value) for value in golden], abs=0.01)


def test_golden_net_and_break_even(kits: Kits) -> None:
    found = rows(master(kits), Labels.load("nb").t("s.net"))
    for line in NET.strip().splitlines():
        name, *golden = line.split()
        shown = [found[name][f"f.year:{year}"] for year in range(2026, 2032)]
        assert shown == pytest.approx([float(value) for value in golden], abs=1)
    assert 2029 in found["f.break_even"].values()


def test_golden_huki(kits: Kits) -> None:
    (path,) = [a for b, a in pairs(kits, "trygg-natt", "nb") if b.stem.endswith("huki_nb")]
    found = rows(cells(path), Labels.load("nb").t("s.huki"))
    checked = {name: row["f.check_status"] for name, row in found.items()}
    faults = [name for name, text in checked.items() if text != "OK"]
    assert (len(checked), faults) == (13, ["h13"])
    assert checked["h13"] == Labels.load("nb").t("o.huki_check.no_h")
