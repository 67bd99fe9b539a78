"""Judged folder A: what LibreOffice and Google Sheets return of filled files is recovered or told.

``../shared/judges`` makes the files: it is no part of the project, and the tests are skipped where
it is absent. The figures are printed: ``pytest -s`` shows them.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filled_in import Person, fill_workbook
from folder_a import Tally, Written, by_cell, by_spot
from returned_files import DOCUMENTS, READER, document, read_back, sent_file

from toolkit.finding import LANGUAGES
from toolkit.language import Labels

JUDGES = Path(__file__).parents[3] / "shared" / "judges"
WORKBOOKS = ("ros", "benefits", "huki", "stakeholders", "evaluation")
MODES = ("drop", "rename", "keep")
SAID = ["Ja & «nei»", "Vi prøver igjen", "Kesällä ei ehditä", "12 < 15", "Å, så fint!"]
UNO = Path("/usr/bin/python3")  # the system's own: python3-uno belongs to it

pytestmark = pytest.mark.skipif(not JUDGES.is_dir(), reason="../shared/judges is absent")


def filled(id: str, language: str) -> tuple[bytes, Person]:
    """A workbook of the kit with every place filled in, and who filled it in."""
    sent = sent_file(id, "xlsx", language)
    before = read_back(sent)
    person = Person(Labels.load(language), before.names, SAID, random.Random(f"{id} {language}"))
    shape = READER.shape(document(id, "xlsx"))
    return fill_workbook(sent, shape, person, f"new-{before.copy_id[:8]}-1"), person


@pytest.mark.parametrize("mode", MODES)
def test_what_google_sheets_exports(mode: str, tmp_path: Path) -> None:
    total = Tally()
    for number, id in enumerate(WORKBOOKS):
        language = LANGUAGES[(number + MODES.index(mode)) % len(LANGUAGES)]
        data, person = filled(id, language)
        given, made = tmp_path / f"{id}.xlsx", tmp_path / f"{id}.google.xlsx"
        given.write_bytes(data)
        script = [sys.executable, str(JUDGES / "google_export.py"), str(given), str(made)]
        subprocess.run([*script, "--tables", mode], check=True, capture_output=True, timeout=120)
        returned = read_back(made.read_bytes(), made.name)
        assert returned.identity["doc"] == document(id, "xlsx").doc
        total.add(by_spot(returned, person.said))
        assert {cell.spot for cell in returned.cells} == set(person.said)
    print(f"Google Sheets, tables {mode}: {total}")  # noqa: T201
    assert total.wrong == []
    assert total.recovered == total.cells > 1000


# --- LibreOffice --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def round_trip(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What the round trip of LibreOffice did and wrote, file by file."""
    if not UNO.exists() or shutil.which("soffice") is None:
        pytest.skip("LibreOffice or python3-uno is not installed")
    if subprocess.run([UNO, "-c", "import uno"], capture_output=True).returncode:
        pytest.skip("python3-uno is not installed")
    folder = tmp_path_factory.mktemp("folder-a")
    files = []
    for id in ("ros", "evaluation"):
        files.append(folder / f"{id}.xlsx")
        files[-1].write_bytes(sent_file(id, "xlsx"))
    script = [UNO, JUDGES / "roundtrip_libreoffice.py", *files, "--auto", "--out", folder / "out"]
    subprocess.run(script, check=True, capture_output=True, timeout=900)
    told: list[dict[str, Any]] = json.loads((folder / "out" / "returned.json").read_text())
    return told


def written(record: dict[str, Any]) -> Iterator[Written]:
    """What was written in which cell; the first sheet has another name in the end."""
    renamed = {o["from"]: o["to"] for o in record["log"] if o["op"] == "rename_sheet"}
    for did in record["log"]:
        if did["op"] == "set" and did["ok"]:
            sheet, at = did["address"].rsplit("!", 1)
            value = did["value"]
            day = date.fromisoformat(value["date"]) if isinstance(value, dict) else None
            yield renamed.get(sheet, sheet), at, day or value


@pytest.mark.office
@pytest.mark.parametrize("format", ["xlsx", "ods", "xls"])
def test_what_libreoffice_returns(round_trip: list[dict[str, Any]], format: str) -> None:
    total = Tally()
    for record in round_trip:
        path = Path(record["files"][format])
        tally, returned = by_cell(path.name, path.read_bytes(), written(record))
        assert returned.identity["doc"] in {own.doc for own in DOCUMENTS}
        total.add(tally)
    print(f"LibreOffice, {format}: {total}")  # noqa: T201
    assert total.wrong == []
    assert total.cells > 400


@pytest.mark.office
def test_every_format_says_the_same(round_trip: list[dict[str, Any]]) -> None:
    for record in round_trip:
        said = [
            {
                cell.spot: cell.value
                for cell in read_back(Path(path).read_bytes(), Path(path).name).cells
            }
            for path in record["files"].values()
        ]
        assert said[0] == said[1] == said[2]
