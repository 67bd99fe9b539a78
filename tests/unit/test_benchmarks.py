"""The contenders of the benchmarks make the same document, so that their times compare."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from types import CodeType

import pytest
from openpyxl import load_workbook

from benchmarks.contenders import CONTENDERS
from benchmarks.goals import GOALS
from benchmarks.one import KIT
from benchmarks.report import data, summary, text
from benchmarks.sampling import area
from benchmarks.templates import build
from benchmarks.timing import Figure, Sample, Table, compare
from benchmarks.work import WORKS
from toolkit.office import outline

FIGURES = (Figure("x", 100, 1, 5.0), Figure("toolkit", 26, 0.26, 61.0))
TABLE = Table("Kit", "CPU", "peak memory", FIGURES, "kit")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("benchmarks")
    build(made)
    return made


def said(path: Path) -> list[str]:
    """What a reader sees; document properties and alternative texts aside."""
    lines = [line for line in outline(path) if line.place.steps[-1][0] not in ("property", "alt")]
    return [line.text for line in lines]


@pytest.mark.parametrize("name", ["docx-10", "pptx-12"])
def test_contenders_write_the_same_text(folder: Path, name: str) -> None:
    work = WORKS[name]
    texts = []
    for contender, make in CONTENDERS[work.suffix].items():
        out = folder / f"{contender}.{work.suffix}"
        make(work.job(folder, out))
        texts.append(said(out))
    assert all(text == texts[0] for text in texts)
    assert not any("{" in line for line in texts[0])


def test_workbooks_hold_the_same_table(folder: Path) -> None:
    work = WORKS["xlsx-50"]
    tables = []
    for contender, make in CONTENDERS["xlsx"].items():
        out = folder / f"{contender}.xlsx"
        make(work.job(folder, out))
        sheet = load_workbook(out)["Risiko"]
        tables.append([[cell.value for cell in row] for row in sheet.iter_rows()])
        assert sheet.tables["tbl_risks"].ref == "A4:H54"
        assert len(sheet._charts) == 1
    assert tables[0] == tables[1]


def test_contenders_take_turns_and_the_first_is_the_baseline() -> None:
    order: list[str] = []

    def sample(name: str, cpu: float) -> Sample:
        order.append(name)
        return Sample(cpu)

    figures = compare({"a": lambda: sample("a", 4), "b": lambda: sample("b", 1)}, 3)
    assert order == ["a", "b"] * 4  # the first turns are not timed
    assert [(f.contender, f.cpu, f.ratio) for f in figures] == [("a", 4, 1), ("b", 1, 0.25)]


def test_a_table_reads_well() -> None:
    assert text(TABLE).splitlines() == [
        "Kit",
        "  (CPU, median; peak memory; ratio to x)",
        f"  {'x':<33}    100.0 ms   1.00    5.0 MB",
        f"  {'toolkit':<33}     26.0 ms   0.26   61.0 MB   ≤ 0.25 NOT MET, ≤ 60 MB NOT MET",
    ]


def test_every_goal_is_told_once_more_at_the_end() -> None:
    met = replace(TABLE, figures=(FIGURES[0], Figure("toolkit", 25, 0.25, 60.0)))
    assert summary([met, replace(TABLE, key="")]).splitlines() == [
        "Goals: 2 of 2 met",
        f"  {'Kit: toolkit':<61}       0.25   ≤ 0.25 met",
        f"  {'Kit: toolkit':<61}    60.0 MB   ≤ 60 MB met",
    ]


def test_figures_as_data_bring_their_goals() -> None:
    assert [(goal["measure"], goal["met"]) for goal in data([TABLE])[0]["goals"]] == [
        ("ratio", False),
        ("memory", False),
    ]


def test_goals_name_tables_and_contenders_that_there_are() -> None:
    keys = {f"{kind} {name}" for kind in ("warm", "cold", "mass") for name in WORKS}
    keys |= {"three", "kit", "rows xlsx", "rows docx", "start", "example", "read", "collect"}
    assert {goal.table for goal in GOALS} <= keys


def test_every_copy_has_data_of_its_own(folder: Path) -> None:
    first, second = (WORKS["docx-10"].job(folder, folder / "x", copy).context for copy in (0, 1))
    assert first["unit"] != second["unit"]
    assert first["risks"][1:] == second["risks"][:-1]


def test_samples_fall_into_the_innermost_area() -> None:
    def compiled(source: str, name: str) -> CodeType:
        return compile(source, name, "exec")

    seen: list[str] = []
    space = {"tell": lambda: seen.append(area(sys._getframe()))}
    for name in ("toolkit/office/package/archive.py", "elsewhere.py"):
        exec(compiled("tell()", name), space)
    assert seen == ["zip", "the rest"]


def test_the_kit_holds_thirty_documents() -> None:
    assert sum(KIT.values()) == 30
