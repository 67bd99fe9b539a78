"""Benefits and responsibilities: the golden values of the specification, as LibreOffice counts.

The workbooks are generated, some are filled in as staff would, and LibreOffice recalculates all of
them at once; nothing is read but what it answered.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree
from openpyxl import load_workbook

from toolkit.cli import toolkit
from toolkit.language import Labels

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here"),
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl"),
]
DESCRIPTION = Path(__file__).parents[2] / "examples" / "trygg-natt" / "project.yaml"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""

JUNE = date(2027, 6, 30)
YEARS = range(2026, 2032)
BENEFITS = {  # hours a year, likely, adjusted
    "b01": (1916.25, 919_800, 885_880),
    "b02": (577.92, 277_400, 268_440),
    "b03": (None, 142_897.50, 139_738.50),
    "b04": (None, 636_000, 675_600),
    "b05": (None, 347_200, 324_320),
    "b10": (365.00, 175_200, 165_120),
}
NET = {
    "f.ramp_up": (0, 0.35, 0.8, 1, 1, 1),
    "f.gross_benefit": (0, 860_684, 1_967_279, 2_459_098, 2_459_098, 2_459_098),
    "f.one_time_cost": (760_000, 1_320_000, 0, 0, 0, 0),
    "f.hump_cost": (260_000, 420_000, 0, 0, 0, 0),
    "f.recurring_cost": (0, 275_000, 512_000, 512_000, 512_000, 512_000),
    "f.net_benefit": (-1_020_000, -1_154_316, 1_455_279, 1_947_098, 1_947_098, 1_947_098),
    "f.cumulative": (-1_020_000, -2_174_316, -719_037, 1_228_062, 3_175_160, 5_122_259),
}
UNITS = ("un01", "un02", "un03")

Cells = dict[str, Any]
Row = dict[str, Any]


class Sheet:
    """A sheet as rows by id, each by field key."""

    def __init__(self, path: Path, key: str, language: str = "nb") -> None:
        self.title = Labels.load(language).t(f"s.{key}")
        self.number = load_workbook(path, read_only=True).sheetnames.index(self.title) + 1
        self.page = load_workbook(path, data_only=True)[self.title]
        self.keys = {cell.value: cell.column_letter for cell in self.page[3] if cell.value}

    def at(self, identifier: str, key: str) -> str:
        rows = range(5, self.page.max_row + 1)
        row = next(n for n in rows if self.page[f"A{n}"].value == identifier)
        return f"{self.keys[key]}{row}"

    def value(self, identifier: str, key: str) -> Any:
        return self.page[self.at(identifier, key)].value

    def below(self, name: str) -> Any:
        """What stands beside a name in the block of key figures."""
        row = next(n for n in range(5, 40) if self.page[f"A{n}"].value == name)
        return self.page[f"C{row}"].value


def filled(path: Path, key: str, values: Mapping[tuple[str, str], float]) -> bytes:
    """The file with numbers written into cells, by row id and field, as a person would."""
    sheet = Sheet(path, key)
    cells = {sheet.at(*place): value for place, value in values.items()}
    part = f"xl/worksheets/sheet{sheet.number}.xml"
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, _written(data, cells) if name == part else data)
    return out.getvalue()


def _written(data: bytes, cells: Cells) -> bytes:
    root = etree.fromstring(data)
    for cell in root.iter(f"{MAIN}c"):
        value = cells.get(cell.get("r", ""))
        if value is not None:
            cell.attrib.pop("t", None)
            etree.SubElement(cell, f"{MAIN}v").text = str(value)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def measured(sheet: Sheet, benefit: str, unit: str, day: date) -> str:
    """The id of the row that a benefit is measured in on a date."""
    found = f"{benefit}-{unit}-"
    for row in range(5, sheet.page.max_row + 1):
        identifier = str(sheet.page[f"A{row}"].value)
        when = sheet.page[f"{sheet.keys['f.measure_date']}{row}"].value
        if identifier.startswith(found) and isinstance(when, datetime) and when.date() == day:
            return identifier
    raise LookupError((benefit, unit, day))


def readings(path: Path, values: Mapping[tuple[str, str, date], float]) -> bytes:
    sheet = Sheet(path, "measurements")
    own = {(measured(sheet, *place), "f.measured_value"): v for place, v in values.items()}
    return filled(path, "measurements", own)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every workbook of the tests, recalculated."""
    folder = tmp_path_factory.mktemp("golden")
    (folder / "given").mkdir()
    for language in ("nb", "fi"):
        command = ["generate", f"{DESCRIPTION}", "-o", f"{folder / 'kit'}", "--lang", language]
        result = CliRunner().invoke(toolkit, [*command, "--only", "d.03", "--only", "d.12"])
        assert result.exit_code == 0, result.stderr
    for name, data in _given(folder / "kit").items():
        (folder / "given" / f"{name}.xlsx").write_bytes(data)
    return _recalculated(folder)


def _given(kit: Path) -> dict[str, bytes]:
    def of(pattern: str) -> Path:
        (found,) = kit.rglob(pattern)
        return found

    project = of("03_*_nb.xlsx")
    unit = next(path for path in sorted(kit.rglob("03_*_nb_*.xlsx")) if "bryggen" in path.name)
    whole = {("b01", own, JUNE): 0.96 for own in UNITS} | {
        ("b02", own, date(2027, 5, 31)): value
        for own, value in zip(UNITS, (180, 170, 175), strict=True)
    }
    newer = {("b02", "un01", JUNE): 100.0}
    return {
        "project": project.read_bytes(),
        "unit": unit.read_bytes(),
        "huki": of("12_*_nb.xlsx").read_bytes(),
        "raci": of("12_*_fi.xlsx").read_bytes(),
        "followed": readings(unit, {("b01", "un02", JUNE): 0.96, ("b06", "un02", JUNE): 52}),
        "several": readings(project, whole | newer),
        "counted": filled(unit, "benefit_calc", {("b01", "f.volume_per_year"): 6000}),
    }


def _recalculated(folder: Path) -> dict[str, Path]:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to"]
    command = ["soffice", *options, "xlsx:Calc MS Excel 2007 XML", "--outdir", f"{folder / 'made'}"]
    paths = sorted((folder / "given").glob("*.xlsx"))
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=400)
    return {path.stem: folder / "made" / path.name for path in paths}


@pytest.mark.parametrize("benefit", BENEFITS)
def test_golden_benefits(books: dict[str, Path], benefit: str) -> None:
    sheet = Sheet(books["project"], "benefit_calc")
    hours, likely, adjusted = BENEFITS[benefit]
    assert (sheet.value(benefit, "f.annual_hours") or None) == pytest.approx(hours, abs=0.01)
    assert sheet.value(benefit, "f.annual_value") == pytest.approx(likely, abs=1)
    assert sheet.value(benefit, "f.value_likely") == pytest.approx(likely, abs=1)
    assert sheet.value(benefit, "f.value_adjusted") == pytest.approx(adjusted, abs=1)


def test_golden_sums_stand_over_the_headings(books: dict[str, Path]) -> None:
    sheet = Sheet(books["project"], "benefit_calc")
    sums = {key: sheet.page[f"{letter}2"].value for key, letter in sheet.keys.items()}
    assert sums["f.annual_hours"] == pytest.approx(2859.17, abs=0.01)
    assert sums["f.value_likely"] == pytest.approx(2_498_497.50)
    assert sums["f.value_adjusted"] == pytest.approx(2_459_098.50)


@pytest.mark.parametrize("line", NET)
def test_golden_net_benefit(books: dict[str, Path], line: str) -> None:
    sheet = Sheet(books["project"], "net")
    found = [sheet.value(line, f"f.year:{year}") for year in YEARS]
    assert found == pytest.approx(NET[line], abs=1)


def test_golden_break_even(books: dict[str, Path]) -> None:
    sheet = Sheet(books["project"], "net")
    assert sheet.below("f.break_even") == 2029
    assert sheet.below("ui.hours_freed") == pytest.approx(2859.17, abs=0.01)


def test_the_budget_reduction_is_counted_apart(books: dict[str, Path]) -> None:
    sheet = Sheet(books["project"], "net")
    budget = 139_738.50 + 324_320
    assert sheet.value("f.gross_budget", "f.year:2029") == pytest.approx(budget)
    assert sheet.value("f.budget_net", "f.year:2029") == pytest.approx(budget - 512_000)


def test_a_units_copy_leaves_what_is_the_projects_blank(books: dict[str, Path]) -> None:
    sheet = Sheet(books["unit"], "net")
    assert not sheet.value("f.gross_benefit", "f.year:2029")
    assert not sheet.below("f.break_even")
    assert not Sheet(books["unit"], "benefit_calc").value("b01", "f.annual_hours")


def test_a_unit_sees_what_its_own_numbers_come_to(books: dict[str, Path]) -> None:
    sheet = Sheet(books["counted"], "benefit_calc")
    assert sheet.value("b01", "f.annual_hours") == pytest.approx(6000 * 7 / 60)
    assert sheet.value("b01", "f.value_adjusted") == pytest.approx(6000 * 7 / 60 * 480)


@pytest.mark.parametrize(
    ("benefit", "achieved", "expected", "light"),
    [("b01", 80.0, 509 / 693 * 100, "green"), ("b06", 37.8, 495 / 679 * 100, "red")],
)
def test_golden_follow_up(
    books: dict[str, Path], benefit: str, achieved: float, expected: float, light: str
) -> None:
    sheet = Sheet(books["followed"], "follow_up")
    assert sheet.value(benefit, "f.achievement") == pytest.approx(achieved, abs=0.05)
    assert sheet.value(benefit, "f.expected_progress") == pytest.approx(expected, abs=0.05)
    labels = Labels.load("nb")
    assert sheet.value(benefit, "f.traffic_light") == labels.label("traffic", light)
    assert sheet.value(benefit, "f.trend") == labels.label("trend", "better")
    assert sheet.value("b09", "f.traffic_light") == labels.label("traffic", "grey")


def test_the_latest_value_waits_for_every_unit(books: dict[str, Path]) -> None:
    sheet = Sheet(books["several"], "follow_up")
    assert sheet.value("b01", "f.measured_value") == pytest.approx(0.96)
    assert sheet.value("b02", "f.measured_value") == pytest.approx(175)
    assert sheet.value("b02", "f.measure_date").date() == date(2027, 5, 31)
    assert sheet.value("b02", "f.preliminary") == "100 (1/3)"


@pytest.mark.parametrize(("book", "language"), [("huki", "nb"), ("raci", "fi")])
def test_golden_responsibilities(books: dict[str, Path], book: str, language: str) -> None:
    sheet = Sheet(books[book], "huki", language)
    labels = Labels.load(language)
    ok, no_h = labels.label("huki_check", "ok"), labels.label("huki_check", "no_h")
    found = {f"h{n:02}": sheet.value(f"h{n:02}", "f.check_status") for n in range(1, 14)}
    assert found == {f"h{n:02}": ok for n in range(1, 13)} | {"h13": no_h}
    both = "/".join(labels.label("huki_letter", key) for key in "HU")
    assert sheet.value("h07", "ro08") == both


@pytest.mark.parametrize(("book", "language"), [("huki", "nb"), ("raci", "fi")])
def test_the_check_counts_and_warns(books: dict[str, Path], book: str, language: str) -> None:
    sheet = Sheet(books[book], "huki_check", language)
    counts = [sheet.value("ro04", f"f.count_{letter}") for letter in "huki"]
    assert counts == [6, 1, 3, 3]
    overloaded = Labels.load(language).label("huki_warning", "overloaded")
    assert sheet.value("ro04", "f.warning") == overloaded
    assert not sheet.value("ro05", "f.warning")
