"""The contenders of the benchmarks make the same document, so that their times compare."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from benchmarks.contenders import CONTENDERS
from benchmarks.one import KIT
from benchmarks.report import text
from benchmarks.templates import build
from benchmarks.timing import Figure, Sample, Table, compare
from benchmarks.work import WORKS
from toolkit.office import outline


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
        make(work, folder, out)
        texts.append(said(out))
    assert all(text == texts[0] for text in texts)
    assert not any("{" in line for line in texts[0])


def test_workbooks_hold_the_same_table(folder: Path) -> None:
    work = WORKS["xlsx-50"]
    tables = []
    for contender, make in CONTENDERS["xlsx"].items():
        out = folder / f"{contender}.xlsx"
        make(work, folder, out)
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
    table = Table("Cold", "CPU", "peak", (Figure("x", 12.34, 1, 5.0), Figure("y", 1, 0.08)))
    assert text(table).splitlines() == [
        "Cold  (CPU, median; ratio to x)",
        f"  {'x':<34}     12.3 ms    1.00      5.0 MB peak",
        f"  {'y':<34}      1.0 ms    0.08",
    ]


def test_the_kit_holds_thirty_documents() -> None:
    assert sum(KIT.values()) == 30
