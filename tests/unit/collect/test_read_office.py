"""Files saved by LibreOffice, in every format it writes, say what they said before."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from returned_files import codes, read_back, sent_file, values, written

OFFICE = shutil.which("soffice")

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
]

WORKBOOKS = ("ros", "benefits", "huki", "stakeholders", "evaluation")
WHO = {"B13": "Kari", "B15": "3. mars 2026"}


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"-env:UserInstallation={(tmp_path_factory.mktemp('lo') / 'profile').as_uri()}"


def saved(files: dict[str, bytes], suffix: str, folder: Path, profile: str) -> dict[str, bytes]:
    """The files as LibreOffice saves them in another format."""
    assert OFFICE
    (folder / "in").mkdir()
    for name, data in files.items():
        (folder / "in" / name).write_bytes(data)
    given = [f"{path}" for path in sorted((folder / "in").iterdir())]
    command = [OFFICE, profile, "--headless", "--convert-to", suffix, "--outdir", f"{folder}"]
    subprocess.run([*command, *given], check=True, capture_output=True, timeout=180)
    return {path.stem: path.read_bytes() for path in folder.glob(f"*.{suffix}")}


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_workbooks(suffix: str, tmp_path: Path, profile: str) -> None:
    files = {f"{id}.xlsx": sent_file(id, "xlsx") for id in WORKBOOKS}
    files["ros.xlsx"] = written(files["ros.xlsx"], "Om dokumentet", WHO)
    for id, data in saved(files, suffix, tmp_path, profile).items():
        before, after = read_back(files[f"{id}.xlsx"]), read_back(data, f"{id}.{suffix}")
        assert values(after) == values(before), id
        assert dict(after.identity) == dict(before.identity)
        assert codes(after) == []


def test_forms(tmp_path: Path, profile: str) -> None:
    files = {f"{id}.docx": sent_file(id, "docx") for id in ("anchoring-plan", "evaluation")}
    for id, data in saved(files, "docx", tmp_path, profile).items():
        before, after = read_back(files[f"{id}.docx"]), read_back(data)
        assert values(after) == values(before), id
        assert dict(after.identity) == dict(before.identity)
        assert codes(after) == ["tags-missing"]
