"""Where the output goes: into a pipe somebody closes, to a console of another code page."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "trygg-natt"
PROJECT = EXAMPLE / "project.yaml"
TOOLKIT = [sys.executable, "-m", "toolkit"]


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["schema"], ["check", f"{PROJECT}"], ["templates", "list"]],
    ids=lambda arguments: arguments[0],
)
def test_a_pipe_that_is_closed_ends_it_quietly(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*TOOLKIT, *arguments], stdout=writing, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writing)
    assert done.returncode == 141
    assert b"Traceback" not in done.stderr
    assert b"Broken" not in done.stderr


def test_collecting_into_a_closed_pipe_still_writes_its_results(tmp_path: Path) -> None:
    returned = next((EXAMPLE / "returned").glob("23_*.xlsx"))
    command = [*TOOLKIT, "collect", f"{returned}", "-o", f"{tmp_path}", "--lang", "nb"]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert done.returncode == 141
    assert b"Traceback" not in done.stderr
    assert (tmp_path / "results.sqlite").is_file()
    assert (tmp_path / "report_nb.xlsx").is_file()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp850", "cp865", "utf-16"])
def test_no_code_page_ends_it(encoding: str) -> None:
    """Python takes the console's code page; the output is UTF-8 all the same."""
    env = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [*TOOLKIT, "check", f"{PROJECT}", "--lang", "fi"]
    done = subprocess.run(command, capture_output=True, check=False, env=env)
    assert done.returncode in (0, 3)
    assert b"Traceback" not in done.stderr
    assert "ä" in (done.stdout + done.stderr).decode("utf-8")
